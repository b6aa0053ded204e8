"""`make crawl`: every page of the sample shop that somebody reaches by links, as everybody, in every look.

CRAWL=1 takes English and Arabic, CRAWL=full the other four languages too; without it these tests are left out.
"""

import os
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Error

from tests.browser.conftest import Product, watch
from tests.browser.test_frame import AXE

pytestmark = [pytest.mark.crawl, pytest.mark.timeout(3600)]
LANGUAGES = ["en", "ar"] + (["fi", "sv", "pl", "zh-hans"] if os.environ.get("CRAWL") == "full" else [])
PEOPLE = {
    "owner": "owner@lumi.example",
    "manager": "manager@lumi.example",
    "interviewer": "interviewer@lumi.example",
    "hire": "newhire@lumi.example",
    "anonymous": "",
}
WIDTHS = (1280, 360)
GONE = 410  # an advert whose job is closed: a page to look at like any other
OF_A_KIND = 2  # pages of one address that differ in their number only
# Reading these ends the visit, or gives a file.
SPARED = {"account_logout", "hiring:cv", "onboarding:calendar", "vault:copy"}
# A colour that children inherit arrives at each a frame later: until nothing is on its way any more.
PAINTED = """async () => {
    for (let frames = 0; frames < 60; frames++) {
        await new Promise(requestAnimationFrame);
        if (frames > 2 && !document.getAnimations().length) break;
    }
}"""
LINKS = "[...document.querySelectorAll('a[href]:not([download])')].map(a => a.href)"
BROKEN = """() => axe.run({resultTypes: ['violations'], %s}).then(found => found.violations.flatMap(
    rule => rule.nodes.map(node => rule.id + ' ' + node.target.join(' '))))"""
ALL_RULES, CONTRAST = BROKEN % "", BROKEN % "runOnly: ['color-contrast']"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    running = Product(tmp_path_factory.mktemp("sample"), DEMO="1").start()
    yield running
    running.stop()


class Crawl:
    """One person in one language: pages still to see, and what was wrong with those that were."""

    def __init__(self, page, url):
        self.page, self.url, self.wrong = page, url, []
        self.ahead, self.known, self.kinds = [], set(), {}
        watch(page, self.wrong)

    def sign_in(self, email, password):
        self.page.goto(f"{self.url}/accounts/login/")
        self.page.locator("[name=login]").fill(email)
        self.page.locator("[name=password]").fill(password)
        self.page.locator("[name=password]").press("Enter")
        self.page.wait_for_url(f"{self.url}/**")

    def speak(self, language):
        with self.page.expect_navigation():
            self.page.locator(f".fh-languages button[value='{language}']").click()

    def meet(self, address):
        """Notes an address of ours, two of a kind."""
        parts = urlsplit(address)
        if f"{parts.scheme}://{parts.netloc}" != self.url or (kind := kind_of(parts)) is None:
            return
        place = parts._replace(fragment="").geturl()
        if place not in self.known and self.kinds.get(kind, 0) < OF_A_KIND:
            self.known.add(place)
            self.kinds[kind] = self.kinds.get(kind, 0) + 1
            self.ahead.append(place)

    def walk(self) -> int:
        seen = 0
        self.meet(f"{self.url}/")
        while self.ahead:
            self.look_at(self.ahead.pop(0))
            seen += 1
        return seen

    def look_at(self, place):
        try:
            answer = self.page.goto(place)
        except Error as error:
            if "Download is starting" in str(error):
                return  # a file, behind a link that does not say so
            raise
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            return
        if answer.status >= 400 and answer.status != GONE:
            self.wrong.append(f"{place}: {answer.status}")
            return
        for link in self.page.evaluate(LINKS):
            self.meet(link)
        self.page.evaluate(AXE)
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.in_this_width(place, width)

    def in_this_width(self, place, width):
        found = self.page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            self.wrong.append(f"{place} at {width}: {found} wide")
        for theme, rules in (("light", ALL_RULES), ("dark", CONTRAST)):
            self.page.emulate_media(color_scheme=theme)
            self.page.evaluate(PAINTED)
            self.wrong += [f"{place} at {width} {theme}: {line}" for line in self.page.evaluate(rules)]


def kind_of(parts):
    """The route and the names of what is asked of it; None for what is no page of ours."""
    try:
        found = resolve(parts.path)
    except Resolver404:
        return None
    if found.view_name in SPARED or parts.path.startswith("/static/"):
        return None
    asked = dict(parse_qsl(parts.query))
    return (found.view_name, *sorted(asked), asked.get("panel", ""), asked.get("show", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", PEOPLE)
def test_every_page_is_whole_in_every_look(sample, browser, role, language):
    # Without motion: a colour on its way from light to dark is neither.
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    crawl = Crawl(context.new_page(), sample.url)
    if PEOPLE[role]:
        crawl.sign_in(PEOPLE[role], sample.environ["DEMO_PASSWORD"])
    crawl.page.goto(sample.url)
    crawl.speak(language)
    seen = crawl.walk()
    context.close()
    wrong = sorted({line.removeprefix(sample.url) for line in crawl.wrong})
    print(f"{role} in {language}: {seen} pages", *wrong, sep="\n")
    assert wrong == []
    assert seen >= 3
