"""What a working group records: what is taken, what is refused, and in which words."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cooperations.decisions import (
    MOST_WANTED,
    NOTE_LENGTH,
    PARIS,
    Action,
    Decision,
    Decisions,
    Snapshot,
    Survey,
    Target,
    close_action,
    decide,
    form_label,
    revised,
)
from cooperations.errors import InvalidDecision, UnknownPractice
from tests.making import plain

TODAY = datetime.now(PARIS).date()
TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
LANDES = {"practice_code": "achats_inter_ess", "territory": "departement:40"}
SURVEY = LANDES | {"finding": "rien_trouve", "organisation": "GARIE", "day": TODAY}
TARGET = LANDES | {"wanted": 3, "organisation": "CRESS Aquitaine"}
ACTION = LANDES | {
    "what": "Chercher un achat groupé",
    "owner": "ACESA",
    "meeting": "GT de janvier",
    "due_on": TOMORROW,
    "state": "ouverte",
}
CELL = ("achats_inter_ess", "departement:40")


def refusal(model: type[Decision], **values: Any) -> InvalidDecision:
    """Return the refusal of a record."""
    with pytest.raises(InvalidDecision) as refused:
        decide(model, **values)
    return refused.value


def test_a_decision_gets_an_id_and_the_present_moment() -> None:
    """Two surveys typed alike are two surveys, stamped in Paris time."""
    before = datetime.now(PARIS)
    one, other = decide(Survey, **SURVEY), decide(Survey, **SURVEY)
    assert one.id != other.id
    assert before <= one.recorded_at <= other.recorded_at <= datetime.now(PARIS)
    assert one.recorded_at.utcoffset() == before.utcoffset()
    assert one.cell == CELL


@pytest.mark.parametrize(
    ("model", "values", "sentence"),
    [
        pytest.param(
            Action, ACTION | {"owner": ""},
            "« Organisation responsable » : valeur obligatoire absente. Remplir ce champ.",
            id="an action without owner",
        ),
        pytest.param(
            Action, ACTION | {"due_on": None},
            "« Date de la rencontre » : valeur obligatoire absente. Remplir ce champ.", id="an action without a day",
        ),
        pytest.param(
            Action, ACTION | {"due_on": YESTERDAY},
            "« Date de la rencontre » : l’échéance est passée. Donner le jour d’une rencontre à venir.",
            id="a due date in the past",
        ),
        pytest.param(
            Action, ACTION | {"what": "x" * 301},
            "« Ce qu’il y a à faire » : texte de plus de 300 caractères. Raccourcir ce texte.", id="too long an action",
        ),
        pytest.param(
            Action, ACTION | {"state": "comblee", "closed_on": TODAY},
            "« Pratique qui comble le manque » : aucune pratique ne comble encore le manque. "
            "Pour clore une action, choisir la pratique qui comble le manque.",
            id="closed without a practice",
        ),
        pytest.param(
            Action, ACTION | {"practice_id": "loc-halle-bio"},
            "« Pratique qui comble le manque » : une pratique est liée sans que l’action soit comblée. "
            "Retirer la pratique, ou clore l’action.",
            id="open with a practice",
        ),
        pytest.param(
            Action, ACTION | {"state": "abandonnee"},
            "« Date de clôture » : l’état et la date de clôture se contredisent. "
            "Dater la clôture, elle seule.", id="given up without a day",
        ),
        pytest.param(
            Target, TARGET | {"wanted": -1},
            "« Nombre de pratiques voulu » : l’objectif est au-dessous de zéro. "
            "Donner un nombre entier, 0 au moins.",
            id="a target below zero",
        ),
        pytest.param(
            Target, TARGET | {"wanted": MOST_WANTED + 1},
            "« Nombre de pratiques voulu » : l’objectif est trop grand. Donner 999 au plus.",
            id="a target no database takes",
        ),
        pytest.param(
            Target, TARGET | {"wanted": "trois"},
            "« Nombre de pratiques voulu » : valeur refusée. Donner un nombre entier, comme 3.",
            id="a target in letters",
        ),
        pytest.param(
            Survey, SURVEY | {"day": TOMORROW},
            "« Jour du relevé » : le relevé est daté du futur. Donner le jour où l’on a cherché.",
            id="a survey from the future",
        ),
        pytest.param(
            Survey, SURVEY | {"finding": "hors_sujet"},
            "« Où l’on a cherché, ou pourquoi c’est hors sujet » : la raison manque. "
            "Dire en une phrase pourquoi la case est hors sujet.",
            id="beside the subject, no reason",
        ),
        pytest.param(
            Survey, SURVEY | {"organisation": " \u00a0\n"},
            "« Organisation qui a cherché » : valeur obligatoire absente. Remplir ce champ.", id="a blank organisation",
        ),
        pytest.param(
            Survey, SURVEY | {"organisation": "x" * 301},
            "« Organisation qui a cherché » : texte de plus de 300 caractères. Raccourcir ce texte.",
            id="too long an organisation",
        ),
        pytest.param(
            Survey, SURVEY | {"note": "x" * (NOTE_LENGTH + 1)},
            "« Où l’on a cherché, ou pourquoi c’est hors sujet » : texte de plus de 2000 caractères. "
            "Raccourcir ce texte.",
            id="too long a note",
        ),
        pytest.param(
            Survey, SURVEY | {"note": "un\x00deux"},
            "« Où l’on a cherché, ou pourquoi c’est hors sujet » : caractère invisible refusé. "
            "Retaper ce texte au lieu de le coller.",
            id="a NUL character",
        ),
        pytest.param(
            Survey, SURVEY | {"organisation": "\ud800"},
            "« Organisation qui a cherché » : caractère invisible refusé. "
            "Retaper ce texte au lieu de le coller.",
            id="half a sign",
        ),
        pytest.param(
            Survey, SURVEY | {"practice_code": "achats_inter_es"},
            "« Type de pratique » : code inconnu du vocabulaire « pratique ». Vouliez-vous dire « achats_inter_ess » ?",
            id="an unknown practice type",
        ),
        pytest.param(
            Snapshot, {"organisation": "CRESS", "digest": "0", "content": "{}"},
            "« Rencontre ou moment » : valeur obligatoire absente. Remplir ce champ.", id="a snapshot without a name",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_said(model: type[Decision], values: dict[str, Any], sentence: str) -> None:
    """Somebody who fills a form reads which field is wrong, and what to do."""
    assert plain(str(refusal(model, **values))) == sentence


def test_every_defect_is_said_at_once() -> None:
    """Nobody has to send a form three times; each issue knows its column, and is a sentence of its own."""
    refused = refusal(Action, **LANDES)
    issues = refused.issues
    assert len(refused.sentences) == len(issues)
    assert all(form_label(Action, name) in str(refused) for name in ("what", "owner", "meeting", "due_on"))
    assert [issue.column for issue in issues] == ["quoi", "responsable", "rencontre", "echeance", "etat"]
    (issue,) = refusal(Survey, **SURVEY | {"day": "demain"}).issues
    assert issue.column == "jour"


@pytest.mark.parametrize(
    ("model", "values"),
    [
        pytest.param(Action, ACTION | {"due_on": TODAY}, id="an action due today"),
        pytest.param(Action, ACTION | {"what": "x" * 300}, id="the longest text"),
        pytest.param(Target, TARGET | {"wanted": 0}, id="a target taken away"),
        pytest.param(Target, TARGET | {"wanted": MOST_WANTED}, id="the greatest target"),
        pytest.param(Survey, SURVEY | {"note": "x" * NOTE_LENGTH}, id="the longest note"),
        pytest.param(Survey, SURVEY | {"note": "ligne\n\tautre"}, id="lines in a note"),
        pytest.param(Survey, SURVEY | {"day": date(2016, 7, 12)}, id="an old survey"),
        pytest.param(Survey, SURVEY | {"finding": "hors_sujet", "note": "Pas de littoral."}, id="a reason is given"),
        pytest.param(Survey, SURVEY | {"practice_code": "groupement_acteurs"}, id="a cell that has practices"),
    ],
)
def test_what_is_just_right_is_kept(model: type[Decision], values: dict[str, Any]) -> None:
    """The boundaries are inside; whether a cell has practices is nobody's objection to a survey of it."""
    kept = dict(decide(model, **values))
    assert {name: kept[name] for name in values} == values


def test_a_change_is_checked_again_and_keeps_the_rest() -> None:
    """The id and the moment stay; an action late for its meeting can still be moved on."""
    decided = {"recorded_at": "2016-07-12T09:00:00+02:00", "due_on": date(2016, 9, 22)}
    action = decide(Action, **ACTION | decided)
    assert revised(action, state="en_cours") == action.model_copy(update={"state": "en_cours"})
    with pytest.raises(InvalidDecision, match="Organisation responsable"):
        revised(action, owner="")


def test_an_action_is_closed_by_a_practice_that_exists() -> None:
    """The practice that fills the gap is linked, and the day kept."""
    action = decide(Action, **ACTION)
    closed = close_action(action, "loc-halle-bio", {"loc-halle-bio"}, TODAY)
    assert (closed.state, closed.practice_id, closed.closed_on) == ("comblee", "loc-halle-bio", TODAY)
    with pytest.raises(UnknownPractice, match="covoiturage"):
        close_action(action, "covoiturage", {"loc-halle-bio"}, TODAY)
    with pytest.raises(InvalidDecision, match="choisir la pratique"):
        close_action(action, "", {"loc-halle-bio"}, TODAY)


def test_the_surveys_of_a_cell_are_newest_first() -> None:
    """By the day of the search, then by the moment it was typed."""
    old = decide(Survey, **SURVEY | {"day": date(2016, 7, 12)})
    first, second = decide(Survey, **SURVEY), decide(Survey, **SURVEY)
    elsewhere = decide(Survey, **SURVEY | {"territory": "epci:243300316"})
    held = Decisions(surveys=(first, elsewhere, second, old)).surveys_by_cell
    assert held == {CELL: (second, first, old), elsewhere.cell: (elsewhere,)}


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [([], {}), ([3], {CELL: 3}), ([3, 5], {CELL: 5}), ([3, 0], {}), ([0, 2], {CELL: 2})],
    ids=["none", "one", "the last holds", "taken away", "set again"],
)
def test_the_last_target_holds(wanted: list[int], expected: dict[tuple[str, str], int]) -> None:
    """Whatever the order they are given in: the moment decides."""
    targets = tuple(decide(Target, **TARGET | {"wanted": number}) for number in wanted)
    assert Decisions(targets=targets).target_by_cell == expected
    assert Decisions(targets=targets[::-1]).target_by_cell == expected


def test_the_actions_of_a_cell_are_its_own() -> None:
    """An action elsewhere is not shown here."""
    here, there = decide(Action, **ACTION), decide(Action, **ACTION | {"territory": "departement:33"})
    assert Decisions(actions=(here, there)).actions_of(CELL) == (here,)


def test_a_moment_equals_itself_when_clocks_go_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the hour that comes twice, a survey read back from its text is still the one that was recorded."""

    class Autumn(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime(2026, 10, 25, 2, 30, tzinfo=tz, fold=1)

    monkeypatch.setattr("cooperations.decisions.datetime", Autumn)
    survey = decide(Survey, **SURVEY | {"day": date(2026, 10, 25)})
    assert survey.recorded_at.isoformat() == "2026-10-25T02:30:00+01:00"
    assert Survey.model_validate_json(survey.model_dump_json()) == survey
