"""Awarded contracts: who holds them, what they buy, when they were notified."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from cooperations.intake import codes, texts, values
from cooperations.intake.vector import (
    SIREN_LENGTH,
    as_column,
    luhn_is_right,
    matches,
    numbers,
    per_value,
    replaced,
)
from cooperations.purchases import family_of_cpv

if TYPE_CHECKING:
    from cooperations.intake.work import Work
    from cooperations.territories import Gazetteer

REQUIRED = ("subject", "holder_name")
CPV = r"^[0-9]{7,8}(?:-[0-9])?$"
NOT_DIGITS = r"[^0-9A-Za-z]"
FRENCH_VAT = r"(?i)^FR[0-9A-Z]{2}([0-9]{9})$"


def check(work: Work, gazetteer: Gazetteer) -> None:
    """Check the cells of all rows and identify them: the source, then a digest of its key."""
    texts.clean(work)
    codes.check(work, gazetteer)
    for attribute in REQUIRED:
        work.refuse(~work.filled(attribute), attribute, "valeur obligatoire absente", "Remplir cette cellule.")
    amounts, wrong = numbers(work.cells["amount_eur"])
    work.refuse(wrong, "amount_eur", "montant illisible", "Écrire un nombre d’euros, comme 12500.50.")
    work.numbers["amount_eur"] = amounts
    values.days(work, "notified_on")
    _cpv(work)
    _holder(work)
    _identify(work)


def _cpv(work: Work) -> None:
    cells = replaced(work.cells["cpv"], r"\s", "")
    work.cells["cpv"] = cells
    lost = matches(cells, r"^[0-9]{7}$")
    work.note(lost, "cpv", "il manque un chiffre : 7 au lieu de 8", codes.ZERO_BACK)
    work.found("zeros_perdus", lost)
    work.put("cpv", lost, "0" + cells)
    wrong = work.filled("cpv") & ~matches(work.cells["cpv"], CPV)
    work.note(wrong, "cpv", "code CPV illisible", "Il n’est pas repris ; un code CPV a huit chiffres.")
    work.put("cpv", wrong, "")
    work.cells["purchase_family"] = as_column(per_value(work.cells["cpv"], family_of_cpv), work.cells["cpv"])


def _holder(work: Work) -> None:
    """Keep the SIREN of the holder when its key is right: from a SIRET, a SIREN or a French VAT number."""
    cells = replaced(work.cells["holder_siren"], NOT_DIGITS, "")
    restored = matches(cells, r"^[0-9]{13}$") & luhn_is_right("0" + cells)
    work.note(
        restored, "holder_siren", "il manque un chiffre, et la clé est juste avec un zéro de tête", codes.ZERO_BACK
    )
    work.found("zeros_perdus", restored)
    cells = cells.mask(restored, "0" + cells)
    siren = replaced(cells, FRENCH_VAT, r"\1")
    siren = siren.mask(luhn_is_right(cells), cells.str.slice(0, SIREN_LENGTH))
    right = luhn_is_right(siren, SIREN_LENGTH)
    remedy = "Le marché est gardé sans SIREN ; il ne se joindra à aucune structure."
    work.note(work.filled("holder_siren") & ~right, "holder_siren", "identifiant du titulaire illisible", remedy)
    work.cells["holder_siren"] = siren.where(right, "")


def _identify(work: Work) -> None:
    work.cells["source_key"] = work.cells["source_key"].str.strip()
    digests = per_value(work.cells["source_key"], lambda key: hashlib.sha256(key.encode()).hexdigest()[:16])
    work.cells["id"] = work.cells["source"] + "-" + as_column(np.asarray(digests), work.cells["source"])
