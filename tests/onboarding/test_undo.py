"""Taking a change of a plan, an answer, a review and the end of a plan back."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, team, undoing
from accounts.models import Invitation, Membership, Role
from mailroom import outbox
from onboarding import arrivals, drafts, intake, questions, reviews, steps
from onboarding.kinds import Kind, State
from onboarding.models import Onboarding, Question, SetupItem, Step
from tests.onboarding.factories import make_onboarding, step_of
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 14)


def undo_url(answer) -> str:
    return [message.extra_tags for message in get_messages(answer.wsgi_request)][-1].partition("undo:")[2]


def address(name, row):
    return reverse(f"onboarding:{name}", args=[row.pk])


def days(plan):
    return list(plan.steps.order_by("pk").values_list("due_on", "missed"))


def last_action():
    return TrailEntry.objects.latest("pk").action


# -- the plan

STEP = {"title": "Meet the courier", "owner": "hire", "due_on": "2026-12-08", "minutes": "15"}


def test_an_added_step_is_taken_back_once(plan, owner, sign_in):
    client, before = sign_in(owner), plan.steps.count()
    url = undo_url(client.post(address("add_step", plan), STEP))
    assert plan.steps.count() == before + 1
    assert [client.post(url).status_code for _ in range(2)] == [302, 409]
    assert (plan.steps.count(), last_action()) == (before, "onboarding.taken_back")


def test_a_step_somebody_has_begun_with_stays(plan, owner, hire, sign_in):
    client = sign_in(owner)
    url = undo_url(client.post(address("add_step", plan), STEP))
    steps.tick(Step.objects.get(title="Meet the courier"), by=hire)
    answer = client.post(url)
    assert (answer.status_code, b"Somebody has begun with this step" in answer.content) == (409, True)
    assert Step.objects.get(title="Meet the courier").state == State.DONE


def test_a_moved_first_day_comes_back_with_every_due_day(plan, owner, hire, sign_in):
    steps.tick(step_of(plan, "values"), by=hire)
    plan.steps.filter(key="tour").update(due_on=date(2026, 12, 9))
    before, client = days(plan), sign_in(owner)
    url = undo_url(client.post(address("move_start", plan), {"start_date": LATER.isoformat()}))
    assert days(plan) != before
    client.post(url)
    plan.refresh_from_db()
    assert (plan.start_date, days(plan)) == (date(2026, 12, 7), before)


def test_what_was_done_meanwhile_stays_done(plan, owner, hire):
    arrivals.move_start(plan, by=owner, start_date=LATER)
    steps.tick(step_of(plan, "values"), by=hire)
    plan.refresh_from_db()
    arrivals.take_back(plan, undoing.offered(plan, "start", owner), by=owner)
    assert (step_of(plan, "values").state, plan.start_date) == (State.DONE, date(2026, 12, 7))


def test_after_ten_minutes_the_day_stays(plan, owner, clock):
    arrivals.move_start(plan, by=owner, start_date=LATER)
    plan.refresh_from_db()
    mark = undoing.offered(plan, "start", owner)
    clock.shift(timedelta(minutes=10))
    assert undoing.offered(plan, "start", owner) == ""
    with pytest.raises(undoing.Refused, match="ten minutes"):
        arrivals.take_back(plan, mark, by=owner)


def test_the_page_of_the_plan_offers_it_while_it_can(plan, owner, manager, hire, sign_in, clock):
    arrivals.move_start(plan, by=owner, start_date=LATER)
    found = [
        b"The first day was changed." in sign_in(who).get(address("plan", plan)).content
        for who in (owner, manager)
    ]
    clock.shift(timedelta(minutes=11))
    found.append(b"The first day was changed." in sign_in(owner).get(address("plan", plan)).content)
    assert found == [True, True, False]


def test_strangers_take_nothing_back(plan, owner, hire, interviewer, rival, sign_in):
    arrivals.move_start(plan, by=owner, start_date=LATER)
    plan.refresh_from_db()
    url = f"{address('plan_take_back', plan)}?mark={undoing.offered(plan, 'start', owner)}"
    assert [sign_in(who).post(url).status_code for who in (hire, interviewer, rival)] == [403, 403, 404]
    plan.refresh_from_db()
    assert plan.start_date == LATER


# -- the end


@pytest.fixture
def coming(company, owner, clock):
    """Somebody new with a place, an invitation that waits and a welcome mail."""
    return arrivals.begin(
        company=company, by=owner, name="Nora", email="nora@mail.example", manager=owner,
        start_date=date(2027, 1, 11), weekdays=[0, 1, 2, 3, 4], job_title="Support person",
    )  # fmt: skip


def invited(onboarding):
    return outbox.state(about=("membership", onboarding.hire_id), message="invitation")


def test_an_ended_plan_comes_back_with_the_place_and_new_links(coming, owner, sign_in):
    client = sign_in(owner)
    url = undo_url(client.post(address("cancel", coming), {"reason": "Changed her mind"}))
    assert (Membership.objects.get(pk=coming.hire_id).removed_at is None, invited(coming)) == (
        False,
        "cancelled",
    )
    client.post(url)
    coming.refresh_from_db()
    hire = Membership.objects.get(pk=coming.hire_id)
    assert (coming.cancelled_at, coming.cancel_reason, hire.removed_at) == (None, "", None)
    assert invited(coming) == "waiting"
    assert Invitation.objects.filter(membership=hire, revoked_at=None).count() == 1
    assert client.post(url).status_code == 409


def test_an_end_is_not_taken_back_over_another_plan(plan, owner, hire):
    hire.role = Role.INTERVIEWER
    hire.save()
    arrivals.end(Onboarding.objects.with_people().get(pk=plan.pk), by=owner, reason="No")
    make_onboarding(plan.company, hire, owner)
    plan.refresh_from_db()
    with pytest.raises(undoing.Gone, match="another plan"):
        arrivals.take_back(plan, undoing.offered(plan, "end", owner), by=owner)
    plan.refresh_from_db()
    assert plan.cancelled_at


def test_a_hire_that_was_undone_is_not_taken_back_here(coming, owner):
    Onboarding.objects.filter(pk=coming.pk).update(reference="application-1-hire-1")
    intake.cancel(company=coming.company, reference="application-1-hire-1", by=owner, reason="No")
    coming.refresh_from_db()
    assert (undoing.offered(coming, "end", owner), coming.cancelled_at is None) == ("", False)


# -- an answer


@pytest.fixture
def question(plan, hire):
    return questions.ask(plan, by=hire, body="Where are the boxes?")


def test_an_answer_is_taken_back_and_its_mail_stays_here(question, owner, sign_in):
    client = sign_in(owner)
    url = undo_url(client.post(address("answer", question), {"answer": "In the celar"}))
    assert outbox.state(about=("ask", question.pk), message="onboarding_answer") == "waiting"
    assert [client.post(url).status_code for _ in range(2)] == [302, 409]
    question.refresh_from_db()
    assert (question.answer, question.answered_at, last_action()) == ("", None, "ask.taken_back")
    assert outbox.state(about=("ask", question.pk), message="onboarding_answer") == "cancelled"


def test_a_second_answer_sends_its_own_mail(question, owner):
    questions.answer(question, by=owner, body="In the celar")
    questions.take_back(question, by=owner)
    assert questions.answer(Question.objects.get(), by=owner, body="In the cellar")
    assert outbox.state(about=("ask", question.pk), message="onboarding_answer") == "waiting"


def test_an_answer_is_taken_back_by_its_author_or_who_leads_in_time(
    question, owner, manager, interviewer, clock
):
    questions.answer(question, by=owner, body="In the cellar")
    with pytest.raises(undoing.Refused, match="your own"):
        questions.take_back(question, by=interviewer)
    clock.shift(timedelta(minutes=10))
    with pytest.raises(undoing.Refused, match="ten minutes"):
        questions.take_back(question, by=manager)
    assert Question.objects.get().answer == "In the cellar"


# -- a practice reply


@pytest.fixture
def reply(plan, hire):
    step = plan.steps.filter(kind=Kind.REPLY).earliest("pk")
    steps.give(step, by=hire, body="Dear customer")
    return Step.objects.select_related("onboarding").get(pk=step.pk)


def look(step, by, *, good):
    marks = {"tone": good, "accuracy": good, "comment": "Say the date", "good": good}
    reviews.review(step, by=by, body="Dear customer", **marks)
    return Step.objects.select_related("onboarding").get(pk=step.pk)


@pytest.mark.parametrize(
    ("good", "verb", "message"),
    [(True, steps.unreceive, "onboarding_approved"), (False, steps.unreturn, "onboarding_returned")],
)
def test_a_review_taken_back_counts_no_more_and_nobody_hears(reply, owner, good, verb, message):
    step = look(reply, owner, good=good)
    assert (
        drafts.evidence(step.onboarding).total,
        outbox.state(about=("step", step.pk), message=message),
    ) == (
        1,
        "waiting",
    )
    assert verb(step, by=owner)
    assert (step.state, drafts.evidence(step.onboarding).total) == (State.SUBMITTED, 0)
    assert outbox.state(about=("step", step.pk), message=message) == "cancelled"


def test_sending_back_offers_undo_on_the_notice_and_on_the_page(reply, owner, sign_in, clock):
    client = sign_in(owner)
    url = undo_url(
        client.post(address("review", reply), {"body": "Dear customer", "comment": "Say the date"})
    )
    assert url == address("unreturn", reply)
    assert url.encode() in client.get(address("step", reply)).content
    clock.shift(timedelta(minutes=11))
    assert url.encode() not in client.get(address("step", reply)).content


def test_the_new_hire_does_not_take_the_managers_no_back(reply, owner, hire, sign_in):
    step = look(reply, owner, good=False)
    assert sign_in(hire).post(address("unreturn", step)).status_code == 403
    step.refresh_from_db()
    assert step.state == State.RETURNED


# -- setting up


def test_a_set_up_tick_and_its_opposite_offer_each_other(company, owner, sign_in):
    item = intake.prepare(company=company, job_ref="job-1", job_title="Support").items.earliest("pk")
    client = sign_in(owner)
    url = undo_url(client.post(address("setup_done", item)))
    assert SetupItem.objects.get(pk=item.pk).done_at
    assert undo_url(client.post(url)) == address("setup_done", item)
    assert SetupItem.objects.get(pk=item.pk).done_at is None


# -- the team


@pytest.fixture
def guest(company, owner):
    return team.invite(company=company, email="ida@mail.example", name="Ida", role=Role.INTERVIEWER, by=owner)


def test_an_invitation_taken_back_can_come_again_with_a_new_link(guest, owner, sign_in):
    client = sign_in(owner)
    url = undo_url(client.post(reverse("accounts:remove", args=[guest.pk])))
    assert [client.post(url).status_code for _ in range(2)] == [302, 409]
    guest.refresh_from_db()
    open_ = Invitation.objects.filter(membership=guest, revoked_at=None)
    assert (guest.removed_at, guest.is_waiting, open_.count()) == (None, True, 1)
    assert (last_action(), outbox.state(about=("membership", guest.pk), message=invitations.PURPOSE)) == (
        "team.put_back", "waiting",
    )  # fmt: skip


def test_after_ten_minutes_somebody_is_invited_anew(guest, owner, sign_in):
    with time_machine.travel(timezone.now()) as clock:
        client = sign_in(owner)
        url = undo_url(client.post(reverse("accounts:remove", args=[guest.pk])))
        clock.shift(timedelta(minutes=10, seconds=1))
        client.post(url)
    guest.refresh_from_db()
    assert guest.removed_at


def test_a_place_taken_meanwhile_is_not_given_twice(guest, company, owner, sign_in):
    client = sign_in(owner)
    url = undo_url(client.post(reverse("accounts:remove", args=[guest.pk])))
    team.invite(company=company, email="ida@mail.example", name="Ida", role=Role.HIRE, by=owner)
    client.post(url)
    assert Membership.objects.active().filter(email="ida@mail.example").count() == 1


def test_a_manager_brings_back_only_whom_they_could_invite(interviewer, owner, manager, guest, sign_in):
    for place in (interviewer, guest):
        team.remove(place, by=owner)
    found = [
        sign_in(manager).post(reverse("accounts:put_back", args=[who.pk])).status_code
        for who in (interviewer, guest)
    ]
    interviewer.refresh_from_db()
    assert (found, interviewer.removed_at is None) == ([403, 302], False)
