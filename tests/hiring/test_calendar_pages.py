""" "My calendar": one page, with what is read and what is written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import feed
from hiring import calendar_reading, telling
from hiring.models import Assignment, BusyTime, CalendarSource, InterviewHost
from mailroom.models import Mail
from tests.hiring.acts import text
from tests.hiring.factories import make_application, make_interview, make_job

pytestmark = pytest.mark.django_db
MINE = "https://calendar.example/mine.ics"
PAGE = "/hiring/calendar/"


@pytest.fixture
def me(interviewer, sign_in):
    return sign_in(interviewer)


@pytest.fixture
def source(interviewer):
    return calendar_reading.connect(interviewer, MINE)


def shown(me):
    return text(me.get(PAGE))


def post(me, name, **data):
    app = "accounts" if name.startswith("feed") else "hiring"
    return me.post(reverse(f"{app}:{name}"), data)


def read(source, taken=0, **fields):
    values = {"read_at": timezone.now() - timedelta(minutes=5)} | fields
    CalendarSource.objects.filter(pk=source.pk).update(**values)
    for n in range(taken):
        start = timezone.now() + timedelta(days=n + 1)
        BusyTime.objects.create(
            company_id=source.company_id,
            source=source,
            member_id=source.member_id,
            starts_at=start,
            ends_at=start + timedelta(hours=1),
        )


# -- what is read


def test_an_address_is_taken(me, interviewer):
    response = me.post(PAGE, {"address": f" {MINE} "}, follow=True)
    assert "Your calendar is being read." in text(response)
    assert calendar_reading.of(interviewer).address == MINE


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "This field is required."),
        ("http://calendar.example/a.ics", "has to begin with https://"),
        ("https://192.168.1.1/a.ics", "lies inside a private network"),
        ("https://me:secret@calendar.example/a.ics", "holds a name and a password"),
        ("my calendar", "no address of a calendar"),
        ("https://a.example/\x00", "Null characters are not allowed."),
    ],
)
def test_another_is_refused_beside_the_field(me, interviewer, typed, said):
    response = me.post(PAGE, {"address": typed})
    assert response.status_code == 422
    assert said in text(response)
    assert calendar_reading.of(interviewer) is None


def test_what_was_typed_stays(me):
    response = me.post(PAGE, {"address": "http://calendar.example/a.ics"})
    assert 'value="http://calendar.example/a.ics"' in text(response)


def test_the_address_is_never_shown_again(me, source):
    read(source)
    assert "calendar.example" not in shown(me)


def test_until_it_is_read_the_page_looks_again(me, source):
    assert 'hx-trigger="every 3s"' in shown(me)
    read(source)
    assert "every 3s" not in shown(me)


@pytest.mark.parametrize(
    ("taken", "said"), [(0, "taken 0 times"), (1, "taken 1 time."), (12, "taken 12 times")]
)
def test_how_it_stands(me, source, taken, said):
    read(source, taken)
    page = " ".join(shown(me).split())
    assert "Read 5 minutes ago." in page
    assert said in page


def test_an_error_is_a_sentence_with_what_still_counts(me, source):
    read(source, 2, error="gone", due_at=timezone.now() + timedelta(minutes=15, seconds=30))
    page = " ".join(shown(me).split())
    assert "There is no calendar at this address any more." in page
    assert "It was read well 5 minutes ago; the times from then still count." in page
    assert "The next try: 15 minutes from now." in page


def test_read_again_now(me, source):
    CalendarSource.objects.update(due_at=timezone.now() + timedelta(hours=1))
    assert post(me, "calendar_again").status_code == 302
    assert list(calendar_reading.due()) == [source.pk]


def test_removed_and_put_back(me, source, interviewer):
    page = text(me.post(reverse("hiring:calendar_remove"), follow=True))
    assert "Your calendar is removed." in page
    assert calendar_reading.of(interviewer) is None
    mark = CalendarSource.objects.get().undoable["removed"]["mark"]
    url = reverse("hiring:calendar_take_back", args=[source.pk])
    assert f"{url}?mark={mark}" in page
    assert me.post(f"{url}?mark={mark}").status_code == 302
    assert calendar_reading.of(interviewer) == source


def test_put_back_twice_says_so(me, source, interviewer):
    row = calendar_reading.remove(source, by=interviewer)
    url = f"{reverse('hiring:calendar_take_back', args=[row.pk])}?mark={row.undoable['removed']['mark']}"
    assert [me.post(url).status_code for _ in range(2)] == [302, 409]


@pytest.mark.parametrize("name", ["calendar_again", "calendar_remove", "feed_end"])
def test_with_nothing_there_nothing_happens(me, name):
    assert post(me, name).status_code == 302


def test_even_an_owner_sees_only_their_own(source, owner, sign_in, interviewer):
    boss = sign_in(owner)
    read(source, 3)
    assert "taken 3" not in shown(boss)
    post(boss, "calendar_remove")
    row = calendar_reading.remove(source, by=interviewer)
    url = f"{reverse('hiring:calendar_take_back', args=[row.pk])}?mark={row.undoable['removed']['mark']}"
    assert boss.post(url).status_code == 404
    assert calendar_reading.of(interviewer) is None


@pytest.mark.parametrize("taken", [1, 3])
def test_queries(me, source, taken, django_assert_num_queries):
    read(source, taken)
    me.get(PAGE)
    with django_assert_num_queries(6):
        me.get(PAGE)


# -- what is written


def test_an_address_is_made_and_shown_once(me, interviewer):
    response = post(me, "feed_make", seen="0")
    page = text(response)
    start = page.index("http://localhost:8000/my/feed/")
    address = page[start : page.index("<", start)]
    assert (response.status_code, me.get(address.removeprefix("http://localhost:8000")).status_code) == (
        200,
        200,
    )
    assert "webcal://localhost:8000/my/feed/" in page
    assert "/my/feed/" not in shown(me)


def test_the_same_form_twice_makes_one(me, interviewer):
    post(me, "feed_make", seen="0")
    first = feed.living(interviewer)
    response = post(me, "feed_make", seen="0")
    assert response.status_code == 409
    assert "Another address was made meanwhile." in text(response)
    assert feed.living(interviewer) == first


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 30, "٣"])
def test_a_form_that_says_nothing_counts_as_the_first(me, interviewer, seen):
    assert post(me, "feed_make", seen=seen).status_code == 200


def test_a_new_one_from_the_page(me, interviewer):
    feed.renew(interviewer, seen=0)
    first = feed.living(interviewer)
    assert f'name="seen" value="{first.pk}"' in shown(me)
    post(me, "feed_make", seen=str(first.pk))
    assert feed.living(interviewer).pk > first.pk


def test_ended_from_the_page(me, interviewer):
    feed.renew(interviewer, seen=0)
    page = text(me.post(reverse("accounts:feed_end"), follow=True))
    assert "The address works no more." in page
    assert feed.living(interviewer) is None


# -- the mail about a new time


def told(interview, by):
    """(who, whether it came for the calendar, too) of every mail."""
    telling.talk(interview, by=by)
    mails = Mail.objects.filter(message="told_one")
    return sorted((mail.recipient, b"text/calendar" in bytes(mail.body)) for mail in mails)


def test_who_sits_in_gets_it_with_the_mail(company, manager, owner, interviewer):
    ada = make_application(make_job(company, members=[manager]))
    talk = make_interview(ada, manager)
    Assignment.objects.create(company=company, application=ada, membership=interviewer)
    InterviewHost.objects.create(company=company, interview=talk, membership=interviewer)
    assert told(talk, owner) == [(interviewer.email, True), (manager.email, False)]
