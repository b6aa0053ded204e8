"""Meetings of a new colleague and who leads them: the one writer of points, notes, actions and of what became of one.

What is not spoken of waits for the next meeting: a point has no meeting until one was held.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from mailroom import told
from onboarding import meeting_telling, parts, plans, series, steps
from onboarding.kinds import UNDONE, Part, State
from onboarding.models import Action, Meeting, MeetingState, Point, Step
from onboarding.steps import Refused
from onboarding.weekly import HOUR
from vault import trail

BOTH = (Part.HIRE, Part.MANAGER)
ANYBODY = (*BOTH, Part.BUDDY)
WEEKLY = "weekly"  # the key of the plan's steps that a meeting stands for


# -- what is to be spoken of


def raise_point(onboarding, *, by, text, source=Point.Source.PROBLEM, with_buddy=False) -> Point:
    """Lands on the next meeting; the other side hears that there is something, not what.

    The same words again while they wait are one point. A buddy reads what the buddy wrote. Raises Refused.
    """
    part = parts.check(by, onboarding, *ANYBODY)
    text = _plain(text)
    if not text:
        raise Refused(_("Write a few words first."))
    with transaction.atomic():
        if plans.locked(onboarding).cancelled_at:
            raise Refused(_("This plan has ended."))
        again = [point for point in waiting(onboarding).filter(by=by, source=source) if point.text == text]
        if again:
            return again[0]
        point = Point.objects.create(
            company_id=onboarding.company_id,
            onboarding=onboarding,
            source=source,
            text=text,
            with_buddy=with_buddy or part == Part.BUDDY,
            by=by,
        )
        _record("point.raised", point, by)
        if source == Point.Source.PROBLEM:
            meeting_telling.raised(point, by=by)
    return point


def waiting(onboarding):
    """What the next meeting will speak of, the oldest first."""
    return onboarding.points.filter(meeting=None, dropped_at=None).order_by("at", "pk")


def drop_point(point, *, by) -> bool:
    """Off the list again: one's own, or any for who leads. False when it is off already, or was spoken of."""
    _own_or_lead(point, by)
    with transaction.atomic():
        rows = Point.objects.filter(pk=point.pk, dropped_at=None, meeting=None)
        if not rows.update(dropped_at=timezone.now(), dropped_by=by):
            return False
        told.handled(meeting_telling.RAISED, company_id=point.company_id, about=point.pk)
        _record("point.dropped", point, by)
    return True


def pick_up_point(point, *, by) -> bool:
    """Back on the list, in the ten minutes after. Raises undoing.Refused."""
    _own_or_lead(point, by)
    if point.dropped_at is None:
        return False
    undoing.check(by, point.dropped_by_id, point.dropped_at)
    with transaction.atomic():
        rows = Point.objects.filter(pk=point.pk, dropped_at=point.dropped_at)
        if not rows.update(dropped_at=None, dropped_by=None):
            return False
        _record("point.picked_up", point, by)
    return True


def _own_or_lead(point, by) -> None:
    part = parts.check(by, point.onboarding, *ANYBODY)
    if part != Part.MANAGER and point.by_id != by.pk:
        raise PermissionDenied


# -- what was written and agreed


def write_notes(meeting, *, by, seen, text) -> bool:
    """`seen` is the revision the form was made from. False when nothing differs. Raises conflicts.Changed."""
    parts.check(by, meeting.onboarding, *BOTH)
    with transaction.atomic():
        row = _locked(meeting)
        conflicts.check(row, seen)
        if row.notes == _plain(text):
            return False
        row.notes = _plain(text)
        row.revision += 1
        row.save(update_fields=["notes", "revision"])
        _record("meeting.noted", row, by, ["notes"])
    return True


def add_action(meeting, *, by, text, owner, due_on) -> Action:
    """`owner` is the new colleague, the manager or the buddy. The same twice is one action. Raises Refused."""
    plan = meeting.onboarding
    parts.check(by, plan, *BOTH)
    if not parts.of(owner, plan) or owner.removed_at:
        raise Refused(_("Choose one of you."))
    with transaction.atomic():
        _locked(meeting)
        rows = plan.actions.filter(owner=owner, due_on=due_on, done_at=None).order_by("pk")
        if again := [action for action in rows if action.text == text]:
            return again[0]
        action = Action.objects.create(
            company_id=meeting.company_id,
            onboarding=plan,
            meeting=meeting,
            text=text,
            owner=owner,
            due_on=due_on,
            by=by,
        )
        _record("action.added", action, by)
        meeting_telling.owes(action, by=by)
    return action


def do_action(action, *, by) -> bool:
    """Done; whose it is or one of the two. False when it was done before."""
    _may_do(action, by)
    return _done(action, by, {"done_at": timezone.now(), "done_by": by}, "action.done", done_at=None)


def undo_action(action, *, by) -> bool:
    _may_do(action, by)
    return _done(action, by, {"done_at": None, "done_by": None}, "action.undone", done_at=action.done_at)


def _may_do(action, by) -> None:
    if action.owner_id != by.pk:
        parts.check(by, action.onboarding, *BOTH)


def _done(action, by, values, what, **before) -> bool:
    with transaction.atomic():
        if not Action.objects.filter(pk=action.pk, **before).update(**values):
            return False
        if values["done_at"]:
            told.handled(meeting_telling.OWES, company_id=action.company_id, about=action.pk)
        _record(what, action, by)
    return True


# -- what becomes of a meeting


def hold(meeting, *, by) -> bool:
    """It took place: what waited was spoken of, and the week's step of the plan is done. False when it was before.

    Raises steps.Stale when it did not happen or was called off.
    """
    parts.check(by, meeting.onboarding, *BOTH)
    with transaction.atomic():
        row = _locked(meeting)
        if not _settle(row, MeetingState.HELD, by):
            return False
        points = list(waiting(row.onboarding).values_list("pk", flat=True))
        Point.objects.filter(pk__in=points).update(meeting=row)
        for pk in points:
            told.handled(meeting_telling.RAISED, company_id=row.company_id, about=pk)
        row.step = _step_of(row)
        row.save(update_fields=["step"])
        if row.step:
            row.step.onboarding = row.onboarding
            steps.tick(row.step, by=by)
    return True


def _step_of(meeting) -> Step | None:
    """The plan's oldest open weekly meeting that is due by the end of this week."""
    rows = meeting.onboarding.steps.filter(key=WEEKLY, state__in=UNDONE)
    last = series.week_of(meeting.on) + series.WEEK - series.DAY
    return rows.filter(due_on__lte=last).in_order().first()


def not_held(meeting, *, by) -> bool:
    """It did not happen: everything on it waits for the next one."""
    parts.check(by, meeting.onboarding, *BOTH)
    with transaction.atomic():
        return _settle(_locked(meeting), MeetingState.NOT_HELD, by)


def call_off(meeting, *, by) -> bool:
    """This one does not take place; the calendars hear of it. The others stay."""
    parts.check(by, meeting.onboarding, Part.MANAGER)
    with transaction.atomic():
        return _settle(_locked(meeting), MeetingState.CANCELLED, by)


def _settle(row, state, by) -> bool:
    if row.state == state:
        return False
    if row.state != MeetingState.PLANNED:
        raise steps.Stale
    row.state, row.settled_at, row.settled_by = state, timezone.now(), by
    row.touch()
    row.save(update_fields=["state", "settled_at", "settled_by", "sequence", "changed_at"])
    _record(f"meeting.{state}", row, by, ["state"])
    return True


def reopen(meeting, *, by) -> bool:
    """What was said of it in the last ten minutes is taken back. Raises undoing.Refused."""
    parts.check(by, meeting.onboarding, *BOTH)
    with transaction.atomic():
        row = _locked(meeting)
        if row.is_planned or row.settled_at is None:
            return False
        undoing.check(by, row.settled_by_id, row.settled_at)
        row.points.update(meeting=None)
        if row.step and row.step.state == State.DONE:
            row.step.onboarding = row.onboarding
            steps.untick(row.step, by=by)
        row.state, row.settled_at, row.settled_by, row.step = MeetingState.PLANNED, None, None, None
        row.touch()
        row.save(update_fields=["state", "settled_at", "settled_by", "step", "sequence", "changed_at"])
        _record("meeting.reopened", row, by, ["state"])
    return True


def move(meeting, *, by, seen, on, **hour) -> bool:
    """Only this one, to another day, hour or place. `seen` is the sequence the form was made from.

    Raises conflicts.Changed, and Refused for one that is over. False when nothing differs.
    """
    parts.check(by, meeting.onboarding, Part.MANAGER)
    with transaction.atomic():
        row = _locked(meeting)
        if seen not in {None, row.sequence}:
            raise conflicts.Changed(row)
        if not row.is_planned:
            raise Refused(_("This meeting is over or was called off. It stays as it was."))
        wanted = {"on": on} | hour
        if all(getattr(row, name) == value for name, value in wanted.items()):
            return False
        for name, value in wanted.items():
            setattr(row, name, value)
        row.reminded_at = None
        row.touch()
        row.save(update_fields=["on", *HOUR, "sequence", "changed_at", "reminded_at"])
        _record("meeting.moved", row, by, list(wanted))
    return True


def next_of(onboarding) -> Meeting | None:
    """The one whose turn it is: the oldest that nobody has said anything about yet."""
    rows = Meeting.objects.filter(onboarding=onboarding, state=MeetingState.PLANNED)
    return rows.order_by("on", "at", "pk").first()


def _locked(meeting) -> Meeting:
    """The plan first, as everybody does who changes it, then the meeting."""
    plans.locked(meeting.onboarding)
    row = Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)
    row.onboarding = meeting.onboarding
    return row


def _plain(text) -> str:
    """Browsers send CR LF; two texts that look alike are alike."""
    return text.replace("\r\n", "\n").strip()


def _record(action, row, by, fields=()) -> None:
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id,
        kind=action.partition(".")[0],
        pk=row.pk,
        fields=list(fields),
    )
