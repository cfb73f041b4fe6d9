"""Made-up practices at the real communes of the region, with their structures and texts of a usual length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cooperations import vocabularies as v
from cooperations.catalogue import Catalogue
from cooperations.dataset import Dataset
from cooperations.model import Participation, Practice, Structure
from cooperations.text import of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator

    from cooperations.territories import Gazetteer, Territory

NAMES = ("Épicerie", "Halle", "Réponse groupée", "Convention", "Tournée", "Atelier", "Conciergerie", "Cuisine partagée")
SENTENCES = (
    "Six structures d’insertion répondent ensemble à un marché d’entretien des espaces verts.",
    "Une association tient les commandes et répartit les tournées entre les ateliers.",
    "Le prix est convenu d’avance, et chacun facture ce qu’il a fait.",
    "La collectivité a publié son besoin un an plus tôt, ce qui a laissé le temps de se former.",
    "Chaque heure de travail d’insertion est comptée et dite à l’acheteur tous les six mois.",
    "Les achats d’emballages, passés en commun, coûtent un cinquième de moins.",
)
ACTORS = 4
SHARE_PLACED = 0.7


def made_up_catalogue(gazetteer: Gazetteer, count: int, seed: int = 2016) -> Catalogue:
    """Return a catalogue of `count` practices, the same for the same seed."""
    draw = np.random.default_rng(seed)
    communes = [one for one in gazetteer if one.level == "commune"]
    structures = tuple(_structures(draw, communes, max(8, count // 2)))
    practices = tuple(_practice(draw, number, communes) for number in range(count))
    links = tuple(_links(draw, practices, structures))
    return Catalogue(Dataset(practices, structures, links, (), f"banc-{count}-{seed}"), gazetteer, 1)


def _practice(draw: Generator, number: int, communes: list[Territory]) -> Practice:
    commune = communes[int(draw.integers(len(communes)))]
    kind = v.PRACTICE_TYPES.codes[int(draw.integers(len(v.PRACTICE_TYPES.codes)))]
    placed = draw.random() < SHARE_PLACED
    place = (
        {"precision_localisation": "adresse", "longitude": commune.longitude, "latitude": commune.latitude}
        if placed
        else {"precision_localisation": "commune"}
    )
    return Practice.model_validate(
        {
            "id": f"banc-{number}",
            "nom": f"{NAMES[number % len(NAMES)]} {of(commune.name)} {number}",
            "type_pratique": kind,
            "sous_type_deduit": "non",
            "description": _text(draw, 2),
            "territoires": commune.key,
            "periode_debut": "2019-03",
            "statut": "active",
            "source": f"Rapport d’activité {2010 + number % 15}",
            "extrait_source": SENTENCES[number % len(SENTENCES)],
            "confiance": "moyenne",
            "date_verification": "2026-11-23",
            "fonctionnement": _text(draw, 4),
            "apports": _text(draw, 3),
            "conditions_reussite": _text(draw, 3),
        }
        | place
    )


def _text(draw: Generator, sentences: int) -> str:
    return " ".join(SENTENCES[int(one)] for one in draw.integers(len(SENTENCES), size=sentences))


def _structures(draw: Generator, communes: list[Territory], count: int) -> Iterator[Structure]:
    for number in range(count):
        commune = communes[int(draw.integers(len(communes)))]
        cells = {
            "id": f"structure-{number}",
            "nom": f"Atelier {of(commune.name)} {number}",
            "famille": "association",
            "categorie": v.KINDS.codes[number % len(v.KINDS.codes)],
            "activite": "Espaces verts et nettoyage",
            "code_commune": commune.code,
            "longitude": commune.longitude,
            "latitude": commune.latitude,
            "membre_gt": "non",
            "source": "banc",
            "confiance": "moyenne",
            "date_verification": "2026-11-23",
        }
        yield Structure.model_validate(cells)


def _links(
    draw: Generator, practices: tuple[Practice, ...], structures: tuple[Structure, ...]
) -> Iterator[Participation]:
    for practice in practices:
        for rank in draw.choice(len(structures), ACTORS, replace=False):
            role = v.ROLES.codes[int(rank) % len(v.ROLES.codes)]
            cells = {"id_pratique": practice.id, "id_structure": structures[int(rank)].id, "role": role}
            yield Participation.model_validate(cells | {"role_deduit": "non", "source": "banc"})
