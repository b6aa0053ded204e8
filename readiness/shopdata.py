"""Orders and reviews of a shop, from the files it can export: whole weeks, now beside before.

Standard library and the reading of readiness.ticketlog only. Customers are counted, never kept: of an address or a
number stays a hash as long as the file is read.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from readiness import ticketlog, trends
from readiness.measured import BASE_WEEKS, RECENT_WEEKS
from readiness.ticketlog import Unreadable

ORDERS, REVIEWS = "orders", "reviews"
LOW_STARS = 2
KEPT_WRONG = 500
AMOUNT = re.compile(r"-?\d[\d., '\u00a0\u202f\u2019]*", re.ASCII)
LARGEST = Decimal(10) ** 12

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


@dataclass
class Reading:
    """Lines that count, as (local time, value): an order's (amount or None, customer), a review's stars."""

    rows: int = 0
    found: dict = field(default_factory=dict)
    rejected: list = field(default_factory=list)
    rejected_count: int = 0


def read(body, *, table, kind, mapping, order, zone, latest, tick=None) -> Reading:
    """All lines of a packed file (ticketlog.pack). `mapping` as guess() gives it, `order` of the parts of a date.

    Raises Unreadable("unmapped") without a needed column, and what `tick` raises.
    """
    if any(mapping.get(role) is None for role in NEEDED[kind]):
        raise Unreadable("unmapped")
    reading, take = Reading(), _order if kind == ORDERS else _review
    rows = ticketlog.rows_of(body, encoding=table.encoding, delimiter=table.delimiter)
    next(rows, None)
    for line, cells in rows:
        reading.rows += 1
        if tick and reading.rows % 2000 == 0:
            tick(reading.rows)
        code = take(reading.found, _Row(cells, mapping, order, zone, latest), line)
        if code:
            reading.rejected_count += 1
            reading.rejected += [[line, code]] if len(reading.rejected) < KEPT_WRONG else []
    return reading


@dataclass(slots=True)
class _Row:
    cells: list
    mapping: dict
    order: str
    zone: object
    latest: object

    def text(self, role) -> str:
        index = self.mapping.get(role)
        return self.cells[index].strip() if index is not None and index < len(self.cells) else ""

    def when(self):
        """(local time, "") or (None, why not)."""
        when = ticketlog.moment(self.text("when"), self.order)
        if when is None:
            return None, "no_date"
        if when.tzinfo is not None:
            when = when.astimezone(self.zone).replace(tzinfo=None)
        wrong = when.year < ticketlog.OLDEST_YEAR or when > self.latest
        return (None, "impossible_date") if wrong else (when, "")


def _order(found, row, line) -> str:
    """An export has a line for each thing in the basket; only the first of an order holds its date and total."""
    key = row.text("key") or f"line {line}"
    if key in found:
        return ""
    when, wrong = row.when()
    if wrong:
        return wrong
    total = row.text("amount")
    if total and amount(total) is None:
        return "no_amount"
    if not row.text("cancelled"):
        customer = row.text("customer").lower()
        found[key] = (when, amount(total) if total else None, hash(customer) if customer else None)
    return ""


def _review(found, row, line) -> str:
    when, wrong = row.when()
    if wrong:
        return wrong
    stars = amount(row.text("stars"))
    if stars is None or not 1 <= stars <= 5:
        return "no_stars"
    found[row.text("key") or f"line {line}"] = (when, float(stars))
    return ""


def amount(text) -> Decimal | None:
    """A sum as people write it: 1,234.50 - 1.234,50 - 1 234,5 - € 12 - ١٢. None when it is none.

    The last separator is the decimal one, unless it comes twice or three digits follow it alone.
    """
    plain = "".join(str(unicodedata.decimal(each, each)) for each in text).replace("٫", ".").replace("٬", ",")
    match = AMOUNT.search(plain)
    if not match or len(re.findall(r"\d+", AMOUNT.sub("", plain, count=1))) or len(plain) > 40:
        return None
    number = re.sub(r"[ '\u00a0\u202f\u2019]", "", match[0]).rstrip(".,")
    try:
        value = Decimal(_with_point(number))
    except InvalidOperation:
        return None
    return value if abs(value) < LARGEST else None


def _with_point(number) -> str:
    """Digits with at most one point: 1.234,5 -> 1234.5, 1,234 -> 1234, 0,125 -> 0.125."""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number
    whole, rest = re.sub(r"[.,]", "", number[:last]), number[last + 1 :]
    alone = whole == number[:last]
    thousands = number.count(number[last]) > 1 or (len(rest) == 3 and alone and whole.strip("-0"))
    return whole + ("" if thousands else ".") + rest


def summarise(reading, kind) -> dict:
    """What is kept of a file; JSON-able. `now` are the last 8 whole weeks, `before` up to 26 ahead of them.

    Raises Unreadable("nothing_left") when no line counts.
    """
    if not reading.found:
        raise Unreadable("nothing_left")
    entries = sorted(reading.found.values(), key=lambda entry: entry[0])
    weeks = _by_week(entries)
    mondays = list(weeks)
    now, before = mondays[-RECENT_WEEKS:], mondays[-RECENT_WEEKS - BASE_WEEKS : -RECENT_WEEKS]
    say = _orders if kind == ORDERS else _reviews
    return {
        "first": entries[0][0].date().isoformat(),
        "last": entries[-1][0].date().isoformat(),
        "entries": len(entries),
        "weeks": [[monday.isoformat(), *_week(kind, weeks[monday])] for monday in mondays],
        "now": say([weeks[monday] for monday in now], entries),
        "before": say([weeks[monday] for monday in before], entries),
    }


def _by_week(entries) -> dict:
    """{Monday: entries} of the whole weeks; the first and the last week are partial and left out."""
    weeks = {monday: [] for monday, _ in trends.whole_weeks([entry[0].date() for entry in entries])}
    for entry in entries:
        if (monday := trends.week_of(entry[0].date())) in weeks:
            weeks[monday].append(entry)
    return weeks


def _week(kind, entries):
    if kind == ORDERS:
        return len(entries), float(sum(total or 0 for _, total, _ in entries))
    return len(entries), _mean([stars for _, stars in entries])


def _orders(weeks, everything):
    """A week's orders and sales, and the share of orders by somebody who had ordered before in this file."""
    entries = [entry for week in weeks for entry in week]
    if not entries:
        return None
    totals = [total for _, total, _ in entries if total is not None]
    known = [entry for entry in entries if entry[2] is not None]
    first = _first_orders(everything)
    return {
        "orders_week": len(entries) / len(weeks),
        "sales_week": float(sum(totals)) / len(weeks) if totals else None,
        "customers": len({customer for _, _, customer in known}) or None,
        "again": sum(first[customer] < when for when, _, customer in known) / len(known) if known else None,
    }


def _first_orders(entries):
    first = {}
    for when, _, customer in entries:
        first.setdefault(customer, when)
    return first


def _reviews(weeks, _):
    """How many, their mean, and the share of one and two stars."""
    stars = [each for week in weeks for _, each in week]
    if not stars:
        return None
    return {
        "n": len(stars),
        "stars": _mean(stars),
        "low": sum(each <= LOW_STARS for each in stars) / len(stars),
    }


def _mean(values):
    return sum(values) / len(values) if values else None


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


ORDER_INPUTS = {"orders": ("orders_week", 1), "sales": ("sales_week", 1)}
REVIEW_INPUTS = {"stars": ("stars", 1), "low": ("low", 100)}
