"""Reading by key and by thumb: the next CV is there at once, Undo finds the last one, offline loses nothing."""

import re
from itertools import count

import pytest

from tests.browser import walker
from tests.browser.walker import Walker
from tests.vault import samples

pytestmark = pytest.mark.timeout(300)  # the shop is founded first
_number = count(1)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@pytest.fixture(scope="module")
def shop(product, browser):
    """A shop with a job on the air: its cookies, and the job's address."""
    context = browser.new_context(locale="en-FI", timezone_id="Europe/Helsinki")
    founder = walker.check(Walker(product, context.new_page())).click("Start hiring")
    walker.sign_up(founder, "rea@queue.example", shop="Queue")
    walker.publish(founder)
    yield context.cookies(), founder.page.url.removesuffix("live/")
    context.close()


class Reader:
    """Somebody at the pile, with people on it who were entered by hand."""

    def __init__(self, page, shop):
        cookies, self.job = shop
        self.page = page
        page.context.add_cookies(cookies)
        self._clear()

    def _post(self, address, data):
        token = TOKEN.search(self.page.request.get(address).text())[1]
        self.page.request.post(address, multipart=data | {"csrfmiddlewaretoken": token})

    def _clear(self):
        """Whoever an earlier test left on the pile is put aside."""
        while found := re.search(r'action="(/hiring/people/\d+/read/)"', self._pile()):
            address = self.job.split("/hiring/")[0] + found[1]
            token = TOKEN.search(self._pile())[1]
            data = {"decision": "later", "expected": "cv", "csrfmiddlewaretoken": token}
            self.page.request.post(address, form=data)

    def _pile(self) -> str:
        return self.page.request.get(f"{self.job}read/").text()

    def with_people(self, n, email=""):
        """Opens the first of `n`; their headings in order."""
        for _ in range(n):
            person = {
                "name": f"Person {next(_number)}",
                "cv_text": "Two years of answering people.",
                "email": email,
            }
            self._post(f"{self.job}people/add/", person)
        self.page.goto(f"{self.job}read/")
        self.ready()
        first = int(self.heading.split()[-1])
        return [f"Applicant {first + n}" for n in range(n)]

    def with_files(self, *found):
        """Opens the first of them: people whose CVs are these (name, kind, bytes)."""
        for name, kind, data in found:
            cv = {"name": name, "mimeType": kind, "buffer": data}
            person = {"name": f"Person {next(_number)}", "cv": cv, "cover_letter": "I like tea.\n\n" * 200}
            self._post(f"{self.job}people/add/", person)
        self.page.goto(f"{self.job}read/")
        return self

    def in_sight(self, selector) -> bool:
        box, view = self.page.locator(selector).bounding_box(), self.page.viewport_size
        down = box["y"] >= 0 and box["y"] + box["height"] <= view["height"]
        return down and box["x"] >= 0 and box["x"] + box["width"] <= view["width"]

    @property
    def heading(self) -> str:
        return self.page.locator("h1").inner_text()

    def ready(self):
        """The page after this one has been fetched, or there is none."""
        self.page.locator("form[data-next][data-ready]").wait_for(state="attached")
        return self

    def shows(self, heading):
        self.page.locator("h1", has_text=re.compile(f"^{heading}$")).wait_for()
        return self

    def says(self, text):
        self.page.locator("[data-toast]", has_text=text).first.wait_for()
        return self

    def key(self, key):
        self.page.keyboard.press(key)
        return self

    def select(self, words):
        """As with the mouse, in the text of the CV."""
        self.page.evaluate(
            """words => {
                const walk = document.createTreeWalker(document.getElementById("sent"), NodeFilter.SHOW_TEXT);
                while (walk.nextNode() && !walk.currentNode.data.includes(words));
                const from = walk.currentNode.data.indexOf(words);
                getSelection().setBaseAndExtent(walk.currentNode, from, walk.currentNode, from + words.length);
            }""",
            words,
        )
        return self

    def seconds(self) -> int:
        return int(self.page.locator("#decide [name=seconds]").input_value() or 0)

    def marked(self) -> list[str]:
        return [box.get_attribute("value") for box in self.page.locator("input[name^=mark_]:checked").all()]


@pytest.fixture
def reader(new_page, shop):
    def make(**options):
        return Reader(new_page(**options), shop)

    return make


def test_a_key_decides_and_the_next_is_there(reader):
    who = reader()
    first, second, third = who.with_people(3)
    who.shows(first).key("t").shows(second).says(f"{first}: talk to.")
    who.ready().key("l").shows(third).says(f"{second}: later.")
    assert who.page.evaluate("document.activeElement.innerText") == third
    assert who.page.title().startswith(third)


def test_after_the_last_one_everything_is_read(reader):
    who = reader()
    who.with_people(1)
    who.key("t").shows("Everything is read")


@pytest.mark.parametrize(("key", "said"), [("t", "talk to"), ("l", "later")])
def test_undo_after_a_swap_brings_the_same_cv_back(reader, key, said):
    who = reader()
    first, second, _third = who.with_people(3)
    who.key(key).shows(second).says(said).key("u").shows(first)
    who.ready().key("t").shows(second)


def test_no_asks_one_line_and_three_keys_are_enough(reader):
    """N, the number of what is not met, Enter; words are marked on the way, and the pile is never left."""
    who = reader()
    first, second = who.with_people(2, email="person@queue.example")
    who.select("Two years").key("c").key("d").key("Enter").says("Fact to check: noted.")
    who.select("answering").key("m").says("Typing mistake: noted.")
    assert [quote.inner_text() for quote in who.page.locator("#marked q").all()] == ["Two years", "answering"]
    who.key("n").key("2")
    assert who.page.locator("#why-text").input_value().startswith("Not met: ")
    who.key("Escape").key("n").key("2").key("Enter").shows(second).says(
        f"{first}: not this time. Message leaves"
    )
    assert who.page.url.endswith("/read/")
    assert who.page.evaluate("document.activeElement.innerText") == second


def test_time_is_counted_while_somebody_reads(reader):
    """A minute without a touch stops the clock; five of reading show the bar, ten turn it."""
    who = reader()
    who.page.clock.install()
    _first, second = who.with_people(2)
    who.page.clock.run_for(120_000)
    assert 55 <= who.seconds() <= 65
    bar = who.page.locator("[data-budget]")
    for minute in range(10):
        shown, turned = bar.is_visible(), "fh-meter-warn" in bar.get_attribute("class")
        assert (shown, turned) == (minute > 4 or (minute == 4 and who.seconds() >= 300), who.seconds() >= 600)
        for _half in range(2):
            who.key("Shift").page.clock.run_for(30_000)
    assert "fh-meter-warn" in bar.get_attribute("class")
    who.key("t").shows(second)
    assert who.seconds() < 60
    who.page.locator("[data-progress]", has_text="minutes").wait_for()


def test_without_an_address_no_asks_on_a_page_of_its_own(reader):
    who = reader()
    _first, second = who.with_people(2)
    who.key("n").page.wait_for_url("**/not-selected/**")
    who.key("Enter").shows(second)


def test_marks_by_number_go_round(reader):
    who = reader()
    who.with_people(1)
    found = [who.key("1").marked() for _ in range(4)]
    assert found == [["met"], ["not_met"], ["unclear"], []]


def test_without_a_connection_the_cv_comes_back_and_is_sent_later(reader):
    who = reader()
    first, second = who.with_people(2)
    who.key("1").page.context.set_offline(True)
    who.key("t").says("Not saved yet").shows(first)
    assert who.marked() == ["met"]
    who.key("2").page.context.set_offline(False)
    who.shows(second).says(f"{first}: talk to.")
    assert who.page.locator("[data-toast]", has_text="Not saved yet").count() == 0
    assert marks_of(who, first) == 2


def marks_of(who, heading) -> int:
    """How many marks the server has of this applicant as met."""
    people = who.page.request.get(f"{who.job}people/?show=phone").text()
    newest = re.search(r"/hiring/people/(\d+)/", people)[1]
    page = who.page.request.get(f"{who.job.split('/jobs/')[0]}/people/{newest}/?panel=cv").text()
    return len(re.findall(r'value="met"\s+checked', page))


def test_another_decision_without_a_connection_is_the_one_that_counts(reader):
    who = reader()
    first, second = who.with_people(2)
    who.page.context.set_offline(True)
    who.key("t").says("Not saved yet").shows(first).key("l").says("Not saved yet").shows(first)
    who.page.context.set_offline(False)
    who.shows(second).says(f"{first}: later.")


def test_a_colleague_who_was_faster_is_named(reader, new_page, shop):
    slow, fast = reader(), Reader.__new__(Reader)
    first, _second = slow.with_people(2)
    fast.job, fast.page = slow.job, new_page()
    fast.page.context.add_cookies(shop[0])
    fast.page.goto(f"{fast.job}read/")
    fast.shows(first).ready().key("t").says("talk to")
    slow.key("t").page.get_by_text("moved").first.wait_for()
    assert slow.page.url.endswith("/read/")


def test_on_a_phone_there_are_two_tabs_and_a_bar_for_the_thumb(reader):
    who = reader(width=360, height=740)
    _first, second = who.with_people(2)
    page = who.page
    assert (page.locator("#sent").is_visible(), page.locator("#checklist").is_visible()) == (True, False)
    page.locator("[data-tab=checklist]").click()
    assert (page.locator("#sent").is_visible(), page.locator("#checklist").is_visible()) == (False, True)
    assert page.locator("[data-tab=checklist]").get_attribute("aria-current") == "true"
    page.locator("button[value=talk]").click()
    who.shows(second)
    assert (page.locator("#sent").is_visible(), page.locator("#checklist").is_visible()) == (True, False)


def test_the_bar_stays_in_reach_and_nothing_goes_sideways(reader):
    who = reader(width=360, height=740)
    who.with_people(1)
    for button in who.page.locator(".fh-bottombar button").all():
        box = button.bounding_box()
        assert box["height"] >= 44
        assert box["y"] + box["height"] <= 740
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
    assert who.page.evaluate("document.documentElement.scrollWidth") == 360


def test_a_key_shows_the_original_and_goes_back_to_the_text(reader):
    """Of a PDF, then of a text. The letters are long: the decision, the first mark and the CV stay in sight."""
    who = reader(width=1280, height=800)
    who.with_files(
        ("cv.pdf", "application/pdf", samples.printed_pdf()), ("cv.txt", "text/plain", b"Two years of tea")
    )
    text, place = who.page.locator("[data-original-text]"), who.page.locator("[data-original-place]")
    for shown in ("iframe", ".fh-paper"):
        who.page.get_by_role("button", name="Show the name").click()
        before = who.ready().key("o").heading
        place.locator(shown).wait_for()
        assert (text.is_visible(), who.heading) == (False, before)
        assert all(who.in_sight(f"button[data-key={key}]") for key in "nlt")
        who.key("o")
        text.wait_for()
        assert place.is_visible() is False
        assert who.in_sight(".fh-choice >> nth=0")
        who.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert all(who.in_sight(f"button[data-key={key}]") for key in "nlt")
        who.key("l").page.locator("h1", has_not_text=before).wait_for()


def test_without_scripts_both_parts_stand_below_each_other(reader):
    who = reader(width=360, scripts=False)
    for _ in range(2):
        who._post(
            f"{who.job}people/add/", {"name": f"Person {next(_number)}", "cv_text": "Words", "email": ""}
        )
    who.page.goto(f"{who.job}read/")
    before = who.heading
    assert who.page.locator("#sent").is_visible()
    assert who.page.locator("#checklist").is_visible()
    who.page.locator("button[value=talk]").click()
    assert who.heading == f"Applicant {int(before.split()[-1]) + 1}"
