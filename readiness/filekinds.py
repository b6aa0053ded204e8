"""The four kinds of files that can be brought in: recognised, read, put together. What differs between them is here.

`zone`, `latest`, `tick` and `folder` as ticketlog.read takes them.
"""

from dataclasses import dataclass, field

from readiness import mailbox, measured, shopdata, tally, ticketlog
from readiness.models import ImportKind
from readiness.weekly import Log
from vault import moments, tablefile
from vault.tablefile import Layout, Unreadable

HEAD_OF_A_BOX = 4_000_000  # bytes of a mailbox in which its owner is looked for


@dataclass
class Result:
    """What was read of a file: what is kept, how many rows there were, how many tickets, orders, reviews or
    conversations they are, and what was left out."""

    log: Log
    rows: int
    entries: int
    rejected: list = field(default_factory=list)
    rejected_count: int = 0


def recognise(path) -> tuple[str, Layout]:
    """(kind, layout) of a file. Raises Unreadable when it is neither a mailbox nor a table of text."""
    if tablefile.head_of(path).startswith(b"From "):
        tablefile.check_lines(path)
        return ImportKind.MAILBOX, Layout("", "", [], [])
    table = tablefile.layout(path)
    return _kind_of(table), table


def _kind_of(table) -> str:
    """By the names of the columns: help desks' first, they have names of their own; then stars; then sums."""
    if ticketlog.system_of(table.header) and not shopdata.is_shopify(table.header):
        return ImportKind.TICKETS
    reviews, orders = (shopdata.guess(table, kind) for kind in (shopdata.REVIEWS, shopdata.ORDERS))
    if reviews["stars"] is not None and reviews["when"] is not None:
        return ImportKind.REVIEWS
    if shopdata.is_shopify(table.header) or shopdata.looks_like_orders(table.header, orders):
        return ImportKind.ORDERS
    return ImportKind.TICKETS


def read(kind, path, *, table, mapping, **options) -> Result:
    """Raises Unreadable, and what `tick` raises."""
    return READERS[kind](path, table, mapping, **options)


def _read_tickets(path, table, mapping, **options):
    reading = ticketlog.read(
        path, encoding=table.encoding, delimiter=table.delimiter, mapping=mapping, **options
    )
    try:
        counted = tally.Tally(reading.seconds)
        if not counted.cases:
            raise Unreadable("nothing_left")
        also = {"mixed_zones": reading.mixed_zones, "left_out": dict(reading.left_out)}
        log = measured.log_of(counted, shape=mapping["shape"], **also)
    finally:
        reading.spool.close()
    return Result(log, reading.rows, counted.cases, reading.rejected, reading.rejected_count)


def _shop(kind):
    def read_shop(path, table, mapping, **options):
        order = mapping.get("order") or moments.YEAR_FIRST
        reading = shopdata.read(path, table=table, kind=kind, mapping=mapping, order=order, **options)
        try:
            log = shopdata.log_of(reading, kind)
        finally:
            reading.spool.close()
        entries = log.series["entries"]
        return Result(log, reading.rows, entries, reading.rejected, reading.rejected_count)

    return read_shop


def _read_mailbox(path, table, mapping, *, zone, latest, tick=None, folder=None):
    with path.open("rb") as stream:
        box = mailbox.read(stream, zone=zone, latest=latest, tick=tick)
    mails = len(box.messages) + box.left_out.total()
    talks = mailbox.conversations(box.messages, own=set(mapping["own"]))
    box.messages.clear()
    if not talks:
        raise Unreadable("no_conversation")
    share, subjects = mailbox.repeated(talks)
    wait = mailbox.first_reply_hours(talks)
    also = {
        "subjects": subjects,
        "repeated": round(share, 4),
        "first_reply_hours": None if wait is None else round(wait, 2),
        "left_out": dict(box.left_out),
    }
    log = measured.log_of(tally.Tally.of(mailbox.cases(talks)), shape=ticketlog.TICKETS, **also)
    return Result(log, mails, len(talks), box.rejected, box.left_out.total())


READERS = {
    ImportKind.TICKETS: _read_tickets,
    ImportKind.ORDERS: _shop(shopdata.ORDERS),
    ImportKind.REVIEWS: _shop(shopdata.REVIEWS),
    ImportKind.MAILBOX: _read_mailbox,
}
TOGETHER = {
    ImportKind.TICKETS: measured.together,
    ImportKind.ORDERS: shopdata.together,
    ImportKind.REVIEWS: shopdata.together,
    ImportKind.MAILBOX: measured.together,
}
WEEK = {
    ImportKind.TICKETS: tally.Week,
    ImportKind.ORDERS: shopdata.OrderWeek,
    ImportKind.REVIEWS: shopdata.ReviewWeek,
    ImportKind.MAILBOX: tally.Week,
}


def owners_of_box(path, *, zone, latest) -> list:
    """The addresses that seem to be one's own, from the first mails of the file."""
    with path.open("rb") as stream:
        lines = stream.readlines(HEAD_OF_A_BOX)
    try:
        box = mailbox.read(lines, zone=zone, latest=latest)
    except Unreadable:
        return []
    return sorted(mailbox.own_addresses(box.messages))
