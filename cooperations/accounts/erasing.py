"""A person's right of access and of erasure: `python -m cooperations donnees-personnelles exporter|effacer`."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from cooperations.accounts.model import checked_value
from cooperations.accounts.rights import KEEPER, Person, require
from cooperations.contributions.delivering import forget
from cooperations.runtime import application
from cooperations.text import plural

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable

    from cooperations.store import Store


def declare(commands: Any, add: Callable[..., ArgumentParser], group: Callable[[ArgumentParser], Any]) -> None:
    """Declare the commands and what they take."""
    about = group(add(commands, "donnees-personnelles", "Ce que la base sait d’une adresse électronique."))
    add(about, "exporter", "Donne tout ce que la base sait d’une adresse, en JSON.", _export).add_argument("adresse")
    erasing = add(about, "effacer", "Efface une adresse de partout, et ferme les comptes qui l’ont.", _erase)
    erasing.add_argument("adresse")
    erasing.add_argument("--oui", action="store_true", help="confirme l’effacement, qui ne se défait pas")


def export(store: Store, person: Person, address: str) -> str:
    """Return all that is held about an address, as JSON; raises NotAllowed or InvalidDecision."""
    require(person, "donnees_personnelles")
    held = store.personal.held(checked_value("adresse", address))
    store.accounts.note(person, "exporter_donnees_personnelles", f"{sum(map(len, held.values()))} lignes")
    return json.dumps(held, ensure_ascii=False, indent=2, default=str)


def erase(store: Store, person: Person, address: str) -> dict[str, int]:
    """Erase an address from everywhere; return how many rows changed, by table; raises as `export` does."""
    require(person, "donnees_personnelles")
    done = store.personal.erase(checked_value("adresse", address))
    waiting = forget(checked_value("adresse", address))
    done |= {"messages": waiting} if waiting else {}
    store.accounts.note(person, "effacer_donnees_personnelles", f"{sum(done.values())} lignes")
    return done


def _export(options: Namespace) -> int:
    print(export(application().store, KEEPER, options.adresse))
    return 0


def _erase(options: Namespace) -> int:
    store = application().store
    if not options.oui:
        held = store.personal.held(checked_value("adresse", options.adresse))
        print(f"À effacer : {_said({name: len(rows) for name, rows in held.items()})}.", file=sys.stderr)
        print("Rien n’est changé. Ajouter « --oui » pour confirmer.", file=sys.stderr)
        return 1
    print(f"Effacé : {_said(erase(store, KEEPER, options.adresse))}.")
    return 0


def _said(counts: dict[str, int]) -> str:
    return ", ".join(f"{plural(count, 'ligne')} de « {name} »" for name, count in counts.items()) or "rien"
