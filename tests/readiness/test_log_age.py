"""How long a counted log speaks: twelve weeks; after that what somebody says today counts, and the page says so."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from readiness import answer_page, assessments, import_words, imports, measured, words
from readiness.models import Assessment
from readiness.scoring import DEFAULT
from tests.readiness import logs
from tests.readiness.factories import BUSY, make_assessment, typed
from tests.readiness.test_imports import EVENTS
from tests.readiness.test_views import text

SERIES = {"weeks": [["2024-01-01", 5, None], ["2024-01-08", 7, None]], "measured": {"measured_week": 6.0}}
SUNDAY = datetime.date(2024, 1, 14)


def counted(member, **options):
    """The known log of `logs`, received and counted."""
    body = logs.event_log(logs.growing_and_cut(**options))
    row = imports.receive(company=member.company, by=member.user, upload=logs.upload(body))[0]
    imports.start(row, mapping=EVENTS, by=member.user)
    imports.run(row.pk)
    return row


def day(ago):
    """The Sunday on which the known log's counting ends."""
    return date_format(logs.mondays_ago(ago).date() - datetime.timedelta(days=1), "DATE_FORMAT")


def test_counted_until_the_end_of_the_last_whole_week():
    assert measured.counted_until(SERIES) == SUNDAY
    assert measured.counted_until({"weeks": []}) is None


@pytest.mark.parametrize(("days", "speaks"), [(-30, True), (0, True), (84, True), (85, False), (800, False)])
def test_twelve_weeks_are_the_edge(days, speaks):
    assert measured.speaks(SERIES, on=SUNDAY + datetime.timedelta(days=days)) is speaks


def test_a_log_without_a_whole_week_says_nothing():
    assert measured.speaks({"weeks": [], "measured": {}}, on=SUNDAY) is False


def test_the_edge_is_a_judgement_that_is_printed():
    assert ("Weeks for which counted tickets speak", "12") in words.thresholds(DEFAULT)


@pytest.mark.django_db
def test_a_recent_log_replaces_what_was_said_and_says_until_when(owner):
    make_assessment(owner.company, by=owner.user)
    counted(owner)
    latest = assessments.latest(owner.company)
    assert latest.result["messages_week"] == 55.5
    until = logs.mondays_ago(6).date() - datetime.timedelta(days=1)
    assert latest.measured["counted_until"] == until.isoformat()


@pytest.mark.django_db
def test_an_old_log_replaces_nothing(owner):
    first = make_assessment(owner.company, by=owner.user)
    counted(owner, ago=20)
    latest = assessments.latest(owner.company)
    assert (latest, latest.measured, latest.result["messages_week"]) == (first, {}, 300)


@pytest.mark.django_db
def test_answers_given_after_twelve_weeks_are_the_ones_that_count(owner, time_machine):
    make_assessment(owner.company, by=owner.user)
    counted(owner)
    time_machine.move_to(timezone.now() + datetime.timedelta(weeks=7))
    later = make_assessment(owner.company, by=owner.user, messages_day=40)
    assert (later.measured, later.result["messages_week"]) == ({}, 200)
    earlier = Assessment.objects.exclude(pk=later.pk).latest("created_at")
    assert earlier.result["messages_week"] == 55.5  # what was said then stays said


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ago", "sentence"),
    [
        (
            6,
            "Counted in your tickets up to {}: 55.5 messages a week. This is used instead of the 300 you said.",
        ),
        (20, "Your tickets were counted up to {}. That is more than 12 weeks ago, so what you say counts."),
    ],
)
def test_the_answer_page_says_which_one_speaks(sign_in, owner, ago, sentence):
    make_assessment(owner.company, by=owner.user)
    counted(owner, ago=ago)
    assert sentence.format(day(ago)) in text(sign_in(owner).get(reverse("readiness:answer"), follow=True))


@pytest.mark.django_db
def test_an_old_log_invites_to_a_new_one(sign_in, owner):
    make_assessment(owner.company, by=owner.user)
    counted(owner, ago=20)
    page = text(sign_in(owner).get(reverse("readiness:answer"), follow=True))
    assert "weeks that were counted replace what you remember" in page
    assert "they count and not what you remember" not in page


@pytest.mark.django_db
@pytest.mark.parametrize(("ago", "times"), [(6, 0), (20, 1)])
def test_the_import_page_says_that_a_log_is_too_old(sign_in, owner, ago, times):
    row = counted(owner, ago=ago)
    page = text(sign_in(owner).get(reverse("readiness:import", args=[row.pk])))
    assert page.count("That is more than 12 weeks ago") == times


def test_a_log_that_counts_for_nothing_is_not_called_old():
    series = {"weeks": [], "measured": {}, "dropped_weeks": 0}
    said = import_words.warnings(series, on=SUNDAY)
    assert said == ["A normal week is not counted from this file, because that needs 4 whole weeks."]


@pytest.mark.django_db
def test_a_result_from_before_the_import_is_not_blamed_on_the_log(owner):
    """An old answer in the list, a log imported months later: nothing was too old then."""
    counted(owner)
    row = Assessment(answers=BUSY, measured={}, result=assessments.compute(BUSY), pk=1)
    row.created_at = timezone.now() - datetime.timedelta(weeks=40)
    page = answer_page.context(assessments.Current(BUSY, row.result, "", row), company=owner.company)
    assert page["measured_note"] == ""


@pytest.mark.django_db
def test_a_result_that_does_not_know_its_day_still_says_what_was_counted():
    row = Assessment(answers=BUSY, measured={"measured_week": 55.5}, pk=1)
    row.result = assessments.compute(BUSY, row.measured)
    said = answer_page.context(assessments.Current(BUSY, row.result, "", row))["measured_note"]
    assert said == "Counted in your tickets: 55.5 messages a week. This is used instead of the 300 you said."


@pytest.mark.django_db
def test_a_newer_log_speaks_for_an_older_one(owner):
    make_assessment(owner.company, by=owner.user)
    counted(owner, ago=20)
    counted(owner, ago=5)
    assert assessments.latest(owner.company).measured["measured_week"] == 55.5


@pytest.mark.django_db
def test_another_companys_log_speaks_for_nobody_else(owner, rival):
    counted(rival)
    assert make_assessment(owner.company, by=owner.user).measured == {}


@pytest.mark.django_db
def test_the_page_of_a_result_with_a_log_takes_no_further_query(sign_in, owner, django_assert_num_queries):
    row = make_assessment(owner.company, by=owner.user)
    counted(owner, ago=20)
    client = sign_in(owner)
    client.post(reverse("readiness:check"), typed())
    with django_assert_num_queries(7):
        client.get(reverse("readiness:show", args=[row.pk]))
