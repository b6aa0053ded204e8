"""The ready texts: plain, as long as the place bears, the tracked link last."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Company
from hiring import sharing
from hiring.models import Job

LINK = "https://tea.example/careers/tea/support/?via=linkedin-12-1-TCtu1yAH_08Q"
KINDS = sorted(sharing.LONGEST)
text = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120)


def make(**fields) -> Job:
    company = Company(name=fields.pop("company", "Lumi"))
    values = {
        "title": "Support person",
        "summary": "You answer.",
        "responsibilities": "Write\n- Call",
        "country": "FI",
    }
    return Job(company=company, **(values | fields))


@pytest.mark.parametrize("kind", KINDS)
def test_says_job_and_link_and_nothing_but_text(kind):
    said = sharing.text(make(), kind, LINK)
    assert said.splitlines()[-1] == LINK
    assert ("Support person" in said, "Lumi" in said or kind == "own") == (True, True)
    assert re.search(r"<\w|\*\*|&\w+;|%\(", said) is None


@given(text, text, st.text(max_size=4000), st.sampled_from(KINDS))
def test_is_never_longer_than_the_place_bears(title, company, long, kind):
    job = make(
        title=title,
        company=company,
        why_us=long,
        responsibilities=long,
        about_company=long,
        summary=long[:2000],
    )
    said = sharing.text(job, kind, LINK)
    assert len(said) <= sharing.LONGEST[kind]
    assert said.endswith(f"\n{LINK}")


def test_a_board_gets_the_advert_and_a_friend_a_message():
    job = make()
    board, friend = (sharing.text(job, kind, LINK) for kind in ("wwr", "friend"))
    assert "What you will do\n- Write\n- Call" in board
    assert ("What you will do" in friend, friend.count("\n")) == (False, 1)


def test_what_does_not_fit_is_left_out_whole():
    said = sharing.text(make(responsibilities="x " * 2900, why_us="Ideas count"), "wwr", LINK)
    assert ("x x" in said, "Ideas count" in said) == (False, True)


def test_a_place_of_the_shops_own_is_a_board():
    assert sharing.text(make(), "own7", LINK) == sharing.text(make(), "wwr", LINK)
