"""A hire did not work out: whoever came far and agreed to be kept is asked again, with one tap each."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import undoing
from hiring import outward, pool, refusals
from hiring.applying import responsible
from hiring.locking import lock
from hiring.models import Application, Outcome, Stage
from mailroom import outbox
from mailroom.models import Mail
from vault import trail
from vault.work import State

MESSAGE = "finalist_again"
LATE = (Stage.REFERENCES, Stage.OFFER)
Refused = pool.Refused


def agreed(job):
    """Those of this job who came to references or an offer and may be written to: the latest first.

    Whoever was hired and did not start is not asked again this way.
    """
    rows = Application.objects.filter(job=job, stage__in=LATE).exclude(outcome=Outcome.ACTIVE)
    return pool.people(rows).exclude(moves__from_stage=Stage.HIRED).order_by("-ended_at", "pk")


def shown(job) -> list[Application]:
    """The same with `asked`: the mail that asks each of them, None before. Two queries."""
    rows = list(agreed(job).select_related("job"))
    numbers = [row.pk for row in rows]
    mails = Mail.objects.filter(message=MESSAGE, about_kind="application", about_id__in=numbers)
    latest = {mail.about_id: mail for mail in mails.exclude(state=State.CANCELLED).order_by("pk")}
    for row in rows:
        row.asked = latest.get(row.pk)
    return rows


@transaction.atomic
def ask(application, *, by) -> None:
    """Asks in ten minutes whether they are still interested. Raises Refused; asked twice is asked once."""
    job, row = lock(application)
    if job.is_over:
        raise Refused(_("This job is over. Open it again first."))
    if not agreed(job).filter(pk=row.pk).exists():
        raise Refused(_("This person did not agree to be asked, or is in the running already."))
    if not row.email:
        raise Refused(_("There is no e-mail address to write to."))
    if row.outcome == Outcome.NOT_SELECTED and not refusals.has_heard(row):
        raise Refused(_("This person has not heard of your last decision yet. Tell them first."))
    outbox.post(
        message=MESSAGE,
        to=row.email,
        company=job.company,
        about=("application", row.pk),
        language=row.language,
        context={"name": row.name, "job_title": job.title, "sender": outward.name(by, job.company)},
        not_before=outbox.soon(),
        key=f"{MESSAGE}:{row.pk}:{row.moves.order_by('-pk').values_list('pk', flat=True).first()}",
        reply_to=responsible(job),
    )
    _trail("application.asked_again", row, by)


@transaction.atomic
def take_back(application, *, by) -> None:
    """Before the mail has left. Raises undoing.Gone."""
    _job, row = lock(application)
    if not outbox.cancel(about=("application", row.pk), message=MESSAGE):
        raise undoing.Gone(_("The mail has left, or it was taken back already. Nothing was changed."))
    _trail("application.asking_taken_back", row, by)


def _trail(action, row, by):
    trail.record(action, company_id=row.company_id, actor_id=by.user_id, kind="application", pk=row.pk)
