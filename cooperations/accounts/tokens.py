"""Secrets: the one that signs, made once when the host gives none, and tokens of which only a digest is kept."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, Signer, TimestampSigner

from cooperations.accounts.refusals import InvalidLink, SuspectForm
from cooperations.errors import InvalidSetting
from cooperations.settings import read_settings, secret_of_the_host

if TYPE_CHECKING:
    from pathlib import Path

SECRET_FILE = "secret"  # noqa: S105 - its name, not itself
TOKEN_BYTES = 32
LEAST_FILLING_S, MOST_FILLING_S = 3.0, 24 * 3600.0
"""A person takes longer than the first to fill a form; after the second, the form is to be opened again."""


def secret() -> str:
    """Return what signs: COOPERATIONS_SECRET, or a file made once that nobody else reads; raises InvalidSetting."""
    folder = read_settings().var_folder
    try:
        return secret_of_the_host() or _kept_secret(folder / SECRET_FILE)
    except OSError as error:
        raise InvalidSetting("COOPERATIONS_SECRET", f"il en faut un, {folder} ne pouvant pas le garder") from error


def new_token() -> str:
    """Return a token that cannot be guessed."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def signed(token: str, purpose: str) -> str:
    """Return a token that says it was made here, for one purpose."""
    return Signer(secret(), salt=purpose, digest_method=hashlib.sha256).sign(token).decode()


def unsigned(text: str, purpose: str) -> str:
    """Return the token that was signed; raises InvalidLink when it was not, or not for this."""
    try:
        return Signer(secret(), salt=purpose, digest_method=hashlib.sha256).unsign(text).decode()
    except (BadSignature, UnicodeError):
        raise InvalidLink from None


def form_opened(form: str) -> str:
    """Return the mark of an open form shown now, to be given back with what was filled."""
    return TimestampSigner(secret(), salt=f"formulaire:{form}", digest_method=hashlib.sha256).sign("vu").decode()


def check_form(form: str, mark: str, trap: str, now: float, least_s: float = LEAST_FILLING_S) -> None:
    """Raise SuspectForm when no person filled a form: too fast, the next day, or where only programs write (`trap`)."""
    signer = TimestampSigner(secret(), salt=f"formulaire:{form}", digest_method=hashlib.sha256)
    try:
        _, shown_at = signer.unsign(mark, return_timestamp=True)
    except (BadSignature, UnicodeError):
        raise SuspectForm from None
    if trap or not least_s <= now - shown_at.timestamp() <= MOST_FILLING_S:
        raise SuspectForm


def _kept_secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Written whole under another name first: a process that starts meanwhile never reads half of it.
    draft = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(new_token())
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text().strip()
