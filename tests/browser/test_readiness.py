"""The two-minute check in a browser: it speaks while one types, works without scripts, and the answer moves in."""

import datetime
from uuid import uuid4

import pytest

from tests.readiness import logs
from tests.readiness.factories import typed

NUMBERS = ("support_hours", "brand_hours", "messages_day", "well_day")


def fill(page, product, **changes):
    page.goto(f"{product.url}/readiness/check/")
    for name, value in typed(**changes).items():
        if name in NUMBERS:
            page.fill(f"input[name={name}]", value)
        else:
            page.check(f"input[name={name}][value='{value}']")


def see_the_answer(page):
    page.get_by_role("button", name="See the answer").click()
    page.get_by_role("heading", level=1, name="Hire part-time now, about 15 hours a week.").wait_for()


def test_the_strip_speaks_while_one_types(product, page):
    page.goto(f"{product.url}/readiness/check/")
    page.fill("input[name=messages_day]", "60")
    page.fill("input[name=well_day]", "51")
    page.get_by_text("1 more answer and we can say something.").wait_for()
    page.fill("input[name=support_hours]", "25")
    page.get_by_text("Your support week is 118 % full.").wait_for()
    page.get_by_text("25 hours for 300 messages is 5 minutes each. Right?").wait_for()


def test_yes_takes_the_question_away(product, page):
    fill(page, product)
    page.get_by_text("Right?").wait_for()
    page.locator("input[name=minutes_right]").click()  # the answer takes the box away
    page.get_by_text("Right?").wait_for(state="detached")


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)])
def test_from_the_questions_to_the_answer(product, new_page, width, scripts):
    page = new_page(width=width, scripts=scripts)
    fill(page, product)
    see_the_answer(page)
    assert page.get_by_text("Firm: nothing you left open would change this.").is_visible()
    page.locator("summary", has_text="What would change it").click()
    assert page.get_by_role("cell", name="38 or less").is_visible()


def test_back_loses_nothing(product, page):
    fill(page, product)
    see_the_answer(page)
    page.go_back()
    assert page.input_value("input[name=support_hours]") == "25"
    assert page.is_checked("input[name=oldest_days][value='2.5']")


def test_show_me_which_opens_the_list(product, page):
    fill(page, product, afford="dont_know")
    page.get_by_role("button", name="See the answer").click()
    page.get_by_role("link", name="Show me which").click()
    page.get_by_text("Whether the shop can pay for help:").wait_for()


def test_a_log_is_counted_while_one_watches(product, page, tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(logs.event_log(logs.growing_and_cut()))
    enter(page, product)
    page.goto(f"{product.url}/readiness/import/")
    page.set_input_files("input[type=file]", path)
    page.get_by_role("button", name="Upload", exact=True).click()
    page.get_by_role("button", name="Count", exact=True).click()
    page.get_by_text("Strong evidence that tickets grow").wait_for(timeout=40_000)


def enter(page, product):
    """Signs up, with the answer of the check following into the account."""
    fill(page, product)
    see_the_answer(page)
    page.get_by_role("link", name="Start hiring").click()
    page.fill("input[name=email]", f"{uuid4()}@lumi.example")
    page.fill("input[name=password1]", "correct horse battery")
    page.fill("input[name=shop_name]", "Lumi")
    page.locator("main form button[type=submit], main form button.btn-primary").first.click()
    page.wait_for_load_state()
    page.goto(f"{product.url}/readiness/")
    page.get_by_role("link", name="Hire part-time now, about 15 hours a week.").wait_for()


def test_the_result_on_a_phone_by_keyboard(product, new_page):
    """First screen, folds, a reminder, and a page to print with nothing folded away."""
    page = new_page(width=360, height=740)
    enter(page, product)
    page.get_by_role("link", name="Hire part-time now, about 15 hours a week.").click()
    page.get_by_role("heading", level=1, name="Hire part-time now").wait_for()
    for seen in (
        "Hire part-time now, about 15",
        "Firm: nothing you left",
        "Start hiring",
        "Ask me again in four weeks",
    ):
        box = page.locator("main").get_by_text(seen).first.bounding_box()
        assert box["y"] + box["height"] <= 740, seen
    for question in ("Why?", "How sure?", "What would change it?", "The numbers"):
        fold = page.locator("details.fh-fold", has=page.locator("> summary", has_text=question))
        fold.locator("> summary").focus()
        page.keyboard.press("Enter")
        assert fold.evaluate("fold => fold.open"), question
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    remind(page)
    page.get_by_role("link", name="Print or save as PDF").click()
    page.get_by_role("heading", level=2, name="Four signs").wait_for()
    assert page.locator("main details").count() == 0


def remind(page):
    """On a day of one's own, with the day that is suggested as the start."""
    page.get_by_text("Ask me on another day").click()
    day = datetime.date.fromisoformat(page.input_value("input[name=on]")) + datetime.timedelta(days=9)
    page.fill("input[name=on]", day.isoformat())
    page.get_by_role("button", name="Remind me").click()
    page.get_by_text(f"{day.day}, {day.year} we ask again, once, by mail to").wait_for()
