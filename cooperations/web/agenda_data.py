"""The agenda as iCalendar: one meeting to put into one's own, or all that answer some criteria to subscribe to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from starlette.responses import Response

from cooperations.agenda import applicable, events_of
from cooperations.agenda.calendars import MEDIA_TYPE, calendar_of, stamps_of
from cooperations.agenda.errors import UnknownEvent
from cooperations.agenda.listing import events_sheet
from cooperations.criteria import from_query
from cooperations.errors import InvalidParameter
from cooperations.exports import cover_lines, data_day, to_csv, to_xlsx
from cooperations.features.others import is_in
from cooperations.features.window import Window, period_of
from cooperations.fields import PARIS
from cooperations.query import sure
from cooperations.runtime import application
from cooperations.web.answers import answering, kept_answer, problem
from cooperations.web.exports import MEDIA_TYPES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from cooperations.catalogue import Catalogue
    from cooperations.criteria import Criteria
    from cooperations.model import Event

PERIOD = "datetime"
FOR_PRACTICES = {"statuses": "statut", "locations": "localisation"}


@answering
def feed(request: Request) -> Response:
    """Answer all the meetings that meet the criteria of the address, past ones included."""
    catalogue = application().catalogue()
    window = Window(period=period_of(request.query_params.get(PERIOD, "")))
    events = events_of(catalogue, read_event_criteria(request, catalogue, frozenset({PERIOD})))
    kept = [event for event in events if is_in(event, window, catalogue.gazetteer)]
    return kept_answer(request, catalogue, lambda: _calendar(request, kept, catalogue), MEDIA_TYPE)


@answering
def single(request: Request) -> Response:
    """Answer one meeting as a file."""
    catalogue, identifier = application().catalogue(), request.path_params["identifier"]
    found = [event for event in catalogue.events if event.id == identifier]
    if not found:
        raise UnknownEvent(identifier)
    answer = kept_answer(request, catalogue, lambda: _calendar(request, found, catalogue), MEDIA_TYPE)
    answer.headers["content-disposition"] = f'attachment; filename="{found[0].id}.ics"'
    return answer


@answering
def table(request: Request) -> Response:
    """Answer the meetings that meet the criteria as a table; its name has the day."""
    extension = request.path_params["extension"]
    if extension not in MEDIA_TYPES:
        return problem(404, f"Cet export n’existe pas. Formats\u00a0: {', '.join(MEDIA_TYPES)}.")
    catalogue, now = application().catalogue(), datetime.now(PARIS)
    criteria = read_event_criteria(request, catalogue, frozenset())
    sheet = events_sheet(events_of(catalogue, criteria), catalogue, now)
    cover = cover_lines("Agenda", criteria, catalogue, now.date())
    content = to_csv(sheet, cover) if extension == "csv" else to_xlsx([sheet], cover, data_day(catalogue))
    name = f"agenda-{now.date().isoformat()}.{extension}"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=MEDIA_TYPES[extension], headers=headers)


def read_event_criteria(request: Request, catalogue: Catalogue, others: frozenset[str]) -> Criteria:
    """Return the criteria of an address; raises InvalidParameter, for what is about practices alone too."""
    criteria = sure(from_query(request.query_params.multi_items(), catalogue.gazetteer, others))
    for attribute, name in FOR_PRACTICES.items():
        if getattr(criteria, attribute):
            raise InvalidParameter(name, "il ne filtre que les pratiques ; le retirer")
    return applicable(criteria)


def _calendar(request: Request, events: Sequence[Event], catalogue: Catalogue) -> bytes:
    revisions = application().store.contributions.history("event", [event.id for event in events])
    return calendar_of(events, catalogue, stamps_of(revisions), str(request.base_url).rstrip("/"))
