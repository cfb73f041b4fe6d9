"""French text, as people of Aquitaine write and search it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.text import fold, namesake, number, of, plural, suggestion

FRENCH = st.text("aàâæbcçdeéèêëfghiîïjklmnoôœpqrstuùûüvwxyÿzABCÉÈŒÆ '’- ")


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        pytest.param("La Réole", "la reole", id="accents and case go"),
        pytest.param("Œuvre Æquo", "oeuvre aequo", id="ligatures are two letters"),
        pytest.param("Loc’Halle", "loc'halle", id="curly apostrophe is straight"),
        pytest.param("Mont-de-Marsan", "mont de marsan", id="hyphens are spaces"),
        pytest.param("  Saint\u00a0 Sever\n", "saint sever", id="spaces are single"),
        pytest.param("BAYONNE", "bayonne", id="upper case goes"),
        pytest.param("", "", id="nothing stays nothing"),
    ],
)
def test_fold_forgets_what_people_forget_to_type(written: str, folded: str) -> None:
    """Names compare equal however they are accented, cased or spaced."""
    assert fold(written) == folded


@given(FRENCH)
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is stored folded is found by a folded search."""
    assert fold(fold(text)) == fold(text) == fold(text.upper())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        pytest.param(0, "0", id="zero"),
        pytest.param(999, "999", id="no separator under a thousand"),
        pytest.param(2228, "2\u202f228", id="communes of Aquitaine"),
        pytest.param(3_581_843, "3\u202f581\u202f843", id="people of Aquitaine"),
    ],
)
def test_numbers_are_cut_by_narrow_no_break_spaces(value: int, shown: str) -> None:
    """A number never breaks at the end of a line."""
    assert number(value) == shown


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        pytest.param(0, "0 pratique", id="zero is singular"),
        pytest.param(1, "1 pratique", id="one is singular"),
        pytest.param(2, "2 pratiques", id="two is plural"),
        pytest.param(1000, "1\u202f000 pratiques", id="a thousand is cut"),
    ],
)
def test_plural_starts_at_two(count: int, shown: str) -> None:
    """French counts nothing in the singular."""
    assert plural(count, "pratique") == shown


def test_plural_takes_an_irregular_form() -> None:
    """Not every French plural is made with an s."""
    assert plural(3, "réseau", "réseaux") == "3 réseaux"
    assert plural(1, "réseau", "réseaux") == "1 réseau"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("actives", "active", id="one letter too many"),
        pytest.param("TERMINÉE", "terminee", id="accent and capitals"),
        pytest.param("xyzzy", "", id="nothing looks like it"),
        pytest.param("", "", id="nothing typed"),
    ],
)
def test_suggestion_is_the_closest_word(typed: str, meant: str) -> None:
    """A mistake is answered with the word that was meant, or with nothing."""
    assert suggestion(typed, ("projet", "active", "terminee", "inconnu")) == meant


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("CRESS", "CRESS Aquitaine"),
        ("cress aquitaine", "CRESS Aquitaine"),
        ("CRESS Aquitaine", "CRESS Aquitaine"),
        ("Landes Partages", "Landes Partage"),
        ("Aquitaine Active", ""),
        ("GARIE", ""),
        ("", ""),
    ],
    ids=["shortened", "case", "itself", "misspelt", "another that shares a word", "unknown", "nothing"],
)
def test_a_name_that_looks_known(typed: str, found: str) -> None:
    """A short or misspelt name finds the known one; another organisation finds nothing."""
    assert namesake(typed, ("CRESS Aquitaine", "Landes Partage")) == found


@pytest.mark.parametrize(
    ("name", "joined"),
    [
        ("Dax", "de Dax"),
        ("Agen", "d’Agen"),
        ("Hagetmau", "d’Hagetmau"),
        ("Ychoux", "d’Ychoux"),
        ("Élancourt", "d’Élancourt"),
        ("Le Barp", "du Barp"),
        ("les Landes", "des Landes"),
        ("la Gironde", "de la Gironde"),
        ("Lescar", "de Lescar"),
    ],
)
def test_of_joins_a_name_as_french_does(name: str, joined: str) -> None:
    """An article melts into « de », a vowel takes its « e »."""
    assert of(name) == joined
