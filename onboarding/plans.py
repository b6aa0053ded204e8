"""Starting a plan for somebody, and changing it afterwards."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from accounts.models import Membership, Role
from onboarding import countries, dates, daysoff, defaults, following, steps
from onboarding.kinds import FINISHED, Change, Rule, State, When
from onboarding.models import Onboarding, PlanTemplate, PlanVersion, Step, TemplateStep
from vault import trail

COPIED = (
    "key about position kind owner partner ref after rule number at minutes required title body asks".split()
)
OF_DEFAULT = "key kind owner partner rule number at minutes required".split()
OF_PLAN = [*OF_DEFAULT, "when", "after"]
INVITE_DAY = -1
OWN_STEPS_AFTER = 1000  # steps of one person's own stand behind those of the plan on their day
OFFICE_WEEK = (0, 1, 2, 3, 4)
DAYS = ["start_date", "invite_on", "probation_until", "days_off"]
STEP_DAYS = ["due_on", "missed", "waits"]
RUNS = timedelta(days=400)  # plans that began earlier have nothing ahead


class Refused(Exception):
    """A change that cannot be made, with a sentence for people."""


def invite_day(start_date, weekdays):
    """When the invitation goes out unless a manager says otherwise: one working day before the start."""
    return dates.working_day(start_date, INVITE_DAY, weekdays)


def default_version(company) -> PlanVersion:
    """The newest version of the company's default plan, made from the catalogue at first need."""
    template, made = PlanTemplate.objects.get_or_create(company=company, is_default=True)
    newest = template.versions.newest()
    return _first_version(template) if made or newest is None else newest


def _first_version(template) -> PlanVersion:
    version, made = PlanVersion.objects.get_or_create(company=template.company, template=template, number=1)
    if made:
        rows = [*defaults.PLAN, *countries.steps_of(template.company.country)]
        TemplateStep.objects.bulk_create(
            of_catalogue(row, version, position) for position, row in enumerate(rows, 1)
        )
    return version


def of_catalogue(row, version, position) -> TemplateStep:
    """A step of the catalogue in a version; the weekly meetings share a key and not a name."""
    return TemplateStep(
        company_id=version.company_id,
        version=version,
        position=position,
        ref=f"{row.key}-{row.number}" if row.rule == Rule.WEEK else row.key,
        country=countries.country_of(row.key),
        **{name: getattr(row, name) for name in OF_PLAN},
    )


def start(
    *, company, by, hire, manager, start_date, weekdays, weak_skills=(), template=None, **fields
) -> Onboarding:
    """Copies a plan, else the default one, into an onboarding for `hire`. `by` is a membership, or None for nobody.

    Raises IntegrityError when this person's plan runs already, or `reference` was opened before.
    """
    with transaction.atomic():
        version = (template and template.versions.newest()) or default_version(company)
        onboarding = Onboarding.objects.create(
            company=company,
            hire=hire,
            manager=manager,
            version=version,
            start_date=start_date,
            weekdays=sorted(weekdays),
            first_employee=not Onboarding.objects.for_company(company).running().exists(),
            days_off=daysoff.of_plan(company, fields.get("country") or company.country, start_date),
            **(
                {"buddy": _only_one(company, manager), "invite_on": invite_day(start_date, weekdays)} | fields
            ),
        )
        _copy(version, onboarding, weak_skills)
        _record("started", onboarding, by)
    return onboarding


def _only_one(company, manager) -> Membership | None:
    """Alone, the owner is manager and buddy, and nobody needs to be warned."""
    team = Membership.objects.for_company(company).active().exclude(role=Role.HIRE)
    return None if team.exclude(pk=manager.pk).exists() else manager


def _copy(version, onboarding, weak_skills) -> None:
    chosen = [step for step in version.steps.all() if applies(step, onboarding, weak_skills)]
    copies = [Step(**{name: getattr(step, name) for name in COPIED}) for step in chosen]
    copies += [_skill_step(skill, len(copies) + n) for n, skill in enumerate(weak_skills, 1)]
    Step.objects.bulk_create(_dated(copies, onboarding))


def applies(step, onboarding, weak_skills=()) -> bool:
    """Is this step of a plan for this person? All of its conditions have to hold."""
    whom = {When.ALWAYS, When.REMOTE if onboarding.remote else When.ON_SITE}
    if onboarding.first_employee:
        whom.add(When.FIRST)
    here = step.country in ("", onboarding.works_in)
    weak = not step.skill or any(step.skill.casefold() in str(skill).casefold() for skill in weak_skills)
    return step.when in whom and here and weak


def _skill_step(skill, position) -> Step:
    values = {name: getattr(defaults.WEAK_SKILL, name) for name in OF_DEFAULT}
    return Step(about=str(skill)[:200], position=position, **values)


def _dated(steps, onboarding) -> list[Step]:
    """The steps of this person, each due by its rule; missed when that day has passed already."""
    for step in steps:
        step.company, step.onboarding = onboarding.company, onboarding
        if step.rule != Rule.AFTER:
            step.due_on = onboarding.due(step)
    following.expect(steps, onboarding)
    for step in steps:
        step.missed = step.due_on < onboarding.today() and not step.waits
    return steps


def add(
    onboarding, *, by, title, owner, due_on, minutes=15, body="", required=True, reason="", **more
) -> Step:
    """One more step, for this person only; on their page it is new for two days."""
    with transaction.atomic():
        step = Step.objects.create(
            company=onboarding.company,
            onboarding=onboarding,
            position=OWN_STEPS_AFTER,
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
            **more,
        )
        # Of two steps added one after the other each can be taken back by itself.
        _remember(locked(onboarding), f"step:{step.pk}", {"step": step.pk}, by)
        _record("step_added", onboarding, by, kind="step", pk=step.pk)
    return step


def move_start(onboarding, *, by, start_date) -> int:
    """Another first day: steps that are not finished get new due days. How many; finished ones stay as they were."""
    with transaction.atomic():
        row = locked(onboarding)
        before = {name: getattr(row, name) for name in DAYS}
        if row.probation_until:
            row.probation_until = dates.moved_end(row.start_date, row.probation_until, start_date)
        row.start_date = start_date
        row.invite_on = invite_day(start_date, row.weekdays)
        row.days_off = daysoff.of_plan(row.company, row.works_in, start_date)
        moved = _redate(onboarding, row, before, "start", by)
        _record("start_moved", onboarding, by, fields=["start_date"])
    return moved


def set_probation(onboarding, *, by, until) -> int:
    """Another end of probation; open steps that are counted from it move. How many steps have a new day."""
    with transaction.atomic():
        row = locked(onboarding)
        before = {name: getattr(row, name) for name in DAYS}
        row.probation_until = until
        moved = _redate(onboarding, row, before, "probation", by, rule=Rule.PROBATION)
        _record("probation_set", onboarding, by, fields=["probation_until"])
    return moved


def _redate(onboarding, row, before, what, by, **only) -> int:
    """Saves the days of the plan `row`; open steps whose day is counted get new ones, to be taken back as `what`."""
    row.save(update_fields=DAYS)
    for name in DAYS:
        setattr(onboarding, name, getattr(row, name))
    every = list(row.steps.order_by("pk"))
    old = {step.pk: (step.due_on, step.missed, step.waits) for step in every}
    counted = [step for step in every if not step.finished and not step.by_hand]
    chosen = [step for step in counted if all(getattr(step, name) == value for name, value in only.items())]
    _date_again(every, chosen, row)
    _remember(row, what, before | {"days": {str(step.pk): old[step.pk] for step in chosen}}, by)
    Step.objects.bulk_update(chosen, STEP_DAYS)
    return len(chosen)


def _date_again(every, chosen, row) -> None:
    """Days anew for the chosen ones of a plan's steps; the others say what those that follow them count from."""
    rest = {step.pk: (step.due_on, step.waits) for step in every}
    for step in every:
        step.onboarding = row
        if step in chosen and step.rule != Rule.AFTER:
            step.due_on = row.due(step)
    following.expect(every, row)
    for step in every:
        if step not in chosen:
            step.due_on, step.waits = rest[step.pk]
        else:
            step.missed = step.due_on < row.today() and not step.waits


def days_off_changed(company) -> int:
    """The shop has another day off: open steps that lie ahead in running plans move along. How many moved."""
    moved = 0
    since = timezone.localdate() - RUNS
    for row in Onboarding.objects.for_company(company).running().filter(start_date__gte=since).order_by("pk"):
        moved += _off_again(locked(row))
    return moved


def _off_again(row) -> int:
    row.days_off = daysoff.of_plan(row.company, row.works_in, row.start_date)
    row.save(update_fields=["days_off"])
    every = list(row.steps.order_by("pk"))
    ahead = [s for s in every if not s.finished and not s.by_hand and s.due_on >= row.today()]
    before = {step.pk: step.due_on for step in ahead}
    _date_again(every, ahead, row)
    changed = [step for step in ahead if step.due_on != before[step.pk]]
    Step.objects.bulk_update(changed, STEP_DAYS)
    return len(changed)


def locked(onboarding) -> Onboarding:
    return Onboarding.objects.select_for_update(no_key=True, of=("self",)).get(pk=onboarding.pk)


def _remember(row, what, values, by):
    undoing.remember(row, what, values, by=by)
    row.save(update_fields=undoing.FIELDS)


def remember_missed(row, values, *, by) -> None:
    """What missed steps were before somebody said what became of them; the plan `row` is locked."""
    _remember(row, "missed", values, by)
    _record("missed_settled", row, by)


def remember_end(onboarding, values, *, by) -> None:
    """What went with the end of the plan, so that it can come back with it."""
    _remember(locked(onboarding), "end", values, by)


def take_back(onboarding, mark: str, *, by) -> undoing.Taken:
    """The step that was added, the first day that was moved, the end of the plan. Raises undoing.Refused."""
    with transaction.atomic():
        row = locked(onboarding)
        taken = undoing.take(row, mark, by=by)
        _BACK[taken.what.partition(":")[0]](row, taken.values, by)
        row.save(update_fields=[*DAYS, "cancelled_at", "cancel_reason", *undoing.FIELDS])
        _record("taken_back", onboarding, by)
    return taken


def _without_step(row, values, by):
    """Only while nobody has touched it: what was done with a step stays."""
    fresh = row.steps.filter(pk=values["step"], state=State.OPEN, events=None)
    if not fresh.delete()[0]:
        raise undoing.Gone(_("Somebody has begun with this step. Skip it with a reason instead."))


def _old_start(row, values, by):
    for name in ("start_date", "invite_on", "probation_until"):
        setattr(row, name, values[name] and date.fromisoformat(values[name]))
    row.days_off = values["days_off"]
    moved = list(row.steps.exclude(state__in=FINISHED).filter(pk__in=values["days"]).order_by("pk"))
    for step in moved:
        due_on, step.missed, step.waits = values["days"][str(step.pk)]
        step.due_on = date.fromisoformat(due_on)
    Step.objects.bulk_update(moved, STEP_DAYS)


def _not_ended(row, values, by):
    if Onboarding.objects.running().filter(hire=row.hire_id).exists():
        raise undoing.Gone(_("This person has another plan by now."))
    row.cancelled_at, row.cancel_reason = None, ""


def _missed_again(row, values, by):
    if not steps.unsettle(row, values["states"], by=by):
        raise undoing.Gone(_("Somebody has gone on with these steps. Nothing was changed."))


_BACK = {
    "missed": _missed_again,
    "step": _without_step,
    "start": _old_start,
    "probation": _old_start,
    "end": _not_ended,
}


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
