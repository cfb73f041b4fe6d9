"""What shows that a structure has cooperated before: its practices in data/, and the contracts it was awarded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.sheets import address, place_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from cooperations.catalogue import Actor, Catalogue
    from cooperations.model import Practice, Structure

SIREN_LENGTH = 9
NO_UNIT = -1
"""The legal unit of an offer of which no number is known."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A practice in which a legal unit took part; `words` says it: « a déjà répondu en groupement : … »."""

    practice_id: str
    practice_type: str
    words: str
    address: str


def siren_of(structure: Structure) -> str:
    """Return the SIREN of a structure, or an empty string."""
    return structure.siren or (structure.siret or "")[:SIREN_LENGTH]


@lru_cache(maxsize=2)
def units(catalogue: Catalogue) -> Mapping[str, int]:
    """Return the legal unit of each structure of data/: its SIREN, else a number of its own, below NO_UNIT."""
    numbers = {one.id: siren_of(one) for one in catalogue.structures.values()}
    return {one: int(siren) if siren else NO_UNIT - rank for rank, (one, siren) in enumerate(numbers.items(), 1)}


@lru_cache(maxsize=2)
def proofs_by_siren(catalogue: Catalogue) -> Mapping[int, tuple[Proof, ...]]:
    """Return the practices of each legal unit that takes part in some."""
    found: dict[int, list[Proof]] = defaultdict(list)
    for practice in catalogue.practices:
        for actor in catalogue.actors(practice.id):
            found[units(catalogue)[actor.structure.id]].append(_proof(catalogue, practice, actor))
    return {siren: tuple(proofs) for siren, proofs in found.items()}


@lru_cache(maxsize=32)
def sirens_of_practices(catalogue: Catalogue, codes: tuple[str, ...]) -> npt.NDArray[np.int32]:
    """Return the legal units that took part in a practice of one of some types or sub-types."""
    wanted = {
        practice.id
        for practice in catalogue.practices
        if practice.practice_type in codes or (practice.subtype and practice.subtype in codes)
    }
    sirens = [
        siren
        for siren, proofs in proofs_by_siren(catalogue).items()
        if any(proof.practice_id in wanted for proof in proofs)
    ]
    return np.array(sorted(sirens), dtype=np.int32)


@lru_cache(maxsize=2)
def partners_by_siren(catalogue: Catalogue) -> dict[int, frozenset[int]]:
    """Return, for each legal unit, those that took part in a same practice; none for who took part alone."""
    found: dict[int, set[int]] = defaultdict(set)
    for practice in catalogue.practices:
        together = {units(catalogue)[actor.structure.id] for actor in catalogue.actors(practice.id)}
        for siren in together:
            found[siren] |= together - {siren}
    return {siren: frozenset(others) for siren, others in found.items() if others}


def _proof(catalogue: Catalogue, practice: Practice, actor: Actor) -> Proof:
    where = place_label(catalogue, practice)
    words = f"{_verb(practice, actor)} : {practice.name}" + (f", {where}" if practice.territories else "")
    return Proof(practice.id, practice.practice_type, words, address(practice.id))


def _verb(practice: Practice, actor: Actor) -> str:
    if actor.role in {"co_traitant", "mandataire"}:
        return "a déjà répondu en groupement"
    if practice.practice_type == "groupement_acteurs" and actor.role == "membre":
        return "prend part à un groupement"
    return {
        "porteur": "porte la pratique",
        "acheteur": "a déjà acheté",
        "fournisseur": "a déjà fourni",
        "tete_de_reseau": "anime le réseau",
    }.get(actor.role, f"prend part ({v.ROLES.label(actor.role).lower()})")
