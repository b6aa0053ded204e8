"""Strips put on pages, one below the other."""

from dataclasses import dataclass, field

from vault.papers.refusals import TooLong
from vault.papers.strips import Strip

MOST = 400  # pages


@dataclass
class Page:
    """(distance from the top of the body, strip), from top to bottom."""

    strips: list[tuple[float, Strip]] = field(default_factory=list)
    used: float = 0.0

    def add(self, strip: Strip) -> None:
        self.used += strip.before if self.strips else 0
        self.strips.append((self.used, strip))
        self.used += strip.height


def fill(strips: list[Strip], *, height: float, first: float) -> list[Page]:
    """The pages; `first` is what the first one has for its body. Raises TooLong behind the page MOST."""
    pages, room = [Page()], first
    for group in _groups(strips):
        page = pages[-1]
        needed = sum(strip.before + strip.height for strip in group)
        if page.strips and (page.used + needed > room or group[0].new_page):
            page, room = Page(), height
            pages.append(page)
        for strip in group:
            if page.strips and page.used + strip.before + strip.height > room:  # a group longer than a page
                page, room = Page(), height
                pages.append(page)
            if not page.strips and strip.header is not None:
                page.add(strip.header)
            page.add(strip)
        if len(pages) > MOST:
            raise TooLong
    return pages


def _groups(strips):
    """What has to stand on one page."""
    group = []
    for strip in strips:
        group.append(strip)
        if not strip.keep:
            yield group
            group = []
    if group:
        yield group
