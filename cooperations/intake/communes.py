"""The commune of each row: by its code, by its post code and name, by a name alone in its department."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cooperations.intake.ground import plain_name
from cooperations.intake.vector import as_column, matches, per_value

if TYPE_CHECKING:
    from cooperations.intake.ground import Ground
    from cooperations.intake.work import Work


def find(work: Work, ground: Ground) -> None:
    """Fill `cells["commune_code"]` where it is certain, and say the post codes of sorting centres (CEDEX).

    A post code and a name are certain together; a name is, alone, when one commune of the department bears it.
    """
    _cedex(work, ground)
    missing = ~work.filled("commune_code")
    if missing.any():
        names = as_column(per_value(work.cells["city"], plain_name), work.cells["city"])
        key = work.cells["post_code"] + "|" + work.cells["department_code"] + "|" + names
        found = per_value(key.where(missing, "||"), lambda told: _commune(told, ground))
        work.put("commune_code", missing, found)
    owner = per_value(work.cells["commune_code"], lambda code: code[:2] if code in ground.points else "")
    orphan = ~work.filled("department_code") & (owner != "").astype(bool)
    work.put("department_code", orphan, owner)


def ambiguous(work: Work, ground: Ground) -> None:
    """Say the rows of the region whose commune is still not known."""
    inside = np.asarray(work.cells["department_code"].isin(ground.perimeter), dtype=bool)
    where = work.kept & inside & ~work.filled("commune_code") & (work.filled("city") | work.filled("post_code"))
    shown = work.cells["post_code"] + " " + work.cells["city"]
    remedy = "La structure est comptée au département ; donner le code INSEE de la commune."
    work.note(where, "city", "le code postal et le nom ne disent pas la commune", remedy, shown=shown)
    work.found("commune_ambigue", where)


def _commune(told: str, ground: Ground) -> str:
    """Return the commune of « post code|department|name », empty when nothing is certain."""
    post, department, name = told.split("|", 2)
    if not name:
        return ""
    found = ground.by_post.get(f"{post}|{name}", "")
    if found and (not department or found.startswith(department)):
        return found
    return ground.by_department.get(f"{department}|{name}", "")


def _cedex(work: Work, ground: Ground) -> None:
    cells = work.cells
    named = matches(cells["city"], r"(?i)\bcedex\b")
    owner = as_column(per_value(cells["post_code"], lambda code: code[:2]), cells["post_code"])
    inside = cells["department_code"].isin(ground.perimeter) & (owner == cells["department_code"])
    unknown = work.filled("post_code") & ~cells["post_code"].isin(ground.post_codes).to_numpy()
    already = work.findings.get("cedex", np.zeros(len(work), dtype=bool))
    where = work.kept & (named | (unknown & inside.to_numpy()) | already)
    remedy = "La commune est cherchée par son nom."
    work.note(where, "post_code", "ce code postal est celui d’un CEDEX, qui ne situe rien", remedy)
    work.found("cedex", where)
