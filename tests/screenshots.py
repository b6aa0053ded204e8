"""`make screenshots`: the pictures of the README, taken from the sample shop as it runs. Never a test.

And sheets of the front door: each page at both widths, in light and in dark, side by side.
"""

import io
import secrets
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, Product
from tests.run import chromium

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
GAP = 8
LARGEST = 200_000  # bytes: whoever opens the README loads all of them
DESK, PHONE = (1280, 800), (360, 740)
OWNER, MANAGER = "owner@lumi.example", "manager@lumi.example"


def result(page):
    page.goto("/")
    page.get_by_role("link", name="See the answer").click()
    page.locator(".fh-result").first.wait_for()


def board(page):
    """The open job of the sample shop."""
    page.goto("/hiring/")
    page.locator("a[href$='/board/']").first.click()
    page.locator(".fh-board").first.wait_for()


def candidate(page):
    """Somebody in the middle of it, where the page has most to say."""
    board(page)
    page.get_by_role("link", name="Oskar Järvinen").first.click()
    page.get_by_role("heading", level=1, name="Oskar Järvinen").wait_for()


def today(page):
    page.goto("/onboarding/today/")
    page.locator(".fh-tick").first.wait_for()


def review(page):
    """The oldest reply that waits for a yes."""
    page.goto("/onboarding/replies/waiting/")
    page.get_by_role("link", name="Start reading").click()
    page.get_by_role("button", name="Good to go").wait_for()


def handbook(page):
    """One question of the handbook in an hour."""
    page.goto("/onboarding/handbook/")
    page.get_by_role("link", name="Go on").click()
    page.get_by_role("button", name="Save and go on").wait_for()


def plan_tab(page, name, tab):
    """A page of this person's plan, by its tab; the fold is opened where it lies in it."""
    page.goto("/onboarding/")
    page.get_by_role("link", name=name, exact=True).first.click()
    link = page.locator(".fh-tabs-folded a", has_text=tab)
    if not link.is_visible():
        page.locator(".fh-tabs-more > summary").click()
    link.click()
    page.locator(".fh-tabs-folded a[aria-current]", has_text=tab).wait_for()


def meeting(page):
    plan_tab(page, "Sara Aalto", "Meetings")


def goals(page):
    """One goal with its numbers, of somebody who has been there longer."""
    plan_tab(page, "Pia Lind", "Goals")
    page.locator("main a[href^='/onboarding/goals/']").first.click()
    page.locator("svg.fh-line, .fh-table").first.wait_for()


def setup(page):
    """The list that is done while people apply."""
    page.goto("/onboarding/")
    page.locator("a[href^='/onboarding/setup/']").last.click()
    page.locator(".fh-meter").first.wait_for()


def papers(page):
    plan_tab(page, "Sara Aalto", "Papers")


HIRE = "newhire@lumi.example"
# Each at both widths, in docs/pictures/onboarding
ONBOARDING = (
    (today, HIRE),
    (review, OWNER),
    (handbook, OWNER),
    (meeting, OWNER),
    (goals, OWNER),
    (setup, OWNER),
    (papers, OWNER),
)
PLACES = (
    (result, OWNER, DESK),
    (board, OWNER, DESK),
    (candidate, MANAGER, DESK),
    (today, HIRE, PHONE),
)


def landing(page):
    page.goto("/")


def check(page):
    page.goto("/readiness/check/")


def answer(page):
    """A stranger's, with a full week behind it."""
    check(page)
    page.locator("[name='support_hours']").fill("25")
    page.locator("[name='brand_hours']").fill("12")
    page.locator("[name='messages_day']").fill("60")
    page.get_by_role("button", name="See the answer").click()
    page.locator(".fh-result").first.wait_for()


def home(page):
    page.goto("/")


def go_live(page):
    page.goto("/settings/go-live/")


def deleted(page):
    """Nothing lies here: what an empty page says."""
    page.goto("/deleted/")


SHEETS = (
    ("landing", landing, None),
    ("check", check, None),
    ("answer", answer, None),
    ("home-owner", home, OWNER),
    ("home-manager", home, MANAGER),
    ("home-interviewer", home, "interviewer@lumi.example"),
    ("home-new-hire", home, "newhire@lumi.example"),
    ("go-live", go_live, OWNER),
    ("nothing-deleted", deleted, OWNER),
)


def sign_in(page, email, password):
    page.goto("/accounts/login/")
    page.locator("[name='login']").fill(email)
    page.locator("[name='password']").fill(password)
    page.get_by_role("button", name="Sign in").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)


def shot(browser, product, go, email, size, scheme="light") -> bytes:
    context = browser.new_context(
        base_url=product.url,
        viewport=dict(zip(("width", "height"), size, strict=True)),
        locale="en-FI",
        timezone_id="Europe/Helsinki",
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    if email:
        sign_in(page, email, product.environ["DEMO_PASSWORD"])
    go(page)
    page.wait_for_load_state("networkidle")
    taken = page.screenshot()
    context.close()
    return taken


def picture(browser, product, go, email, size) -> Path:
    target = PICTURES / f"{go.__name__}.png"
    target.write_bytes(shot(browser, product, go, email, size))
    return target


def pair(browser, product, go, email) -> list[Path]:
    """On a desk and on a phone, in few colours: pages of the docs load them."""
    made = []
    for size in (DESK, PHONE):
        target = PICTURES / "onboarding" / f"{go.__name__}-{size[0]}.png"
        target.parent.mkdir(exist_ok=True)
        look = Image.open(io.BytesIO(shot(browser, product, go, email, size))).convert("RGB")
        look.quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
            target, optimize=True
        )
        made.append(target)
    return made


def sheet(browser, product, name, go, email) -> Path:
    """Four looks beside each other, at half their size."""
    looks = [
        Image.open(io.BytesIO(shot(browser, product, go, email, size, scheme)))
        for size in (DESK, PHONE)
        for scheme in ("light", "dark")
    ]
    halves = [look.resize((look.width // 2, look.height // 2), Image.Resampling.LANCZOS) for look in looks]
    whole = Image.new(
        "RGB", (sum(each.width + GAP for each in halves), max(each.height for each in halves)), "#888888"
    )
    left = 0
    for each in halves:
        whole.paste(each, (left, 0))
        left += each.width + GAP
    target = PICTURES / "front-door" / f"{name}.png"
    target.parent.mkdir(exist_ok=True)
    whole.quantize(256, method=Image.Quantize.MAXCOVERAGE).save(target, optimize=True)
    return target


def wanted(places, names):
    """All of them, or those that were named on the command line."""
    return [place for place in places if not names or {place[0], getattr(place[0], "__name__", "")} & names]


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    names = set(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="firsthire-pictures-") as var:
        product = Product(Path(var), DEMO="1", DEMO_PASSWORD=secrets.token_urlsafe(16)).start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                made = [picture(browser, product, *place) for place in wanted(PLACES, names)]
                for place in wanted(ONBOARDING, names):
                    made += pair(browser, product, *place)
                made += [sheet(browser, product, *place) for place in wanted(SHEETS, names)]
                browser.close()
        finally:
            product.stop()
    for path in made:
        print(f"{path.relative_to(PICTURES.parents[1])}: {path.stat().st_size // 1000} kB")
    return int(any(path.stat().st_size > LARGEST for path in made))


if __name__ == "__main__":
    sys.exit(main())
