"""What of hiring waits for a member, on the home page."""

from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import Role
from accounts.panels import Panel
from hiring.models import Application, Assignment, Interview, Job, JobStatus, Scorecard, Stage
from hiring.views.board import CAP, count_text
from readiness import result

SHOWN = 5
SECONDS_EACH = 90  # what reading one application takes somebody with practice


def for_member(membership) -> list[Panel]:
    """Applications to read and people whose next step is due; for interviewers the cards they owe."""
    if membership.role == Role.INTERVIEWER:
        return _interviewer(membership)
    return _path(membership) + _boss(membership) if membership.is_boss else []


def _path(membership) -> list[Panel]:
    """Step two, where it is the next one: a draft to go on with, or an answer that says to hire and no job yet."""
    jobs = Job.objects.for_company(membership.company_id).visible_to(membership)
    found = list(jobs.order_by("-pk").values_list("pk", "status")[:SHOWN])
    drafts = [pk for pk, status in found if status == JobStatus.DRAFT]
    if drafts:
        return [_describe(reverse("hiring:job_edit", args=drafts[:1]))]
    return [_describe(reverse("hiring:start"))] if not found and _should_hire(membership.company) else []


def _describe(url) -> Panel:
    return Panel(4, "hiring/_panel_describe.html", {"url": url})


def _should_hire(company) -> bool:
    answer = result.latest(company)
    return answer is not None and answer.recommendation in {"part_time", "hire_now"}


def _boss(membership) -> list[Panel]:
    mine = Application.objects.for_company(membership.company_id).visible_to(membership)
    jobs = list(Job.objects.for_company(membership.company_id).visible_to(membership).open()[:SHOWN])
    unread = mine.unread().filter(is_test=False)
    n = unread[: CAP + 1].count()
    waiting = mine.filter(ended_at=None).exclude(stage=Stage.CV).exclude(next_step_on=None)
    due = list(waiting.select_related("job").order_by("next_step_on", "pk")[:SHOWN])
    if not (n or due or jobs):
        return []
    job, since = (unread.order_by("pk").values_list("job", "submitted_at").first() if n else None) or (
        None,
        None,
    )
    context = {
        "unread": n,
        "unread_text": _unread(n),
        "unread_minutes": _minutes(n),
        "read_job": job,
        "since": since,
        "due": due,
        "jobs": jobs,
    }
    return [Panel(20, "hiring/_panel_home.html", context)]


def _unread(n) -> str:
    return ngettext("%(n)s application to read", "%(n)s applications to read", n) % {"n": count_text(n)}


def _minutes(n) -> str:
    minutes = -(-n * SECONDS_EACH // 60)
    return ngettext("About %(n)s minute.", "About %(n)s minutes.", minutes) % {"n": f"{minutes:,}"}


def _interviewer(membership) -> list[Panel]:
    """Talks ahead, oldest first, and people whose card is not in."""
    assigned = Assignment.objects.filter(membership=membership).values("application")
    talks = Interview.objects.for_company(membership.company_id).filter(
        application__in=assigned, application__ended_at=None, cancelled_at=None
    )
    done = Scorecard.objects.filter(interviewer=membership).submitted().values("application")
    mine = Application.objects.for_company(membership.company_id).filter(pk__in=assigned, ended_at=None)
    owed = mine.exclude(pk__in=done)
    context = {
        "talks": list(talks.select_related("application__job").order_by("starts_at")[:SHOWN]),
        "owed": list(owed.select_related("job").order_by("pk")[:SHOWN]),
    }
    return [Panel(20, "hiring/_panel_interviews.html", context)]
