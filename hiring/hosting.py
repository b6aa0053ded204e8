"""Who of the team sits in an interview: named, shown, let in to see the person."""

from babel.lists import format_list
from django.db.models import Q
from django.utils.translation import get_language, to_locale

from accounts.models import Membership, Role
from hiring import outward
from hiring.models import Assignment, Interview, InterviewHost, JobMember

TALKERS = (Role.OWNER, Role.MANAGER, Role.INTERVIEWER)


def team(job) -> list[Membership]:
    """Who can sit in: owners, the managers of the job, interviewers; nobody who has not come in yet. One query."""
    on_it = JobMember.objects.filter(job=job).values("membership")
    may = Q(role=Role.OWNER) | Q(role=Role.INTERVIEWER) | Q(role=Role.MANAGER, pk__in=on_it)
    rows = Membership.objects.for_company(job.company_id).active().filter(may).exclude(user=None)
    return list(rows.order_by("name", "pk"))


def lock(pks) -> list[Membership]:
    """These members, still in the team, in the one order that keeps two bookings from waiting for each other."""
    rows = Membership.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(pks))
    return list(rows.in_role(*TALKERS).select_related("company", "user").order_by("pk"))


def set_hosts(interview, members) -> None:
    """Exactly these. An interviewer among them may see the person from now on."""
    wanted = {member.pk for member in members}
    InterviewHost.objects.filter(interview=interview).exclude(membership__in=wanted).delete()
    there = set(InterviewHost.objects.filter(interview=interview).values_list("membership", flat=True))
    InterviewHost.objects.bulk_create(
        InterviewHost(company_id=interview.company_id, interview=interview, membership=member)
        for member in members
        if member.pk not in there
    )
    let_in(interview.application, members)


def let_in(application, members) -> None:
    for member in members:
        if member.role == Role.INTERVIEWER:
            Assignment.objects.get_or_create(
                application=application, membership=member, defaults={"company_id": application.company_id}
            )


def pks_of(interview) -> list[int]:
    """Who sits in; where nobody was named, who agreed the time."""
    named = (
        InterviewHost.objects.filter(interview=interview).order_by("pk").values_list("membership", flat=True)
    )
    return list(named) or [pk for pk in (interview.created_by_id,) if pk]


def names(interview) -> list[str]:
    """For the applicant."""
    rows = Membership.objects.active().filter(pk__in=pks_of(interview)).order_by("pk")
    return outward.names(rows, interview.application.job.company)


def listed(names: list[str]) -> str:
    """ "Ines, Mika and Olga", in the language that is active."""
    return format_list(names, locale=to_locale(get_language() or "en")) if names else ""


def talks_of(members):
    """Interviews that stand and take somebody's time: named in it, or made by them when nobody is."""
    named = InterviewHost.objects.filter(membership__in=members).values("interview")
    alone = Interview.objects.filter(created_by__in=members, hosts=None).values("pk")
    rows = Interview.objects.filter(cancelled_at=None, application__deleted_at=None)
    return rows.filter(Q(pk__in=named) | Q(pk__in=alone))
