"""A call on a phone and an interview by key: the line drops, the laptop closes, and no word is lost."""

import re

import pytest

from tests.browser import walker
from tests.browser.walker import Walker

pytestmark = pytest.mark.timeout(300)  # the shop is founded first
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def shop(product, browser):
    """A shop with a job on the air: its cookies, and the job's address."""
    context = browser.new_context(locale="en-FI", timezone_id="Europe/Helsinki")
    founder = walker.check(Walker(product, context.new_page())).click("Start hiring")
    walker.sign_up(founder, "rea@kit.example", shop="Kit")
    walker.publish(founder)
    yield context.cookies(), founder.page.url.removesuffix("live/")
    context.close()


class Talker:
    """Somebody of the shop with one applicant, who is at the call."""

    def __init__(self, page, shop):
        cookies, self.job = shop
        self.page, self.host = page, self.job.split("/hiring/")[0]
        page.context.add_cookies(cookies)

    def post(self, at, address, **data):
        token = TOKEN.search(self.page.request.get(at).text())[1]
        return self.page.request.post(address, form=data | {"csrfmiddlewaretoken": token})

    def with_somebody(self, name):
        """Entered by hand and sent on to the call; opens their page."""
        add = f"{self.job}people/add/"
        self.post(add, add, name=name, phone="+358 40 1234567", cv_text="Two years of tea.")
        found = re.findall(r"(/hiring/people/\d+/)", self.page.request.get(f"{self.job}people/").text())
        self.person = self.host + max(found, key=lambda path: int(path.split("/")[3]))
        self.post(self.person, f"{self.person}advance/", to="phone", expected="cv")
        self.page.goto(self.person)
        return self

    def on_to_the_interview(self):
        answers = {"to": "interview", "expected": "phone", "ask_judgements": "no_call"}
        self.post(self.person, f"{self.person}advance/", **answers)
        self.page.goto(f"{self.person}kit/")
        return self

    def line(self, text):
        self.page.locator("[data-kept-line]", has_text=text).wait_for()
        return self

    def offline(self, off=True):
        self.page.context.set_offline(off)
        return self

    def write(self, name, words):
        self.page.locator(f"[name='{name}']").fill(words)
        return self

    def key(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def value(self, name) -> str:
        return self.page.locator(f"[name='{name}']").input_value()

    def in_hand(self) -> str:
        return self.page.locator("[data-part][data-now] h2").inner_text()


@pytest.fixture
def talker(new_page, shop):
    def make(name, **options):
        return Talker(new_page(**options), shop).with_somebody(name)

    return make


def test_a_call_on_a_phone_without_a_line(talker):
    who = talker("Ada Lind", width=360, height=740, strict=False)
    call = who.page.locator("a[href^='tel:+358']").last
    assert call.bounding_box()["height"] >= 48
    assert who.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    who.page.get_by_label("Say in short what the job is").check()
    who.write("notes", "Speaks clearly").line("Kept ")
    who.offline().write("notes", "Speaks clearly, and asks back").line("Not saved yet, trying again")
    who.offline(off=False).line("Kept ")
    for question in ("direct", "polite", "interested"):
        who.page.locator(f"[name='{question}'][value='yes']").check(force=True)
    who.page.get_by_role("button", name="Keep the call").click()
    who.page.locator("[data-toast]", has_text="The call is kept.").wait_for()
    assert who.value("notes") == "Speaks clearly, and asks back"
    assert who.page.locator("[name='covered'][value='job']").is_checked()


def test_a_closed_laptop_loses_nothing(talker):
    who = talker("Bo Berg", strict=False)
    who.write("notes", "Kept").line("Kept ")
    who.offline().write("notes", "Kept, and not sent").line("Not saved yet, trying again")
    who.page.close(run_before_unload=False)
    who.page = who.page.context.new_page()
    who.offline(off=False).page.goto(who.person)
    who.line("Kept ")
    who.page.reload()
    assert who.value("notes") == "Kept, and not sent"


def test_an_interview_by_key_with_the_line_down_in_between(talker):
    who = talker("Cleo Dahl", strict=False).on_to_the_interview()
    assert who.in_hand() == "First words"
    who.key("ArrowRight")
    first = who.in_hand()
    who.key("4", "e")
    who.page.keyboard.type("Named the customer")
    who.line("Kept ").offline()
    who.page.keyboard.type(" and the parcel")
    who.line("Not saved yet, trying again").offline(off=False).line("Kept ")
    who.key("Escape", "ArrowRight", "0").line("Kept ")
    assert who.in_hand() != first
    who.page.locator("[name='recommendation'][value='yes']").check(force=True)
    who.page.get_by_role("button", name="Hand in").click()
    who.page.locator("[data-toast]", has_text="Your scorecard is in").wait_for()
    assert "Named the customer and the parcel" in who.page.locator("main").inner_text()


def test_handed_in_without_a_line_says_so_and_stays(talker):
    who = talker("Dana Ek", strict=False).on_to_the_interview()
    who.offline().write("trust", "Gladly").line("Not saved yet, trying again")
    who.page.locator("[name='recommendation'][value='yes']").check(force=True)
    who.page.get_by_role("button", name="Hand in").click()
    who.page.locator("[data-toast]", has_text="No connection").wait_for()
    who.offline(off=False).line("Kept ")
    who.page.get_by_role("button", name="Hand in").click()
    who.page.locator("[data-toast]", has_text="Your scorecard is in").wait_for()


def test_the_kit_fits_a_thumb(talker):
    who = talker("Eve Falk", width=360, height=740).on_to_the_interview()
    bar = who.page.locator("[data-kit-bar] button")
    assert [button.bounding_box()["height"] >= 48 for button in bar.all()] == [True, True]
    assert who.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    heads = who.page.locator("[data-part]").count()
    for _ in range(heads - 1):
        bar.last.click()
    assert (who.in_hand(), bar.last.is_disabled()) == ("All in all", True)


def test_without_scripts_it_is_a_form(talker):
    who = talker("Fia Gran", scripts=False).on_to_the_interview()
    who.page.locator("[name='trust']").fill("Gladly")
    who.page.get_by_role("button", name="Keep as a draft").click()
    assert "A draft" in who.page.locator("main").inner_text()
