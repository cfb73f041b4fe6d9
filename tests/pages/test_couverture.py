"""The coverage page run by Streamlit's own test runner."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from cooperations.decisions import Action, Survey, Target, decide
from cooperations.runtime import application
from cooperations.settings import ROOT
from cooperations.ui.coverage.matrix_view import SHOWN
from cooperations.ui.map_view import SHOWN as MAP_SHOWN
from tests.making import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cooperations.store import Store

LANDES = "departement:40"
LOT_ET_GARONNE = "departement:47"
EMPTY = f"mutualisation_achats|{LOT_ET_GARONNE}"


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
    # No browser will say that map and matrix are on screen.
    test.session_state[MAP_SHOWN] = test.session_state[SHOWN] = True
    test.switch_page("couverture.py")
    for name, value in query.items():
        test.query_params[name] = value
    return test.run()


def words(test: AppTest) -> str:
    drawn = (*test.title, *test.subheader, *test.markdown, *test.caption, *test.info, *test.warning, *test.error)
    said = "\n".join(str(element.value) for element in (*drawn, *test.toast))
    return plain(said).replace("\\", "")


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click().run()
    assert not test.exception
    return test


def fill(test: AppTest, label: str, value: object) -> None:
    fields = (*test.text_input, *test.selectbox, *test.text_area, *test.number_input, *test.date_input)
    next(field for field in fields if field.label == label).set_value(value)


def open_action(practice_code: str = "mutualisation_achats", territory: str = LOT_ET_GARONNE) -> Store:
    """Open an action about a cell, joint purchases in Lot-et-Garonne at first, and return the store that holds it."""
    due = date.today() + timedelta(days=30)  # noqa: DTZ011 - the day of the person who types
    store = application().store
    action = decide(
        Action, practice_code=practice_code, territory=territory, what="Chercher", owner="ACESA",
        meeting="Groupe de travail", due_on=due, state="ouverte",
    )  # fmt: skip
    store.add(action, "ACESA")
    return store


def test_nothing_recorded_says_what_to_do() -> None:
    """A first visit: the figures, no survey, no action, and where to begin."""
    test = run()
    assert not test.exception
    said = words(test)
    assert "Couverture" in said
    assert "Cases avec une pratique" in said
    assert "Actions ouvertes **0**" in said
    assert "sans exemple" in said


def test_filters_that_leave_nothing_make_no_gap_and_no_error() -> None:
    """Every cell is still there when no practice meets the criteria, and none of those that exist is a gap."""
    whole, filtered = words(run()), words(run(q="introuvable"))
    assert "Cases avec une pratique (types) **6 sur 25**" in whole
    assert "Cases avec une pratique (types) **0 sur 25**" in filtered
    assert "0 pour ces filtres **6**" in filtered
    assert "Non enquêté **19**" in whole
    assert "Non enquêté **19**" in filtered


def test_the_list_counts_what_the_figures_count() -> None:
    """Nineteen types are missing by both; the sub-types of a type that has an example are said apart."""
    said = words(run())
    assert "**19 cases sans exemple**" in said
    assert re.search(r"Aussi \d+ sous-types? sans exemple", said)


def test_a_type_filter_shows_that_type_alone() -> None:
    """Asked for joint purchases, the page does not call groupings a gap."""
    test = run(type="mutualisation_achats")
    said = words(test)
    assert re.search(r"Cases avec une pratique \*\*\d sur 5\*\*", said)
    assert "Groupement d’acteurs –" not in said
    assert "sous-type" not in said


def test_a_filtered_cell_offers_to_take_the_filters_away() -> None:
    """It says that practices are there without the filters, and one click shows them; the type filter stays."""
    test = run(q="introuvable", type="groupement_acteurs", cellule="groupement_acteurs|departement:33")
    assert "0 pour ces filtres (4 sans filtre)" in words(test)
    press(test, "Retirer ces filtres")
    assert "4 pratiques" in words(test)
    assert test.query_params["type"] in ("groupement_acteurs", ["groupement_acteurs"])
    assert "q" not in test.query_params


def test_the_map_offers_the_types_that_are_shown() -> None:
    """A shade kept from before a type filter gives way to the number of missing types."""
    test = run(volet="Carte", teinte="achats_inter_ess", type="mutualisation_achats")
    assert not test.exception
    shade = next(box for box in test.selectbox if box.label == "Colorer selon")
    assert shade.options == ["Nombre de types manquants", "Mutualisation des achats"]
    assert shade.value == "manques"


@pytest.mark.parametrize(
    ("query", "shown", "said"),
    [
        ({}, 1, "Actions ouvertes **1**"),
        ({"territoire": LOT_ET_GARONNE}, 1, "Actions ouvertes **1**"),
        ({"territoire": LANDES}, 0, "1 en tout"),
        ({"type": "achats_inter_ess"}, 0, "Actions ouvertes **0**"),
        ({"q": "introuvable"}, 1, "Actions ouvertes **1**"),
    ],
)
def test_the_actions_follow_the_filters_of_their_export(query: dict[str, str], shown: int, said: str) -> None:
    """List and figure keep what the file keeps: the types and the territories filtered on."""
    open_action()
    test = run(volet="Actions", **query)
    assert len([one for one in test.expander if "Chercher" in one.label]) == shown
    assert said in words(test)


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ({"compter": "partout"}, "compter=partout"),
        ({"cellule": "nimporte|quoi"}, "cellule=nimporte|quoi"),
        ({"mesure": "x"}, "mesure=x"),
    ],
)
def test_an_address_that_makes_no_sense_is_said(query: dict[str, str], ignored: str) -> None:
    """What cannot be understood in a link is left out, and the page says so."""
    assert ignored in words(run(**query))


def test_an_open_cell_says_what_is_nearest() -> None:
    """A gap comes with the nearest example, so that the group knows whom to ask."""
    said = words(run(cellule=EMPTY))
    assert "Lot-et-Garonne (47)" in said
    assert "Non enquêté" in said
    assert "xemple le plus proche" in said


def test_a_survey_is_recorded_and_shown() -> None:
    """Looking and finding nothing is information: the state of the cell changes, signed and dated."""
    test = run(cellule=EMPTY)
    fill(test, "Organisation qui a cherché", "GARIE")
    press(test, "Enregistrer le relevé")
    (survey,) = application().store.decisions().surveys
    assert (survey.finding, survey.organisation, survey.cell) == ("rien_trouve", "GARIE", tuple(EMPTY.split("|")))
    assert "Cherché, rien trouvé (GARIE" in words(test)


@pytest.mark.parametrize(
    ("form", "values", "expected"),
    [
        ("Enregistrer le relevé", {}, "Organisation qui a cherché"),
        ("Ouvrir l’action", {"Ce qu’il y a à faire": "Chercher"}, "Organisation responsable"),
        ("Fixer l’objectif", {"Nombre de pratiques voulu": -1, "Organisation qui fixe l’objectif": "GARIE"}, "zéro"),
    ],
    ids=["survey without organisation", "action without owner", "target below zero"],
)
def test_what_is_refused_is_said_and_nothing_is_kept(form: str, values: dict[str, object], expected: str) -> None:
    """A clear sentence, and an empty store."""
    test = run(cellule=EMPTY)
    for label, value in values.items():
        fill(test, label, value)
    press(test, form)
    assert any(expected in plain(str(error.value)) for error in test.error)
    recorded = application().store.decisions()
    assert (recorded.surveys, recorded.actions, recorded.targets) == ((), (), ())


def test_each_defect_has_its_line_and_the_label_of_its_field() -> None:
    """Four fields left empty are four lines above the button, named as the form names them."""
    test = press(run(cellule=EMPTY), "Ouvrir l’action")
    lines = plain(str(test.error[0].value)).splitlines()
    labels = (
        "Ce qu’il y a à faire", "Organisation responsable", "Rencontre où l’action est attendue",
        "Date de la rencontre",
    )  # fmt: skip
    assert [line.startswith(f"« {label} »") for line, label in zip(lines, labels, strict=True)] == [True] * 4


def test_a_name_that_looks_known_is_asked_about_once() -> None:
    """« CRESS » alone may be « CRESS Aquitaine »: nothing is kept before the second time."""

    def form() -> None:
        import streamlit as st  # noqa: PLC0415 - the test runner runs this body alone

        from cooperations.ui.coverage.forms import is_meant  # noqa: PLC0415 - same

        name = st.text_input("Organisation")
        if st.button("Garder") and is_meant(name):
            st.success("gardé")

    test = AppTest.from_function(form, default_timeout=30).run()
    fill(test, "Organisation", "CRESS")
    press(test, "Garder")
    assert "« CRESS Aquitaine » est déjà connue" in words(test)
    assert not test.success
    press(test, "Garder")
    assert test.success
    fill(test, "Organisation", "CRESS Aquitaine")
    assert press(test, "Garder").success


def test_an_action_in_the_past_is_refused() -> None:
    """A due date that is gone helps nobody."""
    test = run(cellule=EMPTY)
    fill(test, "Ce qu’il y a à faire", "Chercher un groupement d’achats")
    fill(test, "Organisation responsable", "ACESA")
    fill(test, "Rencontre où l’action est attendue", "Groupe de travail")
    fill(test, "Date de la rencontre", date(2026, 7, 12))
    press(test, "Ouvrir l’action")
    assert any("passée" in str(error.value) for error in test.error)


def test_a_survey_of_a_covered_cell_is_allowed() -> None:
    """Two people may see things differently: both are shown."""
    test = run(cellule=f"groupement_acteurs|{LANDES}")
    assert "a déjà des pratiques" in words(test)
    fill(test, "Organisation qui a cherché", "GARIE")
    press(test, "Enregistrer le relevé")
    assert "2 pratiques" in words(test)
    assert "Cherché, rien trouvé, GARIE" in words(test)


def test_an_action_is_opened_then_closed_by_a_practice() -> None:
    """From a gap to a decision, and from the decision to the practice that filled it."""
    store = open_action()
    test = run(volet="Actions")
    assert "Groupe de travail" in words(test)
    press(test, "Clore l’action")
    assert any("pratique" in str(error.value) for error in test.error)
    fill(test, "Pratique qui comble le manque", "loc-halle-bio")
    assert "ne compte pas dans la case Mutualisation des achats, Lot-et-Garonne (47)" in words(test.run())
    press(test, "Clore l’action")
    assert "qui ne compte pas dans la case" in words(test)
    (closed,) = store.decisions().actions
    assert (closed.state, closed.practice_id) == ("comblee", "loc-halle-bio")


def test_the_practices_of_the_cell_come_first() -> None:
    """A grouping of the Landes fills a gap there: it is at the head of the list, said so, and nothing warns."""
    store = open_action(practice_code="groupement_acteurs", territory=LANDES)
    test = run(volet="Actions")
    practices = next(box for box in test.selectbox if box.label == "Pratique qui comble le manque")
    assert [label.endswith("(dans la case)") for label in practices.options[:3]] == [True, True, False]
    practices.set_value("marche-erdf-landes").run()
    assert not test.warning
    press(test, "Clore l’action")
    assert store.decisions().actions[0].practice_id == "marche-erdf-landes"
    assert "qui ne compte pas" not in words(test)


def test_a_target_says_how_far_it_is() -> None:
    """Three wanted and none there: three are missing."""
    target = decide(
        Target, practice_code="mutualisation_achats", territory=LOT_ET_GARONNE, wanted=3, organisation="GARIE"
    )
    application().store.add(target, "GARIE")
    assert "Objectif : 3, il en manque 3" in words(run(cellule=EMPTY))


def test_snapshots_are_compared() -> None:
    """What a survey changed between two states is told."""
    test = run(volet="Instantanés")
    assert "Aucun état gardé" in words(test)
    fill(test, "Rencontre ou moment", "Groupe de travail de novembre")
    fill(test, "Organisation qui le garde", "CRESS Aquitaine")
    press(test, "Garder l’état")
    test = run(volet="Instantanés")
    assert any("Rien n’a changé" in str(one.value) for one in test.success)
    survey = decide(
        Survey, practice_code="mutualisation_achats", territory=LOT_ET_GARONNE, finding="rien_trouve",
        organisation="GARIE", day=date(2026, 7, 12),
    )  # fmt: skip
    application().store.add(survey, "GARIE")
    assert "GARIE" in words(run(volet="Instantanés"))


def test_the_filters_follow_from_the_map() -> None:
    """Who filters on the map and goes to the coverage sees the same filters."""
    test = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=30)
    test.session_state[MAP_SHOWN] = test.session_state[SHOWN] = True
    test.query_params["statut"] = "active"
    test.run()
    del test.query_params["statut"]
    test.switch_page("couverture.py").run()
    assert any(button.label == "Active" for button in test.button)
