"""Keeping the whole database aside, and putting it back: `python -m cooperations sauvegarder|restaurer`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cooperations.accounts.rights import KEEPER
from cooperations.errors import UnreadableFile
from cooperations.runtime import application
from cooperations.sheets import french_date
from cooperations.store.backup import check
from cooperations.text import number, plural

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from cooperations.store.backup import Manifest


def declare(commands: Any, add: Callable[..., ArgumentParser]) -> None:
    """Declare the commands and what they take."""
    saving = add(
        commands, "sauvegarder", "Garde toute la base dans un fichier, pendant que l’application tourne.", _save
    )
    saving.add_argument("fichier", type=Path, help="fichier .zip à écrire")
    restoring = add(commands, "restaurer", "Remet une sauvegarde à la place de toute la base, tout ou rien.", _restore)
    restoring.add_argument("fichier", type=Path, help="sauvegarde à remettre")
    restoring.add_argument("--oui", action="store_true", help="confirme que tout ce que la base contient est remplacé")


def _save(options: Namespace) -> int:
    store = application().store
    if options.fichier.exists():
        raise UnreadableFile(options.fichier.name, "ce fichier existe déjà", "Donner un autre nom.")
    options.fichier.parent.mkdir(parents=True, exist_ok=True)
    manifest = store.backups.save(options.fichier)
    store.accounts.note(KEEPER, "sauvegarder", options.fichier.name)
    print(f"Sauvegarde gardée dans {options.fichier} : {_said(manifest)}.")
    return 0


def _restore(options: Namespace) -> int:
    manifest = check(options.fichier)
    if not options.oui:
        print(f"Cette sauvegarde remplacerait toute la base : {_said(manifest)}.", file=sys.stderr)
        print("Rien n’est changé. Ajouter « --oui » pour confirmer.", file=sys.stderr)
        return 1
    store, moment = application().store, datetime.now(UTC)
    aside = options.fichier.with_name(f"avant-restauration-{moment:%Y%m%d-%H%M%S-%f}.zip")
    store.backups.save(aside)
    store.backups.restore(options.fichier)
    store.accounts.note(KEEPER, "restaurer", f"{options.fichier.name} {manifest.made_at}")
    print(f"Base remise : {_said(manifest)}. Ce qu’elle contenait est gardé dans {aside}.")
    return 0


def _said(manifest: Manifest) -> str:
    moment = datetime.fromisoformat(manifest.made_at)
    tables = plural(len(manifest.tables), "table")
    day = french_date(moment.date().isoformat())
    return f"{number(manifest.rows)} lignes, {tables}, le {day} à {moment:%H:%M} (temps universel)"
