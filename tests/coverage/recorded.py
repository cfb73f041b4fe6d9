"""What a group records, for the tests of the matrix."""

from __future__ import annotations

from datetime import date, datetime

from cooperations.coverage import Cell
from cooperations.decisions import PARIS, Survey, Target

CODE, LANDES = "mutualisation_achats", "departement:40"


def a_survey(
    finding: str = "rien_trouve",
    organisation: str = "GARIE",
    day: date = date(2026, 7, 12),
    note: str | None = None,
    **cell: str,
) -> Survey:
    """Return a survey of joint purchases in the Landes, recorded in the evening of its day."""
    values = {
        "id": f"releve-{organisation}-{day}".lower(),
        "recorded_at": datetime(day.year, day.month, day.day, 18, tzinfo=PARIS),
        "practice_code": CODE,
        "territory": LANDES,
        "finding": finding,
        "organisation": organisation,
        "day": day,
        "note": note,
    }
    return Survey.model_validate(values | cell)


def a_target(wanted: int, day: date = date(2026, 7, 12)) -> Target:
    """Return a target for joint purchases in the Landes, recorded in the evening of a day."""
    return Target(
        id=f"objectif-{day}",
        recorded_at=datetime(day.year, day.month, day.day, 18, tzinfo=PARIS),
        practice_code=CODE,
        territory=LANDES,
        wanted=wanted,
        organisation="CRESS Aquitaine",
    )


def a_cell(  # noqa: PLR0913, PLR0917 - one for each fact of a cell
    inside: int = 0,
    covering: int = 0,
    counting: str = "ici",
    surveys: tuple[Survey, ...] = (),
    target: int | None = None,
    key: str = LANDES,
    hidden: int = 0,
) -> Cell:
    """Return the cell of joint purchases in a territory."""
    return Cell(CODE, key, inside, covering, counting, surveys, target, hidden)
