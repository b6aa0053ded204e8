"""Every message of every app, read as files: complete, posted by somebody, nothing switched off."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EMAILS = ROOT / "templates" / "emails"
APPS = ("accounts", "mailroom", "readiness", "onboarding", "hiring", "config")
MESSAGES = sorted(path.stem for path in EMAILS.glob("*.subject"))
CODE = "".join(path.read_text(encoding="utf-8") for app in APPS for path in (ROOT / app).rglob("*.py"))


def test_every_text_has_its_subject():
    texts = {path.stem for path in EMAILS.glob("*.txt")} - {"_footer"}
    assert sorted(name for name in texts if not name.startswith("_")) == MESSAGES


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_is_one_that_somebody_posts(name):
    assert re.search(rf"[\"'/]{name}[\"'.]", CODE)


@pytest.mark.parametrize("path", sorted(EMAILS.glob("*.html")), ids=lambda path: path.name)
def test_a_page_escapes_what_people_typed(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|autoescape off|mark_safe|<script|<img|\son[a-z]+=", source)
    if not path.name.startswith("_") and path.name != "base.html":
        assert '{% extends "emails/base.html" %}' in source


@pytest.mark.parametrize("name", MESSAGES)
def test_subjects_are_one_line_of_words(name):
    source = (EMAILS / f"{name}.subject").read_text(encoding="utf-8").strip()
    assert "translate" in source
    assert "\n" not in re.sub(r"{%.*?%}", "", source, flags=re.DOTALL).strip()
