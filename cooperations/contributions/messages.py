"""A message to an organisation: written to a file, or sent by SMTP when the environment says how."""

from __future__ import annotations

import os
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit
from uuid import uuid4

from cooperations.errors import DataIssue, InvalidDecision, InvalidSetting
from cooperations.settings import ROOT
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from cooperations.model import Practice

SMTP, SENDER, FOLDER = "COOPERATIONS_SMTP", "COOPERATIONS_EXPEDITEUR", "COOPERATIONS_MESSAGES"
DEFAULT_FOLDER = ROOT / "var" / "messages"
PATIENCE_S = 10
LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a message: the file that holds it, or None when it was sent."""

    file: Path | None


def review_message(practice: Practice, organisation: str, to: str, link: str) -> EmailMessage:
    """Return the message that asks an organisation to check a practice; raises InvalidDecision for its address."""
    if not _is_address(to):
        issue = DataIssue("Message", 0, "", "", "adresse de messagerie refusée", "Écrire nom@organisation.fr.")
        raise InvalidDecision([issue])
    message = EmailMessage()
    message["Subject"] = f"À relire\u00a0: {' '.join(practice.name.split())}"
    message["To"] = to
    message["From"] = os.environ.get(SENDER) or "cooperations@localhost"
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="cooperations.invalid")
    message.set_content(
        f"Bonjour,\n\n« {practice.name} » figure parmi les coopérations de l’ESS, d’après {organisation}. "
        f"La fiche a été relue le {french_date(practice.checked_on.isoformat())}.\n\n"
        f"Est-elle toujours juste ? Ce lien permet de le dire d’un geste, ou de la corriger ; il sert une fois :\n"
        f"{link}\n\nMerci.\n"
    )
    return message


def deliver(message: EmailMessage) -> Delivered:
    """Send a message by SMTP when COOPERATIONS_SMTP says how, else write it to a file; raises InvalidSetting."""
    url = os.environ.get(SMTP)
    if url:
        _send(message, url)
        return Delivered(None)
    folder = Path(os.environ.get(FOLDER) or DEFAULT_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid4()}.eml"
    path.write_bytes(message.as_bytes())
    return Delivered(path)


def _send(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise InvalidSetting(SMTP, "smtp://hote:587 ou smtps://compte:secret@hote:465 est attendu")
    connect = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        with connect(parts.hostname, parts.port or 0, timeout=PATIENCE_S) as server:
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls()
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        # Its own text may hold the account: the name of the setting is enough to look for it.
        raise InvalidSetting(SMTP, "le serveur de messagerie n’a pas pris le message") from error


def _is_address(text: str) -> bool:
    name, _, host = text.partition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(" ,;:<>()[]\\\"'")
    return bool(plain and name and "." in host and "@" not in host and len(text) <= LONGEST_ADDRESS)
