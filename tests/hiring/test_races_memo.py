"""Two who write the memo of one decision, or take back one sending, on PostgreSQL with the first held open."""

import pytest

from accounts import conflicts, undoing
from hiring import memos, written
from hiring.models import DecisionMemo, ReadOut
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def tried(act):
    """The same act, its refusal as what it returns."""

    def answered():
        try:
            return act()
        except (conflicts.Changed, undoing.Refused) as refused:
            return refused

    return answered


def test_of_two_first_memos_one_is_kept_and_the_other_told(owner, manager):
    ada = make_application(make_job(owner.company))
    found = race(
        lambda: memos.save(ada, by=owner, values={"why": "Calm", "doubts": ""}, seen=0),
        tried(lambda: memos.save(ada, by=manager, values={"why": "Kind", "doubts": ""}, seen=0)),
    )
    assert (found["waited"], type(found["second"])) == (True, conflicts.Changed)
    assert DecisionMemo.objects.get().why == "Calm"


def test_one_sending_is_taken_back_once(owner, manager):
    ada = make_application(make_job(owner.company))
    made = written.send(ada, by=owner, kind="written", sections=[{"title": "T", "lines": ["x"]}])
    mark = made.undoable["sent"]["mark"]
    found = race(
        lambda: written.take_back(ada, mark, by=owner),
        tried(lambda: written.take_back(ada, mark, by=owner)),
    )
    assert (found["waited"], type(found["second"]), ReadOut.objects.count()) == (True, undoing.Gone, 0)
