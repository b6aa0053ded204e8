"""Goals of one person: opened, set, read, corrected, ended. Each verb locks the goal, so that of two the second sees
what the first has done."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from onboarding import goal_numbers, mails, onward, steps, telling
from onboarding.models import Goal, GoalKind, GoalReading, Reader, ReadingVersion
from vault import trail

CHANGED = ("name", "direction", "unit", "baseline", "target", "until", "a_week", "reader")
READ = ("day", "value", "positive", "total")
GOAL, END, READING = "goal", "end", "reading"


class Refused(Exception):
    """Not this way; the sentence says why."""


@dataclass(frozen=True)
class Said:
    """One reading as somebody gives it: a value, or two counts of which the share is the value."""

    day: object
    value: object = None
    positive: int | None = None
    total: int | None = None

    def values(self) -> dict:
        value = self.value if self.total is None else goal_numbers.share(self.positive, self.total)
        return {"day": self.day, "value": value, "positive": self.positive, "total": self.total}


def may_set(membership, onboarding) -> bool:
    return steps.leads(membership, onboarding)


def may_read(membership, goal) -> bool:
    """Write a number down: whoever leads, and the new colleague where the goal says so."""
    own = membership.pk == goal.onboarding.hire_id and goal.reader == Reader.BOTH
    return own or steps.leads(membership, goal.onboarding)


def _check(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


# -- the goal itself


def create(onboarding, *, by, kind, **fields) -> Goal:
    """A new goal; the same one again is the one that is there. Raises Refused before goals are open, and for a
    second one of the same kind with other numbers."""
    _check(may_set(by, onboarding))
    if not onward.opening(onboarding).open:
        raise Refused(_("Goals open when the plan is done. You may open them earlier, with a reason."))
    try:
        with transaction.atomic():
            goal = Goal.objects.create(
                company_id=onboarding.company_id, onboarding=onboarding, kind=kind, created_by=by, **fields
            )
            record("set", goal, by, sorted(fields))
    except IntegrityError:
        return _there(onboarding, kind, fields)
    return goal


def _there(onboarding, kind, fields) -> Goal:
    found = Goal.objects.get(onboarding=onboarding, kind=kind, name=fields.get("name", ""), ended_at=None)
    if any(getattr(found, name) != value for name, value in fields.items()):
        raise Refused(_("There is such a goal already. Change that one, or end it first."))
    return found


def change(goal, *, by, seen=None, **fields) -> bool:
    """Raises conflicts.Changed when somebody changed it since `seen`, Refused for an ended one."""
    _check(may_set(by, goal.onboarding))
    try:
        with transaction.atomic():
            row = locked(goal)
            conflicts.check(row, seen)
            before = {name: getattr(row, name) for name in CHANGED}
            if all(before[name] == value for name, value in fields.items()):
                return False
            undoing.remember(row, GOAL, before, by=by)
            _write(row, fields)
            _notice(row, by)
            record("changed", row, by, sorted(fields))
    except IntegrityError:
        raise Refused(_("There is a goal with this name already.")) from None
    return True


def _write(row, values) -> None:
    for name, value in values.items():
        setattr(row, name, row._meta.get_field(name).to_python(value))
    row.revision += 1
    row.save(update_fields=[*values, "revision", *undoing.FIELDS])


def end(goal, *, by, reason) -> bool:
    """Off the list, kept with its numbers and the reason. False when it had ended before."""
    _check(may_set(by, goal.onboarding))
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused(_("Say why in a few words."))
    with transaction.atomic():
        row = _held(goal)
        if row.ended_at:
            return False
        undoing.remember(row, END, {"ended_at": None, "end_reason": ""}, by=by)
        _write(row, {"ended_at": timezone.now(), "end_reason": reason})
        record("ended", row, by, ["ended_at", "end_reason"])
    return True


def take_back(goal, mark: str, *, by) -> None:
    """The last change of the goal, or its end. Raises undoing.Refused."""
    _check(may_set(by, goal.onboarding))
    try:
        with transaction.atomic():
            row = _held(goal)
            taken = undoing.take(row, mark, by=by)
            _write(row, taken.values)
            _notice(row, by)
            record("taken_back", row, by)
    except IntegrityError:
        raise undoing.Gone(_("There is another goal of this name by now.")) from None


def locked(goal) -> Goal:
    """The row as it is now, held until the end of the transaction. Raises Refused when the goal has ended."""
    row = _held(goal)
    if row.ended_at or row.onboarding.cancelled_at:
        raise Refused(_("This goal has ended. Its numbers stay as they are."))
    return row


def _held(goal) -> Goal:
    rows = Goal.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related(
        "onboarding__company", "onboarding__hire__user", "onboarding__manager__user"
    ).get(pk=goal.pk)


# -- readings


def read(goal, said: Said, *, by) -> GoalReading:
    """One number for one day; the same again is the one that is there. Raises Refused for another number of a day
    that has one, and for a day to come."""
    _check(may_read(by, goal))
    with transaction.atomic():
        row = locked(goal)
        _check_day(row, said.day)
        if (there := row.readings.filter(day=said.day, gone_at=None).first()) is not None:
            return _same(there, said)
        reading = GoalReading(company_id=row.company_id, goal=row, by=by, **said.values())
        reading.save()
        undoing.remember(reading, READING, {"gone_at": timezone.now()}, by=by)
        reading.save(update_fields=undoing.FIELDS)
        _notice(row, by)
        record("read", row, by, ["value"])
    return reading


def _check_day(goal, day) -> None:
    if day > goal.onboarding.today():
        raise Refused(_("This day has not come yet."))


def _same(there, said) -> GoalReading:
    if any(getattr(there, name) != value for name, value in said.values().items()):
        raise Refused(_("There is a number for this day already. Correct that one in the list below."))
    return there


def correct(reading, said: Said, *, by, seen=None) -> bool:
    """Another number or day; what it said before is kept. Raises conflicts.Changed and Refused."""
    _check(may_read(by, reading.goal))
    with transaction.atomic():
        goal = locked(reading.goal)
        row = _held_reading(reading)
        if row.gone_at:
            raise Refused(_("This number was taken off the list meanwhile."))
        conflicts.check(row, seen)
        _check_day(goal, said.day)
        if all(getattr(row, name) == value for name, value in said.values().items()):
            return False
        if goal.readings.filter(day=said.day, gone_at=None).exclude(pk=row.pk).exists():
            raise Refused(_("There is a number for this day already. Correct that one in the list below."))
        _keep_version(row)
        undoing.remember(row, READING, {name: getattr(row, name) for name in READ}, by=by)
        _write_reading(row, said.values() | {"by": by, "at": timezone.now()})
        _notice(goal, by)
        record("corrected", goal, by, ["value"])
    return True


def _keep_version(row) -> None:
    before = {name: getattr(row, name) for name in READ}
    ReadingVersion.objects.create(company_id=row.company_id, reading=row, by=row.by, at=row.at, **before)


def remove(reading, *, by) -> bool:
    """Off the list; False when it was off before."""
    _check(may_read(by, reading.goal))
    with transaction.atomic():
        goal = locked(reading.goal)
        row = _held_reading(reading)
        if row.gone_at:
            return False
        undoing.remember(row, READING, {"gone_at": None}, by=by)
        _write_reading(row, {"gone_at": timezone.now()})
        _notice(goal, by)
        record("removed", goal, by, ["value"])
    return True


def take_back_reading(reading, mark: str, *, by) -> None:
    """The last that was done with it: written down, corrected, taken off. Raises undoing.Refused."""
    _check(may_read(by, reading.goal))
    try:
        with transaction.atomic():
            goal = locked(reading.goal)
            row = _held_reading(reading)
            taken = undoing.take(row, mark, by=by)
            if "value" in taken.values:
                _keep_version(row)
            fields = {
                name: row._meta.get_field(name).to_python(value) for name, value in taken.values.items()
            }
            _write_reading(row, fields)
            _notice(goal, by)
            record("taken_back", goal, by, ["value"])
    except IntegrityError:
        raise undoing.Gone(_("This day has another number by now.")) from None


def _held_reading(reading) -> GoalReading:
    return GoalReading.objects.select_for_update(no_key=True, of=("self",)).get(pk=reading.pk)


def _write_reading(row, values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.revision += 1
    row.save(update_fields=[*values, "revision", *undoing.FIELDS])


# -- reached


def points(goal) -> list[goal_numbers.Point]:
    rows = goal.readings.filter(gone_at=None).order_by("day")
    return [goal_numbers.Point(day, value) for day, value in rows.values_list("day", "value")]


def stands(goal, found: list[goal_numbers.Point]) -> str:
    """`found`: its readings, oldest first."""
    start = goal_numbers.beginning(goal.baseline, found)
    value = found[-1].value if found else None
    return goal_numbers.standing(goal.direction, target=goal.target, start=start, value=value)


def _notice(goal, by) -> None:
    """Reached for the first time is said once. A slip that is put right in time is said to nobody."""
    there = stands(goal, points(goal)) in goal_numbers.CLOSE
    if there and goal.reached_at is None:
        goal.reached_at = timezone.now()
        mails.goal_reached(goal, by=by)
    elif not there and goal.reached_at and undoing.in_time(goal.reached_at):
        goal.reached_at = None
        mails.goal_not_reached(goal)
        telling.not_reached(goal)
    else:
        return
    goal.save(update_fields=["reached_at"])


def record(verb, goal, by, fields=()) -> None:
    trail.record(
        f"goal.{verb}",
        company_id=goal.company_id,
        actor_id=by.user_id,
        kind="goal",
        pk=goal.pk,
        fields=list(fields),
    )


def suggested(taken) -> list[GoalKind]:
    """The three ready-made ones that are not among the kinds of `taken`."""
    return [kind for kind in (GoalKind.CSAT, GoalKind.REPEAT, GoalKind.REPLY) if kind not in taken]
