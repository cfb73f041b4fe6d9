"""The table of rights, tried whole: every right as every role, under every setting."""

from __future__ import annotations

import pytest

from cooperations.accounts.rights import KEEPER, RIGHTS, ROLES, VISITOR, Person, least_role, may, require
from cooperations.errors import InvalidSetting, NotAllowed
from cooperations.settings import WHO_IMPORTS, WHO_RECORDS

VISITORS_MAY = {"proposer", "suivre", "decider_couverture", "corriger", "garder_selection", "importer"}
MODERATORS_MAY = VISITORS_MAY | {"moderer", "restaurer", "publier"}
ALLOWED = {
    "visiteur": VISITORS_MAY,
    "membre": VISITORS_MAY,
    "moderateur": MODERATORS_MAY,
    "administrateur": MODERATORS_MAY | {"inviter", "gerer_comptes", "lire_journal", "donnees_personnelles"},
}


@pytest.mark.parametrize("right", RIGHTS)
@pytest.mark.parametrize("role", ROLES.codes)
def test_each_role_may_what_the_table_says(role: str, right: str) -> None:
    """Written out once by hand: a line added to the table is seen here."""
    person = Person(role, "CRESS d’essai", "compte")
    assert may(person, right) is (right in ALLOWED[role])
    if right in ALLOWED[role]:
        require(person, right)
    else:
        with pytest.raises(NotAllowed, match=ROLES.label(least_role(right)).lower()):
            require(person, right)


@pytest.mark.parametrize("right", [code for code, right in RIGHTS.items() if right.setting])
def test_a_setting_asks_for_members_or_closes(right: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Members only, then nobody but who runs the command line."""
    monkeypatch.setenv(RIGHTS[right].setting, "membres")
    assert [role for role in ROLES.codes if may(Person(role), right)] == ["membre", "moderateur", "administrateur"]
    monkeypatch.setenv(RIGHTS[right].setting, "non")
    assert not any(may(Person(role), right) for role in ROLES.codes)
    assert may(KEEPER, right)
    with pytest.raises(NotAllowed, match="fermé ici"):
        require(VISITOR, right)


@pytest.mark.parametrize("name", [WHO_IMPORTS, WHO_RECORDS])
def test_a_word_that_says_nothing_opens_nothing(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A setting that is misspelt must not leave a door open."""
    monkeypatch.setenv(name, "membre")
    right = next(code for code, right in RIGHTS.items() if right.setting == name)
    with pytest.raises(InvalidSetting, match=name):
        require(Person("administrateur"), right)
