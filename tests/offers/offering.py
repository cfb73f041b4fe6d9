"""Made-up offers around Mont-de-Marsan and elsewhere in Aquitaine, and the index of some."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np
import pandas as pd
from pyproj import Transformer

from cooperations import vocabularies as v
from cooperations.catalogue import Catalogue
from cooperations.decisions import decide
from cooperations.fields import luhn_is_valid
from cooperations.intake import digests
from cooperations.model import Participation, Structure
from cooperations.offers.directory import COLUMNS, Directory, Frames, structures_frame
from cooperations.offers.model import Award, Batch, Offer
from cooperations.offers.records import Correction
from cooperations.offers.terms import SERVICES
from cooperations.projection import to_metres
from cooperations.purchases import PURCHASE_FAMILIES, SEPARATOR
from tests.making import (
    AGEN,
    BEGLES,
    BORDEAUX,
    COMMUNES,
    MONT_DE_MARSAN,
    PAU,
    VILLENEUVE_DE_MARSAN,
    a_dataset,
    a_practice,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cooperations.store import Store
    from cooperations.territories import Gazetteer

HERE = f"commune:{MONT_DE_MARSAN}"
LANDES, GIRONDE, FRANCE = "departement:40", "departement:33", "pays:FR"
LANDES_PARTAGE, ARDITS, ARCINS, JALLES = "38786009100033", "41843528500030", "39887189700029", "35016791200038"
"""The SIRET of structures of data/: Landes Partage is there by its SIREN alone."""
DAY = date(2026, 1, 15)


def an_offer(offer_id: str = "essai", **values: Any) -> Offer:
    """Return an offer of which nothing is known but what `values` say, by attribute."""
    nothing_known = {
        "id": offer_id,
        "source": "essai",
        "source_key": offer_id,
        "source_date": DAY,
        "name": f"Structure {offer_id}",
        "family": "inconnue",
        "precision": "inconnue",
    }
    return Offer.model_validate(nothing_known | values)


def at(longitude: float, latitude: float) -> dict[str, Any]:
    """Return the values that place an offer at an address."""
    return {"longitude": longitude, "latitude": latitude, "precision": "adresse"}


def in_commune(gazetteer: Gazetteer, code: str) -> dict[str, Any]:
    """Return the values that place an offer at the point of its commune."""
    commune = gazetteer[f"commune:{code}"]
    return {
        "longitude": commune.longitude,
        "latitude": commune.latitude,
        "precision": "commune",
        "commune_code": code,
        "city": commune.name,
    }


def at_km(gazetteer: Gazetteer, east_km: float, north_km: float = 0.0, key: str = HERE) -> dict[str, Any]:
    """Return the values that place an offer so many kilometres away from the point of a territory."""
    east, north = to_metres(gazetteer[key].longitude, gazetteer[key].latitude)
    return at(*_to_degrees().transform(east + 1000 * east_km, north + 1000 * north_km))


@cache
def _to_degrees() -> Transformer:
    return Transformer.from_crs(2154, 4326, always_xy=True)


def a_frame(offers: Iterable[Offer]) -> pd.DataFrame:
    """Return offers as the store gives them to the index."""
    rows = [[getattr(offer, name) for name in COLUMNS] for offer in offers]
    return pd.DataFrame.from_records(rows, columns=list(COLUMNS))


def a_directory(
    catalogue: Catalogue, offers: Iterable[Offer], corrections: Iterable[Correction] = (), *, curated: bool = False
) -> Directory:
    """Return the index of made-up offers, with the structures of data/ or without them."""
    structures = structures_frame(catalogue.structures.values() if curated else (), catalogue)
    return Directory(Frames([a_frame(offers)], structures, tuple(corrections)), catalogue, revision=1)


def a_correction(offer_id: str, attribute: str, value: str | None, **values: Any) -> Correction:
    """Return what somebody corrects of an offer."""
    said = {"organisation": "GARIE", "offer_id": offer_id, "attribute": attribute, "value": value}
    return decide(Correction, **said | values)


AREAS = (
    None,
    None,
    LANDES,
    GIRONDE,
    f"{GIRONDE}{SEPARATOR}{LANDES}",
    "region:72",
    "region:75",
    FRANCE,
    f"commune:{MONT_DE_MARSAN}",
    f"commune:{PAU}",
)
NAMES = ("Jardins du Midou", "Régie des Pins", "L’Atelier", "Élan", "Recyclerie du Gave", "Atelier", "Café", "œuvre")


def some_offers(gazetteer: Gazetteer, count: int, seed: int) -> list[Offer]:
    """Return offers of every kind: several at one point, without a point, silent or not about where they go."""
    draw = np.random.default_rng(seed)
    return [_any_offer(gazetteer, draw, number) for number in range(count)]


def _any_offer(gazetteer: Gazetteer, draw: np.random.Generator, number: int) -> Offer:
    def one_of(values: Any) -> Any:
        return values[int(draw.integers(0, len(values)))]

    def some_of(codes: tuple[str, ...]) -> str | None:
        picked = [code for code in codes if draw.random() < 2 / len(codes)]
        return SEPARATOR.join(picked) or None

    place: dict[str, Any] = one_of(
        (
            {"precision": "inconnue"},
            in_commune(gazetteer, one_of(COMMUNES)),
            in_commune(gazetteer, one_of((MONT_DE_MARSAN, VILLENEUVE_DE_MARSAN, BEGLES, BORDEAUX, AGEN))),
            at_km(gazetteer, *draw.normal(0, 25, 2)),
            at_km(gazetteer, *draw.normal(0, 60, 2)),
        )
    )
    return an_offer(
        f"essai-{number}",
        name=f"{one_of(NAMES)} {one_of(('', 'solidaire', 'insertion'))}",
        kind=one_of((None, *v.KINDS.codes)),
        family=one_of(v.FAMILIES.codes),
        activity=one_of((None, "Entretien d’espaces verts", "Blanchisserie, couture")),
        siret=one_of((None, None, None, LANDES_PARTAGE, ARDITS, ARCINS)),
        source_date=date(2026, 1, int(draw.integers(1, 28))),
        purchase_families=some_of(PURCHASE_FAMILIES.codes),
        services=some_of(SERVICES.codes),
        area_radius_km=one_of((None, None, float(draw.integers(1, 120)))),
        area_territories=one_of(AREAS),
        **place,
    )


def kept_rows(store: Store, *offers: Offer | Award, model: type[Offer | Award] = Offer) -> None:
    """Make a store hold made-up rows, as an import does."""
    frame = pd.DataFrame([dict(one) for one in offers], columns=list(model.model_fields), dtype=object)
    batch = a_batch(read=len(offers), added=len(offers))
    store.lists.take(model, frame.assign(digest=digests(frame)), frame.iloc[:0].assign(digest=[]), batch)


def a_batch(**values: Any) -> Batch:
    """Return an import of which nothing is known but what `values` say."""
    made = {
        "id": str(uuid4()),
        "recorded_at": "2026-01-15T09:00:00+01:00",
        "organisation": "CRESS",
        "file": "essai.csv",
        "file_digest": "0" * 64,
        "profile": "essai",
    }
    counts = dict.fromkeys(("read", "added", "changed", "unchanged", "refused"), 0)
    return Batch.model_validate(made | counts | values)


def an_award(award_id: str = "decp-1", **values: Any) -> Award:
    """Return a contract of which nothing is known but what `values` say."""
    nothing_known = {
        "id": award_id,
        "source": "decp",
        "source_key": award_id,
        "source_date": DAY,
        "subject": "Entretien des espaces verts",
        "holder_name": "Ardits",
    }
    return Award.model_validate(nothing_known | values)


def a_siret(number: int) -> str:
    """Return a SIRET of the legal unit of this number, and its own: `a_siret(7)[:9]` is its SIREN."""
    siren = _with_key(f"{70_000_000 + number:08}")
    return _with_key(f"{siren}0001")


def _with_key(digits: str) -> str:
    return next(f"{digits}{key}" for key in range(10) if luhn_is_valid(f"{digits}{key}"))


def a_structure(structure_id: str, **cells: str) -> Structure:
    """Return a structure of data/ of which nothing is known but what `cells` say, by published column names."""
    nothing_known = {
        "id": structure_id,
        "nom": f"Structure {structure_id}",
        "famille": "inconnue",
        "membre_gt": "non",
        "source": "Un essai",
        "confiance": "sure",
        "date_verification": "2016-07-12",
    }
    return Structure.model_validate(nothing_known | cells)


def a_part(practice: str, structure: str, role: str = "co_traitant") -> Participation:
    """Return the part that a structure takes in a practice."""
    cells = {"id_pratique": practice, "id_structure": structure, "role": role, "role_deduit": "non"}
    return Participation.model_validate(cells | {"source": "Un essai"})


def cooperating(gazetteer: Gazetteer, *together: tuple[int, ...]) -> Catalogue:
    """Return a catalogue in which the legal units of these numbers (see `a_siret`) answered together."""
    numbers = sorted({number for group in together for number in group})
    practices = [a_practice(f"p-{rank}", type_pratique="groupement_acteurs") for rank in range(len(together))]
    structures = [a_structure(f"s-{number}", siret=a_siret(number)) for number in numbers]
    parts = [a_part(f"p-{rank}", f"s-{number}") for rank, group in enumerate(together) for number in group]
    return Catalogue(a_dataset(practices, structures, parts), gazetteer, revision=1)
