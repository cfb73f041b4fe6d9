"""The sheet of one practice, from what the catalogue knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.catalogue import Point
from cooperations.documents.model import Contact, Participant, Passage, Sheet, Source
from cooperations.documents.plans import Spot, spot_of
from cooperations.documents.wording import wording_of
from cooperations.sheets import address, described, place_label, type_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cooperations.catalogue import Actor, Catalogue
    from cooperations.model import Practice
    from cooperations.offers.model import Offer
    from cooperations.store import Store

TEXTS = {"fonctionnement": "workings", "apports": "benefits", "conditions_reussite": "success"}
"""The texts of a sheet by published column, and the attribute that holds each."""
ACTOR_COLOUR = "#51626c"
Consenting = dict[str, "Offer"]
"""Offers whose contact may be published, by SIRET."""


def consenting(store: Store, catalogue: Catalogue, practices: Iterable[Practice]) -> Consenting:
    """Return what the structures of some practices agreed to publish; the store is asked once."""
    sirets = {
        actor.structure.siret
        for practice in practices
        for actor in catalogue.actors(practice.id)
        if actor.structure.siret
    }
    return {str(offer.siret): offer for offer in store.lists.consenting(sorted(sirets))}


def practice_sheet(catalogue: Catalogue, practice_id: str, agreed: Mapping[str, Offer]) -> Sheet:
    """Return the sheet of a practice; raises UnknownPractice."""
    practice = catalogue.practice(practice_id)
    actors, wording = catalogue.actors(practice_id), wording_of(practice.practice_type)
    texts = {column: (Passage(said),) for column in TEXTS if (said := text_of(practice, column))}
    return Sheet(
        practice.id,
        address(practice.id),
        f"fiches/pratique/{practice.id}.pdf",
        wording.kind,
        practice.practice_type,
        type_label(practice),
        practice.name,
        practice.description,
        place_label(catalogue, practice),
        practice.checked_on,
        status=v.STATUSES.label(practice.status),
        remark=practice.remark or "",
        facts=tuple(described(catalogue, practice)),
        groups=wording.groups((actor.role, participant(catalogue, actor)) for actor in actors),
        sections=wording.sections(texts),
        contacts=tuple(contacts(actors, agreed)),
        sources=(Source(practice.source, practice.extract, practice.source_url),),
        territories=practice.territories,
        spots=tuple(_spots(catalogue, practice, actors)),
    )


def text_of(practice: Practice, column: str) -> str:
    """Return one of the texts that only its sheet shows."""
    return getattr(practice, TEXTS[column]) or ""


def participant(catalogue: Catalogue, actor: Actor) -> Participant:
    """Return a structure as a sheet names it."""
    structure = actor.structure
    town = catalogue.gazetteer[f"commune:{structure.commune_code}"].name if structure.commune_code else ""
    details = ", ".join(part for part in (v.KINDS.label(structure.kind), structure.activity, town) if part)
    role = v.ROLES.label(actor.role).lower() + (" (rôle déduit)" if actor.role_deduced else "")
    return Participant(structure.id, structure.name, role, details, structure.website, actor.remark)


def contacts(actors: Iterable[Actor], agreed: Mapping[str, Offer]) -> Iterator[Contact]:
    """Yield how to reach the structures: public sites, and what a dated agreement lets us publish."""
    for structure in {actor.structure.id: actor.structure for actor in actors}.values():
        offer = agreed.get(structure.siret or "")
        known = offer if offer and offer.contact_consent_on else None
        if structure.website or (known and (known.email or known.phone)):
            said = (known.email, known.phone, known.contact_consent_on) if known else (None, None, None)
            yield Contact(structure.name, structure.website, *said)


def _spots(catalogue: Catalogue, practice: Practice, actors: Sequence[Actor]) -> Iterator[Spot]:
    places = dict.fromkeys(
        Point(structure.longitude, structure.latitude)
        for structure in (actor.structure for actor in actors)
        if structure.longitude is not None and structure.latitude is not None
    )
    yield from (Spot(place, ACTOR_COLOUR, small=True) for place in places)
    point = catalogue.points[catalogue.row(practice.id)]
    if point:
        yield spot_of(point, practice.practice_type, hollow=practice.precision != "adresse")
