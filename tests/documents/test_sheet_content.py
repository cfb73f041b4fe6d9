"""What a resource sheet says, before it is drawn or printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from cooperations.catalogue import Catalogue
from cooperations.criteria import EVERYTHING, Criteria
from cooperations.documents.errors import UnknownType
from cooperations.documents.model import Contact
from cooperations.documents.practice_sheets import practice_sheet
from cooperations.documents.type_sheets import type_sheet
from cooperations.errors import UnknownPractice
from cooperations.vocabularies import PRACTICES
from tests.making import a_dataset, a_practice, plain
from tests.offers.offering import an_offer

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

ERDF = "marche-erdf-landes"


def test_a_group_of_actors_has_its_own_headings(catalogue: Catalogue) -> None:
    """Who answers, with whom, for whom; roles in words."""
    sheet = practice_sheet(catalogue, ERDF, {})
    assert sheet.kind == "groupement"
    assert [(group.title, [one.name for one in group.participants]) for group in sheet.groups] == [
        ("Avec qui", ["Ardits", "Landes Partage"]),
        ("Pour qui", ["ERDF"]),
    ]
    assert sheet.to_complete[0].title == "Comment le groupement fonctionne"
    assert sheet.told == ()


def test_a_purchase_has_others(catalogue: Catalogue) -> None:
    """Who buys comes first."""
    sheet = practice_sheet(catalogue, "convention-cd33-ai-colleges", {})
    assert sheet.kind == "achat"
    assert sheet.groups[0].title == "Qui achète"
    assert sheet.to_complete[0].title == "Comment l’achat se passe"


def test_every_participant_has_its_place(catalogue: Catalogue) -> None:
    """No role of the vocabulary is left out by a template."""
    for practice in catalogue.practices:
        sheet = practice_sheet(catalogue, practice.id, {})
        assert sum(len(group.participants) for group in sheet.groups) == len(catalogue.actors(practice.id))


def test_contacts_are_public_sites_and_dated_agreements(catalogue: Catalogue) -> None:
    """Without an agreement neither address nor telephone is on the sheet."""
    structure = next(actor.structure for actor in catalogue.actors(ERDF) if actor.structure.siret)
    reached = {"siret": structure.siret, "email": "contact@ardits.example", "phone": "05 58 00 00 00"}
    agreed = an_offer("siae-ardits", contact_consent_on="2026-03-02", **reached)
    sheet = practice_sheet(catalogue, ERDF, {str(structure.siret): agreed})
    assert (
        Contact(structure.name, structure.website, "contact@ardits.example", "05 58 00 00 00", date(2026, 3, 2))
        in sheet.contacts
    )
    assert all(one.email is None for one in practice_sheet(catalogue, ERDF, {}).contacts)


def test_a_type_gathers_what_its_practices_say(gazetteer: Gazetteer) -> None:
    """Each passage names the practice that says it; a practice of another type is not counted."""
    told = a_practice("halle", type_pratique="groupement_acteurs", apports="Des tournées partagées.")
    other = a_practice("ailleurs", apports="Autre chose.")
    silent = a_practice("muette", type_pratique="groupement_acteurs", sous_type="creation_activites")
    made = Catalogue(a_dataset([told, other, silent]), gazetteer, 1)
    sheet = type_sheet(made, "groupement_acteurs", EVERYTHING)
    (section,) = sheet.told
    assert [(one.practice_id, one.text) for one in section.passages] == [("halle", "Des tournées partagées.")]
    assert [one.id for one in sheet.examples] == ["halle", "muette"]
    assert plain(dict(sheet.facts)["Création d’activités"]).endswith("1 pratique.")
    assert [one.id for one in type_sheet(made, "creation_activites", EVERYTHING).examples] == ["muette"]


@pytest.mark.parametrize("code", PRACTICES.codes)
def test_every_type_has_a_sheet(catalogue: Catalogue, code: str) -> None:
    """With a practice or without one: the definition is there."""
    assert type_sheet(catalogue, code, EVERYTHING).summary == PRACTICES[code].definition
    assert type_sheet(catalogue, code, Criteria(text="introuvable")).examples == ()


def test_what_does_not_exist_says_so(catalogue: Catalogue) -> None:
    """With the code that was probably meant."""
    with pytest.raises(UnknownType, match="achats_inter_ess"):
        type_sheet(catalogue, "achats_inter_es", EVERYTHING)
    with pytest.raises(UnknownPractice):
        practice_sheet(catalogue, "nulle-part", {})
