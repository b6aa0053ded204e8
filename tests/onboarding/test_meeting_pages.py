"""The pages of weekly meetings, for the two who meet, the buddy, and those who must not get in."""

from datetime import timedelta

import pytest
from django.urls import reverse

from onboarding import friction, meeting_panel, meetings, panels, plans, questions, steps
from onboarding.models import Action, Meeting, Onboarding, Point, Series
from tests.factories import make_member
from tests.hiring.acts import text
from tests.onboarding.factories import step_of
from tests.onboarding.test_mine import IDENTITY
from tests.onboarding.weeks import FRIDAY, meeting, planned, set_up

pytestmark = pytest.mark.django_db
ODD = "{{ x }} <b>\u202etext</b> & more"
SHOWN = "{{ x }} &lt;b&gt;\u202etext&lt;/b&gt; &amp; more"


@pytest.fixture
def olga(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def sara(hire, sign_in):
    return sign_in(hire)


@pytest.fixture
def ines(plan, interviewer, sign_in):
    """The buddy."""
    Onboarding.objects.update(buddy=interviewer)
    return sign_in(interviewer)


def url(name, pk):
    return reverse(f"onboarding:{name}", args=[pk])


def post(client, name, row, **data):
    return client.post(url(name, row.pk), data)


def page(client, plan):
    return text(client.get(url("meetings", plan.pk)))


# -- the series


HOUR = {"weekday": "4", "at": "15:00", "minutes": "30", "place": "", "video_link": "", "ends_on": ""}


def test_empty_it_has_one_button_for_who_leads(plan, olga, sara):
    assert "Choose a day" in page(olga, plan)
    assert "Olga has not chosen a day yet." in page(sara, plan)


def test_friday_is_suggested(plan, olga):
    shown = text(olga.get(url("series", plan.pk)))
    assert '<option value="4" selected>Friday</option>' in shown
    assert 'value="15:00"' in shown


def test_set_up_from_the_page(plan, olga):
    response = post(olga, "series", plan, **HOUR)
    assert (response.status_code, planned(plan)[0]) == (302, FRIDAY)
    assert "Friday, December 11, 15:00" in page(olga, plan)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("weekday", "5", "Sara does not work on that day."),
        ("minutes", "0", "Ensure this value is greater than or equal to 5."),
        ("video_link", "ftp://x.example", "The link must begin with https://."),
        ("at", "x", "Enter a valid time."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(plan, olga, field, value, said):
    response = post(olga, "series", plan, **(HOUR | {field: value}))
    assert (response.status_code, said in text(response)) == (422, True)
    assert not Series.objects.exists()


def test_sent_twice_it_is_changed_not_doubled(plan, olga):
    post(olga, "series", plan, **HOUR)
    post(olga, "series", plan, **HOUR)
    assert Series.objects.count() == 1


def test_two_tabs_meet(plan, olga):
    set_up(plan)
    post(olga, "series", plan, **(HOUR | {"at": "09:00", "seen": "1"}))
    response = post(olga, "series", plan, **(HOUR | {"at": "10:00", "seen": "1"}))
    assert (response.status_code, "10:00" in text(response)) == (409, True)


def test_ended_and_going_on(plan, olga):
    set_up(plan)
    post(olga, "series_end", plan)
    assert planned(plan) == []
    assert "Let it go on" in page(olga, plan)
    post(olga, "series_end", plan, again="1")
    assert planned(plan)[0] == FRIDAY


# -- the page


def test_everything_that_waits_is_on_it(plan, olga, sara, hire, clock):
    set_up(plan)
    questions.ask(plan, by=hire, body="Where are the labels?")
    steps.give(step_of(plan, "day_one"), by=hire, mood="mixed", body="Returns are unclear")
    meetings.raise_point(plan, by=hire, text=ODD)
    meetings.raise_point(plan, by=hire, text="Loved the card", source="likes")
    friction.add(plan.company, by=hire, kind="stumble", body="No size chart", mark="1")
    for shown in (page(olga, plan), page(sara, plan)):
        for words in (
            "No size chart (1 time)",
            "Where are the labels?",
            "Returns are unclear",
            SHOWN,
            "Loved the card",
        ):
            assert words in shown


def test_what_was_written_before_the_last_meeting_is_over(plan, olga, hire, owner, clock):
    set_up(plan)
    steps.give(step_of(plan, "day_one"), by=hire, mood="mixed", body="Returns are unclear")
    clock.move_to("2026-12-11 14:00 +0000")
    meetings.hold(meeting(plan), by=owner)
    assert "Returns are unclear" not in page(olga, plan)


def test_raised_from_the_page(plan, sara, hire):
    response = post(sara, "raise_point", plan, text=ODD, source="problem")
    assert (response.status_code, Point.objects.get().text, Point.objects.get().by) == (302, ODD, hire)


def test_nothing_raised_is_said_beside_the_field(plan, sara):
    response = post(sara, "raise_point", plan, text=" ", source="problem")
    assert (response.status_code, "This field is required." in text(response)) == (422, True)


def test_taken_off_with_an_undo(plan, sara, hire):
    point = meetings.raise_point(plan, by=hire, text="The printer")
    response = sara.post(url("point_drop", point.pk), follow=True)
    assert url("point_pick_up", point.pk) in text(response)
    post(sara, "point_pick_up", point)
    assert meetings.waiting(plan).count() == 1


def test_notes_of_two_tabs(plan, olga, sara):
    set_up(plan)
    row = meeting(plan)
    post(sara, "meeting_notes", row, notes=ODD, seen="1")
    response = post(olga, "meeting_notes", row, notes="Mine", seen="1")
    assert response.status_code == 409
    assert (SHOWN in text(response), "Mine" in text(response)) == (True, True)
    assert meeting(plan).notes == ODD


def test_what_somebody_will_do(plan, olga, hire, sara):
    set_up(plan)
    row = meeting(plan)
    post(olga, "meeting_action", row, text="Order labels", owner=hire.pk, due_on="2026-12-14")
    action = Action.objects.get()
    assert "Order labels" in text(sara.get("/onboarding/today/"))
    post(sara, "action_done", action)
    assert "Order labels" not in text(sara.get("/onboarding/today/"))


def test_nobody_from_elsewhere_owes_anything(plan, olga, rival, interviewer):
    set_up(plan)
    for other in (rival, interviewer):
        response = post(olga, "meeting_action", meeting(plan), text="x", owner=other.pk, due_on="2026-12-14")
        assert response.status_code == 422
    assert not Action.objects.exists()


def test_held_and_taken_back(plan, sign_in, owner, clock):
    set_up(plan)
    clock.move_to("2026-12-11 14:00 +0000")
    olga = sign_in(owner)
    row = meeting(plan)
    shown = text(olga.post(url("meeting_held", row.pk), follow=True))
    assert url("meeting_reopen", row.pk) in shown
    post(olga, "meeting_reopen", row)
    assert meeting(plan).state == "planned"


def test_the_other_word_from_a_stale_page(plan, olga, sara, clock):
    set_up(plan)
    row = meeting(plan)
    post(olga, "meeting_held", row)
    assert post(sara, "meeting_not_held", row).status_code == 409


def test_read_again_by_both(plan, olga, sara, owner, hire):
    set_up(plan)
    row = meeting(plan)
    meetings.raise_point(plan, by=hire, text=ODD)
    meetings.write_notes(row, by=owner, seen=1, text="Agreed on labels")
    meetings.hold(row, by=owner)
    for client in (olga, sara):
        shown = text(client.get(url("meeting", row.pk)))
        assert (SHOWN in shown, "Agreed on labels" in shown) == (True, True)


# -- moving


def moved(client, row, **fields):
    form = {"on": "2026-12-14", "at": "10:00", "minutes": "30", "place": "", "video_link": "", "seen": "0"}
    return post(client, "meeting_move", row, **(form | fields))


def test_one_moves(plan, olga):
    set_up(plan)
    moved(olga, meeting(plan))
    assert planned(plan)[:2] == [FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=7)]


def test_all_following_move(plan, olga):
    set_up(plan)
    moved(olga, meeting(plan, FRIDAY + timedelta(days=7)), following="1", on="2026-12-17")
    assert planned(plan)[:3] == [FRIDAY, FRIDAY + timedelta(days=6), FRIDAY + timedelta(days=13)]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"on": "2026-12-01"}, "This day is over."),
        ({"on": "2026-12-19", "following": "1"}, "Sara does not work on that day."),
    ],
)
def test_days_it_cannot_move_to(plan, olga, fields, said):
    set_up(plan)
    response = moved(olga, meeting(plan), **fields)
    assert (response.status_code, said in text(response)) == (422, True)
    assert planned(plan)[0] == FRIDAY


def test_moved_from_two_tabs(plan, olga):
    set_up(plan)
    row = meeting(plan)
    moved(olga, row)
    assert moved(olga, row, at="11:00").status_code == 409


# -- who gets in


@pytest.mark.parametrize("role", ["manager", "interviewer", "hire"])
def test_others_of_the_shop_find_no_such_page(plan, company, sign_in, role):
    set_up(plan)
    other = sign_in(make_member(company, role))
    assert [
        other.get(url("meetings", plan.pk)).status_code,
        other.get(url("meeting", meeting(plan).pk)).status_code,
        post(other, "raise_point", plan, text="x", source="problem").status_code,
        post(other, "meeting_held", meeting(plan)).status_code,
    ] == [404, 404, 404, 404]
    assert (Point.objects.count(), meeting(plan).state) == (0, "planned")


def test_nor_does_another_company(plan, rival, sign_in):
    set_up(plan)
    other = sign_in(rival)
    assert other.get(url("meetings", plan.pk)).status_code == 404
    assert post(other, "meeting_notes", meeting(plan), notes="x", seen="1").status_code == 404
    assert meeting(plan).notes == ""


def test_the_buddy_reads_only_what_is_meant_for_them(plan, ines, hire):
    set_up(plan)
    meetings.raise_point(plan, by=hire, text="Between us")
    meetings.raise_point(plan, by=hire, text="For all three", with_buddy=True)
    questions.ask(plan, by=hire, body="Where are the labels?")
    shown = page(ines, plan)
    found = [words in shown for words in ("Between us", "For all three", "Where are the labels?")]
    assert found == [False, True, False]


def test_nor_the_single_meeting_nor_its_notes(plan, ines):
    set_up(plan)
    assert ines.get(url("meeting", meeting(plan).pk)).status_code == 404
    assert post(ines, "meeting_held", meeting(plan)).status_code == 404


def test_the_buddy_raises_a_problem(plan, ines, interviewer):
    post(ines, "raise_point", plan, text="The queue", source="problem")
    assert (Point.objects.get().by, Point.objects.get().with_buddy) == (interviewer, True)


def test_an_ended_plan_is_read_and_changed_no_more(plan, olga, owner):
    set_up(plan)
    plans.cancel(plan, by=owner, reason="No")
    assert "Raise" not in page(olga, plan)
    assert post(olga, "raise_point", plan, text="x", source="problem").status_code == 404


def test_a_new_colleagues_own_address(plan, sara, olga):
    assert sara.get("/onboarding/meetings/").headers["Location"] == url("meetings", plan.pk)
    assert olga.get("/onboarding/meetings/").status_code == 200


# -- home


def test_home_says_it_on_its_day_only(plan, owner, hire, clock):
    set_up(plan)
    assert meeting_panel.panel(owner) is None
    clock.move_to("2026-12-11 14:00 +0000")
    assert [row["other"] for row in meeting_panel.panel(owner).context["meetings"]] == [hire]
    assert [row["other"] for row in meeting_panel.panel(hire).context["meetings"]] == [owner]
    clock.move_to("2026-12-11 15:31 +0000")
    assert meeting_panel.panel(owner) is None


def test_on_the_readers_clock(plan, owner, clock, sign_in):
    set_up(plan)
    owner.user.timezone = "Asia/Tokyo"
    owner.user.save()
    clock.move_to("2026-12-11 14:00 +0000")
    assert meeting_panel.panel(owner) is None  # there it is Saturday by then
    clock.move_to("2026-12-11 15:10 +0000")
    assert "0:00" in text(sign_in(owner).get("/"))


def test_nobody_else_hears_of_it(plan, company, rival, manager, clock):
    set_up(plan)
    clock.move_to("2026-12-11 14:00 +0000")
    assert [meeting_panel.panel(member) for member in (rival, manager)] == [None, None]
    assert "onboarding/_panel_meetings.html" in [panel.template for panel in panels.for_member(plan.manager)]


# -- what it costs


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_ten_queries(plan, olga, hire, owner, count, django_assert_num_queries):
    set_up(plan)
    for n in range(count):
        meetings.raise_point(plan, by=hire, text=f"Point {n}")
        questions.ask(plan, by=hire, body=f"Question {n}")
        meetings.add_action(meeting(plan), by=owner, text=f"x {n}", owner=hire, due_on=FRIDAY)
    with django_assert_num_queries(IDENTITY + 10):
        page(olga, plan)


def test_all_meetings_of_a_year_are_one_query(plan, olga, django_assert_num_queries):
    set_up(plan)
    Meeting.objects.exclude(on=FRIDAY).update(state="held", settled_at="2026-12-12T09:00Z")
    with django_assert_num_queries(IDENTITY + 10):
        page(olga, plan)
