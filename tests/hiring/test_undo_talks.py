"""Taking back what others would hear of: a talk planned, moved or called off, an offer, who meets somebody."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import conflicts, undoing
from hiring import details, letters, offers, pipeline, signing, talks
from hiring.models import Assignment, How, Interview, Offer, OfferState, Outcome, Stage
from hiring.pipeline import Refused
from mailroom import outbox, told
from mailroom.models import Mail, Notice
from tests.hiring.acts import (
    approve_offer,
    deliver,
    put,
    refusal_mail,
    refuse,
    send_offer,
    text,
    undo,
    url,
    withdraw,
)
from tests.hiring.factories import bring, make_application, make_interview, make_job, make_offer
from tests.hiring.test_undo import undo_url
from vault import links
from vault.models import Link, TrailEntry
from vault.work import State

pytestmark = pytest.mark.django_db
LATE = timedelta(minutes=10, seconds=1)


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind")


@pytest.fixture
def boss(manager, sign_in):
    return sign_in(manager)


def again(row):
    return type(row).objects.get(pk=row.pk)


def times(**changes):
    start = (timezone.now() + timedelta(days=2)).replace(second=0, microsecond=0)
    return {"starts_at": start, "minutes": 60, "kind": "video", "place": "Room 1"} | changes


def planned(ada, by, *, invite=True):
    return talks.plan(ada, by=by, values=times(), invite=invite)


def letter(interview, message=letters.INVITATION):
    return outbox.state(about=("interview", interview.pk), message=message)


def take_back(interview, by):
    row = again(interview)
    talks.take_back(row, talks.offered(row, by), by=by)


def last_action():
    return TrailEntry.objects.latest("pk").action


def sending(message):
    """A worker holds it this very moment."""
    Mail.objects.filter(message=message).update(
        state=State.RUNNING, lease_until=timezone.now() + timedelta(minutes=5)
    )


# -- a talk: planned


def test_an_invitation_waits_ten_minutes(ada, manager):
    interview = planned(ada, manager)
    row = Mail.objects.get(message=letters.INVITATION)
    assert (letter(interview), row.due_at > timezone.now() + timedelta(minutes=9)) == ("waiting", True)


def test_a_planned_talk_taken_back_was_never_there(ada, manager):
    interview = planned(ada, manager)
    take_back(interview, manager)
    assert (Interview.objects.count(), letter(interview), last_action()) == (
        0, "cancelled", "interview.taken_back",
    )  # fmt: skip


@pytest.mark.parametrize("left", [deliver, sending])
def test_an_invitation_that_has_left_keeps_the_talk(ada, manager, left):
    interview = planned(ada, manager)
    left(letters.INVITATION)
    with pytest.raises(undoing.Refused, match="invitation has left"):
        take_back(interview, manager)
    assert Interview.objects.count() == 1


def test_without_an_invitation_there_is_nothing_to_have_left(ada, manager):
    take_back(planned(ada, manager, invite=False), manager)
    assert Interview.objects.count() == 0


def test_those_who_were_to_meet_hear_nothing(ada, manager, interviewer):
    Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
    take_back(planned(ada, manager), manager)
    mails = Mail.objects.filter(message=told.ONE, recipient=interviewer.email)
    assert (Notice.objects.count(), list(mails.values_list("state", flat=True))) == (0, ["cancelled"])


def test_through_the_page_once(ada, boss):
    start = (timezone.localtime() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    body = {"starts_at": start, "minutes": "30", "kind": "phone", "place": "", "invite": "on"}
    answer = boss.post(url("plan", ada), body)
    undo = undo_url(answer)
    assert undo in text(boss.get(f"{url('candidate', ada)}?panel=phone"))
    assert [boss.post(undo).status_code for _ in range(2)] == [302, 404]
    assert Interview.objects.count() == 0


def test_too_late_it_stays_and_the_page_offers_nothing(ada, manager, boss):
    with time_machine.travel(timezone.now()) as clock:
        interview = planned(ada, manager)
        mark = talks.offered(interview, manager)
        clock.shift(LATE)
        assert talks.offered(again(interview), manager) == ""
        with pytest.raises(undoing.Refused, match="ten minutes"):
            talks.take_back(interview, mark, by=manager)


def test_of_two_at_once_the_second_hears_that_it_is_gone(ada, manager):
    interview = planned(ada, manager)
    mark = talks.offered(interview, manager)
    talks.take_back(interview, mark, by=manager)
    with pytest.raises(undoing.Gone):
        talks.take_back(interview, mark, by=manager)


# -- moved


def moved(interview, by, **changes):
    values = {name: getattr(interview, name) for name in talks.MOVABLE} | changes
    return talks.move(interview, by=by, values=values, seen=interview.revision)


def test_a_moved_talk_tells_the_new_time_once(ada, manager):
    interview = planned(ada, manager)
    deliver(letters.INVITATION)
    row = moved(again(interview), manager, place="Room 2")
    states = Mail.objects.filter(message=letters.INVITATION).order_by("pk").values_list("state", flat=True)
    assert (row.place, row.sequence, list(states)) == ("Room 2", 1, ["done", "waiting"])


def test_moved_before_the_invitation_left_only_the_new_one_leaves(ada, manager):
    interview = planned(ada, manager)
    moved(again(interview), manager, minutes=30)
    states = Mail.objects.filter(message=letters.INVITATION).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "waiting"]


def test_whoever_was_not_invited_hears_of_no_moving(ada, manager):
    moved(planned(ada, manager, invite=False), manager, place="Room 2")
    assert not Mail.objects.filter(message=letters.INVITATION).exists()


def test_the_same_again_moves_nothing(ada, manager):
    interview = moved(planned(ada, manager), manager)
    assert (interview.sequence, last_action()) == (0, "interview.planned")


def test_taken_back_it_is_where_it_was_and_the_first_invitation_leaves(ada, manager):
    interview = planned(ada, manager)
    before = again(interview).starts_at
    moved(again(interview), manager, starts_at=before + timedelta(days=1))
    take_back(interview, manager)
    row = again(interview)
    assert (row.starts_at, row.sequence, letter(row)) == (before, 0, "waiting")


def test_a_new_time_that_has_left_stays(ada, manager):
    interview = planned(ada, manager)
    deliver(letters.INVITATION)
    moved(again(interview), manager, place="Room 2")
    deliver(letters.INVITATION)
    with pytest.raises(undoing.Refused, match="Move it again"):
        take_back(interview, manager)
    assert again(interview).place == "Room 2"


@pytest.mark.parametrize("hours", [-5, 24])
def test_what_is_over_or_called_off_is_not_moved(ada, manager, hours):
    interview = make_interview(ada, manager, hours=hours)
    if hours > 0:
        talks.cancel(interview, by=manager)
    with pytest.raises(Refused, match="Agree a new one"):
        moved(again(interview), manager, place="Room 2")


def test_two_who_move_it_meet(ada, manager, owner):
    interview = planned(ada, manager)
    moved(again(interview), owner, place="Room 2")
    with pytest.raises(conflicts.Changed):
        moved(interview, manager, place="Room 3")


def form(interview, **changes):
    start = timezone.localtime(interview.starts_at).strftime("%Y-%m-%dT%H:%M")
    values = {"starts_at": start, "minutes": "60", "kind": "video", "place": "Room 1", "seen": "0"}
    return values | changes


def test_the_page_of_moving_shows_both_when_somebody_was_faster(ada, manager, boss):
    interview = planned(ada, manager)
    moved(again(interview), manager, place="Attic")
    answer = boss.post(url("interview_move", interview), form(interview, place="Cellar"))
    assert (answer.status_code, "Attic" in text(answer), "Cellar" in text(answer)) == (409, True, True)
    body = form(interview, place="Cellar", seen="1")
    assert boss.post(url("interview_move", interview), body).status_code == 302
    assert again(interview).place == "Cellar"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", "2001-01-01T10:00"),
        ("starts_at", "soon"),
        ("minutes", "4"),
        ("minutes", "1" + "0" * 18),
        ("kind", "telepathy"),
        ("place", "x" * 301),
        ("seen", "-1"),
    ],
)
def test_bad_input_is_said_and_nothing_moves(ada, manager, boss, field, value):
    interview = planned(ada, manager)
    answer = boss.post(url("interview_move", interview), form(interview, **{field: value}))
    assert (answer.status_code, [*answer.context["form"].errors]) == (422, [field])
    assert again(interview).sequence == 0


def test_moved_through_the_page_with_undo(ada, manager, boss):
    interview = planned(ada, manager)
    answer = boss.post(url("interview_move", interview), form(interview, place="Attic"))
    boss.post(undo_url(answer))
    assert again(interview).place == "Room 1"


# -- called off


def test_calling_off_taken_back_nobody_hears(ada, manager):
    interview = planned(ada, manager)
    deliver(letters.INVITATION)
    talks.cancel(again(interview), by=manager)
    take_back(interview, manager)
    row = again(interview)
    assert (row.cancelled_at, row.sequence, letter(row, letters.CALLED_OFF)) == (None, 0, "cancelled")


def test_an_invitation_that_was_stopped_leaves_after_all(ada, manager):
    interview = planned(ada, manager)
    talks.cancel(again(interview), by=manager)
    assert (letter(interview), letter(interview, letters.CALLED_OFF)) == ("cancelled", None)
    take_back(interview, manager)
    assert letter(interview) == "waiting"


def test_who_was_told_stays_told(ada, manager):
    interview = planned(ada, manager)
    deliver(letters.INVITATION)
    talks.cancel(again(interview), by=manager)
    deliver(letters.CALLED_OFF)
    with pytest.raises(undoing.Refused, match="told already"):
        take_back(interview, manager)
    assert again(interview).cancelled_at


def test_the_planning_below_a_calling_off_is_not_taken_back(ada, manager):
    interview = planned(ada, manager)
    mark = talks.offered(interview, manager)
    talks.cancel(again(interview), by=manager)
    with pytest.raises(undoing.Gone):
        talks.take_back(again(interview), mark, by=manager)


# -- an offer


@pytest.fixture
def draft(ada, manager):
    return make_offer(put(ada, Stage.OFFER), manager)


def mail_of(offer):
    return outbox.state(about=("offer", offer.pk), message=letters.OFFER)


def unsend(offer, by):
    row = again(offer)
    offers.take_back(row, undoing.offered(row, "sent", by), by=by)


def test_an_offer_waits_and_taken_back_is_a_draft_again(draft, manager):
    send_offer(draft, by=manager)
    assert mail_of(draft) == "waiting"
    unsend(draft, manager)
    row = again(draft)
    assert (row.state, row.contract_text, row.sent_at, row.expires_at) == ("draft", "", None, None)
    assert (mail_of(draft), last_action()) == ("cancelled", "offer.taken_back")
    assert not Link.objects.filter(purpose="offer", revoked_at=None).exists()


def test_sent_again_it_has_a_letter_and_a_link_of_its_own(draft, manager):
    send_offer(draft, by=manager)
    unsend(draft, manager)
    send_offer(again(draft), by=manager)
    assert (again(draft).state, mail_of(draft)) == ("sent", "waiting")


@pytest.mark.parametrize("left", [deliver, sending])
def test_an_offer_that_has_left_is_withdrawn_instead(draft, manager, left):
    send_offer(draft, by=manager)
    left(letters.OFFER)
    with pytest.raises(undoing.Refused, match="Withdraw it instead"):
        unsend(draft, manager)
    assert again(draft).state == "sent"


def test_the_earlier_offer_is_on_the_table_again(draft, ada, manager):
    send_offer(draft, by=manager)
    deliver(letters.OFFER)
    second = make_offer(ada, manager, pay="21")
    send_offer(second, by=manager)
    assert again(draft).state == "withdrawn"
    unsend(second, manager)
    assert (again(draft).state, again(draft).answered_at, mail_of(draft)) == ("sent", None, "sent")


def test_an_earlier_letter_that_was_stopped_leaves_after_all(draft, ada, manager):
    send_offer(draft, by=manager)
    second = make_offer(ada, manager)
    send_offer(second, by=manager)
    unsend(second, manager)
    assert mail_of(draft) == "waiting"


def test_not_over_a_newer_version_that_was_begun(draft, ada, manager):
    send_offer(draft, by=manager)
    make_offer(ada, manager)
    with pytest.raises(undoing.Gone, match="gone on"):
        unsend(draft, manager)


def test_not_over_an_answer(draft, manager):
    send_offer(draft, by=manager)
    signing.accept(again(draft), name="Ada", address="192.0.2.1", agent="b")
    with pytest.raises(undoing.Gone):
        unsend(draft, manager)
    assert again(draft).state == "accepted"


def test_the_page_offers_it_and_a_stranger_finds_nothing(
    draft, ada, boss, manager, interviewer, rival, sign_in
):
    approve_offer(draft, manager)
    day = offers.day_in(7, ada.job.company).isoformat()
    url_ = undo_url(boss.post(url("offer_send", draft), {"until": day}))
    assert url_ in text(boss.get(url("candidate", ada)))
    assert [sign_in(who).post(url_).status_code for who in (interviewer, rival)] == [403, 404]
    assert [boss.post(url_).status_code for _ in range(2)] == [302, 409]
    assert again(draft).state == "draft"


# -- leaving the offer stage


LEAVING = {
    "moved back": lambda row, by: pipeline.advance(
        row, to=Stage.REFERENCES, by=by, expected="offer", how=How.PAGE, answers={"back": "mistake"}
    ),
    "not selected": refuse,
    "withdrawn": withdraw,
}


@pytest.mark.parametrize("way", LEAVING)
def test_undo_puts_the_offer_back_on_the_table(draft, ada, manager, way):
    send_offer(draft, by=manager)
    deliver(letters.OFFER)
    move = LEAVING[way](again(ada), manager)
    assert again(draft).state == OfferState.WITHDRAWN
    undo(move, manager)
    row = again(draft)
    assert (row.state, row.answered_at, again(ada).standing) == ("sent", None, "offer")


def test_a_letter_that_had_not_left_leaves_with_it(draft, ada, manager):
    send_offer(draft, by=manager)
    move = refuse(again(ada), manager)
    assert mail_of(draft) == "cancelled"
    undo(move, manager)
    assert mail_of(draft) == "waiting"


def test_an_offer_withdrawn_by_hand_before_stays_withdrawn(draft, ada, manager):
    send_offer(draft, by=manager)
    offers.withdraw(again(draft), by=manager)
    undo(refuse(again(ada), manager), manager)
    assert again(draft).state == "withdrawn"


@pytest.mark.parametrize("left", [deliver, sending])
def test_a_refusal_that_has_left_is_not_undone(ada, manager, left):
    move = refuse(ada, manager)
    left(letters.REFUSAL)
    with pytest.raises(Refused, match="has left by now"):
        pipeline.undo(move, by=manager)
    assert again(ada).outcome == Outcome.NOT_SELECTED


def test_a_refusal_by_phone_is_undone_as_before(ada, manager):
    assert undo(refuse(ada, manager, tell="phone"), manager).outcome == Outcome.ACTIVE
    assert refusal_mail(ada) is None


# -- who meets somebody, and the name


def test_asking_somebody_to_meet_is_taken_back_with_its_mail(ada, manager, interviewer):
    row = details.assign(ada, interviewer, by=manager)
    mails = Mail.objects.filter(message=told.ONE, recipient=interviewer.email)
    assert list(mails.values_list("state", flat=True)) == ["waiting"]
    details.take_back(row, undoing.offered(row, "assigned", manager), by=manager)
    assert (Assignment.objects.count(), Notice.objects.filter(member=interviewer).count()) == (0, 0)
    assert list(mails.values_list("state", flat=True)) == ["cancelled"]


def test_another_colleagues_notice_stays(ada, manager, interviewer, owner):
    details.assign(ada, owner, by=manager)
    row = details.assign(ada, interviewer, by=manager)
    details.take_back(row, undoing.offered(row, "assigned", manager), by=manager)
    assert list(Notice.objects.values_list("member", flat=True)) == [owner.pk]


def test_taking_somebody_off_is_taken_back(ada, manager, interviewer):
    details.assign(ada, interviewer, by=manager)
    row = details.assign(ada, interviewer, by=manager, on=False)
    details.take_back(row, undoing.offered(row, "assigned", manager), by=manager)
    assert Assignment.objects.get().membership == interviewer


def test_asked_twice_is_asked_once(ada, manager, interviewer):
    for _ in range(2):
        details.assign(ada, interviewer, by=manager)
    assert (Assignment.objects.count(), TrailEntry.objects.filter(action="application.assigned").count()) == (
        1,
        1,
    )


def test_somebody_who_left_meanwhile_is_not_put_back(ada, manager, interviewer):
    details.assign(ada, interviewer, by=manager)
    row = details.assign(ada, interviewer, by=manager, on=False)
    type(interviewer).objects.filter(pk=interviewer.pk).update(removed_at=timezone.now())
    with pytest.raises(undoing.Gone, match="left the team"):
        details.take_back(row, undoing.offered(row, "assigned", manager), by=manager)


def test_a_shown_name_is_hidden_again_and_the_record_stays(company, manager, boss):
    ada = make_application(make_job(company, members=[manager], hide_names=True), name="Ada Lind")
    url_ = undo_url(boss.post(url("show_name", ada)))
    assert "The name was shown." in text(boss.get(url("candidate", ada)))
    boss.post(url_)
    assert again(ada).name_hidden
    assert TrailEntry.objects.filter(action="application.name_shown").count() == 1


@pytest.mark.parametrize("n", [1, 3])
def test_a_page_with_talks_costs_the_same(ada, manager, boss, django_assert_max_num_queries, n):
    for _ in range(n):
        planned(ada, manager)
    boss.get(f"{url('candidate', ada)}?panel=phone")
    with django_assert_max_num_queries(22):
        boss.get(f"{url('candidate', ada)}?panel=phone")


def test_links_of_an_offer_taken_back_open_nothing(draft, manager, client):
    send_offer(draft, by=manager)
    token = links.mint(purpose="offer", subject=("offer", draft.pk), company_id=draft.company_id, days=5)
    unsend(draft, manager)
    assert links.find(purpose="offer", token=token) is None
    assert Offer.objects.count() == 1


def test_bringing_somebody_to_the_offer_again_leaves_old_offers_alone(ada, manager):
    bring(ada, Stage.PHONE, manager)
    move = ada.moves.latest("pk")
    assert undo(move, manager).stage == Stage.CV
    assert not Offer.objects.exists()
