"""The meeting page run by Streamlit's own test runner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.decisions import Draft, decide
from cooperations.errors import StoreUnavailable
from cooperations.runtime import application
from cooperations.settings import ROOT
from tests.making import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LANDES = "departement:40"
NAME, ORGANISATION, TYPE, TERRITORY = (
    "Nom de la pratique",
    "Organisation qui l’ajoute",
    "Type de pratique",
    "Territoire",
)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test an application of its own."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'app.sqlite3'}")
    application.cache_clear()
    yield
    application().store.close()
    application.cache_clear()


def run(**query: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    test.switch_page("reunion.py")
    for name, value in query.items():
        test.query_params[name] = value
    test.run()
    assert not test.exception
    return test


def words(test: AppTest) -> str:
    drawn = (*test.title, *test.header, *test.markdown, *test.caption, *test.info, *test.warning, *test.error)
    html = (element.proto.body for element in test.get("html"))
    return plain("\n".join([*(str(element.value) for element in (*drawn, *test.toast)), *html]))


def slide(test: AppTest) -> str:
    return next(body for body in (str(element.proto.body) for element in test.get("html")) if "coop-vue" in body)


def button(test: AppTest, label: str) -> object:
    return next(one for one in test.button if one.label == label)


def press(test: AppTest, label: str) -> AppTest:
    button(test, label).click().run()
    assert not test.exception
    return test


def field(test: AppTest, label: str) -> object:
    return next(one for one in (*test.text_input, *test.text_area, *test.selectbox) if one.label == label)


def fill_in(test: AppTest, **asked: str) -> AppTest:
    for label, value in asked.items():
        field(test, label).set_value(value)
    return press(test, "Garder comme brouillon")


def drafts() -> tuple[Draft, ...]:
    return application().store.decisions().drafts


def test_filters_that_leave_nothing_are_said_and_taken_away() -> None:
    """Zeros made by a filter are not passed off as gaps."""
    test = run(q="introuvable")
    assert "Aucune pratique ne répond à ces filtres" in words(test)
    assert "Aucun exemple, sur 5 territoires" in words(test)
    press(test, "Effacer tous les filtres")
    assert "Aucune pratique ne répond" not in words(test)
    assert "2 territoires sur 5 ont un exemple" in words(test)


def test_opens_on_the_first_type_with_its_zero_cells() -> None:
    """The bare address shows groupings, the department without any among the five."""
    test = run()
    assert test.title[0].value == "Groupement d’acteurs"
    assert "1 / 8" in words(test)
    assert "Dordogne (24)</span><span>non enquêté" in words(test)


def test_nobody_goes_before_the_first_or_after_the_last() -> None:
    """« Précédent » sleeps on the first slide, « Suivant » on the last."""
    test = run(par="territoire")
    assert (button(test, "Précédent").disabled, button(test, "Suivant").disabled) == (True, False)
    for _ in range(4):
        press(test, "Suivant")
    assert test.title[0].value == plain("Pyrénées\\-Atlantiques \\(64\\)")
    assert "5 / 5" in words(test)
    assert (button(test, "Précédent").disabled, button(test, "Suivant").disabled) == (False, True)


def test_the_address_follows() -> None:
    """Next, then the other view: the address says both, so that a link comes back there."""
    test = press(run(), "Suivant")
    assert test.query_params["vue"] == "creation_activites"
    press(test, "Voir par territoire")
    assert dict(test.query_params) == {"par": "territoire"}
    press(test, "Voir par type")
    assert not dict(test.query_params)


@pytest.mark.parametrize(
    ("query", "title", "said"),
    [
        ({"par": "couleur"}, "Groupement d’acteurs", "par=couleur"),
        ({"vue": "inconnue"}, "Groupement d’acteurs", "vue=inconnue"),
        ({"par": "territoire", "vue": "mutualisation_achats"}, "Dordogne", "n’est pas parmi celles-ci"),
        ({"vue": LANDES}, "Groupement d’acteurs", "n’est pas parmi celles-ci"),
    ],
    ids=["unknown-view", "unknown-slide", "a-type-among-territories", "a-territory-among-types"],
)
def test_a_bad_address_is_said_and_shows_the_first_slide(query: dict[str, str], title: str, said: str) -> None:
    """Nobody is left before an empty page, nor misled about what they see."""
    test = run(**query)
    assert test.title[0].value.startswith(title)
    assert said in "".join(plain(warning.value) for warning in test.warning).replace("\\", "")
    press(test, "Suivant")
    assert not test.warning


def test_a_line_is_kept_as_a_draft_and_counts_nowhere() -> None:
    """The draft is said, listed and signed; the figures and the cells stay as they were."""
    test = run(par="territoire", vue=LANDES)
    before = slide(test)
    press(test, "Ajouter une ligne")
    assert field(test, TERRITORY).value == LANDES
    fill_in(test, **{NAME: "Achat de bois", ORGANISATION: "GARIE", TYPE: "mutualisation_achats"})
    (kept,) = drafts()
    assert (kept.name, kept.organisation, kept.cell) == ("Achat de bois", "GARIE", ("mutualisation_achats", LANDES))
    said = words(test)
    assert "Gardée comme brouillon, non publiée : Achat de bois." in said
    assert "<strong>Brouillon</strong> Achat de bois – Mutualisation des achats, Landes (40), par GARIE" in said
    assert slide(test) == before
    assert not test.text_input


def test_the_type_is_prefilled_from_its_slide() -> None:
    """On the slide of a type only the territory is left to choose."""
    test = press(run(vue="achats_inter_ess"), "Ajouter une ligne")
    assert (field(test, TYPE).value, field(test, TERRITORY).value) == ("achats_inter_ess", None)


def test_an_error_is_said_and_keeps_what_was_typed() -> None:
    """Without an organisation nothing is kept, and nothing has to be typed again."""
    test = press(run(vue="achats_inter_ess"), "Ajouter une ligne")
    fill_in(test, **{NAME: "Achat de bois", "Ce que l’on en sait": "Trois ateliers."})
    assert "valeur obligatoire absente" in test.error[0].value.lower()
    assert field(test, NAME).value == "Achat de bois"
    assert field(test, "Ce que l’on en sait").value == "Trois ateliers."
    assert drafts() == ()


def test_a_store_that_fails_is_said_and_keeps_what_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is out of reach for a moment: the form is still there."""

    def fail(*_: object) -> None:
        raise StoreUnavailable("La base de données ne répond pas.")

    test = press(run(vue="achats_inter_ess"), "Ajouter une ligne")
    monkeypatch.setattr(application().store, "add", fail)
    fill_in(test, **{NAME: "Achat de bois", ORGANISATION: "GARIE", TERRITORY: LANDES})
    assert "ne répond pas" in test.error[0].value
    assert field(test, NAME).value == "Achat de bois"


def test_the_arrows_sleep_while_a_line_is_added() -> None:
    """A new slide behind the form would change what it is prefilled with."""
    test = press(run(vue="achats_inter_ess"), "Ajouter une ligne")
    assert button(test, "Précédent").disabled
    assert button(test, "Suivant").disabled


def test_a_draft_is_removed_after_confirmation() -> None:
    """« Oui, retirer » takes it out of the page and of the store."""
    place = {"practice_code": "achats_inter_ess", "territory": LANDES}
    application().store.add(decide(Draft, name="Achat de bois", organisation="GARIE", **place), "GARIE")
    test = run(vue="achats_inter_ess")
    assert "1 brouillon, hors des chiffres" in words(test)
    press(test, "Oui, retirer")
    assert "hors des chiffres" not in words(test)
    assert drafts() == ()


def test_hostile_names_are_text() -> None:
    """What somebody types runs nothing for the others."""
    name = "<img src=x onerror=alert(1)> ![x](https://evil.example/p.png)"
    place = {"practice_code": "achats_inter_ess", "territory": LANDES}
    application().store.add(decide(Draft, name=name, organisation="<b>GARIE</b>", **place), "GARIE")
    said = words(run(vue="achats_inter_ess"))
    assert "&lt;img src=x" in said
    assert "<img" not in said.replace("\\<img", "")
    assert "<b>" not in said
    assert "![x](" not in said.replace("</p>", "").split("hors des chiffres")[0]
