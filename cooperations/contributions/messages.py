"""What is written to people: to ask an organisation, to answer who proposed, to give them their link."""

from __future__ import annotations

import os
import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING

from cooperations.contributions.terms import STATES
from cooperations.errors import DataIssue, InvalidDecision
from cooperations.sheets import french_date

if TYPE_CHECKING:
    from cooperations.contributions.model import Proposal
    from cooperations.model import Practice

SENDER, DEFAULT_SENDER = "COOPERATIONS_EXPEDITEUR", "cooperations@localhost"
LONGEST_ADDRESS = 254
LAST_WORDS = "Ce message est écrit par l’application\u00a0; répondre à cette adresse n’arrive à personne."


def review_message(practice: Practice, organisation: str, to: str, link: str) -> EmailMessage:
    """Return the message that asks an organisation to check a practice; raises InvalidDecision for its address."""
    text = (
        f"«\u00a0{practice.name}\u00a0» figure parmi les coopérations de l’ESS, d’après {organisation}. "
        f"La fiche a été relue le {french_date(practice.checked_on.isoformat())}.\n\n"
        "Est-elle toujours juste\u00a0? Ce lien permet de le dire d’un geste, ou de la corriger\u00a0; "
        "il sert une fois\u00a0:\n"
        f"{link}"
    )
    return _message(to, f"À relire\u00a0: {practice.name}", text)


def answer_message(proposal: Proposal) -> EmailMessage:
    """Return what is written to who left an address, once a moderator has asked or decided; raises as `review`."""
    said = f"\n\nLa modération vous écrit\u00a0:\n{proposal.reply}" if proposal.reply else ""
    link = "le lien de suivi que vous avez gardé"
    more = f"Complétez-la par {link}." if proposal.is_open else f"{link[:1].upper()}{link[1:]} dit où elle en est."
    text = (
        f"Votre proposition «\u00a0{proposal.name}\u00a0»\u00a0: {STATES.label(proposal.state).lower()}.{said}\n\n"
        f"{more} Il permet aussi de reprendre votre accord\u00a0: cette adresse est alors effacée."
    )
    return _message(proposal.contact or "", f"{STATES.label(proposal.state)}\u00a0: {proposal.name}", text)


def receipt_message(to: str, link: str) -> EmailMessage:
    """Return the private link for who has just proposed; nothing in it comes from the form, which anybody may fill."""
    text = (
        "Votre proposition est enregistrée, la modération la lira. Ce lien privé permet de la suivre, de la "
        f"compléter, de la retirer, et d’effacer cette adresse\u00a0:\n{link}\n\n"
        "Si vous n’avez rien proposé, quelqu’un s’est trompé d’adresse\u00a0: ce lien permet de l’effacer."
    )
    return _message(to, "Votre proposition est enregistrée", text)


def _message(to: str, subject: str, text: str) -> EmailMessage:
    if not is_address(to):
        issue = DataIssue("Message", 0, "", "", "adresse de messagerie refusée", "Écrire nom@organisation.fr.")
        raise InvalidDecision([issue])
    message = EmailMessage(policy=SMTP)
    message["Subject"] = re.sub(r"[^\S\u00a0]+", " ", subject)
    message["To"], message["From"] = to, os.environ.get(SENDER) or DEFAULT_SENDER
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain="cooperations.invalid")
    # No machine answers a machine (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"Bonjour,\n\n{text}\n\nMerci.\n\n{LAST_WORDS}\n")
    message["Content-Language"] = "fr"
    return message


def is_address(text: str) -> bool:
    """Return whether a text is one address, and nothing else."""
    name, _, host = text.partition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(" ,;:<>()[]\\\"'")
    return bool(plain and name and "." in host and "@" not in host and len(text) <= LONGEST_ADDRESS)
