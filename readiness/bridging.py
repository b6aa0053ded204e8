"""Bridge plans: begun, ticked off, looked at again, ended. Each change of a plan locks it first."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from accounts.models import Company
from readiness import assessments, bridge_effect, bridge_mail, repeated
from readiness.bridge_steps import STEPS
from readiness.models import Bridge, BridgePlan, BridgeStep, FaqEntry, Verdict
from vault import trail

LOOK_AFTER = timedelta(weeks=4)
MOST = 40  # steps of a plan


class Refused(Exception):
    """A change that cannot be made; `str()` is a sentence for people."""


def begin(*, company, kind, by) -> BridgePlan:
    """The plan of this kind that is under way, else a new one with its steps and today's numbers."""
    with transaction.atomic():
        Company.objects.select_for_update(no_key=True, of=("self",)).get(pk=company.pk)
        plan = running(company).filter(kind=kind).first()
        return plan or _new(company, kind, by)


def running(company):
    return BridgePlan.objects.for_company(company).filter(ended_at=None)


LISTED = 20


def listed(company) -> dict:
    """{running, ended, left}: plans, the newest first, and the (code, name) of kinds that are not under way."""
    plans = list(BridgePlan.objects.for_company(company).order_by("-started_at", "-pk")[:LISTED])
    going = {plan.kind for plan in plans if plan.is_open}
    return {
        "running": [plan for plan in plans if plan.is_open],
        "ended": [plan for plan in plans if not plan.is_open],
        "left": [(code, name) for code, name in Bridge.choices if code not in going],
    }


def due(company):
    """Plans whose day to look again has come, the oldest first."""
    return running(company).filter(look_on__lte=timezone.localdate()).order_by("look_on", "pk")


def _new(company, kind, by) -> BridgePlan:
    plan = BridgePlan.objects.create(
        company=company,
        kind=kind,
        look_on=timezone.localdate() + LOOK_AFTER,
        before=bridge_effect.numbers_of(assessments.latest(company)),
        started_by=by,
    )
    BridgeStep.objects.bulk_create(
        BridgeStep(company=company, plan=plan, key=known.key, position=position)
        for position, known in enumerate(STEPS[Bridge(kind)], 1)
    )
    if kind == Bridge.SELF_SERVICE:
        FaqEntry.objects.bulk_create(
            FaqEntry(company=company, plan=plan, question=subject[:200], count=count, position=position)
            for position, (subject, count) in enumerate(repeated.subjects(company), 1)
        )
    bridge_mail.remind(plan, by=by)
    record("begun", plan, by)
    return plan


def locked(plan) -> BridgePlan:
    """The row as it is now, held until the end of the transaction. Raises Refused when the plan has ended."""
    row = (
        BridgePlan.objects.select_for_update(no_key=True, of=("self",))
        .select_related("company")
        .get(pk=plan.pk)
    )
    if not row.is_open:
        raise Refused(_("This plan has ended. Take it up again first."))
    return row


def record(verb, plan, by, fields=()) -> None:
    trail.record(
        f"bridge.{verb}",
        company_id=plan.company_id,
        actor_id=by.user_id,
        kind="bridgeplan",
        pk=plan.pk,
        fields=list(fields),
    )


# -- steps: what is remembered of one before each change
REMEMBERED = ("text", "done_at", "done_by_id", "gone_at")
STEP = "step"


def tick(step, *, by, done) -> bool:
    """Done, or not yet after all; ticking twice is ticking once."""
    values = (
        {"done_at": timezone.now(), "done_by_id": by.pk} if done else {"done_at": None, "done_by_id": None}
    )
    with transaction.atomic():
        row = _locked_step(step)
        if bool(row.done_at) == done:
            return False
        _write(row, "ticked" if done else "opened", values, by=by)
    return True


def rename(step, *, by, text) -> bool:
    with transaction.atomic():
        row = _locked_step(step)
        if not text or row.text == text:
            return False
        _write(row, "changed", {"text": text}, by=by)
    return True


def remove(step, *, by) -> bool:
    with transaction.atomic():
        row = _locked_step(step)
        if row.gone_at:
            return False
        _write(row, "changed", {"gone_at": timezone.now()}, by=by)
    return True


def add(plan, *, by, text) -> BridgeStep:
    """A step of one's own, last on the list. Raises Refused for an empty one and past MOST."""
    if not text:
        raise Refused(_("Write what is to do."))
    with transaction.atomic():
        plan = locked(plan)
        if plan.steps.there().count() >= MOST:
            raise Refused(_("That is enough for one plan: remove a step first."))
        last = plan.steps.aggregate(last=Max("position"))["last"] or 0
        row = BridgeStep(company_id=plan.company_id, plan=plan, text=text, position=last + 1)
        undoing.remember(row, STEP, {**_values(row), "gone_at": timezone.now()}, by=by)
        row.save()
        record("changed", plan, by, ["steps"])
    return row


def take_back_step(step, mark, *, by) -> None:
    """The last change of this step. Raises undoing.Refused, and Refused when the plan has ended."""
    with transaction.atomic():
        row = _locked_step(step)
        taken = undoing.take(row, mark, by=by)
        _assign(row, taken.values)
        row.save(update_fields=[*COLUMNS, *undoing.FIELDS])
        record("taken_back", row.plan, by, ["steps"])


COLUMNS = ("text", "done_at", "done_by", "gone_at")


def _locked_step(step) -> BridgeStep:
    plan = locked(step.plan)
    row = BridgeStep.objects.get(pk=step.pk)
    row.plan = plan
    return row


def _write(row, verb, values, *, by):
    undoing.remember(row, STEP, _values(row), by=by)
    _assign(row, values)
    row.save(update_fields=[*COLUMNS, *undoing.FIELDS])
    record(verb, row.plan, by, ["steps"])


def _values(row) -> dict:
    return {name: getattr(row, name) for name in REMEMBERED}


def _assign(row, values):
    for name, value in values.items():
        setattr(row, name, row._meta.get_field(name.removesuffix("_id")).to_python(value))


# -- the plan itself
PLAN = ("provider", "fee", "look_on", "ended_at", "verdict")
CHANGE = "plan"


def change(plan, *, by, provider, fee, look_on) -> bool:
    """Who helps, for how much, and when to look again; the reminder moves along."""
    return _change(plan, {"provider": provider, "fee": fee, "look_on": look_on}, "changed", by)


def go_on(plan, *, by) -> bool:
    """Another four weeks from today."""
    return _change(plan, {"look_on": timezone.localdate() + LOOK_AFTER}, "went_on", by)


def end(plan, *, by, verdict) -> bool:
    return _change(plan, {"ended_at": timezone.now(), "verdict": Verdict(verdict).value}, "ended", by)


def _change(plan, values, verb, by) -> bool:
    with transaction.atomic():
        row = locked(plan)
        if all(getattr(row, name) == value for name, value in values.items()):
            return False
        undoing.remember(row, CHANGE, _plan_values(row), by=by)
        _put(row, values, by)
        record(verb, row, by, sorted(values))
    return True


def reopen(plan, *, by) -> None:
    """An ended plan goes on, with four weeks from today where its day is over. Raises Refused beside another."""
    today = timezone.localdate()
    try:
        with transaction.atomic():
            row = _any(plan)
            if row.is_open:
                return
            undoing.remember(row, CHANGE, _plan_values(row), by=by)
            look_on = row.look_on if row.look_on > today else today + LOOK_AFTER
            _put(row, {"ended_at": None, "verdict": "", "look_on": look_on}, by)
            record("reopened", row, by)
    except IntegrityError:
        raise Refused(_("Another plan of this kind is under way.")) from None


def take_back(plan, mark, *, by) -> None:
    """The last change of the plan, its end too. Raises undoing.Refused."""
    try:
        with transaction.atomic():
            row = _any(plan)
            taken = undoing.take(row, mark, by=by)
            values = {name: row._meta.get_field(name).to_python(taken.values[name]) for name in PLAN}
            _put(row, values, by)
            record("taken_back", row, by)
    except IntegrityError:
        raise undoing.Gone(_("Another plan of this kind is under way.")) from None


def _any(plan) -> BridgePlan:
    return (
        BridgePlan.objects.select_for_update(no_key=True, of=("self",))
        .select_related("company")
        .get(pk=plan.pk)
    )


def _plan_values(row) -> dict:
    return {name: getattr(row, name) for name in PLAN}


def _put(row, values, by):
    """Writes the plan, and moves its reminder to where it now belongs."""
    before = row.look_on, row.is_open
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=[*PLAN, *undoing.FIELDS])
    if before != (row.look_on, row.is_open):
        bridge_mail.remind(row, by=by)
