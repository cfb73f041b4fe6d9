"""Who cooperates with whom: every participation of the selection, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperations import vocabularies as v
from cooperations.catalogue import Catalogue
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.model import Participation, Structure
from cooperations.network import PRACTICE, STRUCTURE, Link, Network, network
from cooperations.selection import select
from tests.making import CRITERIA, a_dataset, a_practice, practice_lists

if TYPE_CHECKING:
    from cooperations.dataset import Dataset
    from cooperations.territories import Gazetteer


def a_structure(structure_id: str, name: str = "") -> Structure:
    cells = {"famille": "inconnue", "membre_gt": "non", "source": "Un essai", "confiance": "compte_rendu_seul"}
    named = {"id": structure_id, "nom": name or structure_id, "date_verification": "2016-07-12"}
    return Structure.model_validate(cells | named)


def a_participation(practice_id: str, structure_id: str, role: str = "membre") -> Participation:
    cells = {"id_pratique": practice_id, "id_structure": structure_id, "role": role}
    return Participation.model_validate(cells | {"role_deduit": "non", "source": "Un essai"})


def of(catalogue: Catalogue, criteria: Criteria = EVERYTHING) -> Network:
    return network(select(catalogue, criteria))


def test_a_selection_without_practices_is_an_empty_network(catalogue: Catalogue) -> None:
    """A search that finds nothing links nobody, and counts no practice as left out."""
    assert of(catalogue, Criteria(text="introuvable")) == Network((), (), (), ())


def test_practices_that_nobody_is_known_to_take_part_in_are_kept_apart(catalogue: Catalogue) -> None:
    """Of the 19 practices, the PTCE and three others name no structure: the graph holds the 15 others."""
    found = of(catalogue)
    assert [practice.id for practice in found.without_actor] == [
        "couveuse-simone-mauhargats",
        "ptce",
        "projet-mutualite-landes",
        "demarches-developpement-durable",
    ]
    assert len(found.practices) == 15


def test_the_dataset_is_in_the_network_once(catalogue: Catalogue, dataset: Dataset) -> None:
    """The 24 participations published are the 24 links; only structures without a participation are absent."""
    found = of(catalogue)
    assert len(found.links) == len(dataset.participations) == 24
    assert {node.id for node in found.structures} == {one.structure_id for one in dataset.participations}
    assert [node.kind for node in found.nodes] == [STRUCTURE] * 20 + [PRACTICE] * 15


def test_a_link_says_the_role_and_whether_it_is_deduced(catalogue: Catalogue) -> None:
    """ERDF buys, as its source says; La Poste buys, as the practice type lets one think."""
    links = of(catalogue).links
    assert Link("erdf", "marche-erdf-landes", "acheteur", deduced=False) in links
    assert Link("la-poste", "la-poste-conciergerie-solidaire", "acheteur", deduced=True) in links


def test_structures_are_by_name_and_practices_by_type_then_name(catalogue: Catalogue) -> None:
    """The order never depends on that of the files."""
    found = of(catalogue)
    assert [node.label for node in found.structures][:3] == [
        "ACESA",
        "ARBIO",
        "Arcins Environnement Service",
    ]
    types = [v.PRACTICE_TYPES.codes.index(node.type) for node in found.practices]
    assert types == sorted(types)


@pytest.mark.parametrize(
    ("criteria", "bridges"),
    [
        (EVERYTHING, {"acesa": 2, "arbio": 2, "garie": 2, "la-ristourne": 2}),
        (Criteria(practice_types=("achats_inter_ess",)), {}),
        (Criteria(practice_types=("achats_inter_ess", "mutualisation_achats")), {"la-ristourne": 2}),
    ],
    ids=["whole-dataset-has-four", "one-type-has-none", "two-types-la-ristourne"],
)
def test_bridges_are_the_structures_of_several_selected_practices(
    catalogue: Catalogue, criteria: Criteria, bridges: dict[str, int]
) -> None:
    """A structure links practices of the selection, not of the whole catalogue."""
    assert {tie.structure.id: len(tie.practices) for tie in of(catalogue, criteria).bridges} == bridges


def test_two_roles_in_one_practice_are_two_links_and_no_bridge(gazetteer: Gazetteer) -> None:
    """Ardits supplies and carries the same practice: it links it to no other."""
    roles = [a_participation("essai", "ardits", role) for role in ("porteur", "fournisseur")]
    found = of(Catalogue(a_dataset([a_practice()], [a_structure("ardits")], roles), gazetteer, revision=1))
    assert [link.role for link in found.links] == ["porteur", "fournisseur"]
    assert not found.bridges
    assert not found.partners("ardits")


def test_partners_share_practices_and_say_which(catalogue: Catalogue) -> None:
    """GARIE meets ACESA and ARBIO in two practices, and 3AR in its own network only."""
    partners = of(catalogue).partners("garie")
    assert {tie.structure.id: [practice.id for practice in tie.practices] for tie in partners} == {
        "acesa": ["reseau-3ar", "reflexe-ess"],
        "arbio": ["reseau-3ar", "reflexe-ess"],
        "reseau-3ar": ["reseau-3ar"],
    }


@pytest.mark.parametrize("structure_id", ["loc-halle-bio", "collectif-creme", "inconnue"])
def test_who_works_with_nobody_known_has_no_partner(catalogue: Catalogue, structure_id: str) -> None:
    """Alone in its practice, in no practice, or in no catalogue: nobody."""
    assert of(catalogue).partners(structure_id) == ()


STRUCTURES = [a_structure(f"structure-{number}") for number in range(4)]


@st.composite
def catalogues(draw: st.DrawFn) -> Dataset:
    practices = draw(practice_lists(most=8))
    every = [(p.id, s.id, role) for p in practices for s in STRUCTURES for role in ("porteur", "membre")]
    taken = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    return a_dataset(practices, STRUCTURES, [a_participation(*one) for one in taken])


@given(dataset=catalogues(), criteria=CRITERIA)
def test_every_participation_of_a_selected_practice_is_one_link(
    dataset: Dataset, criteria: Criteria, gazetteer: Gazetteer
) -> None:
    """Links, practices with and without actor, bridges and partners agree, whatever the data and the filters."""
    selection = select(Catalogue(dataset, gazetteer, revision=1), criteria)
    found = network(selection)
    selected = {practice.id for practice in selection.practices}
    expected = [(p.practice_id, p.structure_id, p.role) for p in dataset.participations if p.practice_id in selected]
    assert sorted((one.practice_id, one.structure_id, one.role) for one in found.links) == sorted(expected)
    assert {one.id for one in found.practices} == {practice for practice, _, _ in expected}
    assert {one.id for one in found.structures} == {structure for _, structure, _ in expected}
    assert len(found.practices) + len(found.without_actor) == len(selection)
    for one in found.structures:
        for tie in found.partners(one.id):
            assert one in {back.structure for back in found.partners(tie.structure.id)}
