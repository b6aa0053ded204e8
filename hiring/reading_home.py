"""The pile on the home page: how much there is to read, where one stopped, and how long one usually takes."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring import reading_times
from hiring.filtering import CAP, count_text
from hiring.models import ReadingHabit, ReadingTime

SECONDS_EACH = 90  # what reading one application takes somebody with practice


def columns(membership) -> dict:
    """Laid onto the jobs that the home page fetches anyway."""
    mine = ReadingTime.objects.filter(job=OuterRef("pk"), by=membership)
    habit = ReadingHabit.objects.filter(member=membership)
    return {"begun": Exists(mine), "pace": Subquery(habit.values("pace")[:1])}


def line(unread: list[int], jobs) -> dict:
    """`unread` are the numbers of the jobs of what is unread, oldest first; `jobs` have the `columns`."""
    n = len(unread)
    job = next((job for job in jobs if unread and job.pk == unread[0]), None)
    whole = job is not None and set(unread) == {job.pk} and n <= CAP
    pace = jobs[0].pace if jobs else None
    return {
        "unread_text": _of(n, job.last_number) if whole and n < job.last_number else _unread(n),
        "unread_minutes": _last_time(pace) if pace else _minutes(n),
        "go_on": _go_on(job.last_number - n + 1, job.last_number) if whole and job.begun else "",
    }


def _unread(n) -> str:
    return ngettext("%(n)s application to read", "%(n)s applications to read", n) % {"n": count_text(n)}


def _of(n, total) -> str:
    words = {"n": f"{n:,}", "total": f"{total:,}"}
    return (
        ngettext("%(n)s of %(total)s application to read", "%(n)s of %(total)s applications to read", total)
        % words
    )


def _last_time(pace) -> str:
    return ngettext(
        "Last time you took about %(n)s second each.", "Last time you took about %(n)s seconds each.", pace
    ) % {"n": _round(pace)}


def _round(pace) -> int:
    """To the nearest ten from half a minute on: nobody is timed by the second."""
    return pace if pace < 30 else round(pace / 10) * 10


def _minutes(n) -> str:
    minutes = reading_times.minutes_left(n, SECONDS_EACH)
    return ngettext("About %(n)s minute.", "About %(n)s minutes.", minutes) % {"n": f"{minutes:,}"}


def _go_on(nth, total) -> str:
    return _("Go on at %(nth)s of %(total)s") % {"nth": f"{nth:,}", "total": f"{total:,}"}
