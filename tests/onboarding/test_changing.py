"""Changing one person's plan: a step's day, words and owner, leaving it out and putting it back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts import conflicts, undoing
from onboarding import changing, defaults, plans, reminders, steps
from onboarding.kinds import Change, Kind, Part, State
from onboarding.models import Step, StepEvent
from tests.factories import make_member
from tests.onboarding.factories import MONDAY, make_onboarding, step_of
from tests.onboarding.test_undo import address, last_action, undo_url
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 12, 11)


def values(step, **changes) -> dict:
    """What the form holds when it is opened, with `changes`."""
    now = {"title": step.label, "body": step.text, "due_on": step.due_on, "minutes": step.minutes}
    return now | {"owner": step.owner, "seen": step.revision} | changes


def change(step, by, **changes):
    return changing.change(step, by=by, **values(step, **changes))


def posted(step, **changes) -> dict:
    return {name: str(value) for name, value in values(step, **changes).items()}


@pytest.fixture
def step(plan):
    return step_of(plan, "values")


# -- what can be changed


def test_another_day_other_words_and_minutes(step, owner):
    assert change(step, owner, title="Our values", body="Five sentences", due_on=FRIDAY, minutes=20)
    step.refresh_from_db()
    assert (step.label, step.text, step.due_on, step.minutes) == ("Our values", "Five sentences", FRIDAY, 20)


def test_the_same_again_changes_nothing_and_says_nothing(step, owner):
    trail = TrailEntry.objects.count()
    assert change(step, owner) is False
    step.refresh_from_db()
    assert (step.revision, step.changed, TrailEntry.objects.count()) == (1, "", trail)


def test_words_of_the_catalogue_stay_in_every_language_when_only_the_day_moves(step, owner):
    change(step, owner, due_on=FRIDAY)
    step.refresh_from_db()
    with translation.override("fi"):
        assert (step.title, step.label) == ("", str(defaults.BY_KEY["values"].title))


def test_an_emptied_text_stays_empty(plan, owner):
    step = next(row for row in plan.steps.in_order() if row.text)
    change(step, owner, body="")
    step.refresh_from_db()
    assert (step.text, step.label) == ("", step.title)


def test_lines_as_a_browser_sends_them_are_no_change(step, owner):
    Step.objects.filter(pk=step.pk).update(title="Values", body="One\ntwo")
    step.refresh_from_db()
    assert changing.change(step, by=owner, **values(step, body="One\r\ntwo")) is False


def test_a_day_chosen_by_hand_stays_when_the_first_day_moves(step, plan, owner):
    change(step, owner, due_on=FRIDAY)
    plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=14))
    step.refresh_from_db()
    assert step.due_on == FRIDAY


def test_a_day_that_has_passed_is_missed_and_one_ahead_is_not(step, owner):
    change(step, owner, due_on=MONDAY - timedelta(days=1))
    step.refresh_from_db()
    assert step.missed
    change(step, owner, due_on=FRIDAY)
    step.refresh_from_db()
    assert not step.missed


def test_a_late_step_with_another_day_is_reminded_of_no_more(step, owner, clock):
    clock.move_to("2026-12-08 09:00 +0000")
    Step.objects.exclude(pk=step.pk).update(required=False)
    change(step, owner, due_on=FRIDAY)
    assert reminders.send() == 0


def test_it_is_handed_to_somebody_else(step, owner):
    change(step, owner, owner=Part.MANAGER)
    step.refresh_from_db()
    assert (step.owner, step.changed) == (Part.MANAGER, Change.NOT_YOURS)


def test_who_was_beside_it_does_it_and_the_other_is_beside(plan, owner):
    step = step_of(plan, "walk_through")
    before = (step.owner, step.partner)
    change(step, owner, owner=step.partner)
    step.refresh_from_db()
    assert (step.partner, step.owner) == before


@pytest.mark.parametrize("key", ["paperwork", "ask_first", "practice_late"])
def test_what_is_somebodys_by_what_it_is_is_not_handed_on(plan, owner, key):
    step = step_of(plan, key)
    change(step, owner, owner=Part.BUDDY, due_on=FRIDAY)
    after = step_of(plan, key)
    assert (after.owner, after.due_on) == (step.owner, FRIDAY)


@pytest.mark.parametrize("state", [State.DONE, State.SUBMITTED, State.SKIPPED, State.LEFT_OUT])
def test_what_somebody_has_done_stays_as_it_was(step, owner, state):
    Step.objects.filter(pk=step.pk).update(state=state, skip_reason="x")
    with pytest.raises(steps.Refused, match="stays as it was"):
        change(step, owner, due_on=FRIDAY)
    step.refresh_from_db()
    assert step.due_on == MONDAY


def test_a_plan_that_has_ended_is_changed_no_more(step, plan, owner):
    plans.cancel(plan, by=owner, reason="No")
    with pytest.raises(steps.Refused, match="has ended"):
        change(step, owner, due_on=FRIDAY)
    with pytest.raises(steps.Refused):
        steps.leave_out(step_of(plan, "values"), by=owner)


def test_two_who_change_it_hear_of_each_other(step, owner, manager):
    change(step, owner, due_on=FRIDAY)
    with pytest.raises(conflicts.Changed):
        change(step, manager, title="Values")
    assert step_of(step.onboarding, "values").title == ""


def test_strangers_change_nothing(step, hire, interviewer, rival):
    for who in (hire, interviewer, rival):
        with pytest.raises(PermissionDenied):
            change(step, who, due_on=FRIDAY)
        with pytest.raises(PermissionDenied):
            steps.leave_out(step, by=who)
        with pytest.raises(PermissionDenied):
            changing.take_back(step, "change-1", by=who)


def test_a_manager_who_is_new_does_not_change_their_own_plan(company, owner, manager):
    own = step_of(make_onboarding(company, manager, owner), "values")
    with pytest.raises(PermissionDenied):
        change(own, manager, due_on=FRIDAY)


def test_the_trail_names_the_columns_and_never_the_words(step, owner):
    change(step, owner, title="Secret", due_on=FRIDAY, reason="Private")
    entry = TrailEntry.objects.latest("pk")
    assert (entry.action, entry.subject_id) == ("step.changed", step.pk)
    assert sorted(entry.fields) == ["due_on", "number", "title"]


# -- taking it back


def taken_back(step, by):
    changing.take_back(step, undoing.offered(step, "change", by), by=by)
    step.refresh_from_db()


def snapshot(step):
    step.refresh_from_db()
    return {name: getattr(step, name) for name in [*changing.KEPT, "changed_at"]}


def test_everything_comes_back(step, owner):
    before = snapshot(step)
    change(step, owner, title="x", body="y", due_on=FRIDAY, owner=Part.BUDDY, minutes=3, reason="z")
    assert snapshot(step) != before
    taken_back(step, owner)
    assert (snapshot(step), last_action()) == (before, "step.taken_back")


def test_of_two_changes_the_earlier_one_stands_and_is_said_again(step, owner):
    change(step, owner, due_on=FRIDAY, reason="Holiday")
    first = snapshot(step)
    change(step, owner, title="Values")
    step.refresh_from_db()
    taken_back(step, owner)
    assert snapshot(step) == first


def test_a_step_that_went_on_is_not_set_back(step, owner, hire):
    change(step, owner, due_on=FRIDAY)
    steps.tick(step_of(step.onboarding, "values"), by=hire)
    step.refresh_from_db()
    with pytest.raises(undoing.Gone, match="gone on"):
        taken_back(step, owner)
    assert step_of(step.onboarding, "values").due_on == FRIDAY


def test_after_ten_minutes_it_stays(step, owner, clock):
    change(step, owner, due_on=FRIDAY)
    step.refresh_from_db()
    mark = undoing.offered(step, "change", owner)
    clock.shift(timedelta(minutes=10))
    with pytest.raises(undoing.Refused, match="ten minutes"):
        changing.take_back(step, mark, by=owner)


def test_a_form_opened_before_the_undo_hears_of_it(step, owner):
    change(step, owner, due_on=FRIDAY)
    step.refresh_from_db()
    stale = values(step, title="x")
    taken_back(step, owner)
    with pytest.raises(conflicts.Changed):
        changing.change(step, by=owner, **stale)


# -- leaving out


def test_a_step_left_out_is_kept_and_asked_of_nobody(step, plan, owner, hire, sign_in):
    asked = plans.Onboarding.objects.get(pk=plan.pk).steps.filter(required=True).count()
    assert steps.leave_out(step, by=owner, reason="We have none")
    page = sign_in(hire).get(reverse("onboarding:today"))
    assert step not in page.context["today"].todo
    assert page.context["today"].progress.total == asked - page.context["today"].progress.done - 1 - sum(
        not row.concerns(Part.HIRE) and row.required for row in plan.steps.all()
    )


def test_left_out_is_never_late_and_never_reminded_of(step, owner, clock):
    steps.leave_out(step, by=owner)
    clock.move_to("2026-12-10 09:00 +0000")
    Step.objects.exclude(pk=step.pk).update(required=False)
    assert (step.is_late(date(2026, 12, 10)), reminders.send()) == (False, 0)


def test_put_back_it_is_open_on_its_day_with_what_was_written(plan, owner, hire):
    step = step_of(plan, "practice_late")
    steps.give(step, by=hire, body="Dear customer")
    steps.send_back(step, by=owner, message="Say the date")
    steps.leave_out(step, by=owner)
    steps.put_back(step, by=owner)
    step.refresh_from_db()
    assert (step.state, step.answers.count(), step.message) == (State.OPEN, 1, "Say the date")
    assert (step.changed, step.changed_at) == ("", None)


@pytest.mark.parametrize("state", [State.DONE, State.SUBMITTED, State.SKIPPED])
def test_what_was_done_is_not_left_out(step, owner, state):
    Step.objects.filter(pk=step.pk).update(state=state, skip_reason="x")
    step.refresh_from_db()
    with pytest.raises(steps.Refused, match="stays in the plan"):
        steps.leave_out(step, by=owner)


def test_twice_is_once(step, owner):
    assert [steps.leave_out(step, by=owner), steps.leave_out(step, by=owner)] == [True, False]
    assert [steps.put_back(step, by=owner), steps.put_back(step, by=owner)] == [True, False]
    assert list(StepEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "leave_out",
        "put_back",
    ]


def test_a_tick_from_a_page_that_still_shows_it_is_stale(step, owner, hire):
    seen = step_of(step.onboarding, "values")
    steps.leave_out(step, by=owner)
    with pytest.raises(steps.Stale):
        steps.tick(seen, by=hire)
    assert step_of(step.onboarding, "values").state == State.LEFT_OUT


def test_a_form_on_a_step_left_out_meanwhile_is_stale(step, owner):
    seen = step_of(step.onboarding, "values")
    steps.leave_out(step, by=owner)
    with pytest.raises(conflicts.Changed):
        change(seen, owner, due_on=FRIDAY)


def test_left_out_steps_move_along_with_the_first_day(step, plan, owner):
    steps.leave_out(step, by=owner)
    plans.move_start(plan, by=owner, start_date=MONDAY + timedelta(days=7))
    step.refresh_from_db()
    assert step.due_on == MONDAY + timedelta(days=7)


# -- the pages


def test_changed_through_the_page_with_undo(step, owner, sign_in):
    client = sign_in(owner)
    url = undo_url(client.post(address("change_step", step), posted(step, due_on=FRIDAY, reason="Holiday")))
    step.refresh_from_db()
    assert (step.due_on, step.change_reason) == (FRIDAY, "Holiday")
    assert [client.post(url).status_code for _ in range(2)] == [302, 409]
    step.refresh_from_db()
    assert (step.due_on, step.change_reason) == (MONDAY, "")


def test_the_plan_shows_undo_at_the_step_while_it_can(step, plan, owner, sign_in, clock):
    change(step, owner, due_on=FRIDAY)
    client, url = sign_in(owner), address("take_back_change", step).encode()
    found = [url in client.get(address(name, row)).content for name, row in (("plan", plan), ("step", step))]
    clock.shift(timedelta(minutes=11))
    assert [*found, url in client.get(address("plan", plan)).content] == [True, True, False]


def test_two_tabs_meet_on_the_page_of_conflicts(step, owner, manager, sign_in):
    body = posted(step, title="Mine")
    change(step, owner, title="Theirs")
    answer = sign_in(manager).post(address("change_step", step), body)
    assert (answer.status_code, b"Mine" in answer.content, b"Theirs" in answer.content) == (409, True, True)
    step.refresh_from_db()
    again = sign_in(manager).post(address("change_step", step), body | {"seen": step.revision})
    step.refresh_from_db()
    assert (again.status_code, step.title) == (302, "Mine")


def test_a_step_done_meanwhile_says_so_and_keeps_what_was_typed(step, owner, hire, sign_in):
    body = posted(step, title="Typed words")
    steps.tick(step, by=hire)
    client = sign_in(owner)
    answer = client.post(address("change_step", step), body)
    assert (answer.status_code, b"Typed words" in answer.content) == (409, True)
    assert client.get(address("change_step", step)).url == address("step", step)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("title", "a\0b"),
        ("due_on", ""),
        ("due_on", "tomorrow"),
        ("due_on", "9999-12-31"),
        ("due_on", "٢٠٢٦-٩٩-٩٩"),
        ("minutes", "0"),
        ("minutes", "1" + "0" * 18),
        ("minutes", "NaN"),
        ("owner", "boss"),
        ("body", "x" * 4001),
        ("reason", "x" * 301),
    ],
)
def test_bad_input_is_said_beside_its_field_and_kept(step, owner, sign_in, field, value):
    answer = sign_in(owner).post(address("change_step", step), posted(step) | {field: value})
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, [field])
    step.refresh_from_db()
    assert step.revision == 1


@pytest.mark.parametrize("seen", ["-1", "x", "1" + "0" * 18])
def test_an_odd_revision_changes_nothing(step, owner, sign_in, seen):
    answer = sign_in(owner).post(address("change_step", step), posted(step, title="x") | {"seen": seen})
    step.refresh_from_db()
    assert (answer.status_code, step.title) == (422, "")


def test_arabic_digits_are_numbers(step, owner, sign_in):
    sign_in(owner).post(address("change_step", step), posted(step) | {"minutes": "٢٥"})
    step.refresh_from_db()
    assert step.minutes == 25


def test_left_out_and_put_back_from_the_plan(step, plan, owner, sign_in):
    client = sign_in(owner)
    answer = client.post(address("leave_out", step), {"out_reason": "We have none", "back": "plan"})
    assert (answer.url, undo_url(answer)) == (address("plan", plan), address("put_back", step))
    page = client.get(address("plan", plan))
    assert [row.pk for row in page.context["left_out"]] == [step.pk]
    assert b"Left out: 1 step" in page.content
    assert b"We have none" in page.content
    client.post(address("put_back", step), {"back": "plan"})
    assert client.get(address("plan", plan)).context["left_out"] == []


def test_of_two_added_steps_each_is_taken_back_by_itself(plan, owner, sign_in):
    client = sign_in(owner)
    body = {"owner": "hire", "due_on": "2026-12-08", "minutes": "15"}
    urls = [undo_url(client.post(address("add_step", plan), body | {"title": name})) for name in "ab"]
    client.post(urls[0])
    assert list(plan.steps.filter(key="").values_list("title", flat=True)) == ["b"]
    client.post(urls[1])
    assert not plan.steps.filter(key="").exists()


def test_the_reason_of_an_added_step_is_kept(plan, owner, sign_in):
    body = {"title": "Courier", "owner": "hire", "due_on": "2026-12-08", "minutes": "15"}
    more = {"body": "He comes at ten", "reason": "New contract"}
    sign_in(owner).post(address("add_step", plan), body | more)
    step = Step.objects.get(title="Courier")
    assert (step.text, step.change_reason, step.changed) == ("He comes at ten", "New contract", "added")


@pytest.mark.parametrize("n", [1, 3])
def test_the_plan_costs_the_same_whatever_was_changed(plan, owner, sign_in, n):
    client = sign_in(owner)
    client.get(address("plan", plan))
    for key in ["values", "tone_guide", "data_safety"][:n]:
        change(step_of(plan, key), owner, due_on=FRIDAY)
        steps.leave_out(plan.steps.filter(kind=Kind.MEETING, state=State.OPEN).earliest("pk"), by=owner)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(address("plan", plan))
    assert len(queries) == 5


# -- what the new hire reads


def told(client):
    page = client.get(reverse("onboarding:today"))
    return [(row.label, row.changed) for row in page.context["today"].changed], page.content.decode()


def test_a_moved_step_is_said_kindly_with_its_reason(step, owner, hire, sign_in):
    change(step, owner, due_on=FRIDAY, reason="The meeting room is taken")
    rows, page = told(sign_in(hire))
    assert rows == [(step.label, "moved")]
    assert "Your plan has changed a little" in page
    assert "Now on Friday, December 11" in page
    assert "The meeting room is taken" in page


def test_without_a_change_nothing_is_said(plan, hire, sign_in):
    assert "Your plan has changed" not in told(sign_in(hire))[1]


def test_each_change_has_its_sentence(plan, owner, hire, sign_in):
    change(step_of(plan, "values"), owner, owner=Part.MANAGER)
    change(step_of(plan, "welcome_note"), owner, owner=Part.HIRE)
    change(step_of(plan, "tone_guide"), owner, title="Tone")
    steps.leave_out(step_of(plan, "data_safety"), by=owner)
    plans.add(plan, by=owner, title="Courier", owner=Part.HIRE, due_on=FRIDAY)
    rows, page = told(sign_in(hire))
    assert sorted(what for _label, what in rows) == ["added", "left_out", "not_yours", "worded", "yours"]
    for words in ("New for", "No longer needed", "Somebody else does it", "Described anew", "Yours now"):
        assert words in page


def test_what_was_taken_back_or_put_back_is_not_said(plan, owner, hire, sign_in):
    step = step_of(plan, "values")
    change(step, owner, due_on=FRIDAY)
    step.refresh_from_db()
    taken_back(step, owner)
    other = step_of(plan, "tone_guide")
    steps.leave_out(other, by=owner)
    steps.put_back(other, by=owner)
    assert told(sign_in(hire))[0] == []


def test_what_is_done_and_what_is_old_is_not_said(plan, owner, hire, sign_in, clock):
    change(step_of(plan, "values"), owner, title="Ours")
    steps.tick(step_of(plan, "values"), by=hire)
    change(step_of(plan, "tone_guide"), owner, title="Tone")
    client = sign_in(hire)
    assert [what for _label, what in told(client)[0]] == ["worded"]
    clock.shift(timedelta(days=2))
    assert told(client)[0] == []


def test_what_others_do_is_not_said_to_the_new_hire(plan, owner, hire, sign_in):
    step = plan.steps.filter(owner=Part.MANAGER, partner="").earliest("pk")
    change(step, owner, due_on=FRIDAY, reason="Budget")
    rows, page = told(sign_in(hire))
    assert (rows, "Budget" in page) == ([], False)


def test_markup_in_a_reason_is_only_text(step, owner, hire, sign_in):
    change(step, owner, title="<b>{{ x }}</b>", reason="<script>alert(1)</script>")
    page = told(sign_in(hire))[1]
    assert "<script>alert" not in page
    assert "&lt;b&gt;{{ x }}" in page


def test_another_company_finds_no_step(step, rival, sign_in):
    client = sign_in(rival)
    client.post(address("change_step", step), posted(step, title="x"))
    assert client.get(address("change_step", step)).status_code == 404
    step.refresh_from_db()
    assert step.title == ""


def test_a_colleague_who_helps_reads_the_plan_and_changes_nothing(step, plan, company, sign_in):
    buddy = make_member(company, "interviewer")
    plans.Onboarding.objects.filter(pk=plan.pk).update(buddy=buddy)
    client = sign_in(buddy)
    page = client.get(address("plan", plan)).content
    assert address("change_step", step).encode() not in page
    assert client.post(address("change_step", step), posted(step, title="x")).status_code == 403
