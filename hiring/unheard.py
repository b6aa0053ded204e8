"""On the home page: jobs that are over, or whose day to apply by is, and how many people have not heard there."""

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.panels import Panel
from hiring.models import Application, JobStatus

SHOWN = 3
RUNNING = {JobStatus.OPEN, JobStatus.PAUSED}


def panels(membership, jobs) -> list[Panel]:
    """One query, and only where there is such a job. `jobs` are those this member sees."""
    for job in jobs:
        job.company = membership.company  # its zone says when a day ends
    asking = [job for job in jobs if job.is_over or (job.status in RUNNING and job.day_is_over)]
    counts = _counts(membership, asking) if asking else {}
    lines = [_line(job, counts[job.pk]) for job in asking if job.pk in counts]
    return [Panel(22, "hiring/_panel_unheard.html", {"lines": lines[:SHOWN]})] if lines else []


def _counts(membership, jobs) -> dict[int, int]:
    rows = (
        Application.objects.for_company(membership.company_id).not_told().filter(job__in=jobs, is_test=False)
    )
    return dict(rows.order_by().values_list("job").annotate(n=Count("pk")))


def _line(job, n) -> dict:
    return _over(job, n) if job.is_over else _day_passed(job, n)


def _over(job, n) -> dict:
    text = ngettext(
        "%(job)s is over. %(n)d person has not heard.", "%(job)s is over. %(n)d people have not heard.", n
    )
    return {
        "text": text % {"job": job.title, "n": n},
        "url": reverse("hiring:unheard", args=[job.pk]),
        "action": _("Tell them"),
    }


def _day_passed(job, n) -> dict:
    text = ngettext(
        "%(job)s: the day to apply by has passed. %(n)d person has not heard.",
        "%(job)s: the day to apply by has passed. %(n)d people have not heard.",
        n,
    )
    return {
        "text": text % {"job": job.title, "n": n},
        "url": reverse("hiring:job", args=[job.pk]),
        "action": _("Decide what comes next"),
    }
