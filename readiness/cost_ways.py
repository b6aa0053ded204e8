"""The second half of the page "What would it cost?": every way to get the answering done beside the others."""

import math
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness import costs, quoted, words
from readiness.money import money


def beside(hire, given) -> dict:
    """Rows from the cheapest way to the dearest, and the sentences that say when each pays.

    `given`: the form's numbers, None where left empty; `value` is there.
    """
    value, currency = given["value"], given["currency"]
    tool, outside, part_time = tools_of(given), outside_of(given), part_time_of(hire, given)
    ways = costs.beside_each_other(
        hours=hire.hours, value=value, hire=hire, part_time=part_time, tool=tool, outside=outside
    )
    totals = {way.code: way.total for way in ways}
    return {
        "rows": _rows(ways, hire, part_time, currency),
        "verdict": _verdict(totals["nothing"] - totals["hire"], currency),
        "payback": _payback(costs.payback(hire, value)),
        "tools": _tools(tool, currency) if tool else "",
        "outside": _outside(hire, given, currency) if outside else "",
        "no_outside": outside is None,
    }


def part_time_of(hire, given) -> costs.Hire | None:
    """The same person for fewer hours; None where they are not fewer."""
    hours = given["part_hours"] or hire.hours / 2
    return replace(hire, hours=hours) if hours < hire.hours else None


def tools_of(given) -> costs.Tools | None:
    """None without a price."""
    if given["tool_price"] is None:
        return None
    deflected = given["deflected"]
    return costs.Tools(
        seats=given["tool_price"] * (given["tool_people"] or 1),
        set_up=given["set_up"] or 0,
        deflected=quoted.DEFLECTED_SHARE * given["hours"] if deflected is None else deflected,
        tenure=given["tenure"] or quoted.TENURE,
    )


def outside_of(given) -> costs.Outsourcing | None:
    """None without a price: nothing is quoted that could stand in for it."""
    price, rate, minimum = (given[name] or 0 for name in ("price", "rate", "minimum"))
    by_message = price and given["messages"]
    if not (by_message or rate or minimum):
        return None
    return costs.Outsourcing(
        messages=given["messages"] or 0, price=price, minimum=minimum, rate=rate, hours=given["hours"]
    )


def _rows(ways, hire, part_time, currency) -> list:
    most = max(way.total for way in ways) or 1
    least = min(way.total for way in ways)
    return [
        {
            "code": way.code,
            "label": _label(way.code, hire, part_time),
            "total": money(way.total, currency),
            "paid": money(way.paid, currency),
            "own": money(way.own, currency),
            "share": round(100 * way.total / most),
            "least": way.total == least,
        }
        for way in sorted(ways, key=lambda way: way.total)
    ]


def _label(code, hire, part_time) -> str:
    if code == "nothing":
        return _("Doing nothing")
    if code == "tools":
        return _("Tools")
    if code == "outside":
        return _("Help from outside")
    if code == "part_time":
        return _hours(part_time.hours, part=True)
    return _hours(hire.hours, part=False)


def _hours(hours, *, part) -> str:
    if part:
        said = ngettext(
            "Part-time, %(hours)s hour a week", "Part-time, %(hours)s hours a week", math.ceil(hours)
        )
    else:
        said = ngettext("Hiring, %(hours)s hour a week", "Hiring, %(hours)s hours a week", math.ceil(hours))
    return said % {"hours": words.number(hours)}


def _verdict(saved, currency) -> str:
    if round(saved) == 0:
        return _("Both cost the same: what else speaks for it decides.")
    sums = {"sum": money(abs(saved), currency)}
    if saved > 0:
        return _("Hiring is cheaper than doing nothing by %(sum)s a month.") % sums
    return _("Doing nothing is cheaper than hiring by %(sum)s a month, in money.") % sums


TEN_YEARS = 120


def _payback(months) -> str:
    if months > TEN_YEARS:
        return _("At this value of your hour it does not pay for itself within ten years.")
    said = ngettext(
        "With half the hours useful in the first month and three quarters in the second, it has paid for itself"
        " after %(months)s month.",
        "With half the hours useful in the first month and three quarters in the second, it has paid for itself"
        " after %(months)s months.",
        months,
    )
    return said % {"months": words.number(months)}


def _tools(tool, currency) -> str:
    even = costs.tools_break_even(tool)
    if even == math.inf:
        return _("The tools take more hours than they save: they never pay.")
    return _("The tools pay as soon as an hour of yours is worth more than %(sum)s.") % {
        "sum": money(even, currency, cents=True)
    }


def _outside(hire, given, currency) -> str:
    """Where the price is by the message; otherwise the row says it all."""
    if not given["price"]:
        return ""
    messages = math.ceil(costs.break_even_messages(hire, given["price"]))
    said = ngettext(
        "At %(price)s a message, a hire is cheaper from %(messages)s message a week on.",
        "At %(price)s a message, a hire is cheaper from %(messages)s messages a week on.",
        messages,
    )
    return said % {"price": money(given["price"], currency, cents=True), "messages": words.number(messages)}
