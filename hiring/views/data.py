"""A candidate's data: what the shop holds of them, a copy, keeping it for a dispute, erasing it."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import person_data
from accounts.guards import fetch
from accounts.views.person import pages_of
from hiring import retention
from hiring.models import Application, Stage
from hiring.views.moves import BOSSES


def _person(request, pk) -> person_data.Person:
    application = fetch(request, Application.objects.select_related("job", "candidate__company"), pk=pk)
    _sees_all_of(request.membership, application.candidate_id)
    names = {"page": "data", "copy": "data_copy", "take": "data_take", "erase": "data_erase"}
    pages = {key: reverse(f"hiring:{name}", args=[pk]) for key, name in names.items()}
    works_here = application.stage == Stage.HIRED and application.is_active
    return person_data.Person(
        kind="candidate",
        pk=application.candidate_id,
        name=application.shown_name,
        pages=pages
        | {"back": reverse("hiring:people", args=[application.job_id]), "card": _card(application)},
        goes_on=None if request.company.is_demo else retention.goes_on(application.candidate),
        note=_("This person works here. Their plan and their account are on their page in the team.")
        if works_here
        else "",
    )


def _sees_all_of(member, candidate) -> None:
    """A copy or an erasing is of all one person sent, also for jobs this manager is not on: not theirs."""
    rows = Application.objects.for_company(member.company_id).filter(candidate=candidate)
    if rows.exclude(pk__in=rows.visible_to(member).values("pk")).exists():
        raise PermissionDenied


def _card(application) -> str:
    return reverse("hiring:candidate", args=[application.pk])


data, copy, take, erase = pages_of(_person, "hiring/data.html", readers=BOSSES)
