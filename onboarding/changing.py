"""Changing one step of one person's plan: its day, its words, who does it. What was done with a step stays.

The state of a step is `onboarding.steps`' alone; leaving a step out and putting it back are moves of it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from onboarding import plans, steps, telling
from onboarding.kinds import UNDONE, Change, Kind, Part, Rule
from onboarding.models import Step
from vault import trail

KEPT = [
    "title",
    "body",
    "owner",
    "partner",
    "due_on",
    "rule",
    "number",
    "waits",
    "minutes",
    "missed",
    "asks",
    "changed",
    "change_reason",
]
SAVED = [*KEPT, "changed_at", "revision"]


def changeable(step) -> bool:
    """Nobody has done it or handed it in; what was left out is put back first."""
    return step.state in UNDONE


def may_be_handed(step) -> bool:
    """A step with two sides, or something to read, is its owner's by what it is."""
    return not step.two_sided and step.kind != Kind.ACK


def change(step, *, by, seen, title, body, due_on, minutes, owner="", reason="") -> bool:
    """The step as the form has it; False when that is how it was. `seen` is the revision the form was made from.

    Words that are still the catalogue's stay the catalogue's, in every reader's language. A day chosen by hand is
    kept when the first day moves. Raises conflicts.Changed, and steps.Refused for a step that somebody has done.
    """
    steps.check("leave_out", step, by)
    with transaction.atomic():
        row = _locked(step)
        conflicts.check(row, seen)
        _refuse(row)
        before = {name: getattr(row, name) for name in KEPT} | {"changed_at": row.changed_at}
        _put(row, title, body, due_on, minutes, owner)
        fields = [name for name in KEPT if before[name] != getattr(row, name)]
        if not fields:
            return False
        row.changed, row.change_reason = _what(before, row), reason
        row.changed_at = timezone.now()
        undoing.remember(row, "change", before, by=by)
        _save(row, "changed", by, fields)
        if "due_on" in fields:
            telling.not_late(row)
    return True


def ask(step, *, by, seen, asks) -> bool:
    """Other questions for a form; False when they are the same. Raises as `change` does."""
    steps.check("leave_out", step, by)
    with transaction.atomic():
        row = _locked(step)
        conflicts.check(row, seen)
        _refuse(row)
        if asks == row.asks:
            return False
        before = {name: getattr(row, name) for name in KEPT} | {"changed_at": row.changed_at}
        row.asks, row.changed, row.change_reason = asks, Change.WORDED, ""
        row.changed_at = timezone.now()
        undoing.remember(row, "change", before, by=by)
        _save(row, "changed", by, ["asks"])
    return True


def take_back(step, mark: str, *, by) -> undoing.Taken:
    """The step as it was before its last change. Raises undoing.Refused."""
    steps.check("leave_out", step, by)
    with transaction.atomic():
        row = _locked(step)
        taken = undoing.take(row, mark, by=by)
        if not changeable(row):
            raise undoing.Gone(_("Somebody has gone on with this step. Nothing was changed."))
        for name, value in taken.values.items():
            setattr(row, name, value)
        _save(row, "taken_back", by, [])
    return taken


def _locked(step) -> Step:
    """The plan first, as whoever moves its first day does, then the step: a tick waits here, or has gone before."""
    plan = plans.locked(step.onboarding)
    row = Step.objects.select_for_update(no_key=True, of=("self",)).get(pk=step.pk)
    row.onboarding = plan
    return row


def _refuse(row) -> None:
    if row.onboarding.cancelled_at:
        raise steps.Refused(_("This plan has ended."))
    if not changeable(row):
        raise steps.Refused(_("Somebody has done this step or handed it in. It stays as it was."))


def _put(row, title, body, due_on, minutes, owner) -> None:
    if (title, _plain(body)) != (row.label, _plain(row.text)):
        row.title, row.body = title, _plain(body)
    if due_on != row.due_on:
        row.due_on, row.rule, row.number, row.waits = due_on, Rule.DAY, 0, False
        row.missed = due_on < row.onboarding.today()
    row.minutes = minutes
    if owner and owner != row.owner and may_be_handed(row):
        row.partner = row.owner if row.partner == owner else row.partner
        row.owner = owner


def _plain(text) -> str:
    """Browsers send CR LF; two texts that look alike are alike."""
    return text.replace("\r\n", "\n").strip()


def _what(before, row) -> str:
    if before["owner"] != row.owner and Part.HIRE in (before["owner"], row.owner):
        return Change.YOURS if row.owner == Part.HIRE else Change.NOT_YOURS
    return Change.MOVED if before["due_on"] != row.due_on else Change.WORDED


def _save(row, action, by, fields) -> None:
    row.revision += 1
    row.save(update_fields=[*SAVED, *undoing.FIELDS])
    trail.record(
        f"step.{action}",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="step",
        pk=row.pk,
        fields=[name for name in fields if name not in {"changed", "change_reason"}],
    )
