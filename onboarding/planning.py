"""Plans to begin with: the one writer of templates, their draft and their versions.

What is changed lies in a draft until it is saved; saving makes the next version, and versions stay as they are.
Whoever was begun with an earlier one keeps it: an onboarding is a copy.
"""

import secrets
from contextlib import contextmanager

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, deleting, team
from onboarding import countries, plans
from onboarding.kinds import Rule
from onboarding.models import PlanTemplate, PlanVersion, TemplateStep
from vault import trail

SAID = "title body owner partner kind rule number after when country skill required minutes at".split()
COPIED = ["key", "about", "position", "ref", *SAID]
MOST_STEPS = 500
MOST_PLANS = 100


class Refused(Exception):
    """Not this way; the sentence says why."""


# -- plans


def make(company, *, by, name: str, of=None) -> PlanTemplate:
    """Another plan: a copy of `of`, or without steps."""
    with transaction.atomic():
        if PlanTemplate.objects.for_company(company).count() >= MOST_PLANS:
            raise Refused(_("That is enough plans. Delete one that nobody uses."))
        template = PlanTemplate.objects.create(company=company, name=name)
        version = PlanVersion.objects.create(company=company, template=template, saved_by=by)
        if of is not None and (newest := of.versions.newest()):
            _copy(newest, version)
        _record("plan.made", template, by)
    return template


def rename(template, *, by, name: str) -> bool:
    with transaction.atomic():
        renamed = PlanTemplate.objects.filter(pk=template.pk).exclude(name=name).update(name=name)
        if renamed:
            _record("plan.renamed", template, by)
    return bool(renamed)


def choose_default(template, *, by) -> bool:
    """What whoever is hired gets from now on. False when it was so already."""
    with transaction.atomic():
        team.lock(template.company_id)  # two who choose at once: one after the other
        row = _locked(template)
        if row.is_default:
            return False
        PlanTemplate.objects.for_company(row.company_id).filter(is_default=True).update(is_default=False)
        PlanTemplate.objects.filter(pk=row.pk).update(is_default=True)
        _record("plan.default", row, by)
    return True


def delete(template, *, by) -> None:
    """Out of sight for two weeks, then for good; onboardings keep every step. Raises deleting.Refused."""
    with transaction.atomic():
        team.lock(template.company_id)
        row = _locked(template)
        if row.is_default:
            raise deleting.Refused(_("New hires get this plan. Choose another one for them first."))
        deleting.stamp(row, by=by)
        row.save(update_fields=deleting.STAMP)
        _record("plan.deleted", row, by)


def put_back(template, *, by) -> None:
    with transaction.atomic():
        deleting.stamp(template, by=None)
        template.save(update_fields=deleting.STAMP)
        _record("plan.put_back", template, by)


# -- the draft


def draft_of(template) -> PlanVersion | None:
    return template.versions.filter(saved_at=None).first()


def shown(template) -> PlanVersion:
    """What the editor shows: the draft, else the newest version."""
    return draft_of(template) or template.versions.newest()


@contextmanager
def changing(template):
    """The draft to change, made from the newest version at the first change. The plan is locked."""
    with transaction.atomic():
        row = _locked(template)
        draft = draft_of(row) or _draft(row)
        yield draft
        PlanVersion.objects.filter(pk=draft.pk).update(revision=F("revision") + 1)


def add_step(template, *, by, values) -> TemplateStep:
    with changing(template) as draft:
        _room(draft, 1)
        step = TemplateStep(company_id=draft.company_id, version=draft, ref=secrets.token_hex(6), **values)
        step.position = _last(draft) + 1
        _check(step, draft)
        step.save()
    return step


def change_step(template, ref: str, *, by, seen, values) -> None:
    """The step as the form has it. Raises conflicts.Changed when somebody saved it meanwhile, Refused when it is gone.

    Words that are still the catalogue's stay the catalogue's, in every reader's language.
    """
    with changing(template) as draft:
        step = _step(draft, ref)
        conflicts.check(step, seen)
        if (values["title"], _plain(values["body"])) == (step.label, _plain(step.text)):
            values = values | {"title": step.title, "body": step.body}
        for name, value in values.items():
            setattr(step, name, value)
        _check(step, draft)
        step.revision += 1
        step.save()


def remove_step(template, ref: str, *, by) -> TemplateStep:
    """Out of the draft. Raises Refused while another step follows it."""
    with changing(template) as draft:
        step = _step(draft, ref)
        follower = draft.steps.filter(rule=Rule.AFTER, after=ref).first()
        if follower:
            raise Refused(_("“%(step)s” follows this one. Change that first.") % {"step": follower.label})
        step.delete()
    return step


def move_step(template, ref: str, *, by, to: str = "", before: str | None = None) -> None:
    """One place "up" or "down", or to the place before the step named `before` (empty: the end)."""
    with changing(template) as draft:
        rows = list(draft.steps.all())
        step = next((row for row in rows if row.ref == ref), None)
        if step is None:
            raise Refused(_("This step is not in the plan any more."))
        place = rows.index(step)
        rows.remove(step)
        rows.insert(_place(rows, place, to, before), step)
        for position, row in enumerate(rows, 1):
            row.position = position
        TemplateStep.objects.bulk_update(rows, ["position"])


def _place(rows, place, to, before) -> int:
    if before is not None:
        refs = [row.ref for row in rows]
        return refs.index(before) if before in refs else len(rows)
    step = {"up": -1, "down": 1}.get(to, 0)
    return min(max(place + step, 0), len(rows))


def add_country(template, *, by, country: str) -> int:
    """The dated steps that a country asks for, at the end; how many were not there yet."""
    with changing(template) as draft:
        there = set(draft.steps.values_list("key", flat=True))
        new = [row for row in countries.steps_of(country) if row.key not in there]
        _room(draft, len(new))
        last = _last(draft)
        TemplateStep.objects.bulk_create(
            plans.of_catalogue(row, draft, last + n) for n, row in enumerate(new, 1)
        )
    return len(new)


# -- versions


def save(template, *, by, seen, note: str = "") -> PlanVersion:
    """The draft becomes the newest version. Raises conflicts.Changed, and Refused when there is nothing to save."""
    with transaction.atomic():
        row = _locked(template)
        draft = draft_of(row)
        if draft is None:
            raise Refused(_("Nothing was changed since the newest version."))
        conflicts.check(draft, seen)
        draft.saved_at, draft.saved_by, draft.note = timezone.now(), by, note
        draft.save(update_fields=["saved_at", "saved_by", "note"])
        _record("plan.saved", row, by)
    return draft


def throw_away(template, *, by, seen) -> bool:
    """The draft is forgotten; the newest version is what the plan is. Raises conflicts.Changed."""
    with transaction.atomic():
        draft = draft_of(_locked(template))
        if draft is None:
            return False
        conflicts.check(draft, seen)
        draft.delete()
    return True


def go_back(template, number: int, *, by) -> PlanVersion:
    """An earlier version once more, as the newest. Raises Refused while there is a draft, or for an unknown one."""
    with transaction.atomic():
        row = _locked(template)
        old = row.versions.saved().filter(number=number).first()
        if old is None:
            raise Refused(_("There is no such version."))
        if draft_of(row):
            raise Refused(_("Something is changed and not saved yet. Save it first, or throw it away."))
        if old == row.versions.newest():
            return old
        note = _("Version %(number)s once more") % {"number": number}
        version = _next(row, saved_at=timezone.now(), saved_by=by, note=note)
        _copy(old, version)
        _record("plan.saved", row, by)
    return version


# -- shared


def _locked(template) -> PlanTemplate:
    """Raises Refused for a plan that somebody deleted meanwhile."""
    row = PlanTemplate.objects.select_for_update(no_key=True, of=("self",)).filter(pk=template.pk).first()
    if row is None:
        raise Refused(_("Somebody has deleted this plan meanwhile."))
    return row


def _next(template, **fields) -> PlanVersion:
    number = (template.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return PlanVersion.objects.create(
        company_id=template.company_id, template=template, number=number, **fields
    )


def _draft(template) -> PlanVersion:
    newest = template.versions.newest()
    draft = _next(template, saved_at=None)
    if newest is not None:
        _copy(newest, draft)
    return draft


def _copy(version, into) -> None:
    TemplateStep.objects.bulk_create(
        TemplateStep(
            company_id=into.company_id, version=into, **{name: getattr(step, name) for name in COPIED}
        )
        for step in version.steps.all()
    )


def _step(draft, ref) -> TemplateStep:
    step = draft.steps.filter(ref=ref).first()
    if step is None:
        raise Refused(_("This step is not in the plan any more."))
    return step


def _check(step, draft) -> None:
    """What a step follows is in the plan, and does not follow it in turn."""
    if step.rule != Rule.AFTER:
        step.after = ""
        return
    rows = dict(draft.steps.values_list("ref", "after"))
    seen, ref = {step.ref}, step.after
    while ref:
        if ref in seen or ref not in rows:
            raise Refused(_("A step cannot follow itself, nor one that follows it."))
        seen.add(ref)
        ref = rows[ref]


def _room(draft, more: int) -> None:
    if draft.steps.count() + more > MOST_STEPS:
        raise Refused(_("A plan holds at most %(number)s steps.") % {"number": MOST_STEPS})


def _last(draft) -> int:
    return draft.steps.aggregate(last=Max("position"))["last"] or 0


def _plain(text) -> str:
    """Browsers send CR LF; two texts that look alike are alike."""
    return text.replace("\r\n", "\n").strip()


def _record(action, template, by):
    trail.record(
        action,
        company_id=template.company_id,
        actor_id=by.user_id if by else None,
        kind="plan",
        pk=template.pk,
    )
