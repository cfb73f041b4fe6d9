"""The command line: `python -m cooperations rapport` and `livret`, which need no running application."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from cooperations import vocabularies as v
from cooperations.criteria import criteria_in_words, from_query
from cooperations.errors import InvalidParameter
from cooperations.query import sure
from cooperations.reports.content import report
from cooperations.reports.errors import UnwritableFile
from cooperations.reports.order import Order, territory_named
from cooperations.reports.steps import silent
from cooperations.runtime import application
from cooperations.settings import public_address
from cooperations.snapshots import DIGEST_SHOWN, find
from cooperations.text import plural

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable
    from typing import Any

    from cooperations.criteria import Criteria
    from cooperations.decisions import Decisions
    from cooperations.territories import Gazetteer

SEVERAL = {
    "territoire": "« 40 », « Landes », « commune:33063 »…",
    "type": ", ".join(v.PRACTICES.codes),
    "statut": ", ".join(v.STATUSES.codes),
    "localisation": ", ".join(v.LOCATION_GROUPS.codes),
}
ONE = {
    "portee": f"ce que le territoire retient : {', '.join(v.REACHES.codes)}",
    "q": "texte cherché",
    "debut": "début de la période : une année, un mois ou un jour",
    "fin": "fin de la période, de même",
}
SINCE = "nom, identifiant ou début de l’empreinte de l’instantané à comparer"

REASONS = {
    errno.EACCES: "le droit d’y écrire manque",
    errno.EPERM: "le droit d’y écrire manque",
    errno.EROFS: "ce disque est en lecture seule",
    errno.ENOSPC: "le disque est plein",
    errno.ENAMETOOLONG: "son nom est trop long",
}


def declare(commands: Any, add: Callable[..., ArgumentParser]) -> None:
    """Add the commands to the parser."""
    parser = add(commands, "rapport", "Écrit le rapport d’un territoire, d’une période et de critères.", run)
    parser.add_argument("--sortie", required=True, type=Path, metavar="FICHIER", help="fichier .pdf, .xlsx ou .html")
    _add_filters(parser)
    parser.add_argument("--depuis", default="", metavar="DEPUIS", help=SINCE)
    booklet = add(commands, "livret", "Écrit le livret PDF des fiches que les filtres retiennent.", write_booklet)
    booklet.add_argument("--sortie", required=True, type=Path, metavar="FICHIER", help="fichier .pdf")
    _add_filters(booklet)


def _add_filters(parser: ArgumentParser) -> None:
    for name, words in SEVERAL.items():
        said = f"{words} ; se répète"
        parser.add_argument(f"--{name}", action="append", default=[], metavar=name.upper(), help=said)
    for name, words in ONE.items():
        parser.add_argument(f"--{name}", default="", metavar=name.upper(), help=words)


def run(options: Namespace) -> int:
    """Write the report."""
    # Charts and typesetting take a second to load, which other commands need not wait for.
    from cooperations.reports.writing import format_of  # noqa: PLC0415 - same

    chosen = format_of(options.sortie.suffix)
    _check(options.sortie)
    running = application()
    catalogue, decisions = running.catalogue(), running.decisions()
    made = report(catalogue, decisions, order_of(options, catalogue.gazetteer, decisions))
    _write(options.sortie, chosen.write(made, silent))
    print(f"Écrit\u00a0: {options.sortie} (empreinte des données {made.digest[:DIGEST_SHOWN]}).")
    return 0


def write_booklet(options: Namespace) -> int:
    """Write the booklet."""
    from cooperations.documents.booklet import booklet_pdf, compose  # noqa: PLC0415 - as above
    from cooperations.documents.printing import Printer  # noqa: PLC0415 - as above

    if options.sortie.suffix.casefold() != ".pdf":
        raise InvalidParameter("sortie", "un nom de fichier en «\u00a0.pdf\u00a0» est attendu")
    _check(options.sortie)
    running = application()
    catalogue = running.catalogue()
    criteria = criteria_of(options, catalogue.gazetteer)
    made = compose(catalogue, criteria, running.store)
    _write(options.sortie, booklet_pdf(made, Printer(catalogue.gazetteer, public_address())))
    said = plural(len(made.practices), "fiche")
    print(f"Écrit\u00a0: {options.sortie} ({said}\u00a0; {criteria_in_words(criteria, catalogue.gazetteer)}).")
    return 0


def order_of(options: Namespace, gazetteer: Gazetteer, decisions: Decisions) -> Order:
    """Return what the options ask for; raises UnknownTerritory, InvalidParameter or UnknownSnapshot."""
    criteria = criteria_of(options, gazetteer)
    return Order(criteria, find(decisions.snapshots, options.depuis) if options.depuis else None)


def criteria_of(options: Namespace, gazetteer: Gazetteer) -> Criteria:
    """Return the criteria that the options say; raises UnknownTerritory or InvalidParameter."""
    said = [("territoire", territory_named(one, gazetteer)) for one in options.territoire]
    said += [(name, one) for name in SEVERAL if name != "territoire" for one in getattr(options, name)]
    said += [(name, getattr(options, name)) for name in ONE]
    return sure(from_query(said, gazetteer))


def _check(path: Path) -> None:
    """Say at once what would be found after the work."""
    if os.path.isdir(path):  # noqa: PTH112 - unlike pathlib's, never raises, whatever the name
        raise UnwritableFile(path, "c’est un dossier")
    if not os.path.isdir(path.parent):  # noqa: PTH112 - same
        raise UnwritableFile(path, "son dossier n’existe pas")


def _write(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there."""
    part = path.with_name(f"{path.name}.partiel")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise UnwritableFile(path, REASONS.get(error.errno or 0, "le système le refuse")) from error
