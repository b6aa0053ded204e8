"""The page of numbers: what `figures` counted, with offers and money, ready to be read or written into a sheet."""

from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from django.db.models import OuterRef, Q, Subquery, Sum

from hiring import figures
from hiring.funnel import Cost, Share, Source, Stage
from hiring.models import Offer, OfferState, Placement, ReadingTime
from hiring.tally import DAY

SECONDS = 3600


@dataclass(frozen=True)
class Middle:
    """Half of `n` took at most so many days; None for nobody."""

    days: float | None
    n: int


@dataclass(frozen=True)
class Numbers:
    stages: list[Stage]
    to_hire: Middle
    to_fill: Middle
    accepted: Share
    sources: list[Source]
    hires: int
    reading_hours: Decimal
    spent: dict[str, Decimal]  # currency -> paid for adverts

    @property
    def is_empty(self) -> bool:
        return not self.stages[0].entered


def gather(jobs) -> Numbers:
    """Of these jobs, a list of rows. Four queries."""
    pks = [job.pk for job in jobs]
    opened = {job.pk: job.first_opened_at for job in jobs}
    counted = figures.count(pks)
    hired = counted.hires
    to_fill = [_days(opened[hire.job].timestamp(), hire.at) for hire in hired if opened[hire.job]]
    paid = _paid(pks)
    return Numbers(
        stages=counted.stages(),
        to_hire=_middle([_days(hire.applied, hire.at) for hire in hired]),
        to_fill=_middle(to_fill),
        accepted=_accepted(pks),
        sources=[_with_price(source, paid) for source in counted.sources()],
        hires=len(hired),
        reading_hours=_reading_hours(pks),
        spent=_by_currency(paid),
    )


def _days(start, end) -> float:
    return (end - start) / DAY


def _middle(days) -> Middle:
    return Middle(median(days) if days else None, len(days))


def _accepted(jobs) -> Share:
    """Accepted of those who answered or let the day pass; of several versions the last counts, pending none."""
    said = (OfferState.ACCEPTED, OfferState.DECLINED, OfferState.EXPIRED)
    of_person = Offer.objects.filter(application=OuterRef("application"), state__in=said)
    last = of_person.order_by("-version").values("pk")[:1]
    real = Q(application__job__in=jobs, application__is_test=False, application__deleted_at=None)
    rows = Offer.objects.filter(real, pk=Subquery(last)).values_list("state", flat=True)
    states = list(rows)
    return Share(states.count(OfferState.ACCEPTED), len(states))


def _paid(jobs) -> dict[str, list[tuple[str, Decimal]]]:
    """{source: [(currency, sum)]} of what adverts cost."""
    rows = Placement.objects.filter(job__in=jobs, price__gt=0).order_by().values("channel", "currency")
    found: dict[str, list] = {}
    for row in rows.annotate(total=Sum("price")):
        found.setdefault(row["channel"], []).append((row["currency"], row["total"]))
    return found


def _with_price(source, paid) -> Source:
    """Only where all was paid in one money: nothing is converted."""
    prices = paid.get(source.code, [])
    if len(prices) != 1:
        return source
    currency, amount = prices[0]
    return replace(source, spent=amount, currency=currency)


def _by_currency(paid) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for prices in paid.values():
        for currency, amount in prices:
            found[currency] = found.get(currency, Decimal(0)) + amount
    return found


def _reading_hours(jobs) -> Decimal:
    """Hours somebody sat over CVs, as far as they were measured."""
    rows = ReadingTime.objects.filter(job__in=jobs, application__is_test=False)
    seconds = rows.aggregate(s=Sum("seconds"))["s"]
    return (Decimal(seconds or 0) / SECONDS).quantize(Decimal("0.1"))


def spent(job) -> tuple[dict[str, Decimal], Decimal]:
    """{currency: paid for adverts} and the hours of reading, without counting anybody's way. Two queries."""
    return _by_currency(_paid([job.pk])), _reading_hours([job.pk])


def cost(numbers, *, currency, tools, hours, rate) -> Cost:
    """What was paid for adverts in the shop's money, with what the form says."""
    return Cost(numbers.spent.get(currency, Decimal(0)), tools, hours, rate, numbers.hires)
