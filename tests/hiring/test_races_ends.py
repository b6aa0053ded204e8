"""Two at once at the edges of a way, on PostgreSQL, with the first transaction held open."""

import pytest

from hiring import adverts, cards, closing, offers, pipeline, refusals, signing
from hiring.models import Application, How, Offer, Reason, Scorecard, Stage, Told
from hiring.pipeline import Refused, Stale
from onboarding.models import Onboarding
from tests.hiring.acts import put, refusal_mail, refuse, take_up
from tests.hiring.factories import ANSWERS, make_application, make_job, make_offer, sign
from tests.hiring.test_races import race

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def ada(company):
    return make_application(make_job(company), name="Ada Lind")


def again(row):
    return type(row).objects.get(pk=row.pk)


def refused(application, by):
    return pipeline.not_select(
        again(application), by=by, expected="cv", reason=Reason.HOURS, tell=Told.MAIL, how=How.PAGE
    )


def advance(application, by, to=Stage.PHONE):
    return pipeline.advance(
        again(application), to=to, by=by, expected=application.standing, how=How.PAGE, answers=ANSWERS
    )


def test_withdrawn_by_link_while_being_refused(ada, owner):
    """The refusal comes first and is not heard of: the candidate's word is the last one, and no mail leaves."""
    found = race(lambda: refused(ada, owner), lambda: pipeline.withdraw(again(ada), by_link=True))
    assert (found["waited"], again(ada).standing, refusal_mail(ada)) == (True, "cv:withdrawn", "cancelled")


def test_refused_while_being_withdrawn_by_link(ada, owner):
    found = race(lambda: pipeline.withdraw(again(ada), by_link=True), lambda: refused(ada, owner))
    assert (type(found["second"]), again(ada).standing, refusal_mail(ada)) == (Stale, "cv:withdrawn", None)


def test_withdrawn_by_link_twice_at_once(ada):
    found = race(*[lambda: pipeline.withdraw(again(ada), by_link=True)] * 2)
    assert (isinstance(found["second"], Refused), ada.moves.count()) == (True, 2)


def test_put_aside_while_a_colleague_talks_to_them(ada, owner):
    found = race(lambda: advance(ada, owner), lambda: pipeline.put_aside(again(ada), expected="cv"))
    assert (found["waited"], type(found["second"]), again(ada).later_at) == (True, Stale, None)


def test_talked_to_while_a_colleague_puts_them_aside(ada, owner):
    race(lambda: pipeline.put_aside(again(ada), expected="cv"), lambda: advance(ada, owner))
    assert (again(ada).standing, again(ada).later_at) == ("phone", None)


def test_undone_and_moved_on_at_once(ada, owner, manager):
    move = advance(ada, owner)
    ada.refresh_from_db()
    found = race(lambda: pipeline.undo(again(move), by=owner), lambda: advance(ada, manager, Stage.INTERVIEW))
    assert (type(found["second"]), again(ada).standing) == (Stale, "cv")


def test_moved_on_and_undone_at_once(ada, owner, manager):
    move = advance(ada, owner)
    ada.refresh_from_db()
    found = race(lambda: advance(ada, manager, Stage.INTERVIEW), lambda: pipeline.undo(again(move), by=owner))
    assert (type(found["second"]), again(ada).standing) == (Stale, "interview")


def test_taken_up_twice_at_once(ada, owner, manager):
    refuse(ada, owner, tell=Told.PHONE)
    found = race(lambda: take_up(again(ada), owner), lambda: take_up_late(ada, manager))
    assert (type(found["second"]), ada.moves.filter(to_outcome="active").count()) == (Stale, 2)


def take_up_late(ada, by):
    return pipeline.take_up(again(ada), by=by, expected="cv:not_selected", reason="news", how=How.PAGE)


def test_told_late_twice_at_once_is_one_mail(ada, owner):
    refuse(ada, owner, tell=Told.PHONE)
    Application.objects.filter(pk=ada.pk).update(told="")
    found = race(lambda: refusals.tell(again(ada), by=owner), lambda: refusals.tell(again(ada), by=owner))
    assert (found["first"], found["second"]) == (True, False)


def test_the_number_of_people_falls_while_one_is_hired(company, owner):
    """Two openings become one while the first is hired: the job is filled, whoever comes first."""
    job = make_job(company, openings=2)
    draft = make_offer(put(make_application(job), Stage.OFFER), owner)
    found = race(
        lambda: signing.signed_outside(again(draft), by=owner, file=None, name="Ada"),
        lambda: adverts.set_openings(again(job), number=1, by=owner),
    )
    assert (found["waited"], again(job).status, again(job).openings) == (True, "filled", 1)


def test_a_hire_while_the_number_of_people_falls(company, owner):
    job = make_job(company, openings=2)
    sign(put(make_application(job), Stage.OFFER), owner)
    draft = make_offer(put(make_application(job), Stage.OFFER), owner)
    found = race(
        lambda: adverts.set_openings(again(job), number=1, by=owner),
        lambda: signing.signed_outside(again(draft), by=owner, file=None, name="Bo"),
    )
    assert (isinstance(found["second"], Refused), Onboarding.objects.count()) == (True, 1)


def test_opened_again_while_the_last_one_is_hired(company, owner):
    job = make_job(company)
    draft = make_offer(put(make_application(job), Stage.OFFER), owner)
    found = race(
        lambda: signing.signed_outside(again(draft), by=owner, file=None, name="Ada"),
        lambda: closing.resume(again(job), by=owner),
    )
    assert (isinstance(found["second"], Refused), again(job).status) == (True, "filled")


def test_two_offers_for_one_opening_at_once(company, owner):
    job = make_job(company)
    drafts = [make_offer(put(make_application(job), Stage.OFFER), owner) for _ in range(2)]
    found = race(*[lambda draft=draft: offers.send(again(draft), by=owner) for draft in drafts])
    assert (found["waited"], isinstance(found["second"], Refused)) == (True, True)
    assert Offer.objects.filter(state="sent").count() == 1


def test_one_persons_card_from_two_tabs(ada, owner):
    def save(trust):
        values = {"recommendation": "yes", "trust": trust, "ratings": {}}
        return lambda: cards.save(again(ada), by=owner, values=values)

    race(save("First"), save("Second"))
    assert list(Scorecard.objects.values_list("version", "trust")) == [(1, "Second")]
