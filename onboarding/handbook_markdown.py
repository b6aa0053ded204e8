"""A page's Markdown as HTML that may stand inside ours: no HTML of its own, no pictures, only links that are safe."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from accounts import find

_SAFE = re.compile(r"(?:https?://|mailto:|tel:|/(?![/\\]|%5c)|#)", re.I)
_OUTSIDE = re.compile(r"https?://", re.I)
_BLOCKS = {"paragraph_open", "heading_open", "list_item_open", "blockquote_open", "td_open", "th_open"}
BELOW = 1  # the page's title is the one first-level heading
SHORT = 160


def html(text: str):
    """Safe by how it is made: markdown-it escapes what is typed, and whatever could fetch or run is left out."""
    parser = _parser()
    tokens = parser.parse(text)
    for token in tokens:
        _fit(token)
    return mark_safe(parser.renderer.render(tokens, parser.options, {}))  # noqa: S308


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.validateLink = lambda address: bool(_SAFE.match(address.strip()))
    parser.add_render_rule("link_open", _link)
    parser.add_render_rule("image", _picture)
    wide = '<div class="fh-scroll" tabindex="0"><table class="fh-table">\n'
    parser.add_render_rule("table_open", lambda *args: wide)
    parser.add_render_rule("table_close", lambda *args: "</table></div>\n")
    return parser


def _fit(token) -> None:
    if token.type in {"heading_open", "heading_close"}:
        token.tag = f"h{min(6, int(token.tag[1]) + BELOW)}"
    if token.type in _BLOCKS:
        token.attrSet("dir", "auto")
    if "style" in token.attrs:  # how a table's column is aligned: nothing is styled inline here
        del token.attrs["style"]


def _link(renderer, tokens, at, options, env) -> str:
    if _OUTSIDE.match(str(tokens[at].attrGet("href"))):
        tokens[at].attrSet("rel", "noopener noreferrer nofollow")
    return renderer.renderToken(tokens, at, options, env)


def _picture(renderer, tokens, at, options, env) -> str:
    """Its words only: fetching it would tell another host who reads here."""
    return escape(tokens[at].content)


def plain(text: str) -> list[str]:
    """The lines of a page as they are read, without the marks."""
    inline = [token for token in _parser().parse(text) if token.type == "inline"]
    return [line for token in inline for line in _read(token).splitlines() if line.strip()]


def _read(token) -> str:
    breaks = {"softbreak": "\n", "hardbreak": "\n"}
    return "".join(breaks.get(child.type, child.content) for child in token.children or [])


def excerpt(text: str, terms: list[str]) -> str:
    """The first line in which one of the terms begins a word, else the first line; shortened."""
    lines = plain(text)
    hit = next((line for line in lines if any(find.matches([term], line) for term in terms)), None)
    line = hit or (lines[0] if lines else "")
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"
