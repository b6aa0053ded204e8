"""Invitations go when nobody asks for them any more; whoever is waited for keeps theirs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import tasks, team
from accounts.models import Invitation, Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db
OVER = timedelta(days=14 + 91)


@pytest.fixture
def place(owner):
    return team.invite(company=owner.company, email="iris@x.example", name="Iris", role=Role.HIRE, by=owner)


def set_place(place, **values):
    type(place).objects.filter(pk=place.pk).update(**values)


def later(time_machine, by=OVER):
    time_machine.move_to(timezone.now() + by, tick=False)
    return tasks.forget_invitations(), Invitation.objects.count()


def test_somebody_who_came_in_needs_none(place, time_machine):
    set_place(place, user=make_user("iris@x.example"))
    assert later(time_machine) == (1, 0)


def test_a_place_taken_away_needs_none(place, time_machine):
    set_place(place, removed_at=timezone.now())
    assert later(time_machine) == (1, 0)


def test_who_is_still_waited_for_keeps_it(place, time_machine):
    assert later(time_machine) == (0, 1)


def test_ninety_days_are_not_eighty_nine(place, time_machine):
    set_place(place, user=make_user("iris@x.example"))
    assert later(time_machine, timedelta(days=14 + 89)) == (0, 1)


def test_twice_is_once(place, time_machine):
    set_place(place, removed_at=timezone.now())
    assert later(time_machine) == (1, 0)
    assert tasks.forget_invitations() == 0
