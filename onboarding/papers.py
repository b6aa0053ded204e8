"""Bank, identity and tax numbers: switched on by an owner, entered, read one by one, and gone on their day.

The value itself stands in no page but the one an owner asked for, in no mail, no copy and no trail.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from onboarding import country_items, steps
from onboarding.kinds import UNDONE
from onboarding.models import Paper, PaperKind, PaperStore, Step
from onboarding.models.papers import STEPS
from vault import trail

USUAL = timedelta(days=30)  # after the first day: long enough for the number to stand in the payroll
LONGEST = timedelta(days=90)


class Refused(Exception):
    """What cannot be done; `str()` is a sentence for people."""


class Changed(Exception):
    """There are more or fewer numbers than the page said that asked."""


# -- whether anything is kept


def is_on(company) -> bool:
    return PaperStore.objects.for_company(company).exclude(on_at=None).exists()


def held(company) -> tuple[int, int]:
    """How many numbers are kept, of how many people."""
    rows = list(Paper.objects.for_company(company).values_list("onboarding__hire", flat=True))
    return len(rows), len(set(rows))


def switch_on(company, *, by) -> bool:
    """From now on numbers may be entered. False when it was on."""
    _owners_only(by)
    with transaction.atomic():
        PaperStore.objects.get_or_create(company=company)
        rows = PaperStore.objects.for_company(company).filter(on_at=None)
        if changed := rows.update(on_at=timezone.now(), on_by=by):
            _record("paper.storing_on", company.pk, by, "company", company.pk)
    return bool(changed)


def switch_off(company, *, by, seen: int) -> int:
    """Nothing is kept any more, and everything kept is erased; how many numbers. `seen` is how many the page said.

    Raises Changed when it is another number by now: somebody has to look again.
    """
    _owners_only(by)
    with transaction.atomic():
        store = _locked(company)
        if store is None:
            return 0
        rows = Paper.objects.for_company(company)
        numbers = list(rows.order_by("pk").values_list("pk", flat=True))
        if len(numbers) != seen:
            raise Changed
        _erased(numbers, company.pk, by)
        store.on_at = store.on_by = None
        store.save(update_fields=["on_at", "on_by"])
        _record("paper.storing_off", company.pk, by, "company", company.pk)
    return len(numbers)


def _locked(company) -> PaperStore | None:
    """The switch, held until the end of the transaction; None when it is off."""
    rows = PaperStore.objects.for_company(company).exclude(on_at=None)
    return rows.select_for_update(no_key=True, of=("self",)).first()


# -- one number


def enter(onboarding, *, kind: str, value: str, by) -> Paper:
    """Keeps the number of this person in place of an earlier one; their own step is given with it.

    By the person, or an owner to whom it was told. Raises Refused when nothing is kept here, or they have left.
    """
    if by.pk != onboarding.hire_id:
        _owners_only(by)
    if by.company_id != onboarding.company_id:
        raise PermissionDenied
    with transaction.atomic():
        if _locked(onboarding.company) is None:
            raise Refused(_("This shop keeps no such numbers. Tell it in person or by phone."))
        if onboarding.cancelled_at or onboarding.hire.removed_at:
            raise Refused(_("This plan has ended. Nothing is kept any more."))
        values = {"value": value, "entered_at": timezone.now(), "entered_by": by}
        values |= {"delete_on": usual_day(onboarding), "company": onboarding.company}
        paper, _made = Paper.objects.update_or_create(onboarding=onboarding, kind=kind, defaults=values)
        _record("paper.entered", paper.company_id, by, "paper", paper.pk, [kind])
        _give(onboarding, kind, by)
    return paper


def _give(onboarding, kind, by) -> None:
    """Entering it is handing it over; received it is by whoever looks at it."""
    step = onboarding.steps.filter(key=STEPS[PaperKind(kind)], state__in=UNDONE).order_by("pk").first()
    if step is not None:
        step.onboarding = onboarding
        if step.two_sided and steps.may("give", step, by):
            steps.give(step, by=by)


def read(paper, *, by) -> str:
    """The whole number, for an owner. That it was read stands in the trail, before anybody sees it."""
    _owners_only(by)
    if by.company_id != paper.company_id:
        raise PermissionDenied
    _record("paper.read", paper.company_id, by, "paper", paper.pk, [paper.kind])
    return paper.value


def keep_until(paper, *, by, day: date) -> bool:
    """Another day for it to go. Raises Refused for one that is over, or too far."""
    _owners_only(by)
    if not timezone.localdate() <= day <= last_day(paper.onboarding):
        raise Refused(_("Choose a day from today on, at most 90 days after the first day."))
    with transaction.atomic():
        rows = Paper.objects.filter(pk=paper.pk).exclude(delete_on=day)
        if changed := rows.update(delete_on=day):
            _record("paper.until_set", paper.company_id, by, "paper", paper.pk, ["delete_on"])
    return bool(changed)


def erase(paper, *, by) -> bool:
    """Gone for good; there is no taking back. False when it was gone. By an owner, or the person."""
    if by.pk != paper.onboarding.hire_id:
        _owners_only(by)
    with transaction.atomic():
        return bool(_erased([paper.pk], paper.company_id, by))


def usual_day(onboarding) -> date:
    return _from(onboarding) + USUAL


def last_day(onboarding) -> date:
    return _from(onboarding) + LONGEST


def _from(onboarding) -> date:
    return max(onboarding.start_date, timezone.localdate())


# -- the end of it


def forget() -> int:
    """Numbers whose day is over, and those of people who have left; how many. The minutes of an Undo are waited for."""
    before = timezone.now() - timedelta(minutes=settings.UNDO_MINUTES)
    left = Q(onboarding__hire__removed_at__lte=before) | Q(onboarding__cancelled_at__lte=before)
    gone = 0
    with transaction.atomic():
        rows = Paper.objects.filter(left | Q(delete_on__lt=timezone.localdate())).order_by("pk")
        for pk, company in list(rows.values_list("pk", "company")):
            gone += _erased([pk], company, None)
    return gone


def _erased(numbers, company_id, by) -> int:
    deleted, _each = Paper.objects.filter(pk__in=numbers).delete()
    if deleted:
        trail.record_many(
            "paper.erased",
            company_id=company_id,
            actor_id=by.user_id if by else None,
            kind="paper",
            pks=numbers,
        )
    return deleted


# -- what a page shows


@dataclass(frozen=True)
class Line:
    kind: PaperKind
    step: Step | None
    paper: Paper | None
    note: str

    @property
    def label(self) -> str:
        return str(self.kind.label)


def lines(onboarding) -> list[Line]:
    """Bank, identity and tax of one person, each with its step and what is kept. Two queries."""
    found = onboarding.steps.filter(key__in=STEPS.values()).select_related("completed_by").order_by("-pk")
    by_key = {step.key: step for step in found}
    kept = {paper.kind: paper for paper in onboarding.papers.select_related("entered_by").order_by("pk")}
    country = onboarding.company.country
    return [
        Line(kind, by_key.get(STEPS[kind]), kept.get(kind), country_items.note(country, kind))
        for kind in PaperKind
    ]


def _owners_only(by) -> None:
    if by.role != Role.OWNER:
        raise PermissionDenied


def _record(action, company_id, by, kind, pk, fields=()) -> None:
    trail.record(action, company_id=company_id, actor_id=by.user_id, kind=kind, pk=pk, fields=fields)
