"""Two days wished at once: one mail, the later wish."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from mailroom.models import Mail
from readiness import reminders
from tests.factories import make_member
from tests.readiness.factories import make_assessment
from tests.readiness.test_races import in_a_thread
from vault.work import State

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def days_ahead(days):
    return timezone.localdate() + timedelta(days=days)


def waiting(row):
    return [
        timezone.localdate(mail.due_at)
        for mail in Mail.objects.about("assessment", row.pk).filter(state=State.WAITING)
    ]


@pytest.mark.parametrize("days", [7, 30])
def test_two_days_at_once_leave_one_mail(company, days):
    member = make_member(company, Role.OWNER)
    row = make_assessment(company)
    with transaction.atomic():
        reminders.ask_again(row, by=member, on=days_ahead(7))
        second = in_a_thread(lambda: reminders.ask_again(row, by=member, on=days_ahead(days)))
        assert second(0.7) is None
    assert second(10) is not None
    assert waiting(row) == [days_ahead(days)]


def test_taking_back_waits_for_the_wish(company):
    member = make_member(company, Role.OWNER)
    row = make_assessment(company)
    with transaction.atomic():
        reminders.ask_again(row, by=member)
        back = in_a_thread(lambda: reminders.take_back(row, by=member) or True)
        assert back(0.7) is None
    assert back(10)
    assert waiting(row) == []
