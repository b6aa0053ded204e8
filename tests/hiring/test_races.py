"""Two at once, on PostgreSQL, with the first transaction held open while the second tries.

SQLite has one writer and hides these races.
"""

import threading

import pytest
from django.db import connection, transaction

from accounts import team
from hiring import closing, offers, pipeline, signing
from hiring.models import Application, How, Job, Offer, Stage
from hiring.pipeline import NotOpen, Refused, Stale
from onboarding import arrivals
from onboarding.models import Onboarding
from tests.hiring.factories import ANSWERS, bring, make_application, make_job, make_offer, sign

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


def race(first, second, then=None):
    """Runs `first` and, before its transaction ends, `second` beside it: what each returned or raised.

    `then` runs in the first transaction once the second waits.
    """
    found = {}

    def beside():
        found["second"] = outcome(second)
        connection.close()

    thread = threading.Thread(target=beside)
    with transaction.atomic():
        found["first"] = outcome(first)
        thread.start()
        thread.join(0.7)
        found["waited"] = thread.is_alive()
        found["then"] = then and then()
    thread.join(15)
    return found


def outcome(act):
    try:
        return act()
    except (Refused, Stale) as error:
        return error


def advance(application, by, to=Stage.PHONE):
    row = Application.objects.get(pk=application.pk)
    return pipeline.advance(row, to=to, by=by, expected=application.standing, how=How.BOARD, answers=ANSWERS)


def test_two_managers_move_one_person(company, owner, manager):
    application = make_application(make_job(company))
    found = race(lambda: advance(application, owner), lambda: advance(application, manager))
    assert (found["waited"], type(found["second"])) == (True, Stale)
    assert found["second"].move.actor == owner
    assert application.moves.filter(to_stage=Stage.PHONE).count() == 1


def test_the_last_opening_is_filled_once(company, owner):
    job = make_job(company, openings=1)
    people = [bring(make_application(job), Stage.OFFER, owner) for _ in range(2)]
    drafts = [make_offer(person, owner) for person in people]

    def hire(n):
        return lambda: signing.signed_outside(
            Offer.objects.get(pk=drafts[n].pk), by=owner, file=None, name="Ada"
        )

    found = race(hire(0), hire(1))
    assert (found["waited"], isinstance(found["second"], Refused)) == (True, True)
    assert (Application.objects.filter(stage=Stage.HIRED).count(), Onboarding.objects.count()) == (1, 1)


def sent_offer(company, owner):
    application = bring(make_application(make_job(company)), Stage.OFFER, owner)
    return offers.send(make_offer(application, owner), by=owner)


def sign_by_link(offer):
    return signing.accept(Offer.objects.get(pk=offer.pk), name="Ada", address="192.0.2.1", agent="b")


def test_an_offer_is_withdrawn_before_it_is_accepted(company, owner):
    offer = sent_offer(company, owner)
    found = race(lambda: offers.withdraw(offer, by=owner), lambda: sign_by_link(offer))
    assert isinstance(found["second"], Refused)
    assert Offer.objects.get().state == "withdrawn"
    assert Onboarding.objects.count() == 0


def test_an_offer_is_accepted_before_it_is_withdrawn(company, owner):
    offer = sent_offer(company, owner)
    found = race(
        lambda: sign_by_link(offer), lambda: offers.withdraw(Offer.objects.get(pk=offer.pk), by=owner)
    )
    assert isinstance(found["second"], Refused)
    assert (Offer.objects.get().state, Onboarding.objects.count()) == ("accepted", 1)


def test_accepting_twice_at_once_hires_once(company, owner):
    offer = sent_offer(company, owner)
    race(lambda: sign_by_link(offer), lambda: sign_by_link(offer))
    assert (Onboarding.objects.count(), Application.objects.get().moves.filter(to_stage="hired").count()) == (
        1,
        1,
    )


def test_nobody_gets_into_a_job_that_is_being_closed(company, owner):
    job = make_job(company)
    found = race(lambda: closing.close(job, by=owner), lambda: make_application(Job.objects.get(pk=job.pk)))
    assert (found["waited"], type(found["second"])) == (True, NotOpen)
    assert Application.objects.count() == 0


def test_whoever_was_in_before_the_closing_stays(company, owner):
    job = make_job(company)
    race(lambda: make_application(job), lambda: closing.close(Job.objects.get(pk=job.pk), by=owner))
    assert (Application.objects.count(), Job.objects.get().status) == (1, "closed")


def test_two_applications_at_once_get_two_numbers(company):
    job = make_job(company)
    race(lambda: make_application(job), lambda: make_application(Job.objects.get(pk=job.pk)))
    assert sorted(Application.objects.values_list("number", flat=True)) == [1, 2]


def test_two_offers_at_once_for_one_opening(company, owner):
    job = make_job(company)
    drafts = [make_offer(bring(make_application(job), Stage.OFFER, owner), owner) for _ in range(2)]
    found = race(
        lambda: offers.send(drafts[0], by=owner),
        lambda: offers.send(Offer.objects.get(pk=drafts[1].pk), by=owner),
    )
    assert isinstance(found["second"], Refused)
    assert Offer.objects.filter(state="sent").count() == 1


def test_a_hire_and_a_refusal_of_the_same_person(company, owner, manager):
    application = bring(make_application(make_job(company)), Stage.OFFER, owner)
    make_offer(application, owner)

    def refuse():
        row = Application.objects.get(pk=application.pk)
        return pipeline.not_select(
            row, by=manager, expected="offer", reason="pay", tell="phone", how=How.PAGE
        )  # fmt: skip

    found = race(lambda: sign(Application.objects.get(pk=application.pk), owner), refuse)
    assert isinstance(found["second"], Stale)
    assert Application.objects.get().standing == "hired"


def rehire(application, owner):
    """Hired, undone and taken up again: the signature is there, the last step is an ordinary move."""
    sign(application, owner)
    unhire(application, owner)
    application.refresh_from_db()
    pipeline.take_up(application, by=owner, expected="offer:withdrawn", reason="news", how=How.PAGE)
    application.refresh_from_db()
    return lambda: advance(application, owner, to=Stage.HIRED)


def unhire(application, owner):
    return pipeline.unhire(application, by=owner, expected="hired", reason="circumstances", how=How.PAGE)


def undo_a_hire(application, owner):
    sign(application, owner)
    return lambda: unhire(Application.objects.get(pk=application.pk), owner)


def sign_the_offer(application, owner):
    offer = offers.send(make_offer(application, owner), by=owner)
    return lambda: sign_by_link(offer)


def sign_on_paper(application, owner):
    offer = make_offer(application, owner)
    return lambda: signing.signed_outside(Offer.objects.get(pk=offer.pk), by=owner, file=None, name="Ada")


def locked_rows(*rows) -> list[str]:
    """Which of the rows somebody else holds."""
    found = []
    for row in rows:
        free = type(row).objects.select_for_update(no_key=True, skip_locked=True).filter(pk=row.pk)
        found += [] if free else [type(row).__name__]
    return found


@pytest.mark.parametrize("prepare", [sign_the_offer, sign_on_paper, rehire, undo_a_hire])
def test_who_hires_waits_for_the_team_and_holds_nothing_meanwhile(company, owner, prepare):
    """Else somebody who holds the company and comes for the job would wait for them, and they for him."""
    application = bring(make_application(make_job(company)), Stage.OFFER, owner)
    found = race(
        lambda: team.lock(company.pk),
        prepare(application, owner),
        then=lambda: locked_rows(application.job, application, *Offer.objects.all()),
    )
    assert (found["waited"], found["then"]) == (True, [])
    assert not isinstance(found["second"], Exception)


def test_a_hire_undone_while_somebody_ends_the_plan_by_hand(company, owner):
    application = bring(make_application(make_job(company)), Stage.HIRED, owner)
    onboarding = Onboarding.objects.get()
    found = race(
        lambda: arrivals.end(onboarding, by=owner, reason="another job"),
        lambda: unhire(Application.objects.get(pk=application.pk), owner),
    )
    assert (found["waited"], found["first"]) == (True, True)
    assert Application.objects.get().standing == "offer:withdrawn"
