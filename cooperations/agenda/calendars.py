"""Meetings as iCalendar (RFC 5545): the same data give the same bytes.

Hours go with the zone of Paris and its rule, so that a meeting at 9 h stays at 9 h when clocks change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import icalendar

from cooperations import vocabularies as v
from cooperations.agenda.occurrences import occurrences, period_days
from cooperations.agenda.places import place_in_words, point_of
from cooperations.agenda.words import page_of
from cooperations.cancellations import parse as parse_cancelled
from cooperations.decisions import ILLEGIBLE
from cooperations.fields import PARIS
from cooperations.recurrence import parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cooperations.agenda.occurrences import Occurrence
    from cooperations.catalogue import Catalogue
    from cooperations.model import Event

MEDIA_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//CRESS//Coopérations ESS//FR"
UID_DOMAIN = "evenements.cooperations-ess-aquitaine"
REFRESH = timedelta(hours=6)
EUROPEAN_RULE_YEAR = 1997
"""The first whole year in which France changes its clocks on the last Sundays of March and October."""
STATUSES = {"tenu": "CONFIRMED", "annonce": "CONFIRMED", "a_construire": "TENTATIVE", "annule": "CANCELLED"}
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the revisions of a meeting say: when it was made, when it last changed, how many times."""

    created: datetime
    modified: datetime
    changes: int


UNKNOWN_STAMP = Stamp(*(datetime(2016, 7, 12, tzinfo=UTC),) * 2, 0)


def stamps_of(revisions: Iterable[Mapping[str, Any]]) -> dict[str, Stamp]:
    """Return the stamp of each meeting from its revisions, oldest first."""
    found: dict[str, Stamp] = {}
    for one in revisions:
        made_at = one["made_at"].astimezone(UTC).replace(microsecond=0)
        held = found.get(one["entity_id"])
        created = held.created if held else made_at
        found[one["entity_id"]] = Stamp(created, made_at, held.changes + 1 if held else 0)
    return found


def calendar_of(events: Iterable[Event], catalogue: Catalogue, stamps: Mapping[str, Stamp], address: str) -> bytes:
    """Return a calendar; `address` is that of the application, where each meeting has its page."""
    made = icalendar.Calendar()
    title = f"Coopérations économiques de l’ESS en {catalogue.gazetteer.perimeter.name}\u00a0: agenda"
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("calscale", "GREGORIAN")):
        made.add(name, value)
    for name in ("name", "x-wr-calname"):
        made.add(name, title)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", icalendar.vDuration(REFRESH))
    made.add_component(paris())
    dated = (one for one in events if one.starts_at or one.period)
    for event in sorted(dated, key=lambda one: one.id):
        for part in _parts(event, catalogue, stamps.get(event.id, UNKNOWN_STAMP), address):
            made.add_component(part)
    return bytes(made.to_ical())


def paris() -> icalendar.Timezone:
    """Return the zone of Paris as calendars carry it: one rule, which holds since 1996, and for the years to come."""
    zone = icalendar.Timezone()
    zone.add("tzid", PARIS.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    changes: tuple[tuple[Any, ...], ...] = (
        (icalendar.TimezoneDaylight, "CEST", 3, datetime(1996, 3, 31, 2), winter, summer),  # noqa: DTZ001 - a zone's own clock
        (icalendar.TimezoneStandard, "CET", 10, datetime(1996, 10, 27, 3), summer, winter),  # noqa: DTZ001 - same
    )
    for kind, name, month, since, before, after in changes:
        part = kind()
        part.add("dtstart", since)
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1SU"})
        zone.add_component(part)
    return zone


def uid_of(event: Event) -> str:
    """Return the name of a meeting in everybody's calendar; it never changes."""
    return f"{event.id}@{UID_DOMAIN}"


def _parts(event: Event, catalogue: Catalogue, stamp: Stamp, address: str) -> Iterator[icalendar.Event]:
    """Yield a meeting, then what its cancelled dates have of their own: a calendar strikes them out, or hides them."""
    yield _event(event, catalogue, stamp, address)
    for day in sorted(parse_cancelled(event.cancelled)):
        for one in occurrences(event, day, day):
            if one.cancelled and one.first == day:
                yield _cancelled(one, catalogue, stamp, address)


def _cancelled(one: Occurrence, catalogue: Catalogue, stamp: Stamp, address: str) -> icalendar.Event:
    """Return one date of a series, named by the hour that its rule gives it, as RFC 5545 wants."""
    why = f"{one.event.description}\nRaison de l’annulation\u00a0: {one.cancelled}"
    at = {"starts_at": one.start, "ends_at": one.end, "recurrence": None, "status": "annule", "description": why}
    made = _event(one.event.model_copy(update=at), catalogue, stamp, address)
    made.add("recurrence-id", _moment(one.start or datetime.min.replace(tzinfo=UTC)))
    made.add("comment", _text(one.cancelled))
    return made


def _event(event: Event, catalogue: Catalogue, stamp: Stamp, address: str) -> icalendar.Event:
    made = icalendar.Event()
    made.add("uid", uid_of(event))
    made.add("summary", _text(event.name))
    made.add("description", _text(_description(event, catalogue)))
    made.add("url", f"{address}/{page_of(event.id)}")
    made.add("status", STATUSES[event.status])
    made.add("sequence", stamp.changes)
    for name, moment in (("dtstamp", stamp.modified), ("last-modified", stamp.modified), ("created", stamp.created)):
        made.add(name, moment)
    _add_when(made, event)
    _add_where(made, event, catalogue)
    if event.practice_types:
        made.add("categories", [v.PRACTICES.label(code) for code in event.practice_types])
    return made


def _add_when(made: icalendar.Event, event: Event) -> None:
    if event.starts_at is None:
        first, last = period_days(event.period or "")
        made.add("dtstart", first)
        made.add("dtend", min(last, date.max - timedelta(days=1)) + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
        return
    made.add("dtstart", _moment(event.starts_at))
    if event.ends_at:
        made.add("dtend", _moment(event.ends_at))
    if event.recurrence:
        made.add("rrule", _rule(event.recurrence))


def _moment(moment: datetime) -> datetime:
    """Return a moment in the zone of Paris; in UTC before the years whose rule the zone carries."""
    local = moment.astimezone(PARIS)
    return local if local.year >= EUROPEAN_RULE_YEAR else moment.astimezone(UTC)


def _rule(text: str) -> icalendar.vRecur:
    """Return a rule; its last day, which ours says alone, is the end of that day in UTC, as RFC 5545 wants."""
    parts: dict[str, Any] = dict(part.split("=") for part in text.split(";"))
    until = parse(text).until
    if until:
        parts["UNTIL"] = datetime.combine(until, time(23, 59, 59), PARIS).astimezone(UTC)
    return icalendar.vRecur({name: _values(value) for name, value in parts.items()})


def _values(value: Any) -> Any:
    return value.split(",") if isinstance(value, str) else value


def _add_where(made: icalendar.Event, event: Event, catalogue: Catalogue) -> None:
    place, point = place_in_words(event, catalogue.gazetteer), point_of(event, catalogue.gazetteer)
    if place:
        made.add("location", _text(place))
    if point:
        made.add("geo", (point.latitude, point.longitude))


def _description(event: Event, catalogue: Catalogue) -> str:
    organiser = catalogue.structures.get(event.organiser_id or "")
    status = v.EVENT_STATUSES.label(event.status)
    lines = (
        event.description,
        f"Organisation\u00a0: {organiser.name}" if organiser else "",
        f"Statut\u00a0: {status}",
        f"Source\u00a0: {event.source}",
    )
    return "\n".join(line for line in lines if line)


def _text(text: str) -> str:
    """Return a text without what would end a line of the file; the library escapes the rest."""
    return ILLEGIBLE.sub("", _LINE_ENDS.sub("\n", text)).replace("\x7f", "")
