"""Steps that follow another one: dated when that one is done, and until then shown as "after" it.

Until then `due_on` is the day on which they may be expected, so that they stand in the right place of the plan.
"""

from onboarding.kinds import UNDONE, Rule
from onboarding.models import Step


def expect(steps, onboarding) -> None:
    """Sets due day, `waits` and `followed` of a plan's steps that follow others. Saves nothing."""
    by_ref = {step.ref: step for step in steps if step.ref}
    for step in steps:
        step.followed = False
    for step in steps:
        if step.rule == Rule.AFTER:
            _expect(step, by_ref, onboarding, frozenset())
            if step.after in by_ref:
                by_ref[step.after].followed = True


def _expect(step, by_ref, onboarding, seen):
    """A plan in which steps follow each other in a ring counts from the first day, and hangs nobody."""
    before = by_ref.get(step.after)
    if before is not None and before.rule == Rule.AFTER and step.ref not in seen:
        _expect(before, by_ref, onboarding, seen | {step.ref})
    step.waits = before is not None and not before.settled
    day = (before and (before.due_on if step.waits else _day_of(before, onboarding))) or onboarding.start_date
    step.due_on = onboarding.due(step, done=day)


def _day_of(step, onboarding):
    done = step.completed_at
    return done.astimezone(onboarding.zone).date() if done else onboarding.today()


def moved(step) -> int:
    """`step` was done, or is open again: those that follow it get their day, or wait once more. How many changed."""
    if not step.followed:
        return 0
    plan = step.onboarding
    rows = list(plan.steps.filter(rule=Rule.AFTER, state__in=UNDONE).exclude(pk=step.pk).order_by("pk"))
    changed = _with_those_behind(step, rows)
    by_ref = {row.ref: row for row in [*changed, step] if row.ref}
    for row in changed:
        _expect(row, by_ref, plan, frozenset())
        row.missed = False
    Step.objects.bulk_update(changed, ["due_on", "waits", "missed"])
    return len(changed)


def _with_those_behind(step, rows) -> list[Step]:
    """The rows that follow `step`, and those that follow these."""
    found, refs = [], {step.ref}
    while more := [row for row in rows if row.after in refs and row not in found]:
        found += more
        refs = {row.ref for row in more if row.ref}
    return found
