"""The database: the only place that knows one. SQLite by default, any SQLAlchemy URL otherwise."""

from cooperations.store.store import Store

__all__ = ["Store"]
