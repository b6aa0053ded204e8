"""Two people at the library and at what customers say, on PostgreSQL: the first transaction is held open."""

import pytest

from accounts import conflicts, undoing
from onboarding import friction, library, together, tone
from onboarding.models import Example, Friction, Sighting, TogetherMail
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding
from tests.onboarding.test_friction import add
from tests.onboarding.test_races import while_open
from tests.onboarding.test_together import mails, put_in, write_facts

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def owner():
    return make_member(make_company(), "owner")


@pytest.fixture
def hire(owner):
    return make_member(owner.company, "hire")


def test_two_people_tapping_again_count_two(owner, hire):
    row = add(owner.company, owner)
    first, second = while_open(
        lambda: friction.again(row, by=owner, mark="a"), lambda: friction.again(row, by=hire, mark="b")
    )
    assert first
    assert second
    assert Sighting.objects.count() == 3


def test_one_tap_sent_twice_at_once_counts_once(owner):
    row = add(owner.company, owner)
    tap = lambda: friction.again(row, by=owner, mark="a")  # noqa: E731
    first, second = while_open(tap, tap)
    assert (bool(first), second) == (True, None)
    assert Sighting.objects.count() == 2


def test_one_form_sent_twice_at_once_is_one_point(owner):
    write = lambda: add(owner.company, owner, mark="a").pk  # noqa: E731
    first, second = while_open(write, write)
    assert first == second
    assert (Friction.objects.count(), Sighting.objects.count()) == (1, 1)


def test_a_tap_while_the_point_is_taken_back_is_said(owner, hire):
    row = add(owner.company, owner)
    seen = row.sightings.get()
    _gone, second = while_open(
        lambda: friction.take_back(seen, by=owner), lambda: friction.again(row, by=hire, mark="b")
    )
    assert second is undoing.Gone
    assert Friction.objects.count() == 0


def test_a_point_that_is_counted_meanwhile_stays(owner, hire):
    row = add(owner.company, owner)
    seen = row.sightings.get()
    while_open(lambda: friction.again(row, by=hire, mark="b"), lambda: friction.take_back(seen, by=owner))
    assert Sighting.objects.get().by == hire


def test_one_status_chosen_twice_at_once_is_one_event(owner):
    row = add(owner.company, owner)
    fix = lambda: friction.move(row, by=owner, status="fixed")  # noqa: E731
    assert while_open(fix, fix) == (True, False)
    assert row.events.count() == 1


def test_two_people_changing_one_of_ours_at_once_are_asked(owner):
    def change(reply):
        row = library.ours(owner.company, "practice_late")
        return library.change(row, by=owner, seen=0, **library.shown(row) | {"reply": reply}).reply

    assert while_open(lambda: change("First"), lambda: change("Second")) == ("First", conflicts.Changed)
    assert Example.objects.get().reply == "First"


def test_two_people_changing_one_example_at_once_are_asked(owner):
    row = library.add(owner.company, by=owner, topic="T", message="M", reply="R", why="")

    def change(reply):
        seen = Example.objects.get(pk=row.pk)
        return library.change(seen, by=owner, seen=1, **library.shown(row) | {"reply": reply}).reply

    assert while_open(lambda: change("First"), lambda: change("Second")) == ("First", conflicts.Changed)


def test_one_reply_taken_over_twice_at_once_is_one_example(owner):
    take = lambda: library.add_from(owner.company, by=owner, source="draft:1", message="M", reply="R").pk  # noqa: E731
    first, second = while_open(take, take)
    assert first == second
    assert Example.objects.count() == 1


def test_two_people_choosing_the_tone_at_once_are_asked(owner):
    def sound(level):
        return tone.change(owner.company, by=owner, seen=0, level=level, says="", never="", sample="").level

    assert while_open(lambda: sound(1), lambda: sound(5)) == (1, conflicts.Changed)


# E-mails gone through together


@pytest.fixture
def mail(owner):
    """One past e-mail, with the handbook's facts written down."""
    plan = make_onboarding(owner.company, manager=owner)
    write_facts(owner.company, owner)
    put_in(plan, owner, "First")
    return mails(plan)[0]


def test_answered_twice_at_once_keeps_the_first_words(mail):
    answer = lambda words: together.answer(mail, by=mail.onboarding.hire, body=words)  # noqa: E731
    assert while_open(lambda: answer("One"), lambda: answer("Two")) == (True, False)
    mail.refresh_from_db()
    assert mail.answer == "One"


def test_taken_out_while_it_is_answered_stays(mail, owner):
    first, second = while_open(
        lambda: together.answer(mail, by=mail.onboarding.hire, body="One"),
        lambda: together.remove(mail, by=owner),
    )
    assert (first, second) == (True, together.Refused)
    mail.refresh_from_db()
    assert mail.removed_at is None


def test_one_paste_sent_twice_at_once_is_one(mail, owner):
    paste = lambda: put_in(mail.onboarding, owner, "Second", "Third")  # noqa: E731
    assert while_open(paste, paste) == (2, 0)
    assert TogetherMail.objects.count() == 3
