"""The purchase families, and the codes and words that lead to them."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations.purchases import (
    FAMILIES,
    ORIGINS,
    PURCHASE_FAMILIES,
    SEPARATOR,
    Family,
    families_in,
    family_of_cpv,
    family_of_naf,
    joined,
)
from cooperations.text import fold

BITS = 31
"""What a signed integer of 32 bits holds, and a set of families is one."""


@pytest.mark.parametrize("system", ["cpv", "naf"])
def test_a_code_belongs_to_one_family(system: str) -> None:
    """No beginning of a code stands in two families, nor twice in one."""
    counted = Counter(prefix for family in FAMILIES for prefix in getattr(family, system))
    assert [prefix for prefix, count in counted.items() if count > 1] == []


def test_families_are_told_apart() -> None:
    """Codes, labels and definitions are unique, and a set of families fits the bits of the index."""
    for attribute in ("code", "label", "definition"):
        assert len({getattr(family, attribute) for family in FAMILIES}) == len(FAMILIES)
    assert len(FAMILIES) <= BITS
    assert PURCHASE_FAMILIES.codes == tuple(family.code for family in FAMILIES)
    assert all(SEPARATOR not in code for code in PURCHASE_FAMILIES.codes)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: str(family.code))
def test_every_family_is_reached(family: Family) -> None:
    """Each by a CPV code, by a NAF code and by a word: a list that says any of them finds it."""
    assert {family_of_cpv(prefix.ljust(8, "0")) for prefix in family.cpv} >= {family.code}
    assert {family_of_naf(prefix.ljust(5, "Z")) for prefix in family.naf} >= {family.code}
    assert all(family.code in families_in(f"Atelier {word}") for word in family.words)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: str(family.code))
def test_the_words_of_a_family_are_folded(family: Family) -> None:
    """A word with an accent or a capital would never be met in a folded text, and a sign would mean something else."""
    assert all(re.fullmatch(r"[a-z0-9' ]+", word) and word == fold(word) for word in family.words)


@pytest.mark.parametrize(
    ("code", "family"),
    [
        pytest.param("77310000-6", "espaces_verts", id="green spaces, with the check digit"),
        pytest.param("77310000", "espaces_verts", id="green spaces, without it"),
        pytest.param("90911200-8", "nettoyage", id="cleaning of buildings"),
        pytest.param("90511000-2", "dechets_reemploi", id="collection of waste is not cleaning"),
        pytest.param("90400000-1", "energie_eau", id="sewage is neither of them"),
        pytest.param("45112710-5", "espaces_verts", id="landscaping works are longer than works"),
        pytest.param("45210000-2", "batiment", id="works"),
        pytest.param("45421000-4", "mobilier_bois", id="joinery is longer than works"),
        pytest.param("30199000-0", "bureautique_impression", id="paper is longer than computers"),
        pytest.param("30200000-1", "numerique", id="computers"),
        pytest.param("55520000-1", "restauration", id="catering"),
        pytest.param("55100000-1", "hebergement_tourisme", id="hotels"),
        pytest.param("99999999", "", id="division that does not exist"),
        pytest.param("4", "", id="one digit says nothing"),
        pytest.param("", "", id="no code"),
    ],
)
def test_the_longest_beginning_of_a_cpv_wins(code: str, family: str) -> None:
    """A division is a family, except for the groups that another one takes."""
    assert family_of_cpv(code) == family


@pytest.mark.parametrize(
    ("code", "family"),
    [
        pytest.param("81.30Z", "espaces_verts", id="as INSEE writes it"),
        pytest.param("8130Z", "espaces_verts", id="without its dot"),
        pytest.param("81.21Z", "nettoyage", id="another class of the division"),
        pytest.param("01.61Z", "espaces_verts", id="support to crops is longer than agriculture"),
        pytest.param("01.13Z", "alimentation", id="market gardening"),
        pytest.param("77.11A", "transport_vehicules", id="hiring cars"),
        pytest.param("32.50A", "sante_materiel", id="medical material is longer than other manufactures"),
        pytest.param("32.99Z", "sous_traitance_industrielle", id="other manufactures"),
        pytest.param("88.99B", "", id="social action says nothing of what is sold"),
        pytest.param("94.99Z", "", id="an association of any kind"),
        pytest.param("", "", id="no code"),
    ],
)
def test_the_longest_beginning_of_a_naf_wins(code: str, family: str) -> None:
    """With or without its dot; a code that says nothing of what is sold gives no family."""
    assert family_of_naf(code) == family


@given(st.text(max_size=12))
def test_any_code_has_one_family_or_none(code: str) -> None:
    """Whatever a list writes in a cell of codes, the answer is a code of the list or nothing."""
    assert {family_of_cpv(code), family_of_naf(code)} <= {"", *PURCHASE_FAMILIES.codes}


@pytest.mark.parametrize(
    ("text", "families"),
    [
        pytest.param("Entretien d’espaces verts et NETTOYAGE", ("espaces_verts", "nettoyage"), id="two, whatever case"),
        pytest.param("Élagage, débroussaillage", ("espaces_verts",), id="accents do not count"),
        pytest.param("Garde d’enfants à domicile", ("services_personne",), id="the typographic apostrophe is one"),
        pytest.param("Auto-école associative", ("transport_vehicules",), id="a hyphen is a space"),
        pytest.param("Cantine (épicerie/conserverie)", ("restauration", "alimentation"), id="nor does punctuation"),
        pytest.param("Recyclerie du Gave", ("dechets_reemploi",), id="the beginning of a word is enough"),
        pytest.param("Aménagement du territoire", (), id="the end of a word is not"),
        pytest.param("Vélos et peinture", ("batiment", "transport_vehicules"), id="in the order of the list"),
        pytest.param("", (), id="nothing said"),
    ],
)
def test_words_say_families(text: str, families: tuple[str, ...]) -> None:
    """The beginning of a word of a name or a description says what is sold."""
    assert families_in(text) == families


def test_codes_are_joined_in_the_order_of_the_list() -> None:
    """Two lists that say the same in another order give the same cell; what is no code is left out."""
    assert joined(["nettoyage", "espaces_verts", "nettoyage", "inconnu"]) == "espaces_verts|nettoyage"
    assert joined([]) == ""


def test_every_origin_is_described() -> None:
    """How a family is known is said in words beside it."""
    assert ORIGINS.codes == ("liste", "categorie", "naf", "texte")
    assert all(term.label and term.definition for term in ORIGINS)
