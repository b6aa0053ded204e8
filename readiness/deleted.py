"""Answers, imports and bridge plans that can be deleted, put back for 14 days, and go for good."""

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from accounts import deleting
from accounts.deleting import Kind, Refused
from readiness import bridge_mail, counting, words
from readiness.models import Assessment, BridgePlan, TicketImport
from vault import store, trail


@transaction.atomic
def delete(row, *, by) -> None:
    """An answer, an import or a plan. Without an import the latest answers are computed again."""
    rows = type(row).objects.filter(pk=row.pk)
    _lock(row)
    deleting.stamp(row, by=by)
    if not rows.update(deleted_at=row.deleted_at, deleted_by=by):
        return
    _record("deleted", row, by)
    _recompute(row, by)


def put_back(row, *, by) -> None:
    """Raises Refused when the same file was imported again, or another plan of the kind begun meanwhile."""
    rows = type(row).everything.filter(pk=row.pk).exclude(deleted_at=None)
    try:
        with transaction.atomic():
            _lock(row)
            if rows.update(deleted_at=None, deleted_by=None):
                _record("put_back", row, by)
                _recompute(row, by)
    except IntegrityError:
        raise Refused(_refusal(row)) from None


def _refusal(row) -> str:
    if isinstance(row, BridgePlan):
        return _("Another plan of this kind was begun meanwhile.")
    return _("This file was imported again meanwhile.")


def purge(row) -> None:
    """For good, with the file of an import that was deleted before it was counted."""
    stored = getattr(row, "file", None)
    with transaction.atomic():
        row.delete()
        if stored is not None:
            store.delete(stored)


def _recompute(row, by):
    if isinstance(row, TicketImport):
        counting.refresh(row.company, row.kind, by=by.user)
    if isinstance(row, BridgePlan):
        _remind(row, by)


def _remind(plan, by):
    """A deleted plan reminds nobody."""
    if BridgePlan.objects.filter(pk=plan.pk).exists():
        bridge_mail.remind(plan, by=by)
    else:
        bridge_mail.stop(plan)


def _lock(row):
    """The company before its import: what all files say together is computed anew below."""
    if isinstance(row, TicketImport):
        counting.lock(row.company)


def _visible(rows, membership):
    return rows.visible_to(membership)


def _answered(row) -> str:
    return f"{words.headline(row.result)} · {date_format(row.created_at, 'SHORT_DATE_FORMAT')}"


KINDS = (
    Kind(
        code="answer",
        name=_l("Answer of the check"),
        rows=lambda: Assessment.everything.exclude(deleted_at=None),
        label=_answered,
        put_back=put_back,
        purge=purge,
        may=_visible,
    ),
    Kind(
        code="import",
        name=_l("Import"),
        rows=lambda: TicketImport.everything.exclude(deleted_at=None).select_related("company"),
        label=lambda row: row.name,
        put_back=put_back,
        purge=purge,
        may=_visible,
    ),
    Kind(
        code="bridge",
        name=_l("Bridge plan"),
        rows=lambda: BridgePlan.everything.exclude(deleted_at=None).select_related("company"),
        label=str,
        put_back=put_back,
        purge=purge,
        may=_visible,
    ),
)


def for_member(membership) -> list[deleting.Line]:
    return deleting.lines(KINDS, membership) if membership.is_boss else []


def _record(verb, row, by):
    kind = {TicketImport: "import", BridgePlan: "bridge"}.get(type(row), "readiness")
    trail.record(
        f"{kind}.{verb}",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind=type(row).__name__.lower(),
        pk=row.pk,
    )
