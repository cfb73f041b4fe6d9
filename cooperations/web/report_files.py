"""The funders' report as a file."""

from __future__ import annotations

from functools import lru_cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from cooperations.documents.errors import TooManyDocuments
from cooperations.reports.content import report
from cooperations.reports.order import Order
from cooperations.reports.steps import silent
from cooperations.runtime import application
from cooperations.snapshots import find
from cooperations.web.answers import answering
from cooperations.web.documents import Asked, answer, shelf, tag_of
from cooperations.web.map_data import read_criteria

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from cooperations.catalogue import Catalogue
    from cooperations.decisions import Decisions
    from cooperations.reports.content import Report
    from cooperations.reports.writing import Format

SINCE = "depuis"
COST = 20
"""A report counts as so many requests to the API."""
AT_ONCE = BoundedSemaphore(2)
LONGEST_WAIT_S = 60


@answering
def report_file(request: Request) -> Response:
    """Answer a report; its name says where, and the day of the data."""
    # Charts and typesetting weigh on a server only when somebody asks for them.
    from cooperations.reports.writing import file_name, format_of  # noqa: PLC0415 - same

    chosen = format_of(request.path_params["extension"])
    made = kept_report(application().catalogue(), application().decisions(), read_order(request))
    tag = tag_of("rapport", chosen.extension, made.digest)
    asked = Asked(file_name(made, chosen.extension), tag, COST, chosen.media_type, "attachment")
    return answer(request, asked, lambda: _written(chosen, made, tag))


def _written(chosen: Format, made: Report, tag: str) -> bytes:
    """Return the file of a report, two being written at once; raises TooManyDocuments after a while."""
    if not AT_ONCE.acquire(timeout=LONGEST_WAIT_S):
        raise TooManyDocuments
    try:
        # Who waited for a turn may find that somebody else has just had it made.
        return shelf().get(tag) or chosen.write(made, silent)
    finally:
        AT_ONCE.release()


@lru_cache(maxsize=2)
def kept_report(catalogue: Catalogue, decisions: Decisions, order: Order) -> Report:
    """Return the report of an order; the page and its three files ask for the same one."""
    return report(catalogue, decisions, order)


def read_order(request: Request) -> Order:
    """Return what a request asks for; raises InvalidParameter or UnknownSnapshot."""
    opened = application()
    criteria = read_criteria(request, opened.catalogue(), frozenset({SINCE}))
    since = request.query_params.get(SINCE, "")
    return Order(criteria, find(opened.decisions().snapshots, since) if since else None)
