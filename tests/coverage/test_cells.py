"""What a cell says of itself, in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations import vocabularies as v
from cooperations.coverage.cells import SIGNS, Cell, in_full, in_words, signed
from tests.coverage.recorded import a_cell, a_survey
from tests.making import plain

if TYPE_CHECKING:
    from cooperations.catalogue import Catalogue

NOTHING_FOUND = a_survey()
BESIDE = a_survey("hors_sujet", day=date(2026, 9, 1), note="aucun acheteur public dans ce canton")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        pytest.param(a_cell(), "non enquêté", id="nobody looked"),
        pytest.param(a_cell(1), "1 pratique", id="one"),
        pytest.param(a_cell(2), "2 pratiques", id="two"),
        pytest.param(a_cell(1204), "1 204 pratiques", id="very many"),
        pytest.param(a_cell(2, covering=1), "2 pratiques", id="what covers is not counted here"),
        pytest.param(a_cell(covering=1), "non enquêté", id="what covers does not make a place surveyed"),
        pytest.param(
            a_cell(covering=1, counting="couvrant"), "1 pratique, dont 1 couvrant le territoire", id="only what covers"
        ),
        pytest.param(a_cell(1, 2, "couvrant"), "3 pratiques, dont 2 couvrant le territoire", id="both"),
        pytest.param(a_cell(2, 0, "couvrant"), "2 pratiques", id="nothing covers"),
        pytest.param(
            a_cell(surveys=(NOTHING_FOUND,)), "cherché, rien trouvé (GARIE, 12 juillet 2026)", id="looked in vain"
        ),
        pytest.param(
            a_cell(surveys=(a_survey(day=date(2026, 5, 1)),)),
            "cherché, rien trouvé (GARIE, 1er mai 2026)",
            id="the first of a month",
        ),
        pytest.param(
            a_cell(surveys=(BESIDE, NOTHING_FOUND)),
            "hors sujet (aucun acheteur public dans ce canton)",
            id="the last survey prevails",
        ),
        pytest.param(
            a_cell(1, surveys=(NOTHING_FOUND,)),
            "1 pratique ; cherché, rien trouvé par GARIE le 12 juillet 2026",
            id="covered, and looked for in vain before",
        ),
        pytest.param(
            a_cell(1, surveys=(BESIDE, a_survey(organisation="Atis", day=date(2026, 8, 1)), NOTHING_FOUND)),
            "1 pratique ; cherché, rien trouvé par Atis le 1er août 2026",
            id="covered: the last of those who looked",
        ),
        pytest.param(a_cell(hidden=4), "0 pour ces filtres (4 sans filtre)", id="all of it filtered out"),
        pytest.param(a_cell(1, hidden=3), "1 pratique", id="a part filtered out"),
        pytest.param(
            a_cell(hidden=1, surveys=(NOTHING_FOUND,)),
            "0 pour ces filtres (1 sans filtre) ; cherché, rien trouvé par GARIE le 12 juillet 2026",
            id="filtered out, and looked for in vain before",
        ),
    ],
)
def test_a_cell_says_its_state(cell: Cell, words: str) -> None:
    """Never a bare zero: who looked, when, and what covers the territory are said."""
    assert plain(in_words(cell)) == words


@pytest.mark.parametrize(
    ("cell", "state", "is_gap"),
    [
        pytest.param(a_cell(), "non_enquete", True, id="nobody looked"),
        pytest.param(a_cell(1, surveys=(BESIDE,)), "couvert", False, id="practices prevail over surveys"),
        pytest.param(a_cell(surveys=(NOTHING_FOUND,)), "rien_trouve", True, id="looked in vain"),
        pytest.param(a_cell(surveys=(BESIDE,)), "hors_sujet", False, id="beside the subject"),
        pytest.param(a_cell(covering=1), "non_enquete", True, id="covered from above, not counted"),
        pytest.param(a_cell(covering=1, counting="couvrant"), "couvert", False, id="covered from above, counted"),
        pytest.param(a_cell(hidden=1), "filtre", False, id="filtered out"),
        pytest.param(a_cell(hidden=1, surveys=(NOTHING_FOUND,)), "filtre", False, id="practices prevail, filtered too"),
    ],
)
def test_a_gap_is_not_a_zero(cell: Cell, state: str, *, is_gap: bool) -> None:
    """Not covered, not surveyed and beside the subject are three things."""
    assert (cell.state, cell.is_gap) == (state, is_gap)


@pytest.mark.parametrize(
    ("inside", "target", "missing"),
    [
        pytest.param(0, None, None, id="nobody said"),
        pytest.param(0, 3, 3, id="all of it"),
        pytest.param(2, 3, 1, id="one"),
        pytest.param(5, 3, 0, id="never below zero"),
    ],
)
def test_what_a_target_lacks(inside: int, target: int | None, missing: int | None) -> None:
    """A target without enough practices says how many are missing."""
    assert a_cell(inside, target=target).missing == missing


def test_words_are_typed_as_in_french(catalogue: Catalogue) -> None:
    """The semicolon follows a no-break space: it never begins a line."""
    assert "\u00a0; " in in_words(a_cell(len(catalogue), surveys=(NOTHING_FOUND,)))


@pytest.mark.parametrize(
    ("cell", "short", "whole"),
    [
        pytest.param(a_cell(), "", "non enquêté", id="nobody looked"),
        pytest.param(a_cell(1, surveys=(NOTHING_FOUND,)), "", None, id="practices prevail"),
        pytest.param(
            a_cell(surveys=(NOTHING_FOUND,)),
            "GARIE, 12/07/2026",
            "cherché, rien trouvé (GARIE, 12 juillet 2026)",
            id="who and when",
        ),
        pytest.param(
            a_cell(surveys=(a_survey(note="annuaire de la CRESS"),)),
            "GARIE, 12/07/2026",
            "cherché, rien trouvé (GARIE, 12 juillet 2026) : annuaire de la CRESS",
            id="and where",
        ),
        pytest.param(
            a_cell(surveys=(BESIDE,)),
            "aucun acheteur public dans ce canton",
            "hors sujet (aucun acheteur public dans ce canton), dit par GARIE le 1er septembre 2026",
            id="beside the subject: why, then who and when",
        ),
    ],
)
def test_a_survey_is_signed(cell: Cell, short: str, whole: str | None) -> None:
    """In the matrix a few words say who and when, or why; all of it is a hover away."""
    assert signed(cell) == short
    assert plain(in_full(cell)) == (whole or plain(in_words(cell)))


def test_each_state_has_a_sign_of_its_own() -> None:
    """The same on the matrix, its map and the slides; no two states share one."""
    assert {*SIGNS} == {*v.COVERAGE_STATES.codes}
    assert len({*SIGNS.values()}) == len(SIGNS)
