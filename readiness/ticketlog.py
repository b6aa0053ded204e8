"""Reading a log of tickets: which column is what, and what each row says; what cannot be true is left out.

Standard library only. Two shapes: one row per ticket (when created, when solved), or one row per event (the first
of a case is its creation, the last its end). Nothing is repaired: a row that is wrong is named by its line.
"""

import csv
from collections import Counter
from dataclasses import dataclass, field

from readiness.spool import Spool
from vault.moments import Clock, moment, orders_that_fit, seconds_of, time_of
from vault.tablefile import Unreadable, column, line_of, text_of

TICKETS, EVENTS = "tickets", "events"
OLDEST_YEAR = 1990
OPEN = -1  # the end of what has none
AT_A_TIME = 4096
KEPT_WRONG = 500

# The columns of help desks' own exports, in lower case: (created, solved, number of the ticket); of several the
# first that is there. Sources: the exports themselves and the names in their interfaces to other programs.
SYSTEMS = {
    "Zendesk": [
        (("ticket created - timestamp", "ticket created - date"),
         ("ticket solved - timestamp", "ticket solved - date"), ("ticket id",)),
        (("created at", "created_at", "requested"), ("solved at", "solved_at", "solved"),
         ("id", "ticket id", "nice_id")),
    ],
    "Gorgias": [
        (("creation date", "created_datetime"), ("closed date", "closed_datetime"), ("ticket id", "id")),
    ],
    "Help Scout": [
        (("created at", "createdat", "created"), ("closed at", "closedat", "closed"),
         ("conversation number", "conversation #", "conversation id", "number", "#")),
    ],
    "Freshdesk": [
        (("created time",), ("resolved time", "closed time"), ("ticket id",)),
    ],
}  # fmt: skip

CREATED = ("creat", "open", "start", "receiv", "submit", "request", "time", "date")
ENDED = ("resol", "clos", "solv", "end", "finish", "complet", "done")
NAMES_A_CASE = ("case", "ticket", "id", "number", "key", "#")


@dataclass
class Reading:
    """What a file says. `spool` holds (key, created, ended or OPEN) in seconds on the shop's wall; `rejected` the
    first lines that were left out as [line, code, what they say], `left_out` how many by code."""

    shape: str
    spool: Spool
    rows: int = 0
    rejected: list = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)
    mixed_zones: bool = False

    @property
    def rejected_count(self) -> int:
        return self.left_out.total()

    def seconds(self):
        """(created, ended or OPEN) of each case, lists of them, whatever came first in the file; may be run again."""
        together = _events if self.shape == EVENTS else _tickets
        return (together(rows) for rows in self.spool.parts())

    @property
    def cases(self) -> list:
        """The same as times, None for an end that is not there yet; all at once, for small files."""
        return [
            (time_of(first), None if last == OPEN else time_of(last))
            for part in self.seconds()
            for first, last in part
        ]


def system_of(header):
    """(name of the help desk, mapping) of an export whose columns are known, or None."""
    heads = {name.strip().lower(): i for i, name in reversed(list(enumerate(header)))}
    for system, ways in SYSTEMS.items():
        for way in ways:
            created, ended, case = (
                next((heads[name] for name in names if name in heads), None) for names in way
            )
            if None not in (created, ended, case):
                return system, {"shape": TICKETS, "case": case, "created": created, "resolved": ended}
    return None


def guess(table):
    """A first mapping from names and contents, for the person to correct; {} where nothing looks like a date."""
    known = system_of(table.header)
    if known and orders_that_fit(column(table.samples, known[1]["created"])[:200]):
        return known[1]
    dates = [i for i in range(len(table.header)) if orders_that_fit(column(table.samples, i)[:200])]
    if not dates:
        return {}
    case = _named_like(table, NAMES_A_CASE, [i for i in range(len(table.header)) if i not in dates])
    if len(dates) == 1 and case is not None and _repeats(column(table.samples, case)):
        return {"shape": EVENTS, "case": case, "created": dates[0], "resolved": None}
    ended = _named_like(table, ENDED, dates)
    rest = [i for i in dates if i != ended] or dates
    created = _named_like(table, CREATED, rest)
    created = rest[0] if created is None else created
    return {
        "shape": TICKETS,
        "case": case,
        "created": created,
        "resolved": ended if ended != created else None,
    }


def _named_like(table, words, indexes):
    for word in words:
        for i in indexes:
            if word in table.header[i].lower():
                return i
    return None


def _repeats(cells):
    return len(set(cells)) < 0.8 * len(cells)


def read(source, *, encoding, delimiter, mapping, zone, latest, tick=None, keep=KEPT_WRONG, folder=None):
    """All cases of the file. `latest`: a local time after which nothing can have happened.

    `tick(bytes read)` is called now and then and may raise to stop. At most `keep` rejected lines are kept, all
    counted, in the order of the file. `folder` is where much of it may wait. Raises Unreadable("broken").
    """
    clock = Clock(mapping["order"], zone)
    reading = Reading(mapping["shape"], Spool(3, folder=folder))
    take = _Taking(reading, mapping, clock, latest, keep)
    with text_of(source, encoding) as stream:
        reader = csv.reader(stream, delimiter=delimiter)
        try:
            next(reader, None)
            while take.some(reader):
                reading.spool.rest()
                if tick:
                    tick(stream.buffer.tell())
        except csv.Error:
            raise Unreadable("broken", line=reader.line_num) from None
    reading.mixed_zones = clock.mixed
    return reading


class _Taking:
    """The rows of one file, some thousand at a time."""

    def __init__(self, reading, mapping, clock, latest, keep):
        self.reading, self.mapping, self.clock, self.latest, self.keep = reading, mapping, clock, latest, keep
        self.number = 0
        self.low, self.high = seconds_of(time_of(0).replace(year=OLDEST_YEAR)), seconds_of(latest)

    def some(self, reader) -> bool:
        """Takes the next rows; False at the end of the file.

        Nearly all rows of nearly all files say their times as a row before them did, and are done in the loop
        below; whatever differs goes the long way.
        """
        dates, times = self.clock.dates, self.clock.times
        created, ended, case = (self.mapping[name] for name in ("created", "resolved", "case"))
        low, high, keep = self.low, self.high, self.reading.spool.waiting.append
        number, last = self.number, OPEN
        ahead = range(self.number + 1, self.number + 1 + AT_A_TIME)
        for number, cells in zip(ahead, reader, strict=False):
            try:
                first = cells[created]
                first = dates[first[:10]] + times[first[10:]]
                if ended is not None:
                    last = cells[ended]
                    last = dates[last[:10]] + times[last[10:]] if last else OPEN
                key = cells[case] if case is not None else ""
            except (KeyError, IndexError):
                self._slowly(reader, cells, number)
                continue
            if low <= first <= high and key and (last == OPEN or first <= last <= high):
                keep((hash(key), first, last))
            else:
                self._slowly(reader, cells, number)
        self.reading.rows += number - self.number
        self.number = number
        return number == ahead[-1]

    def _slowly(self, reader, cells, number):
        if not any(cell.strip() for cell in cells):
            self.reading.rows -= 1
            return
        try:
            self.reading.spool.waiting.append(self._row(cells, number))
        except _Rejected as wrong:
            self.reading.left_out[wrong.code] += 1
            if len(self.reading.rejected) < self.keep:
                self.reading.rejected.append([line_of(reader, cells), wrong.code, wrong.text])

    def _row(self, cells, number):
        mapping = self.mapping
        created = self._time(cells, mapping["created"])
        if mapping["shape"] == EVENTS:
            return hash(_cell(cells, mapping["case"])), created, OPEN
        ended = OPEN
        if mapping["resolved"] is not None and _cell(cells, mapping["resolved"], needed=False):
            ended = self._ended(cells, created)
        key = _cell(cells, mapping["case"], needed=False) if mapping["case"] is not None else ""
        return hash(key) if key else number, created, ended

    def _ended(self, cells, created):
        ended = self._time(cells, self.mapping["resolved"])
        if ended < created:
            if not self._clocks_went_back(cells):
                said = f"{time_of(created):%Y-%m-%d %H:%M} > {time_of(ended):%Y-%m-%d %H:%M}"
                raise _Rejected("ends_before", said)
            ended = created
        return ended

    def _clocks_went_back(self, cells):
        """Times with an offset are in order though the clock on the wall says otherwise: the hour that comes twice."""
        order = self.mapping["order"]
        first, last = (moment(_cell(cells, self.mapping[name]), order) for name in ("created", "resolved"))
        return first.tzinfo is not None and last.tzinfo is not None and first <= last

    def _time(self, cells, index):
        text = _cell(cells, index)
        when = self.clock.seconds(text)
        if when is None:
            raise _Rejected("no_date", text)
        if not self.low <= when <= self.high:
            raise _Rejected("impossible_date", text)
        return when


class _Rejected(Exception):
    def __init__(self, code, text=""):
        super().__init__(code)
        self.code, self.text = code, text[:60].replace("\0", "")  # PostgreSQL keeps no NUL


def _cell(cells, index, *, needed=True):
    text = cells[index].strip() if index < len(cells) else ""
    if not text and needed:
        raise _Rejected("missing")
    return text


def _events(rows):
    """One event alone says when a case began, not that it ended."""
    found = {}
    for key, when, _ in rows:
        if key not in found:
            found[key] = (when, OPEN)
            continue
        first, last = found[key]
        found[key] = (min(first, when), max(first, last, when))
    return list(found.values())


def _tickets(rows):
    """The same ticket twice in a file is one ticket, whichever row comes first."""
    if len({row[0] for row in rows}) == len(rows):
        return [(created, ended) for _key, created, ended in rows]
    found = {}
    for key, created, ended in rows:
        if key in found:
            first, last = found[key]
            created, ended = min(created, first), max(ended, last)
        found[key] = (created, ended)
    return list(found.values())
