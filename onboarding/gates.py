"""Gates: what was seen so far is shown and nothing is suggested; a person signs, and that is kept."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from onboarding import autonomy, drafts, steps
from onboarding.kinds import Kind, State
from onboarding.models import GateSigning
from onboarding.reply_kinds import Level
from vault import trail

RAISES = {"gate_2": Level.SAMPLED}


def sign(step, *, by, note="") -> GateSigning:
    """Passed, by this person at this moment, with what was seen then. Gate 2 raises the freedom, too.

    Raises steps.Refused for a step that is no gate, steps.Stale when somebody has signed before.
    """
    check(step, by)
    note = " ".join(note.split())[:1000]
    with transaction.atomic():
        if not steps.pass_gate(step, by=by):
            raise steps.Stale
        seen = asdict(drafts.evidence(step.onboarding))
        row = GateSigning.objects.create(
            company_id=step.company_id, step=step, name=by.name, note=note, seen=seen, by=by
        )
        if level := RAISES.get(step.key):
            row.change = autonomy.raise_to(step.onboarding, level, by=by, reason=note or step.label)
            row.save(update_fields=["change"])
        _record("signed", step, by)
    return row


def take_back(step, *, by) -> None:
    """The last signature, within ten minutes, with the freedom it gave. Raises undoing.Refused."""
    check(step, by)
    row = signature(step)
    if row is None or step.state != State.DONE:
        raise undoing.Gone(_("This was taken back already."))
    undoing.check(by, row.by_id, row.at)
    with transaction.atomic():
        if not steps.reopen_gate(step, by=by):
            raise undoing.Gone(_("This was taken back already."))
        GateSigning.objects.filter(pk=row.pk).update(taken_back_at=timezone.now())
        if row.change and row.change.taken_back_at is None:
            row.change.onboarding = step.onboarding
            autonomy.take_back(row.change, by=by)
        _record("taken_back", step, by)


def signature(step) -> GateSigning | None:
    rows = step.signings.filter(taken_back_at=None).select_related("by", "change")
    return rows.order_by("-pk").first()


def check(step, by) -> None:
    if by.company_id != step.company_id or not steps.leads(by, step.onboarding):
        raise PermissionDenied
    if step.kind != Kind.GATE:
        raise steps.Refused(_("This step is no gate."))


def _record(action, step, by) -> None:
    trail.record(
        f"gate.{action}",
        company_id=step.company_id,
        actor_id=by.user_id,
        kind="step",
        pk=step.pk,
        fields=["state"],
    )
