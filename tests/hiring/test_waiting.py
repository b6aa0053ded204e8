"""People beyond their CV who ask something of somebody, as lines of the work list."""

from datetime import date

import pytest
import time_machine
from django.utils import timezone

from hiring import offers, signing, talks, waiting
from hiring.models import Application, Offer, Stage
from tests.hiring.factories import bring, go, make_application, make_interview, make_job, make_offer

pytestmark = pytest.mark.django_db
NOON = "2026-12-07 12:00 +0000"


@pytest.fixture
def person(company, manager):
    application = make_application(make_job(company, members=[manager]), name="Ada Lind")
    go(application, Stage.PHONE, manager)
    return application


def lines(member) -> list[tuple]:
    rows = waiting.rows(
        Application.objects.for_company(member.company_id).visible_to(member), member.company_id
    )
    return [(row.name, row.text, row.action) for row in rows]


def at_offer(person, owner):
    return bring_on(person, owner), make_offer(person, owner)


def bring_on(person, owner):
    for stage in (Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER):
        go(person, stage, owner)
    return person


def test_somebody_on_their_way_with_nothing_to_do_is_not_on_the_list(person, owner):
    assert lines(owner) == []


@pytest.mark.parametrize(("hours", "shown"), [(-1, True), (3, True), (24, False), (-24, False)])
def test_a_talk_is_there_on_its_day(person, owner, hours, shown):
    with time_machine.travel(NOON, tick=False):
        make_interview(person, owner, hours=hours, kind="phone")
        assert [text[:8] for _name, text, _action in lines(owner)] == ["Today at"] * shown


def test_the_day_is_the_readers_own(person, owner):
    """Half past ten in the evening in London is tomorrow in Helsinki."""
    with time_machine.travel("2026-12-07 22:30 +0000", tick=False), timezone.override("Europe/Helsinki"):
        make_interview(person, owner, hours=10)
        assert len(lines(owner)) == 1


def test_a_video_call_has_its_own_button_and_only_https(person, owner):
    mine = Application.objects.for_company(owner.company)
    with time_machine.travel(NOON, tick=False):
        talk = make_interview(person, owner, hours=1, place="https://meet.example/x")
        assert waiting.rows(mine, owner.company_id)[0].join == "https://meet.example/x"
        type(talk).objects.update(place="javascript:alert(1)")
        assert waiting.rows(mine, owner.company_id)[0].join == ""


def test_a_talk_that_was_called_off_is_gone(person, owner):
    with time_machine.travel(NOON, tick=False):
        talks.cancel(make_interview(person, owner, hours=1), by=owner)
        assert lines(owner) == []


def test_at_the_offer_stage_each_state_says_what_to_do(person, owner):
    bring_on(person, owner)
    assert lines(owner) == [("Ada Lind", "No offer has been written yet.", "Write the offer")]
    offer = make_offer(person, owner)
    assert lines(owner)[0][1:] == ("The offer is written and has not left.", "Send the offer")
    sent = offers.send(offer, by=owner)
    assert lines(owner) == []  # it is their turn
    signing.decline(sent)
    assert lines(owner)[0][1:] == ("Your offer was declined.", "Decide what comes next")


@pytest.mark.parametrize(
    ("state", "said"),
    [("expired", "Your offer has expired without an answer."), ("withdrawn", "Your offer was withdrawn.")],
)
def test_an_offer_that_ended_asks_what_comes_next(person, owner, state, said):
    _person, offer = at_offer(person, owner)
    offers.send(offer, by=owner)
    Offer.objects.update(state=state)
    assert lines(owner)[0][1] == said


def test_the_oldest_comes_first(person, owner):
    other = make_application(person.job, name="Bo Falk")
    go(other, Stage.PHONE, owner)
    for row, day in ((person, 9), (other, 3)):
        Application.objects.filter(pk=row.pk).update(next_step="Call", next_step_on=date(2026, 12, day))
    assert [name for name, _text, _action in lines(owner)] == ["Bo Falk", "Ada Lind"]


def test_who_is_out_or_still_unread_is_not_there(person, owner):
    unread = make_application(person.job)
    Application.objects.update(next_step="Call", next_step_on=date(2026, 12, 1))
    Application.objects.filter(pk=person.pk).update(outcome="withdrawn", ended_at=timezone.now())
    assert (lines(owner), unread.stage) == ([], "cv")


def test_a_manager_sees_their_jobs_only(person, company, owner, manager, rival):
    other = bring(make_application(make_job(company)), "offer", owner)
    Application.objects.filter(pk=person.pk).update(next_step="Call", next_step_on=date(2026, 12, 1))
    assert [[name for name, *_ in lines(member)] for member in (owner, manager, rival)] == [
        sorted([person.name, other.name], key=lambda name: name != other.name),
        [person.name],
        [],
    ]


@pytest.mark.parametrize("n", [1, 3])
def test_one_query(company, owner, n, django_assert_num_queries):
    job = make_job(company)
    for _ in range(n):
        make_interview(bring(make_application(job), "offer", owner), owner, hours=0)
    mine = Application.objects.for_company(company).visible_to(owner)
    with django_assert_num_queries(1):
        assert len(waiting.rows(mine, owner.company_id)) == n


def test_no_more_than_a_hundred_are_looked_at(company, owner, monkeypatch):
    monkeypatch.setattr(waiting, "MOST", 2)
    job = make_job(company)
    for _ in range(3):
        bring(make_application(job), "offer", owner)
    assert len(lines(owner)) == 2


def test_the_row_says_since_when(person, owner):
    with time_machine.travel(NOON, tick=False):
        talk = make_interview(person, owner, hours=1)
        row = waiting.rows(Application.objects.for_company(owner.company), owner.company_id)[0]
    assert (row.since, row.url) == (talk.starts_at, f"/hiring/people/{person.pk}/")
