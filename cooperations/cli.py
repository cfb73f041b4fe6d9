"""The command line: `python -m cooperations verifier|publier`."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from cooperations.dataset import load_dataset
from cooperations.errors import CooperationsError, DatasetError
from cooperations.runtime import read_geo
from cooperations.settings import read_settings
from cooperations.tableschema import publish, stale_files
from cooperations.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cooperations.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status: 0 when all is well, 1 when a person must act."""
    parser = argparse.ArgumentParser(
        prog="python -m cooperations", description="Les données des coopérations de l’ESS."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="commande")
    for name, (summary, _) in COMMANDS.items():
        commands.add_parser(name, help=summary, description=summary)
    chosen = parser.parse_args(arguments).command
    try:
        return COMMANDS[chosen][1](read_settings())
    except DatasetError as error:
        for issue in error.issues:
            print(issue, file=sys.stderr)
        print(f"{plural(len(error.issues), 'défaut')} à corriger.", file=sys.stderr)
    except CooperationsError as error:
        print(error, file=sys.stderr)
    return 1


def _check(settings: Settings) -> int:
    dataset = load_dataset(settings.data_folder, read_geo(settings.geo_folder))
    counts = [
        plural(len(records), model.title.split()[0].lower().removesuffix("s")) for model, records in dataset.records()
    ]
    print(f"Les données sont bonnes : {', '.join(counts)}.")
    stale = stale_files(settings.data_folder)
    if stale:
        print(f"À refaire avec « python -m cooperations publier » : {', '.join(stale)}.", file=sys.stderr)
    return int(bool(stale))


def _publish(settings: Settings) -> int:
    changed = publish(settings.data_folder)
    print(f"Refaits : {', '.join(changed)}." if changed else "Les schémas et le vocabulaire sont à jour.")
    return 0


COMMANDS: dict[str, tuple[str, Callable[[Settings], int]]] = {
    "verifier": ("Relit data/ et dit chaque défaut : fichier, ligne, colonne, valeur, que faire.", _check),
    "publier": ("Refait les schémas et le vocabulaire publiés de data/ à partir du modèle.", _publish),
}
