"""A server of messages of the test's own: what it takes is read as a mail program would."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench.server import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

ACCOUNT, SECRET = "cress", "s:cret@2026/"
HOST = "127.0.0.1"


class Mailbox:
    """What the server took; with a `refusal`, it takes nothing and says so."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.refusal = ""
        self.port = 0

    @property
    def url(self) -> str:
        """The address of the server, as the setting says it."""
        return f"smtp://{HOST}:{self.port}"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message, or refuse it."""
        if self.refusal:
            return self.refusal
        self.received.append(message_from_bytes(envelope.content, policy=default))
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        return "250 OK"


@contextmanager
def mailbox(folder: Path | None = None) -> Iterator[Mailbox]:
    """Run a server; with a `folder`, one that ciphers, whose certificate is there, and that asks who sends."""
    box, options = Mailbox(), dict[str, Any]()
    if folder:
        options = {"tls_context": _certified(folder), "require_starttls": True, "authenticator": _authenticated}
        options["auth_required"] = True
    box.port = free_port()
    controller = Controller(box, hostname=HOST, port=box.port, **options)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def _authenticated(_server: Any, _session: Any, _envelope: Any, _mechanism: str, said: Any) -> AuthResult:
    return AuthResult(success=(said.login, said.password) == (ACCOUNT.encode(), SECRET.encode()))


def _certified(folder: Path) -> ssl.SSLContext:
    """Return the context of a server whose certificate, signed by itself, is kept in a folder."""
    key, today = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, today - timedelta(1), today + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificat.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "cle.pem").write_bytes(secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(folder / "certificat.pem", folder / "cle.pem")
    return context
