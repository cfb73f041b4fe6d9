"""What a structure sells, and from what it is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.intake.lists import a_row, came_of, only

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer


@pytest.mark.parametrize(
    ("cells", "families", "origin"),
    [
        pytest.param({"purchase_families": "batiment", "naf": "8130Z"}, "batiment", "liste", id="the list says it"),
        pytest.param({"naf": "8130Z", "name": "Traiteur"}, "espaces_verts", "naf", id="else its activity code"),
        pytest.param({"name": "Blanchisserie du Marsan"}, "textile_blanchisserie", "texte", id="else its name"),
        pytest.param({"activity": "Tri et recyclage"}, "dechets_reemploi", "texte", id="else its description"),
        pytest.param({"kind": "ETTI"}, "personnel", "categorie", id="else its kind"),
        pytest.param({"kind": "AI", "naf": "7830Z"}, "personnel", "categorie", id="its kind, and the code agrees"),
        pytest.param({"kind": "AI", "naf": "8130Z"}, "espaces_verts|personnel", "naf", id="its code, and its kind"),
        pytest.param(
            {"kind": "AI", "purchase_families": "personnel"}, "personnel", "liste", id="the list, and its kind"
        ),
        pytest.param({}, None, None, id="nothing says it"),
    ],
)
def test_families_and_their_origin(
    gazetteer: Gazetteer, cells: dict[str, str], families: str | None, origin: str | None
) -> None:
    """What the list says is worth more than what is deduced."""
    row = only(came_of(gazetteer, a_row(**cells)))
    assert (row["purchase_families"], row["purchase_origin"]) == (families, origin)


@pytest.mark.parametrize(
    ("cells", "services"),
    [
        pytest.param({"services": "fourniture", "kind": "ETTI"}, "fourniture", id="the list says it"),
        pytest.param({"kind": "GEIQ"}, "mise_a_disposition", id="a kind that lends its staff"),
        pytest.param({"kind": "ACI"}, "prestation", id="the others work themselves"),
    ],
)
def test_services(gazetteer: Gazetteer, cells: dict[str, str], services: str) -> None:
    """What a buyer gets."""
    assert only(came_of(gazetteer, a_row(**cells)))["services"] == services
