"""The decision at the end of probation: continue, extend or end, with a reason. It suggests nothing and tells nobody.

The new colleague reads a decision when the manager says so, and not before: nothing of their plan changes until then.
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from mailroom import told
from onboarding import dates, parts, plans, steps, talk_telling
from onboarding.kinds import Part
from onboarding.models import Decision, Onboarding, ProbationReminder
from onboarding.models.plan import PROBATION
from onboarding.steps import Refused
from vault import trail

What = Decision.What
BEFORE = 10  # working days
LONGEST_MONTHS = 12  # all of it; no country we know allows more
FROM_HOUR, TO_HOUR = 9, 18
STEP = "probation"
BATCH = 200


def ends(onboarding) -> date:
    """As the contract says, else 90 days after the start."""
    return onboarding.probation_until or onboarding.start_date + PROBATION


def remind_on(onboarding) -> date:
    plan = onboarding
    return dates.before_end(plan.start_date, ends(plan), -BEFORE, plan.weekdays, plan.off)


def check(by, onboarding) -> None:
    """Owners, and the manager of this plan; nobody about themselves. Raises PermissionDenied."""
    if parts.of(by, onboarding) != Part.MANAGER or not by.is_boss:
        raise PermissionDenied


def newest(onboarding) -> Decision | None:
    return onboarding.decisions.select_related("by").order_by("-number").first()


def told_to_hire(onboarding) -> Decision | None:
    return onboarding.decisions.exclude(told_at=None).select_related("by").order_by("-number").first()


def decide(onboarding, *, by, seen, what, reason, until=None) -> Decision:
    """A new version; `seen` is the number of the newest the form showed, 0 for none. Nobody hears of it.

    Raises conflicts.Changed, and Refused for a day that cannot be.
    """
    check(by, onboarding)
    until = until if what == What.EXTEND else None
    with transaction.atomic():
        plan = plans.locked(onboarding)
        if plan.cancelled_at:
            raise Refused(_("This plan has ended."))
        before = newest(onboarding)
        if before is not None:
            conflicts.check(before, seen)
        if what == What.EXTEND:
            check_until(plan, until, onboarding.today())
        row = Decision.objects.create(
            company_id=plan.company_id,
            onboarding=plan,
            number=before.number + 1 if before else 1,
            what=what,
            until=until,
            reason=reason.replace("\r\n", "\n").strip(),
            by=by,
        )
        talk_telling.decided(plan)
        _record("decision.made", row, by)
    return row


def check_until(onboarding, until, today) -> None:
    """Raises Refused for an end that is no extension."""
    if until is None:
        raise Refused(_("Until when?"))
    if until <= max(ends(onboarding), today):
        raise Refused(_("That is no extension: choose a day after the end of probation, and after today."))
    if until > dates.months_end(onboarding.start_date, LONGEST_MONTHS):
        raise Refused(_("That is more than a year after the first day. Is the year right?"))


def take_back(decision, *, by) -> None:
    """A decision of the last ten minutes that nobody was told of. Raises undoing.Refused."""
    check(by, decision.onboarding)
    with transaction.atomic():
        plans.locked(decision.onboarding)
        undoing.check(by, decision.by_id, decision.at)
        if not Decision.objects.filter(pk=decision.pk, told_at=None).delete()[0]:
            raise undoing.Gone(_("It was told or taken back already. Nothing was changed."))
        _record("decision.taken_back", decision, by)


def tell(decision, *, by, words) -> bool:
    """Now the new colleague reads it, with `words`; the reason stands in a copy of their data.

    An extension moves the end of probation. False when they were told before.
    Raises Refused when a newer decision stands.
    """
    check(by, decision.onboarding)
    plan = decision.onboarding
    with transaction.atomic():
        if plans.locked(plan).cancelled_at:
            raise Refused(_("This plan has ended."))
        if plan.decisions.filter(number__gt=decision.number).exists():
            raise Refused(_("There is a newer decision. Look at that one."))
        values = {"told_at": timezone.now(), "words": words.replace("\r\n", "\n").strip()}
        if not Decision.objects.filter(pk=decision.pk, told_at=None).update(**values):
            return False
        if decision.what == What.EXTEND:
            plans.set_probation(plan, by=by, until=decision.until)
        else:
            steps.did(plan, STEP, by=by)
        talk_telling.said(decision, by=by)
        _record("decision.told", decision, by)
    return True


# -- the reminder


def remind(*, batch=BATCH) -> int:
    """Ten working days before the end, once for each end, from 9 o'clock where the manager is. How many.

    Nobody is reminded where a decision was made about this end, of one that is over, or in a shop that closes.
    """
    today = timezone.now().date()
    rows = Onboarding.objects.running().with_people().select_related("manager__company")
    rows = rows.filter(company__closes_at=None)
    rows = rows.filter(start_date__gte=today - timedelta(days=400), start_date__lte=today)
    final = Decision.objects.filter(onboarding=OuterRef("pk")).exclude(what=What.EXTEND)
    rows = rows.exclude(Exists(final)).order_by("pk")
    heard = set(ProbationReminder.objects.filter(onboarding__in=rows).values_list("onboarding", "until"))
    due = [row for row in rows.iterator(chunk_size=batch) if (row.pk, ends(row)) not in heard and _due(row)]
    return sum(_remind(row) for row in due)


def _due(onboarding) -> bool:
    now = timezone.now().astimezone(told.zone_of(onboarding.manager))
    awake = FROM_HOUR <= now.hour < TO_HOUR
    return awake and remind_on(onboarding) <= now.date() <= ends(onboarding)


def _remind(onboarding) -> int:
    with transaction.atomic():
        _row, made = ProbationReminder.objects.get_or_create(
            onboarding=onboarding, until=ends(onboarding), defaults={"company_id": onboarding.company_id}
        )
        if made:
            talk_telling.ends(onboarding)
    return int(made)


def _record(action, row, by) -> None:
    trail.record(action, company_id=row.company_id, actor_id=by.user_id, kind="decision", pk=row.pk)
