"""An agreed time as a calendar message: read by an independent parser, and by hand."""

from datetime import timedelta
from email import policy
from email.parser import BytesParser
from itertools import pairwise

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from accounts import ical
from hiring import calendar_messages, letters, talks
from hiring.models import Interview, Stage
from mailroom.models import Mail
from tests.hiring.acts import deliver, put
from tests.hiring.calendars import by_vobject, local, text_of, unfolded, utc
from tests.hiring.factories import make_application, make_interview, make_job

pytestmark = pytest.mark.django_db
ODD = 'Tea; room, 3\\4 "B"\nsecond: floor 😀 محمد'
ZONES = ["Europe/Helsinki", "America/New_York", "Africa/Cairo", "Pacific/Auckland", "America/St_Johns"]


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Support person")


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind", email="ada@mail.example")


@pytest.fixture
def talk(ada, manager):
    return make_interview(ada, manager, zone="Europe/Helsinki", place="Room 1")


def ics(interview, **fields) -> bytes:
    return calendar_messages.for_applicant(interview, **fields)[1]


def event(interview, **fields):
    return by_vobject(ics(interview, **fields))


def lines(interview, **fields) -> list[str]:
    return unfolded(ics(interview, **fields))


def again(row):
    return Interview.objects.select_related("application__job__company", "created_by").get(pk=row.pk)


# -- asked for


def test_an_invitation_says_what_it_is(talk):
    name, data, kind = calendar_messages.for_applicant(talk)
    assert (name, kind) == ("interview.ics", "text/calendar; method=REQUEST")
    assert unfolded(data)[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Firsthire//Hiring//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:REQUEST",
    ]
    found = by_vobject(data)
    assert (found.status.value, found.sequence.value, found.transp.value) == ("CONFIRMED", "0", "OPAQUE")


def test_the_times_are_the_agreed_ones(talk):
    found = event(talk)
    second = talk.starts_at.replace(microsecond=0)
    assert found.dtstart.value == second
    assert found.dtend.value - found.dtstart.value == timedelta(minutes=60)


def test_the_number_is_the_interviews_wherever_it_is_installed(talk, settings):
    first = event(talk).uid.value
    settings.SITE_URL = "https://elsewhere.example"
    assert event(talk).uid.value == first == f"{talk.uid}@firsthire"


def test_who_agreed_it_is_the_organizer(talk, manager):
    found = event(talk).organizer
    assert (found.value, found.params["CN"]) == (f"mailto:{manager.email}", ["Mika"])


def test_when_they_have_left_somebody_else_answers(talk, manager, owner, job):
    manager.removed_at = talk.starts_at
    job.created_by = owner
    talk.application.job, talk.created_by = job, manager
    assert event(talk).organizer.value == f"mailto:{owner.email}"


@pytest.mark.parametrize(("contact", "answers"), [("privacy@lumi.example",) * 2, ("", "post@localhost")])
def test_with_nobody_left_the_shop_answers(talk, contact, answers):
    talk.created_by = talk.application.job.created_by = None
    talk.application.job.company.privacy_contact = contact
    assert event(talk).organizer.value == f"mailto:{answers}"


def test_the_applicant_is_asked_for_an_answer(talk):
    found = event(talk).attendee
    assert (found.value, found.params["RSVP"], found.params["CN"], found.params["PARTSTAT"]) == (
        "mailto:ada@mail.example",
        ["TRUE"],
        ["Ada Lind"],
        ["NEEDS-ACTION"],
    )


def test_the_words_are_in_the_language_of_the_application(talk):
    talk.application.language = "fi"
    with translation.override("sv"):
        in_swedish_browser = ics(talk)
    with translation.override("en"):
        assert ics(talk) == in_swedish_browser


def test_what_it_says(talk):
    found = lines(talk, hosts=["Ines", "Mika"], url="https://shop.example/my/talk/abc/")
    assert text_of(found, "SUMMARY") == "Talk with Lumi: Support person"
    assert text_of(found, "LOCATION") == "Room 1"
    assert text_of(found, "DESCRIPTION") == (
        "Talk with Lumi about the job as Support person.\n"
        "How: Video call\n"
        "You talk with: Ines, Mika\n"
        "Choose another time, or call it off: https://shop.example/my/talk/abc/"
    )


def test_without_an_address_one_answers_the_mail(talk):
    said = text_of(lines(talk), "DESCRIPTION").splitlines()
    assert said[-1] == "If that time does not suit you, answer the mail that this came with."


def test_nothing_of_those_who_sit_in_but_the_names(talk, interviewer):
    data = ics(talk, hosts=[str(interviewer), "nameless@lumi.example"])
    assert b"Ines" in data
    assert interviewer.email.encode() not in data
    assert b"nameless" not in data


def test_without_a_place_there_is_no_line_for_one(talk):
    talk.place = ""
    assert not [line for line in lines(talk) if line.startswith("LOCATION")]


# -- moved, called off


def moved(talk, by, **changes):
    values = {name: getattr(talk, name) for name in talks.MOVABLE}
    return talks.move(
        talk, by=by, values=values | {"starts_at": talk.starts_at + timedelta(hours=2)} | changes
    )


def test_moved_it_is_the_same_event_one_higher(talk, manager):
    before, after = event(talk), event(moved(talk, manager))
    assert after.uid.value == before.uid.value
    assert (before.sequence.value, after.sequence.value) == ("0", "1")
    assert after.dtstart.value - before.dtstart.value == timedelta(hours=2)


def test_called_off_it_is_the_same_event_and_higher_still(talk, manager):
    asked = event(moved(talk, manager))
    row = talks.cancel(talk, by=manager)
    _name, data, kind = calendar_messages.for_applicant(row)
    off = by_vobject(data)
    assert kind == "text/calendar; method=CANCEL"
    assert "METHOD:CANCEL" in unfolded(data)
    assert (off.uid.value, off.status.value, off.sequence.value) == (asked.uid.value, "CANCELLED", "2")


def test_the_same_state_is_the_same_bytes(talk):
    with time_machine.travel(talk.starts_at - timedelta(hours=1)):
        first = ics(again(talk))
    assert ics(again(talk)) == first


def test_the_stamp_is_of_the_last_change_in_utc(talk, manager):
    later = utc(2026, 12, 1, 8, 30, 15)
    with time_machine.travel(later, tick=False):
        talk.starts_at = later + timedelta(days=2)
        talk.save()
        row = moved(talk, manager)
    assert "DTSTAMP:20261201T083015Z" in lines(again(row))


def test_saying_that_it_took_place_is_no_change_of_it(talk):
    before = talk.changed_at
    talk.outcome, talk.outcome_at = "happened", talk.starts_at
    talk.save(update_fields=["outcome", "outcome_at"])
    assert again(talk).changed_at == before


def test_a_sequence_written_by_itself_is_a_change(talk):
    before = talk.changed_at
    talk.sequence = 4
    talk.save(update_fields=["sequence"])
    assert again(talk).changed_at > before


# -- zones: local time stays what was agreed, before and after both changes of the year

WALLS = [(2027, 1, 20, 9, 30), (2027, 4, 28, 9, 30), (2027, 7, 14, 9, 30), (2027, 11, 18, 9, 30)]


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("wall", WALLS, ids=lambda wall: f"month {wall[1]}")
def test_local_time_stays_what_was_agreed(talk, zone, wall):
    talk.zone, talk.starts_at = zone, local(zone, *wall)
    found = event(talk).dtstart.value
    assert found == talk.starts_at
    assert (found.year, found.month, found.day, found.hour, found.minute) == wall


def _changes(zone, year=2027):
    """The days on which this zone's clocks change, by looking at every day."""
    days = [local(zone, year, 1, 1, 12) + timedelta(days=n) for n in range(365)]
    return [after for day, after in pairwise(days) if day.utcoffset() != after.utcoffset()]


@pytest.mark.parametrize("zone", ZONES)
def test_the_days_around_both_changes(talk, zone):
    changes = _changes(zone)
    assert len(changes) == 2
    for change in changes:
        for days in (-1, 0, 1):
            talk.zone, talk.starts_at = zone, change + timedelta(days=days)
            found = event(talk).dtstart.value
            assert (found, found.hour, found.utcoffset()) == (
                talk.starts_at,
                12,
                talk.starts_at.utcoffset(),
            )


@pytest.mark.parametrize("zone", [*ZONES, "Asia/Tokyo", "Asia/Kolkata", "Pacific/Chatham"])
def test_the_zone_is_written_out(talk, zone):
    talk.zone = zone
    found = lines(talk)
    assert f"TZID:{zone}" in found
    start = next(line for line in found if line.startswith(f"DTSTART;TZID={zone}"))
    assert not start.endswith("Z")
    assert found.index("END:VTIMEZONE") < found.index("BEGIN:VEVENT")


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Mars/Olympus", ""])
def test_an_unknown_zone_is_utc(talk, zone):
    talk.zone, talk.starts_at = zone, utc(2027, 3, 1, 9)
    found = lines(talk)
    assert "DTSTART:20270301T090000Z" in found
    assert "BEGIN:VTIMEZONE" not in found


def test_an_hour_that_comes_twice_is_said_in_utc_when_the_second_is_meant(talk):
    talk.starts_at = utc(2027, 10, 31, 0, 30)
    assert "DTSTART;TZID=Europe/Helsinki:20271031T033000" in lines(talk)
    talk.starts_at = utc(2027, 10, 31, 1, 30)
    assert "DTSTART:20271031T013000Z" in lines(talk)
    assert event(talk).dtstart.value == talk.starts_at


# -- words and lines


def test_signs_of_the_format_and_of_the_world_go_through(talk):
    talk.place = ODD
    data = ics(talk)
    assert text_of(unfolded(data), "LOCATION") == ODD
    assert by_vobject(data).location.value == ODD


@pytest.mark.parametrize(
    "text", ["x" * 300, "محمد " * 60, "😀" * 75, "é;" * 150], ids=["x", "ar", "emoji", "é"]
)
def test_long_lines_are_folded_between_characters(talk, text):
    talk.place = text.strip()
    data = ics(talk)
    assert max(len(line) for line in data.split(b"\r\n")) <= 75
    assert all(line.decode() is not None for line in data.split(b"\r\n"))
    assert by_vobject(data).location.value == talk.place


@pytest.mark.parametrize(
    "name", ['Ada "the cat" Lind', "Lind; Ada: x, y", "محمد علي", "Ada\r\nATTENDEE:mailto:eve@x"]
)
def test_a_name_cannot_add_a_line(talk, name):
    talk.application.name = name
    found = lines(talk)
    assert sum(line.startswith("ATTENDEE") for line in found) == 1
    assert event(talk).attendee.value == "mailto:ada@mail.example"


@given(st.text(min_size=1, max_size=400))
def test_any_text_comes_out_as_it_went_in(text):
    made = ical.calendar(method="REQUEST")
    interview = Interview(starts_at=utc(2027, 1, 1, 9), zone="UTC", minutes=30)
    kept = ical.clean(text)
    made.add_component(
        calendar_messages.event_of(interview, calendar_messages.Words("x", "y", location=text))
    )
    data = made.to_ical()
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert b"\n" not in data.replace(b"\r\n", b"")
    if kept:
        assert text_of(unfolded(data), "LOCATION") == kept


@given(st.text(max_size=100))
def test_what_is_kept_of_a_text_is_kept_whole(text):
    kept = ical.clean(text)
    assert ical.clean(kept) == kept
    assert kept.isprintable() or set(kept) - {"\n", "\t"} is not None
    printable = "".join(c for c in text if c.isprintable()).strip()
    assert "".join(c for c in kept if c.isprintable()).strip() == printable


# -- for those who sit in


def of_host(talk, member):
    return by_vobject(calendar_messages.for_host(talk, member)[1])


def test_who_sits_in_is_asked_themselves(talk, interviewer):
    found = of_host(talk, interviewer)
    assert (found.attendee.value, found.attendee.params["RSVP"]) == (f"mailto:{interviewer.email}", ["TRUE"])
    assert found.summary.value == "Video call with Ada Lind: Support person"
    assert found.uid.value == event(talk).uid.value


def test_their_calendar_shows_others_only_that_they_are_busy(talk, interviewer):
    assert of_host(talk, interviewer).contents["class"][0].value == "PRIVATE"


def test_no_contact_data_of_the_applicant(talk, interviewer):
    data = calendar_messages.for_host(talk, interviewer)[1]
    assert b"Ada Lind" in data
    assert b"ada@mail.example" not in data


def test_a_hidden_name_stays_hidden(talk, interviewer, job):
    job.hide_names = True
    talk.application.job = job
    assert talk.application.stage == Stage.CV
    found = of_host(talk, interviewer)
    assert found.summary.value == f"Video call with Applicant {talk.application.number}: Support person"
    put(talk.application, Stage.INTERVIEW)
    talk.application.job = job
    assert "Ada Lind" in of_host(talk, interviewer).summary.value


def test_called_off_for_them_too(talk, interviewer, manager):
    row = talks.cancel(talk, by=manager)
    assert calendar_messages.for_host(row, interviewer)[2] == "text/calendar; method=CANCEL"
    assert of_host(row, interviewer).status.value == "CANCELLED"


# -- in the mail


def mailed(message):
    """(the calendar as the third way to read the mail, its method, the file beside it)."""
    row = Mail.objects.filter(message=message).latest("pk")
    parts = list(BytesParser(policy=policy.default).parsebytes(bytes(row.body)).walk())
    (calendar,) = [part for part in parts if part.get_content_type() == "text/calendar"]
    (file,) = [part for part in parts if part.get_filename()]
    return calendar.get_payload(decode=True), calendar.get_param("method"), file.get_content()


def agreed(ada, by):
    values = {
        "starts_at": local("Europe/Helsinki", 2027, 4, 28, 9, 30),
        "minutes": 45,
        "kind": "video",
        "place": ODD,
    }
    return talks.plan(ada, by=by, values=values, invite=True)


def test_the_invitation_travels_whole_in_the_mail(ada, manager):
    with timezone.override("Europe/Helsinki"):
        talk = agreed(ada, manager)
    read, method, file = mailed(letters.INVITATION)
    assert (method, read) == ("REQUEST", file)
    found = by_vobject(read)
    assert (found.dtstart.value, found.dtstart.value.hour) == (talk.starts_at, 9)
    assert found.location.value == ODD
    assert found.uid.value == f"{talk.uid}@firsthire"


def test_and_so_does_the_calling_off(ada, manager):
    talk = agreed(ada, manager)
    deliver(letters.INVITATION)
    talks.cancel(talk, by=manager)
    read, method, file = mailed(letters.CALLED_OFF)
    assert (method, read) == ("CANCEL", file)
    found = by_vobject(read)
    assert (found.status.value, found.sequence.value, found.uid.value) == (
        "CANCELLED",
        "1",
        f"{talk.uid}@firsthire",
    )
