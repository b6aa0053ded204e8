"""What is going on: the jobs for those who run them, one's people for interviewers."""

from django.db.models import Count, Max, Q
from django.shortcuts import render

from accounts.guards import member
from accounts.models import Role
from hiring.models import Application, Job, JobStatus, Outcome, Stage

ORDER = [JobStatus.OPEN, JobStatus.PAUSED, JobStatus.DRAFT, JobStatus.FILLED, JobStatus.CLOSED]


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
    """Jobs with `applied`, `unread`, `running` and `newest`; tests of one's own count nowhere."""
    real = Q(applications__is_test=False, applications__deleted_at=None)
    running = real & Q(applications__outcome=Outcome.ACTIVE) & ~Q(applications__stage=Stage.HIRED)
    return jobs.annotate(
        applied=Count("applications", filter=real),
        running=Count("applications", filter=running),
        unread=Count("applications", filter=running & Q(applications__stage=Stage.CV)),
        hired=Count("applications", filter=real & Q(applications__stage=Stage.HIRED)),
        newest=Max("applications__submitted_at", filter=real),
    )
