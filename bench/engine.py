"""What the server computes, beside a peer that computes the same: matrix, lists, offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.coverage import timed_matrix
from bench.offers import timed_import, timed_offers
from bench.parts import Measure
from bench.scale import clusters
from bench.server import ROOT
from bench.sirene import timed_sirene
from bench.words import milliseconds, times
from cooperations.runtime import read_geo
from cooperations.text import decimal, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.world import World


def measures(_world: World) -> Iterator[Measure]:
    """Measure what needs neither a server nor a browser."""
    yield _matrix()
    yield from _imports()
    yield from _offers()
    yield from clusters(read_geo(ROOT / "geo"), 1_000_000)
    yield _sirene()


def _matrix() -> Measure:
    timing = timed_matrix()
    ratio = f"pandas.crosstab {milliseconds(timing.crosstab)}\u00a0: {times(timing.median / timing.crosstab)}"
    return Measure(
        f"matrice de 8 types × {timing.keys} EPCI sur {number(timing.practices)} pratiques",
        f"{milliseconds(timing.median)} (la première {milliseconds(timing.first)}) ; {ratio}{_same(timing.same)}",
        "≤ 100 ms, mêmes comptes",
        timing.median <= 0.1 and timing.same,
    )


def _sirene() -> Measure:
    timing = timed_sirene()
    ratio = f"pandas {decimal(timing.peer_seconds, 1)} s\u00a0: {times(timing.seconds / timing.peer_seconds)}"
    speed = f"{number(round(timing.rows_per_s))} lignes/s, {timing.peak_mb:.0f} Mo"
    return Measure(
        f"stock SIRENE de {number(timing.rows)} établissements, lu et trié",
        f"{speed} ; {ratio}{_same(timing.same)}",
        "≥ 500 000 lignes/s, ≤ 1 000 Mo",
        timing.rows_per_s >= 500_000 and timing.peak_mb <= 1000 and timing.same,
    )


def _imports() -> Iterator[Measure]:
    timing = timed_import()
    for what, speed in (("vérification de lignes lues", timing.checked), ("import de lignes vérifiées", timing.kept)):
        yield Measure(what, f"{number(round(speed))} lignes/s", "≥ 50 000 lignes/s", speed >= 50_000)


def _offers() -> Iterator[Measure]:
    timing = timed_offers()
    own, what = milliseconds(timing.own), "50 plus proches de 1 000 000 offres, avec filtres"
    if timing.postgis is None:
        yield Measure(what, f"{own} ; PostGIS absent", "≤ 10 ms", timing.own <= 0.01)
    else:
        ratio = timing.own / timing.postgis
        said = f"{own} ; PostGIS {milliseconds(timing.postgis)}\u00a0: {times(ratio)}{_same(timing.same)}"
        yield Measure(
            what, said, "≤ 10 ms, ≤ 1 fois, mêmes réponses", timing.own <= 0.01 and ratio <= 1 and timing.same
        )
    among = f"meilleurs groupements pour 5 lots parmi {number(timing.candidates)} candidats"
    yield Measure(among, f"{decimal(timing.groups, 2)} s", "≤ 1 s", timing.groups <= 1)


def _same(same: bool) -> str:  # noqa: FBT001 - the one thing it says
    return "" if same else " ; RÉSULTATS DIFFÉRENTS"
