"""The mails of a work sample: written with a link, stopped when its application ends, sent after all if it goes on."""

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from accounts.addresses import absolute
from hiring import message_templates, outward, samples
from hiring.models import WorkSample
from mailroom import outbox
from vault import links

SAMPLE, REMINDER = "work_sample", "work_sample_reminder"
LINK_DAYS = 60  # outlives the sample: the page says that its day is over


def write(sample, message, by, *, not_before=None) -> None:
    """One mail for each last day: a sample that was given more time is told of again."""
    application, job = sample.application, sample.job
    url, sender = address(sample), outward.name(by, job.company)
    outbox.post(
        message=message,
        to=application.email,
        company=job.company,
        about=("sample", sample.pk),
        language=application.language,
        context={
            "name": application.name,
            "job_title": job.title,
            "minutes": samples.MINUTES,
            "until": sample.expires_at,
            "relaxed": sample.relaxed,
            "url": url,
            "sender": sender,
        },
        not_before=not_before,
        key=f"{message}-{sample.pk}-{sample.expires_at:%Y%m%d}",
        reply_to=(by.name, by.email) if by and by.removed_at is None else None,
        own=_own(sample, message, sender, url),
    )


def _own(sample, message, sender, url):
    """The shop's words stand for the first mail; whoever has all the time they need reads ours, which say so."""
    if message != SAMPLE or sample.relaxed:
        return None
    with translation.override(sample.application.language):
        until = date_format(timezone.localtime(sample.expires_at), "DATE_FORMAT")
    more = {"link": url, "until": until}
    return message_templates.own("work_sample", sample.application, sender=sender, more=more)


def address(sample) -> str:
    """A new link to the sample's page; older ones go on working."""
    days = (sample.expires_at - timezone.now()).days + LINK_DAYS
    token = links.mint(
        purpose="sample", subject=("sample", sample.pk), company_id=sample.company_id, days=max(days, 1)
    )
    return absolute(reverse("hiring_links:sample", args=[token]))


def stop(sample) -> None:
    """Nothing that has not left leaves."""
    for message in (SAMPLE, REMINDER):
        outbox.cancel(about=("sample", sample.pk), message=message)


def again(sample) -> None:
    """What was stopped leaves after all: the mail in ten minutes, the reminder when its time comes."""
    if outbox.state(about=("sample", sample.pk), message=SAMPLE) == "cancelled":
        write(sample, SAMPLE, sample.sent_by, not_before=outbox.soon())
    if outbox.state(about=("sample", sample.pk), message=REMINDER) == "cancelled":
        sample.reminded_at = None
        sample.save(update_fields=["reminded_at"])


# -- with the application, whose row the caller has locked


def stop_of(application) -> None:
    """Whoever is out of the running gets no mail about a sample that nobody will read."""
    for sample in _open(application):
        stop(sample)


def again_of(application) -> None:
    """Back in the running: what is still to be written is asked for as before."""
    for sample in _open(application):
        sample.application, sample.job = application, application.job
        if sample.is_open and application.email:
            again(sample)


def _open(application):
    rows = WorkSample.objects.filter(application=application, finished_at=None).standing()
    return list(rows.select_related("sent_by").order_by("pk"))
