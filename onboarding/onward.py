"""When the first weeks are over: settled, goals open, and where before and after stand side by side."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from onboarding import steps
from onboarding.kinds import NOT_ASKED, State
from onboarding.models import Onward
from vault import trail

DONE, SETTLED, EARLY = "done", "settled", "early"
SETTLING, OPENING = "settled", "goals"


class Refused(Exception):
    """Not this way; the sentence says why."""


@dataclass(frozen=True)
class Opening:
    """May goals be set? `how`: the steps are done, a manager says settled, or opened early; `left`: steps to do."""

    how: str
    left: int
    row: Onward

    @property
    def open(self) -> bool:
        return self.how != ""

    @property
    def over(self) -> bool:
        """Are the first weeks over?"""
        return self.how in {DONE, SETTLED}


def opening(onboarding) -> Opening:
    row = of(onboarding)
    left = _left(onboarding)
    how = SETTLED if row.settled_at else DONE if left == 0 else EARLY if row.goals_at else ""
    return Opening(how, left, row)


def of(onboarding) -> Onward:
    """What was said so far; a new row that is not saved where nothing was."""
    found = Onward.objects.filter(onboarding=onboarding).select_related("settled_by", "goals_by").first()
    return found or Onward(company_id=onboarding.company_id, onboarding=onboarding)


def _left(onboarding) -> int:
    return onboarding.steps.filter(required=True).exclude(state__in=[State.DONE, *NOT_ASKED]).count()


def settle(onboarding, *, by) -> bool:
    """The first weeks are over, says whoever leads; steps that are open stay open. False when it was said before."""
    with transaction.atomic():
        row = _locked(onboarding, by)
        if row.settled_at:
            return False
        undoing.remember(row, SETTLING, {"settled_at": None, "settled_by_id": None}, by=by)
        row.settled_at, row.settled_by = timezone.now(), by
        _save(row, "settled", by, ["settled_at", "settled_by"])
    return True


def open_goals(onboarding, *, by, reason) -> bool:
    """Goals before the plan is done, with a reason. False when they are open."""
    reason = " ".join(reason.split())[:300]
    if not reason:
        raise Refused(_("Say why in a few words."))
    with transaction.atomic():
        row = _locked(onboarding, by)
        if row.goals_at:
            return False
        before = {"goals_at": None, "goals_by_id": None, "goals_reason": ""}
        undoing.remember(row, OPENING, before, by=by)
        row.goals_at, row.goals_by, row.goals_reason = timezone.now(), by, reason
        _save(row, "goals_opened", by, ["goals_at", "goals_by", "goals_reason"])
    return True


def take_back(onboarding, mark: str, *, by) -> None:
    """Settled, or goals opened early. What was set meanwhile stays. Raises undoing.Refused."""
    with transaction.atomic():
        row = _locked(onboarding, by)
        taken = undoing.take(row, mark, by=by)
        for name, value in taken.values.items():
            setattr(row, name, value)
        _save(row, "taken_back", by, [name.removesuffix("_id") for name in taken.values])


def _save(row, verb, by, fields) -> None:
    row.save(update_fields=[*fields, *undoing.FIELDS])
    trail.record(
        f"onboarding.{verb}",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="onboarding",
        pk=row.onboarding_id,
        fields=fields,
    )


def _locked(onboarding, by) -> Onward:
    if not steps.leads(by, onboarding):
        raise PermissionDenied
    Onward.objects.get_or_create(onboarding=onboarding, defaults={"company_id": onboarding.company_id})
    rows = Onward.objects.select_for_update(no_key=True, of=("self",))
    return rows.get(onboarding=onboarding)


def leads_to(onboarding, *, after_url) -> None:
    """Where before and after stand side by side; an address of this product, from whoever opened the plan."""
    if after_url:
        values = {"company_id": onboarding.company_id, "after_url": after_url}
        Onward.objects.update_or_create(onboarding=onboarding, defaults=values)
