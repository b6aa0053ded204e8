"""Refusals whose letter has not left: read once more, taken back, given another reason, or told by phone instead."""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hiring import letters, locking, pipeline
from hiring.models import Application, How, Outcome, StageMove, Told
from hiring.refusals import BY_MAIL, next_morning
from mailroom.models import Mail
from vault.work import State


def letters_of(job):
    """The letters that wait, by when they leave. One query, with the company's own applications only."""
    people = Application.objects.for_company(job.company_id).filter(job=job, outcome=Outcome.NOT_SELECTED)
    rows = Mail.objects.filter(
        company=job.company_id, about_kind="application", about_id__in=people.values("pk")
    )
    return rows.filter(message=letters.REFUSAL, state=State.WAITING).order_by("due_at", "pk")


@transaction.atomic
def back(application, *, by, expected) -> None:
    """In the running again; the letter does not leave. Raises Stale, and Refused when it has left."""
    application = _held(application, expected)
    pipeline.take_up(application, by=by, expected=expected, reason="mistake", how=How.PAGE)


@transaction.atomic
def again(application, *, by, expected, reason=None, by_phone=False) -> StageMove:
    """The same refusal for another reason, or told by phone: the first is taken back and the second stands beside it.

    Raises Stale, and Refused when the letter has left.
    """
    application = _held(application, expected)
    told, was = application.told, application.reason
    text = application.moves.order_by("-pk").values_list("text", flat=True).first() if by_phone else ""
    pipeline.take_up(application, by=by, expected=expected, reason="mistake", how=How.PAGE)
    return pipeline.not_select(
        application,
        by=by,
        expected=application.stage,
        reason=reason or was,
        tell=Told.PHONE if by_phone else told,
        how=How.PAGE,
        text=text,
    )


def _held(application, expected) -> Application:
    """Stops the letter, or finds that a worker was faster."""
    _job, application = locking.lock(application)
    if application.standing != expected:
        raise pipeline.Stale(application)
    about = ("application", application.pk)
    if application.told not in BY_MAIL or not letters.hold_back(about, letters.REFUSAL):
        raise pipeline.Refused(_("The message has left by now."))
    return application


# -- when they leave


def leaves(company, when=None) -> str:
    """Until when one can change one's mind, in words; `when` is the next working day at 9:00 unless said."""
    when = when or next_morning(company)
    when = when.astimezone(ZoneInfo(company.timezone))
    if (when.date() - localdate(timezone=when.tzinfo)).days == 1:
        return _("Message leaves tomorrow at 9:00, you can change your mind until then.")
    said = _("Message leaves on %(day)s at 9:00, you can change your mind until then.")
    return said % {"day": date_format(when, "l")}
