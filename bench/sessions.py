"""People at once on the pages, and what each costs in memory."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bench.load.crowd import Crowd, crowd_from_child
from bench.parts import Measure
from bench.words import kilobytes, quantile, seconds
from cooperations.text import decimal, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.world import World

EVERY_S, ROUNDS = 10, 4
KEPT_S = 3
"""How long Streamlit keeps a session whose websocket closed; two minutes by default, which a measure need not wait."""


def measures(world: World) -> Iterator[Measure]:
    """Measure a crowd at the pace of people."""
    count = world.sizes.sessions
    with world.serving(STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL=str(KEPT_S)) as server:
        crowd = crowd_from_child("paced", server.url, server.process_id, count, (EVERY_S, ROUNDS), KEPT_S + 2)
    who = f"{number(count)} sessions"
    yield Measure(f"{who}, première page", _spread(crowd.opened))
    slow = quantile(crowd.changed, 0.95)
    what = f"{who}, un filtre toutes les {EVERY_S} s chacune"
    yield Measure(what, f"{_spread(crowd.changed)} ({len(crowd.changed)} filtres)", "p95 ≤ 1 s", slow <= 1)
    yield Measure("le même filtre, liste et signes de la carte reçus", _spread(crowd.seen))
    told = Counter(crowd.errors).most_common(1)
    first = f", dont {told[0][1]} fois {told[0][0][:100]}" if told else ""
    yield Measure("erreurs de ces sessions", f"{len(crowd.errors)}{first}", "0", not crowd.errors)
    yield from _memory(crowd, count)
    share = f"{100 * crowd.client_s / crowd.wall_s:.0f} % d’un cœur"
    yield Measure(
        "octets de websocket pour un filtre, et part du client", f"{kilobytes(quantile(crowd.sizes, 0.5))} ; {share}"
    )


def _memory(crowd: Crowd, count: int) -> Iterator[Measure]:
    held = crowd.memory
    # Of both, the worse: what served to start may be given back while the sessions come.
    each = (held["ouvertes"] - min(held["avant"], held["fermées"])) / count
    moments = ", ".join(f"{held[moment]:.0f} {moment}" for moment in ("avant", "ouvertes", "fermées"))
    said = f"{decimal(each, 1)} Mo, réponses gardées comprises (serveur\u00a0: {moments})"
    yield Measure("mémoire d’une session", said, "≤ 5 Mo", each <= 5)
    left = (held["fermées encore"] - held["fermées"]) / count
    after = f"{held['fermées']:.0f} Mo une fois fermées, {held['fermées encore']:.0f} après autant d’autres"
    said = f"{decimal(left, 2)} Mo ({after})"
    yield Measure("ce que laisse une session fermée", said, "≤ 0,5 Mo", left <= 0.5)


def _spread(values: Sequence[float]) -> str:
    return ", ".join(f"p{share} {seconds(quantile(values, share / 100))}" for share in (50, 95, 99))
