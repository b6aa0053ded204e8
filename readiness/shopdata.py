"""Orders and reviews of a shop, from the files it can export: whole weeks, now beside before.

Standard library and the reading of vault.tablefile only. Customers are counted, never kept: of an address or a
number stays a hash as long as the file is read.
"""

import re
from collections import Counter
from dataclasses import astuple, dataclass, field
from functools import reduce

from readiness.amounts import amount
from readiness.measured import BASE_WEEKS, RECENT_WEEKS
from readiness.spool import Spool
from readiness.ticketlog import OLDEST_YEAR
from readiness.trends import week_of
from readiness.weekly import Log, join, whole
from vault.moments import Clock, seconds_of, time_of
from vault.tablefile import Unreadable, rows_in, text_of

ORDERS, REVIEWS = "orders", "reviews"
LOW_STARS = 2
KEPT_WRONG = 500

# Names of columns in lower case, the first that is there wins. "Created at" before "paid at": a shop that is paid
# later has its question earlier.
NAMES = {
    ORDERS: {
        "when": (
            "created at",
            "order_purchase_timestamp",
            "order date",
            "date created",
            "ordered",
            "purchase",
            "date",
        ),
        "key": ("name", "order_id", "order id", "order number", "order", "id"),
        "amount": ("total", "order total", "grand total", "amount", "price"),
        "customer": ("email", "customer_id", "customer id", "billing email", "customer"),
        "cancelled": ("cancelled at", "canceled at"),
    },
    REVIEWS: {
        "when": ("review_creation_date", "created at", "review date", "created", "date"),
        "stars": ("review_score", "rating", "stars", "score"),
        "key": ("review_id", "review id", "id"),
    },
}
NEEDED = {ORDERS: ("when",), REVIEWS: ("when", "stars")}


def guess(table, kind) -> dict:
    """{role: column} from the names of the columns, None where none fits; for a person to correct."""
    heads, found = [head.strip().lower() for head in table.header], {}
    for role, names in NAMES[kind].items():
        free = [i for i in range(len(heads)) if i not in found.values()]
        exact = (i for name in names for i in free if heads[i] == name)
        part = (i for name in names for i in free if name in re.split(r"[^a-z]+", heads[i]))
        found[role] = next(exact, next(part, None))
    return found


def is_shopify(header) -> bool:
    return {"name", "financial status", "created at", "lineitem name"} <= {
        head.strip().lower() for head in header
    }


def looks_like_orders(header, guessed) -> bool:
    """A time, and a sum of money or a purchase by name."""
    heads = " ".join(header).lower()
    return guessed["when"] is not None and (
        "purchase" in heads or ("order" in heads and (guessed["amount"] is not None or "order date" in heads))
    )


@dataclass
class Reading:
    """Lines that count, as whole numbers (see ORDER and REVIEW); what is wrong with the others, by line."""

    kind: str
    spool: Spool
    rows: int = 0
    wrong: list = field(default_factory=list)
    left_out: Counter = field(default_factory=Counter)
    mixed_zones: bool = False

    @property
    def rejected(self) -> list:
        """The first of them in the order of the file: [line, code, what it says]."""
        return [list(each) for each in sorted(self.wrong)[:KEPT_WRONG]]

    @property
    def rejected_count(self) -> int:
        return self.left_out.total()

    def refuse(self, line, code, said=""):
        self.left_out[code] += 1
        self.wrong.append((line, code, said))
        if len(self.wrong) > 20 * KEPT_WRONG:
            self.wrong = sorted(self.wrong)[:KEPT_WRONG]


# Rows of the spool. When: seconds on the wall or MISSING; why: a place in CODES, 0 when nothing is wrong.
# ORDER: key, line, when, hundredths of the sum or MISSING, customer (a hash, 0 unknown), cancelled, why
# REVIEW: key, when, hundredths of stars
MISSING = -(2**62)
CODES = ("", "no_date", "impossible_date", "no_amount", "no_stars")


def read(source, *, table, kind, mapping, order, zone, latest, tick=None, folder=None) -> Reading:
    """All lines of a file. `mapping` as guess() gives it, `order` of the parts of a date.

    Raises Unreadable("unmapped") without a needed column, "broken" as rows_of does, and what `tick` raises.
    """
    if any(mapping.get(role) is None for role in NEEDED[kind]):
        raise Unreadable("unmapped")
    clock, bounds = Clock(order, zone), (seconds_of(time_of(0).replace(year=OLDEST_YEAR)), seconds_of(latest))
    reading = Reading(kind, Spool(7 if kind == ORDERS else 3, folder=folder))
    take = _order if kind == ORDERS else _review
    with text_of(source, table.encoding) as stream:
        rows = rows_in(stream, table.delimiter)
        next(rows, None)
        for line, cells in rows:
            reading.rows += 1
            take(reading, _Row(cells, mapping, clock, bounds), line)
            if reading.rows % 2000 == 0:
                reading.spool.rest()
                if tick:
                    tick(stream.buffer.tell())
    reading.mixed_zones = clock.mixed
    return reading


@dataclass(slots=True)
class _Row:
    cells: list
    mapping: dict
    clock: Clock
    bounds: tuple

    def text(self, role) -> str:
        index = self.mapping.get(role)
        return self.cells[index].strip() if index is not None and index < len(self.cells) else ""

    def when(self):
        """(seconds on the wall, "") or (MISSING, why not)."""
        when = self.clock.seconds(self.text("when"))
        if when is None:
            return MISSING, "no_date"
        low, high = self.bounds
        return (when, "") if low <= when <= high else (MISSING, "impossible_date")


def _order(reading, row, line):
    """An export has a line for each thing in the basket, and perhaps only the first of an order says when and how
    much: what is wrong with a line counts only if no other line of the order is right."""
    when, wrong = row.when()
    total, customer = row.text("amount"), row.text("customer").lower()
    value = amount(total) if total else None
    if total and value is None:
        when, wrong = MISSING, wrong or "no_amount"
    key = row.text("key")
    reading.spool.waiting.append((
        hash(key) if key else line,
        line,
        when,
        MISSING if value is None else int(value * 100),
        hash(customer) if customer else 0,
        int(bool(row.text("cancelled"))),
        CODES.index(wrong),
    ))  # fmt: skip


def _review(reading, row, line):
    when, wrong = row.when()
    stars = amount(row.text("stars"))
    if not wrong and (stars is None or not 1 <= stars <= 5):
        wrong = "no_stars"
    if wrong:
        said = row.text("stars" if wrong == "no_stars" else "when")
        return reading.refuse(line, wrong, said[:60].replace("\0", ""))
    key = row.text("key")
    return reading.spool.waiting.append((hash(key) if key else line, when, int(stars * 100)))


def entries(reading):
    """Lists of what counts: of an order (when, hundredths or MISSING, customer), of a review (when, hundredths).

    Tells the reading which lines of orders were wrong.
    """
    together = _orders_of if reading.kind == ORDERS else _reviews_of
    return (together(rows, reading) for rows in reading.spool.parts())


def _orders_of(rows, reading):
    found, wrong, cancelled = {}, {}, set()
    for key, line, when, total, customer, is_cancelled, why in rows:
        if is_cancelled:
            cancelled.add(key)
        if when == MISSING:
            wrong.setdefault(key, []).append((line, CODES[why]))
        else:
            found.setdefault(key, (when, total, customer))
    for key in wrong.keys() - found.keys() - cancelled:
        for line, code in wrong[key]:
            reading.refuse(line, code)
    return [entry for key, entry in found.items() if key not in cancelled]


def _reviews_of(rows, _):
    """A review that was changed is its last line."""
    return list({key: entry for key, *entry in rows}.values())


def summarise(reading, kind) -> dict:
    """What is said of a file; JSON-able. Raises Unreadable("nothing_left") when no line counts."""
    return log_of(reading, kind).series


def log_of(reading, kind) -> Log:
    """Everything that is kept of a file: whole weeks and the partial ones at both ends."""
    weeks, span = _orders(reading) if kind == ORDERS else _reviews(reading)
    if not weeks:
        raise Unreadable("nothing_left")
    mondays = [monday for monday, _ in whole({monday: week.count for monday, week in weeks.items()})]
    first, last = (time_of(each).date().isoformat() for each in span)
    known = {
        "first": first,
        "last": last,
        "last_created": last,
        "entries": sum(week.count for week in weeks.values()),
        "mixed_zones": reading.mixed_zones,
        "left_out": dict(reading.left_out),
    }
    return Log(_series(weeks, mondays, known), weeks)


def together(logs) -> dict:
    """One series of several files of a kind, those that count first in front."""
    if len(logs) == 1:
        return logs[0].series
    joined = join(logs, type(next(iter(logs[0].weeks.values()))))
    used = [logs[i].series for i in joined.used]
    known = {
        "first": min(series["first"] for series in used),
        "last": max(series["last"] for series in used),
        "last_created": max(series["last_created"] for series in used),
        "entries": sum(week.count for week in joined.weeks.values()),
        "mixed_zones": any(series["mixed_zones"] for series in used),
        "gap": joined.gap,
    }
    return _series(joined.weeks, list(joined.weeks), known)


def _series(weeks, mondays, known):
    """`now` are the last 8 whole weeks, `before` up to 26 ahead of them."""
    nothing = type(next(iter(weeks.values())))
    kept = [weeks.get(monday) or nothing() for monday in mondays]
    return {
        **known,
        "weeks": [[monday.isoformat(), *week.shown()] for monday, week in zip(mondays, kept, strict=True)],
        "now": nothing.said(kept[-RECENT_WEEKS:]),
        "before": nothing.said(kept[-RECENT_WEEKS - BASE_WEEKS : -RECENT_WEEKS]),
    }


@dataclass
class _Week:
    count: int = 0

    def plus(self, other):
        """Two halves of one week, from two files."""
        return type(self)(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass
class OrderWeek(_Week):
    """`cents` of the `priced` orders; of the `known` ones, whose customer is named, those that came `again` after an
    earlier order in the file; `customers`: how many different ones in this week."""

    cents: int = 0
    priced: int = 0
    known: int = 0
    again: int = 0
    customers: int = 0

    def shown(self):
        return self.count, self.cents / 100

    @staticmethod
    def said(weeks) -> dict | None:
        """Of an average week."""
        total = reduce(OrderWeek.plus, weeks, OrderWeek())
        if not total.count:
            return None
        return {
            "orders_week": total.count / len(weeks),
            "sales_week": total.cents / 100 / len(weeks) if total.priced else None,
            "customers_week": total.customers / len(weeks) if total.known else None,
            "again": total.again / total.known if total.known else None,
        }


@dataclass
class ReviewWeek(_Week):
    """`hundredths` of all stars; `low`: reviews of one or two."""

    hundredths: int = 0
    low: int = 0

    def shown(self):
        return self.count, self.hundredths / 100 / self.count if self.count else None

    @staticmethod
    def said(weeks) -> dict | None:
        """How many, their mean, and the share of one and two stars."""
        total = reduce(ReviewWeek.plus, weeks, ReviewWeek())
        if not total.count:
            return None
        stars = total.hundredths / 100 / total.count
        return {"n": total.count, "stars": stars, "low": total.low / total.count}


WEEK_OF = {ORDERS: OrderWeek, REVIEWS: ReviewWeek}


def _orders(reading):
    """({Monday: OrderWeek}, (first, last))."""
    weeks, span, people = {}, [], Spool(2, folder=reading.spool.folder)
    for part in entries(reading):
        for when, cents, customer in part:
            week = weeks.setdefault(_monday(when), OrderWeek())
            week.count += 1
            if cents != MISSING:
                week.cents, week.priced = week.cents + cents, week.priced + 1
            if customer:
                people.add((customer, when))
        span += _span(part)
    for part in people.parts():
        _who_came_again(part, weeks)
    people.close()
    return dict(sorted(weeks.items())), (min(span), max(span)) if span else ()


def _who_came_again(part, weeks):
    first = {}
    for customer, when in part:
        first[customer] = min(when, first.get(customer, when))
    for customer, when in part:
        week = weeks[_monday(when)]
        week.known += 1
        week.again += first[customer] < when
    for monday, count in Counter(
        monday for _, monday in {(who, _monday(when)) for who, when in part}
    ).items():
        weeks[monday].customers += count


def _reviews(reading):
    weeks, span = {}, []
    for part in entries(reading):
        for when, hundredths in part:
            week = weeks.setdefault(_monday(when), ReviewWeek())
            week.count += 1
            week.hundredths += hundredths
            week.low += hundredths <= 100 * LOW_STARS
        span += _span(part)
    return dict(sorted(weeks.items())), (min(span), max(span)) if span else ()


def _span(part):
    times = [entry[0] for entry in part]
    return [min(times), max(times)] if times else []


def _monday(seconds):
    return week_of(time_of(seconds).date())


def inputs(numbers, kind) -> dict:
    """scoring.Inputs' fields that these numbers answer; {} where there is no before to compare with."""
    now, before = numbers["now"], numbers["before"]
    if not now or not before:
        return {}
    names = ORDER_INPUTS if kind == ORDERS else REVIEW_INPUTS
    found = {
        f"{name}_{when}": factor * part[own]
        for name, (own, factor) in names.items()
        for when, part in (("before", before), ("now", now))
        if part[own] is not None
    }
    return found if kind == ORDERS else found | {"reviews_now": now["n"]}


ORDER_INPUTS = {"orders": ("orders_week", 1), "sales": ("sales_week", 1), "customers": ("customers_week", 1)}
REVIEW_INPUTS = {"stars": ("stars", 1), "low": ("low", 100)}
