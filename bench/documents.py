"""Sheets and booklets of made-up practices: the seconds until the PDF, and what it weighs."""

from __future__ import annotations

import os
import resource
import time
from typing import TYPE_CHECKING, Any

from bench.parts import Measure
from bench.practices import made_up_catalogue
from bench.words import seconds
from cooperations.criteria import EVERYTHING
from cooperations.documents.booklet import MOST_SHEETS, booklet_pdf, compose
from cooperations.documents.practice_sheets import practice_sheet
from cooperations.documents.printing import Printer
from cooperations.runtime import read_geo
from cooperations.settings import ROOT
from cooperations.text import decimal, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.world import World
    from cooperations.catalogue import Catalogue

SHEETS, GOAL_S = 200, 10.0
SHEET_GOAL_S, ONE_SHEET = 1.0, 20
ADDRESS = "https://cooperations.example"


class _NoLists:
    """A store without any imported list: what is measured is the making of documents."""

    class lists:  # noqa: N801 - the store's attribute
        """No list."""

        @staticmethod
        def consenting(_sirets: list[str]) -> list[Any]:
            """Return no offer."""
            return []


def measures(_world: World) -> Iterator[Measure]:
    """Make one sheet after another, then two booklets, each from practices of its own: none is found in a cache."""
    gazetteer = read_geo(ROOT / "geo")
    printer = Printer(gazetteer, ADDRESS)
    small = made_up_catalogue(gazetteer, ONE_SHEET, seed=1)
    durations = sorted(_sheet(small, number, printer) for number in range(ONE_SHEET))
    worst, median = durations[-1], durations[len(durations) // 2]
    said = f"{seconds(median)} ; la première {seconds(worst)}"
    yield Measure("une fiche en PDF, l’une après l’autre", said, f"≤ {SHEET_GOAL_S:.0f} s", worst <= SHEET_GOAL_S)
    for count, goal in ((SHEETS, GOAL_S), (MOST_SHEETS, 0.0)):
        before = _worked_s()
        spent, megabytes = _booklet(made_up_catalogue(gazetteer, count, seed=count), printer)
        worked = seconds(_worked_s() - before)
        memory = f"{_peak_mb():.0f} Mo de mémoire le temps de le faire"
        said = f"{seconds(spent)} dont {worked} de calcul, {decimal(megabytes, 1)} Mo, {memory}"
        told = f"≤ {goal:.0f} s" if goal else ""
        yield Measure(f"un livret de {plural(count, 'fiche')}", said, told, not goal or spent <= goal)


def _sheet(catalogue: Catalogue, number: int, printer: Printer) -> float:
    started = time.perf_counter()
    printer.pdf(practice_sheet(catalogue, catalogue.practices[number].id, {}))
    return time.perf_counter() - started


def _booklet(catalogue: Catalogue, printer: Printer) -> tuple[float, float]:
    """Return the seconds that a booklet takes, and its megabytes."""
    store: Any = _NoLists()
    started = time.perf_counter()
    document = booklet_pdf(compose(catalogue, EVERYTHING, store), printer)
    return time.perf_counter() - started, len(document) / 1e6


def _worked_s() -> float:
    """Return the seconds of processor that this process and those of the press have had."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _peak_mb() -> float:
    """Return the most that a process of the press has held; it is given back with the document."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
