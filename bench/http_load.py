"""Views of the map, pages of the API and proximity, asked over HTTP from another process."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from bench.load.fixed import fixed_answers
from bench.load.http import Outcome, load_from_child
from bench.load.views import NEEDS, WIDEST, View, marks_paths, somewhere, walk
from bench.parts import Measure
from bench.server import ROOT
from bench.words import kilobytes, milliseconds, quantile, spread
from cooperations.mercator import to_world
from cooperations.runtime import read_geo
from cooperations.text import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.server import Server
    from bench.world import World
    from cooperations.territories import Gazetteer

VIEWS, PAGES, PLACES = 400, 20, 100
CONNECTIONS = 8
LOAD_S = 10
ITEMS = "/api/collections/structures/items"
BOXES = 20
MIDDLE = (-0.3, 44.4)
RADII_KM = ("10", "20", "30", "50")


def measures(world: World) -> Iterator[Measure]:
    """Measure each kind of request alone, then many at once."""
    gazetteer = read_geo(ROOT / "geo")
    with world.serving() as server:
        revision = world.revision()
        _warm_up(server, revision)
        paths = marks_paths(gazetteer, revision, VIEWS)
        yield from _views(server, paths, f"{number(world.sizes.structures)} points")
        yield from _items(server, gazetteer)
        yield _proximity(server, gazetteer)
        yield from _throughput(server, paths)


def _warm_up(server: Server, revision: int) -> None:
    """Ask each filter once: the first answer of a filter is measured with the changes of filters."""
    everywhere = View(WIDEST, *to_world(*MIDDLE))
    _checked(load_from_child(server.url, [everywhere.path(need, revision) for need in dict.fromkeys(NEEDS)]))


def _views(server: Server, paths: Sequence[str], points: str) -> Iterator[Measure]:
    for word, goal_s in (("calculés", 0.025), ("gardés", 0.002)):
        found, said = _asked(server, paths)
        slow = quantile(found.seconds, 0.95)
        what = f"amas d’une vue avec {points}, {word}"
        yield Measure(what, said, f"p95 ≤ {milliseconds(goal_s)}", slow <= goal_s)


def _throughput(server: Server, paths: Sequence[str]) -> Iterator[Measure]:
    found = _checked(load_from_child(server.url, paths, CONNECTIONS, LOAD_S))
    said = f"{number(round(found.per_second))} requêtes/s sur {CONNECTIONS} connexions, {spread(found.seconds)}"
    yield Measure("vues gardées, autant que possible", said, "≥ 400 requêtes/s", found.per_second >= 400)
    with fixed_answers(sum(found.sizes) // len(found.sizes)) as url:
        ceiling = _checked(load_from_child(url, paths, CONNECTIONS, 3))
    share = f"il a pris {100 * found.client_share:.0f} % d’un cœur"
    said = f"{number(round(ceiling.per_second))} requêtes/s d’un serveur qui ne fait rien ; {share}"
    yield Measure("plafond du client de cette mesure", said)


def _items(server: Server, gazetteer: Gazetteer) -> Iterator[Measure]:
    paths = [f"{ITEMS}?limit=999"]
    # A page says where the next one begins; asked with another limit, so that none of those measured is kept already.
    for _ in range(PAGES - 1):
        with urlopen(f"{server.url}{paths[-1]}", timeout=60) as answer:  # noqa: S310 - our own server
            links = json.load(answer)["links"]
        following = [one["href"] for one in links if one["rel"] == "next"]
        if not following:
            break
        paths.append("{0.path}?{0.query}".format(urlsplit(following[0])))
    views = walk(gazetteer)
    boxes = (",".join(f"{side:.4f}" for side in next(views).box()) for _ in range(BOXES))
    seen = [f"{ITEMS}?{urlencode({'limit': 1000, 'bbox': box})}" for box in boxes]
    whole = [path.replace("limit=999", "limit=1000") for path in paths]
    for what, asked in (("l’une après l’autre", whole), ("dans un cadre", seen)):
        found, said = _asked(server, asked)
        slow = quantile(found.seconds, 0.95)
        yield Measure(f"page OGC de 1 000 structures, {what}", said, "p95 ≤ 50 ms", slow <= 0.05)


def _proximity(server: Server, gazetteer: Gazetteer) -> Measure:
    draw = random.Random(2016)  # noqa: S311 - places to ask, not a secret
    asked = [{"lieu": somewhere(gazetteer, draw).key, "rayon": draw.choice(RADII_KM)} for _ in range(PLACES)]
    _, said = _asked(server, [f"/api/proximite?{urlencode(one)}" for one in asked])
    return Measure("les 50 plus proches d’une commune, par l’API", said)


def _asked(server: Server, paths: Sequence[str]) -> tuple[Outcome, str]:
    """Ask addresses one after the other, and say how long they took, what they weigh and what the server spent."""
    before = server.processor_s()
    found = _checked(load_from_child(server.url, paths))
    spent = (server.processor_s() - before) / len(paths)
    size = kilobytes(sum(found.sizes) / len(found.sizes))
    return found, f"{spread(found.seconds)} ; {milliseconds(spent)} de processeur, {size} en moyenne"


def _checked(found: Outcome) -> Outcome:
    """Return what came; raises RuntimeError when anything failed, since what fails is quick."""
    if found.errors:
        raise RuntimeError(f"{len(found.errors)} requêtes en échec, dont {found.errors[0]}")
    return found
