"""Before and after a hire: begun with the hire, measured again on any day, hours written down week by week."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing, zones
from readiness import after_mail, assessments, relief, stored, weighing
from readiness.models import Assessment, BeforeAfter, HoursWeek
from vault import trail

LOOK_AFTER = timedelta(days=90)
DETAILS, WEEK = "details", "week"
CHANGED = ("start_date", "look_on", "before_id")
HOURS = ("owner", "person", "why", "gone_at")


class Refused(Exception):
    """Not this way; the sentence says why."""


def begin(*, company, by, start_date, job_title, hours_week=None, reference=None) -> BeforeAfter:
    """For a hire that was made: the latest answer is the one from before. Once per `reference`.

    The reminder goes to `by`, a membership, 90 days after the start.
    """
    try:
        with transaction.atomic():
            row = BeforeAfter.objects.create(
                company=company,
                reference=reference,
                job_title=job_title[:200],
                start_date=start_date,
                hours_week=hours_week,
                before=assessments.latest(company),
                look_on=start_date + LOOK_AFTER,
            )
            after_mail.remind(row, by=by)
            _record("begun", row, by)
    except IntegrityError:
        return BeforeAfter.objects.for_company(company).get(reference=reference)
    return row


def address(row) -> str:
    return reverse("readiness:after", args=[row.pk])


def meant(row, person) -> None:
    """Whose hire it is, once that membership is there: what is kept of them goes with them."""
    BeforeAfter.objects.filter(pk=row.pk).update(person=person)


def cancel(*, company, reference) -> bool:
    """The hire did not happen after all; the reference is free again. False when nothing runs under it."""
    row = BeforeAfter.objects.for_company(company).filter(reference=reference).first()
    if row is None:
        return False
    BeforeAfter.objects.filter(pk=row.pk).update(ended_at=timezone.now(), reference=None)
    after_mail.stop(row)
    return True


# -- the two answers


def may_measure(row) -> bool:
    """From the first day on, and not within the sitting in which the first answer was given: that refines it."""
    if row.ended_at or row.start_date > timezone.localdate():
        return False
    fresh = timezone.now() - assessments.SAME_SITTING
    return row.before is None or row.before.created_at <= fresh


def now_of(row) -> Assessment | None:
    """The latest answer since the first day."""
    zone = zones.named(row.company.timezone) or timezone.get_default_timezone()
    since = datetime.combine(row.start_date, time(), tzinfo=zone)
    rows = Assessment.objects.for_company(row.company_id).filter(created_at__gte=since)
    return rows.exclude(pk=row.before_id).order_by("-created_at", "-pk").first()


def before_of(row) -> Assessment | None:
    """The answer from before the hire, unless it was deleted."""
    return None if row.before is None or row.before.deleted_at else row.before


def weighed_alike(before, now) -> dict:
    """The first result as it can be held beside the second: with the same weights."""
    if before.config_version == now.config_version:
        return stored.opened(before.result)
    config = weighing.named(now.config_version, now.company)
    again = assessments.compute(before.answers, before.measured, config) if config else None
    return stored.opened(again or before.result)


def candidates(row):
    """Answers that may stand for the time before: the day it began or earlier, the newest first."""
    until = row.start_date + timedelta(days=1)
    rows = Assessment.objects.for_company(row.company_id).filter(created_at__date__lte=until)
    return rows.order_by("-created_at", "-pk")


# -- details


def change(row, *, by, seen=None, **fields) -> bool:
    """First day, what to compare with, the day of the reminder. Raises conflicts.Changed."""
    with transaction.atomic():
        now = _locked(row)
        conflicts.check(now, seen)
        before = {name: getattr(now, name) for name in CHANGED}
        if all(before[name] == value for name, value in fields.items()):
            return False
        undoing.remember(now, DETAILS, before, by=by)
        _write(now, fields, by)
        _record("changed", now, by, sorted(fields))
    return True


def take_back(row, mark: str, *, by) -> None:
    """Raises undoing.Refused."""
    with transaction.atomic():
        now = _locked(row)
        taken = undoing.take(now, mark, by=by)
        values = {name: BeforeAfter._meta.get_field(name.removesuffix("_id")) for name in taken.values}
        _write(now, {name: column.to_python(taken.values[name]) for name, column in values.items()}, by)
        _record("taken_back", now, by)


def _write(row, values, by) -> None:
    moved = "look_on" in values and values["look_on"] != row.look_on
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*CHANGED, "revision", *undoing.FIELDS])
    if moved:
        after_mail.remind(row, by=by)


def _locked(row) -> BeforeAfter:
    rows = BeforeAfter.objects.select_for_update(no_key=True, of=("self",)).select_related("company")
    return rows.get(pk=row.pk)


# -- hours, week by week


def monday_of(day):
    return day - timedelta(days=day.weekday())


def weeks(row) -> list[HoursWeek]:
    return list(row.weeks.filter(gone_at=None).order_by("monday"))


def as_numbers(rows) -> list[relief.Week]:
    def number(value):
        return None if value is None else float(value)

    return [relief.Week(row.monday, number(row.owner), number(row.person)) for row in rows]


def agreed(row) -> float | None:
    return None if row.hours_week is None else float(row.hours_week)


def write_week(row, *, by, monday, owner=None, person=None, why="") -> HoursWeek:
    """The hours of one week; written again they are replaced. Raises Refused for a rise without a why."""
    values = {"owner": _tenth(owner), "person": _tenth(person), "why": " ".join(why.split())[:300]}
    if values["owner"] is None and values["person"] is None:
        raise Refused(_("Write your hours, or those of the new person."))
    with transaction.atomic():
        _locked(row)
        if not values["why"] and rises_in(row, monday, person):
            raise Refused(
                _("These are more hours than before. A few words why, so that you still know later.")
            )
        week = _week(row, monday)
        kept = {name: getattr(week, name) for name in HOURS}
        values |= {"gone_at": None}
        if week.pk and kept == values:
            return week
        undoing.remember(week, WEEK, kept if week.pk else {"gone_at": timezone.now()}, by=by)
        _write_week(week, values, by)
        _record("hours", row, by, ["owner", "person", "why"])
    return week


def rises_in(row, monday, person) -> bool:
    """Would these be more hours than the last known ones before that week?"""
    earlier = (
        row.weeks.filter(gone_at=None, monday__lt=monday).exclude(person=None).order_by("-monday").first()
    )
    before = row.hours_week if earlier is None else earlier.person
    return person is not None and before is not None and _tenth(person) > before


def _tenth(hours) -> Decimal | None:
    return None if hours is None else Decimal(str(hours)).quantize(Decimal("0.1"))


def _week(row, monday) -> HoursWeek:
    found = HoursWeek.objects.select_for_update(no_key=True, of=("self",))
    return found.filter(hire=row, monday=monday).first() or HoursWeek(
        company_id=row.company_id, hire=row, monday=monday, gone_at=timezone.now()
    )


def remove_week(week, *, by) -> bool:
    """Off the list; False when it was off before."""
    with transaction.atomic():
        _locked(week.hire)
        now = HoursWeek.objects.select_for_update(no_key=True, of=("self",)).get(pk=week.pk)
        if now.gone_at:
            return False
        undoing.remember(now, WEEK, {"gone_at": None}, by=by)
        _write_week(now, {"gone_at": timezone.now()}, by)
        _record("hours", week.hire, by, ["gone_at"])
    return True


def take_back_week(week, mark: str, *, by) -> None:
    """The last that was done with a week. Raises undoing.Refused."""
    with transaction.atomic():
        _locked(week.hire)
        now = HoursWeek.objects.select_for_update(no_key=True, of=("self",)).get(pk=week.pk)
        taken = undoing.take(now, mark, by=by)
        columns = {name: HoursWeek._meta.get_field(name) for name in taken.values}
        values = {name: columns[name].to_python(value) for name, value in taken.values.items()}
        _write_week(now, values, by)
        _record("taken_back", week.hire, by)


def _write_week(week, values, by) -> None:
    for name, value in values.items():
        setattr(week, name, value)
    week.by = by
    week.save()


def _record(verb, row, by, fields=()) -> None:
    trail.record(
        f"after.{verb}",
        company_id=row.company_id,
        actor_id=by.user_id if by else None,
        kind="beforeafter",
        pk=row.pk,
        fields=list(fields),
    )
