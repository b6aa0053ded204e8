"""Two people with one page, one question or one proposal; the first transaction is held open while the second tries."""

import pytest

from accounts import conflicts
from onboarding import handbook, handbook_proposals, handbook_reading
from onboarding.models import HandbookPage, HandbookProposal, HandbookRead, HandbookVersion
from onboarding.models.handbook import Answer
from tests.factories import make_company, make_member
from tests.onboarding.factories import MONDAY, make_onboarding
from tests.onboarding.handbook_pages import make_page
from tests.onboarding.test_races import while_open

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def plan():
    company = make_company()
    return make_onboarding(company, make_member(company, "hire"), make_member(company, "owner"))


@pytest.fixture
def page(plan):
    return make_page(plan.manager)


def write(page, by, body):
    return lambda: handbook.write(page, by=by, seen=1, title=page.label, body=body)


def now(page) -> HandbookPage:
    return HandbookPage.everything.get(pk=page.pk)


def test_two_savings_meet(plan, page):
    first, second = while_open(write(page, plan.manager, "One."), write(page, plan.manager, "Two."))
    assert (first, second) == (True, conflicts.Changed)
    assert (now(page).body, HandbookVersion.objects.count()) == ("One.", 2)


def answer(plan, body):
    values = {"by": plan.manager, "body": body, "language": "en", "seen": 0}
    return lambda: handbook.answer(plan.company, "tone", **values).pk


def test_one_answer_twice_is_one_page(plan):
    first, second = while_open(answer(plan, "Short."), answer(plan, "Short."))
    assert first == second
    assert (HandbookPage.objects.count(), HandbookVersion.objects.count()) == (1, 1)


def test_two_answers_to_one_question_meet(plan):
    _first, second = while_open(answer(plan, "Short."), answer(plan, "Long."))
    assert (second, HandbookPage.objects.get().body) == (conflicts.Changed, "Short.")


def translate(plan, page):
    return lambda: make_page(plan.manager, language="fi", beside=page).pk


def test_a_language_is_written_once(plan, page):
    _first, second = while_open(translate(plan, page), translate(plan, page))
    assert (second, HandbookPage.objects.filter(language="fi").count()) == (handbook.Refused, 1)


def place(plan, page, index):
    return lambda: handbook.place(page, by=plan.manager, shelf="policies", index=index)


def test_two_who_put_one_shelf_in_order_leave_an_order(plan, page):
    rows = [page, *(make_page(plan.manager, title=title) for title in "bc")]
    assert while_open(place(plan, rows[0], 2), place(plan, rows[2], 0)) == (True, True)
    found = HandbookPage.objects.in_order().values_list("pk", "position")
    assert list(found) == [(rows[2].pk, 1), (rows[1].pk, 2), (rows[0].pk, 3)]


def test_a_page_put_away_is_not_written(plan, page):
    first, second = while_open(
        lambda: handbook.archive(page, by=plan.manager), write(page, plan.manager, "Two.")
    )
    assert (first, second, now(page).revision) == (True, handbook.Gone, 1)


def test_a_page_is_put_away_once(plan, page):
    away = [lambda: handbook.archive(page, by=plan.manager)] * 2
    assert while_open(*away) == (True, False)


# -- reading


def test_one_version_is_marked_once(plan, page):
    mark = [lambda: handbook_reading.mark(page, by=plan.hire, number=1)] * 2
    assert while_open(*mark) == (True, False)
    assert HandbookRead.objects.count() == 1


def test_a_version_that_came_meanwhile_is_not_marked(plan, page):
    first, second = while_open(
        write(page, plan.manager, "Two."), lambda: handbook_reading.mark(page, by=plan.hire, number=1)
    )
    assert (first, second, HandbookRead.objects.count()) == (True, handbook.Refused, 0)


def test_asked_twice_is_asked_once(plan, page):
    ask = [lambda: handbook_reading.ask(page, by=plan.manager, until=MONDAY)] * 2
    assert while_open(*ask) == (True, False)


# -- proposals


@pytest.fixture
def proposal(plan, page):
    return handbook_proposals.propose(
        page, by=plan.hire, number=1, title=page.label, body="Mine.", reason="Why not"
    )


def take(plan, proposal):
    values = {"seen": 1, "title": "Broken things", "body": "Mine."}
    return lambda: handbook_proposals.take_over(proposal, by=plan.manager, **values).state


def test_taken_over_twice_is_one_version(plan, page, proposal):
    first, second = while_open(take(plan, proposal), take(plan, proposal))
    assert (first, second, now(page).revision) == (Answer.TAKEN, handbook_proposals.Answered, 2)


def test_taken_over_while_it_is_declined(plan, page, proposal):
    first, second = while_open(
        lambda: handbook_proposals.decline(proposal, by=plan.manager, comment="No").state,
        take(plan, proposal),
    )
    assert (first, second, now(page).revision) == (Answer.DECLINED, handbook_proposals.Answered, 1)


def test_taken_over_while_somebody_writes(plan, page, proposal):
    first, second = while_open(write(page, plan.manager, "Theirs."), take(plan, proposal))
    proposal.refresh_from_db()
    assert (first, second, proposal.state, now(page).body) == (
        True,
        conflicts.Changed,
        Answer.OPEN,
        "Theirs.",
    )


def test_withdrawn_while_it_is_taken_over(plan, page, proposal):
    first, second = while_open(
        take(plan, proposal), lambda: handbook_proposals.withdraw(proposal, by=plan.hire)
    )
    assert (first, second, now(page).body) == (Answer.TAKEN, False, "Mine.")


def test_taken_over_while_it_is_withdrawn(plan, page, proposal):
    first, second = while_open(
        lambda: handbook_proposals.withdraw(proposal, by=plan.hire), take(plan, proposal)
    )
    assert (first, second, now(page).revision) == (True, handbook_proposals.Answered, 1)


def test_proposed_twice_is_one_proposal(plan, page):
    words = {"number": 1, "title": page.label, "body": "Mine.", "reason": "Why not"}
    propose = [lambda: handbook_proposals.propose(page, by=plan.hire, **words).pk] * 2
    first, second = while_open(*propose)
    assert (first == second, HandbookProposal.objects.count()) == (True, 1)
