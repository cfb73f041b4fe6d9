"""The vocabularies of offers."""

from __future__ import annotations

import pytest

from cooperations import vocabularies as v
from cooperations.offers.terms import (
    EXACT,
    FINDINGS,
    SECTOR_OF_FAMILY,
    SECTOR_OF_KIND,
    SECTORS,
    SERVICES,
    STAFF_KINDS,
)


@pytest.mark.parametrize("kind", v.KINDS.codes)
def test_a_kind_has_a_sector_or_is_another(kind: str) -> None:
    """A GIE alone is of no sector of its own; every other kind has the colour of its sector on the map."""
    assert SECTOR_OF_KIND.get(kind, "autre") in SECTORS
    assert (kind in SECTOR_OF_KIND) is (kind != "GIE")


def test_no_sector_is_given_to_what_does_not_exist() -> None:
    """A code that is withdrawn from a vocabulary is withdrawn from what depends on it."""
    assert set(SECTOR_OF_KIND) <= set(v.KINDS.codes)
    assert set(SECTOR_OF_FAMILY) <= set(v.FAMILIES.codes)
    assert {*SECTOR_OF_KIND.values(), *SECTOR_OF_FAMILY.values(), "autre"} == set(SECTORS.codes)
    assert set(STAFF_KINDS) <= set(v.KINDS.codes)
    assert set(v.PRECISIONS.codes) >= EXACT


@pytest.mark.parametrize("vocabulary", [SERVICES, SECTORS, FINDINGS], ids=lambda one: str(one.name))
def test_every_term_is_said_in_words(vocabulary: v.Vocabulary) -> None:
    """A label and a sentence for each code, and no code that would be cut as several."""
    assert all(term.label and term.definition.endswith(".") and "|" not in term.code for term in vocabulary)
    assert len(set(vocabulary.codes)) == len(vocabulary.terms)
