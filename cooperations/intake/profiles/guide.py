"""A guided mapping, for a list that no profile knows: suggested from the header, chosen by a person, found again."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from cooperations.errors import InvalidParameter
from cooperations.intake.profiles.base import Cells, Profile
from cooperations.intake.profiles.siae import family_of
from cooperations.intake.profiles.words import FAMILY_WORDS, KIND_WORDS, PURCHASE_WORDS, SERVICE_WORDS
from cooperations.offers.model import Offer
from cooperations.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cooperations.intake.raw import RawTable

ALIASES = {
    "source_key": "identifiant|id|cle|code interne|reference|numero",
    "name": "nom|raison sociale|denomination|nom de la structure|structure|organisme|name|etablissement",
    "trade_name": "nom d'usage|enseigne|nom commercial|sigle",
    "siret": "siret|numero siret|no siret|n° siret|siret etablissement",
    "kind": "categorie|type de structure|type|kind|agrement|statut siae",
    "family": "famille|forme juridique|statut juridique",
    "naf": "naf|code naf|ape|code ape|activite principale naf",
    "activity": "activite|activites|description|presentation|metiers|objet",
    "purchase_families": "familles d'achat|famille d'achat|secteurs d'activite|secteur|domaines|familles_achat",
    "services": "types de prestation|type de prestation|prestations",
    "area_radius_km": "rayon d'intervention|rayon|intervention km|distance en kilometres|rayon km",
    "area_territories": "territoires d'intervention|perimetre d'intervention|zone d'intervention|perimetre",
    "address": "adresse|rue|voie|adresse 1|adresse postale|numero et voie",
    "post_code": "code postal|cp|code_postal|postal code",
    "city": "ville|commune|localite|nom de la commune|city",
    "commune_code": "code commune|code insee|insee|code_commune|code insee commune",
    "department_code": "departement|code departement|dep|dept",
    "longitude": "longitude|lon|lng|long|x wgs84",
    "latitude": "latitude|lat|y wgs84",
    "geocoding_score": "score de geocodage|geocoding_score|result_score|score",
    "labels": "labels|label|certifications|labels et certifications",
    "website": "site internet|site web|site|url|web|adresse internet",
    "email": "courriel|email|mail|e-mail|adresse mail",
    "phone": "telephone|tel|no de telephone|numero de telephone",
    "contact_consent_on": "consentement contact le|date de consentement|consentement|date consentement",
}
"""How people name the columns that we take, « | » between; folded when compared."""
CLOSE_ENOUGH = 86
"""Of 100: « N° SIRET » and « numéro siret » are close, « Ville » and « Voie » are not."""
SOURCE_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Guided:
    """What a person chose for a list: attribute → column, and the code and name of the source (with its licence)."""

    columns: Mapping[str, str]
    source_code: str
    source_label: str


def suggest(header: Sequence[str]) -> dict[str, str]:
    """Return attribute → column for the columns whose names are close enough to what we know, best ones first.

    A column serves once, an attribute has one column; accents and case do not count.
    """
    pairs = sorted(
        ((score, attribute, column) for column in header for attribute, score in _scores(column)),
        key=lambda pair: (-pair[0], list(ALIASES).index(pair[1])),
    )
    found: dict[str, str] = {}
    for score, attribute, column in pairs:
        if score >= CLOSE_ENOUGH and attribute not in found and column not in found.values():
            found[attribute] = column
    return {attribute: found[attribute] for attribute in ALIASES if attribute in found}


def _scores(column: str) -> list[tuple[str, float]]:
    """Return how close a column's name is to each attribute, of 100: to its code, its published name, its aliases."""
    told = _plain(column)
    published = {name: str(field.alias) for name, field in Offer.model_fields.items()}
    known = {name: (name, published.get(name, name), *words.split("|")) for name, words in ALIASES.items()}
    return [(name, max(fuzz.ratio(told, _plain(word)) for word in words)) for name, words in known.items()]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(name)).strip()


def signature(header: Sequence[str]) -> str:
    """Return 16 hexadecimal digits that are the same for the same set of columns, whatever their order or case."""
    told = "\n".join(sorted(fold(name) for name in header))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def mapped(raw: RawTable, columns: Mapping[str, str], source_code: str, source_label: str) -> Profile:
    """Return the profile of a list whose `columns` (attribute → column) a person chose.

    Raises InvalidParameter for an unknown attribute or column, a name that is missing, or a source without code.
    """
    unknown = [attribute for attribute in columns if attribute not in ALIASES]
    missing = [column for column in columns.values() if column not in raw.header]
    if unknown:
        raise InvalidParameter("correspondance", f"« {unknown[0]} » n’est pas un champ d’une offre")
    if missing:
        raise InvalidParameter("correspondance", f"le fichier n’a pas de colonne « {missing[0]} »")
    if "name" not in columns:
        raise InvalidParameter("correspondance", "dire quelle colonne donne le nom de la structure")
    if not SOURCE_CODE.fullmatch(source_code):
        raise InvalidParameter("source", "écrire un code en minuscules, chiffres et tirets, comme liste-cress")
    if not source_label.strip():
        raise InvalidParameter("source", "nommer la source et sa licence")
    return _profile(columns, source_code, source_label)


def _profile(columns: Mapping[str, str], code: str, label: str) -> Profile:
    return Profile(
        code=code,
        label=label,
        source_label=label,
        model=Offer,
        columns={attribute: (column,) for attribute, column in columns.items()},
        required=tuple(columns.values()),
        derive=_derive,
        words={
            "kind": KIND_WORDS,
            "family": FAMILY_WORDS,
            "services": SERVICE_WORDS,
            "purchase_families": PURCHASE_WORDS,
        },
    )


def _derive(cells: Cells, raw: RawTable) -> Cells:
    del raw
    silent = cells["family"] == ""
    if silent.any():
        cells["family"] = cells["family"].mask(silent, family_of(cells["kind"], cells["name"]))
    return cells
