"""What shows that a structure has cooperated before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations import vocabularies as v
from cooperations.catalogue import Catalogue
from cooperations.offers.proofs import (
    NO_UNIT,
    partners_by_siren,
    proofs_by_siren,
    siren_of,
    sirens_of_practices,
    units,
)
from tests.making import a_dataset, a_practice, plain
from tests.offers.offering import a_part, a_siret, a_structure, cooperating

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

ARDITS_UNIT, LANDES_PARTAGE_UNIT = 418435285, 387860091


def test_a_practice_is_the_proof_of_who_took_part(catalogue: Catalogue) -> None:
    """Ardits answered with others, in the Landes; the sentence and the address of the practice say it."""
    (proof,) = proofs_by_siren(catalogue)[ARDITS_UNIT]
    assert plain(proof.words) == (
        "a déjà répondu en groupement : Réponse groupée à un marché d’ERDF dans les Landes, Landes (40)"
    )
    assert (proof.practice_id, proof.address) == ("marche-erdf-landes", "pratique?id=marche-erdf-landes")


def test_a_structure_without_a_number_has_its_proofs(catalogue: Catalogue) -> None:
    """Most structures of the minutes have no SIREN: what they did is shown all the same."""
    (proof,) = proofs_by_siren(catalogue)[units(catalogue)["cafe-michel"]]
    assert plain(proof.words) == "a déjà fourni : Coopérations inter-ESS avec le Café Michel, Pessac (commune, 33)"


def test_every_participation_is_a_proof(catalogue: Catalogue) -> None:
    """None is lost on the way from data/."""
    parts = sum(len(catalogue.actors(practice.id)) for practice in catalogue.practices)
    assert sum(len(proofs) for proofs in proofs_by_siren(catalogue).values()) == parts == 24


def test_units_are_told_apart(catalogue: Catalogue) -> None:
    """A SIREN where one is known, alone or in a SIRET; else a number that no list can have."""
    found = units(catalogue)
    assert (found["ardits"], found["landes-partage"]) == (ARDITS_UNIT, LANDES_PARTAGE_UNIT)
    assert len(set(found.values())) == len(found) == len(catalogue.structures)
    assert all(number < NO_UNIT for one, number in found.items() if not siren_of(catalogue.structures[one]))


@pytest.mark.parametrize(
    ("practice_type", "role", "words"),
    [
        pytest.param("groupement_acteurs", "co_traitant", "a déjà répondu en groupement", id="with others"),
        pytest.param("groupement_acteurs", "mandataire", "a déjà répondu en groupement", id="for others"),
        pytest.param("groupement_acteurs", "membre", "prend part à un groupement", id="member of a group"),
        pytest.param("achats_inter_ess", "membre", "prend part (membre)", id="member of something else"),
        pytest.param("achats_inter_ess", "fournisseur", "a déjà fourni", id="supplier"),
        pytest.param("achats_inter_ess", "acheteur", "a déjà acheté", id="buyer"),
        pytest.param("mutualisation_achats", "porteur", "porte la pratique", id="carrier"),
        pytest.param("mutualisation_achats", "tete_de_reseau", "anime le réseau", id="head of a network"),
    ],
)
def test_each_role_is_said(gazetteer: Gazetteer, practice_type: str, role: str, words: str) -> None:
    """A practice without a territory says no place."""
    practice = a_practice("p", type_pratique=practice_type)
    parts = [a_part("p", "s", role)]
    made = Catalogue(a_dataset([practice], [a_structure("s", siret=a_siret(1))], parts), gazetteer, revision=1)
    (proof,) = proofs_by_siren(made)[int(a_siret(1)[:9])]
    assert proof.words == f"{words} : Pratique p"


@pytest.mark.parametrize("role", v.ROLES.codes)
def test_no_role_is_without_words(gazetteer: Gazetteer, role: str) -> None:
    """A role that is added to the vocabulary is said one way or another."""
    made = Catalogue(a_dataset([a_practice("p")], [a_structure("s")], [a_part("p", "s", role)]), gazetteer, revision=1)
    ((proof,),) = proofs_by_siren(made).values()
    assert proof.words.endswith(" : Pratique p")


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        pytest.param(("reponses_groupees_ponctuelles",), {"ardits", "landes-partage"}, id="a sub-type"),
        pytest.param(("groupement_acteurs",), {"ardits", "loc-halle-bio"}, id="a type holds its sub-types"),
        pytest.param(("reponses_groupees_permanentes",), {"loc-halle-bio", "gie-green"}, id="without a number"),
        pytest.param(("achats_inter_ess", "mutualisation_achats"), {"cafe-michel", "la-ristourne"}, id="two types"),
    ],
)
def test_units_are_found_by_what_they_did(catalogue: Catalogue, codes: tuple[str, ...], found: set[str]) -> None:
    """A type, or one of its sub-types."""
    sirens = sirens_of_practices(catalogue, codes).tolist()
    assert {units(catalogue)[one] for one in found} <= set(sirens)
    assert sirens == sorted(set(sirens))
    others = {one for one in units(catalogue) if units(catalogue)[one] not in sirens}
    assert "jalles-solidarites" in others


def test_partners_took_part_in_the_same_practice(catalogue: Catalogue) -> None:
    """Each is the partner of the other, and never of itself."""
    partners = partners_by_siren(catalogue)
    assert LANDES_PARTAGE_UNIT in partners[ARDITS_UNIT]
    assert all(one in partners[other] and one != other for one, others in partners.items() for other in others)


def test_who_took_part_alone_has_no_partner(gazetteer: Gazetteer) -> None:
    """Two practices of one structure do not make it cooperate with itself."""
    made = cooperating(gazetteer, (1,), (1,), (2, 3))
    one, two, three = (int(a_siret(number)[:9]) for number in (1, 2, 3))
    assert partners_by_siren(made) == {two: frozenset({three}), three: frozenset({two})}
    assert len(proofs_by_siren(made)[one]) == 2
