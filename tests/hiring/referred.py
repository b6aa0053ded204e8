"""Somebody in references, with a referee who may be asked; and their pages behind links."""

from django.utils import timezone

from hiring import referees_asked, reference_letters, written_references
from hiring.models import Referee, RefereesAsked, Stage, WrittenReference
from tests.hiring.acts import put
from tests.hiring.factories import make_application, make_job

ROLF = {"name": "Rolf Former", "email": "rolf@boss.example", "kind": "manager"}
SAID = {"answers": {"know": "Two years"}, "again": "yes"}


def make_finalist(company, *, members=(), **fields):
    job = make_job(company, members=list(members))
    return put(make_application(job, name="Ada Lind", **fields), Stage.REFERENCES)


def make_referee(application, *, agreed=True, **fields) -> Referee:
    at = timezone.now() if agreed else None
    owned = {"company_id": application.company_id, "application": application, "agreed_at": at}
    return Referee.objects.create(**owned, **(ROLF | fields))


def make_asked(application) -> RefereesAsked:
    return RefereesAsked.objects.create(company_id=application.company_id, application=application)


def fresh(written) -> WrittenReference:
    rows = WrittenReference.objects.select_related("referee", "application__job__company")
    return rows.get(pk=written.pk)


def sent(referee, by) -> WrittenReference:
    return fresh(written_references.send(referee, by=by))


def path_of(url) -> str:
    return "/" + url.split("/", 3)[3]


def names_page(application) -> str:
    return path_of(reference_letters.names_address(application))


def page_of(written) -> str:
    return path_of(reference_letters.address(written))


def line(referee=None, *, ok=True, **values) -> referees_asked.Row:
    """A line of the applicant's page."""
    blank = dict.fromkeys(("name", "kind", "relation", "email", "phone", "since", "until"), "")
    return referees_asked.Row(referee and referee.pk, blank | (ROLF | values), ok)
