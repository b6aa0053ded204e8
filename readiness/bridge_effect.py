"""What a bridge changed: the numbers of the day it began beside the newest answer or import, in words."""

import math
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from readiness import words

NUMBERS = ("messages", "hours", "full")


def numbers_of(row) -> dict:
    """{messages, hours, full, counted, until, answer}, JSON-able; {} without an answer.

    `messages` and `hours` of answering are a week; `full`: 1 = full. `counted`: the messages come
    from an import, whose last day is `until`; `answer` is the row's number.
    """
    if row is None:
        return {}
    result = row.result
    return {
        "messages": _finite(result["messages_week"]),
        "hours": _finite(result["work_hours"]),
        "full": _finite(result["load"]),
        "counted": row.measured.get("measured_week") is not None,
        "until": row.measured.get("counted_until"),
        "answer": row.pk,
    }


def _finite(value):
    return value if value is not None and math.isfinite(value) else None


def is_new(plan, row) -> bool:
    """Was this answer given, or a log counted, after the plan began?"""
    if row is None:
        return False
    now = numbers_of(row)
    return row.created_at > plan.started_at or (now["counted"] and now["until"] != plan.before.get("until"))


@dataclass(frozen=True)
class Effect:
    """`rows`: (label, before, now, change) as text; `sentences`: whole ones, the first is the answer."""

    rows: list
    sentences: list = field(default_factory=list)


def effect(plan, row) -> Effect | None:
    """None as long as nothing new is known."""
    if not is_new(plan, row):
        return None
    before, now = plan.before, numbers_of(row)
    rows = [_row(name, before.get(name), now[name]) for name in NUMBERS if now[name] is not None]
    return Effect(
        rows, list(filter(None, [_messages(before, now), _full(before, now), _caution(before, now)]))
    )


LABELS = {
    "messages": gettext_lazy("Messages a week"),
    "hours": gettext_lazy("Hours of answering a week"),
    "full": gettext_lazy("How full your week is, in %"),
}


def _row(name, before, now) -> tuple:
    change = "" if before is None else _change(before, now)
    return LABELS[name], _said(name, before), _said(name, now), change


def _said(name, value) -> str:
    if value is None:
        return ""
    return words.number(100 * value, 0) if name == "full" else words.number(value)


def began(plan) -> list[tuple]:
    """(label, value) of what was known when the plan began."""
    return [
        (LABELS[name], _said(name, plan.before[name]))
        for name in NUMBERS
        if plan.before.get(name) is not None
    ]


def percent(before, now) -> int | None:
    """Change in whole percent, None where there is nothing to compare with."""
    return round(100 * (now - before) / before) if before else None


def _change(before, now) -> str:
    change = percent(before, now)
    if change is None:
        return ""
    sign = "+" if change > 0 else "−" if change < 0 else ""
    return _("%(sign)s%(n)s %%") % {"sign": sign, "n": words.number(abs(change))}


def _messages(before, now) -> str:
    if before.get("messages") is None or now["messages"] is None:
        return ""
    change = percent(before["messages"], now["messages"])
    values = {
        "before": words.number(before["messages"], 0),
        "now": words.number(now["messages"], 0),
        "n": words.number(abs(change or 0)),
    }
    if not change:
        return _("As many messages as before: %(now)s a week.") % values
    if change < 0:
        return _("From %(before)s to %(now)s messages a week: %(n)s %% fewer.") % values
    return _("From %(before)s to %(now)s messages a week: %(n)s %% more.") % values


def _full(before, now) -> str:
    if now["full"] is None:
        return ""
    if before.get("full") is None:
        return words.full(now["full"])
    return _("Your support week was %(before)s %% full and is %(now)s %% full now.") % {
        "before": words.number(100 * before["full"], 0),
        "now": words.number(100 * now["full"], 0),
    }


def _caution(before, now) -> str:
    if not before:
        return _("When the plan began there was no answer to compare with.")
    if before["counted"] != now["counted"]:
        return _("One number was counted and the other is what you said: compare them with care.")
    return _("Other things may have changed, too: a season, a sale, a new product.")


def weeks(plan, today) -> str:
    n = max(0, (today - plan.started_at.date()).days // 7)
    if not n:
        return _("Begun this week.")
    return ngettext("Begun %(n)s week ago.", "Begun %(n)s weeks ago.", n) % {"n": words.number(n)}
