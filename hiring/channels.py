"""What each place brought to a job, and what follows from that."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import pgettext

from accounts import listed
from hiring import placements, sharing, wording
from hiring.models import Application, Placement

NETWORK = "friend"
POOL = "pool"  # people who were kept, and told of the job by mail (hiring.pool)
FEW = 3  # applications: below that nothing follows from where they came
SEVERAL = 2


@dataclass(frozen=True)
class Posted:
    """One placement with what it brought."""

    row: Placement
    applications: int
    is_over: bool

    @property
    def each(self) -> str:
        """What one application cost, as the reader writes money; "" where that says nothing."""
        amount = cost_each(self.row.price, self.applications)
        return "" if amount is None else wording.money(amount, self.row.currency)

    @property
    def paid(self) -> str:
        return "" if self.row.price is None else wording.money(self.row.price, self.row.currency)


@dataclass(frozen=True)
class Line:
    """A place with its ready text, what was posted there, the newest first, and the row its link counts for."""

    code: str
    name: str
    text: str
    price: str
    terms: str
    note: str
    entry: object
    posted: list[Posted] = field(default_factory=list)
    waiting: Posted | None = None

    @property
    def applied(self) -> int:
        waiting = self.waiting.applications if self.waiting else 0
        return waiting + sum(posted.applications for posted in self.posted)

    @property
    def is_up(self) -> bool:
        return bool(self.posted) and not self.posted[0].is_over


def cost_each(price: Decimal | None, applications: int) -> Decimal | None:
    """Price for each application, to the cent; None without a price or without anybody."""
    if not price or not applications:
        return None
    return (price / applications).quantize(Decimal("0.01"))


def lines(job, *, today=None) -> tuple[list[Line], Posted | None]:
    """Every place of the shop's list, and what is no longer on it but was used; what the feed brought, if anything.

    Two queries.
    """
    today = today or localdate()
    found = _by_channel(job, today)
    from_feed = next(iter(found.pop(placements.FEED, [])), None)
    entries = {listed.code(entry): entry for entry in listed.entries(job.company, listed.CHANNEL)}
    shown = [code for code, entry in entries.items() if not entry.hidden]
    used = [code for code in found if code not in shown]
    places = [_line(job, code, entries.get(code), found.get(code, []), today) for code in [*shown, *used]]
    return places, from_feed


def _by_channel(job, today) -> dict[str, list[Posted]]:
    real = Q(applications__is_test=False, applications__deleted_at=None)
    rows = Placement.objects.filter(job=job).annotate(applied=Count("applications", filter=real))
    found: dict[str, list[Posted]] = {}
    for row in rows.order_by("channel", "-number"):
        found.setdefault(row.channel, []).append(Posted(row, row.applied, placements.is_over(row, today)))
    return found


def _line(job, code, entry, found, today) -> Line:
    number = placements.next_number(found[0].row if found else None, today)
    address = placements.address(job, code, number)
    with translation.override(job.language):
        words = sharing.text(job, code, address)
    waiting = found[0] if found and found[0].row.posted_on is None else None
    return Line(
        code,
        listed.name_of(entry) if entry else name_of(code),
        words,
        listed.price_of(entry) if entry else "",
        listed.terms_of(entry) if entry else "",
        listed.note_of(entry) if entry else "",
        entry,
        [posted for posted in found if posted is not waiting],
        waiting,
    )


def name_of(code: str) -> str:
    """Of a place that is no longer on the list."""
    if code == placements.FEED:
        return pgettext("where an advert goes", "Job search engines")
    if code == POOL:
        return pgettext("where an advert goes", "Talent pool")
    if code == "email":  # hiring.by_mail
        return pgettext("where an advert goes", "By e-mail")
    known = listed.BY_KEY.get(code)
    return str(known.name) if known else pgettext("where an advert goes", "A place no longer on your list")


# -- what follows


def sources(job) -> dict[str, int]:
    """{source: applications}; tests of one's own count nowhere, "" is not known."""
    rows = Application.objects.filter(job=job, is_test=False).order_by().values("source")
    return dict(rows.annotate(n=Count("pk")).values_list("source", "n"))


def advice(came: dict[str, int], posted: set[str]) -> str:
    """What to tell of where people came from: "network", "one", or "" when there is nothing.

    `posted` are the channels somebody said they posted in.
    """
    total, friends = sum(came.values()), came.get(NETWORK, 0)
    if total >= FEW and 2 * friends > total:
        return "network"
    used = posted | {source for source, n in came.items() if source and n}
    return "one" if len(used) == 1 else ""
