"""Which file speaks for which week, and what all of them say together. Callers hold the company's lock."""

from dataclasses import asdict

from django.db.models import Max, Min

from readiness import assessments, filekinds
from readiness.models import Counted, ImportedWeek, TicketImport
from readiness.weekly import Log, overlap
from vault.work import State


def lock(company):
    return type(company).objects.select_for_update(no_key=True, of=("self",)).get(pk=company.pk)


def done(company, kind):
    """Finished imports of one kind, those that count first in front."""
    rows = TicketImport.objects.for_company(company).filter(kind=kind, state=State.DONE)
    return rows.order_by("-precedence", "-pk")


def keep_weeks(row, weeks) -> None:
    ImportedWeek.objects.filter(source=row).delete()
    ImportedWeek.objects.bulk_create(
        ImportedWeek(company_id=row.company_id, source=row, monday=monday, numbers=asdict(week))
        for monday, week in weeks.items()
    )


def place_of(row, series) -> dict:
    """Fields of an import that is done now: in front of the others, or behind them while somebody has to say."""
    others = done(row.company, row.kind).exclude(pk=row.pk)
    places = others.aggregate(high=Max("precedence"), low=Min("precedence"))
    if any(overlap(series, other) for other in others.values_list("series", flat=True)):
        return {"precedence": (places["low"] or 0) - 1, "asking": True}
    return {"precedence": (places["high"] or 0) + 1, "asking": False}


def overlapping(row) -> list:
    """The other imports that have whole weeks of this one, each with the Mondays: [(import, Mondays)]."""
    found = [
        (other, overlap(row.series, other.series)) for other in done(row.company, row.kind).exclude(pk=row.pk)
    ]
    return [(other, mondays) for other, mondays in found if mondays]


def refresh(company, kind, *, by) -> None:
    """Puts the files of a kind together anew, and computes the latest answers again."""
    logs = _logs(list(done(company, kind)), filekinds.WEEK[kind])
    if logs:
        series = filekinds.TOGETHER[kind](logs)
        Counted.objects.update_or_create(company=company, kind=kind, defaults={"series": series})
    else:
        Counted.objects.for_company(company).filter(kind=kind).delete()
    assessments.refresh(company, by=by)


def _logs(rows, week) -> list:
    # What was counted before weeks were kept can be shown, and not be put together with others.
    rows = [row for row in rows if "last_created" in row.series] or rows[:1]
    logs = {row.pk: Log(row.series, {}) for row in rows}
    if len(rows) > 1:  # of one file its series says all
        for each in ImportedWeek.objects.filter(source__in=rows):
            logs[each.source_id].weeks[each.monday] = week(**each.numbers)
    return list(logs.values())


def choose(row, *, by) -> bool:
    """From now on this file counts for the weeks that others have too. False when nothing had to change."""
    company = lock(row.company)
    row = done(company, row.kind).filter(pk=row.pk).first()
    if row is None:
        return False
    others = [other.pk for other, _ in overlapping(row)]
    high = done(company, row.kind).aggregate(high=Max("precedence"))["high"]
    if row.precedence == high and not row.asking and not _asking(others):
        return False
    TicketImport.objects.filter(pk=row.pk).update(precedence=high + 1)
    TicketImport.objects.filter(pk__in=[row.pk, *others]).update(asking=False)
    refresh(company, row.kind, by=by)
    return True


def _asking(numbers) -> bool:
    return TicketImport.objects.filter(pk__in=numbers, asking=True).exists()
