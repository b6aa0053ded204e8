"""Quick find: applicants by name, address or phone, and jobs by title."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import find
from accounts.models import Role
from hiring.models import Application, Job, Stage

MOST = 6  # of people: one more than is shown, so that the page can say so
JOBS = 500  # looked through
TALKERS = find.BOSSES | {Role.INTERVIEWER}


def for_member(membership, terms) -> list[find.Found]:
    rows = [
        (_("Hiring"), reverse("hiring:home"), TALKERS),
        (_("Describe a job"), reverse("hiring:start"), find.BOSSES),
        (_("Search CVs and letters"), reverse("hiring:search"), TALKERS),
        (_("Talent pool"), reverse("hiring:pool"), find.BOSSES),
        (_("Possible duplicates"), reverse("hiring:duplicates"), find.BOSSES),
    ]
    if membership.role not in TALKERS:
        return []
    return _people(membership, terms) + _jobs(membership, terms) + find.pages(rows, membership.role, terms)


def _people(membership, terms) -> list[find.Found]:
    """The newest first. Whose name is hidden is found by the number alone, or the search would tell the name."""
    mine = Application.objects.for_company(membership.company_id).visible_to(membership)
    hidden = Q(job__hide_names=True, stage=Stage.CV, name_shown_at=None)
    found = find.begins("search", terms) & ~hidden | _numbered(terms)
    rows = mine.filter(found).select_related("job").defer("cover_letter", "cv_text").order_by("-pk")
    return [
        find.Found("people", row.shown_name, reverse("hiring:candidate", args=[row.pk]), _where(row))
        for row in rows[:MOST]
    ]


def _numbered(terms) -> Q:
    only = terms[0] if len(terms) == 1 else ""
    return Q(number=int(only)) if only.isascii() and only.isdigit() and len(only) < 9 else Q(pk__in=[])


def _where(row) -> str:
    stage = row.get_stage_display() if row.is_active else row.get_outcome_display()
    return f"{row.job.title} · {stage}"


def _jobs(membership, terms) -> list[find.Found]:
    rows = Job.objects.for_company(membership.company_id).visible_to(membership).order_by("-pk")
    return [
        find.Found("jobs", row.title, reverse("hiring:board", args=[row.pk]), row.get_status_display())
        for row in rows.only("title", "status")[:JOBS]
        if find.matches(terms, row.title)
    ]
