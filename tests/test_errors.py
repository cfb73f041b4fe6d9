"""What the application says when something goes wrong."""

from __future__ import annotations

import pytest

from cooperations.accounts.refusals import InvalidLink, SpentLink, SuspectForm
from cooperations.errors import (
    AlteredSnapshot,
    CooperationsError,
    DataIssue,
    DatasetError,
    InvalidDecision,
    InvalidParameter,
    InvalidSetting,
    LiveSourcesOff,
    LiveSourceUnavailable,
    NewerDatabase,
    NotAllowed,
    StaleDecision,
    StaleLists,
    StoreBusy,
    StoreUnavailable,
    TooManyRequests,
    UnknownColumns,
    UnknownPractice,
    UnknownSnapshot,
    UnknownTerritory,
    UnreadableFile,
    UnsureWrite,
    http_status,
)
from tests.making import plain

ISSUE = DataIssue("pratiques.csv", 3, "statut", "actif", "code inconnu", "Vouliez-vous dire « active » ?")
WHOLE_FILE = DataIssue("pratiques.csv", 0, "", "", "fichier vide", "Remettre la ligne des colonnes.")


def test_an_issue_says_where_what_and_what_to_do() -> None:
    """A person can repair the file from the sentence alone."""
    said = "pratiques.csv, ligne 3, colonne « statut » : code inconnu (valeur : « actif »). "
    assert plain(str(ISSUE)) == f"{said}Vouliez-vous dire « active » ?"
    assert plain(str(WHOLE_FILE)) == "pratiques.csv : fichier vide. Remettre la ligne des colonnes."


def test_a_dataset_error_says_every_issue() -> None:
    """No defect hides another."""
    assert str(DatasetError([ISSUE, WHOLE_FILE])).splitlines() == [str(ISSUE), str(WHOLE_FILE)]


@pytest.mark.parametrize(
    ("error", "status"),
    [
        pytest.param(InvalidParameter("z", "un nombre est attendu"), 400, id="the request is wrong"),
        pytest.param(NotAllowed("Inviter", "administrateur"), 403, id="another role is needed"),
        pytest.param(InvalidLink(), 400, id="a link that is not whole"),
        pytest.param(SpentLink(served=True), 410, id="a link that has served"),
        pytest.param(SpentLink(served=False), 410, id="a link whose time is over"),
        pytest.param(TooManyRequests(12), 429, id="too many at once"),
        pytest.param(SuspectForm(), 422, id="filled by a program"),
        pytest.param(NotAllowed("Importer", ""), 403, id="closed to all"),
        pytest.param(UnknownTerritory("commune:99999"), 404, id="no such territory"),
        pytest.param(UnknownPractice("covoiturage"), 404, id="no such practice"),
        pytest.param(UnknownSnapshot("GT de mai", []), 404, id="no such snapshot"),
        pytest.param(InvalidDecision([ISSUE]), 422, id="what a form says is wrong"),
        pytest.param(UnreadableFile("siae.csv", "le fichier est vide", "En choisir un autre."), 422, id="no table"),
        pytest.param(UnknownColumns("liste.csv", ["a"], {}), 422, id="columns that nobody knows"),
        pytest.param(StaleDecision(), 409, id="somebody was quicker"),
        pytest.param(AlteredSnapshot("GT de mai"), 500, id="a snapshot was altered"),
        pytest.param(DatasetError([ISSUE]), 503, id="no data for now"),
        pytest.param(StoreUnavailable("La base ne répond pas."), 503, id="no database for now"),
        pytest.param(StoreBusy(), 503, id="others write for long"),
        pytest.param(UnsureWrite(), 503, id="lost while it was kept"),
        pytest.param(NewerDatabase(), 503, id="a database of another version"),
        pytest.param(StaleLists(), 409, id="other imports were quicker"),
        pytest.param(InvalidSetting("PORT", "un nombre est attendu"), 500, id="the host set something wrong"),
        pytest.param(LiveSourcesOff(), 404, id="no live source here"),
        pytest.param(LiveSourceUnavailable("La recherche ne répond pas."), 503, id="no live source for now"),
        pytest.param(CooperationsError("Autre chose."), 500, id="anything else"),
    ],
)
def test_each_error_has_a_status_and_a_sentence(error: CooperationsError, status: int) -> None:
    """A program reads the status, a person the sentence."""
    assert http_status(error) == status
    assert str(error).endswith((".", "?"))
