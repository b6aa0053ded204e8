"""A member's interviews behind a secret address, as calendar programs read them."""

from datetime import timedelta

import pytest
import time_machine
import vobject
from django.utils import timezone

from accounts import feed, team
from accounts.models import Role
from hiring import notes
from hiring.models import Assignment, InterviewHost, Stage
from tests.hiring.acts import put
from tests.hiring.calendars import unfolded
from tests.hiring.factories import make_application, make_card, make_interview, make_job
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Support person")


@pytest.fixture
def ada(job, interviewer):
    ada = make_application(job, name="Ada Lind", email="ada@mail.example", phone="+358 40 123 4567")
    Assignment.objects.create(company=job.company, application=ada, membership=interviewer)
    return ada


def sits_in(application, member, **fields):
    talk = make_interview(application, None, zone="Europe/Helsinki", **fields)
    InterviewHost.objects.create(company_id=talk.company_id, interview=talk, membership=member)
    return talk


@pytest.fixture
def talk(ada, interviewer):
    return sits_in(ada, interviewer, place="Room 1")


@pytest.fixture
def address(interviewer):
    return feed.renew(interviewer, seen=0)


def events(response):
    return vobject.readOne(response.content.decode()).contents.get("vevent", [])


def get(client, address, **headers):
    return client.get(address.removeprefix("http://localhost:8000"), headers=headers)


def shown(client, address):
    return [event.uid.value for event in events(get(client, address))]


# -- what is in it


def test_an_interview_of_mine(client, address, talk):
    response = get(client, address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    (event,) = events(response)
    assert event.summary.value == "Video call with Ada Lind: Support person"
    assert event.location.value == "Room 1"
    assert event.dtstart.value == talk.starts_at.replace(microsecond=0)
    assert event.uid.value == f"{talk.uid}@firsthire"


def test_it_is_a_calendar_to_subscribe_to(client, address):
    found = unfolded(get(client, address).content)
    assert {
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Appointments: Lumi",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    } <= set(found)


def test_no_guest_and_no_organizer(client, address, talk):
    found = unfolded(get(client, address).content)
    assert not [line for line in found if line.startswith(("ATTENDEE", "ORGANIZER"))]


def test_no_contact_data_no_note_no_card(client, address, talk, ada, interviewer, manager):
    notes.add(ada, by=manager, text="Seems nervous")
    make_card(ada, interviewer, submitted=False, trust="Not my best customer")
    data = get(client, address).content.decode().replace("\r\n ", "")
    leaks = ["ada@mail.example", "123 4567", "nervous", "best customer"]
    assert [word for word in leaks if word in data] == []


def test_a_hidden_name_stays_hidden(client, address, talk, job, ada):
    job.hide_names = True
    job.save()
    assert events(get(client, address))[0].summary.value.startswith("Video call with Applicant ")
    put(ada, Stage.INTERVIEW)
    assert "Ada Lind" in events(get(client, address))[0].summary.value


def test_only_what_i_sit_in(client, address, talk, ada, manager):
    sits_in(ada, manager)
    make_interview(ada, manager)
    make_interview(ada, None)
    assert shown(client, address) == [f"{talk.uid}@firsthire"]


def test_what_i_may_not_see_any_more_is_gone(client, address, talk, ada):
    Assignment.objects.all().delete()
    assert shown(client, address) == []


def test_called_off_or_long_ago_is_gone(client, address, talk, ada, interviewer):
    sits_in(ada, interviewer, cancelled_at=timezone.now())
    sits_in(ada, interviewer, hours=-24 * 31)
    lately = sits_in(ada, interviewer, hours=-24 * 29)
    assert shown(client, address) == [f"{row.uid}@firsthire" for row in (lately, talk)]


def test_an_erased_applicant_is_gone(client, address, talk, ada):
    ada.erased_at = timezone.now()
    ada.save()
    assert shown(client, address) == []


def test_moved_it_is_the_same_event_one_higher(client, address, talk):
    talk.sequence, talk.starts_at = 1, talk.starts_at + timedelta(hours=3)
    talk.save()
    (event,) = events(get(client, address))
    assert (event.uid.value, event.sequence.value) == (f"{talk.uid}@firsthire", "1")


def test_in_my_language(client, address, talk, interviewer):
    interviewer.user.language = "fi"
    interviewer.user.save()
    with_english_browser = get(client, address, accept_language="en").content
    with_swedish_browser = get(client, address, accept_language="sv").content
    assert with_english_browser == with_swedish_browser


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(client, address, talk, ada, interviewer, rows, django_assert_num_queries):
    for hours in range(1, rows):
        sits_in(ada, interviewer, hours=24 + hours)
    with django_assert_num_queries(6):
        assert len(events(get(client, address))) == rows


# -- cheap


def test_what_has_not_changed_is_not_sent_again(client, address, talk):
    first = get(client, address)
    second = get(client, address, if_none_match=first["ETag"])
    assert (second.status_code, second.content) == (304, b"")
    talk.place = "Room 2"
    talk.save()
    assert get(client, address, if_none_match=first["ETag"]).status_code == 200


def test_asking_changes_nothing(client, address, talk):
    before = Link.objects.values().get(purpose="feed")
    client.head(address.removeprefix("http://localhost:8000"))
    get(client, address)
    assert Link.objects.values().get(purpose="feed") == before


def test_it_stays_out_of_caches_and_indexes(client, address):
    response = get(client, address)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store, private", "noindex")


# -- who gets in


def test_an_altered_address_is_none(client, address, talk):
    assert get(client, address.replace("/feed/", "/feed/x")).status_code == 404


def test_a_link_for_something_else_is_no_feed(client, address):
    Link.objects.update(purpose="status")
    assert get(client, address).status_code == 404


def test_a_revoked_address_is_none(client, address, interviewer):
    assert feed.end(interviewer) is True
    assert get(client, address).status_code == 404
    assert feed.end(interviewer) is False


def test_an_address_ends_after_two_years(client, address):
    with time_machine.travel(timezone.now() + timedelta(days=731)):
        assert get(client, address).status_code == 404


def test_whoever_left_the_team_reads_nothing(client, address, talk, interviewer, owner):
    team.remove(interviewer, by=owner)
    assert get(client, address).status_code == 404


def test_nor_when_the_link_was_forgotten(client, address, interviewer):
    interviewer.removed_at = timezone.now()
    interviewer.save()
    assert get(client, address).status_code == 404


def test_nor_whose_account_is_closed(client, address, interviewer):
    interviewer.user.is_active = False
    interviewer.user.save()
    assert get(client, address).status_code == 404


def test_nor_somebody_who_is_a_new_hire_now(client, address, talk, interviewer):
    interviewer.role = Role.HIRE
    interviewer.save()
    assert shown(client, address) == []


def test_another_company_reads_its_own(client, talk, rival):
    assert shown(client, feed.renew(rival, seen=0)) == []


def test_a_link_of_another_company_to_me_is_none(client, address, rival):
    Link.objects.update(company_id=rival.company_id)
    assert get(client, address).status_code == 404


# -- a new address


def test_a_new_address_ends_the_old_one(client, address, interviewer):
    new = feed.renew(interviewer, seen=feed.living(interviewer).pk)
    assert (get(client, address).status_code, get(client, new).status_code) == (404, 200)
    assert TrailEntry.objects.latest("pk").action == "calendar.feed_made"


@pytest.mark.parametrize("seen", [0, 987_654])
def test_a_form_from_before_makes_none(client, address, interviewer, seen):
    assert feed.renew(interviewer, seen=seen) == ""
    assert get(client, address).status_code == 200


def test_mine_is_no_concern_of_others(client, address, interviewer, manager):
    feed.renew(manager, seen=0)
    feed.end(manager)
    assert get(client, address).status_code == 200


def test_where_nobody_was_named_who_agreed_it_sits_in(client, ada, manager):
    talk = make_interview(ada, manager)
    assert shown(client, feed.renew(manager, seen=0)) == [f"{talk.uid}@firsthire"]
