"""What people add to imported lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperations.errors import InvalidDecision
from cooperations.offers.records import CORRECTABLE, KEPT, ColumnMapping, Correction, ShortList, changes, corrected
from tests.making import BORDEAUX, PAU, VILLENEUVE_DE_MARSAN, plain
from tests.offers.offering import GIRONDE, LANDES, a_correction, an_offer, at, in_commune

if TYPE_CHECKING:
    from cooperations.territories import Gazetteer

RIGHT: dict[str, tuple[str, object]] = {
    "name": (" Landes Partage ", "Landes Partage"),
    "trade_name": ("Les Jardins", "Les Jardins"),
    "activity": ("Maraîchage\net conserverie", "Maraîchage\net conserverie"),
    "purchase_families": (" alimentation | nettoyage ", "alimentation|nettoyage"),
    "services": ("prestation|fourniture", "prestation|fourniture"),
    "area_radius_km": ("30,5", 30.5),
    "area_territories": (f"{LANDES} | {GIRONDE} | pays:FR", f"{LANDES}|{GIRONDE}|pays:FR"),
    "address": ("12 rue des Pins", "12 rue des Pins"),
    "commune_code": (PAU, PAU),
    "labels": ("AB|Ecocert", "AB|Ecocert"),
    "website": ("https://landes-partage.fr", "https://landes-partage.fr"),
}
WRONG: dict[str, str] = {
    "name": "",
    "trade_name": "x" * 301,
    "activity": "x" * 4001,
    "purchase_families": "maraichage",
    "services": "vente",
    "area_radius_km": "trente",
    "area_territories": "Landes",
    "address": "x" * 301,
    "commune_code": "Pau",
    "labels": "x" * 501,
    "website": "landes-partage.fr",
}


def test_every_attribute_of_the_form_is_tried() -> None:
    """An attribute that becomes correctable gets a right and a wrong value here."""
    assert set(RIGHT) == set(WRONG) == set(CORRECTABLE)


@pytest.mark.parametrize("attribute", CORRECTABLE)
def test_a_right_value_is_kept_as_an_offer_holds_it(gazetteer: Gazetteer, attribute: str) -> None:
    """People write commas and spaces; what is shown and searched is a number and codes."""
    written, value = RIGHT[attribute]
    correction = a_correction("essai", attribute, written)
    assert correction.right_value() == value
    assert getattr(corrected(an_offer(), [correction], gazetteer), attribute) == value


@pytest.mark.parametrize("attribute", CORRECTABLE)
def test_a_wrong_value_is_refused(attribute: str) -> None:
    """With the problem and what to do, as an import says it."""
    with pytest.raises(InvalidDecision) as refused:
        a_correction("essai", attribute, WRONG[attribute])
    assert all(issue.problem and issue.remedy for issue in refused.value.issues)


@pytest.mark.parametrize("attribute", sorted(set(CORRECTABLE) - {"name"}))
def test_a_value_is_erased_by_an_empty_one(gazetteer: Gazetteer, attribute: str) -> None:
    """What a list says wrongly need not be replaced by something."""
    offer = an_offer(**{attribute: RIGHT[attribute][0]})
    assert getattr(offer, attribute) is not None
    assert getattr(corrected(offer, [a_correction("essai", attribute, "")], gazetteer), attribute) is None


@pytest.mark.parametrize("attribute", ["siret", "kind", "email", "longitude", "source", "n’importe quoi"])
def test_other_attributes_are_not_corrected(attribute: str) -> None:
    """What identifies a row, and what needs a consent, is corrected at its source."""
    with pytest.raises(InvalidDecision, match="ne se corrige pas ici"):
        a_correction("essai", attribute, "x")


def test_the_last_correction_holds(gazetteer: Gazetteer) -> None:
    """Oldest first; those of other offers do not count, and without one the offer is the same object."""
    offer = an_offer(activity="Maraîchage")
    made = [a_correction("essai", "activity", text) for text in ("Couture", "Blanchisserie")]
    assert corrected(offer, [*made, a_correction("autre", "activity", "Bois")], gazetteer).activity == "Blanchisserie"
    assert corrected(offer, [a_correction("autre", "activity", "Bois")], gazetteer) is offer


def test_a_corrected_commune_takes_the_place_with_it(gazetteer: Gazetteer) -> None:
    """The point of the former commune would be kilometres away: it becomes that of the new one, and says so."""
    offer = an_offer(**at(-0.561249, 44.849663), commune_code=BORDEAUX, city="Bordeaux", post_code="33100")
    moved = corrected(offer, [a_correction("essai", "commune_code", VILLENEUVE_DE_MARSAN)], gazetteer)
    there = in_commune(gazetteer, VILLENEUVE_DE_MARSAN)
    assert {name: getattr(moved, name) for name in there} == there
    assert (moved.department_code, moved.post_code) == ("40", "40190")


@pytest.mark.parametrize(
    ("code", "place"),
    [
        pytest.param("33409", ("33008", "33", "Porte-de-Benauge", "33760"), id="a former commune is that of today"),
        pytest.param(BORDEAUX, (BORDEAUX, "33", "Bordeaux", None), id="several post codes say none of them"),
        pytest.param("75056", ("75056", "75", None, None), id="a commune elsewhere has no point here"),
        pytest.param("97411", ("97411", "974", None, None), id="nor has one overseas"),
        pytest.param("", (None, None, None, None), id="a commune that is erased leaves no place"),
    ],
)
def test_a_commune_that_is_not_here_is_not_placed(
    gazetteer: Gazetteer, code: str, place: tuple[str | None, ...]
) -> None:
    """No point and no name is invented, and none is left from before."""
    offer = an_offer(**at(-0.3708, 43.2951), commune_code=PAU, city="Pau", post_code="64000", department_code="64")
    moved = corrected(offer, [a_correction("essai", "commune_code", code)], gazetteer)
    assert (moved.commune_code, moved.department_code, moved.city, moved.post_code) == place
    assert (moved.longitude is None) is (moved.latitude is None) is (moved.city is None)
    assert moved.precision == ("commune" if code else "inconnue")


def test_a_correction_says_all_that_it_changes(gazetteer: Gazetteer) -> None:
    """One attribute, except for a commune."""
    assert changes(a_correction("essai", "labels", "AB"), gazetteer) == {"labels": "AB"}
    assert set(changes(a_correction("essai", "commune_code", PAU), gazetteer)) == set(
        changes(a_correction("essai", "commune_code", ""), gazetteer)
    )


@pytest.mark.parametrize("model", KEPT, ids=lambda model: str(model.__name__))
def test_what_people_add_is_signed_by_an_organisation(model: type[Correction | ShortList | ColumnMapping]) -> None:
    """Never by a person; each column is described."""
    assert model.model_fields["organisation"].is_required()
    assert all(info.description and info.alias for info in model.model_fields.values())


def test_an_invisible_character_is_refused() -> None:
    """What was pasted from a document may hold what a database or a browser does not take."""
    with pytest.raises(InvalidDecision) as refused:
        a_correction("essai", "activity", "Couture\x00")
    assert "caractère invisible" in plain(str(refused.value))
