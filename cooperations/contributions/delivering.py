"""Messages on their way: each is in a file first, sent by SMTP when the environment says how, and kept until it is."""

from __future__ import annotations

import logging
import os
import smtplib
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from ssl import create_default_context
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from filelock import FileLock

from cooperations.errors import CooperationsError, InvalidSetting
from cooperations.settings import ROOT

if TYPE_CHECKING:
    from email.message import EmailMessage, Message
    from urllib.parse import SplitResult

LOGGER = logging.getLogger(__name__)
SMTP, FOLDER = "COOPERATIONS_SMTP", "COOPERATIONS_MESSAGES"
EXPECTED = "smtp://hote:587 ou smtps://compte:secret@hote:465 est attendu"
DEFAULT_FOLDER = ROOT / "var" / "messages"
PATIENCE_S = 10


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message: the file where it waits, or None when it was sent; `problem` says why it was not."""

    file: Path | None
    problem: str = ""

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        if self.file is None:
            return "Message envoyé."
        where = f"Message écrit\u00a0: {self.file.name}, dans le dossier des messages."
        return f"{where} {self.problem}" if self.problem else where


def has_server() -> bool:
    """Return whether messages are sent, and not only written."""
    return bool(os.environ.get(SMTP))


def deliver(message: EmailMessage) -> Delivered:
    """Write a message to a file, then send it when there is a server; one that was not taken stays in its file."""
    path = _written(message)
    return (_sent(path) or Delivered(None)) if has_server() else Delivered(path)


def post(message: EmailMessage) -> None:
    """Write a message to a file; it is sent without anybody waiting for it."""
    _written(message)
    if has_server():
        Thread(target=send_waiting, daemon=True).start()


def waiting() -> list[Path]:
    """Return the messages that wait, the oldest first."""
    found = [(_written_at(path), path.name, path) for path in _folder().glob("*.eml")]
    return [path for at, _, path in sorted(found) if at]


def send_waiting() -> list[Delivered]:
    """Send what waits, and return what became of each; after one that the server did not take, the others wait.

    What another process sent meanwhile is not among them.
    """
    done: list[Delivered] = []
    for one in filter(None, map(_sent, waiting())):
        done.append(one)
        if one.problem:
            LOGGER.warning("%s", one.said)
            break
    return done


def forget(address: str) -> int:
    """Erase the messages that wait for an address; return how many."""
    with _alone():
        mine = [path for path in waiting() if _read(path)["To"].casefold() == address.strip().casefold()]
        for path in mine:
            path.unlink(missing_ok=True)
    return len(mine)


def _folder() -> Path:
    return Path(os.environ.get(FOLDER) or DEFAULT_FOLDER)


def _alone() -> FileLock:
    """Return the turn of who sends: the replicas share the folder, and a message leaves once."""
    _folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileLock(_folder() / "envoi.lock")


def _written_at(path: Path) -> float:
    """Return when a message was written, or 0 when it has just been sent."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def _written(message: EmailMessage) -> Path:
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{uuid4()}.eml"
    # It holds an address and a private link: for its owner alone, and whole under its name or not there.
    draft = path.with_suffix(".partiel")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(message.as_bytes())
        os.fsync(file.fileno())
    draft.replace(path)
    return path


def _read(path: Path) -> Message:
    return message_from_bytes(path.read_bytes(), policy=SMTP_POLICY)


def _sent(path: Path) -> Delivered | None:
    """Send what a file holds; None when another thread or process has just done it."""
    with _alone():
        if not path.exists():
            return None
        try:
            _send(_read(path))
        except CooperationsError as error:
            return Delivered(path, str(error))
        path.unlink(missing_ok=True)
    return Delivered(None)


def _send(message: Message) -> None:
    parts = urlsplit(os.environ.get(SMTP, ""))
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise InvalidSetting(SMTP, EXPECTED)
    try:
        with _connected(parts, parts.hostname) as server:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        # Its own text may hold the account: the name of the setting is enough to look for it.
        raise InvalidSetting(SMTP, "le serveur de messagerie n’a pas pris le message") from error


def _connected(parts: SplitResult, host: str) -> smtplib.SMTP:
    """Return a session with the server, ciphered and its certificate checked when it can be."""
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, parts.port or 0, timeout=PATIENCE_S, context=create_default_context())
    server = smtplib.SMTP(host, parts.port or 0, timeout=PATIENCE_S)
    try:
        _cipher(server, needed=bool(parts.username))
    except BaseException:
        server.close()
        raise
    return server


def _cipher(server: smtplib.SMTP, *, needed: bool) -> None:
    server.ehlo()
    if server.has_extn("starttls"):
        server.starttls(context=create_default_context())
    elif needed:
        raise InvalidSetting(SMTP, "le serveur ne chiffre pas (STARTTLS), et un secret ne part pas en clair")
