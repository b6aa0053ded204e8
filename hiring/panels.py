"""What of hiring waits for a member, on the home page."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from accounts.panels import Panel
from hiring import reading_home, reminding, unheard, waiting
from hiring.filtering import CAP
from hiring.models import (
    Application,
    Assignment,
    Interview,
    InterviewHost,
    Job,
    JobStatus,
    Scorecard,
    TalkOutcome,
)
from readiness import result

SHOWN = 5
ROWS = 12
JOBS = 30  # looked at, the newest first


def for_member(membership) -> list[Panel]:
    """Applications to read and people who ask for something; for interviewers the cards they owe."""
    if membership.role == Role.INTERVIEWER:
        return _interviewer(membership)
    if not membership.is_boss:
        return []
    jobs = list(_jobs(membership))
    waits = _boss(membership, [job for job in jobs if job.is_open])
    ends = reminding.panels(membership) if any(job.runs_out for job in jobs) else []
    return _path(membership, jobs) + waits + ends + unheard.panels(membership, jobs)


def _jobs(membership):
    rows = Job.objects.for_company(membership.company_id).visible_to(membership)
    rows = rows.annotate(runs_out=reminding.somewhere(), **reading_home.columns(membership))
    rows = rows.only("title", "status", "company", "last_number", "answer_by")
    return rows.order_by("-pk")[:JOBS]


def _path(membership, jobs) -> list[Panel]:
    """Step two, where it is the next one: a draft to go on with, or an answer that says to hire and no job yet."""
    drafts = [job.pk for job in jobs if job.status == JobStatus.DRAFT]
    if drafts:
        return [_describe(reverse("hiring:job_edit", args=drafts[:1]))]
    return [_describe(reverse("hiring:start"))] if not jobs and _should_hire(membership.company) else []


def _describe(url) -> Panel:
    return Panel(4, "hiring/_panel_describe.html", {"url": url})


def _should_hire(company) -> bool:
    answer = result.latest(company)
    return answer is not None and answer.recommendation in {"part_time", "hire_now"}


def _boss(membership, jobs) -> list[Panel]:
    """Two queries: the unread, counted no further than is shown, and the people who ask for something."""
    mine = Application.objects.for_company(membership.company_id).visible_to(membership).filter(is_test=False)
    unread = list(mine.unread().order_by("pk").values_list("job", "submitted_at")[: CAP + 1])
    rows = waiting.rows(mine, membership.company_id)
    if not (unread or rows or jobs):
        return []
    n = len(unread)
    job, since = unread[0] if unread else (None, None)
    context = {
        "unread": n,
        **reading_home.line([job for job, _since in unread], jobs),
        "read_job": job,
        "since": since,
        "rows": rows[:ROWS],
        "more": len(rows) > ROWS,
        "jobs": jobs[:SHOWN],
    }
    return [Panel(20, "hiring/_panel_home.html", context)]


def _today():
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


def _only_ahead(membership):
    """Whose interview is agreed and has not begun: nothing is owed before it took place."""
    rows = Interview.objects.for_company(membership.company_id).filter(cancelled_at=None)
    begun = rows.filter(starts_at__lte=timezone.now()).exclude(outcome=TalkOutcome.NO_SHOW)
    ahead = rows.filter(starts_at__gt=timezone.now())
    return ahead.exclude(application__in=begun.values("application")).values("application")


def _interviewer(membership) -> list[Panel]:
    """Talks ahead, oldest first, and people whose card is not in."""
    assigned = Assignment.objects.filter(membership=membership).values("application")
    named = InterviewHost.objects.filter(interview=OuterRef("pk"))
    mine_or_nobodys = Q(Exists(named.filter(membership=membership))) | ~Q(Exists(named))
    talks = Interview.objects.for_company(membership.company_id).filter(
        mine_or_nobodys,
        application__in=assigned,
        application__ended_at=None,
        cancelled_at=None,
        starts_at__gte=_today(),
    )
    done = Scorecard.objects.filter(interviewer=membership).submitted().values("application")
    mine = Application.objects.for_company(membership.company_id).filter(pk__in=assigned, ended_at=None)
    owed = mine.exclude(pk__in=done).exclude(pk__in=_only_ahead(membership))
    context = {
        "talks": list(talks.select_related("application__job").order_by("starts_at")[:SHOWN]),
        "owed": list(owed.select_related("job").order_by("pk")[:SHOWN]),
    }
    return [Panel(20, "hiring/_panel_interviews.html", context)]
