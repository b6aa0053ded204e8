"""What every page brings along: theme, keys, toasts, ticks that survive a lost connection, dragging on the board."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = (ROOT / "tests/vendor/axe.min.js").read_text()

SHEETS = '<link rel="stylesheet" href="/static/vendor/bootstrap.min.css"><link rel="stylesheet" href="/static/app.css">'
FRAME = """<!DOCTYPE html><html lang="en"><head><title>t</title>{sheets}{scripts}</head>
<body data-text-saving="Not saved yet, trying again" data-text-failed="Failed" data-text-copied="Copied"
 data-text-close="Close" data-text-offline="Offline"><div id="progress"></div>
<main><div id="messages" role="status"></div>{main}</main>
<dialog id="keys"><p data-keys-none>None</p><dl data-keys></dl><input type="checkbox" data-keys-on checked></dialog>
</body></html>"""


@pytest.fixture
def show(product, page):
    """show(html, *scripts): a page of the product with this content and the product's own policy and scripts."""
    policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'"

    def put(main, *scripts):
        names = ["js/theme.js", "js/site.js", "js/keys.js", "js/tick.js", *scripts]
        tags = "".join(f'<script src="/static/{name}" defer></script>' for name in names)
        html = FRAME.format(sheets=SHEETS, scripts=tags, main=main)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy}
        page.route("**/one-page/", lambda route: route.fulfill(body=html, headers=headers))
        page.goto(f"{product.url}/one-page/")
        return page

    return put


def violations(page) -> list[str]:
    page.evaluate(AXE)
    return page.evaluate(
        "axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ' ' + n.target.join(' '))))"
    )


PLACES = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nothing/"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("locale", ["en", "ar"])
def test_pages_for_strangers_are_accessible_and_fit(product, new_page, width, dark, locale):
    page = new_page(width=width, dark=dark, locale=locale)
    for place in PLACES:
        page.goto(product.url + place)
        assert (place, violations(page)) == (place, [])
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_theme_is_kept(product, page):
    page.goto(product.url)
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"


def test_a_language_is_one_click(product, page):
    page.goto(product.url)
    page.get_by_role("button", name="Suomi").click()
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "fi"


def test_a_language_is_one_click_without_scripts(product, new_page):
    page = new_page(scripts=False)
    page.goto(product.url)
    page.get_by_role("button", name="العربي").click()
    assert page.locator("html").get_attribute("dir") == "rtl"


def test_a_key_presses_its_element(show):
    page = show('<a href="#there" data-key="t">Talk to</a>')
    page.keyboard.press("t")
    assert page.url.endswith("#there")


def test_a_key_typed_into_a_field_is_only_text(show):
    page = show('<input aria-label="Name"><a href="#there" data-key="t">Talk to</a>')
    page.get_by_label("Name").press("t")
    assert not page.url.endswith("#there")
    assert page.get_by_label("Name").input_value() == "t"


def test_question_mark_lists_the_keys_and_turns_them_off(show):
    page = show('<a href="#there" data-key="t">Talk to <kbd>T</kbd></a>')
    page.keyboard.press("?")
    assert re.split(r"\s+", page.locator("#keys dl").inner_text().strip(), maxsplit=1) == ["T", "Talk to"]
    page.locator("[data-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("t")
    assert not page.url.endswith("#there")


def test_a_toast_closes(show):
    page = show("")
    page.evaluate("firsthire.say('Saved', 'success')")
    page.get_by_role("button", name="Close").click()
    assert page.locator(".fh-toast").count() == 0


def test_a_form_is_sent_once(show):
    page = show('<form method="post" action="/elsewhere/" data-once><button>Send</button></form>')
    sent = []
    page.route("**/elsewhere/", lambda route: (sent.append(1), route.fulfill(status=204)))
    for _press in range(3):
        page.get_by_role("button", name="Send").click()
    page.wait_for_timeout(200)
    assert len(sent) == 1


NO_STYLES = """<meta name="htmx-config" content='{"includeIndicatorStyles":false}'>"""


def test_a_form_that_htmx_sends_is_sent_once_and_its_button_says_so(show):
    form = '<form method="post" action="/elsewhere/" hx-post="/elsewhere/" hx-swap="none" data-once>'
    page = show(f"{NO_STYLES}{form}<button>Send</button></form>", "vendor/htmx.min.js")
    sent = []
    page.route("**/elsewhere/", lambda route: sent.append(route))
    for _press in range(3):
        page.get_by_role("button", name="Send").click()
    assert page.get_by_role("button", name="Send").get_attribute("data-busy") == ""
    sent[0].fulfill(body="done")
    page.locator("form:not([aria-busy])").wait_for()
    page.get_by_role("button", name="Send").click()
    assert len(sent) == 2


TICK = """<form method="post" action="/tick/" data-tick>
<button class="fh-tick" aria-pressed="false">Read it</button></form>"""


def test_a_tick_without_connection_stays_and_is_sent_again(show):
    page = show(TICK)
    tries = []

    def answer(route):
        tries.append(1)
        if len(tries) == 1:
            route.abort()
        else:
            route.fulfill(body="<title>ticked</title>", content_type="text/html")

    page.route("**/tick/", answer)
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("Not saved yet, trying again").wait_for()
    assert page.locator(".fh-tick").get_attribute("aria-pressed") == "true"
    page.locator("[data-tick-note]").wait_for(state="detached")
    assert len(tries) == 2


def test_a_refused_tick_is_said_and_not_tried_again(show):
    page = show(TICK)
    tries = []
    page.route("**/tick/", lambda route: (tries.append(1), route.fulfill(status=403)))
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("Failed").wait_for()
    assert len(tries) == 1


BOARD = """<div class="fh-board" data-board data-text-refused="Not from here">
<section class="fh-column" data-stage="cv"><h2>CV</h2><ul class="fh-cards" data-cards>
<li class="fh-board-card" data-card id="card">Sara<form data-move method="get" action="/moved/">
<select name="to" aria-label="To"><option value="phone">Phone</option></select>
<button>Move</button></form></li></ul></section>
<section class="fh-column" data-stage="phone"><h2>Phone</h2><ul class="fh-cards" data-cards></ul></section>
<section class="fh-column" data-stage="hired"><h2>Hired</h2><ul class="fh-cards" data-cards></ul></section></div>"""


@pytest.fixture
def board(show):
    page = show(BOARD, "vendor/sortable.min.js", "js/board.js")
    page.route(
        "**/moved/**", lambda route: route.fulfill(body="<title>moved</title>", content_type="text/html")
    )
    return page


def drag(page, to):
    page.locator("#card").drag_to(
        page.locator(f'[data-stage="{to}"] [data-cards]'), source_position={"x": 20, "y": 12}
    )


def test_a_drop_sends_the_move_form(board):
    drag(board, "phone")
    board.wait_for_url("**/moved/?to=phone")


def test_a_drop_where_the_card_cannot_go_moves_nothing(board):
    drag(board, "hired")
    board.get_by_text("Not from here").wait_for()
    assert board.locator('[data-stage="cv"] #card').count() == 1
