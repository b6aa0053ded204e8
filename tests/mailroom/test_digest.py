"""One mail in the morning: when, for whom, of what, and how often."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import Membership, Role
from config.celery import app
from hiring import applying, pipeline
from hiring.models import JobMember
from mailroom import digest, tasks, told
from mailroom.models import How, Mail, Notice
from tests.factories import make_company, make_member
from tests.hiring.factories import ANSWERS, make_job

pytestmark = pytest.mark.django_db
EVENING, NEXT = "2026-11-22 18:00 +0000", "2026-11-23 08:01 +0000"


@pytest.fixture
def clock():
    with time_machine.travel(EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def job(clock, company, owner):
    return make_job(company)


def apply(job, n=1):
    return [
        applying.apply(
            job, person={"name": f"Ada {i}", "email": f"ada{i}@mail.example"}, answers={}, key=str(i)
        )
        for i in range(n)
    ]


def digests():
    return Mail.objects.filter(message="told_digest").order_by("pk")


def live_in(member, zone):
    member.user.timezone = zone
    member.user.save()


# -- when it is eight


def at(text, zone) -> str:
    now = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return digest.morning(now, ZoneInfo(zone)).strftime("%d %H:%M")


@pytest.mark.parametrize(
    ("now", "zone", "found"),
    [
        ("2026-11-23 07:59", "UTC", "22 08:00"),
        ("2026-11-23 08:00", "UTC", "23 08:00"),
        ("2026-11-23 05:59", "Europe/Helsinki", "22 06:00"),
        ("2026-11-23 11:29", "America/St_Johns", "22 11:30"),
        ("2026-11-23 11:30", "America/St_Johns", "23 11:30"),
        ("2026-07-23 10:30", "America/St_Johns", "23 10:30"),
        ("2026-11-22 19:00", "Pacific/Auckland", "22 19:00"),
        ("2026-07-22 20:00", "Pacific/Auckland", "22 20:00"),
        ("2026-09-26 19:00", "Pacific/Auckland", "26 19:00"),  # the clock went forward that night
        ("2026-04-04 20:00", "Pacific/Auckland", "04 20:00"),  # and back in that one
    ],
)
def test_eight_is_by_the_persons_clock(now, zone, found):
    assert at(now, zone) == found


def test_an_hour_that_is_skipped_is_the_moment_after_the_jump():
    now = datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert digest.morning(now, ZoneInfo("Europe/Helsinki"), hour=3) == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_of_an_hour_that_comes_twice_it_is_the_first():
    now = datetime(2026, 10, 25, 12, tzinfo=UTC)
    assert digest.morning(now, ZoneInfo("Europe/Helsinki"), hour=3) == datetime(2026, 10, 25, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "early", "due"),
    [
        ("Pacific/Auckland", "2026-11-22 18:59 +0000", "2026-11-22 19:00 +0000"),
        ("America/St_Johns", "2026-11-23 11:29 +0000", "2026-11-23 11:30 +0000"),
        ("No/Such_Zone", "2026-11-23 07:59 +0000", "2026-11-23 08:00 +0000"),
    ],
)
def test_it_leaves_at_eight_where_the_person_is(job, owner, clock, zone, early, due):
    live_in(owner, zone)
    apply(job)
    clock.move_to(early)
    assert digest.send() == 0
    clock.move_to(due)
    assert digest.send() == 1


# -- how often


def test_twice_is_once_and_the_next_day_is_another(job, clock):
    apply(job)
    clock.move_to(NEXT)
    assert [digest.send(), digest.send()] == [1, 0]
    clock.move_to("2026-11-24 08:01 +0000")
    assert (digest.send(), digests().count()) == (0, 1)


def test_what_comes_after_eight_waits_for_the_next_morning(job, clock):
    clock.move_to("2026-11-23 08:05 +0000")
    apply(job)
    clock.move_to("2026-11-23 23:00 +0000")
    assert digest.send() == 0
    clock.move_to("2026-11-24 08:01 +0000")
    assert digest.send() == 1


def test_late_is_late_but_whole(job, clock):
    apply(job)
    clock.move_to("2026-11-23 16:00 +0000")
    assert digest.send() == 1


def test_days_that_were_missed_are_caught_up_with_once(job, clock):
    apply(job)
    clock.move_to("2026-11-27 09:00 +0000")
    assert [digest.send(), digest.send(), digests().count()] == [1, 0, 1]


def test_a_notice_that_came_late_into_the_table_makes_no_second_mail_that_day(job, owner, clock):
    apply(job)
    clock.move_to(NEXT)
    digest.send()
    apply(make_job(job.company))
    Notice.objects.filter(waits=True).update(at=datetime(2026, 11, 23, 7, 59, tzinfo=UTC))
    assert (digest.send(), Notice.objects.filter(waits=True).count()) == (0, 1)
    clock.move_to("2026-11-24 08:01 +0000")
    assert digest.send() == 1


def test_a_mail_that_cannot_be_written_leaves_everything_for_the_next_try(job, owner, clock, monkeypatch):
    apply(job)
    clock.move_to(NEXT)
    with monkeypatch.context() as patch:
        patch.setattr(digest, "_mark", lambda letters, over: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            digest.send()
    assert (digests().count(), digest.send()) == (0, 1)


# -- of what


def test_it_names_each_thing_with_its_address_and_where_to_change_it(job, clock, parsed):
    application = apply(job)[0]
    clock.move_to(NEXT)
    digest.send()
    message = parsed(digests().get())
    text, html = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    for page in (text, html):
        assert [word in page for word in ("Ada 0 has applied", f"/hiring/people/{application.pk}/")] == [
            True
        ] * 2
        assert "/mail/told/" in page
    assert message["Subject"] == "Lumi: 1 thing waits for you"


def test_many_are_named_in_part(job, clock, parsed):
    apply(job, 12)
    clock.move_to(NEXT)
    digest.send()
    text = parsed(digests().get()).get_body(("plain",)).get_content()
    assert (text.count("has applied:"), "and 2 more" in text) == (10, True)


def test_what_is_read_by_then_is_left_out_and_an_empty_morning_is_silent(job, owner, clock):
    application = apply(job)[0]
    pipeline.advance(application, to="phone", by=owner, expected="cv", how="page", answers=ANSWERS)
    Notice.objects.update(handled_at=None, waits=True)  # also when the writer did not say so
    clock.move_to(NEXT)
    assert (digest.send(), Notice.objects.filter(waits=True).count()) == (0, 0)


def test_what_was_seen_behind_the_bell_is_left_out(job, owner, clock):
    apply(job)
    told.seen(owner, up_to=Notice.objects.get().pk)
    clock.move_to(NEXT)
    assert digest.send() == 0


def test_somebody_taken_off_the_job_hears_nothing_of_it(job, owner, manager, clock):
    on = JobMember.objects.create(company=job.company, job=job, membership=manager)
    apply(job)
    on.delete()
    clock.move_to(NEXT)
    digest.send()
    assert [mail.recipient for mail in digests()] == [owner.email]


def test_neither_does_somebody_who_has_left_or_never_came_in(job, owner, clock):
    waiting = Membership.objects.create(company=job.company, role=Role.OWNER, email="new@lumi.example")
    apply(job)
    Membership.objects.filter(pk=owner.pk).update(removed_at=datetime(2026, 11, 22, 19, tzinfo=UTC))
    clock.move_to(NEXT)
    assert (digest.send(), Notice.objects.filter(member=waiting, waits=True).count()) == (0, 1)


def test_a_kind_that_is_gone_says_nothing(job, owner, clock):
    Notice.objects.create(company=job.company, member=owner, kind="old", about_id=1, waits=True)
    clock.move_to(NEXT)
    assert digest.send() == 0


def test_it_speaks_the_readers_language(job, owner, clock):
    owner.user.language = "ar"
    owner.user.save()
    apply(job)
    clock.move_to(NEXT)
    digest.send()
    assert digests().get().language == "ar"


# -- what it costs


@pytest.mark.parametrize("n", [1, 3])
def test_the_same_queries_for_any_number_of_people_and_things(company, clock, n, django_assert_num_queries):
    for _ in range(n):
        make_member(company, Role.OWNER)
    apply(make_job(company), n)
    clock.move_to(NEXT)
    with django_assert_num_queries(11):
        assert digest.send() == n


def test_each_company_gets_its_own(job, clock, rival):
    apply(job)
    apply(make_job(rival.company))
    clock.move_to(NEXT)
    assert digest.send() == 2
    assert len({mail.company_id for mail in digests()}) == 2


def test_looking_before_eight_costs_three_queries(job, clock, django_assert_num_queries):
    apply(job, 3)
    with django_assert_num_queries(3):
        digest.send()


def test_old_notices_go(job, clock):
    apply(job)
    clock.move_to("2027-02-20 17:59 +0000")
    assert digest.forget() == 0
    clock.move_to("2027-02-20 18:00 +0000")
    tasks.forget()
    assert Notice.objects.count() == 0


def test_the_task_is_in_the_schedule_and_may_run_twice(job, clock):
    assert app.conf.beat_schedule["send-digests"]["task"] == tasks.send_digests.name
    apply(job)
    clock.move_to(NEXT)
    tasks.send_digests()
    tasks.send_digests()
    assert digests().count() == 1


def test_who_wants_one_thing_at_once_still_gets_the_rest_in_the_morning(job, owner, clock):
    told.choose(owner, {"offer": How.ONCE, "application": How.DIGEST})
    apply(job)
    clock.move_to(NEXT)
    assert digest.send() == 1


def test_two_shops_of_one_person_write_two_mails(job, owner, clock):
    other = make_member(make_company("Second"), Role.OWNER, user=owner.user)
    apply(job)
    apply(make_job(other.company))
    clock.move_to(NEXT)
    assert digest.send() == 2
