"""What Prometheus reads at /metriques: requests, durations, caches, sizes of the data. Nothing about anybody.

A label is the address of a route as it is declared, never what was asked: there are as many as there are routes.
"""

from __future__ import annotations

import hmac
import time
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.routing import Mount

from cooperations.errors import CooperationsError
from cooperations.offers.model import Award, Offer
from cooperations.runtime import application
from cooperations.settings import read_metrics_settings
from cooperations.web.answers import answering, problem
from cooperations.web.api import API
from cooperations.web.api.links import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prometheus_client.metrics_core import Metric
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
PAGES, KEPT = "pages", "fichiers"
"""The labels of what Streamlit serves, and of files that are answered from memory."""
REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "cooperations_requests", "Requêtes, par route et par statut.", ("route", "method", "status"), registry=REGISTRY
)
SECONDS = Histogram(
    "cooperations_request_seconds",
    "Durée des requêtes, envoi de la réponse compris.",
    ("route",),
    buckets=(0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 300),
    registry=REGISTRY,
)
CACHE = Counter(
    "cooperations_cache",
    "Réponses que le navigateur tenait déjà, ou non ; fichiers compressés que le serveur gardait en mémoire.",
    ("cache", "found"),
    registry=REGISTRY,
)


class Measured:
    """Counts and times every request."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, tagged = time.perf_counter(), 500, False

        async def send_noted(message: Message) -> None:
            nonlocal status, tagged
            if message["type"] == "http.response.start":
                status, tagged = message["status"], "etag" in Headers(raw=message["headers"])
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            _note(scope, status, time.perf_counter() - started, tagged=tagged)


def _note(scope: Scope, status: int, seconds: float, *, tagged: bool) -> None:
    route = route_of(scope)
    method = scope["method"] if scope["method"] in METHODS else "autre"
    REQUESTS.labels(route, method, str(status)).inc()
    SECONDS.labels(route).observe(seconds)
    if scope.get("kept"):
        CACHE.labels("memoire", "oui").inc()
    elif tagged:
        CACHE.labels("navigateur", "oui" if status == 304 else "non").inc()  # noqa: PLR2004 - not modified


def route_of(scope: Scope) -> str:
    """Return the address of the route that answered, as it is declared; the API's begin with its prefix."""
    if scope.get("kept"):
        return KEPT
    route = scope.get("route")
    declared = str(getattr(route, "path", "")) or PAGES
    return f"{PREFIX}{declared}" if scope.get("app") is API and not isinstance(route, Mount) else declared


class DataSizes(Collector):
    """How much there is, and at which revision, when somebody asks."""

    def collect(self) -> Iterator[Metric]:
        """Yield the gauges; when the database does not answer, only that."""
        try:
            gauges = list(_gauges())
        except CooperationsError:
            gauges = []
        yield GaugeMetricFamily("cooperations_ready", "1 quand la base répond, 0 sinon.", float(bool(gauges)))
        yield from gauges


def _gauges() -> Iterator[Metric]:
    opened = application()
    catalogue, lists = opened.catalogue(), opened.store.lists
    counts = {
        "pratiques": len(catalogue),
        "structures": len(catalogue.structures),
        "rencontres": len(catalogue.events),
        "territoires": sum(1 for _ in opened.gazetteer),
        "offres": sum(count for count, _ in lists.sources(Offer).values()),
        "marches": sum(count for count, _ in lists.sources(Award).values()),
    }
    records = GaugeMetricFamily("cooperations_records", "Ce que la base contient.", labels=("kind",))
    revisions = GaugeMetricFamily("cooperations_revision", "La révision des données, des listes.", labels=("kind",))
    for kind, count in counts.items():
        records.add_metric((kind,), count)
    for kind, revision in (("donnees", catalogue.revision), ("listes", lists.revision())):
        revisions.add_metric((kind,), revision)
    yield from (records, revisions)


REGISTRY.register(DataSizes())
ProcessCollector(registry=REGISTRY)


@answering
def metrics(request: Request) -> Response:
    """Answer the metrics, to who shows the token when there is one."""
    allowed = read_metrics_settings()
    if not allowed.opened:
        return problem(404, "Les métriques sont fermées ici.")
    shown = request.headers.get("authorization", "")
    if allowed.token and not hmac.compare_digest(shown.encode(), f"Bearer {allowed.token}".encode()):
        answer = problem(401, "Un jeton est attendu\u00a0: « Authorization: Bearer … ».")
        answer.headers["www-authenticate"] = "Bearer"
        return answer
    encode, media_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(REGISTRY), headers={"content-type": media_type, "cache-control": "no-store"})
