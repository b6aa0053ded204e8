"""The first ten minutes: a stranger's way from the first page to a published job, counted, with and without scripts."""

from itertools import count

import pytest

from tests.browser import walker
from tests.browser.conftest import Product
from tests.browser.walker import Walker

CLICKS, FIELDS = 16, 16
ANSWER = "Hire part-time now, about 15 hours a week."
_number = count(1)


@pytest.fixture
def person(product, new_page):
    """person() -> somebody with a browser of their own."""
    return lambda **options: Walker(product, new_page(**options))


def to_the_advert(founder):
    walker.check(founder)
    assert founder.heading == ANSWER
    founder.click("Start hiring")
    walker.sign_up(founder, f"first{next(_number)}@run.example", shop="First Run")
    assert founder.sees("Step 2 of 6")
    return walker.publish(founder)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, True), (1280, False), (360, False)])
def test_from_the_first_page_to_a_published_job(person, width, scripts):
    founder = person(width=width, scripts=scripts)
    address = to_the_advert(founder)
    assert founder.count <= CLICKS
    assert founder.typed <= FIELDS
    stranger = person(scripts=scripts).open(address)
    assert stranger.sees("Wool blankets from Turku")


def test_home_says_which_step_comes_next(person):
    founder = person()
    walker.check(founder)
    founder.click("Start hiring")
    walker.sign_up(founder, f"first{next(_number)}@run.example")
    founder.open("/")
    now = founder.page.locator(".fh-steps [aria-current=step]")
    assert now.inner_text() == "Describe"
    assert founder.page.locator(".fh-steps li").all_inner_texts() == [
        *("Decide", "Describe", "Publish", "Choose", "Offer", "First day")
    ]
    assert founder.click("Continue").heading == "Describe the job"


@pytest.mark.parametrize("scripts", [True, False])
def test_back_from_the_answer_keeps_every_answer(person, scripts):
    founder = person(scripts=scripts)
    walker.check(founder)
    founder.page.go_back()
    page = founder.page
    assert [page.input_value(f"[name={name}]") for name in ("support_hours", "well_day")] == ["25", "40"]
    assert page.is_checked("[name=afford][value=yes]")
    walker.see_the_answer(founder.type(support_hours="24"))
    assert founder.sees("You spend 24 hours on customers and 12 on the shop.")


def test_two_tabs_with_different_answers_lose_nothing(person):
    one = person()
    one.open("/readiness/check/")
    other = Walker(one, one.page.context.new_page())
    walker.check(other)
    walker.see_the_answer(one.type(support_hours="30"))
    assert one.sees("Another tab had answered differently; this answer counts now")
    assert one.sees("You spend 30 hours on customers and 12 on the shop.")


def test_what_it_would_cost_comes_from_the_answer_and_leads_back(person):
    founder = person(width=360)
    walker.check(founder)
    founder.click("What would it cost?")
    founder.type(wage="16", value="40").click("Work it out")
    assert founder.sees("a month for 15 hours a week.")
    assert founder.sees("Hiring is cheaper than doing nothing by")
    founder.page.go_back()
    founder.page.go_forward()
    assert founder.page.input_value("[name=wage]") == "16"
    assert founder.click("Back to the answer").heading == ANSWER


@pytest.mark.parametrize("scripts", [True, False])
def test_help_opens_and_leads_to_its_page_and_escape_closes_it(person, scripts):
    reader = person(width=360, scripts=scripts).open("/readiness/check/")
    summary = reader.page.get_by_label("Help with this page")
    reader.tap(summary)
    assert reader.sees("Ten questions; a rough number is fine")
    if scripts:
        reader.key("Escape")
        assert not reader.page.get_by_text("Ten questions; a rough number is fine").is_visible()
        reader.tap(summary)
    assert reader.click("Read more about it").heading == "Decide whether to hire"
    reader.click("Bridge the gap")
    assert reader.page.url.endswith("#bridge-the-gap")


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    running = Product(tmp_path_factory.mktemp("sample"), DEMO="1").start()
    yield running
    running.stop()


@pytest.mark.parametrize("scripts", [True, False])
def test_one_click_opens_the_sample_shop(sample, new_page, scripts):
    visitor = Walker(sample, new_page(scripts=scripts)).open("/")
    visitor.click("Look around a sample shop")
    assert visitor.sees("You are looking around a sample shop")
    assert (visitor.count, visitor.typed) == (1, 0)


def test_without_a_sample_shop_there_is_no_such_link(person):
    visitor = person().open("/")
    assert visitor.page.get_by_text("Look around a sample shop").count() == 0
