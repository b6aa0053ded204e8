import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailroom import links

SITE = "http://localhost:8000"


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        (SITE, True),
        (f"{SITE}/my/x/", True),
        (f"{SITE}?a=1", True),
        (f"{SITE}.evil.example/", False),
        (f"{SITE}@evil.example/", False),
        ("http://localhost:80001/", False),
        ("https://localhost:8000/", False),
    ],
)
def test_only_this_site_is_ours(url, ours):
    assert links.is_ours(url) is ours


def test_what_ends_the_sentence_is_not_the_address():
    assert links.as_links(f"({SITE}/a/).") == f'(<a href="{SITE}/a/">{SITE}/a/</a>).'


@given(st.text())
def test_any_text_stays_text(text):
    safe = str(links.as_links(text))
    assert "<" not in safe.replace(f'<a href="{SITE}', "").replace("</a>", "")


@given(st.text(alphabet="htps:/.ax <>&\"'"), st.text(alphabet="abc/?&<\"'"))
def test_no_address_is_left(before, after):
    text = str(links.without_links(f"{before} {SITE}/my/{after}"))
    assert "localhost" not in text
    assert "<" not in text
