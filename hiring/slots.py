"""Times that can be offered: weekly hours, minus what is taken, in one zone's own clock. Plain values, no database.

Every moment is an aware datetime in UTC. "Free from 9 to 17" means the moments at which the clock on the wall of that
zone shows 9:00 or later and not yet 17:00: an hour that the clock skips is not there, one that it repeats is there
twice (the rule of PEP 495 for what a wall clock shows).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
STEP = 30  # minutes on the clock of the first host: times begin on the half hour
Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Hours:
    """When somebody has time.

    `week`: seven days from Monday, each a tuple of (begin, end) in minutes from midnight. `off`: days (first, last)
    on which they have none. `before` and `after`: minutes kept clear around a talk. `notice`: hours;
    nothing sooner. `ahead`: days; nothing later.
    """

    zone: ZoneInfo
    week: tuple
    off: tuple[tuple[date, date], ...] = ()
    before: int = 15
    after: int = 15
    notice: int = 24
    ahead: int = 14


def offered(hours: list[Hours], *, busy: list[Span], minutes: int, now: datetime) -> list[datetime]:
    """Beginnings at which all of them have `minutes` in a row, the soonest first; `busy` is taken for one or more."""
    begin, end = _window(hours, now)
    before, after = max(each.before for each in hours), max(each.after for each in hours)
    spans = [(begin, end)]
    for each in hours:
        spans = meet(spans, free(each, begin, end))
    taken = [(start - timedelta(minutes=after), stop + timedelta(minutes=before)) for start, stop in busy]
    found = set()
    for start, stop in minus(spans, taken):
        found.update(_beginnings(start, stop, minutes, hours[0].zone))
    return sorted(found)


def window(hours: list[Hours], now: datetime) -> Span:
    """From when to when anything can be offered at all, for whoever looks up what is taken."""
    begin, end = _window(hours, now)
    room = timedelta(minutes=max(max(each.before, each.after) for each in hours))
    return begin - room, end + room


def _window(hours, now) -> Span:
    begin = now + timedelta(hours=max(each.notice for each in hours))
    last = [now.astimezone(each.zone).date() + timedelta(days=each.ahead) for each in hours]
    ends = [moment(day + timedelta(days=1), 0, each.zone) for each, day in zip(hours, last, strict=True)]
    return begin, max(begin, min(ends))


def free(hours: Hours, begin: datetime, end: datetime) -> list[Span]:
    """The spans between two moments in which the wall clock is inside one's hours."""
    day, last = begin.astimezone(hours.zone).date() - timedelta(days=1), end.astimezone(hours.zone).date()
    spans = []
    while day <= last:
        if not any(first <= day <= until for first, until in hours.off):
            for start, stop in hours.week[day.weekday()]:
                spans += on_day(day, start, stop, hours.zone)
        day += timedelta(days=1)
    return meet(sorted(spans), [(begin, end)])


def on_day(day: date, begin: int, end: int, zone: ZoneInfo) -> list[Span]:
    """The moments of one day on which the clock shows `begin` or later and less than `end`: mostly one span."""
    midnight = datetime.combine(day, time(0), tzinfo=UTC)
    return _joined(
        meet(
            [
                (
                    midnight + timedelta(minutes=begin) - offset,
                    midnight + timedelta(minutes=end) - offset,
                )
            ],
            [(since, until)],
        )
        for since, until, offset in _offsets(
            midnight - timedelta(hours=26), midnight + timedelta(hours=50), zone
        )
    )


def _joined(pieces) -> list[Span]:
    spans: list[Span] = []
    for start, stop in sorted(span for piece in pieces for span in piece):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(stop, spans[-1][1]))
        else:
            spans.append((start, stop))
    return spans


def _offsets(begin: datetime, end: datetime, zone: ZoneInfo):
    """(from, until, distance to UTC) of the stretches with one distance each. Clocks change on whole seconds."""
    since, here = begin, _offset(begin, zone)
    while since < end:
        until = _change(since, end, here, zone)
        yield since, until, here
        since, here = until, _offset(until, zone)


def _change(since, end, here, zone) -> datetime:
    """When the distance becomes another one for the first time after `since`; `end` when it does not."""
    low = since
    while low < end:
        high = min(low + timedelta(hours=12), end)  # no zone changes twice within half a day
        if _offset(high, zone) != here:
            return _halve(low, high, here, zone)
        low = high
    return end


def _halve(low, high, here, zone) -> datetime:
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
        low, high = (middle, high) if _offset(middle, zone) == here else (low, middle)
    return high


def _offset(when: datetime, zone: ZoneInfo) -> timedelta:
    return when.astimezone(zone).utcoffset() or timedelta(0)


def moment(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """The first moment of this day at which the clock shows `minute` or later."""
    spans = on_day(day, minute, DAY, zone)
    return spans[0][0] if spans else datetime.combine(day, time(0), tzinfo=zone).astimezone(UTC)


def _beginnings(start, stop, minutes, zone):
    """On the half hours of the wall clock, as long as it ends in time."""
    local = start.astimezone(zone)
    over = (local.minute % STEP) * 60 + local.second
    at = start if not (over or local.microsecond) else start.replace(microsecond=0) + timedelta(
        seconds=STEP * 60 - over
    )  # fmt: skip
    while at + timedelta(minutes=minutes) <= stop:
        yield at
        at = _next(at, zone)


def _next(at, zone) -> datetime:
    """Half an hour on; where the clock jumps by less than that, on the next half hour it shows."""
    later = at + timedelta(minutes=STEP)
    over = later.astimezone(zone).minute % STEP
    return later if not over else later + timedelta(minutes=STEP - over)


# -- spans


def meet(some: list[Span], others: list[Span]) -> list[Span]:
    """What is in both."""
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return sorted(span for span in both if span[0] < span[1])


def minus(spans: list[Span], taken: list[Span]) -> list[Span]:
    """What is left of `spans`."""
    for start, stop in taken:
        spans = [
            piece
            for begin, end in spans
            for piece in ((begin, min(end, start)), (max(begin, stop), end))
            if piece[0] < piece[1]
        ]
    return spans


# -- what the clock shows


def is_twice(when: datetime, zone: ZoneInfo) -> bool:
    """Whether the clock shows this moment's time a second time, before or after it."""
    local = when.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def distance(when: datetime, zone: ZoneInfo) -> str:
    """ "UTC+02:00": tells two moments apart that the clock shows alike."""
    seconds = int(_offset(when, zone).total_seconds())
    hours, rest = divmod(abs(seconds) // 60, 60)
    return f"UTC{'-' if seconds < 0 else '+'}{hours:02}:{rest:02}"
