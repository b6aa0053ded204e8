"""What customers say: written down, counted, mended, taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts import conflicts, undoing
from onboarding import friction
from onboarding.models import Friction, FrictionEvent, Heard, Mending, Sighting
from onboarding.models.concerned import hears_customers
from tests.onboarding.factories import make_onboarding
from tests.onboarding.test_library import CARD, HOSTILE, MASKED
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


def add(company, by, body="No size chart", **values):
    texts = {"kind": Heard.STUMBLE, "mark": friction.new_mark(), "example": "", "fix": ""}
    return friction.add(company, by=by, body=body, **(texts | values))


def counts(company, kind=Heard.STUMBLE, **more):
    return [(row.body, row.recent, row.total) for row in friction.listed(company, kind, **more)]


# Who writes


def test_bosses_and_new_hires_write_and_a_buddy_reads(company, owner, manager, hire, interviewer):
    plan = make_onboarding(company, hire, owner)
    plan.buddy = interviewer
    plan.save()
    assert [hears_customers(each) for each in (owner, manager, hire, interviewer)] == [
        True,
        True,
        True,
        False,
    ]


def test_a_colleague_with_a_plan_of_their_own_writes(company, owner, interviewer):
    make_onboarding(company, interviewer, owner)
    assert hears_customers(interviewer) is True


# Counting


def test_what_is_written_down_came_up_once(company, hire):
    row = add(company, hire, fix="A chart", example="Which size?")
    assert (row.body, row.fix, row.status, row.created_by) == ("No size chart", "A chart", Mending.NEW, hire)
    assert (Sighting.objects.get().example, Sighting.objects.get().by) == ("Which size?", hire)


def test_two_taps_count_two(company, owner, hire):
    row = add(company, owner)
    friction.again(row, by=hire, mark="one")
    friction.again(row, by=hire, mark="two")
    assert counts(company) == [("No size chart", 3, 3)]


def test_one_tap_sent_twice_counts_once(company, owner, hire):
    row = add(company, owner)
    assert friction.again(row, by=hire, mark="one").pk
    assert friction.again(row, by=hire, mark="one") is None
    assert counts(company) == [("No size chart", 2, 2)]


def test_one_form_sent_twice_is_one_point(company, owner):
    assert add(company, owner, mark="one").pk == add(company, owner, mark="one").pk
    assert (Friction.objects.count(), Sighting.objects.count()) == (1, 1)


def test_marks_of_another_company_do_not_count_here(company, owner, rival):
    add(rival.company, rival, "Theirs", mark="one")
    assert add(company, owner, mark="one").body == "No size chart"


def test_a_tap_without_a_mark_counts(company, owner):
    row = add(company, owner)
    assert friction.again(row, by=owner).pk != friction.again(row, by=owner).pk


def test_the_most_frequent_of_the_last_thirty_days_comes_first(company, owner):
    old, new = add(company, owner, "Old"), add(company, owner, "New")
    for _n in range(5):
        friction.again(old, by=owner)
    Sighting.objects.filter(friction=old).update(at=timezone.now() - timedelta(days=30, seconds=1))
    friction.again(new, by=owner)
    assert counts(company) == [("New", 2, 2), ("Old", 0, 6)]


def test_the_last_day_still_counts(company, owner):
    add(company, owner)
    Sighting.objects.update(at=timezone.now() - timedelta(days=30) + timedelta(minutes=1))
    assert counts(company) == [("No size chart", 1, 1)]


def test_likes_and_dislikes_have_lists_of_their_own(company, owner):
    add(company, owner, "Fast", kind=Heard.LIKE)
    add(company, owner, "Plastic", kind=Heard.DISLIKE)
    assert counts(company) == []
    assert counts(company, Heard.LIKE) == [("Fast", 1, 1)]
    assert counts(company, Heard.DISLIKE) == [("Plastic", 1, 1)]


def test_another_companys_points_are_not_ours(company, owner, rival):
    add(rival.company, rival)
    assert counts(company) == []
    assert friction.similar(company, Heard.STUMBLE, "No size chart") == []


@pytest.mark.parametrize("n", [1, 3])
def test_one_query_for_the_list_and_two_for_what_is_alike(company, owner, n, django_assert_num_queries):
    for number in range(n):
        add(company, owner, f"No size chart {number}")
    with django_assert_num_queries(1):
        counts(company)
    with django_assert_num_queries(2):
        assert len(friction.similar(company, Heard.STUMBLE, "size chart is gone")) == n


def test_text_stays_as_typed_and_card_numbers_do_not(company, owner):
    row = add(company, owner, HOSTILE, fix=HOSTILE, example=f"{HOSTILE} {CARD}")
    row.refresh_from_db()
    assert (row.body, row.fix) == (HOSTILE, HOSTILE)
    assert Sighting.objects.get().example == f"{HOSTILE} {MASKED}"


# Taking a count back


def test_a_tap_is_taken_back(company, owner, hire):
    row = add(company, owner)
    friction.take_back(friction.again(row, by=hire), by=hire)
    assert counts(company) == [("No size chart", 1, 1)]


def test_with_its_last_tap_the_point_goes(company, hire):
    friction.take_back(add(company, hire).sightings.get(), by=hire)
    assert Friction.objects.count() == 0


def test_taken_back_twice_is_said(company, owner):
    row = add(company, owner)
    seen = friction.again(row, by=owner)
    friction.take_back(seen, by=owner)
    with pytest.raises(undoing.Gone):
        friction.take_back(seen, by=owner)
    assert counts(company) == [("No size chart", 1, 1)]


def test_somebody_elses_tap_is_theirs_unless_one_leads(company, owner, hire, interviewer):
    row = add(company, owner)
    seen = friction.again(row, by=hire)
    with pytest.raises(undoing.Refused):
        friction.take_back(seen, by=interviewer)
    friction.take_back(seen, by=owner)
    assert Sighting.objects.count() == 1


def test_after_ten_minutes_a_tap_stays(company, owner):
    row = add(company, owner)
    seen = friction.again(row, by=owner)
    Sighting.objects.filter(pk=seen.pk).update(at=timezone.now() - timedelta(minutes=10))
    with pytest.raises(undoing.Refused):
        friction.take_back(seen, by=owner)


# Mending


def move(row, by, status, note=""):
    return friction.move(row, by=by, status=status, note=note)


def test_where_it_stands_is_kept_with_who_and_why(company, owner, manager):
    row = add(company, owner)
    assert move(row, owner, Mending.SEEN)
    assert move(row, manager, Mending.NOT_NOW, "After the sale")
    kept = FrictionEvent.objects.order_by("pk").values_list("before", "after", "note", "by")
    assert list(kept) == [("new", "seen", "", owner.pk), ("seen", "not_now", "After the sale", manager.pk)]


def test_the_same_status_again_is_nothing(company, owner):
    row = add(company, owner)
    assert move(row, owner, Mending.SEEN) is True
    assert move(row, owner, Mending.SEEN) is False
    assert FrictionEvent.objects.count() == 1


def test_only_those_who_lead_decide(company, owner, hire):
    with pytest.raises(PermissionDenied):
        move(add(company, hire), hire, Mending.FIXED)
    assert Friction.objects.get().status == Mending.NEW


@pytest.mark.parametrize("status", [Mending.FIXED, Mending.NOT_NOW])
def test_what_is_settled_leaves_the_list_and_can_be_looked_at(company, owner, status):
    move(add(company, owner), owner, status)
    assert counts(company) == []
    assert counts(company, settled=True) == [("No size chart", 1, 1)]


def test_what_was_fixed_and_comes_again_is_new(company, owner, hire):
    row = add(company, owner)
    move(row, owner, Mending.FIXED)
    friction.again(row, by=hire)
    assert counts(company) == [("No size chart", 2, 2)]
    event = FrictionEvent.objects.latest("pk")
    assert (event.before, event.after, event.by) == (Mending.FIXED, Mending.NEW, hire)


def test_not_now_stays_not_now(company, owner):
    row = add(company, owner)
    move(row, owner, Mending.NOT_NOW)
    friction.again(row, by=owner)
    assert Friction.objects.get().status == Mending.NOT_NOW


def mark_of(row, what, by):
    row.refresh_from_db()
    return undoing.offered(row, what, by)


def test_a_status_is_taken_back_and_that_is_history_too(company, owner):
    row = add(company, owner)
    move(row, owner, Mending.FIXED)
    friction.take_back_change(row, mark_of(row, "status", owner), by=owner)
    assert Friction.objects.get().status == Mending.NEW
    assert FrictionEvent.objects.order_by("pk").values_list("after", flat=True)[1] == Mending.NEW


# Other words


def test_words_are_changed_and_taken_back(company, hire):
    row = add(company, hire)
    assert friction.change(row, by=hire, seen=1, body="No chart", fix="Make one")
    friction.take_back_change(row, mark_of(row, "words", hire), by=hire)
    row.refresh_from_db()
    assert (row.body, row.fix, row.revision) == ("No size chart", "", 3)


def test_the_same_words_are_nothing(company, hire):
    assert friction.change(add(company, hire), by=hire, seen=1, body="No size chart", fix="") is False


def test_an_older_page_does_not_win(company, owner, hire):
    row = add(company, hire)
    friction.change(row, by=hire, seen=1, body="First", fix="")
    with pytest.raises(conflicts.Changed):
        friction.change(row, by=owner, seen=1, body="Second", fix="")
    assert Friction.objects.get().body == "First"


def test_a_new_hire_changes_their_own_words_only(company, owner, hire):
    with pytest.raises(PermissionDenied):
        friction.change(add(company, owner), by=hire, seen=1, body="Mine", fix="")


def test_the_trail_has_what_was_done_and_no_words(company, owner):
    row = add(company, owner)
    friction.again(row, by=owner)
    move(row, owner, Mending.SEEN)
    entries = TrailEntry.objects.filter(kind="friction").order_by("pk").values_list("action", "fields")
    assert list(entries) == [
        ("friction.added", ["body"]),
        ("friction.again", ["count"]),
        ("friction.moved", ["status"]),
    ]


# For the weekly meeting


def test_the_meeting_gets_what_came_up_since_the_last_one(company, owner):
    since = timezone.now()
    often, once = add(company, owner, "Often"), add(company, owner, "Once")
    Sighting.objects.update(at=since - timedelta(days=1))
    add(company, owner, "Fast", kind=Heard.LIKE)
    for row in (often, often, once):
        friction.again(row, by=owner)
    found = friction.for_meeting(company, since)
    assert [(row.body, row.new, row.total) for row in found.stumbles] == [("Often", 2, 3), ("Once", 1, 2)]
    assert [(row.body, row.new) for row in found.likes] == [("Fast", 1)]
    assert found.dislikes == []


def test_a_quiet_week_is_empty(company, owner):
    add(company, owner)
    found = friction.for_meeting(company, timezone.now() + timedelta(seconds=1))
    assert (found.stumbles, found.likes, found.dislikes) == ([], [], [])


@pytest.mark.parametrize("n", [1, 3])
def test_the_meeting_costs_one_query(company, owner, n, django_assert_num_queries):
    since = timezone.now() - timedelta(days=7)
    for number in range(n):
        add(company, owner, str(number))
    with django_assert_num_queries(1):
        assert len(friction.for_meeting(company, since).stumbles) == n
