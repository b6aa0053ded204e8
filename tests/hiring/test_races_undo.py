"""Undo against whatever happens in the same moment, on PostgreSQL, with the first transaction held open."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accounts import undoing
from hiring import details, job_undo, letters, notes, offers, pipeline, referees, screens, signing, talks
from hiring.models import Application, How, Interview, Job, JobStatus, Note, Offer, Referee, Stage
from hiring.pipeline import Refused, Stale
from mailroom import delivery
from mailroom.models import Mail
from tests.hiring.acts import put, refuse
from tests.hiring.factories import ANSWERS, make_application, make_job, make_offer
from tests.hiring.test_races import race
from vault import erasing, work

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ada(company):
    return make_application(make_job(company), name="Ada Lind", email="ada@mail.example")


def again(row):
    return type(row).objects.get(pk=row.pk)


def tried(act):
    """What it raised, when that is an answer for people."""

    def outcome():
        try:
            return act()
        except (Refused, Stale, undoing.Refused, Http404) as error:
            return error

    return outcome


def advance(application, by, *, to=Stage.PHONE, expected="cv"):
    row = Application.everything.get(pk=application.pk)
    return pipeline.advance(row, to=to, by=by, expected=expected, how=How.PAGE, answers=ANSWERS)


# -- a move, and a move taken back


def test_a_move_undone_while_a_colleague_moves_on(ada, owner, manager):
    move = advance(ada, owner)
    found = race(
        lambda: pipeline.undo(move, by=owner),
        tried(lambda: advance(ada, manager, to=Stage.INTERVIEW, expected="phone")),
    )
    assert (found["waited"], type(found["second"]), again(ada).standing) == (True, Stale, "cv")


def test_moved_on_by_a_colleague_while_it_is_undone(ada, owner, manager):
    move = advance(ada, owner)
    found = race(
        lambda: advance(ada, manager, to=Stage.INTERVIEW, expected="phone"),
        tried(lambda: pipeline.undo(move, by=owner)),
    )
    assert (found["waited"], type(found["second"]), again(ada).standing) == (True, Stale, "interview")


def test_a_move_is_undone_once(ada, owner):
    move = advance(ada, owner)
    found = race(lambda: pipeline.undo(move, by=owner), tried(lambda: pipeline.undo(move, by=owner)))
    assert (found["waited"], type(found["second"]), ada.moves.count()) == (True, Stale, 3)


# -- an undo, and the mail that leaves


def due(message):
    """Its ten minutes end in this moment."""
    row = Mail.objects.get(message=message, state="waiting")
    Mail.objects.filter(pk=row.pk).update(due_at=timezone.now() - timedelta(seconds=1))
    return row.pk


def claimed(pk):
    return lambda: work.claim(Mail, pk, lease=delivery.LEASE)


def state(pk):
    return Mail.objects.get(pk=pk).state


def test_the_refusal_leaves_first(ada, owner):
    move = refuse(ada, owner)
    pk = due(letters.REFUSAL)
    found = race(claimed(pk), tried(lambda: pipeline.undo(move, by=owner)))
    assert (found["waited"], type(found["second"])) == (True, Refused)
    assert (state(pk), again(ada).standing) == ("running", "cv:not_selected")


def test_the_undo_is_first(ada, owner):
    move = refuse(ada, owner)
    pk = due(letters.REFUSAL)
    found = race(lambda: pipeline.undo(move, by=owner), claimed(pk))
    assert (found["second"], state(pk), again(ada).standing) == (None, "cancelled", "cv")


@pytest.fixture
def sent(ada, owner):
    return offers.send(make_offer(put(ada, Stage.OFFER), owner), by=owner)


def unsend(offer, by):
    row = again(offer)
    return lambda: offers.take_back(row, undoing.offered(row, "sent", by), by=by)


def test_the_offer_leaves_first(sent, owner):
    pk = due(letters.OFFER)
    found = race(claimed(pk), tried(unsend(sent, owner)))
    assert (found["waited"], type(found["second"])) == (True, undoing.Refused)
    assert (state(pk), Offer.objects.get().state) == ("running", "sent")


def test_the_offer_is_taken_back_first(sent, owner):
    pk = due(letters.OFFER)
    found = race(unsend(sent, owner), claimed(pk))
    assert (found["second"], state(pk), Offer.objects.get().state) == (None, "cancelled", "draft")


def test_an_offer_taken_back_while_somebody_signs(sent, owner):
    found = race(
        unsend(sent, owner),
        tried(lambda: signing.accept(again(sent), name="Ada", address="192.0.2.1", agent="b")),
    )
    assert (isinstance(found["second"], Refused), Offer.objects.get().state) == (True, "draft")


def test_signed_while_the_offer_is_taken_back(sent, owner):
    found = race(
        lambda: signing.accept(again(sent), name="Ada", address="192.0.2.1", agent="b"),
        tried(unsend(sent, owner)),
    )
    assert (found["waited"], type(found["second"]), Offer.objects.get().state) == (
        True, undoing.Gone, "accepted",
    )  # fmt: skip


def plan(ada, by):
    start = timezone.now() + timedelta(days=2)
    values = {"starts_at": start, "minutes": 60, "kind": "video", "place": ""}
    return talks.plan(Application.everything.get(pk=ada.pk), by=by, values=values, invite=True)


def unplan(interview, by):
    row = again(interview)
    return lambda: talks.take_back(row, talks.offered(row, by), by=by)


def test_the_invitation_leaves_first(ada, owner):
    interview = plan(ada, owner)
    pk = due(letters.INVITATION)
    found = race(claimed(pk), tried(unplan(interview, owner)))
    assert (found["waited"], type(found["second"]), Interview.objects.count()) == (True, undoing.Refused, 1)


def test_a_talk_is_taken_back_once(ada, owner):
    interview = plan(ada, owner)
    found = race(unplan(interview, owner), tried(unplan(interview, owner)))
    assert (found["waited"], type(found["second"]), Interview.objects.count()) == (True, undoing.Gone, 0)


# -- a job back to a draft, and somebody who applies


def draft_again(job, by):
    row = again(job)
    return lambda: job_undo.take_back(row, undoing.offered(row, "publish", by), by=by)


@pytest.fixture
def published(company, owner):
    job = make_job(company)
    undoing.remember(job, "publish", {"slug": "draft-1"}, by=owner)
    job.save()
    return job


def test_somebody_applies_while_it_goes_back_to_a_draft(published, owner):
    found = race(draft_again(published, owner), tried(lambda: make_application(again(published))))
    assert (found["waited"], isinstance(found["second"], Refused)) == (True, True)
    assert (Job.objects.get().status, Application.objects.count()) == (JobStatus.DRAFT, 0)


def test_it_goes_back_to_a_draft_while_somebody_applies(published, owner):
    found = race(lambda: make_application(again(published)), tried(draft_again(published, owner)))
    assert (found["waited"], type(found["second"]), Job.objects.get().status) == (True, undoing.Gone, "open")


# -- erasing somebody, and whoever writes about them in that moment


def erase(ada):
    return erasing.erase("candidate", ada.candidate_id, company_id=ada.company_id)


WRITING = {
    "a note": lambda ada, by: notes.add(ada, by=by, text="planted"),
    "a next step": lambda ada, by: details.plan_next(ada, by=by, what="planted", on=None, who=None),
    "a call": lambda ada, by: screens.save(ada, by=by, values={"notes": "planted"}, seen=""),
    "a referee": lambda ada, by: referees.add(ada, by=by, values={"name": "planted"}, agreed=True),
    "an invitation": plan,
}


def left(ada) -> list:
    """What still speaks of her."""
    row = Application.everything.get(pk=ada.pk)
    rows = [Note.everything.count(), Referee.objects.count(), Interview.objects.count()]
    return [row.name, row.email, row.next_step, row.undoable, *rows, mails(row)]


def mails(row) -> int:
    return Mail.objects.filter(recipient="ada@mail.example").count()


NOTHING = ["", "", "", {}, 0, 0, 0, 0]


@pytest.mark.parametrize("what", WRITING)
def test_written_while_somebody_is_erased(ada, owner, what):
    seen = again(ada)
    found = race(lambda: erase(ada), tried(lambda: WRITING[what](seen, owner)))
    assert (found["waited"], isinstance(found["second"], Http404)) == (True, True)
    assert left(ada) == NOTHING


@pytest.mark.parametrize("what", WRITING)
def test_erased_while_something_is_written(ada, owner, what):
    found = race(lambda: WRITING[what](again(ada), owner) and None, lambda: bool(erase(ada)))
    assert (found["waited"], found["second"], left(ada)) == (True, True, NOTHING)


def test_moved_while_somebody_is_erased(ada, owner):
    found = race(lambda: erase(ada), tried(lambda: advance(ada, owner)))
    assert (found["waited"], type(found["second"]), left(ada)) == (True, Stale, NOTHING)


def test_erased_while_somebody_is_moved(ada, owner):
    found = race(lambda: advance(ada, owner), lambda: bool(erase(ada)))
    assert (found["waited"], found["second"], left(ada)) == (True, True, NOTHING)


def test_refused_while_somebody_is_erased_no_mail_leaves(ada, owner):
    seen = again(ada)
    found = race(lambda: erase(ada), tried(lambda: refuse(seen, owner)))
    assert (found["waited"], type(found["second"]), mails(ada)) == (True, Stale, 0)


def test_a_note_changed_while_its_person_is_erased(ada, owner):
    note = notes.add(ada, by=owner, text="before")
    found = race(
        lambda: erase(ada), tried(lambda: notes.edit(note, by=owner, text="planted", seen=note.revision))
    )
    assert (found["waited"], isinstance(found["second"], Http404), Note.everything.count()) == (True, True, 0)
