"""What is going on: the jobs for those who run them, one's people for interviewers."""

from django.db.models import OuterRef
from django.shortcuts import render

from accounts.guards import member
from accounts.models import Role
from hiring.filtering import capped
from hiring.models import Application, Job, JobStatus, Outcome, Stage

ORDER = [JobStatus.OPEN, JobStatus.PAUSED, JobStatus.DRAFT, JobStatus.FILLED, JobStatus.CLOSED]
MOST_HIRED = 50_000  # as many as a job may have openings, and more


@member(Role.OWNER, Role.MANAGER, Role.INTERVIEWER)
def home(request):
    if request.membership.role == Role.INTERVIEWER:
        return _interviewer(request)
    mine = Job.objects.for_company(request.company).visible_to(request.membership)
    jobs = list(counted(mine.select_related("company")))
    jobs.sort(key=lambda job: (ORDER.index(job.status), -job.pk))
    return render(request, "hiring/home.html", {"jobs": jobs})


def _interviewer(request):
    mine = Application.objects.for_company(request.company).visible_to(request.membership)
    people = mine.filter(ended_at=None).select_related("job").order_by("job", "number")
    return render(request, "hiring/home_interviewer.html", {"people": people[:200]})


def counted(jobs):
    """Jobs with `applied`, `unread`, `running`, counted to CAP, and `hired`; tests of one's own count nowhere."""
    real = Application.objects.filter(job=OuterRef("pk"), is_test=False)
    running = real.filter(outcome=Outcome.ACTIVE).exclude(stage=Stage.HIRED)
    # With every outcome named, the hired are found along the board's index.
    hired = real.filter(outcome__in=Outcome.values, stage=Stage.HIRED)
    return jobs.annotate(
        applied=capped(real),
        running=capped(running),
        unread=capped(running.filter(stage=Stage.CV)),
        hired=capped(hired, most=MOST_HIRED),
    )
