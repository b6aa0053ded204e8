"""Two owners who save at once, on PostgreSQL: one is first, the other is told."""

import pytest
from django.db import transaction

from accounts.conflicts import Changed
from readiness.models import Weighing
from tests.readiness.test_races import in_a_thread
from tests.readiness.test_weighing import weigh

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def second(owner):
    try:
        return weigh(owner, {"need_low": 20.0})
    except Changed as changed:
        return changed.row.revision


@pytest.mark.postgres
def test_of_two_who_save_at_once_the_second_is_told(owner):
    with transaction.atomic():
        weigh(owner, {"need_low": 10.0})
        other = in_a_thread(lambda: second(owner))
        assert other(0.7) is None
    assert other(10) == 1
    assert Weighing.objects.get().changes == {"need_low": 10.0}
