"""The tabs above onboarding: a few in the row, the rest behind "More", and where one is always in sight."""

import re

import pytest
from django.urls import reverse

from onboarding import tabs
from tests.onboarding.factories import make_onboarding

PLAN_ROW = ["plan", "meetings", "goals", "talks"]
SHOP_ROW = ["home", "replies_waiting", "handbook", "ask_first"]


def names(links) -> list[str]:
    return [str(link["label"]) for link in links]


def labels(which, wanted) -> list[str]:
    return [str(tab.label) for tab in which if tab.url_name in wanted]


@pytest.fixture
def onboarding(company, hire, owner):
    return make_onboarding(company, hire, owner)


def nav(page) -> str:
    text = page.content.decode()
    assert text.count('class="fh-tabs fh-tabs-folded"') == 1
    return text.split('<nav class="fh-tabs fh-tabs-folded"')[1].split("</nav>")[0]


def test_an_owner_sees_four_pages_of_a_plan_and_the_rest_in_the_fold(onboarding, owner):
    found = tabs.row(tabs.PLAN, "plan", owner, onboarding)
    assert names(found["row"]) == labels(tabs.PLAN, PLAN_ROW)
    rest = [tab.url_name for tab in tabs.PLAN if tab.url_name not in PLAN_ROW]
    assert names(found["more"]) == labels(tabs.PLAN, rest)


def test_the_open_page_leaves_the_fold_and_is_marked(onboarding, owner):
    found = tabs.row(tabs.PLAN, "account_add", owner, onboarding)
    assert names(found["row"]) == labels(tabs.PLAN, [*PLAN_ROW, "accounts_given"])
    assert [link["label"] for link in found["row"] if link["current"]] == ["Accounts"]
    assert "Accounts" not in names(found["more"])


def test_a_buddy_sees_two_pages_and_no_fold(onboarding, interviewer):
    onboarding.buddy = interviewer
    found = tabs.row(tabs.PLAN, "plan", interviewer, onboarding)
    assert names(found["row"]) == labels(tabs.PLAN, ["plan", "meetings", "together_plan"])
    assert found["more"] == []


def test_a_manager_who_does_not_lead_sees_no_reviews(onboarding, manager):
    found = tabs.row(tabs.PLAN, "plan", manager, onboarding)
    assert {"Meetings", "Reviews"} & set(names(found["row"] + found["more"])) == set()


def test_a_manager_who_is_hired_gets_no_accounts_papers_or_freedom_of_their_own(company, manager, owner):
    own = make_onboarding(company, manager, owner)
    seen = names(tabs.row(tabs.PLAN, "plan", manager, own)["row"])
    assert seen == labels(tabs.PLAN, ["plan", "goals", "record", "settled"])


def test_a_plan_that_has_ended_offers_no_more_writing(onboarding, owner):
    onboarding.cancelled_at = onboarding.created_at
    found = tabs.row(tabs.PLAN, "plan", owner, onboarding)
    assert {"Freedom to answer", "E-mails together"} & set(names(found["row"] + found["more"])) == set()


def test_the_shop_has_four_in_the_row(owner):
    found = tabs.row(tabs.SHOP, "home", owner)
    assert names(found["row"]) == labels(tabs.SHOP, SHOP_ROW)
    assert len(found["more"]) == len(tabs.SHOP) - len(SHOP_ROW)


@pytest.mark.parametrize("which", [tabs.PLAN, tabs.SHOP])
def test_no_page_belongs_to_two_tabs(which):
    pages = [name for tab in which for name in (tab.url_name, *tab.starts)]
    assert [page for page in pages if sum(tab.holds(page) for tab in which) > 1] == []


@pytest.mark.parametrize("tab", tabs.SHOP, ids=lambda tab: tab.url_name)
def test_each_page_of_the_shop_says_where_one_is(tab, owner, sign_in):
    address = reverse(f"onboarding:{tab.url_name}")
    shown = nav(sign_in(owner).get(address))
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', shown) == [address]
    assert shown.count(f'href="{address}"') == 1


@pytest.mark.parametrize("tab", tabs.PLAN, ids=lambda tab: tab.url_name)
def test_each_page_of_a_plan_says_where_one_is(tab, onboarding, owner, sign_in):
    address = reverse(f"onboarding:{tab.url_name}", args=[onboarding.pk])
    shown = nav(sign_in(owner).get(address))
    assert re.findall(r'<a href="([^"]*)" aria-current="page">', shown) == [address]


def test_the_fold_opens_without_script(owner, sign_in):
    shown = nav(sign_in(owner).get(reverse("onboarding:home")))
    assert re.findall(r"<details[^>]*>\s*<summary>([^<]*)</summary>", shown) == ["More"]
