"""What can wait leaves between 8 and 20 o'clock where the shop is, whatever happens to the clocks there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mailroom import delivery, outbox, quiet_hours
from mailroom.models import Mail
from tests.factories import make_company
from vault.work import State

ZONES = ["Pacific/Auckland", "America/St_Johns", "Europe/Helsinki", "Africa/Cairo", "America/New_York", "UTC"]


def local(zone, *when):
    return datetime(*when, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("when", "leaves"),
    [
        ((2026, 11, 23, 8, 0), (2026, 11, 23, 8, 0)),
        ((2026, 11, 23, 19, 59), (2026, 11, 23, 19, 59)),
        ((2026, 11, 23, 20, 0), (2026, 11, 24, 8, 0)),
        ((2026, 11, 23, 23, 30), (2026, 11, 24, 8, 0)),
        ((2026, 11, 23, 0, 1), (2026, 11, 23, 8, 0)),
        ((2026, 12, 31, 22, 0), (2027, 1, 1, 8, 0)),
    ],
)
def test_the_night_is_where_the_shop_is(zone, when, leaves):
    assert quiet_hours.day_time(local(zone, *when), ZoneInfo(zone)) == local(zone, *leaves)


@pytest.mark.parametrize(
    ("zone", "when", "leaves"),
    [
        # The clocks go forward at 2:00 (Auckland 27 Sep, St John's 8 Mar), back at 3:00 and 2:00.
        ("Pacific/Auckland", (2026, 9, 26, 21), "2026-09-26 19:00"),
        ("Pacific/Auckland", (2026, 4, 4, 21), "2026-04-04 20:00"),
        ("America/St_Johns", (2026, 3, 7, 21), "2026-03-08 10:30"),
        ("America/St_Johns", (2026, 10, 31, 21), "2026-11-01 11:30"),
        ("Europe/Helsinki", (2026, 3, 28, 21), "2026-03-29 05:00"),
        ("Europe/Helsinki", (2026, 10, 24, 21), "2026-10-25 06:00"),
    ],
)
def test_it_is_eight_by_the_clock_also_when_the_night_is_shorter_or_longer(zone, when, leaves):
    found = quiet_hours.day_time(local(zone, *when), ZoneInfo(zone))
    assert f"{found.astimezone(UTC):%Y-%m-%d %H:%M}" == leaves


@given(
    when=st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2032, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES).map(ZoneInfo),
)
def test_it_always_leaves_by_day_never_earlier_and_within_half_a_day_and_an_hour(when, zone):
    found = quiet_hours.day_time(when, zone)
    assert 8 <= found.astimezone(zone).hour < 20
    assert timedelta(0) <= found - when <= timedelta(hours=13)
    assert quiet_hours.day_time(found, zone) == found


@pytest.fixture
def kind(settings, monkeypatch):
    settings.QUIET_HOURS, settings.KEEP_MAIL = True, True
    monkeypatch.setattr(quiet_hours, "messages", {"test_mail"})
    return "test_mail"


def mail(company, message):
    return outbox.post(message=message, to="ada@mail.example", company=company, own=("Hello", "Words"))


@pytest.mark.django_db
def test_a_worker_leaves_it_for_the_morning_and_counts_no_try(kind):
    company = make_company(timezone="Europe/Helsinki")
    with time_machine.travel("2026-11-23 23:00 +0200", tick=False):
        row = mail(company, kind)
        assert delivery.deliver_for(row.pk) == 0
        row.refresh_from_db()
        assert (row.state, row.tries) == (State.WAITING, 0)
        assert (
            timezone.localtime(row.due_at, ZoneInfo("Europe/Helsinki")).isoformat()[:16] == "2026-11-24T08:00"
        )
    with time_machine.travel("2026-11-24 08:00 +0200", tick=False):
        assert delivery.deliver_for(row.pk) == 1


@pytest.mark.django_db
def test_a_receipt_goes_at_any_hour(kind):
    with time_machine.travel("2026-11-23 03:00 +0000", tick=False):
        row = mail(make_company(timezone="UTC"), "application_received")
        assert delivery.deliver_for(row.pk) == 1


@pytest.mark.django_db
def test_a_mail_of_no_shop_has_no_night(kind):
    with time_machine.travel("2026-11-23 03:00 +0000", tick=False):
        row = mail(None, kind)
        assert (quiet_hours.sleeps_until(row), Mail.objects.get().state) == (None, State.WAITING)


@pytest.mark.django_db
def test_words_of_the_shop_stand_for_the_templates_in_both_parts():
    own = ("Hi\nBcc: x", "<b>One</b>\n\n{% now %}")
    row = outbox.post(message="not_selected", to="a@mail.example", company=make_company(), own=own)
    assert (row.subject, delivery.text_of(row).split()) == ("Hi Bcc: x", ["<b>One</b>", "{%", "now", "%}"])
    body = bytes(Mail.objects.defer(None).get().body).decode()
    assert ("&lt;b&gt;One&lt;/b&gt;" in body, "thank you" in body) == (True, False)


@pytest.mark.django_db
def test_what_left_and_came_back_is_set_aside_once():
    row = mail(make_company(), "not_selected")
    assert outbox.came_back(row, "550 5.1.1") is False  # it never left
    Mail.objects.update(state=State.DONE)
    assert outbox.came_back(row, "550 5.1.1 no such user") is True
    assert outbox.came_back(row, "again") is False
    assert Mail.objects.get().reason.code == "unknown"
