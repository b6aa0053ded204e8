"""The frame every page hangs in, and what no template may contain."""

import re
from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
NAMES = [str(path.relative_to(TEMPLATES)) for path in PAGES]
TEXTS = {name: (TEMPLATES / name).read_text() for name in NAMES}
ICONS = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (ROOT / "static/img/icons.svg").read_text()))
SHEETS = "".join(
    path.read_text() for path in [ROOT / "static/app.css", *(ROOT / "static").glob("css/**/*.css")]
)
ERRORS = ["400", "403", "404", "409", "413", "429", "500", "503"]

all_templates = pytest.mark.parametrize("name", NAMES)


@all_templates
def test_nothing_is_inline(name):
    """The content security policy refuses styles, handlers and scripts in a page; data blocks are allowed."""
    text = re.sub(r"{#.*?#}|{% comment .*?endcomment %}", "", TEXTS[name], flags=re.S)
    scripts = [tag for tag in re.findall(r"<script[^>]*>", text) if "src=" not in tag and "json" not in tag]
    if name.startswith("emails/"):
        text = re.sub(r"\sstyle=", " ", text)  # mail programs throw sheets away
    inline = re.findall(r"""\sstyle=|\son[a-z]+=|hx-on|javascript:|hx-vals=["']js:""", text)
    styles = [] if name.startswith("emails/") else re.findall(r"<style", text)
    assert scripts + inline + styles == []


@all_templates
def test_nothing_is_fetched_from_another_host(name):
    assert re.findall(r"""(?:src|href|action)=["'](?:https?:)?//[^"'{]""", TEXTS[name]) == []


@all_templates
def test_a_page_extends_a_frame_or_is_a_part(name):
    path = Path(name)
    # vault is below every page: its templates are form widgets; bootstrap5 is crispy's folder.
    if path.parent.name in {"elements", "snippets", "vault", "bootstrap5", "layout"} or name in {
        "base.html",
        "emails/base.html",
    }:
        return
    start = re.sub(r"{#.*?#}", "", TEXTS[name], flags=re.S).lstrip()
    assert path.name.startswith("_") or start.startswith("{% extends")


@all_templates
def test_icons_that_are_used_exist(name):
    used = set(re.findall(r'_icon\.html" with name="([a-z0-9-]+)"', TEXTS[name]))
    assert used - ICONS == set()


@all_templates
def test_classes_of_our_own_exist(name):
    values = " ".join(re.findall(r'class="([^"]*)"', TEXTS[name]))
    used = set(re.findall(r"\bfh-[a-z-]*[a-z]\b(?![-{])", values))
    assert {word for word in used if f".{word}" not in SHEETS} == set()


@pytest.mark.django_db
def test_the_first_page_asks_the_question(client):
    page = client.get("/").content.decode()
    assert "<h1>Is it time to hire your first support person?</h1>" in page


@pytest.mark.django_db
def test_the_page_can_be_skipped_into_and_says_its_language(client):
    page = client.get("/").content.decode()
    assert '<html lang="en" dir="ltr">' in page
    assert '<a class="fh-skip" href="#main">Skip to the content</a>' in page
    assert "vendor/bootstrap.min.css" in page


@pytest.mark.django_db
def test_arabic_reads_from_the_right(client):
    page = client.get("/", headers={"accept-language": "ar"}).content.decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "vendor/bootstrap.rtl.min.css" in page
    assert "vendor/bootstrap.min.css" not in page


@pytest.mark.django_db
def test_every_language_is_one_button(client, settings):
    page = client.get("/").content.decode()
    assert re.findall(r'value="([a-z-]+)"\s+lang="', page) == [code for code, _ in settings.LANGUAGES]


def nav(page: str) -> list[str]:
    bar = page.split('<nav class="fh-nav"')[1].split("</nav>")[0]
    return re.findall(r">([^<]+)</a>", bar)


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        ("owner", ["Home", "Readiness", "Hiring", "Onboarding", "Team", "Sent mail", "Trail"]),
        ("manager", ["Home", "Readiness", "Hiring", "Onboarding", "Team"]),
        ("interviewer", ["Home", "Hiring"]),
        ("hire", ["Home", "Onboarding"]),
    ],
)
def test_the_bar_shows_what_the_role_may_open(role, entries, request, sign_in, db):
    client = sign_in(request.getfixturevalue(role))
    assert nav(client.get("/", follow=True).content.decode()) == entries


def test_strangers_get_a_way_in_and_no_bar(client, db):
    page = client.get("/").content.decode()
    assert "fh-nav" not in page
    assert f'<a class="fh-signin" href="{reverse("account_login")}">Sign in</a>' in page


def test_signing_out_is_one_button_that_posts(owner, sign_in):
    page = sign_in(owner).get("/").content.decode()
    form = page.split(f'<form method="post" action="{reverse("account_logout")}"')[1].split("</form>")[0]
    assert "csrfmiddlewaretoken" in form
    assert "Sign out" in form


def toast(level, text, extra_tags="") -> str:
    request = RequestFactory().get("/")
    return render_to_string(
        "_messages.html", {"messages": [Message(level, text, extra_tags)]}, request=request
    )


def test_a_notice_is_a_toast_of_its_level():
    html = toast(constants.ERROR, "No")
    assert 'class="fh-toast fh-toast-error"' in html
    assert "<form" not in html


def test_a_notice_can_be_undone_by_a_post():
    html = toast(constants.SUCCESS, "Moved", "undo:/hiring/undo/7/")
    assert '<form method="post" action="/hiring/undo/7/" data-once>' in html
    assert 'name="csrfmiddlewaretoken"' in html


def test_a_notice_is_escaped():
    assert "<b>" not in toast(constants.INFO, "<b>bold</b>")


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_error_pages_need_no_request_and_give_no_form(code, language):
    with translation.override(language):
        page = render_to_string(f"{code}.html")
    assert f'lang="{language}"' in page
    assert "<form" not in page
    assert "csrf" not in page


def test_only_our_own_failures_have_a_number():
    with_number = [
        code for code in ERRORS if "f00d" in render_to_string(f"{code}.html", {"reference": "f00d"})
    ]
    assert with_number == ["500", "503"]


def test_a_stale_move_says_who_was_faster():
    page = render_to_string("409.html", {"sentence": "Mika moved Sara to Offer.", "back": "/hiring/7/"})
    assert "Mika moved Sara to Offer." in page
    assert 'href="/hiring/7/"' in page


def test_a_late_form_and_a_forbidden_page_differ():
    late, forbidden = (render_to_string("403.html", {"expired": expired}) for expired in (True, False))
    assert "open too long" in late
    assert "open too long" not in forbidden


@pytest.mark.django_db
def test_a_missing_page_is_the_same_bytes_for_everybody(client, owner, sign_in):
    answers = [
        client.get("/nothing/"),
        sign_in(owner).get("/nothing/"),
        sign_in(owner).get("/nothing/at/all/"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.content for answer in answers}) == 1


ENTRANCE = ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ENTRANCE)
def test_the_entrance_is_a_card_in_our_frame(client, name, settings):
    settings.SIGNUP_OPEN = True
    page = client.get(reverse(name)).content.decode()
    assert '<div class="fh-entrance fh-card">' in page
    assert '<a class="fh-skip"' in page


MANAGE = ["account_email", "account_change_password", "mfa_index"]


@pytest.mark.parametrize("name", MANAGE)
def test_account_pages_share_their_tabs(owner, sign_in, name):
    page = sign_in(owner).get(reverse(name)).content.decode()
    tabs = page.split('<nav class="fh-tabs"')[1].split("</nav>")[0]
    assert f'<a href="{reverse(name)}" aria-current="page">' in tabs


@pytest.mark.django_db
def test_a_wrong_password_is_said_on_the_page(client):
    page = client.post(
        reverse("account_login"), {"login": "a@b.example", "password": "wrong"}
    ).content.decode()
    assert "alert" in page
    assert 'value="a@b.example"' in page


def test_the_mail_frame_follows_the_language():
    with translation.override("ar"):
        mail = render_to_string("emails/base.html", {"subject": "Hello"})
    assert '<html lang="ar" dir="rtl">' in mail
    assert "<script" not in mail


def test_a_button_in_a_mail_is_a_link():
    button = render_to_string(
        "emails/_button.html", {"url": "https://lumi.example/x?a=1&b=2", "label": "Come in"}
    )
    assert 'href="https://lumi.example/x?a=1&amp;b=2"' in button
    assert ">Come in</a>" in button
    assert "background-color:#b8400f;color:#ffffff" in button
