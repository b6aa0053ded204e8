"""What the page of before and after shows: plain values."""

from django.utils import timezone

from readiness import after, after_words, assessments, compare_page, measured, relief, stored, words
from readiness.models import BeforeAfter, ImportKind


def context(row) -> dict:
    before, now, rows = after.before_of(row), after.now_of(row), after.weeks(row)
    started = row.start_date <= timezone.localdate()
    return {
        "row": row,
        "lacks": after_words.lacks(before, now, started),
        "started": started,
        "may_measure": after.may_measure(row),
        "before": before,
        "now": now,
        **_relief(before, now, rows, row),
        **(_signals(before, now) if before and now else {}),
        **_hours(row, rows),
    }


def _relief(before, now, rows, row) -> dict:
    """Hours given back: what was written down since the start speaks before what was answered."""
    since = [
        None if week.owner is None else float(week.owner)
        for week in rows
        if week.monday >= after.monday_of(row.start_date)
    ]
    then = before.answers.get("support_hours") if before else None
    counted = relief.recent(since)
    today = counted if counted is not None else now.answers.get("support_hours") if now else None
    known = [each for each in since if each is not None]
    return {
        "says": after_words.given_back(then, today),
        "basis": after_words.basis(0 if counted is None else min(len(known), relief.RECENT)),
        "gained": relief.given_back(then, today),
    }


def relief_of(person) -> str:
    """The first sentence of the page for the newest hire of this membership; empty when it is not known."""
    rows = BeforeAfter.objects.filter(person=person, company_id=person.company_id, ended_at=None)
    row = rows.select_related("before", "company").order_by("-start_date", "-pk").first()
    if row is None or row.start_date > timezone.localdate():
        return ""
    return _relief(after.before_of(row), after.now_of(row), after.weeks(row), row)["says"]


def first_reply_of(company):
    """(day, hours until the first reply) of the mail that was counted last, or None."""
    series = assessments.all_series_of(company).get(ImportKind.MAILBOX, {})
    hours, until = series.get("first_reply_hours"), measured.counted_until(series) if series else None
    return None if hours is None or until is None else (until, hours)


def _signals(before, now) -> dict:
    old, new = after.weighed_alike(before, now), stored.opened(now.result)
    table = compare_page.context([now, before])
    return {
        "need": _line(_need(old), _need(new)),
        "headlines": (words.headline(old), words.headline(new)),
        "signals": [
            {"label": label, **_line(_span(old, code), _span(new, code))}
            for code, label in words.SIGNALS.items()
        ],
        "answers": table["answers"],
        "cautions": after_words.cautions(before, now),
    }


def _line(before, now) -> dict:
    code = relief.moved(before, now)
    return {
        "before": after_words.span(before),
        "now": after_words.span(now),
        "code": code,
        "says": after_words.MOVED[code](),
    }


def _need(result) -> relief.Span:
    return relief.Span(result["low"], result["need"], result["high"])


def _span(result, code) -> relief.Span | None:
    found = next((each for each in result["signals"] if each["code"] == code), None)
    if found is None or found["score"] is None:
        return None
    return relief.Span(found["low"], found["score"], found["high"])


def _hours(row, rows) -> dict:
    numbers = after.as_numbers(rows)
    risen = relief.rises(numbers, after.agreed(row))
    rose = {rise.monday: after_words.rise(rise) for rise in risen}
    return {
        "chart": relief.picture(numbers, risen),
        "rises": [
            {"monday": week.monday, "says": rose[week.monday], "why": week.why}
            for week in rows
            if week.monday in rose
        ],
        "weeks": [
            {
                "week": week,
                "rose": rose.get(week.monday, ""),
            }
            for week in reversed(rows)
        ],
    }
