"""A person takes their consent back while somebody of the shop is about to write to them, on PostgreSQL."""

import pytest

from accounts import undoing
from hiring import pool, wishes
from hiring.models import Application, PoolInvitation
from mailroom.models import Mail
from tests.hiring.factories import make_job
from tests.hiring.test_pool import kept
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def person(company):
    return kept(make_job(company), until=10)


def inviting(person, job, by):
    def invite():
        try:
            return pool.invite(person, job, by=by)
        except pool.Refused as refused:
            return refused

    return invite


def waiting() -> int:
    return Mail.objects.filter(state="waiting", message__startswith="pool_").count()


def test_whoever_says_no_first_is_not_written_to(company, owner, person):
    job = make_job(company)
    found = race(lambda: wishes.withdraw_consent(person), inviting(person, job, owner))
    assert (found["waited"], type(found["second"]), waiting()) == (True, pool.Refused, 0)


def test_a_no_that_comes_second_stops_the_mail(company, owner, person):
    job = make_job(company)
    found = race(inviting(person, job, owner), lambda: wishes.withdraw_consent(person))
    assert (found["waited"], waiting()) == (True, 0)
    assert PoolInvitation.objects.get().taken_back_at


def undoing_the_leaving(person, by):
    row = pool.leave(person, by=by)

    def undo():
        try:
            return pool.take_back(row, row.undoable["pool"]["mark"], by=by)
        except undoing.Gone as gone:
            return gone

    return undo


@pytest.mark.parametrize("shop_first", [True, False])
def test_their_own_no_stands_whoever_is_faster(owner, person, shop_first):
    both = [lambda: wishes.withdraw_consent(person), undoing_the_leaving(person, owner)]
    found = race(*(reversed(both) if shop_first else both))
    assert (found["waited"], isinstance(found["second"], undoing.Gone)) == (True, not shop_first)
    assert Application.objects.get(pk=person.pk).keep_longer_until is None


def test_two_tabs_invite_to_one_job_once(company, owner, person):
    job = make_job(company)
    found = race(inviting(person, job, owner), inviting(person, job, owner))
    assert (found["waited"], type(found["second"]), waiting()) == (True, pool.Refused, 1)


def test_two_workers_ask_once(person):
    found = race(pool.ask_all, pool.ask_all)
    assert (found["waited"], found["first"], found["second"], waiting()) == (True, 1, 0, 1)
    assert Application.objects.get(pk=person.pk).pool_note.asked_until == person.keep_longer_until
