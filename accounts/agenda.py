"""What stands in people's calendars: every app says its part, and no app has to know another.

An app registers a function of (members, start, end) in AppConfig.ready. It gives entries that touch the span, in the
language that is active, and only what each of the members may see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Membership


@dataclass(frozen=True)
class Entry:
    """`start`, `end` and `changed_at` are aware. `busy` False: it stands in the calendar and takes nobody's time."""

    uid: str  # stays while the event is moved
    start: datetime
    end: datetime
    title: str
    changed_at: datetime
    place: str = ""
    url: str = ""
    text: str = ""
    kind: str = ""
    zone: str = "UTC"  # where its hour was agreed
    sequence: int = 0  # rises with every change
    private: bool = True  # others who see the reader's calendar see that it is busy, and no more
    busy: bool = True


Look = Callable[[Sequence[Membership], datetime, datetime], Iterable[Entry]]
Span = tuple[datetime, datetime]
_looks: dict[str, Look] = {}


def register(app: str, look: Look) -> None:
    _looks[app] = look


def of(members, start: datetime, end: datetime) -> list[Entry]:
    """All entries of `members` that touch the span, the earliest first, each once."""
    return _sorted(_looks.values(), members, start, end)


def taken(members, start: datetime, end: datetime, *, besides: str) -> list[Span]:
    """Spans that the other apps say are taken; `besides` is the app that asks, and knows its own better."""
    looks = [look for app, look in _looks.items() if app != besides]
    return [(entry.start, entry.end) for entry in _sorted(looks, members, start, end) if entry.busy]


def _sorted(looks, members, start, end) -> list[Entry]:
    found = {entry.uid: entry for look in looks for entry in look(members, start, end)}
    inside = [entry for entry in found.values() if entry.start < end and entry.end > start]
    return sorted(inside, key=lambda entry: (entry.start, entry.uid))
