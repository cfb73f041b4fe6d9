"""The tables, one per kind of record and of decision and two for history; columns carry the models' attribute names."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args, get_origin

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from cooperations.contributions.model import Proposal, ReviewLink
from cooperations.dataset.reader import columns
from cooperations.decisions import DECISIONS, Decision
from cooperations.model import RECORDS, Record
from cooperations.offers.model import IMPORTED, Award, Batch, Offer
from cooperations.offers.records import KEPT

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect

METADATA = MetaData(naming_convention={"pk": "pk_%(table_name)s"})


class Moment(TypeDecorator[datetime]):
    """A date and time with its offset, kept as ISO 8601 text: SQLite would lose the offset."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the text to store."""
        return value.isoformat() if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Return the moment read."""
        return datetime.fromisoformat(value) if value else None


_SQL_TYPES: dict[Any, type[TypeEngine[Any]]] = {
    str: Text,
    int: Integer,
    float: Float,
    bool: Boolean,
    date: Date,
    datetime: Moment,
}


def _sql_type(annotation: Any) -> type[TypeEngine[Any]]:
    if get_origin(annotation) is tuple:
        return JSON
    if annotation in _SQL_TYPES:
        return _SQL_TYPES[annotation]
    return _sql_type(next(part for part in get_args(annotation) if part is not type(None)))


def _table_name(model: type[Record]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", model.__name__).lower()


def _columns(model: type[Record]) -> list[Column[Any]]:
    keys = {alias: name for name, alias in zip(model.model_fields, columns(model), strict=True)}
    primary = {keys[alias] for alias in model.primary_key}
    return [
        Column(name, _sql_type(info.annotation), primary_key=name in primary, nullable=not info.is_required())
        for name, info in model.model_fields.items()
    ]


RECORD_TABLES: dict[type[Record], Table] = {
    model: Table(_table_name(model), METADATA, *_columns(model), Column("position", Integer, nullable=False))
    for model in RECORDS
}
DECISION_TABLES: dict[type[Decision], Table] = {
    model: Table(_table_name(model), METADATA, *_columns(model)) for model in (*DECISIONS, *KEPT)
}
IMPORTED_TABLES: dict[type[Record], Table] = {
    model: Table(
        _table_name(model),
        METADATA,
        *_columns(model),
        # Of the row's content, so that an import compares without reading it whole.
        Column("digest", String(16), nullable=False),
        Column("batch_id", Text, nullable=False),
    )
    for model in IMPORTED
}
BATCH = Table("batch", METADATA, *_columns(Batch))
Index("ix_offer_source", IMPORTED_TABLES[Offer].c.source)
Index("ix_offer_siret", IMPORTED_TABLES[Offer].c.siret)
Index("ix_award_holder_siren", IMPORTED_TABLES[Award].c.holder_siren)

PROPOSAL = Table(
    "proposal", METADATA, *_columns(Proposal), UniqueConstraint("token_digest", name="uq_proposal_token_digest")
)
Index("ix_proposal_queue", PROPOSAL.c.state, PROPOSAL.c.recorded_at, PROPOSAL.c.id)
REVIEW_LINK = Table("review_link", METADATA, *_columns(ReviewLink))
Index("ix_review_link_token_digest", REVIEW_LINK.c.token_digest)
CHANGE = Table(
    "change",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("made_at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("given", JSON),
    Column("proposal_id", Text),
    Column("undone_at", Moment),
    Column("undone_by", Text),
)
Index("ix_change_entity", CHANGE.c.entity, CHANGE.c.entity_id)

REVISION = Table(
    "revision",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("made_at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
)
Index("ix_revision_entity", REVISION.c.entity, REVISION.c.entity_id)

STATE = Table(
    "state",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("digest", Text, nullable=False),
)
