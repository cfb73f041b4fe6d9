"""Accounts in the database: whatever changes one leaves a line in the audit log, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, or_, select, update

from cooperations.accounts.model import Account, Invitation, Rule, Trace, new_id, now
from cooperations.accounts.refusals import InvalidLink, SpentLink
from cooperations.store.account_tables import ACCESS_RULE, ACCOUNT, AUDIT, INVITATION, SESSION
from cooperations.store.database import Database, repeated

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection

    from cooperations.accounts.journal import Looked
    from cooperations.accounts.rights import Person

MOST_TRACES = 500


class Accounts:
    """Who may come in. Every method raises StoreUnavailable when the database does not answer."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @repeated
    def all(self) -> tuple[Account, ...]:
        """Return every account, the oldest first."""
        with self.database.transaction() as connection:
            rows = connection.execute(select(ACCOUNT).order_by(ACCOUNT.c.made_at, ACCOUNT.c.id)).mappings()
            return tuple(Account(**row) for row in rows)

    @repeated
    def by_subject(self, subject: str) -> Account | None:
        """Return the account of who signs in through OIDC."""
        with self.database.transaction() as connection:
            return _account(connection, ACCOUNT.c.subject == subject)

    @repeated
    def open(self, account: Account) -> Account:
        """Keep a new account, unless its subject has one by now; return the account held."""
        with self.database.transaction(write=True) as connection:
            held = _account(connection, ACCOUNT.c.subject == account.subject)
            if held is None:
                connection.execute(insert(ACCOUNT).values(**_values(account)))
                _note(connection, account.person, "ouvrir_compte", account.id)
            return held or account

    @repeated
    def add_invitation(self, invitation: Invitation, digest: str, person: Person) -> None:
        """Keep an invitation under the digest of its token."""
        with self.database.transaction(write=True) as connection:
            connection.execute(insert(INVITATION).values(digest=digest, **_values(invitation)))
            _note(connection, person, "inviter", f"{invitation.id} {invitation.role} {invitation.organisation}")

    @repeated
    def invitation(self, digest: str) -> Invitation:
        """Return an invitation that can be used; raises InvalidLink or SpentLink."""
        with self.database.transaction() as connection:
            return _usable(connection, digest)

    @repeated
    def use_invitation(self, digest: str, session: str, until: datetime) -> Account:
        """Use an invitation once and open a session, under their digests; raises InvalidLink or SpentLink."""
        with self.database.transaction(write=True) as connection:
            asked = _usable(connection, digest)
            account = _invited(connection, asked)
            connection.execute(update(INVITATION).where(INVITATION.c.digest == digest).values(used_at=now()))
            values = {"digest": session, "account_id": account.id, "made_at": now(), "expires_at": until}
            connection.execute(insert(SESSION).values(**values))
            _note(connection, account.person, "entrer", asked.id)
            return account

    @repeated
    def of_session(self, digest: str) -> Account | None:
        """Return the account of a session that has not ended."""
        wanted = select(ACCOUNT, SESSION.c.expires_at).join(SESSION, SESSION.c.account_id == ACCOUNT.c.id)
        with self.database.transaction() as connection:
            row = connection.execute(wanted.where(SESSION.c.digest == digest)).mappings().one_or_none()
        if row is None or row["expires_at"] <= now():
            return None
        return Account(**{name: value for name, value in row.items() if name != "expires_at"})

    @repeated
    def end_session(self, digest: str) -> None:
        """End a session, and forget those that ended by themselves."""
        with self.database.transaction(write=True) as connection:
            account = _account(connection, ACCOUNT.c.id == _owner(digest))
            connection.execute(delete(SESSION).where(SESSION.c.digest == digest))
            # Text in UTC and of one form: its order is that of time.
            connection.execute(delete(SESSION).where(SESSION.c.expires_at <= now()))
            if account:
                _note(connection, account.person, "sortir", "")

    @repeated
    def change_role(self, account_id: str, role: str, person: Person) -> None:
        """Give an account another role."""
        with self.database.transaction(write=True) as connection:
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(role=role))
            _note(connection, person, "changer_role", f"{account_id} {role}")

    @repeated
    def close(self, account_id: str, person: Person) -> None:
        """Close an account: its sessions end, and its links open nothing."""
        with self.database.transaction(write=True) as connection:
            connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(closed_at=now()))
            connection.execute(delete(SESSION).where(SESSION.c.account_id == account_id))
            connection.execute(delete(INVITATION).where(INVITATION.c.account_id == account_id))
            _note(connection, person, "fermer_compte", account_id)

    @repeated
    def rules(self) -> tuple[Rule, ...]:
        """Return the rules, the oldest first."""
        with self.database.transaction() as connection:
            rows = connection.execute(select(ACCESS_RULE).order_by(ACCESS_RULE.c.made_at, ACCESS_RULE.c.id)).mappings()
            return tuple(Rule(**row) for row in rows)

    @repeated
    def add_rule(self, rule: Rule, person: Person) -> None:
        """Keep a rule."""
        with self.database.transaction(write=True) as connection:
            connection.execute(insert(ACCESS_RULE).values(**_values(rule)))
            _note(connection, person, "ajouter_regle", f"{rule.id} {rule.kind} {rule.role} {rule.organisation}")

    @repeated
    def remove_rule(self, rule_id: str, person: Person) -> None:
        """Take a rule away."""
        with self.database.transaction(write=True) as connection:
            connection.execute(delete(ACCESS_RULE).where(ACCESS_RULE.c.id == rule_id))
            _note(connection, person, "retirer_regle", rule_id)

    @repeated
    def note(self, person: Person, action: str, what: str) -> None:
        """Keep a line of the audit log."""
        with self.database.transaction(write=True) as connection:
            _note(connection, person, action, what)

    @repeated
    def traces(self, most: int = MOST_TRACES) -> tuple[Trace, ...]:
        """Return the last lines of the audit log, the latest first."""
        names = [column for column in AUDIT.columns if column.name != "number"]
        with self.database.transaction() as connection:
            rows = connection.execute(select(*names).order_by(AUDIT.c.number.desc()).limit(most)).mappings()
            return tuple(Trace(**row) for row in rows)

    @repeated
    def found_traces(self, looked: Looked, page: int, size: int) -> tuple[int, tuple[Trace, ...]]:
        """Return how many lines of the audit log answer, and those of one page, the latest first."""
        names = [column for column in AUDIT.columns if column.name != "number"]
        conditions = _looked_for(looked)
        wanted = select(*names).where(*conditions).order_by(AUDIT.c.number.desc())
        with self.database.transaction() as connection:
            total = connection.scalar(select(func.count()).select_from(AUDIT).where(*conditions)) or 0
            rows = connection.execute(wanted.limit(size).offset((page - 1) * size)).mappings()
            return int(total), tuple(Trace(**row) for row in rows)


def _looked_for(looked: Looked) -> list[ColumnElement[bool]]:
    among = {AUDIT.c.action: looked.actions, AUDIT.c.role: looked.roles}
    conditions: list[ColumnElement[bool]] = [column.in_(values) for column, values in among.items() if values]
    for word in looked.words.split():
        texts = (AUDIT.c.organisation, AUDIT.c.what, AUDIT.c.account_id)
        conditions.append(or_(*(column.icontains(word, autoescape=True) for column in texts)))
    # Text in UTC and of one form: its order is that of time.
    if looked.since:
        conditions.append(AUDIT.c.made_at >= looked.since)
    if looked.until:
        conditions.append(AUDIT.c.made_at < looked.until)
    return conditions


def _values(record: Account | Invitation | Rule) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def _owner(digest: str) -> Any:
    return select(SESSION.c.account_id).where(SESSION.c.digest == digest).scalar_subquery()


def _account(connection: Connection, condition: ColumnElement[bool]) -> Account | None:
    row = connection.execute(select(ACCOUNT).where(condition)).mappings().one_or_none()
    return Account(**row) if row else None


def _usable(connection: Connection, digest: str) -> Invitation:
    row = connection.execute(select(INVITATION).where(INVITATION.c.digest == digest)).mappings().one_or_none()
    if row is None:
        raise InvalidLink
    if row["used_at"] or row["expires_at"] <= now():
        raise SpentLink(served=bool(row["used_at"]))
    return Invitation(**{name: row[name] for name in Invitation.__dataclass_fields__})


def _invited(connection: Connection, asked: Invitation) -> Account:
    """Return the account that an invitation gives back, or a new one."""
    if asked.account_id:
        held = _account(connection, ACCOUNT.c.id == asked.account_id)
        if held is None or held.closed_at:
            raise InvalidLink
        return held
    account = Account(new_id(), now(), asked.organisation, asked.role, asked.address)
    connection.execute(insert(ACCOUNT).values(**_values(account)))
    return account


def _note(connection: Connection, person: Person, action: str, what: str) -> None:
    who = {"account_id": person.account_id, "role": person.role, "organisation": person.organisation}
    connection.execute(insert(AUDIT).values(made_at=now(), action=action, what=what, **who))
