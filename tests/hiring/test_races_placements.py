"""Two tabs say "I posted it" at once, on PostgreSQL with the first transaction held open."""

import pytest

from hiring import placements
from hiring.models import Placement
from tests.hiring.adverts import make_published
from tests.hiring.placed import make_placement, placed
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_posted_twice_at_once_is_posted_once(owner, manager):
    job = make_published(owner)
    found = race(
        lambda: placements.post(job, "wwr", values=placed(price="170"), by=owner),
        lambda: placements.post(job, "wwr", values=placed(price="999"), by=manager),
    )
    assert (found["waited"], found["second"].pk) == (True, found["first"].pk)
    assert [(row.price, row.posted_by) for row in Placement.objects.all()] == [(170, owner)]


def test_a_visit_while_somebody_says_posted_makes_no_second_row(owner):
    job = make_published(owner)
    touch = placements.read(placements.token(job, "wwr"))
    found = race(
        lambda: placements.post(job, "wwr", values=placed(), by=owner),
        lambda: placements.visited(touch, job),
    )
    assert found["waited"]
    assert Placement.objects.values_list("visits", "posted_by").get() == (1, owner.pk)


def test_taken_down_while_it_is_changed(owner, manager):
    job = make_published(owner)
    row = make_placement(job, owner)
    race(
        lambda: placements.take_down(row, by=owner),
        lambda: placements.change(row, values=placed(price="12"), by=manager),
    )
    row.refresh_from_db()
    assert (row.is_up, row.price) == (False, 12)
