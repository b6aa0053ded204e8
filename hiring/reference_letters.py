"""Mails about references: whom may we ask, would you answer, and one reminder. Stopped where nobody may be asked."""

from django.urls import reverse

from accounts.addresses import absolute
from hiring import outward
from hiring.models import Referee, WrittenReference
from mailroom import lost, outbox
from mailroom.models import Mail
from vault import links
from vault.work import State

ASK, REMINDER, NAMES = "reference_ask", "reference_reminder", "referees_ask"
REFEREES, REFERENCE = "referees", "reference"  # purposes of the links
LINK_DAYS = 60  # outlives the question: the page says that its day is over


def names_address(application) -> str:
    """A new link to where the applicant names referees; older ones go on working."""
    subject = ("application", application.pk)
    token = links.mint(purpose=REFEREES, subject=subject, company_id=application.company_id, days=LINK_DAYS)
    return absolute(reverse("hiring_links:referees", args=[token]))


def ask_for_names(asked, by) -> None:
    application = asked.application
    outbox.post(
        message=NAMES,
        to=application.email,
        company=application.job.company,
        about=("application", application.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": application.job.title,
            "url": names_address(application),
            "sender": _sender(by, application),
        },
        not_before=outbox.soon(),
        key=f"{NAMES}-{asked.pk}-{asked.asked_at:%Y%m%d%H%M%S}",
        reply_to=_reply_to(by),
    )


def address(written) -> str:
    """A new link to the referee's page; older ones go on working."""
    subject = ("reference", written.pk)
    token = links.mint(purpose=REFERENCE, subject=subject, company_id=written.company_id, days=LINK_DAYS)
    return absolute(reverse("hiring_links:reference", args=[token]))


def write(written, message, by, *, not_before=None, key="") -> None:
    application, referee = written.application, written.referee
    outbox.post(
        message=message,
        to=referee.email,
        company=application.job.company,
        about=("reference", written.pk),
        language=written.language,
        context={
            "name": referee.name,
            "candidate": application.name,
            "job_title": application.job.title,
            "until": written.expires_at,
            "url": address(written),
            "sender": _sender(by, application),
        },
        not_before=not_before,
        key=key or f"{message}-{written.pk}",
        reply_to=_reply_to(by),
    )


def _sender(by, application) -> str:
    return outward.name(by, application.job.company)


def _reply_to(by):
    return (by.name, by.email) if by and by.removed_at is None else None


def stop(written) -> None:
    """Nothing that has not left leaves."""
    for message in (ASK, REMINDER):
        outbox.cancel(about=("reference", written.pk), message=message)


def forget(referee) -> None:
    """The mails to somebody who wants to be forgotten go, but for one that a worker is sending this moment."""
    pks = WrittenReference.objects.filter(referee=referee).values("pk")
    mails = Mail.objects.filter(about_kind="reference", about_id__in=pks)
    mails.exclude(state=State.RUNNING).delete()


# -- with the application, whose row the caller has locked


def stop_of(application) -> None:
    """Nobody is asked about somebody who is out of the running."""
    outbox.cancel(about=("application", application.pk), message=NAMES)
    for written in _waiting(application):
        stop(written)


def again_of(application) -> None:
    """Back in the running: what was stopped leaves after all."""
    for written in _waiting(application):
        stopped = outbox.state(about=("reference", written.pk), message=ASK) == "cancelled"
        if stopped and written.is_open and written.referee.may_be_asked:
            written.application = application
            write(written, ASK, written.sent_by, not_before=outbox.soon())


def _waiting(application):
    rows = WrittenReference.objects.filter(application=application, reply="", cancelled_at=None)
    return list(rows.select_related("referee", "sent_by").order_by("pk"))


# -- lost links


def again_to(email: str) -> None:
    """mailroom.lost: whoever was asked with this address and has not answered, once an hour."""
    rows = WrittenReference.objects.filter(
        reply="", cancelled_at=None, application__erased_at=None, application__deleted_at=None
    )
    rows = rows.filter(referee__in=Referee.objects.filter(email__iexact=email, withdrawn_at=None))
    for written in rows.select_related("referee", "application__job__company", "sent_by").order_by("pk")[:5]:
        if written.is_open and written.application.is_active:
            key = f"reference_again-{written.pk}-{lost.this_hour()}"
            if not outbox.exists(company=written.application.job.company, key=key):
                write(written, ASK, written.sent_by, key=key)
