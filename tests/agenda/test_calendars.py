"""iCalendar files, as another library reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from dateutil.tz import tzical

from cooperations.agenda.calendars import Stamp, calendar_of, stamps_of, uid_of
from tests.agenda.meeting_making import a_meeting, every, with_meetings
from tests.hostile import HOSTILE
from tests.making import MONT_DE_MARSAN

if TYPE_CHECKING:
    from pathlib import Path

    from cooperations.model import Event
    from cooperations.territories import Gazetteer

HERE = "https://carte.example"
STAMP = Stamp(datetime(2026, 11, 1, 8, tzinfo=UTC), datetime(2026, 11, 20, 8, tzinfo=UTC), 2)


def written(gazetteer: Gazetteer, *events: Event, stamp: Stamp = STAMP) -> bytes:
    stamps = {event.id: stamp for event in events}
    return calendar_of(events, with_meetings(gazetteer, *events), stamps, HERE)


def read_back(gazetteer: Gazetteer, *events: Event) -> list[Any]:
    """Return the meetings of a calendar, as vobject reads them."""
    return list(vobject.readOne(written(gazetteer, *events).decode()).vevent_list)


@pytest.mark.parametrize(
    ("rule", "start", "days"),
    [
        pytest.param(
            "FREQ=MONTHLY;BYDAY=2TU",
            "2027-02-09T09:00:00+01:00",
            [(2, 9, 8), (3, 9, 8), (4, 13, 7), (5, 11, 7)],
            id="March and April",
        ),
        pytest.param(
            "FREQ=MONTHLY;BYMONTHDAY=15",
            "2027-09-15T09:00:00+02:00",
            [(9, 15, 7), (10, 15, 7), (11, 15, 8), (12, 15, 8)],
            id="October and November",
        ),
        pytest.param(
            "FREQ=WEEKLY", "2027-03-21T09:00:00+01:00", [(3, 21, 8), (3, 28, 7), (4, 4, 7), (4, 11, 7)],
            id="the very day of the change",
        ),
    ],
)  # fmt: skip
def test_a_meeting_at_nine_stays_at_nine(
    gazetteer: Gazetteer, rule: str, start: str, days: list[tuple[int, int, int]]
) -> None:
    """The dates that vobject makes of our rule and of our zone: 9 h in Paris on both sides of the clock change."""
    (read,) = read_back(gazetteer, every(rule, start))
    first = read.dtstart.value
    moments = [one if one.tzinfo else one.replace(tzinfo=first.tzinfo) for one in list(read.rruleset[:4])]
    assert [(one.month, one.day, one.hour) for one in moments] == [(month, day, 9) for month, day, _ in days]
    assert [one.astimezone(UTC).hour for one in moments] == [hour for *_, hour in days]


def test_our_zone_is_that_of_paris(gazetteer: Gazetteer, tmp_path: Path) -> None:
    """Read by dateutil, our VTIMEZONE has the offsets of Paris, hour by hour around each change of forty years."""
    path = tmp_path / "agenda.ics"
    path.write_bytes(written(gazetteer, every("FREQ=DAILY")))
    ours, paris = tzical(str(path)).get("Europe/Paris"), ZoneInfo("Europe/Paris")
    for year in range(1998, 2038):
        for month in (3, 10):
            for hours in range(24 * 24, 24 * 31, 5):
                clock = datetime(year, month, 1) + timedelta(hours=hours, minutes=30)  # noqa: DTZ001 - on a clock
                # Around 2 h 30 of a change there is no such hour, or there are two.
                assert (
                    clock.hour == 2 or clock.replace(tzinfo=ours).utcoffset() == clock.replace(tzinfo=paris).utcoffset()
                ), clock


def test_a_meeting_says_all_that_is_known(gazetteer: Gazetteer) -> None:
    """Name, hours, place, point, types, page, and how many times it changed."""
    cells = {"debut": "2016-09-22T09:00:00+02:00", "fin": "2016-09-22T10:30:00+02:00", "lieu": "Salle A ; rez, B"}
    event = a_meeting(types_pratique="achats_inter_ess", code_commune=MONT_DE_MARSAN, **cells)
    (read,) = read_back(gazetteer, event)
    assert read.uid.value == uid_of(event) == "essai@evenements.cooperations-ess-aquitaine"
    assert read.dtstart.value == datetime(2016, 9, 22, 7, tzinfo=UTC)
    assert read.dtend.value - read.dtstart.value == timedelta(minutes=90)
    assert read.location.value == "Salle A ; rez, B, Mont-de-Marsan (40)"
    assert read.geo.value.startswith("43.")
    assert read.categories.value == ["Achats inter-ESS"]
    assert read.url.value == f"{HERE}/agenda?rencontre=essai"
    assert (read.sequence.value, read.status.value) == ("2", "CONFIRMED")
    assert read.last_modified.value == read.dtstamp.value == STAMP.modified
    assert "Une rencontre d’essai." in read.description.value


@pytest.mark.parametrize(
    ("cells", "first", "after"),
    [
        pytest.param({"periode": "2017"}, date(2017, 1, 1), date(2018, 1, 1), id="a year"),
        pytest.param({"periode": "2028-02"}, date(2028, 2, 1), date(2028, 3, 1), id="a month of a leap year"),
        pytest.param({"periode": "2027-03-09"}, date(2027, 3, 9), date(2027, 3, 10), id="a day"),
        pytest.param({"periode": "9999"}, date(9999, 1, 1), date(9999, 12, 31), id="the last year there is"),
    ],
)
def test_what_has_no_hour_takes_whole_days(
    gazetteer: Gazetteer, cells: dict[str, str], first: date, after: date
) -> None:
    """And lets people be busy elsewhere."""
    (read,) = read_back(gazetteer, a_meeting(statut="a_construire", **cells))
    assert (read.dtstart.value, read.dtend.value) == (first, after)
    assert (read.transp.value, read.status.value) == ("TRANSPARENT", "TENTATIVE")


def test_a_rule_ends_on_its_last_day(gazetteer: Gazetteer) -> None:
    """RFC 5545 wants the end in UTC: the last minute of the day in Paris; the meeting of that evening is the last."""
    event = every("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270126", "2027-01-12T20:00:00+01:00")
    assert b"UNTIL=20270126T225959Z" in written(gazetteer, event)
    (read,) = read_back(gazetteer, event)
    assert [one.day for one in read.rruleset] == [12, 19, 26]


def test_a_cancelled_meeting_says_so(gazetteer: Gazetteer) -> None:
    """Those who had put it into their agenda see it struck out."""
    (read,) = read_back(gazetteer, a_meeting(statut="annule", debut="2027-03-09T09:00:00+01:00"))
    assert read.status.value == "CANCELLED"


INJECTIONS = (
    "x\r\nBEGIN:VEVENT\r\nUID:y", "x\rSTATUS:CANCELLED", "x\u2028DTSTART:1", "\x00\x0b\x7f", "a,b;c\\n:d\\",
    '"=cmd()', "é" * 300, "📅 \u202e gauche",
)  # fmt: skip


@pytest.mark.parametrize("name", [*HOSTILE, *INJECTIONS])
def test_names_are_only_text(gazetteer: Gazetteer, name: str) -> None:
    """Whatever is typed, there is one meeting, one summary, and no line that we did not write."""
    event = a_meeting(nom=f"a{name}"[:300], description=f"b{name}", lieu=f"c{name}", periode="2027")
    (read,) = read_back(gazetteer, event)
    assert read.summary.value.startswith("a")
    assert set(read.contents) == {
        "uid", "summary", "description", "url", "status", "sequence", "dtstamp", "last-modified", "created",
        "dtstart", "dtend", "transp", "location",
    }  # fmt: skip


def test_the_same_data_give_the_same_bytes(gazetteer: Gazetteer) -> None:
    """In whatever order the meetings come; each line ends as the standard wants, and is not too long."""
    one, two = a_meeting("a", periode="2027", nom="é" * 300), every("FREQ=DAILY;COUNT=2")
    assert written(gazetteer, one, two) == written(gazetteer, two, one)
    lines = written(gazetteer, one, two).split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line for line in lines)


def test_revisions_make_the_sequence() -> None:
    """Made once, then changed twice."""
    rows = [{"entity_id": "a", "made_at": datetime(2026, 1, day, 8, 0, 0, 5, tzinfo=UTC)} for day in (1, 2, 3)]
    assert stamps_of(rows)["a"] == Stamp(datetime(2026, 1, 1, 8, tzinfo=UTC), datetime(2026, 1, 3, 8, tzinfo=UTC), 2)
