"""Two at once around references, on PostgreSQL, with the first transaction held open while the second tries."""

import pytest

from accounts import conflicts
from hiring import referees_asked, references, written_references
from hiring.models import CallTry, Referee, ReferenceCall, WrittenReference
from hiring.pipeline import Refused
from mailroom.models import Mail
from tests.hiring.referred import SAID, fresh, line, make_asked, make_finalist, make_referee, sent
from tests.hiring.test_races import race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
EXPECTED = (written_references.Closed, referees_asked.Over, Refused, conflicts.Changed)


@pytest.fixture
def ada(company):
    return make_finalist(company)


@pytest.fixture
def rolf(ada):
    return make_referee(ada)


def told(act):
    """What a race returns: the outcome, or which of ours was raised."""

    def attempt():
        try:
            return act()
        except EXPECTED as error:
            return type(error)

    return attempt


def replying(written, words):
    values = SAID | {"answers": {"know": words}}
    return told(lambda: written_references.reply(fresh(written), kind="written", values=values))


def test_two_browsers_send_one_answer(rolf, owner):
    written = sent(rolf, owner)
    found = race(replying(written, "First"), replying(written, "Second"))
    assert (found["waited"], found["second"]) == (True, written_references.Closed)
    assert WrittenReference.objects.get().answers == {"know": "First"}


def test_consent_goes_while_the_referee_sends(ada, rolf, owner):
    written = sent(rolf, owner)
    found = race(lambda: referees_asked.withdraw(ada), replying(written, "Late"))
    assert (found["waited"], found["second"]) == (True, written_references.Closed)
    assert (WrittenReference.objects.get().reply, Referee.objects.get().withdrawn_at is None) == ("", False)


def test_the_referee_sends_while_consent_goes(ada, rolf, owner):
    written = sent(rolf, owner)
    found = race(replying(written, "In time"), lambda: referees_asked.withdraw(ada))
    assert (found["waited"], found["second"]) == (True, True)
    assert (WrittenReference.objects.get().reply, Referee.objects.get().withdrawn_at is None) == (
        "written", False,
    )  # fmt: skip


def test_two_managers_ask_one_referee_once(rolf, owner, manager):
    found = race(*(told(lambda by=by: written_references.send(rolf, by=by)) for by in (owner, manager)))
    assert (found["waited"], found["second"]) == (True, Refused)
    assert Mail.objects.filter(message="reference_ask").count() == 1


def test_consent_goes_while_somebody_notes_the_call(ada, rolf, owner):
    call = told(lambda: references.save_call(rolf, by=owner, values={"overall": "good"}))
    found = race(lambda: referees_asked.withdraw(ada), call)
    assert (found["waited"], found["second"], ReferenceCall.objects.count()) == (True, Refused, 0)


def test_two_tabs_of_the_applicant(ada):
    make_asked(ada)
    found = race(
        *(told(lambda name=name: referees_asked.keep(ada, [line(name=name)], seen=1)) for name in ("A", "B"))
    )
    assert (found["waited"], found["second"]) == (True, conflicts.Changed)
    assert Referee.objects.get().name == "A"


def test_forgotten_while_a_try_is_noted(rolf, owner):
    found = race(
        lambda: written_references.forget(rolf),
        told(lambda: references.note_try(rolf, by=owner, values={"outcome": "wrong"})),
    )
    assert (found["waited"], found["second"], CallTry.objects.count()) == (True, Refused, 0)
