"""Members' own calendars: given, read, read again, removed, put back; and what is kept of them."""

import re
from datetime import UTC, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts import team, undoing
from hiring import busy, calendar_fetching, calendar_reading, tasks
from hiring.calendar_fetching import Unread
from hiring.models import BusyTime, CalendarSource
from mailroom import outbox
from tests.hiring.https_server import Server, answer
from tests.hiring.test_calendar_file import ics
from vault import work
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def source(server, interviewer):
    return calendar_reading.connect(interviewer, server.url())


def event(days=3, hours=1, more="SUMMARY:Dentist") -> str:
    day = timezone.now() + timedelta(days=days)
    return f"DTSTART:{day.astimezone(UTC):%Y%m%dT080000Z}\nDURATION:PT{hours}H\n{more}"


def read(server, source):
    calendar_reading.run(source.pk, way=server.way())
    source.refresh_from_db()
    return source


def due_again(source, **fields):
    CalendarSource.objects.filter(pk=source.pk).update(due_at=timezone.now(), **fields)


def times(source):
    rows = BusyTime.objects.filter(source=source).order_by("starts_at")
    return [(row.starts_at.hour, row.ends_at - row.starts_at) for row in rows]


# -- read


def test_it_says_when_somebody_is_taken(server, source, interviewer):
    server.say = answer(ics(event(), event(days=5, hours=2)))
    row = read(server, source)
    assert times(row) == [(8, timedelta(hours=1)), (8, timedelta(hours=2))]
    assert set(BusyTime.objects.values_list("member", "company")) == {
        (interviewer.pk, interviewer.company_id)
    }
    assert (row.error, row.failures, row.state, row.read_at is not None) == ("", 0, work.State.WAITING, True)


def test_again_in_a_quarter_of_an_hour(server, source):
    server.say = answer(ics())
    row = read(server, source)
    assert timedelta(minutes=14) < row.due_at - timezone.now() <= timedelta(minutes=15)
    assert list(calendar_reading.due()) == []
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert list(calendar_reading.due()) == [row.pk]


def test_a_hundred_readings_are_no_hundred_tries(server, source):
    server.say = answer(ics())
    for _ in range(3):
        due_again(source)
        assert read(server, source).tries == 0


def test_nothing_of_the_events_is_kept(server, source):
    server.say = answer(
        ics(event(more="SUMMARY:Dentist\nLOCATION:Main street\nATTENDEE:mailto:kim@b.example"))
    )
    read(server, source)
    with connection.cursor() as cursor:
        for model in (CalendarSource, BusyTime):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608
            kept = str(cursor.fetchall())
            assert not [word for word in ("Dentist", "Main street", "kim@b") if word in kept]


def test_the_address_is_encrypted(source, server):
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM hiring_calendarsource")
        assert "calendar.example" not in str(cursor.fetchall())
    assert CalendarSource.objects.get().address == server.url()


def test_what_is_gone_from_the_calendar_takes_no_time_any_more(server, source):
    server.say = answer(ics(event(), event(days=5)))
    read(server, source)
    server.say = answer(ics(event(days=5)))
    due_again(source)
    assert len(times(read(server, source))) == 1


def test_a_day_is_one_of_the_member(server, source, interviewer):
    interviewer.user.timezone = "Pacific/Auckland"
    interviewer.user.save()
    day = timezone.now() + timedelta(days=9)
    server.say = answer(ics(f"DTSTART;VALUE=DATE:{day:%Y%m%d}"))
    read(server, source)
    start = BusyTime.objects.get().starts_at.astimezone(calendar_reading.told.zone_of(interviewer))
    assert (start.hour, start.day) == (0, day.day)


# -- nothing changed


def test_a_calendar_that_has_not_changed_keeps_its_times(server, source):
    server.say = answer(ics(event()), ETag='"one"')
    read(server, source)
    server.say = answer(b"", status=304)
    due_again(source)
    first = source.read_at
    row = read(server, source)
    assert server.asked[-1][1]["If-None-Match"] == '"one"'
    assert (len(times(row)), row.error, row.read_at > first) == (1, "", True)


def test_now_and_then_all_of_it_is_asked_for(server, source):
    """What repeats moves on with the days."""
    server.say = answer(ics(event()), ETag='"one"')
    read(server, source)
    due_again(source, whole_at=timezone.now() - calendar_reading.WHOLE)
    read(server, source)
    assert "If-None-Match" not in server.asked[-1][1]


# -- what goes wrong


def test_garbage_is_told_kindly_and_tried_again(server, source):
    server.say = answer(b"<html>Sign in</html>")
    row = read(server, source)
    assert (row.error, row.failures, row.read_at, row.state) == ("no_calendar", 1, None, "waiting")
    assert "maybe a web page" in calendar_reading.sentence(row.error)


def test_the_longer_it_fails_the_rarer_it_is_tried(server, source):
    server.say = answer(b"", status=500)
    waits = []
    for _ in range(5):
        due_again(source)
        row = read(server, source)
        waits.append(round((row.due_at - timezone.now()) / timedelta(minutes=1)))
    assert waits == [15, 60, 360, 1440, 1440]


def test_known_times_go_on_counting_and_a_good_reading_mends_it(server, source):
    server.say = answer(ics(event()))
    read(server, source)
    server.say = answer(b"", status=404)
    due_again(source)
    row = read(server, source)
    assert (row.error, len(times(row))) == ("gone", 1)
    server.say = answer(ics(event(), event(days=5)))
    due_again(source)
    row = read(server, source)
    assert (row.error, row.failures, len(times(row))) == ("", 0, 2)


def test_an_address_inside_is_never_asked(server, source):
    calendar_reading.run(source.pk, way=server.way(look_up=lambda host, port: ["127.0.0.1"]))
    source.refresh_from_db()
    assert (source.error, server.asked) == ("private", [])


@pytest.mark.parametrize("code", [*calendar_reading.SENTENCES, "of another version"])
def test_every_code_has_a_sentence(code):
    assert calendar_reading.sentence(code).endswith(".")


def test_every_code_that_is_raised_has_its_sentence():
    source = Path(calendar_fetching.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'Unread\("(\w+)"\)', source)) <= set(calendar_reading.SENTENCES)


# -- given


def test_given_it_waits_for_a_worker(source, interviewer):
    assert (source.state, list(calendar_reading.due())) == ("waiting", [source.pk])
    assert TrailEntry.objects.latest("pk").action == "calendar.connected"


def test_given_twice_it_is_one_and_read_again(server, source, interviewer):
    server.say = answer(ics())
    read(server, source)
    same = calendar_reading.connect(interviewer, f" {server.url()}#top")
    assert same == source
    assert list(calendar_reading.due()) == [source.pk]


def test_another_address_takes_its_place(server, source, interviewer):
    server.say = answer(ics(event()))
    read(server, source)
    other = calendar_reading.connect(interviewer, server.url("/other.ics"))
    assert calendar_reading.of(interviewer) == other
    assert list(calendar_reading.due()) == [other.pk]


def test_what_is_no_address_is_refused_and_the_old_one_stays(source, interviewer):
    with pytest.raises(Unread):
        calendar_reading.connect(interviewer, "https://127.0.0.1/")
    assert calendar_reading.of(interviewer) == source


def test_a_worker_that_began_with_the_old_address_writes_nothing(server, source, interviewer):
    """It was fetched while somebody removed it."""
    claimed = work.claim(CalendarSource, source.pk)
    calendar_reading.remove(source, by=interviewer)
    calendar_reading.forget()
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        calendar_reading.forget()
    calendar_reading._read(claimed, None, [(timezone.now(), timezone.now() + timedelta(hours=1))])
    assert (CalendarSource.objects.count(), BusyTime.objects.count()) == (0, 0)


def test_two_workers_read_it_once(server, source):
    assert work.claim(CalendarSource, source.pk) is not None
    calendar_reading.run(source.pk, way=server.way())
    assert server.asked == []


# -- removed


def removed(source, by):
    row = calendar_reading.remove(source, by=by)
    return row, undoing.offered(row, calendar_reading.REMOVED, by)


def test_removed_it_is_not_read_any_more(source, interviewer):
    _row, mark = removed(source, interviewer)
    assert (calendar_reading.of(interviewer), list(calendar_reading.due()), mark != "") == (None, [], True)
    assert TrailEntry.objects.latest("pk").action == "calendar.removed"


def test_removed_twice_is_once(source, interviewer):
    first, mark = removed(source, interviewer)
    assert removed(source, interviewer) == (first, mark)


def test_put_back_it_is_read_at_once(source, interviewer):
    row, mark = removed(source, interviewer)
    calendar_reading.take_back(row, mark, by=interviewer)
    assert calendar_reading.of(interviewer) == source
    assert list(calendar_reading.due()) == [source.pk]


def test_put_back_it_takes_the_place_of_the_next(server, source, interviewer):
    row, mark = removed(source, interviewer)
    calendar_reading.connect(interviewer, server.url("/other.ics"))
    calendar_reading.take_back(row, mark, by=interviewer)
    assert CalendarSource.objects.get() == source


def test_after_ten_minutes_it_is_gone_for_good(server, source, interviewer):
    server.say = answer(ics(event()))
    read(server, source)
    row, mark = removed(source, interviewer)
    assert (calendar_reading.forget(), CalendarSource.objects.count()) == (0, 1)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        calendar_reading.forget()
        with pytest.raises(undoing.Gone):
            calendar_reading.take_back(row, mark, by=interviewer)
    assert (CalendarSource.objects.count(), BusyTime.objects.count()) == (0, 0)


def test_whoever_leaves_the_team_takes_their_calendar_along(source, interviewer, owner):
    team.remove(interviewer, by=owner)
    assert list(calendar_reading.due()) == []
    calendar_reading.forget()
    assert CalendarSource.objects.count() == 0


def test_a_shop_that_is_being_closed_reads_nothing(source, company):
    company.closes_at = timezone.now() + timedelta(days=1)
    company.save()
    assert list(calendar_reading.due()) == []


# -- the queue


def test_the_sweep_queues_what_is_due(source, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.read_calendar, "apply_async", lambda args, **more: queued.append(args))
    tasks.sweep_calendars()
    assert queued == [(source.pk,)]


def test_a_dead_broker_does_no_harm(interviewer, on_commit, monkeypatch):
    def dead(*args):
        raise OSError("no broker")

    monkeypatch.setattr(tasks.read_calendar, "delay", dead)
    with on_commit():
        row = calendar_reading.connect(interviewer, "https://calendar.example/a.ics")
    assert list(calendar_reading.due()) == [row.pk]


def test_nobody_is_written_to(source, server):
    server.say = answer(b"", status=500)
    read(server, source)
    assert outbox.Mail.objects.count() == 0


# -- what it is for


def taken(source, hour, hours=1):
    start = timezone.now().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=2)
    common = {"company_id": source.company_id, "source": source, "member_id": source.member_id}
    return BusyTime.objects.create(**common, starts_at=start, ends_at=start + timedelta(hours=hours))


def test_a_taken_hour_is_not_free(source, interviewer):
    row = taken(source, 9)
    day = row.starts_at.replace(hour=0)
    assert busy.of([interviewer], day, day + timedelta(days=1)) == [(row.starts_at, row.ends_at)]


@pytest.mark.parametrize(("begin", "end", "count"), [(8, 9, 0), (8, 10, 1), (10, 11, 1), (11, 12, 0)])
def test_only_what_reaches_into_the_time_asked_for(source, interviewer, begin, end, count):
    day = taken(source, 9, hours=2).starts_at
    found = busy.of([interviewer], day.replace(hour=begin), day.replace(hour=end))
    assert len(found) == count


def test_another_members_calendar_stands_in_nobodys_way(source, manager):
    day = taken(source, 9).starts_at
    assert busy.of([manager], day, day + timedelta(hours=1)) == []


def test_a_removed_calendar_stands_in_nobodys_way(source, interviewer):
    day = taken(source, 9).starts_at
    calendar_reading.remove(source, by=interviewer)
    assert busy.of([interviewer], day, day + timedelta(hours=1)) == []
