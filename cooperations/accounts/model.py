"""Accounts, what gives one, and what was done with it. An account is an organisation's; an address is optional."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from cooperations.accounts.rights import ROLES, Person
from cooperations.errors import DataIssue, InvalidDecision
from cooperations.model import NAME_LENGTH
from cooperations.vocabularies import Term, Vocabulary

RULE_KINDS = Vocabulary(
    "critere_acces",
    (
        Term("adresse", "Adresse électronique", "Celle que dit le fournisseur d’identité, entière."),
        Term("siret", "SIRET", "Celui de l’organisation que dit ProConnect."),
        Term("domaine", "Domaine", "Ce qui suit « @ » dans l’adresse électronique."),
    ),
)
"""What a rule looks at, the narrowest first: the first rule that holds gives the role."""
ADDRESS_LENGTH = 254
"""RFC 5321: the longest address."""


@dataclass(frozen=True, slots=True)
class Account:
    """A role of an organisation; `subject` is the digest of who signs in through OIDC."""

    id: str
    made_at: datetime
    organisation: str
    role: str
    address: str | None = None
    subject: str | None = None
    closed_at: datetime | None = None

    @property
    def person(self) -> Person:
        """Who acts with it; nobody when it is closed."""
        return Person() if self.closed_at else Person(self.role, self.organisation, self.id)


@dataclass(frozen=True, slots=True)
class Rule:
    """Who signs in through OIDC and fits `kind` and `value` gets an account with this role."""

    id: str
    made_at: datetime
    kind: str
    value: str
    organisation: str
    role: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that gives an account once, or gives back the account `account_id`."""

    id: str
    made_at: datetime
    expires_at: datetime
    organisation: str
    role: str
    address: str | None = None
    account_id: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the audit log: who by role and organisation, what, when."""

    made_at: datetime
    account_id: str
    role: str
    organisation: str
    action: str
    what: str


def new_id() -> str:
    """Return an identifier that nothing has."""
    return str(uuid4())


def now() -> datetime:
    """Return the present moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def checked_organisation(text: str) -> str:
    """Return the name of an organisation; raises InvalidDecision when it is missing or too long."""
    name = " ".join(text.split())
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        remedy = f"Nommer l’organisation, en {NAME_LENGTH} caractères au plus."
        raise InvalidDecision([DataIssue("Compte", 0, "organisation", "", "l’organisation manque", remedy)])
    return name


def checked_role(code: str) -> str:
    """Return a role that an account may have; raises InvalidDecision."""
    if code not in ROLES.codes[1:]:
        choices = ", ".join(ROLES.codes[1:])
        raise InvalidDecision([DataIssue("Compte", 0, "role", code, "rôle inconnu", f"Choisir parmi : {choices}.")])
    return code


def checked_value(kind: str, text: str) -> str:
    """Return what a rule looks for, as it is compared; raises InvalidDecision."""
    value = text.strip().casefold().removeprefix("@" if kind == "domaine" else "")
    name, at, host = value.rpartition("@")
    right = {
        "adresse": bool(name and at and "." in host) and len(value) <= ADDRESS_LENGTH,
        "domaine": "." in host and not at,
        "siret": len(value) == 14 and value.isascii() and value.isdecimal(),  # noqa: PLR2004 - a SIRET has 14 digits
    }
    if not right.get(kind) or any(sign.isspace() for sign in value):
        label = RULE_KINDS.label(kind).lower() if kind in RULE_KINDS else kind
        raise InvalidDecision([DataIssue("Règle", 0, kind, text, f"{label} impossible", "Vérifier ce qui est saisi.")])
    return value
