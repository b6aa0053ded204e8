"""What a hire changed, in numbers: need before and now, hours given back, and each rise of the hours.

Standard library only. Codes and numbers out; sentences are in readiness.after_words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

# How much lighter a signal got: surely, perhaps (open answers could turn it), not at all, perhaps heavier, heavier.
LIGHTER, PERHAPS_LIGHTER, SAME, PERHAPS_HEAVIER, HEAVIER = (
    "lighter",
    "perhaps_lighter",
    "same",
    "perhaps_heavier",
    "heavier",
)
UNKNOWN = "unknown"
NOTICED = 5  # points of 100; less is the noise of rough answers
RECENT = 4  # weeks of which the hours are averaged
FEWEST = 2


@dataclass(frozen=True)
class Span:
    """A score from 0 to 100, with what open answers could make of it."""

    low: float
    score: float
    high: float


def moved(before: Span | None, now: Span | None) -> str:
    """More score is more need, so less is lighter. Sure only where the two ranges do not meet."""
    if before is None or now is None:
        return UNKNOWN
    gone = before.score - now.score
    if abs(gone) < NOTICED:
        return SAME
    if gone > 0:
        return LIGHTER if now.high < before.low else PERHAPS_LIGHTER
    return HEAVIER if now.low > before.high else PERHAPS_HEAVIER


@dataclass(frozen=True)
class Week:
    """Hours of support in the week of this Monday; None where nobody wrote them down."""

    monday: date
    owner: float | None
    person: float | None


def recent(hours: Sequence[float | None]) -> float | None:
    """The mean of the latest weeks that were written down; None for fewer than two, which may be any two weeks."""
    known = [each for each in hours if each is not None][-RECENT:]
    return sum(known) / len(known) if len(known) >= FEWEST else None


def given_back(then: float | None, now: float | None) -> float | None:
    """Hours a week; negative when it is more work than before."""
    return None if then is None or now is None else then - now


@dataclass(frozen=True)
class Rise:
    monday: date
    before: float
    now: float


def rises(weeks: Sequence[Week], agreed: float | None = None) -> list[Rise]:
    """The weeks in which the new person worked more than in the one before that is known, or than was agreed."""
    found, before = [], agreed
    for week in sorted(weeks, key=lambda each: each.monday):
        if week.person is None:
            continue
        if before is not None and week.person > before:
            found.append(Rise(week.monday, before, week.person))
        before = week.person
    return found


# -- the picture: 600 wide, 160 high, weeks as far apart as they were

WIDTH, BASE, TOP, EDGE = 600, 140, 12, 10


@dataclass(frozen=True)
class Picture:
    owner: list[str]  # <polyline points>, one for each stretch without a gap
    person: list[str]
    marks: list[tuple[str, str]]  # where the hours rose
    dots: list[tuple[str, str, str]]  # whose, x, y
    highest: float
    first: date
    last: date


def picture(weeks: Sequence[Week], risen: Sequence[Rise] = ()) -> Picture | None:
    """None without an hour to draw."""
    weeks = sorted(weeks, key=lambda each: each.monday)
    known = [hours for week in weeks for hours in (week.owner, week.person) if hours is not None]
    if not known:
        return None
    first, last, highest = weeks[0].monday, weeks[-1].monday, max(*known, 1)
    days = (last - first).days

    def at(monday, hours):
        share = (monday - first).days / days if days else 0.5
        return f"{EDGE + (WIDTH - 2 * EDGE) * share:.2f}", f"{BASE - (BASE - TOP) * hours / highest:.2f}"

    lines = {
        who: [None if (hours := getattr(week, who)) is None else at(week.monday, hours) for week in weeks]
        for who in ("owner", "person")
    }
    return Picture(
        owner=_stretches(lines["owner"]),
        person=_stretches(lines["person"]),
        marks=[at(rise.monday, rise.now) for rise in risen],
        dots=[(who, *place) for who, places in lines.items() for place in places if place is not None],
        highest=max(known),
        first=first,
        last=last,
    )


def _stretches(places) -> list[str]:
    """Weeks that nobody wrote down break the line; a week alone is its dot."""
    found, run = [], []
    for place in [*places, None]:
        if place is not None:
            run.append(",".join(place))
            continue
        if len(run) > 1:
            found.append(" ".join(run))
        run = []
    return found
