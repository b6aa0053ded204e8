"""What the board and the list are narrowed to, read from an address and written into one.

Knows no database and no words: `hiring.filtering` asks the one, `hiring.filter_words` has the other. Whatever an
address says that nobody ever offered counts as not said.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

LONGEST_QUERY = 100
SHOWS = ("unread", "later", "cv", "phone", "interview", "references", "offer", "hired", "ended")
RATINGS = ("good", "fair", "low", "marked")  # of submitted scorecards; every must-have met on the CV
BOUNDS = {"good": (4.0, 5.01), "fair": (3.0, 4.0), "low": (1.0, 3.0)}  # from, below
WAITING = ("3", "7", "14")  # more than so many days in the stage
FLAGS = ("empty", "later", "before", "test")
SOURCES = ("hand", "direct")  # or the number of a placement
PEOPLE = ("me", "nobody")  # or the number of a membership


@dataclass(frozen=True)
class Filter:
    """Every field is a word of the address, or empty."""

    q: str = ""
    show: str = ""
    source: str = ""
    rating: str = ""
    waiting: str = ""
    flag: str = ""
    who: str = ""

    def said(self) -> dict[str, str]:
        """What is not empty, in the order of the fields."""
        return {field.name: value for field in fields(self) if (value := getattr(self, field.name))}

    @property
    def narrows(self) -> tuple[str, ...]:
        """The fields beside the words searched for."""
        return tuple(name for name in self.said() if name != "q")

    @property
    def is_empty(self) -> bool:
        return not self.said()

    @property
    def address(self) -> str:
        """ "?show=phone&waiting=7", or "" for everybody."""
        return f"?{urlencode(self.said())}" if self.said() else ""

    @property
    def more(self) -> str:
        """To go behind another parameter: "&show=phone"."""
        return "".join(f"&{urlencode({name: value})}" for name, value in self.said().items())

    def without(self, name: str) -> "Filter":
        return replace(self, **{name: ""})


def parse(given: Mapping[str, str]) -> Filter:
    """From a query string as a mapping; never raises."""
    query = given.get("q", "").replace("\x00", "").strip()[:LONGEST_QUERY]
    return Filter(
        q=query,
        show=_one_of(SHOWS, given.get("show", "")),
        source=_one_of(SOURCES, given.get("source", "")) or number(given.get("source", "")),
        rating=_one_of(RATINGS, given.get("rating", "")),
        waiting=_one_of(WAITING, given.get("waiting", "")),
        flag=_one_of(FLAGS, given.get("flag", "")),
        who=_one_of(PEOPLE, given.get("who", "")) or number(given.get("who", "")),
    )


def _one_of(known: tuple[str, ...], value: str) -> str:
    return value if value in known else ""


def number(value: str) -> str:
    """The value, if it could be the key of a row; else ""."""
    return value if value.isascii() and value.isdigit() and len(value) < 19 else ""


def waits_longer(entered: datetime, days: int, now: datetime) -> bool:
    """More than so many whole days: "7 days here" is not longer than 7."""
    return (now - entered).days > days


def before(now: datetime, days: int) -> datetime:
    """Whoever entered at or before this moment waits longer than `days`."""
    return now - timedelta(days=days + 1)
