"""One card from two windows at once, and calls likewise: one counts, the other is told. On both databases."""

import threading

import pytest

from hiring import cards, screens
from hiring.models import PhoneScreen, Scorecard, Stage
from tests.hiring.acts import put, url
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_races import race


@pytest.fixture
def ada(company):
    return put(make_application(make_job(company), name="Ada Lind"), Stage.INTERVIEW)


def told(act):
    """What it gave, or what it said instead."""
    try:
        return act()
    except (cards.Changed, screens.Changed) as error:
        return error


def hand_in(application, by, trust):
    values = {"recommendation": "yes", "trust": trust, "ratings": {}}
    row = type(application).objects.get(pk=application.pk)
    return lambda: told(lambda: cards.save(row, by=by, values=values, submit=True, seen=""))


def call(application, by, notes):
    row = type(application).objects.get(pk=application.pk)
    return lambda: told(lambda: screens.save(row, by=by, values={"notes": notes}, seen=""))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestHeldOpen:
    def test_a_card_handed_in_twice(self, ada, owner):
        found = race(hand_in(ada, owner, "First"), hand_in(ada, owner, "Second"))
        assert (found["waited"], type(found["second"])) == (True, cards.Changed)
        assert list(Scorecard.objects.values_list("version", "trust")) == [(1, "First")]

    def test_two_people_do_not_wait_in_vain(self, ada, owner, manager):
        found = race(hand_in(ada, owner, "Mine"), hand_in(ada, manager, "Theirs"))
        assert isinstance(found["second"], Scorecard)
        assert Scorecard.objects.submitted().count() == 2

    def test_a_call_kept_twice(self, ada, owner, manager):
        found = race(call(ada, owner, "First"), call(ada, manager, "Second"))
        assert (found["waited"], type(found["second"])) == (True, screens.Changed)
        assert PhoneScreen.objects.get().notes == "First"


@pytest.mark.django_db(transaction=True)
def test_two_browsers_hand_in_the_same_card(ada, owner, sign_in):
    answers, browsers = [], [sign_in(owner), sign_in(owner)]
    data = {"recommendation": "yes", "seen": "", "submit": "1"}

    def send(browser):
        from django.db import connection

        answers.append(browser.post(url("scorecard", ada), data).status_code)
        connection.close()

    threads = [threading.Thread(target=send, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (sorted(answers), Scorecard.objects.submitted().count()) == ([302, 409], 1)
