"""Lists that people send → rows that are right, rows that are refused and why, and a plan of what would change.

`read` does it all; `take` does it for a table that is already read (a SIRENE stock, filtered on its way).
Nothing here knows the database.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cooperations.errors import UnknownColumns
from cooperations.intake.checks import check
from cooperations.intake.plan import Plan, digests, plan
from cooperations.intake.profiles import (
    PROFILES,
    Guided,
    Profile,
    mapped,
    profile_of,
    recognise,
    signature,
    suggest,
)
from cooperations.intake.raw import RawTable
from cooperations.intake.rejected import ADDED, rejected, rejected_sheet
from cooperations.intake.tables import read_table
from cooperations.intake.work import Intake, Work

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from cooperations.territories import Gazetteer


def _silent(share: float, what: str) -> None:
    del share, what


def read(  # noqa: PLR0913 - one façade for the page and the command line
    name: str,
    content: bytes | Path,
    gazetteer: Gazetteer,
    *,
    profile: str | None = None,
    mapping: Guided | None = None,
    source_date: date,
    on_progress: Callable[[float, str], None] | None = None,
) -> Intake:
    """Return what comes of a file named `name`, whose facts are those of `source_date`.

    The profile is the one of this code, else the person's own `mapping`, else the one that knows the columns. Raises
    UnreadableFile for what is no table, InvalidParameter for an unknown profile or a wrong mapping, UnknownColumns
    when nothing tells how to read it (it carries the header and a mapping to start from). `on_progress` is told the
    share that is done, from 0 to 1, and what is being done.
    """
    tell = on_progress or _silent
    wanted = profile_of(profile) if profile else None
    tell(0.0, "Lecture du fichier")
    raw = read_table(name, content)
    return take(raw, wanted or _profile(raw, mapping), gazetteer, source_date=source_date, on_progress=tell)


def take(
    raw: RawTable,
    profile: Profile,
    gazetteer: Gazetteer,
    *,
    source_date: date,
    on_progress: Callable[[float, str], None] | None = None,
) -> Intake:
    """Return what comes of a table already read, under a profile; raises nothing for what it contains.

    A profile applied to a file without its columns raises UnknownColumns.
    """
    tell = on_progress or _silent
    if not profile.recognises(raw.header):
        raise UnknownColumns(raw.file, header_of(raw), suggest(header_of(raw)))
    tell(0.2, "Lecture des colonnes")
    intake = check(Work(raw, profile), gazetteer, source_date, tell)
    tell(1.0, "Terminé")
    return intake


def header_of(raw: RawTable) -> tuple[str, ...]:
    """Return the columns of a file, without those that our file of refused rows adds."""
    return tuple(name for name in raw.header if name not in ADDED)


def _profile(raw: RawTable, mapping: Guided | None) -> Profile:
    if mapping is not None:
        return mapped(raw, mapping.columns, mapping.source_code, mapping.source_label)
    known = recognise(raw.header)
    if known is None:
        raise UnknownColumns(raw.file, header_of(raw), suggest(header_of(raw)))
    return known


__all__ = [
    "PROFILES",
    "Guided",
    "Intake",
    "Plan",
    "Profile",
    "RawTable",
    "digests",
    "header_of",
    "mapped",
    "plan",
    "profile_of",
    "read",
    "read_table",
    "recognise",
    "rejected",
    "rejected_sheet",
    "signature",
    "suggest",
    "take",
]
