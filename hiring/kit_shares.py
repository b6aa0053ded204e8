"""Who of several interviewers asks about what; with one there is nothing to share."""

from django.db import transaction

from accounts import undoing
from hiring.judging import locked, requirements
from hiring.models import Application, Interview, KitShare
from hiring.models.requirements import TestedIn
from vault import trail

WHAT = "shares"


def rows_of(application) -> list:
    """The skills that are asked about in an interview."""
    return [row for row in requirements(application) if TestedIn.INTERVIEW in row.places]


def hosts_of(talk) -> list:
    """Members who sit in, in order; none where there are not two."""
    if talk is None or len(talk.hosts.all()) < 2:
        return []
    hosts = talk.hosts.filter(membership__removed_at=None).select_related("membership").order_by("membership")
    found = [host.membership for host in hosts]
    return found if len(found) > 1 else []


@transaction.atomic
def save(talk, *, by, shares: dict) -> Application:
    """`shares` are {requirement pk: membership pk or None}: who asks about it, None for everybody.

    Whoever does not sit in and what is not on the job's list is left out.
    """
    row = locked(talk.application)
    undoing.remember(row, WHAT, {"talk": talk.pk, "shares": _now(talk)}, by=by)
    row.save(update_fields=undoing.FIELDS)
    _write(talk, shares)
    _trail("interview.shared", row, by)
    return row


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last sharing out. Raises undoing.Refused."""
    row = locked(application)
    before = undoing.take(row, mark, by=by).values
    row.save(update_fields=undoing.FIELDS)
    talk = Interview.objects.filter(pk=before["talk"], application=row).first()
    if talk is not None:
        _write(talk, {int(pk): member for pk, member in before["shares"].items()})
    _trail("interview.sharing_taken_back", row, by)


def _now(talk) -> dict:
    return {str(pk): member for pk, member in talk.shares.values_list("requirement", "membership")}


def _write(talk, shares):
    known = {row.pk for row in rows_of(talk.application)}
    hosts = {member.pk for member in hosts_of(talk)}
    talk.shares.all().delete()
    KitShare.objects.bulk_create(
        KitShare(company_id=talk.company_id, interview=talk, requirement_id=pk, membership_id=member)
        for pk, member in shares.items()
        if pk in known and member in hosts
    )


def _trail(action, application, by):
    trail.record(
        action, company_id=application.company_id, actor_id=by.user_id, kind="application", pk=application.pk
    )
