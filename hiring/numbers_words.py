"""What the numbers are called and how they are read: a share with its range, days, money. The page defines them."""

from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts import listed, places
from hiring import channels, wording
from hiring.funnel import Share
from hiring.models import Stage
from readiness import quoted

QUOTED_HIRE, QUOTED_LOSS = Decimal(quoted.ELSEWHERE.up_front), Decimal(quoted.WRONG_HIRE)
WIDTH = 200  # of the longest bar


def share(counted: Share) -> str:
    """ "2 of 6", and from five people on the share with its range; "" for nobody."""
    if not counted.n:
        return ""
    of_all = _("%(good)d of %(n)d") % {"good": counted.good, "n": counted.n}
    if counted.is_few:
        return of_all
    low, high = counted.interval
    values = {"of_all": of_all, "share": percent(counted.value), "low": percent(low), "high": percent(high)}
    return _("%(of_all)s, %(share)s (between %(low)s and %(high)s)") % values


def percent(value: float) -> str:
    return format_percent(value, format="#,##0 %", locale=places.reader())


def days(value: float | None) -> str:
    """Days in the reader's digits: halves and tenths below ten, whole ones above; "" for none."""
    if value is None:
        return ""
    shown = round(value, 1) if value < 10 else round(value)
    number = format_decimal(shown, locale=places.reader())
    return ngettext("%(number)s day", "%(number)s days", 1 if shown == 1 else 2) % {"number": number}


def stages(found) -> list[dict]:
    """One line of the table for each stage, with the length of its bar."""
    most = max((stage.entered for stage in found), default=0)
    return [
        {
            "label": Stage(stage.code).label,
            "entered": stage.entered,
            "width": round(WIDTH * stage.entered / most, 1) if most else 0,
            "passed": "" if stage.code == Stage.HIRED else share(stage.share),
            "open": "" if stage.code == Stage.HIRED else stage.open,
            "days": days(stage.median_days),
            "spells": stage.spells,
        }
        for stage in found
    ]


def times(found) -> list[dict]:
    """The three single figures, each with what it means."""
    return [
        {
            "label": _("Time to hire"),
            "value": days(found.to_hire.days),
            "n": found.to_hire.n,
            "means": _("From the application to the signature; half took at most this long."),
        },
        {
            "label": _("Time to fill"),
            "value": days(found.to_fill.days),
            "n": found.to_fill.n,
            "means": _("From the day the job was first open to the signature; half took at most this long."),
        },
        {
            "label": _("Offers accepted"),
            "value": share(found.accepted),
            "n": found.accepted.n,
            "means": _("Of those answered or run out; several versions are one, and those still open none."),
        },
    ]


def sources(company, found) -> list[dict]:
    names = {listed.code(entry): listed.name_of(entry) for entry in listed.entries(company, listed.CHANNEL)}
    return [
        {
            "name": _name(source.code, names),
            "people": source.people,
            "past_call": share(source.share),
            "hired": source.hired,
            "each": "" if source.each is None else wording.money(source.each, source.currency),
        }
        for source in found
    ]


def _name(code, names) -> str:
    if not code:
        return pgettext("where an applicant came from", "Not known")
    return names.get(code) or channels.name_of(code)


def cost(cost, currency, others) -> dict:
    """Sums as the reader writes money; `others` is what was paid in other money, which is not converted."""
    return {
        "adverts": wording.money(cost.adverts, currency),
        "hours": format_decimal(cost.hours, locale=places.reader()),
        "total": wording.money(cost.total, currency),
        "each": "" if cost.each is None else wording.money(cost.each, currency),
        "others": [wording.money(amount, money) for money, amount in sorted(others.items())],
    }


def rows(company, found):
    """The sheet: (what, of what, value, of how many, from, to)."""
    for stage in found.stages:
        label = Stage(stage.code).label
        yield _("Came into the stage"), label, stage.entered, "", "", ""
        yield _("Still open"), label, stage.open, stage.entered, "", ""
        yield (_("Went on"), label, *_share_cells(stage.share))
        yield _("Days in the stage, median"), label, _rounded(stage.median_days), stage.spells, "", ""
    yield _("Days to hire, median"), "", _rounded(found.to_hire.days), found.to_hire.n, "", ""
    yield _("Days to fill, median"), "", _rounded(found.to_fill.days), found.to_fill.n, "", ""
    yield (_("Offers accepted"), "", *_share_cells(found.accepted))
    for line, source in zip(sources(company, found.sources), found.sources, strict=True):
        yield _("Applications"), line["name"], source.people, "", "", ""
        yield (_("Past the call"), line["name"], *_share_cells(source.share))
        yield _("Hired"), line["name"], source.hired, source.people, "", ""


def _share_cells(counted: Share) -> tuple:
    if not counted.n:
        return "", 0, "", ""
    low, high = counted.interval
    return _rounded(counted.value), counted.n, _rounded(low), _rounded(high)


def _rounded(value):
    return "" if value is None else round(value, 4)
