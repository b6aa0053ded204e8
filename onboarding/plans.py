"""Starting a plan for somebody, and changing it afterwards."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from accounts.models import Membership, Role
from onboarding import dates, defaults
from onboarding.kinds import FINISHED, Change, State, When
from onboarding.models import Onboarding, PlanTemplate, PlanVersion, Step, TemplateStep
from vault import trail

COPIED = "key about position kind owner partner rule number at minutes required title body".split()
OF_DEFAULT = "key kind owner partner rule number at minutes required when".split()
INVITE_DAY = -1
OFFICE_WEEK = (0, 1, 2, 3, 4)


class Refused(Exception):
    """A change that cannot be made, with a sentence for people."""


def invite_day(start_date, weekdays):
    """When the invitation goes out unless a manager says otherwise: one working day before the start."""
    return dates.working_day(start_date, INVITE_DAY, weekdays)


def default_version(company) -> PlanVersion:
    """The newest version of the company's default plan, made from the catalogue at first need."""
    template, made = PlanTemplate.objects.get_or_create(company=company, is_default=True)
    newest = template.versions.order_by("-number").first()
    return _first_version(template) if made or newest is None else newest


def _first_version(template) -> PlanVersion:
    version, made = PlanVersion.objects.get_or_create(company=template.company, template=template, number=1)
    if made:
        TemplateStep.objects.bulk_create(
            TemplateStep(
                company=template.company,
                version=version,
                position=position,
                **{name: getattr(default, name) for name in OF_DEFAULT},
            )
            for position, default in enumerate(defaults.PLAN, 1)
        )
    return version


def start(*, company, by, hire, manager, start_date, weekdays, weak_skills=(), **fields) -> Onboarding:
    """Copies the default plan into an onboarding for `hire`. `by` is a membership, or None for nobody in person.

    Raises IntegrityError when this person's plan runs already, or `reference` was opened before.
    """
    with transaction.atomic():
        version = default_version(company)
        onboarding = Onboarding.objects.create(
            company=company,
            hire=hire,
            manager=manager,
            buddy=_only_one(company, manager),
            version=version,
            start_date=start_date,
            weekdays=sorted(weekdays),
            first_employee=not Onboarding.objects.for_company(company).running().exists(),
            invite_on=invite_day(start_date, weekdays),
            **fields,
        )
        _copy(version, onboarding, weak_skills)
        _record("started", onboarding, by)
    return onboarding


def _only_one(company, manager) -> Membership | None:
    """Alone, the owner is manager and buddy, and nobody needs to be warned."""
    team = Membership.objects.for_company(company).active().exclude(role=Role.HIRE)
    return None if team.exclude(pk=manager.pk).exists() else manager


def _copy(version, onboarding, weak_skills) -> None:
    applies = {When.ALWAYS, When.REMOTE if onboarding.remote else When.ON_SITE}
    if onboarding.first_employee:
        applies.add(When.FIRST)
    chosen = [step for step in version.steps.all() if step.when in applies]
    copies = [Step(**{name: getattr(step, name) for name in COPIED}) for step in chosen]
    copies += [_skill_step(skill, len(defaults.PLAN) + n) for n, skill in enumerate(weak_skills, 1)]
    Step.objects.bulk_create(_dated(step, onboarding) for step in copies)


def _skill_step(skill, position) -> Step:
    values = {name: getattr(defaults.WEAK_SKILL, name) for name in OF_DEFAULT if name != "when"}
    return Step(about=str(skill)[:200], position=position, **values)


def _dated(step, onboarding) -> Step:
    """The step of this person, due by its rule; missed when that day has passed already."""
    step.company, step.onboarding = onboarding.company, onboarding
    step.due_on = step.due(onboarding.start_date, onboarding.weekdays)
    step.missed = step.due_on < onboarding.today()
    return step


def add(onboarding, *, by, title, owner, due_on, minutes=15, body="", required=True, reason="") -> Step:
    """One more step, for this person only; on their page it is new for two days."""
    with transaction.atomic():
        step = Step.objects.create(
            company=onboarding.company,
            onboarding=onboarding,
            position=len(defaults.PLAN) + 100,
            number=0,
            title=title,
            body=body,
            owner=owner,
            minutes=minutes,
            required=required,
            due_on=due_on,
            missed=due_on < onboarding.today(),
            changed=Change.ADDED,
            changed_at=timezone.now(),
            change_reason=reason,
        )
        # Of two steps added one after the other each can be taken back by itself.
        _remember(locked(onboarding), f"step:{step.pk}", {"step": step.pk}, by)
        _record("step_added", onboarding, by, kind="step", pk=step.pk)
    return step


def move_start(onboarding, *, by, start_date) -> int:
    """Another first day: steps that are not finished get new due days. How many; finished ones stay as they were."""
    with transaction.atomic():
        row = locked(onboarding)
        before = {"start_date": row.start_date, "invite_on": row.invite_on}
        onboarding.start_date = row.start_date = start_date
        onboarding.invite_on = row.invite_on = invite_day(start_date, row.weekdays)
        row.save(update_fields=["start_date", "invite_on"])
        ruled = onboarding.steps.exclude(state__in=FINISHED).exclude(number=0)
        days = {str(step.pk): [step.due_on, step.missed] for step in ruled}
        _remember(row, "start", before | {"days": days}, by)
        steps = [_dated(step, onboarding) for step in ruled.order_by("pk")]
        Step.objects.bulk_update(steps, ["due_on", "missed"])
        _record("start_moved", onboarding, by, fields=["start_date"])
    return len(steps)


def locked(onboarding) -> Onboarding:
    return Onboarding.objects.select_for_update(no_key=True, of=("self",)).get(pk=onboarding.pk)


def _remember(row, what, values, by):
    undoing.remember(row, what, values, by=by)
    row.save(update_fields=undoing.FIELDS)


def remember_end(onboarding, values, *, by) -> None:
    """What went with the end of the plan, so that it can come back with it."""
    _remember(locked(onboarding), "end", values, by)


def take_back(onboarding, mark: str, *, by) -> undoing.Taken:
    """The step that was added, the first day that was moved, the end of the plan. Raises undoing.Refused."""
    with transaction.atomic():
        row = locked(onboarding)
        taken = undoing.take(row, mark, by=by)
        _BACK[taken.what.partition(":")[0]](row, taken.values)
        row.save(update_fields=["start_date", "invite_on", "cancelled_at", "cancel_reason", *undoing.FIELDS])
        _record("taken_back", onboarding, by)
    return taken


def _without_step(row, values):
    """Only while nobody has touched it: what was done with a step stays."""
    fresh = row.steps.filter(pk=values["step"], state=State.OPEN, events=None)
    if not fresh.delete()[0]:
        raise undoing.Gone(_("Somebody has begun with this step. Skip it with a reason instead."))


def _old_start(row, values):
    row.start_date = date.fromisoformat(values["start_date"])
    row.invite_on = values["invite_on"] and date.fromisoformat(values["invite_on"])
    moved = list(row.steps.exclude(state__in=FINISHED).filter(pk__in=values["days"]).order_by("pk"))
    for step in moved:
        due_on, step.missed = values["days"][str(step.pk)]
        step.due_on = date.fromisoformat(due_on)
    Step.objects.bulk_update(moved, ["due_on", "missed"])


def _not_ended(row, values):
    if Onboarding.objects.running().filter(hire=row.hire_id).exists():
        raise undoing.Gone(_("This person has another plan by now."))
    row.cancelled_at, row.cancel_reason = None, ""


_BACK = {"step": _without_step, "start": _old_start, "end": _not_ended}


def cancel(onboarding, *, by, reason) -> bool:
    """Ends an onboarding that will not happen; what was done stays. False when it had ended before."""
    if not reason.strip():
        raise Refused(_("Say why."))
    with transaction.atomic():
        ended = Onboarding.objects.filter(pk=onboarding.pk, cancelled_at=None).update(
            cancelled_at=timezone.now(), cancel_reason=reason[:300]
        )
        if ended:
            onboarding.refresh_from_db(fields=["cancelled_at", "cancel_reason"])
            _record("cancelled", onboarding, by, fields=["cancelled_at", "cancel_reason"])
    return bool(ended)


def without_buddy(membership) -> None:
    """Whoever leaves the team is nobody's buddy: the manager does those steps, and the plan asks for another."""
    Onboarding.objects.for_company(membership.company_id).filter(buddy=membership).update(buddy=None)


def handed_over(membership) -> None:
    """Plans of a manager who leaves go to an owner: nobody outside the team is written to about a new hire."""
    led = Onboarding.objects.for_company(membership.company_id).running().filter(manager=membership)
    owners = Membership.objects.for_company(membership.company_id).in_role(Role.OWNER).exclude(user=None)
    owner = owners.exclude(pk=membership.pk).order_by("pk").first()
    for onboarding in led.order_by("pk") if owner else ():
        onboarding.manager = owner
        onboarding.save(update_fields=["manager"])
        _record("handed_over", onboarding, None, fields=["manager"])


def _record(action, onboarding, by, *, kind="onboarding", pk=None, fields=()) -> None:
    trail.record(
        f"onboarding.{action}",
        company_id=onboarding.company_id,
        actor_id=by.user_id if by else None,
        kind=kind,
        pk=pk or onboarding.pk,
        fields=fields,
    )
