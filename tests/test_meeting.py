"""The slides of a meeting: what each says, zero cells included, and which drafts are about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from cooperations import vocabularies as v
from cooperations.coverage import Cell, Coverage, coverage
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.decisions import Decisions, Draft, Survey, Target, decide
from cooperations.meeting import VIEWS, Slide, drafts_of, slides
from tests.making import (
    BORDEAUX_METROPOLE,
    CRITERIA,
    DEPARTMENTS,
    a_catalogue,
    a_practice,
    over,
    plain,
    practice_lists,
)

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue
    from cooperations.model import Practice
    from cooperations.territories import Gazetteer

DORDOGNE, GIRONDE, LANDES, LOT_ET_GARONNE, PYRENEES = (f"departement:{code}" for code in DEPARTMENTS)
PURCHASES = "mutualisation_achats"


def a_survey(code: str, key: str, finding: str) -> Survey:
    said = {"organisation": "GARIE", "day": "2016-07-12", "note": "Aucun acheteur ici."}
    return decide(Survey, practice_code=code, territory=key, finding=finding, **said)


def a_target(code: str, key: str, wanted: int) -> Target:
    return decide(Target, practice_code=code, territory=key, wanted=wanted, organisation="GARIE")


def a_draft(code: str, key: str) -> Draft:
    return decide(Draft, name="Achat groupé de bois", practice_code=code, territory=key, organisation="GARIE")


def the_slide(found: Coverage, by: str, key: str) -> Slide:
    return next(slide for slide in slides(found, by) if slide.key == key)


@pytest.fixture
def purchases(gazetteer: Gazetteer) -> Coverage:
    """One joint purchase in the Landes; searched in Gironde, beside the subject in Dordogne."""
    catalogue = a_catalogue(gazetteer, [a_practice("bois", **over("departement", LANDES))])
    surveys = (a_survey(PURCHASES, GIRONDE, "rien_trouve"), a_survey(PURCHASES, DORDOGNE, "hors_sujet"))
    targets = (a_target(PURCHASES, LANDES, 3), a_target(PURCHASES, PYRENEES, 1))
    return coverage(catalogue, EVERYTHING, Decisions(surveys, targets))


@pytest.mark.parametrize("by", VIEWS)
def test_a_matrix_without_a_cell_has_no_slide(catalogue: Catalogue, by: str) -> None:
    """Nothing to show is no slide, and no failure."""
    assert slides(Coverage(catalogue, EVERYTHING, "ici", (), (), (), {}, {}), by) == ()


def test_a_region_without_a_practice_shows_every_zero(gazetteer: Gazetteer) -> None:
    """Eight types and sub-types by five departments, all of them not looked for."""
    found = slides(coverage(a_catalogue(gazetteer, []), EVERYTHING, Decisions()), "type")
    assert [slide.key for slide in found] == list(v.PRACTICES.codes)
    assert {len(slide.lines) for slide in found} == {5}
    assert {line.state for slide in found for line in slide.lines} == {"non_enquete"}
    assert [plain(figure) for figure in found[0].figures] == ["Aucun exemple, sur 5 territoires", "Non enquêté : 5"]


def test_a_type_says_its_definition_and_the_four_states(purchases: Coverage) -> None:
    """Each department is there, in the matrix's order, with its own state in words."""
    slide = the_slide(purchases, "type", PURCHASES)
    assert (slide.title, slide.subtitle) == (
        "Mutualisation des achats",
        "Des structures achètent ensemble et font ainsi des économies.",
    )
    assert [(line.label, line.state) for line in slide.lines] == [
        ("Dordogne (24)", "hors_sujet"),
        ("Gironde (33)", "rien_trouve"),
        ("Landes (40)", "couvert"),
        ("Lot-et-Garonne (47)", "non_enquete"),
        ("Pyrénées-Atlantiques (64)", "non_enquete"),
    ]
    assert plain(slide.lines[2].words) == "1 pratique"
    assert "GARIE" in slide.lines[1].words


def test_a_type_says_how_many_examples_and_what_is_missing(purchases: Coverage) -> None:
    """One department of five has an example; each other state is counted, and what the targets lack."""
    assert [plain(figure) for figure in the_slide(purchases, "type", PURCHASES).figures] == [
        "1 territoire sur 5 a un exemple",
        "Cherché, rien trouvé : 1",
        "Non enquêté : 2",
        "Hors sujet : 1",
        "Objectif : il manque 3 pratiques",
    ]


def test_a_target_that_is_met_is_said(gazetteer: Gazetteer) -> None:
    """One practice wanted, one there."""
    catalogue = a_catalogue(gazetteer, [a_practice("bois", **over("departement", LANDES))])
    found = coverage(catalogue, EVERYTHING, Decisions(targets=(a_target(PURCHASES, LANDES, 1),)))
    assert "Objectif atteint" in the_slide(found, "type", PURCHASES).figures


def test_a_subtype_says_its_type(purchases: Coverage) -> None:
    """Who sees « Création d’activités » sees that it is a grouping."""
    assert plain(the_slide(purchases, "type", "creation_activites").subtitle).startswith(
        "Sous-type de « Groupement d’acteurs ». "
    )


def test_a_territory_counts_types_and_not_their_parts(gazetteer: Gazetteer) -> None:
    """A grouping that creates an activity is one type with an example, not two."""
    grouping = a_practice(
        type_pratique="groupement_acteurs", sous_type="creation_activites", **over("departement", LANDES)
    )
    slide = the_slide(coverage(a_catalogue(gazetteer, [grouping]), EVERYTHING, Decisions()), "territoire", LANDES)
    assert slide.title == "Landes (40)"
    assert plain(slide.subtitle).endswith(" habitants")
    assert plain(slide.figures[0]) == "1 type sur 5 a un exemple"
    assert [line.is_part for line in slide.lines] == [code in v.PRACTICE_SUBTYPES for code in v.PRACTICES.codes]


def test_the_parts_of_a_department_are_named_without_their_level(catalogue: Catalogue) -> None:
    """« Bordeaux Métropole », not « Bordeaux Métropole (intercommunalité, 33) », which fills two lines."""
    found = coverage(catalogue, Criteria(territories=(GIRONDE,)), Decisions())
    assert "Bordeaux Métropole" in {line.label for line in slides(found, "type")[0].lines}


@pytest.mark.parametrize(
    ("by", "key", "shown"),
    [
        ("type", "groupement_acteurs", True),
        ("type", "creation_activites", True),
        ("type", PURCHASES, False),
        ("territoire", GIRONDE, True),
        ("territoire", LANDES, False),
    ],
    ids=["its-type", "its-subtype", "not-another-type", "the-department-around", "not-another-department"],
)
def test_a_draft_is_shown_where_it_belongs(purchases: Coverage, by: str, key: str, shown: bool) -> None:  # noqa: FBT001
    """A draft about new activities in Bordeaux Métropole, seen from each slide."""
    draft = a_draft("creation_activites", f"epci:{BORDEAUX_METROPOLE}")
    assert bool(drafts_of(the_slide(purchases, by, key), [draft], purchases.catalogue.gazetteer)) == shown


def test_a_draft_about_a_territory_that_is_gone_is_still_seen_by_type(purchases: Coverage) -> None:
    """geo/ may lose a territory; what a group wrote stays."""
    draft = a_draft(PURCHASES, "epci:200000000")
    gazetteer = purchases.catalogue.gazetteer
    assert drafts_of(the_slide(purchases, "type", PURCHASES), [draft], gazetteer) == (draft,)


def test_a_filtered_slide_shows_what_is_asked_and_calls_no_practice_a_gap(gazetteer: Gazetteer) -> None:
    """One purchase in the Landes, searched by another word: its slide says so, and shows no other type."""
    catalogue = a_catalogue(gazetteer, [a_practice("bois", **over("departement", LANDES))])
    found = coverage(catalogue, Criteria((PURCHASES,), text="introuvable"), Decisions())
    assert [slide.key for slide in slides(found, "type")] == [PURCHASES]
    slide = the_slide(found, "type", PURCHASES)
    assert [plain(one) for one in slide.figures] == [
        "Aucun exemple, sur 5 territoires",
        "Non enquêté : 4",
        "0 pour ces filtres : 1",
    ]
    assert plain(slide.lines[2].words) == "0 pour ces filtres (1 sans filtre)"


@given(practices=practice_lists(), criteria=CRITERIA)
def test_both_views_show_every_cell_once(gazetteer: Gazetteer, practices: list[Practice], criteria: Criteria) -> None:
    """Whatever the data and the filters, the slides of either view are the matrix."""
    found = coverage(a_catalogue(gazetteer, practices), criteria, Decisions())
    for by in VIEWS:
        cells: list[Cell] = [line.cell for slide in slides(found, by) for line in slide.lines]
        assert len(cells) == len(found.cells)
        assert set(cells) == set(found)
