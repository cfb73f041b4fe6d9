"""The command line: `python -m cooperations` and one of the commands below."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cooperations import importing, keeping
from cooperations.accounts import commands as accounts_commands
from cooperations.accounts import documented, erasing
from cooperations.accounts.desk import Desk
from cooperations.accounts.rights import KEEPER
from cooperations.changes import in_lines
from cooperations.contributions import commands as contributions_commands
from cooperations.contributions.publishing import export
from cooperations.dataset import load_dataset
from cooperations.errors import CooperationsError, DatasetError
from cooperations.reports import commands as report_commands
from cooperations.runtime import application, read_geo
from cooperations.settings import read_settings
from cooperations.sheets import french_date
from cooperations.snapshots import DIGEST_SHOWN, compare, content_of, find, state_of, take
from cooperations.tableschema import publish, stale_files
from cooperations.text import plural

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence

    from cooperations.decisions import Snapshot

NOW = "maintenant"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 when all is well, 1 when a person must act."""
    chosen = _parser().parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except DatasetError as error:
        for issue in error.issues:
            print(issue, file=sys.stderr)
        print(f"{plural(len(error.issues), 'défaut')} à corriger.", file=sys.stderr)
    except CooperationsError as error:
        print(error, file=sys.stderr)
    return 1


def _parser() -> ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m cooperations", description="Les données des coopérations de l’ESS."
    )
    commands = _commands(parser)
    _add(commands, "verifier", "Relit data/ et dit chaque défaut : fichier, ligne, colonne, valeur, que faire.", _check)
    _add(commands, "publier", "Refait les schémas et le vocabulaire publiés de data/ à partir du modèle.", _publish)
    exporting = _add(commands, "exporter-donnees", "Écrit data/ tel que l’application le publie.", _export)
    exporting.add_argument("dossier", metavar="DOSSIER", type=Path, help="dossier qui reçoit les fichiers")
    importing.add_arguments(_add(commands, "importer", "Importe une liste de structures ou de marchés.", importing.run))
    snapshots = _commands(_add(commands, "instantane", "Garde l’état de la couverture, et compare deux états."))
    taking = _add(snapshots, "prendre", "Garde l’état d’aujourd’hui.", _take_snapshot)
    taking.add_argument("--nom", required=True, help="rencontre ou moment que l’instantané garde")
    taking.add_argument("--organisation", required=True, help="organisation qui le prend, jamais une personne")
    _add(snapshots, "liste", "Donne les instantanés, du plus ancien au plus récent.", _list_snapshots)
    comparing = _add(snapshots, "comparer", "Dit ce qui a changé d’un état à un autre.", _compare_snapshots)
    comparing.add_argument("avant", metavar="A", help="nom, identifiant ou début de l’empreinte d’un instantané")
    comparing.add_argument("apres", metavar="B", help=f"de même, ou « {NOW} »")
    accounts_commands.declare(commands, _add, _commands)
    contributions_commands.declare(commands, _add, _commands)
    keeping.declare(commands, _add)
    report_commands.declare(commands, _add)
    erasing.declare(commands, _add, _commands)
    return parser


def _commands(parser: ArgumentParser) -> Any:
    return parser.add_subparsers(required=True, metavar="commande")


def _add(commands: Any, name: str, summary: str, run: Callable[[Namespace], int] | None = None) -> ArgumentParser:
    parser: ArgumentParser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(run=run)
    return parser


def _check(_options: Namespace) -> int:
    settings = read_settings()
    dataset = load_dataset(settings.data_folder, read_geo(settings.geo_folder))
    counts = [
        plural(len(records), model.title.split()[0].lower().removesuffix("s")) for model, records in dataset.records()
    ]
    print(f"Les données sont bonnes : {', '.join(counts)}.")
    stale = stale_files(settings.data_folder)
    if documented.is_stale():
        stale.append(documented.DOCUMENT.name)
    if stale:
        print(f"À refaire avec « python -m cooperations publier » : {', '.join(stale)}.", file=sys.stderr)
    return int(bool(stale))


def _publish(_options: Namespace) -> int:
    changed = publish(read_settings().data_folder)
    if documented.write():
        changed.append(documented.DOCUMENT.name)
    print(f"Refaits : {', '.join(changed)}." if changed else "Les schémas et le vocabulaire sont à jour.")
    return 0


def _export(options: Namespace) -> int:
    dataset, _ = application().store.read()
    changed = export(dataset, options.dossier)
    print(f"Écrits\u00a0: {', '.join(changed)}." if changed else "Rien n’a changé\u00a0: les fichiers sont déjà ainsi.")
    return 0


def _take_snapshot(options: Namespace) -> int:
    running = application()
    snapshot = take(running.catalogue(), running.store.decisions(), options.nom, options.organisation)
    Desk(running, KEEPER).add(snapshot, snapshot.organisation)
    print(f"Instantané gardé : {_said(snapshot)}.")
    return 0


def _list_snapshots(_options: Namespace) -> int:
    snapshots = application().store.decisions().snapshots
    for snapshot in snapshots:
        print(f"{_said(snapshot)}, par {snapshot.organisation}")
    if not snapshots:
        print("Aucun instantané encore : « python -m cooperations instantane prendre » en garde un.")
    return 0


def _compare_snapshots(options: Namespace) -> int:
    running = application()
    catalogue, decisions = running.catalogue(), running.store.decisions()
    before = find(decisions.snapshots, options.avant)
    after = None if options.apres == NOW else find(decisions.snapshots, options.apres)
    found = compare(content_of(before), content_of(after) if after else state_of(catalogue, decisions))
    print(f"De {_said(before)}, à {_said(after) if after else NOW} :")
    for heading, lines in in_lines(found, catalogue.gazetteer).items():
        print(f"\n{heading} ({len(lines)})", *lines, sep="\n– ")
    if found.is_empty:
        print("rien n’a changé.")
    return 0


def _said(snapshot: Snapshot) -> str:
    day = french_date(snapshot.recorded_at.date().isoformat())
    return f"« {snapshot.name} » ({day}, empreinte {snapshot.digest[:DIGEST_SHOWN]})"
