"""Reading a log of tickets: any encoding, delimiter and way of writing dates; what cannot be true is left out.

Standard library only. Two shapes: one row per ticket (when created, when solved), or one row per event (the first
of a case is its creation, the last its end). Nothing is repaired: a row that is wrong is named by its line.
"""

import codecs
import csv
import datetime
import gzip
import hashlib
import io
import re
from dataclasses import dataclass, field

TICKETS, EVENTS = "tickets", "events"
YEAR_FIRST, DAY_FIRST, MONTH_FIRST = "ymd", "dmy", "mdy"
ORDERS = (YEAR_FIRST, DAY_FIRST, MONTH_FIRST)
DELIMITERS = ",;\t|"
SAMPLE = 2000
OLDEST_YEAR = 1990

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
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


class Unreadable(Exception):
    """The file as a whole is refused. `code` says why, `line` where, if that is known."""

    def __init__(self, code, line=None):
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(frozen=True)
class Layout:
    encoding: str
    delimiter: str
    header: list
    samples: list


@dataclass
class Reading:
    """What a file says: cases as (created, ended or None), and which lines were left out, why, and what they say."""

    cases: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    rows: int = 0


def pack(chunks, *, limit):
    """(compressed body, size, sha256) of an upload. Raises Unreadable("too_large") while it streams in."""
    digest, size, packed = hashlib.sha256(), 0, io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=3, mtime=0) as out:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise Unreadable("too_large")
            digest.update(chunk)
            out.write(chunk)
    return packed.getvalue(), size, digest.hexdigest()


def count_lines(body):
    with open_body(body) as raw:
        return sum(1 for _ in raw)


def open_body(body):
    return gzip.GzipFile(fileobj=io.BytesIO(body))


def layout(body):
    """How the file is written. Raises Unreadable when it is no table of text."""
    encoding = _encoding(body)
    with _text(body, encoding) as stream:
        head = [line for _, line in zip(range(50), stream, strict=False)]
    delimiter = _delimiter(head)
    rows = rows_of(body, encoding=encoding, delimiter=delimiter)
    header = next(rows, (0, []))[1]
    if len(header) < 2:
        raise Unreadable("no_columns")
    samples = [cells for _, (_, cells) in zip(range(SAMPLE), rows, strict=False)]
    if not samples:
        raise Unreadable("no_rows")
    return Layout(
        encoding, delimiter, [cell.replace("\0", "").strip()[:80] for cell in header][:100], samples
    )


def _encoding(body):
    with open_body(body) as raw:
        head = raw.read(4096)
    if not head.strip():
        raise Unreadable("empty")
    if head.startswith(WORKBOOKS):
        raise Unreadable("workbook")
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if b"\x00" in head:
        return _wide(head)
    return "utf-8" if _decodes(body, "utf-8") else "cp1252"


def _wide(head):
    """UTF-16 without a mark has its zeros on one side only; anything else with zeros is no text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) / 4 and min(even, odd) < len(head) / 50:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise Unreadable("binary")


def _decodes(body, encoding):
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open_body(body) as raw:
            while chunk := raw.read(1 << 16):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text(body, encoding):
    return io.TextIOWrapper(open_body(body), encoding=encoding, errors="replace", newline="")


def _delimiter(head):
    """The one that cuts the first lines into the same number of columns, and into most of them."""
    best, most = ",", 1
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count) if widths else 0
        if common > most and widths.count(common) >= 0.8 * len(widths):
            best, most = delimiter, common
    return best


def rows_of(body, *, encoding, delimiter):
    """(line number, cells) of each row, empty ones skipped. Raises Unreadable("broken") with the line."""
    with _text(body, encoding) as stream:
        reader, line = csv.reader(stream, delimiter=delimiter), 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, cells
                line = reader.line_num + 1
        except csv.Error:
            raise Unreadable("broken", line=reader.line_num) from None


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


def column(samples, index):
    return [cells[index] for cells in samples if index < len(cells)]


CREATED = ("creat", "open", "start", "receiv", "submit", "request", "time", "date")
ENDED = ("resol", "clos", "solv", "end", "finish", "complet", "done")
NAMES_A_CASE = ("case", "ticket", "id", "number", "key", "#")


def guess(table):
    """A first mapping from names and contents, for the person to correct; {} where nothing looks like a date."""
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


def read(body, *, encoding, delimiter, mapping, zone, latest, tick=None, keep=500):
    """All cases of the file, local times of `zone`. `latest`: a local time after which nothing can have happened.

    `tick(rows)` is called now and then and may raise to stop. At most `keep` rejected lines are kept, all counted
    in the order of the file.
    """
    reading, found = Reading(), {}
    rows = rows_of(body, encoding=encoding, delimiter=delimiter)
    next(rows, None)
    rejected = 0
    for line, cells in rows:
        reading.rows += 1
        if tick and reading.rows % 2000 == 0:
            tick(reading.rows)
        try:
            _take(found, cells, mapping, zone, latest, line)
        except _Rejected as wrong:
            rejected += 1
            if rejected <= keep:
                reading.rejected.append([line, wrong.code, wrong.text])
    reading.cases = [(first, last) for first, last in found.values()]
    return reading, rejected


class _Rejected(Exception):
    def __init__(self, code, text=""):
        super().__init__(code)
        self.code, self.text = code, text[:60].replace("\0", "")  # PostgreSQL keeps no NUL


def _take(found, cells, mapping, zone, latest, line):
    created = _time(cells, mapping["created"], mapping, zone, latest)
    if mapping["shape"] == EVENTS:
        return _event(found, _cell(cells, mapping["case"]), created)
    ended = None
    if mapping["resolved"] is not None and _cell(cells, mapping["resolved"], needed=False):
        ended = _time(cells, mapping["resolved"], mapping, zone, latest)
        if ended < created:
            if not _clocks_went_back(cells, mapping):
                raise _Rejected("ends_before", f"{created:%Y-%m-%d %H:%M} > {ended:%Y-%m-%d %H:%M}")
            ended = created
    key = _cell(cells, mapping["case"], needed=False) if mapping["case"] is not None else ""
    return _ticket(found, key or f"line {line}", created, ended)


def _clocks_went_back(cells, mapping):
    """Times with an offset are in order though the clock on the wall says otherwise: the hour that comes twice."""
    first, last = (moment(_cell(cells, mapping[name]), mapping["order"]) for name in ("created", "resolved"))
    return first.tzinfo is not None and last.tzinfo is not None and first <= last


def _event(found, case, when):
    """One event alone says when a case began, not that it ended."""
    first, last = found.get(case, (when, None))
    if case in found:
        ends = [when, first] if last is None else [when, last]
        first, last = min(first, when), max(ends)
    found[case] = (first, last)


def _ticket(found, key, created, ended):
    """The same ticket twice in a file is one ticket, whichever row comes first."""
    if key in found:
        first, last = found[key]
        created = min(created, first)
        ended = max(ended, last) if ended and last else ended or last
    found[key] = (created, ended)


def _cell(cells, index, *, needed=True):
    text = cells[index].strip() if index < len(cells) else ""
    if not text and needed:
        raise _Rejected("missing")
    return text


def _time(cells, index, mapping, zone, latest):
    text = _cell(cells, index)
    when = moment(text, mapping["order"])
    if when is None:
        raise _Rejected("no_date", text)
    if not OLDEST_YEAR - 1 <= when.year <= latest.year + 1:
        raise _Rejected("impossible_date", text)  # also what no other zone could write
    if when.tzinfo is not None:
        when = when.astimezone(zone).replace(tzinfo=None)
    if when.year < OLDEST_YEAR or when > latest:
        raise _Rejected("impossible_date", text)
    return when
