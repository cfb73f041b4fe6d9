"""What a legal category says of a structure."""

from __future__ import annotations

import pytest

from cooperations import vocabularies as v
from cooperations.intake.legal_forms import legal_family, legal_kind


@pytest.mark.parametrize(
    ("category", "name", "family", "kind"),
    [
        pytest.param("9220", "LES JARDINS DU MIDOU", "association", None, id="a declared association"),
        pytest.param(
            "9222", "LANDES RESSOURCES", "association", "AI", id="an association whose trade is to lend staff"
        ),
        pytest.param("9300", "FONDATION DE BORDEAUX", "fondation", None, id="a foundation"),
        pytest.param("8210", "MUTUELLE DE PAU", "mutuelle", None, id="a mutual"),
        pytest.param("6411", "ASSURANCE DU MIDI", "mutuelle", None, id="a mutual insurer"),
        pytest.param("5458", "MENUISERIE DU GAVE", "cooperative", "SCOP", id="a SARL that its workers own"),
        pytest.param("5558", "SCIC PAYS DE NAY", "cooperative", "SCIC", id="the name says more than the category"),
        pytest.param(
            "5710", "Scic Habitat du Béarn", "cooperative", "SCIC", id="no category for cooperatives by shares"
        ),
        pytest.param("5559", "UNION DES SCOP", "cooperative", None, id="a union of SCOP is none"),
        pytest.param("9220", "UNION REGIONALE DES SCOP", "association", None, id="nor is their association"),
        pytest.param("5710", "BISCOPE", "societe_commerciale_ess", None, id="the letters inside another word"),
        pytest.param("6317", "LES MAÏSADOURS", "cooperative", None, id="farmers"),
        pytest.param("5192", "BANQUE DU SUD-OUEST", "cooperative", None, id="a people’s bank"),
        pytest.param("5499", "ATELIER DES LANDES", "societe_commerciale_ess", None, id="a company that chose to be"),
        pytest.param("6220", "GIE DES ARENES", "societe_commerciale_ess", "GIE", id="a grouping"),
        pytest.param("7354", "SYNDICAT MIXTE", "acteur_public", None, id="a public body"),
        pytest.param("8510", "PREVOYANCE", "inconnue", None, id="none of our families"),
    ],
)
def test_family_and_kind(category: str, name: str, family: str, kind: str | None) -> None:
    """The family is always told; the kind when it is certain."""
    assert (legal_family(category, name), legal_kind(category, name)) == (family, kind)
    assert family in v.FAMILIES
    assert kind is None or kind in v.KINDS
