"""Mail that is looked at again when it leaves: of a shop that closes, and to somebody who has left the team."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts import closing, team
from mailroom import delivery, tasks
from mailroom.models import Mail
from tests.factories import make_company, make_member
from tests.mailroom.factories import make_mail
from vault import work
from vault.work import State

pytestmark = pytest.mark.django_db


def state(mail):
    return Mail.objects.get(pk=mail.pk).state


@pytest.fixture
def closing_shop(company, owner):
    closing.ask(company, by=owner)
    Mail.objects.all().delete()
    return company


@pytest.mark.parametrize(
    "message", ["onboarding_late", "not_selected", "offer", "interview_invitation", "told_one"]
)
def test_a_shop_that_closes_writes_to_nobody(closing_shop, smtp, message):
    mail = make_mail(closing_shop, message=message)
    tasks.deliver(mail.pk)
    row = Mail.objects.get(pk=mail.pk)
    assert (smtp.messages, row.state, row.tries, row.lease_until) == ([], State.WAITING, 0, None)
    assert row.due_at > timezone.now() + timedelta(hours=11)


@pytest.mark.parametrize("message", sorted(delivery.RECEIPTS))
def test_receipts_leave_it(closing_shop, smtp, message):
    tasks.deliver(make_mail(closing_shop, message=message).pk)
    assert len(smtp.messages) == 1


def test_once_it_stays_open_its_mail_leaves(closing_shop, owner, smtp):
    mail = make_mail(closing_shop, message="offer")
    tasks.deliver(mail.pk)
    closing.keep_open(closing_shop, by=owner)
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        tasks.deliver(mail.pk)
    assert (len(smtp.messages), state(mail)) == (1, State.DONE)


def test_another_shop_and_mail_of_no_shop_leave_as_ever(closing_shop, smtp):
    for company in (make_company("Other"), None):
        tasks.deliver(make_mail(company, message="offer").pk)
    assert len(smtp.messages) == 2


def test_what_is_put_off_does_not_hold_up_a_receipt_to_the_same_person(closing_shop, smtp):
    to = "ann@mail.example"
    make_mail(closing_shop, message="offer", to=to)
    receipt = make_mail(closing_shop, message="data_erasing", to=to)
    tasks.deliver(receipt.pk)
    assert (len(smtp.messages), state(receipt)) == (1, State.DONE)


# -- members who have left


@pytest.fixture
def gone(company, owner):
    member = make_member(company, "manager", email="mika@gone.example")
    team.remove(member, by=owner)
    return member


@pytest.mark.parametrize(
    "message", ["told_one", "told_digest", "onboarding_late", "onboarding_given", "offer_answered"]
)
def test_who_has_left_is_told_nothing(company, gone, smtp, message):
    mail = make_mail(company, message=message, to=gone.email)
    tasks.deliver(mail.pk)
    assert (smtp.messages, state(mail)) == ([], State.CANCELLED)


def test_a_waiting_reminder_goes_with_the_place(company, owner):
    member = make_member(company, "manager")
    mail = make_mail(
        company, message="onboarding_late", to=member.email, due_at=timezone.now() + timedelta(minutes=9)
    )
    team.remove(member, by=owner)
    assert state(mail) == State.CANCELLED


def test_who_came_back_hears_again(company, gone, smtp):
    make_member(company, "manager", email=gone.email, user=gone.user)
    tasks.deliver(make_mail(company, message="onboarding_late", to=gone.email).pk)
    assert len(smtp.messages) == 1


def test_a_place_elsewhere_is_another_matter(gone, smtp):
    other = make_company("Other")
    make_member(other, "manager", email=gone.email, user=gone.user)
    tasks.deliver(make_mail(other, message="onboarding_late", to=gone.email).pk)
    assert len(smtp.messages) == 1


def test_as_an_applicant_they_are_still_written_to(company, gone, smtp):
    tasks.deliver(make_mail(company, message="not_selected", to=gone.email).pk)
    assert len(smtp.messages) == 1


# -- the verbs of the queue


def test_a_worker_that_was_too_slow_puts_nothing_off(company):
    mail = make_mail(company)
    row = work.claim(Mail, mail.pk)
    Mail.objects.filter(pk=mail.pk).update(tries=7)
    assert work.put_off(row, until=timezone.now()) is False
    assert work.call_off(row) is False
    assert state(mail) == State.RUNNING
