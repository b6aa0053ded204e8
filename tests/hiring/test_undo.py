"""Taking back what was kept about a person or a job: in ten minutes, once, one's own or by those who lead."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from accounts import undoing
from hiring import cards, closing, details, notes, screens
from hiring.models import (
    Assignment,
    CvCheck,
    Job,
    JobStatus,
    Note,
    PhoneScreen,
    ReferenceCall,
    Scorecard,
    Stage,
)
from hiring.models.references import Referee
from tests.factories import make_member
from tests.hiring.factories import bring, make_application, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
LATE = timedelta(minutes=10, seconds=1)


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ann(job, interviewer):
    ann = make_application(job, name="Ann")
    Assignment.objects.create(company=job.company, application=ann, membership=interviewer)
    return ann


def address(name, row):
    return reverse(f"hiring:{name}", args=[row.pk])


def undo_url(answer) -> str:
    """Where the Undo of the last notice is posted; empty without one."""
    return [message.extra_tags for message in get_messages(answer.wsgi_request)][-1].partition("undo:")[2]


def actions() -> list:
    return list(TrailEntry.objects.order_by("pk").values_list("action", flat=True))


# -- one of each: done through the page, taken back through its notice


def marks(application):
    first, second = application.job.requirements.order_by("position")
    return {f"mark_{first.pk}": "met", f"mark_{second.pk}": "unclear"}


def call_form(**changes):
    return {
        "direct": "yes",
        "polite": "no",
        "interested": "unsure",
        "notes": "Friendly",
        "seen": "",
    } | changes


def marked(application):
    rows = CvCheck.objects.filter(application=application)
    return list(rows.order_by("requirement__position").values_list("mark", flat=True))


def screened(application):
    return list(PhoneScreen.objects.filter(application=application).values_list("notes", flat=True))


def next_step(application):
    application.refresh_from_db()
    return [application.next_step, application.next_step_on, application.next_step_who_id]


def draft(application):
    rows = Scorecard.objects.filter(application=application)
    return [[row.trust, list(row.ratings.values_list("level", flat=True))] for row in rows]


def written(application):
    return list(Note.objects.filter(application=application).values_list("text", flat=True))


ACTS = {
    "marks": (marks, marked, ["met", "unclear"], []),
    "phone": (lambda _: call_form(), screened, ["Friendly"], []),
    "next_step": (lambda _: {"next_step": "Call"}, next_step, ["Call", None, None], ["", None, None]),
    "scorecard": (lambda _: {"trust": "Calm"}, draft, [["Calm", []]], []),
    "note": (lambda _: {"text": "Kind"}, written, ["Kind"], []),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_act_offers_an_undo_that_brings_back_what_was(ann, manager, sign_in, name):
    body, state, after, before = ACTS[name]
    client = sign_in(manager)
    url = undo_url(client.post(address(name, ann), body(ann)))
    assert state(ann) == after
    answer = client.post(url)
    assert (answer.status_code, state(ann)) == (302, before)
    assert actions()[-1].endswith("taken_back")


@pytest.mark.parametrize("name", ACTS)
def test_twice_is_a_409_with_words_and_changes_nothing(ann, manager, sign_in, name):
    body, state, _after, before = ACTS[name]
    client = sign_in(manager)
    url = undo_url(client.post(address(name, ann), body(ann)))
    client.post(url)
    again = client.post(url)
    assert (again.status_code, state(ann)) == (409, before)
    assert b"taken back already" in again.content


@pytest.mark.parametrize("name", ACTS)
def test_after_ten_minutes_it_stays(ann, manager, sign_in, name):
    body, state, after, _before = ACTS[name]
    with time_machine.travel(timezone.now()) as clock:
        client = sign_in(manager)
        url = undo_url(client.post(address(name, ann), body(ann)))
        clock.shift(LATE)
        answer = client.post(url)
        told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert state(ann) == after
    assert told[-1] == "The ten minutes for taking this back are over."


@pytest.mark.parametrize("name", sorted({*ACTS} - {"scorecard"}))
def test_who_leads_takes_back_anothers_act_and_an_interviewer_does_not(
    ann, manager, owner, interviewer, sign_in, name
):
    body, state, after, before = ACTS[name]
    url = undo_url(sign_in(manager).post(address(name, ann), body(ann)))
    sign_in(interviewer).post(url)
    assert state(ann) == after
    sign_in(owner).post(url)
    assert state(ann) == before


@pytest.mark.parametrize("name", ACTS)
def test_another_company_finds_nothing_to_take_back(ann, manager, rival, sign_in, name):
    body, state, after, _before = ACTS[name]
    url = undo_url(sign_in(manager).post(address(name, ann), body(ann)))
    answer = sign_in(rival).post(url)
    missing = sign_in(rival).post(url.replace(f"/{ann.pk}/", "/987654321/"))
    assert (answer.status_code, state(ann)) == (404, after)
    assert answer.content == missing.content


@pytest.mark.parametrize("mark", ["", "marks", "marks-", "nothing-1234", "call-zz", "x" * 5_000, "marks-\0"])
def test_an_odd_mark_takes_nothing_back(ann, manager, sign_in, mark):
    client = sign_in(manager)
    client.post(address("marks", ann), marks(ann))
    answer = client.post(address("take_back", ann), query_params={"mark": mark})
    assert (answer.status_code, marked(ann)) == (409, ["met", "unclear"])


# -- what was there before comes back, not only nothing


def test_an_earlier_call_comes_back_as_it_was(ann, manager):
    screen = screens.save(ann, by=manager, values={"notes": "First", "direct": "yes"}, seen="")
    screen = screens.save(
        ann, by=manager, values={"notes": "Second", "direct": "no"}, seen=screens.stamp(screen)
    )
    screens.take_back(ann, undoing.offered(screen, "call", manager), by=manager)
    screen.refresh_from_db()
    assert (screen.notes, screen.direct) == ("First", "yes")


def test_a_form_opened_before_the_undo_hears_of_it(ann, manager):
    screen = screens.save(ann, by=manager, values={"notes": "First"}, seen="")
    screen = screens.save(ann, by=manager, values={"notes": "Second"}, seen=screens.stamp(screen))
    screens.take_back(ann, undoing.offered(screen, "call", manager), by=manager)
    with pytest.raises(screens.Changed):
        screens.save(ann, by=manager, values={"notes": "Third"}, seen=screens.stamp(screen))


def test_an_earlier_next_step_comes_back_with_its_day_and_its_person(ann, manager, owner):
    details.plan_next(ann, by=manager, what="Call", on=date(2027, 1, 5), who=owner)
    row = details.plan_next(ann, by=manager, what="Write", on=None, who=None)
    details.take_back(ann, undoing.offered(row, "step", manager), by=manager)
    assert next_step(ann) == ["Call", date(2027, 1, 5), owner.pk]


def test_the_same_next_step_again_is_nothing_to_take_back(ann, manager):
    for _ in range(2):
        row = details.plan_next(ann, by=manager, what="Call", on=None, who=None)
    details.take_back(ann, undoing.offered(row, "step", manager), by=manager)
    assert next_step(ann) == ["", None, None]


def test_an_earlier_draft_comes_back_with_its_ratings(ann, interviewer, job):
    first, second = job.requirements.order_by("position")
    values = {
        "recommendation": "yes",
        "trust": "Calm",
        "ratings": {first.pk: (4, "Good"), second.pk: (None, "")},
    }
    cards.save(ann, by=interviewer, values=values)
    card = cards.save(
        ann, by=interviewer, values={"recommendation": "", "trust": "", "ratings": {first.pk: (1, "")}}
    )
    cards.take_back(ann, undoing.offered(card, "card", interviewer), by=interviewer)
    card.refresh_from_db()
    ratings = list(card.ratings.order_by("requirement__position").values_list("level", "note"))
    assert (card.recommendation, card.trust, ratings) == ("yes", "Calm", [(4, "Good"), (None, "")])


def test_a_card_that_was_handed_in_is_never_taken_back(ann, interviewer):
    values = {"recommendation": "yes", "trust": "", "ratings": {}}
    mark = undoing.offered(cards.save(ann, by=interviewer, values=values), "card", interviewer)
    card = cards.save(ann, by=interviewer, values=values, submit=True)
    assert undoing.offered(card, "card", interviewer) == ""
    with pytest.raises(undoing.Gone):
        cards.take_back(ann, mark, by=interviewer)


def test_two_kinds_of_change_are_taken_back_each_by_itself(ann, manager, sign_in):
    client = sign_in(manager)
    first = undo_url(client.post(address("marks", ann), marks(ann)))
    second = undo_url(client.post(address("next_step", ann), {"next_step": "Call"}))
    client.post(first)
    assert (marked(ann), next_step(ann)[0]) == ([], "Call")
    client.post(second)
    assert next_step(ann)[0] == ""


def test_a_newer_change_of_the_same_stands_on_the_older(ann, manager, sign_in):
    client = sign_in(manager)
    first = undo_url(client.post(address("next_step", ann), {"next_step": "Call"}))
    client.post(address("next_step", ann), {"next_step": "Write"})
    assert (client.post(first).status_code, next_step(ann)[0]) == (409, "Write")


def test_a_mark_that_was_already_so_is_left_alone(ann, manager, sign_in):
    client, (first, second) = sign_in(manager), ann.job.requirements.order_by("position")
    client.post(address("marks", ann), {f"mark_{first.pk}": "met"})
    body = {f"mark_{first.pk}": "met", f"mark_{second.pk}": "not_met"}
    client.post(undo_url(client.post(address("marks", ann), body)))
    assert marked(ann) == ["met"]


# -- references


@pytest.fixture
def rolf(ann):
    return Referee.objects.create(company=ann.company, application=ann, name="Rolf", agreed_at=timezone.now())


def test_a_reference_is_taken_back_and_so_is_a_correction_of_it(rolf, manager, sign_in):
    client, body = sign_in(manager), {"overall": "good", "notes": "Kind"}
    client.post(address("reference_call", rolf), body)
    url = undo_url(client.post(address("reference_call", rolf), body | {"overall": "bad"}))
    client.post(url)
    call = ReferenceCall.objects.get()
    assert (call.overall, call.notes, call.done_at is None) == ("good", "Kind", False)
    assert client.post(url).status_code == 409


def test_a_first_reference_is_gone_again(rolf, manager, sign_in):
    client = sign_in(manager)
    client.post(undo_url(client.post(address("reference_call", rolf), {"overall": "good"})))
    assert ReferenceCall.objects.count() == 0


# -- on the row itself, while the minutes last


def test_the_page_shows_undo_beside_what_was_just_done_and_not_later(ann, manager, sign_in):
    with time_machine.travel(timezone.now()) as clock:
        client = sign_in(manager)
        bring(ann, Stage.PHONE, manager)
        note = notes.add(ann, by=manager, text="Kind")
        details.plan_next(ann, by=manager, what="Call", on=None, who=None)
        shown = client.get(address("candidate", ann)).content.decode()
        clock.shift(LATE)
        later = client.get(address("candidate", ann)).content.decode()
    wanted = [
        f"/moves/{ann.moves.latest('pk').pk}/undo/",
        f"/notes/{note.pk}/take-back/",
        "take-back/?mark=step",
    ]
    assert [part in shown for part in wanted] == [True] * 3
    assert [part in later for part in wanted] == [False] * 3


def test_only_who_made_the_move_sees_its_undo(ann, manager, owner, sign_in):
    bring(ann, Stage.PHONE, manager)
    shown = [sign_in(who).get(address("candidate", ann)).content for who in (manager, owner)]
    assert [b"/undo/" in page for page in shown] == [True, False]


def test_taking_somebody_up_again_can_be_taken_back(ann, manager, sign_in):
    client = sign_in(manager)
    client.post(address("withdraw", ann), {"expected": "cv"})
    body = {"reason": "mistake", "expected": "cv:withdrawn"}
    client.post(undo_url(client.post(address("take_up", ann), body)))
    ann.refresh_from_db()
    assert ann.outcome == "withdrawn"


# -- the job


def test_a_closed_job_opens_again_as_it_was(job, manager, sign_in):
    client = sign_in(manager)
    closing.stop(job, by=manager)
    url = undo_url(client.post(address("job_state", job), {"do": "close"}))
    client.post(url)
    job.refresh_from_db()
    assert (job.status, job.closed_at) == (JobStatus.PAUSED, None)
    assert client.post(url).status_code == 409


def test_a_job_that_went_on_since_is_not_set_back(job, manager):
    closing.stop(job, by=manager)
    job.refresh_from_db()
    mark = undoing.offered(job, "state", manager)
    Job.objects.filter(pk=job.pk).update(status=JobStatus.FILLED, closed_at=timezone.now())
    with pytest.raises(undoing.Gone):
        closing.take_back(job, mark, by=manager)


def test_a_reopened_job_is_closed_again_on_its_old_day(job, manager):
    closing.close(job, by=manager)
    job.refresh_from_db()
    closed_at = job.closed_at
    closing.resume(job, by=manager)
    job.refresh_from_db()
    closing.take_back(job, undoing.offered(job, "state", manager), by=manager)
    job.refresh_from_db()
    assert (job.status, job.closed_at) == (JobStatus.CLOSED, closed_at)


# -- what is remembered is forgotten


def test_what_cannot_be_taken_back_any_more_is_forgotten(ann, manager, company):
    other = make_application(make_job(company))
    with time_machine.travel(timezone.now()) as clock:
        details.plan_next(ann, by=manager, what="Call", on=None, who=None)
        clock.shift(LATE)
        details.plan_next(other, by=make_member(company, "owner"), what="Write", on=None, who=None)
        assert undoing.forget() == 1
    ann.refresh_from_db()
    other.refresh_from_db()
    assert (ann.undoable, [*other.undoable], ann.next_step) == ({}, ["step"], "Call")
