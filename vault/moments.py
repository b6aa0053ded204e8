"""Times as exports write them: any order of day, month and year, with or without a zone.

Standard library only. Exact reading is slow, and a log says the same days and the same minutes again and again:
`Clock` remembers the halves of what it has read.
"""

import datetime
import re

YEAR_FIRST, DAY_FIRST, MONTH_FIRST = "ymd", "dmy", "mdy"
ORDERS = (YEAR_FIRST, DAY_FIRST, MONTH_FIRST)

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTHS = {name: n for n, name in enumerate(NAMES, 1)}
ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d", re.ASCII)
NUMERIC = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ,]+(.+))?", re.ASCII)
NAMED = re.compile(
    r"(?:(\d{1,2})[. -]+([a-z]{3})[a-z]*|([a-z]{3})[a-z]* (\d{1,2})),?[ -]+(\d{4})(?:[T ,]+(.+))?"
)
CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?\s*(z|utc|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
EPOCH = datetime.datetime(1970, 1, 1)  # noqa: DTZ001 -- naive: a time on the wall of the shop
MOST_KEPT = 100_000  # a day has 86,400 seconds
HOUR, QUARTER = 3600, 900


def moment(text, order):
    """The time a cell says, naive as written or aware with its offset; None when it says none."""
    if order == YEAR_FIRST and ISO.match(text):
        try:
            # Ten times as fast, and most logs are written this way.
            return datetime.datetime.fromisoformat(text).replace(microsecond=0)
        except ValueError:
            pass
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    if match := NUMERIC.fullmatch(text):
        date, clock = _numeric(match, order), match[5]
    elif match := NAMED.fullmatch(text.lower()):
        date, clock = _named(match), match[6]
    else:
        return None
    try:
        # Naive on purpose: most logs say the time on the wall of the shop.
        return _with_clock(datetime.datetime(*date), clock) if date else None  # noqa: DTZ001
    except (ValueError, OverflowError):
        return None


def _numeric(match, order):
    a, b, c = match[1], match[3], match[4]
    if order == YEAR_FIRST:
        return (int(a), int(b), int(c)) if len(a) == 4 and len(c) <= 2 else None
    if len(a) > 2 or len(c) not in {2, 4}:
        return None
    year = int(c) + (2000 if len(c) == 2 else 0)
    return (year, int(b), int(a)) if order == DAY_FIRST else (year, int(a), int(b))


def _named(match):
    month = MONTHS.get(match[2] or match[3])
    return (int(match[5]), month, int(match[1] or match[4])) if month else None


def _with_clock(date, text):
    if not text:
        return date
    match = CLOCK.fullmatch(text.lower())
    if match is None:
        raise ValueError("no time of day")
    hour, half = int(match[1]), match[4]
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return date.replace(hour=hour, minute=int(match[2]), second=int(match[3] or 0), tzinfo=_offset(match[5]))


def _offset(text):
    if not text:
        return None
    if text in {"z", "utc"}:
        return datetime.UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return datetime.timezone(datetime.timedelta(minutes=-minutes if text[0] == "-" else minutes))


def orders_that_fit(cells):
    """The ways of writing dates that read (nearly) all of these cells; two of them mean: somebody has to say."""
    cells = [cell for cell in cells if cell.strip()]
    if not cells:
        return []
    return [
        order
        for order in ORDERS
        if sum(moment(cell, order) is not None for cell in cells) >= 0.9 * len(cells)
    ]


def ambiguous_example(cells):
    """A cell that is a date either way, and another one each way: "3/4/2024"; None when there is none."""
    for cell in cells:
        day, month = moment(cell, DAY_FIRST), moment(cell, MONTH_FIRST)
        if day and month and day != month:
            return cell
    return None


def seconds_of(when) -> int:
    """A naive time as seconds since 1970 on the same wall."""
    return int((when - EPOCH).total_seconds())


def time_of(seconds) -> datetime.datetime:
    return EPOCH + datetime.timedelta(seconds=seconds)


class Clock:
    """What cells say, as seconds since 1970 on the wall of `zone`.

    `dates` and `times` hold the halves of cells without a zone that were read before: a caller in a hurry may add
    `dates[text[:10]]` and `times[text[10:]]` itself, and come here only after a KeyError.
    """

    def __init__(self, order, zone):
        self.order, self.zone = order, zone
        self.dates, self.times = {}, {}
        self.naive, self.offsets = False, set()
        self._aware, self._shifts = {}, {}

    @property
    def mixed(self) -> bool:
        """Some cells name a zone and some do not, or they name zones further apart than summer from winter."""
        apart = max(self.offsets) - min(self.offsets) if self.offsets else 0
        return bool(self.naive and self.offsets) or apart > HOUR

    def seconds(self, text) -> int | None:
        """None when the cell says no time."""
        date, clock = _cut(text)
        midnight = self.dates.get(date)
        if midnight is not None:
            if clock in self.times:
                return midnight + self.times[clock]
            if clock in self._aware:
                within, offset = self._aware[clock]
                return self._on_the_wall(midnight + within - offset)
        when = moment(text, self.order)
        return None if when is None else self._learn(when, date, clock)

    def _learn(self, when, date, clock):
        seconds, midnight = seconds_of(when.replace(tzinfo=None)), self._midnight(date, when)
        room = midnight is not None and len(self.times) + len(self._aware) < MOST_KEPT
        if when.tzinfo is None:
            self.naive = True
            if room:
                self.times[clock] = seconds - midnight
            return seconds
        offset = int(when.utcoffset().total_seconds())
        self.offsets.add(offset)
        if room:
            self._aware[clock] = seconds - midnight, offset
        return self._on_the_wall(seconds - offset)

    def _midnight(self, date, when):
        """None where the first half is not the date alone."""
        known = self.dates.get(date)
        if known is None and len(self.dates) < MOST_KEPT:
            alone = moment(date, self.order)
            if alone == when.replace(hour=0, minute=0, second=0, tzinfo=None):
                known = self.dates[date] = seconds_of(alone)
        return known

    def _on_the_wall(self, utc) -> int:
        """No zone changes its clocks within a quarter of an hour."""
        quarter = utc // QUARTER
        shift = self._shifts.get(quarter)
        if shift is None:
            try:
                at = datetime.datetime.fromtimestamp(quarter * QUARTER, self.zone)
                shift = int(at.utcoffset().total_seconds())
            except (ValueError, OverflowError, OSError):
                shift = 0  # a year no calendar has: refused a moment later
            if len(self._shifts) < MOST_KEPT:
                self._shifts[quarter] = shift
        return utc + shift


def _cut(text):
    at = 10 if text[10:11] in {" ", "T", ""} else text.find(" ")
    return (text[:at], text[at:]) if at > 0 else (text, "")
