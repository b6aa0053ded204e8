"""What is said of a goal: numbers with their unit, how it stands, what it does for the shop."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onboarding import goal_numbers as numbers
from onboarding.models import GoalKind, Unit


def number(value) -> str:
    """In the reader's way of writing, without zeros that say nothing."""
    plain = f"{value:f}"
    return number_format(plain.rstrip("0").rstrip(".") if "." in plain else plain, use_l10n=True)


def amount(goal, value) -> str:
    """The number with what it counts."""
    return unit(goal.unit, value)


def unit(code, value) -> str:
    if value is None:
        return ""
    n, whole = number(value), int(value) if value == int(value) else 2
    return {
        Unit.PERCENT: lambda: _("%(n)s %%") % {"n": n},
        Unit.MINUTES: lambda: ngettext("%(n)s minute", "%(n)s minutes", whole) % {"n": n},
        Unit.HOURS: lambda: ngettext("%(n)s hour", "%(n)s hours", whole) % {"n": n},
        Unit.PURCHASES: lambda: ngettext("%(n)s repeat purchase", "%(n)s repeat purchases", whole) % {"n": n},
        Unit.CUSTOMERS: lambda: (
            ngettext("%(n)s customer who came back", "%(n)s customers who came back", whole) % {"n": n}
        ),
    }.get(code, lambda: n)()


def aim(goal) -> str:
    """ "At least 95 %, by December 31." """
    values = {"target": amount(goal, goal.target)}
    if goal.direction == numbers.UP:
        return _("At least %(target)s") % values
    return _("At most %(target)s") % values


def stands(goal, code, value) -> str:
    """One plain sentence about the number, never about the person."""
    values = {"value": amount(goal, value), "target": amount(goal, goal.target)}
    if value is None:
        return _("No number yet.")
    sentences = {
        numbers.PASSED: _("%(value)s: better than the target of %(target)s."),
        numbers.REACHED: _("%(value)s: the target is reached."),
        numbers.CLOSER: _("%(value)s: on the way to %(target)s."),
        numbers.SAME: _("%(value)s: where it began; the target is %(target)s."),
        numbers.AWAY: _("%(value)s: further from %(target)s than at the beginning."),
        numbers.UNKNOWN: _("%(value)s so far; the target is %(target)s."),
    }
    return sentences[code] % values


def trend(code) -> str:
    return {
        numbers.CLOSER: _("Better than the time before."),
        numbers.AWAY: _("Not as good as the time before."),
        numbers.SAME: _("As the time before."),
    }.get(code, "")


# What the number does for the shop, before there are own numbers to say it with.
def why(goal) -> str:
    return {
        GoalKind.CSAT: _("Customers who are happy with an answer buy again and say so to others."),
        GoalKind.REPEAT: _("A customer who comes back costs no advert."),
        GoalKind.REPLY: _("Whoever hears back soon does not write twice, and does not look elsewhere."),
    }.get(goal.kind, "")


def for_the_shop(goal, start, reading) -> str:
    """The same with own numbers where they are known; `start` is what it was, `reading` the newest or None."""
    if reading is None:
        return why(goal)
    if goal.kind == GoalKind.CSAT and reading.total:
        return _happy(reading)
    if start is None or numbers.better_by(goal.direction, start, reading.value) <= 0:
        return why(goal)
    gained = numbers.better_by(goal.direction, start, reading.value)
    return {GoalKind.REPEAT: _came_back, GoalKind.REPLY: _sooner}.get(goal.kind, _own)(goal, gained)


def _happy(reading) -> str:
    values = {"n": number(reading.positive), "total": number(reading.total)}
    return (
        ngettext(
            "%(n)s of %(total)s customer who answered was happy: people like that buy again and tell others.",
            "%(n)s of %(total)s customers who answered were happy: people like that buy again and tell others.",
            reading.total,
        )
        % values
    )


def _came_back(goal, gained) -> str:
    more = amount(goal, gained)
    return _("A month brings %(more)s more than at the beginning, and no advert was paid for it.") % {
        "more": more
    }


def _sooner(goal, gained) -> str:
    values = {"time": amount(goal, gained)}
    if goal.a_week is None:
        return _("Customers hear back %(time)s sooner than at the beginning.") % values
    hours = gained * goal.a_week / (60 if goal.unit == Unit.MINUTES else 1)
    values |= {"messages": number(goal.a_week), "hours": number(round(hours))}
    return (
        _(
            "%(time)s sooner for each of %(messages)s messages a week: customers wait %(hours)s hours less in all."
        )
        % values
    )


def _own(goal, gained) -> str:
    return _("Better by %(gained)s than at the beginning.") % {"gained": amount(goal, gained)}
