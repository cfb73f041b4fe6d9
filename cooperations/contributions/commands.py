"""The command about messages: `python -m cooperations messages liste|envoyer`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from cooperations.contributions.delivering import EXPECTED, SMTP, has_server, send_waiting, waiting
from cooperations.errors import InvalidSetting
from cooperations.text import plural

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable


def declare(commands: Any, add: Callable[..., ArgumentParser], group: Callable[[ArgumentParser], Any]) -> None:
    """Declare the commands."""
    messages = group(add(commands, "messages", "Les messages qui attendent dans leur dossier."))
    add(messages, "liste", "Donne les fichiers des messages qui attendent, le plus ancien d’abord.", _list)
    add(messages, "envoyer", "Envoie par SMTP les messages qui attendent\u00a0; un refus arrête l’envoi.", _send)


def _list(_options: Namespace) -> int:
    for path in waiting():
        print(path)
    return 0


def _send(_options: Namespace) -> int:
    if not has_server():
        raise InvalidSetting(SMTP, EXPECTED)
    done = send_waiting()
    print(f"{plural(sum(one.file is None for one in done), 'message envoyé', 'messages envoyés')}.")
    left = len(waiting())
    if left:
        verb = "attend" if left == 1 else "attendent"
        print(f"{plural(left, 'message')} {verb} encore. {done[-1].problem if done else ''}".rstrip(), file=sys.stderr)
    return int(bool(left))
