"""Results side by side, and the need over time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from readiness import compare_page
from readiness.models import Assessment
from tests.readiness.factories import BUSY, make_assessment
from tests.readiness.test_views import text

pytestmark = pytest.mark.django_db
COMPARE = reverse("readiness:compare")


def made(company, weeks, **answers):
    """A result so many weeks ago."""
    row = make_assessment(company, **answers)
    when = timezone.now() - timedelta(weeks=weeks)
    Assessment.objects.filter(pk=row.pk).update(created_at=when)
    return Assessment.objects.get(pk=row.pk)


def several(company, count):
    return [made(company, 4 * n, support_hours=20 + n, breath=n % 5) for n in range(count, 0, -1)][::-1]


def line(context, code, label=None):
    found = [each for each in context["lines"] if each["code"] == code]
    return next(each["cells"] for each in found if label is None or str(each["label"]) == label)


def changed(context):
    return {str(each["label"]): each["cells"] for each in context["answers"]}


# -- the table


def test_the_newest_stands_first(owner):
    old, new = made(owner.company, 9), made(owner.company, 1, support_hours=40)
    context = compare_page.context([new, old])
    assert context["rows"] == [new, old]
    assert line(context, "answer") == [
        "Hire now, about 24 hours a week.",
        "Hire part-time now, about 15 hours a week.",
    ]
    assert line(context, "hours") == ["24", "15"]
    assert line(context, "firm") == [True, True]
    assert line(context, "version") == ["2026-1", "2026-1"]


def test_need_range_and_every_signal(owner):
    rows = [made(owner.company, 1), made(owner.company, 2, ratings=None)]
    context = compare_page.context(rows)
    assert line(context, "need") == [round(row.result["need"]) for row in rows]
    assert line(context, "range")[0] == (round(rows[0].result["low"]), round(rows[0].result["high"]))
    assert line(context, "signal", "Ratings and reviews") == [20, None]
    assert line(context, "signal", "Overload") == [98, 98]


def test_only_what_was_answered_differently_is_listed(owner):
    new = made(owner.company, 1, support_hours=30, ratings=None)
    context = compare_page.context([new, made(owner.company, 5)])
    assert changed(context) == {
        "Hours a week you answer customers": [("30", True), ("25", False)],
        "Your ratings and reviews lately": [(None, True), ("The same", False)],
    }


def test_a_change_is_marked_where_it_happened(owner):
    rows = [made(owner.company, n, support_hours=hours) for n, hours in ((1, 30), (5, 30), (9, 20))]
    assert list(changed(compare_page.context(rows)).values()) == [
        [("30", False), ("30", True), ("20", False)]
    ]


def test_the_same_answers_have_no_difference(owner):
    assert compare_page.context([made(owner.company, 1), made(owner.company, 5)])["answers"] == []


def test_five_at_most_stand_side_by_side_and_all_are_drawn(owner):
    context = compare_page.context(several(owner.company, 7))
    assert len(context["rows"]) == compare_page.BESIDE
    assert len(context["history"]["points"]) == 7


def test_an_answer_no_form_asks_for_any_more_is_left_out(owner):
    new, old = made(owner.company, 1), made(owner.company, 5)
    new.answers = BUSY | {"shoe_size": 41}
    assert compare_page.context([new, old])["answers"] == []


def test_people_who_help_are_named_without_the_question_before(owner):
    team = {"help": "yes", "helpers": 2, "team_keeping_up": 4}
    found = changed(compare_page.context([made(owner.company, 1, **team), made(owner.company, 5)]))
    assert found["How many people help you answer"] == [("2", True), (None, False)]
    assert found["Whether those who help are keeping up"] == [("No", True), (None, False)]
    assert found["Does anybody already help you answer?"] == [("Yes", True), ("No, only me", False)]


# -- what came before an answer


def test_earlier_are_those_up_to_it_oldest_first(owner, rival):
    made(rival.company, 3)
    rows = several(owner.company, 3)
    found = compare_page.earlier(rows[1])
    assert [day for day, _ in found] == [timezone.localdate(row.created_at) for row in (rows[2], rows[1])]


def test_a_deleted_answer_is_not_among_them(owner):
    rows = several(owner.company, 3)
    Assessment.objects.filter(pk=rows[2].pk).update(deleted_at=timezone.now(), deleted_by=owner)
    assert len(compare_page.earlier(rows[0])) == 2


def test_earlier_ends_somewhere(owner):
    rows = several(owner.company, 4)
    assert len(compare_page.earlier(rows[0], most=3)) == 3


# -- the page


def test_the_page_shows_both(sign_in, manager):
    made(manager.company, 9)
    made(manager.company, 1, support_hours=40)
    page = text(sign_in(manager).get(COMPARE))
    assert "<h1>Your answers side by side</h1>" in page
    assert "<td> Hire now, about 24 hours a week. </td>" in page
    assert "<mark>40</mark>" in page
    assert '<polyline class="line"' in page


@pytest.mark.parametrize("rows", [0, 1])
def test_with_one_there_is_nothing_to_compare(sign_in, owner, rows):
    several(owner.company, rows)
    page = text(sign_in(owner).get(COMPARE))
    assert "Two answers can be compared" in page
    assert "<table" not in page


def test_another_company_sees_none_of_it(sign_in, owner, rival):
    several(owner.company, 3)
    made(rival.company, 1)
    assert "Two answers can be compared" in text(sign_in(rival).get(COMPARE))


@pytest.mark.parametrize("who", ["interviewer", "hire"])
def test_it_is_not_for_staff(sign_in, request, who):
    assert sign_in(request.getfixturevalue(who)).get(COMPARE).status_code == 403


@pytest.mark.parametrize(("rows", "linked"), [(1, False), (2, True)])
def test_list_and_answer_lead_there_from_two_on(sign_in, owner, rows, linked):
    newest = several(owner.company, rows)[0]
    client = sign_in(owner)
    for address in (reverse("readiness:home"), reverse("readiness:show", args=[newest.pk])):
        assert (COMPARE in text(client.get(address))) is linked


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queries(sign_in, owner, django_assert_num_queries, rows):
    several(owner.company, rows)
    client = sign_in(owner)
    client.get("/")
    with django_assert_num_queries(4):
        client.get(COMPARE)


@pytest.mark.parametrize("language", ["fi", "sv", "pl", "ar", "zh-hans"])
def test_every_language_opens_it(sign_in, owner, language):
    several(owner.company, 2)
    owner.user.language = language
    owner.user.save()
    assert sign_in(owner).get(COMPARE).context["answers"]
