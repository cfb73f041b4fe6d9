"""Imported lists: offers, awards, their batches, and what people keep about them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of imported lists, and the SIREN of structures."""
    op.add_column("structure", _text("siren", required=False))
    _create("offer", *_offer(), *_imported())
    _create("award", *_award(), *_imported())
    _create("batch", *_batch())
    _create("correction", _moment(), *_texts("offer_id", "attribute", "organisation"), *_optional("value", "note"))
    _create("short_list", _moment(), *_texts("name", "organisation", "query"), *_optional("note"))
    _create("column_mapping", _moment(), *_texts("signature", "source", "source_label", "columns", "organisation"))
    op.create_index("ix_offer_source", "offer", ["source"])
    op.create_index("ix_offer_siret", "offer", ["siret"])
    op.create_index("ix_award_holder_siren", "award", ["holder_siren"])


def _create(name: str, *columns: sa.Column[Any]) -> None:
    op.create_table(name, _text("id"), *columns, sa.PrimaryKeyConstraint("id", name=f"pk_{name}"))


def _offer() -> list[sa.Column[Any]]:
    numbers = ("area_radius_km", "longitude", "latitude")
    return [
        *_texts("source", "source_key", "name", "family", "precision"),
        *_optional("trade_name", "kind", "siret", "naf", "activity", "purchase_families", "purchase_origin"),
        *_optional("services", "area_territories", "address", "post_code", "city", "commune_code"),
        *_optional("department_code", "findings", "labels", "website", "email", "phone"),
        *(sa.Column(name, sa.Float) for name in numbers),
        sa.Column("source_date", sa.Date, nullable=False),
        sa.Column("contact_consent_on", sa.Date),
    ]


def _award() -> list[sa.Column[Any]]:
    return [
        *_texts("source", "source_key", "subject", "holder_name"),
        *_optional("cpv", "purchase_family", "place_name", "department_code", "buyer_siret", "buyer_name"),
        *_optional("holder_siren", "findings"),
        sa.Column("amount_eur", sa.Float),
        sa.Column("notified_on", sa.Date),
        sa.Column("source_date", sa.Date, nullable=False),
    ]


def _batch() -> list[sa.Column[Any]]:
    counts = ("read", "added", "changed", "unchanged", "refused")
    return [
        _moment(),
        *_texts("organisation", "file", "file_digest", "profile"),
        *(sa.Column(name, sa.Integer, nullable=False) for name in counts),
    ]


def _imported() -> list[sa.Column[Any]]:
    return [sa.Column("digest", sa.String(16), nullable=False), _text("batch_id")]


def _moment() -> sa.Column[str]:
    return sa.Column("recorded_at", sa.String(32), nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [_text(name) for name in names]


def _optional(*names: str) -> list[sa.Column[str]]:
    return [_text(name, required=False) for name in names]


def _text(name: str, *, required: bool = True) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=not required)
