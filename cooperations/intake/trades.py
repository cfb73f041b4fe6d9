"""What a structure sells, from what its list says: purchase families, their origin, kinds of service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from cooperations.intake.vector import as_column, folded, matches, per_value
from cooperations.offers.terms import STAFF_KINDS
from cooperations.purchases import FAMILIES, SEPARATOR, family_of_naf, joined, pattern_of

if TYPE_CHECKING:
    from cooperations.intake.vector import Column, Mask
    from cooperations.intake.work import Work

STAFF_FAMILY = "personnel"


def fill(work: Work) -> None:
    """Fill purchase families, their origin and the services of all rows.

    The list comes first, then the NAF code, then the words of the name and description; kinds whose trade is to lend
    their staff have that family too.
    """
    staff = np.asarray(work.cells["kind"].isin(STAFF_KINDS), dtype=bool)
    said = work.filled("purchase_families")
    by_naf = as_column(per_value(work.cells["naf"], family_of_naf), work.cells["naf"])
    from_naf = ~said & (by_naf != "").to_numpy()
    from_text = ~said & ~from_naf
    work.put("purchase_families", from_naf, by_naf)
    work.put("purchase_families", from_text, _families_of_texts(work, from_text))
    found = work.filled("purchase_families")
    only_staff = staff & (~found | ((work.cells["purchase_families"] == STAFF_FAMILY).to_numpy() & ~said))
    work.cells["purchase_families"] = _with_staff(work.cells["purchase_families"], staff)
    for origin, where in (("liste", said), ("naf", from_naf), ("texte", from_text & found), ("categorie", only_staff)):
        work.put("purchase_origin", where, origin)
    work.put("purchase_origin", ~work.filled("purchase_families"), "")
    _services(work, staff)


def families_in(texts: Column[Any]) -> Column[Any]:
    """Return the families whose words begin a word of each text, separated by « | », as `purchases.families_in`."""
    padded = " " + folded(texts)
    some = matches(padded, "|".join(map(pattern_of, FAMILIES)))  # most texts say none: asked once
    told, found = padded[some], as_column("", texts[some])
    for family in FAMILIES:
        more = found.where(found == "", found + SEPARATOR) + family.code
        found = found.mask(matches(told, pattern_of(family)), more)
    return found.reindex(texts.index, fill_value="")


def _families_of_texts(work: Work, where: Mask) -> Column[Any]:
    held = work.cells[["name", "trade_name", "activity"]][where]
    found = families_in(held["name"] + " " + held["trade_name"] + " " + held["activity"])
    return found.reindex(work.cells.index, fill_value="")


def _with_staff(families: Column[Any], staff: Mask) -> Column[Any]:
    codes = per_value(families, lambda cell: joined([*cell.split(SEPARATOR), STAFF_FAMILY]))
    return families.mask(staff, as_column(codes, families))


def _services(work: Work, staff: Mask) -> None:
    missing = ~work.filled("services")
    work.put("services", missing & staff, "mise_a_disposition")
    work.put("services", missing & ~staff, "prestation")
