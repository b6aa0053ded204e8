"""The applicant is asked whom we may ask about them: names them, agrees for each, corrects it, takes it back."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from hiring import consents, reference_letters, reference_telling
from hiring.judging import locked
from hiring.models import Application, Consent, Referee, RefereesAsked, WrittenReference
from hiring.models.consents import Purpose
from hiring.models.references import AgreedHow
from hiring.pipeline import Refused
from hiring.referees import is_used
from mailroom import outbox
from vault import links, trail

MOST = 4
WHAT = "askref"  # in marks of Undo


# -- what the shop does


@transaction.atomic
def ask(application, *, by) -> RefereesAsked:
    """A mail with a link leaves in ten minutes. Raises Refused without an address, out of the running, or twice."""
    row = _running(application)
    if not row.email:
        raise Refused(_("There is no e-mail address to write to. Ask them on the phone."))
    if outbox.state(about=("application", row.pk), message=reference_letters.NAMES) == "waiting":
        raise Refused(_("They are asked already: the mail is on its way."))
    asked = RefereesAsked.objects.filter(application=row).first()
    before = asked and {"asked_at": asked.asked_at.isoformat(), "by_id": asked.by_id}
    asked = asked or RefereesAsked(company_id=row.company_id, application=row)
    asked.by, asked.asked_at, asked.application = by, timezone.now(), row
    asked.save()
    reference_letters.ask_for_names(asked, by)
    undoing.remember(row, WHAT, {"before": before}, by=by)
    row.save(update_fields=undoing.FIELDS)
    _trail("reference.names_asked", row, by=by)
    return asked


def _running(application) -> Application:
    row = locked(application)
    row.job = application.job
    if not row.is_active:
        raise Refused(_("This person is out of the running."))
    return row


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The mail does not leave, and its link is dead. Raises undoing.Refused, and Gone where they have answered."""
    row = locked(application)
    before = undoing.take(row, mark, by=by).values["before"]
    asked = RefereesAsked.objects.filter(application=row).first()
    if asked is None or asked.answered_at:
        raise undoing.Gone(_("They have answered meanwhile. Nothing was changed."))
    if before is None:
        asked.delete()
        links.revoke(purpose=reference_letters.REFEREES, subject=("application", row.pk))
    else:
        RefereesAsked.objects.filter(pk=asked.pk).update(**before)
    outbox.cancel(about=("application", row.pk), message=reference_letters.NAMES)
    row.save(update_fields=undoing.FIELDS)
    _trail("reference.names_not_asked", row, by=by)


# -- what the applicant does


@dataclass(frozen=True)
class Row:
    """One line of their page: `pk` of a referee who is there, `values` of the fields, `ok` the tick."""

    pk: int | None
    values: dict
    ok: bool


class Over(Exception):
    """Out of the running: nobody is asked any more."""


@transaction.atomic
def keep(application, rows: list[Row], *, seen: int) -> RefereesAsked:
    """Writes what they typed: a line without a name goes; somebody who was asked stays, and only the tick counts.

    Raises Over and conflicts.Changed.
    """
    row = locked(application)
    row.job = application.job
    asked = RefereesAsked.objects.filter(application=row).first()
    if not row.is_active or asked is None:
        raise Over
    conflicts.check(asked, seen)
    there = {referee.pk: referee for referee in shown(row)}
    for line in rows:
        _keep(row, there.get(line.pk), line)
    _consent(row, any(referee.may_be_asked for referee in shown(row)))
    asked.answered_at, asked.revision = timezone.now(), asked.revision + 1
    asked.save()
    _trail("reference.named", row, by_link="referees")
    reference_telling.named(row)
    return asked


def shown(application) -> list[Referee]:
    """Whom their page shows: also those whom the shop wrote down, so that nobody is asked behind their back."""
    return list(application.referees.filter(forgotten_at=None).order_by("pk"))


def _keep(application, referee, line) -> None:
    if referee is None:
        if line.values.get("name") and line.pk is None:
            owned = {"company_id": application.company_id, "application": application}
            _tick(Referee(**owned, named_by_link=True, **line.values), line.ok)
        return
    if not is_used(referee):
        if not line.values.get("name"):
            referee.delete()
            return
        for name, value in line.values.items():
            setattr(referee, name, value)
    _tick(referee, line.ok)


def _tick(referee, ok) -> None:
    """A tick that was there stays as it was, with its day."""
    if ok and not referee.may_be_asked:
        referee.agreed_at, referee.agreed_how, referee.agreed_by = timezone.now(), AgreedHow.LINK, None
        referee.withdrawn_at = None
    elif not ok and referee.may_be_asked:
        referee.withdrawn_at = timezone.now()
    referee.save()
    if not ok:
        _stop(referee)


def _stop(referee):
    """Whoever may not be asked any more is not waited for."""
    for written in WrittenReference.objects.filter(referee=referee, reply="", cancelled_at=None):
        reference_letters.stop(written)
        WrittenReference.objects.filter(pk=written.pk).update(
            cancelled_at=timezone.now(), undoable={}, undo_until=None
        )


def _consent(application, stands):
    """The words they ticked are kept as they stood there."""
    if stands:
        consents.give(application, [Purpose.REFEREES])
        return
    rows = Consent.objects.filter(application=application, purpose=Purpose.REFEREES, withdrawn_at=None)
    rows.update(withdrawn_at=timezone.now())


@transaction.atomic
def withdraw(application, *, by_link="status") -> bool:
    """Nobody is asked about this person any more, whatever the application. Once is enough."""
    changed = consents.take_back(application, Purpose.REFEREES, by_link=by_link)
    people = Application.objects.filter(candidate=application.candidate_id).values("pk")
    agreed = Referee.objects.filter(application__in=people, withdrawn_at=None).exclude(agreed_at=None)
    for referee in agreed.order_by("pk"):
        changed = True
        _tick(referee, ok=False)
    return changed


def _trail(action, row, *, by=None, **more):
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=row.pk,
        **more,
    )
