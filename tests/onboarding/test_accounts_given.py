"""Accounts of a new colleague: given from one list, and taken back from the same one when they leave."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import conflicts, team
from accounts.models import Membership
from onboarding import accounts_given, arrivals, overview, panels, plans, steps
from onboarding.kinds import State
from onboarding.models import AccountGiven
from tests.factories import make_member
from tests.onboarding.factories import make_onboarding, step_of
from tests.onboarding.test_plan_pages import text
from tests.onboarding.test_undo import undo_url
from vault import erasing
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
OURS = ["mail", "help_desk", "shop"]


def row(plan, key="mail"):
    return accounts_given.row_of(plan, key)


def give(plan, owner, *keys):
    for key in keys or OURS:
        accounts_given.give(row(plan, key), by=owner)


def leaves(plan):
    team.remove(plan.hire, by=None)
    plan.hire.refresh_from_db()


def held(company):
    """(plan, how many) of those who are asked for accounts."""
    asking = Membership(company=company, role="owner", pk=0)
    return [(plan.pk, plan.held) for plan in overview.with_leavers(company, asking)[1]]


# -- given


def test_the_list_begins_with_ours_and_writes_nothing(plan):
    assert [(one.key, one.pk) for one in accounts_given.rows(plan)] == [(key, None) for key in OURS]


def test_an_account_is_given_once(plan, owner):
    assert [accounts_given.give(row(plan), by=owner) for _ in range(2)] == [True, False]
    found = AccountGiven.objects.get()
    assert (found.key, found.given_by, found.is_held) == ("mail", owner, True)
    assert TrailEntry.objects.filter(action="account.given").count() == 1


def test_two_rows_made_at_once_are_one(plan, owner):
    first, second = row(plan), row(plan)  # neither is in the database
    assert [accounts_given.give(one, by=owner) for one in (first, second)] == [True, False]
    assert AccountGiven.objects.count() == 1


def test_the_step_is_done_with_the_last_one(plan, owner):
    give(plan, owner, "mail", "help_desk")
    assert step_of(plan, "accounts_given").state == State.OPEN
    give(plan, owner, "shop")
    step = step_of(plan, "accounts_given")
    assert (step.state, step.completed_by) == (State.DONE, owner)


def test_what_is_not_used_is_not_waited_for(plan, owner):
    give(plan, owner, "mail", "help_desk")
    accounts_given.remove(row(plan, "shop"), by=owner)
    assert step_of(plan, "accounts_given").state == State.DONE


@pytest.mark.parametrize("undo", ["ungive", "add"])
def test_the_step_opens_again_with_the_list(plan, owner, undo):
    give(plan, owner)
    if undo == "add":
        accounts_given.add(plan, by=owner, title="Parcel portal")
    else:
        accounts_given.ungive(row(plan), by=owner)
    assert step_of(plan, "accounts_given").state == State.OPEN


def test_a_skipped_step_stays_skipped(plan, owner):
    steps.skip(step_of(plan, "accounts_given"), by=owner, reason="By the agency")
    give(plan, owner)
    assert step_of(plan, "accounts_given").state == State.SKIPPED


def test_nothing_is_given_to_somebody_who_has_left(plan, owner):
    leaves(plan)
    with pytest.raises(accounts_given.Refused):
        accounts_given.give(row(plan), by=owner)
    assert AccountGiven.objects.count() == 0


# -- taken back


def test_whoever_leaves_is_asked_for_what_they_hold(plan, owner, company):
    give(plan, owner, "mail", "shop")
    assert held(company) == []
    leaves(plan)
    assert held(company) == [(plan.pk, 2)]


def test_a_plan_that_ends_asks_too(plan, owner, company):
    give(plan, owner, "mail")
    arrivals.end(plan, by=owner, reason="Went elsewhere")
    assert held(company) == [(plan.pk, 1)]


def test_a_colleague_with_another_plan_keeps_everything(company, owner, interviewer):
    old = make_onboarding(company, interviewer, owner)
    give(old, owner, "mail")
    plans.cancel(old, by=owner, reason="Begun wrongly")
    assert held(company) == [(old.pk, 1)]
    make_onboarding(company, interviewer, owner)
    assert (held(company), accounts_given.has_left(old)) == ([], False)


def test_somebody_put_back_into_the_team_is_not_asked(plan, owner, company):
    give(plan, owner, "mail")
    leaves(plan)
    team.put_back(plan.hire, by=owner)
    assert held(company) == []


def test_taken_back_once_with_who_and_when(plan, owner, manager, company):
    give(plan, owner, "mail")
    leaves(plan)
    assert [accounts_given.take_back(row(plan), by=manager) for _ in range(2)] == [True, False]
    found = AccountGiven.objects.get()
    assert (found.taken_by, found.taken_at is not None, held(company)) == (manager, True, [])


def test_what_was_never_given_is_not_taken_back(plan, owner):
    accounts_given.add(plan, by=owner, title="Parcel portal")
    own = AccountGiven.objects.get()
    assert accounts_given.take_back(own, by=owner) is False


def test_taking_back_can_be_taken_back(plan, owner):
    give(plan, owner, "mail")
    accounts_given.take_back(row(plan), by=owner)
    assert [accounts_given.untake(row(plan), by=owner) for _ in range(2)] == [True, False]
    assert row(plan).is_held


def test_an_account_comes_back_to_somebody_who_stays(plan, owner):
    give(plan, owner, "mail")
    accounts_given.take_back(row(plan), by=owner)
    assert accounts_given.give(row(plan), by=owner)
    assert (row(plan).is_held, row(plan).taken_by) == (True, None)


def test_what_somebody_holds_stays_on_the_list(plan, owner):
    give(plan, owner, "mail")
    with pytest.raises(accounts_given.Refused):
        accounts_given.remove(row(plan), by=owner)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountGiven.objects.update(removed_at=plan.created_at)


def test_another_shop_is_asked_nothing(plan, owner, rival):
    give(plan, owner, "mail")
    leaves(plan)
    assert held(rival.company) == []


@pytest.mark.parametrize("count", [1, 3])
def test_who_holds_what_costs_no_query_more(company, owner, count, django_assert_num_queries):
    for _ in range(count):
        plan = make_onboarding(company, make_member(company, "hire"), owner)
        give(plan, owner)
        leaves(plan)
    with django_assert_num_queries(3):  # as the mirrors alone: plans, steps, questions
        found = held(company)
    assert [n for _plan, n in found] == [3] * count


# -- own words


def test_own_words_and_a_limit_are_kept(plan, owner):
    values = {"title": "Shopify", "may": "Orders only", "refund_limit": Decimal("50")}
    accounts_given.change(row(plan, "shop"), by=owner, seen=1, **values)
    found = row(plan, "shop")
    assert (found.label, found.rights, found.limit) == ("Shopify", "Orders only", "€50.00")


def test_our_words_stay_ours(plan, owner):
    shop = row(plan, "shop")
    values = {"title": shop.label, "may": shop.rights, "refund_limit": None}
    assert accounts_given.change(shop, by=owner, seen=1, **values) is False


def test_two_who_change_it_at_once_hear_of_each_other(plan, owner):
    values = {"may": "", "refund_limit": None}
    accounts_given.change(row(plan), by=owner, seen=1, title="One", **values)
    with pytest.raises(conflicts.Changed):
        accounts_given.change(row(plan), by=owner, seen=1, title="Two", **values)


def test_a_list_has_an_end(plan, owner, monkeypatch):
    monkeypatch.setattr(accounts_given, "MOST", 0)
    with pytest.raises(accounts_given.Refused):
        accounts_given.add(plan, by=owner, title="Parcel portal")


def test_it_goes_with_the_person(plan, owner, hire):
    give(plan, owner)
    leaves(plan)
    erasing.erase("member", hire.pk, company_id=hire.company_id)
    assert AccountGiven.objects.count() == 0


# -- the pages


@pytest.fixture
def olga(plan, owner, sign_in):  # signed in on the day of the plan
    return sign_in(owner)


def at(name, plan, *more):
    return reverse(f"onboarding:{name}", args=[plan.pk, *more])


def page(client, plan) -> str:
    return text(client.get(at("accounts_given", plan)).content.decode())


class TestPages:
    def test_the_list_says_who_gave_what(self, olga, plan):
        assert "0 of 3 given" in page(olga, plan)
        olga.post(at("account_give", plan, "mail"))
        assert "1 of 3 given" in page(olga, plan)
        assert "Given by Olga, Mon, Dec 7" in page(olga, plan)

    @pytest.mark.parametrize(
        ("verb", "opposite"), [("give", "ungive"), ("take_back", "untake"), ("remove", "put_back")]
    )
    def test_every_act_offers_its_opposite(self, olga, plan, owner, verb, opposite):
        if verb == "take_back":
            give(plan, owner, "mail")
        url = undo_url(olga.post(at(f"account_{verb}", plan, "mail")))
        assert url == at(f"account_{opposite}", plan, "mail")
        assert undo_url(olga.post(url)) == at(f"account_{verb}", plan, "mail")

    def test_a_refusal_is_said(self, olga, plan, owner):
        give(plan, owner, "mail")
        olga.post(at("account_remove", plan, "mail"))
        assert "This was given. Take it back first." in page(olga, plan)

    def test_own_ones_are_added(self, olga, plan):
        olga.post(at("account_add", plan), {"title": "Parcel portal", "may": "Prints labels"})
        assert "Parcel portal Prints labels" in page(olga, plan)

    def test_nothing_is_added_without_a_name(self, olga, plan):
        assert olga.post(at("account_add", plan), {"may": "x"}).status_code == 422

    def test_the_shop_has_a_limit(self, olga, plan):
        body = {"title": "Shopify", "may": "Orders", "refund_limit": "50", "seen": "1"}
        olga.post(at("account_change", plan, "shop"), body)
        assert "Shopify Orders Refunds up to €50.00" in page(olga, plan)

    @pytest.mark.parametrize("limit", ["-1", "much", "1e99", "99999999999"])
    def test_an_odd_limit_is_refused_and_stays_typed(self, olga, plan, limit):
        answer = olga.post(
            at("account_change", plan, "shop"), {"title": "x", "refund_limit": limit, "seen": "1"}
        )
        assert (answer.status_code, answer.context["form"]["refund_limit"].value()) == (422, limit)
        assert AccountGiven.objects.count() == 0

    def test_only_the_shop_has_one(self, olga, plan):
        body = {"title": "Mail", "may": "x", "refund_limit": "50", "seen": "1"}
        olga.post(at("account_change", plan, "mail"), body)
        assert AccountGiven.objects.get().refund_limit is None

    def test_a_stale_page_shows_both(self, olga, plan, owner):
        accounts_given.change(row(plan), by=owner, seen=1, title="Theirs", may="", refund_limit=None)
        answer = olga.post(at("account_change", plan, "mail"), {"title": "Mine", "seen": "1"})
        assert (answer.status_code, row(plan).title) == (409, "Theirs")

    def test_a_key_nobody_knows_is_not_there(self, olga, plan):
        found = [olga.post(at("account_give", plan, "own-1")), olga.get(at("account_change", plan, "own-1"))]
        assert [answer.status_code for answer in found] == [404, 404]

    def test_of_somebody_who_left_only_taking_back_is_offered(self, olga, plan, owner):
        give(plan, owner, "mail")
        leaves(plan)
        html = olga.get(at("accounts_given", plan)).content.decode()
        assert "Sara has left and still holds 1 account. Take it back today." in text(html)
        assert (at("account_take_back", plan, "mail") in html, at("account_give", plan, "shop") in html) == (
            True,
            False,
        )
        olga.post(at("account_take_back", plan, "mail"))
        assert "Everything is taken back." in page(olga, plan)

    def test_of_somebody_who_stays_it_is_taken_back_on_its_own_page(self, olga, plan, owner):
        give(plan, owner, "mail")
        address = at("account_take_back", plan, "mail")
        pages = [at("accounts_given", plan), at("account_change", plan, "mail")]
        assert [address in olga.get(page).content.decode() for page in pages] == [False, True]

    def test_the_step_leads_here(self, olga, plan):
        html = olga.get(
            reverse("onboarding:step", args=[step_of(plan, "accounts_given").pk])
        ).content.decode()
        assert f'href="{at("accounts_given", plan)}"' in html

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_list_costs_the_same(self, olga, plan, owner, count, django_assert_num_queries):
        for n in range(count):
            own = accounts_given.add(plan, by=owner, title=f"Own {n}")
            accounts_given.give(own, by=owner)
        olga.get(at("accounts_given", plan))
        with django_assert_num_queries(3 + 2):  # identity; the plan, its accounts
            olga.get(at("accounts_given", plan))


NAMES = [("accounts_given", ()), ("account_change", ("mail",))]
POSTS = [("account_add", ()), *((f"account_{verb}", ("mail",)) for verb in ("give", "take_back", "remove"))]


@pytest.mark.parametrize(("who", "status"), [("interviewer", 403), ("hire", 403), ("rival", 404)])
def test_the_list_is_for_those_who_lead(request, plan, sign_in, who, status):
    client = sign_in(request.getfixturevalue(who))
    found = [client.get(at(name, plan, *more)).status_code for name, more in NAMES]
    found += [client.post(at(name, plan, *more), {"title": "x"}).status_code for name, more in POSTS]
    assert found == [status] * 6


def test_a_manager_in_a_plan_of_their_own_does_not_lead_it(company, owner, manager, sign_in):
    plan = make_onboarding(company, manager, owner)
    client = sign_in(manager)
    assert client.get(at("accounts_given", plan)).status_code == 403
    assert client.post(at("account_give", plan, "mail")).status_code == 403


# -- home


def shown_at_home(membership) -> bool:
    return "onboarding/_panel_accounts.html" in {panel.template for panel in panels.for_member(membership)}


def test_home_waits_for_the_owner_until_it_is_done(plan, owner, manager, interviewer, sign_in):
    give(plan, owner, "mail")
    assert not shown_at_home(owner)
    leaves(plan)
    assert [shown_at_home(who) for who in (owner, manager, interviewer)] == [True, False, False]
    html = sign_in(owner).get("/").content.decode()
    assert at("accounts_given", plan) in html
    assert "Somebody has left and still holds accounts." in html
    accounts_given.take_back(row(plan), by=owner)
    assert not shown_at_home(owner)
