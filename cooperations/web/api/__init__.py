"""The open API under /api: OGC API – Features, coverage, proximity, health; documented by its own OpenAPI."""

from cooperations.web.api.app import API, Bare

__all__ = ["API", "Bare"]
