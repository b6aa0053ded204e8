"""When a calendar says that somebody is taken: the pure reader, and the process it runs in."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from hiring import calendar_file, calendar_reading
from hiring.calendar_fetching import Unread
from tests.hiring.calendars import local, utc

HELSINKI = ZoneInfo("Europe/Helsinki")
START, END = utc(2027, 3, 1), utc(2027, 4, 30)


def ics(*events, head="") -> bytes:
    """A calendar of events, each as its lines in one text."""
    rows = [f"BEGIN:VEVENT\nUID:{n}@x\n{text.strip()}\nEND:VEVENT" for n, text in enumerate(events)]
    text = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *head.splitlines(), *rows, "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n").encode()


def spans(data, *, start=START, end=END, zone=HELSINKI):
    found = calendar_file.spans(data, start=start, end=end, zone=zone)
    return [(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in found]


def starts(data, zone=HELSINKI, **window):
    return [start.astimezone(zone).replace(tzinfo=None) for start, _end in spans(data, zone=zone, **window)]


# -- one event


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART:20270310T080000Z\nDTEND:20270310T090000Z",
        "DTSTART:20270310T080000Z\nDURATION:PT1H",
        "DTSTART;TZID=Europe/Helsinki:20270310T100000\nDTEND;TZID=Europe/Helsinki:20270310T110000",
        "DTSTART;TZID=FLE Standard Time:20270310T100000\nDURATION:PT1H",
        "DTSTART:20270310T100000\nDTEND:20270310T110000",
        "DTSTART;TZID=Nowhere/Land:20270310T100000\nDURATION:PT1H",
        "DTSTART:20270310T080000Z\nDURATION:PT1H\nTRANSP:OPAQUE\nSTATUS:TENTATIVE",
    ],
    ids=["utc", "length", "zone", "windows", "floating", "unknown zone", "maybe"],
)
def test_one_hour_in_every_spelling(lines):
    assert spans(ics(lines)) == [(utc(2027, 3, 10, 8), utc(2027, 3, 10, 9))]


def test_a_zone_of_its_own_counts_before_its_name():
    head = """BEGIN:VTIMEZONE
TZID:Office
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:-0330
TZOFFSETTO:-0330
END:STANDARD
END:VTIMEZONE"""
    found = spans(ics("DTSTART;TZID=Office:20270310T100000\nDURATION:PT1H", head=head))
    assert found == [(utc(2027, 3, 10, 13, 30), utc(2027, 3, 10, 14, 30))]


@pytest.mark.parametrize(
    "line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "status:cancelled"]
)
def test_what_is_free_or_called_off_takes_no_time(line):
    assert spans(ics(f"DTSTART:20270310T080000Z\nDURATION:PT1H\n{line}")) == []


def test_a_day_is_the_members_own():
    day = "DTSTART;VALUE=DATE:20270310"
    assert spans(ics(day)) == [(local("Europe/Helsinki", 2027, 3, 10), local("Europe/Helsinki", 2027, 3, 11))]
    auckland = ZoneInfo("Pacific/Auckland")
    assert starts(ics(day), auckland) == [datetime(2027, 3, 10)]


def test_several_days_end_before_the_last():
    ((start, end),) = spans(ics("DTSTART;VALUE=DATE:20270310\nDTEND;VALUE=DATE:20270313"))
    assert end - start == timedelta(days=3)


@pytest.mark.parametrize("lines", ["DTSTART:20270310T080000Z", "DTSTART:20270310T080000Z\nDURATION:PT0S"])
def test_what_takes_no_time_is_left_out(lines):
    assert spans(ics(lines)) == []


def test_only_the_window():
    inside = spans(ics("DTSTART:20270228T230000Z\nDURATION:PT2H", "DTSTART:20270429T230000Z\nDURATION:P9D"))
    assert inside == [(START, utc(2027, 3, 1, 1)), (utc(2027, 4, 29, 23), END)]
    assert (
        spans(ics("DTSTART:20270201T080000Z\nDURATION:PT1H", "DTSTART:20270501T080000Z\nDURATION:PT1H")) == []
    )


# -- what repeats


WEEKLY = "DTSTART;TZID=Europe/Helsinki:20270308T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4"


def test_it_keeps_its_local_time_when_the_clocks_change():
    assert [(day.day, day.hour) for day in starts(ics(WEEKLY))] == [(8, 9), (15, 9), (22, 9), (29, 9)]
    offsets = {start.astimezone(HELSINKI).utcoffset() for start, _end in spans(ics(WEEKLY))}
    assert offsets == {timedelta(hours=2), timedelta(hours=3)}


def test_a_day_taken_out_is_free():
    out = "EXDATE;TZID=Europe/Helsinki:20270315T090000"
    assert [day.day for day in starts(ics(f"{WEEKLY}\n{out}"))] == [8, 22, 29]


def with_one_changed(*lines) -> bytes:
    changed = "\n".join(("UID:0@x", "RECURRENCE-ID;TZID=Europe/Helsinki:20270315T090000", *lines))
    text = ics(WEEKLY).decode()
    return text.replace(
        "END:VCALENDAR", f"BEGIN:VEVENT\n{changed}\nEND:VEVENT\nEND:VCALENDAR".replace("\n", "\r\n")
    ).encode()


def test_one_that_was_moved_is_where_it_is_now():
    data = with_one_changed("DTSTART;TZID=Europe/Helsinki:20270317T140000", "DURATION:PT1H")
    assert [(day.day, day.hour) for day in starts(data)] == [(8, 9), (17, 14), (22, 9), (29, 9)]


def test_one_that_was_called_off_is_free():
    data = with_one_changed(
        "DTSTART;TZID=Europe/Helsinki:20270315T090000", "DURATION:PT1H", "STATUS:CANCELLED"
    )
    assert [day.day for day in starts(data)] == [8, 22, 29]


def test_a_rule_without_end_stops_at_the_window():
    daily = "DTSTART:20200101T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    assert len(spans(ics(daily))) == 60


def test_a_broken_event_does_not_hide_the_others():
    good = "DTSTART:20270310T080000Z\nDURATION:PT1H"
    bad = ["DTSTART:20279999T99\nDURATION:PT1H", "SUMMARY:no time", "RRULE:FREQ=NEVER", f"{good}\nUID:twice"]
    assert len(spans(ics(*bad, good, f"{good}\n{good}"))) == 1


# -- free and busy


def test_a_calendar_that_tells_free_and_busy_alone():
    head = """BEGIN:VFREEBUSY
UID:1@x
FREEBUSY;FBTYPE=BUSY:20270310T080000Z/20270310T090000Z,20270311T080000Z/PT2H
FREEBUSY;FBTYPE=FREE:20270312T080000Z/20270312T090000Z
FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270313T080000Z/20270313T090000Z
END:VFREEBUSY"""
    found = spans(ics(head=head))
    assert [(start.day, (end - start).seconds // 3600) for start, end in found] == [(10, 1), (11, 2), (13, 1)]


# -- spans


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=30))
def test_merged_covers_the_same_minutes_and_nothing_touches(rows):
    found = calendar_file.merged(rows)
    minutes = {minute for begin, end in rows for minute in range(begin, end)}
    assert {minute for begin, end in found for minute in range(begin, end)} == minutes
    assert all(begin < end for begin, end in found)
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_the_nearest_are_kept_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(calendar_file, "MOST", 3)
    daily = "DTSTART:20270301T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"
    assert [day.day for day in starts(ics(daily))] == [1, 2, 3]


# -- the process


def parse(data, **more):
    return calendar_reading.parse(data, HELSINKI, **more)


def soon(lines) -> bytes:
    day = datetime.now(UTC) + timedelta(days=3)
    return ics(f"DTSTART:{day:%Y%m%dT080000Z}\nDURATION:PT1H\n{lines}")


def test_the_process_says_when_and_nothing_else():
    found = parse(soon("SUMMARY:Dentist\nLOCATION:Secret street\nATTENDEE:mailto:a@b.example"))
    assert [(end - start, start.hour, start.tzinfo) for start, end in found] == [(timedelta(hours=1), 8, UTC)]


def test_no_word_of_the_calendar_leaves_the_process():
    now = int(datetime.now(UTC).timestamp())
    command = [sys.executable, "-m", "hiring.calendar_file", f"{now}/{now + 10**7}/UTC", "20"]
    data = soon("SUMMARY:Dentist\nCOMMENT:secret")
    done = subprocess.run(command, input=data, capture_output=True, cwd=settings.BASE_DIR, check=True)
    assert set(done.stdout.decode()) <= set("0123456789[], ")
    assert done.stderr == b""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_calendar"),
        (b"<!doctype html><title>Sign in</title>", "no_calendar"),
        (b"\x00\xff" * 5_000, "no_calendar"),
        (b"BEGIN:VCALENDAR\r\nthis is no line\r\n", "broken"),
    ],
    ids=["nothing", "a page", "noise", "cut"],
)
def test_what_is_no_calendar_is_told_kindly(data, code):
    with pytest.raises(Unread) as told:
        parse(data)
    assert told.value.code == code
    assert calendar_reading.sentence(code)


def test_an_empty_calendar_takes_no_time():
    assert parse(ics()) == []


def test_a_rule_made_to_take_for_ever_is_cut():
    every_second = soon("RRULE:FREQ=SECONDLY").replace(b"DTSTART:2026", b"DTSTART:1970")
    with pytest.raises(Unread) as told:
        parse(every_second, seconds=1)
    assert told.value.code == "heavy"


@pytest.mark.parametrize(
    "answer", [b"", b"[[1", b'{"refused": "x"}', b'{"a": 1}', b'[["a", "b"]]', b"[[1e99, 2e99]]", b"3"]
)
def test_an_answer_that_is_none_is_believed_in_nothing(answer):
    with pytest.raises(Unread) as told:
        calendar_reading._spans(answer)
    assert told.value.code == "broken"
