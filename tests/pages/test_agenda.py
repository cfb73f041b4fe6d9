"""The page « Agenda »: what it says when there is something, and what to do when there is nothing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.criteria import Criteria
from cooperations.decisions import Action, decide
from cooperations.fields import PARIS
from cooperations.runtime import application
from cooperations.settings import ROOT
from cooperations.ui.agenda.subscribe import feed_address, webcal
from cooperations.ui.coverage.matrix_view import SHOWN as MATRIX_SHOWN
from cooperations.ui.map_view import SHOWN
from tests.making import plain
from tests.pages.test_couverture import fill
from tests.pages.test_pages import own_store, texts

__all__ = ["own_store"]
LAST = "Voir la dernière : jeudi 22 septembre 2016"


def run(query: dict[str, str | list[str]], page: str = "agenda.py") -> AppTest:
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    # No browser will say that map and matrix are on screen.
    test.session_state[SHOWN] = test.session_state[MATRIX_SHOWN] = True
    test.switch_page(page)
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def titles(test: AppTest) -> list[str]:
    return [str(one.value) for one in test.subheader]


def links(test: AppTest) -> list[str]:
    return [str(one.proto.label) for one in test.get("page_link")]


def test_nothing_to_come_says_what_to_do() -> None:
    """The meetings of the minutes are all past: they stay, and the page leads to proposing another."""
    test = run({})
    assert not test.exception
    assert titles(test) == ["À venir (0)", "Passées (3)"]
    assert "Aucune rencontre à venir : proposez-en une" in plain(texts(test))
    assert links(test).count("Proposer une rencontre") == 1
    assert "Effacer tous les filtres" not in [one.label for one in test.button]


def test_filters_that_keep_nothing_can_be_cleared() -> None:
    """A meeting that says no type is counted, not forgotten; clearing brings all back."""
    test = run({"type": "mutualisation_achats", "territoire": "departement:24"})
    assert titles(test) == ["À venir (0)"]
    assert "2 rencontres ne disent pas le leur" in plain(texts(test))
    next(one for one in test.button if one.label == "Effacer tous les filtres").click().run()
    assert titles(test) == ["À venir (0)", "Passées (3)"]


def test_filters_of_practices_alone_are_said_to_be_so() -> None:
    """Who comes from the map with a status is told that it changes nothing here."""
    test = run({"statut": "active"})
    assert titles(test)[1] == "Passées (3)"
    assert "ne filtrent que les pratiques" in texts(test)


@pytest.mark.parametrize(
    ("month", "said", "button"),
    [
        pytest.param("2016-07", "Les rencontres de juillet 2016", "", id="a month with a meeting"),
        pytest.param("2017-05", "Les rencontres de mai 2017", "", id="a month of the year to be built"),
        pytest.param("2020-02", "Aucune rencontre en février 2020.", LAST, id="a month with none"),
        pytest.param("2016-13", "(valeur impossible)", "", id="no month"),
    ],
)
def test_a_month_is_in_the_address(month: str, said: str, button: str) -> None:
    """Empty, it leads to the nearest meeting."""
    test = run({"affichage": "mois", "mois": month})
    assert not test.exception
    assert said in plain(texts(test) + "\n".join(titles(test))).replace("\\", "")
    assert not button or button in [plain(one.label) for one in test.button]


def test_an_opened_meeting_says_what_is_on_its_table() -> None:
    """Its facts, the gaps among its types and territories, and the way to keep or correct it; closing forgets it."""
    test = run({"rencontre": "gt-2016-07-12"})
    assert not test.exception
    facts = "\n".join(str(one.proto.body) for one in test.get("html"))
    assert "mardi 12 juillet 2016, de 9 h 30 à 11 h" in plain(facts)
    assert "Tous les types de pratique" in facts
    assert "**Manques traités**" in texts(test)
    assert {"Proposer une correction", "Voir ces types et ces territoires dans la couverture"} <= {*links(test)}
    next(one for one in test.button if one.label == "Fermer").click().run()
    assert not [one for one in test.button if one.label == "Fermer"]


def test_a_cancelled_date_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the open meeting with its reason, and in the list with its mark; only a series has a date to cancel."""
    app = application()
    (first, *others) = app.catalogue().events
    day = date.today() + timedelta(days=30)  # noqa: DTZ011 - a day to come
    starts = datetime.combine(day - timedelta(days=70), time(9), PARIS)
    cells = {"starts_at": starts, "ends_at": None, "recurrence": "FREQ=DAILY", "cancelled": f"{day} Salle fermée"}
    monkeypatch.setattr(app.catalogue(), "events", (first.model_copy(update=cells), *others))
    test = run({"rencontre": first.id})
    assert not test.exception
    assert "Salle fermée" in "\n".join(str(one.proto.body) for one in test.get("html"))
    assert "Annuler une date" in links(test)
    assert titles(test)[0] == "À venir (2)"
    assert "Annuler une date" not in links(run({"rencontre": "gt-2016-09-22"}))


def test_a_meeting_that_is_not_there_is_said() -> None:
    """A link may be older than the data."""
    test = run({"rencontre": "inconnue"})
    assert "Aucune rencontre n’a l’identifiant « inconnue »" in plain(texts(test))


def test_actions_are_at_the_meeting_of_their_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a group decided for a day is read in the agenda of that day, and the plan of actions leads there."""
    day = date.today() + timedelta(days=30)  # noqa: DTZ011 - a day to come
    app = application()
    action = decide(
        Action, practice_code="achats_inter_ess", territory="departement:40", what="Appeler *les* ACI", owner="CRESS",
        meeting="GT", due_on=day.isoformat(), state="ouverte",
    )  # fmt: skip
    app.store.add(action, "CRESS")
    (first, *others) = app.catalogue().events
    moved = first.model_copy(update={"starts_at": None, "ends_at": None, "period": day.isoformat()})
    monkeypatch.setattr(app.catalogue(), "events", (moved, *others))
    test = run({"rencontre": first.id})
    assert "**Actions attendues** (1)" in texts(test)
    assert r"Appeler \*les\* ACI" in texts(test)
    led = [one for one in links(run({"volet": "Actions"}, "couverture.py")) if "Dans l’agenda" in one]
    assert len(led) == 1


def test_an_action_is_for_a_meeting_of_the_agenda(monkeypatch: pytest.MonkeyPatch) -> None:
    """Chosen in the list, the meeting gives its name and its day; the action is then on its table."""
    day = date.today() + timedelta(days=30)  # noqa: DTZ011 - a day to come
    app = application()
    (first, *others) = app.catalogue().events
    moved = first.model_copy(update={"starts_at": None, "ends_at": None, "period": day.isoformat()})
    monkeypatch.setattr(app.catalogue(), "events", (moved, *others))
    test = run({"cellule": "mutualisation_achats|departement:47"}, "couverture.py")
    fill(test, "Ce qu’il y a à faire", "Chercher un groupement d’achats")
    fill(test, "Organisation responsable", "ACESA")
    meeting = next(one for one in test.selectbox if one.label == "Rencontre où l’action est attendue")
    meeting.set_value(meeting.options[0])
    next(one for one in test.button if one.label == "Ouvrir l’action").click().run()
    (action,) = app.store.decisions().actions
    assert (action.meeting, action.due_on) == (first.name, day)


def test_the_address_to_subscribe_to_holds_the_filters() -> None:
    """The same host as the page, the same codes as its address."""
    address = feed_address(Criteria(territories=("departement:40",)), "https://carte.example/agenda?affichage=mois")
    assert address == "https://carte.example/agenda.ics?territoire=departement%3A40"
    assert webcal(address) == "webcal://carte.example/agenda.ics?territoire=departement%3A40"
