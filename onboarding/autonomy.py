"""How freely somebody answers: the level, who changed it and why, and the question that comes once a week."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from onboarding import reply_telling, steps
from onboarding.models import Freedom, FreedomChange, FreedomQuestion, Onboarding
from onboarding.reply_kinds import ORDER, Level
from vault import trail

FIRST_WEEK_ASKED = 2
FROM_HOUR, TO_HOUR = 9, 18
BATCH = 200
WEEK = timedelta(days=7)


def level_of(onboarding) -> Level:
    found = Freedom.objects.filter(onboarding=onboarding).values_list("level", flat=True).first()
    return Level(found or Level.ALL)


def locked_level(onboarding) -> Level:
    """The level, which nobody changes until the end of this transaction."""
    rows = Freedom.objects.select_for_update(no_key=True, of=("self",)).filter(onboarding=onboarding)
    found = rows.order_by("pk").first()
    return Level(found.level if found else Level.ALL)


def is_higher(one, other) -> bool:
    return ORDER.index(Level(one)) > ORDER.index(Level(other))


def change(onboarding, *, by, seen, level, reason) -> FreedomChange | None:
    """Raised or lowered, with a reason that its person reads; None when that is the level already.

    `seen` is the level the form showed. Raises steps.Refused without a reason, steps.Stale when somebody else has
    changed it meanwhile.
    """
    check(onboarding, by)
    reason = " ".join(reason.split())[:500]
    if not reason:
        raise steps.Refused(_("Say why. It is read by the person it is about."))
    return _put(onboarding, by, Level(seen), Level(level), reason)


def raise_to(onboarding, level, *, by, reason) -> FreedomChange | None:
    """At least this level, whatever it was; None when it was as high already."""
    check(onboarding, by)
    now = level_of(onboarding)
    return _put(onboarding, by, now, level, reason) if is_higher(level, now) else None


def check(onboarding, by) -> None:
    if by.company_id != onboarding.company_id or not steps.leads(by, onboarding):
        raise PermissionDenied


def _put(onboarding, by, before, after, reason) -> FreedomChange | None:
    if onboarding.cancelled_at:
        raise steps.Refused(_("This plan has ended."))
    with transaction.atomic():
        Freedom.objects.get_or_create(onboarding=onboarding, defaults={"company_id": onboarding.company_id})
        rows = Freedom.objects.filter(onboarding=onboarding)
        if before == after:
            return None
        if not rows.filter(level=before).update(level=after):
            if level_of(onboarding) == after:
                return None
            raise steps.Stale
        row = FreedomChange.objects.create(
            company_id=onboarding.company_id,
            onboarding=onboarding,
            before=before,
            after=after,
            reason=reason,
            by=by,
        )
        _answer(onboarding, by)
        _record(onboarding, "changed", by)
    return row


def take_back(change, *, by) -> None:
    """The level as it was before the newest change, within ten minutes. Raises undoing.Refused."""
    check(change.onboarding, by)
    undoing.check(by, change.by_id, change.at)
    with transaction.atomic():
        rows = Freedom.objects.filter(onboarding=change.onboarding_id, level=change.after)
        newer = FreedomChange.objects.filter(
            onboarding=change.onboarding_id, pk__gt=change.pk, taken_back_at=None
        )
        taken = FreedomChange.objects.filter(pk=change.pk, taken_back_at=None)
        if newer.exists() or not taken.update(taken_back_at=timezone.now()):
            raise undoing.Gone(
                _("This was taken back already, or something newer stands on it. Nothing was changed.")
            )
        rows.update(level=change.before)
        _record(change.onboarding, "taken_back", by)


def history(onboarding):
    """The changes that hold, the newest first."""
    rows = FreedomChange.objects.filter(onboarding=onboarding, taken_back_at=None)
    return rows.select_related("by").order_by("-pk")


# -- once a week


def week_of(onboarding) -> int:
    """1 for the first seven days since the start, where the new colleague is; 0 before."""
    days = (onboarding.today() - onboarding.start_date).days
    return days // 7 + 1 if days >= 0 else 0


def open_question(onboarding) -> FreedomQuestion | None:
    return FreedomQuestion.objects.filter(onboarding=onboarding, answered_at=None).order_by("-week").first()


def not_yet(onboarding, *, by) -> bool:
    """This week's question is answered; the next week asks again. False when nothing was asked."""
    check(onboarding, by)
    with transaction.atomic():
        answered = _answer(onboarding, by)
        if answered:
            _record(onboarding, "kept", by)
    return answered


def _answer(onboarding, by) -> bool:
    asked = FreedomQuestion.objects.filter(onboarding=onboarding, answered_at=None)
    questions = list(asked.order_by("pk"))
    done = asked.update(answered_at=timezone.now(), answered_by=by)
    for question in questions:
        reply_telling.answered(question)
    return bool(done)


def ask_weekly(*, batch=BATCH) -> int:
    """From the second week on, once for each week until somebody has their own judgement. How many were asked.

    Between 9 and 18 o'clock where the new colleague is. Doubled runs ask once: plans are locked, rows are unique.
    """
    asked, last = 0, 0
    while True:
        with transaction.atomic():
            plans = _due(last, batch)
            asked += _ask([plan for plan in plans if FROM_HOUR <= plan.local_now().hour < TO_HOUR])
        if len(plans) < batch:
            return asked
        last = plans[-1].pk


def _due(after, batch) -> list[Onboarding]:
    """Plans in their second week or later whose question of the last six days nobody has asked yet."""
    now = timezone.now()
    lately = FreedomQuestion.objects.filter(
        onboarding=OuterRef("pk"), asked_at__gt=now - WEEK + timedelta(days=1)
    )
    begun = Onboarding.objects.running().filter(
        start_date__lte=(now + timedelta(days=1)).date() - WEEK, company__closes_at=None, pk__gt=after
    )
    free = Q(Exists(Freedom.objects.filter(onboarding=OuterRef("pk"), level=Level.OWN)))
    lock = begun.exclude(free).exclude(Exists(lately)).with_people()
    lock = lock.select_for_update(no_key=True, of=("self",), skip_locked=True)
    return list(lock.order_by("pk")[:batch])


def _ask(plans) -> int:
    weeks = {plan.pk: (plan, week_of(plan)) for plan in plans}
    known = FreedomQuestion.objects.filter(onboarding__in=weeks).values_list("onboarding", "week")
    there = set(known)
    due = [
        (plan, week)
        for pk, (plan, week) in weeks.items()
        if week >= FIRST_WEEK_ASKED and (pk, week) not in there
    ]
    # What was not answered last week is asked anew, not twice.
    FreedomQuestion.objects.filter(onboarding__in=[plan for plan, _week in due], answered_at=None).delete()
    rows = FreedomQuestion.objects.bulk_create(
        FreedomQuestion(company_id=plan.company_id, onboarding=plan, week=week) for plan, week in due
    )
    for row in rows:
        reply_telling.ask(row)
    return len(rows)


def _record(onboarding, action, by) -> None:
    trail.record(
        f"freedom.{action}",
        company_id=onboarding.company_id,
        actor_id=by.user_id,
        kind="onboarding",
        pk=onboarding.pk,
        fields=["level"],
    )
