"""`make screenshots`: the pictures of the README, taken from the sample shop as it runs. Never a test."""

import secrets
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, Product
from tests.run import chromium

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
LARGEST = 200_000  # bytes: whoever opens the README loads all of them
DESK, PHONE = (1280, 800), (360, 740)


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


PLACES = (
    (result, "owner@lumi.example", DESK),
    (board, "owner@lumi.example", DESK),
    (candidate, "manager@lumi.example", DESK),
    (today, "newhire@lumi.example", PHONE),
)


def sign_in(page, email, password):
    page.goto("/accounts/login/")
    page.locator("[name='login']").fill(email)
    page.locator("[name='password']").fill(password)
    page.get_by_role("button", name="Sign in").first.click()
    page.wait_for_url(lambda url: "/login/" not in url)


def picture(browser, product, go, email, size) -> Path:
    context = browser.new_context(
        base_url=product.url,
        viewport=dict(zip(("width", "height"), size, strict=True)),
        locale="en-FI",
        timezone_id="Europe/Helsinki",
        color_scheme="light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    sign_in(page, email, product.environ["DEMO_PASSWORD"])
    go(page)
    page.wait_for_load_state("networkidle")
    target = PICTURES / f"{go.__name__}.png"
    page.screenshot(path=target)
    context.close()
    return target


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="firsthire-pictures-") as var:
        product = Product(Path(var), DEMO="1", DEMO_PASSWORD=secrets.token_urlsafe(16)).start()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                made = [picture(browser, product, *place) for place in PLACES]
                browser.close()
        finally:
            product.stop()
    for path in made:
        print(f"{path.relative_to(PICTURES.parents[1])}: {path.stat().st_size // 1000} kB")
    return int(any(path.stat().st_size > LARGEST for path in made))


if __name__ == "__main__":
    sys.exit(main())
