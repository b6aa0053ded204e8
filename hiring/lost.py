"""Mails about somebody that never arrived: shown at the person, where whoever works with them looks."""

from accounts.models import Role
from hiring.models import Application, Interview, Message, Offer, WorkSample
from mailroom import outbox


def about_person(application) -> list:
    """Mails about the application, its offers, interviews, work samples and letters that never arrived. One query."""
    return outbox.troubles(
        application=[application.pk],
        offer=Offer.objects.filter(application=application).values("pk"),
        interview=Interview.objects.filter(application=application).values("pk"),
        sample=WorkSample.objects.filter(application=application).values("pk"),
        message=Message.objects.filter(application=application).values("pk"),
    )


def about_job(job) -> dict:
    """{application's number: its last mail that never arrived}, for everybody who applied. One query."""
    people = Application.objects.filter(job=job).values("pk")
    return {mail.about_id: mail for mail in outbox.troubles(application=people)}


def refused_unheard(job, mails) -> list:
    """Those whose refusal is among `mails`: they were told, and do not know. The rows carry `lost`."""
    pks = [pk for pk, mail in mails.items() if mail.message == "not_selected"]
    rows = list(Application.objects.filter(pk__in=pks[:100], told__in=["mail", "morning"]).order_by("pk"))
    return with_mails(rows, job, mails)


def with_mails(rows, job, mails) -> list:
    """The rows with their job and, as `lost`, the mail that never arrived or None."""
    for row in rows:
        row.job, row.lost = job, mails.get(row.pk)
    return rows


def may_retry(membership) -> bool:
    """The outbox is open to owners alone."""
    return membership.role == Role.OWNER
