"""What waits to be looked at, of everybody, the oldest first: drafts and samples, and the plan's practice replies."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from onboarding.kinds import Kind, State
from onboarding.models import Draft, Step
from onboarding.reply_kinds import Purpose, Situation

MOST = 100


@dataclass(frozen=True)
class Waiting:
    key: tuple[str, int]
    url: str
    person: object  # the membership of who wrote it
    what: str
    kind: str
    at: datetime


def waiting(membership) -> list[Waiting]:
    """Two queries, whatever their number."""
    found = [_of_draft(row) for row in _drafts(membership)] + [_of_step(row) for row in _steps(membership)]
    return sorted(found, key=lambda each: (each.at, each.key))[:MOST]


def _drafts(membership):
    rows = Draft.objects.for_company(membership.company_id).visible_to(membership).waiting()
    others = rows.exclude(onboarding__hire=membership).select_related("onboarding__hire")
    return others.order_by("given_at", "pk")[:MOST]


def _steps(membership):
    rows = Step.objects.for_company(membership.company_id).visible_to(membership).running()
    given = rows.filter(kind=Kind.REPLY, state=State.SUBMITTED).exclude(onboarding__hire=membership)
    return given.select_related("onboarding__hire").order_by("given_at", "pk")[:MOST]


def _of_draft(row) -> Waiting:
    return Waiting(
        ("draft", row.pk),
        reverse("onboarding:reply", args=[row.pk]),
        row.onboarding.hire,
        Situation(row.situation).label,
        Purpose(row.purpose).label,
        row.given_at,
    )


def _of_step(row) -> Waiting:
    url = reverse("onboarding:step", args=[row.pk])
    return Waiting(
        ("step", row.pk), url, row.onboarding.hire, row.label, Purpose.PRACTICE.label, row.given_at
    )


def beside(items, key) -> tuple[Waiting | None, Waiting | None]:
    """(the one before, the one after) in the queue; from the end it goes on at the beginning."""
    keys = [item.key for item in items]
    if key not in keys:
        return None, items[0] if items else None
    place, others = keys.index(key), len(keys) > 1
    return (items[place - 1], items[(place + 1) % len(items)]) if others else (None, None)
