"""Taking back what was settled about a job: its publishing, its pay, how many people, who runs it.

The editor's savings are hiring.adverts' own, stopping and opening again hiring.closing's.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import undoing
from accounts.models import Membership, Role
from hiring import adverts, hand_off, pipeline, reading_names, rows
from hiring.models import Application, Job, JobStatus, Outcome
from hiring.models.offers import LIVE
from vault import trail

WHATS = ("publish", "openings", "pay", "members", "names")


@transaction.atomic
def take_back(job, mark: str, *, by) -> None:
    """Raises undoing.Refused with a sentence when too much has happened since."""
    job = pipeline.lock_job(job.pk)
    taken = undoing.take(job, mark, by=by)
    _BACK[taken.what](job, taken.values)
    rows.raise_revision(job)
    trail.record(
        "job.taken_back",
        company_id=job.company_id,
        actor_id=by.user_id,
        kind="job",
        pk=job.pk,
        fields=["status" if taken.what == "publish" else taken.what],
    )


def _unpublish(job, before):
    """A draft again, as long as nobody has answered the advert."""
    people = Application.everything.filter(job=job)
    if people.filter(is_test=False).exists():
        raise undoing.Gone(_("Somebody has applied already. Stop taking applications instead."))
    if people.exists():
        raise undoing.Gone(_("Your own test is in the job. Remove it first, then this can be taken back."))
    if job.status != JobStatus.OPEN:
        raise undoing.Gone(_("The job has gone on since. Nothing was changed."))
    job.slug, job.first_opened_at, job.status = before["slug"], None, JobStatus.DRAFT
    job.undoable = {}  # what was done to the advert on the air has nothing left to go back to
    job.save(update_fields=["slug", "first_opened_at", "status"])


def _old_openings(job, before):
    """Never fewer than are hired or have an offer by now."""
    people = Application.objects.filter(job=job, outcome=Outcome.ACTIVE, offers__state__in=LIVE)
    if people.distinct().count() > before["openings"]:
        raise undoing.Gone(_("More people are hired or have an offer by now than that. Nothing was changed."))
    job.openings = before["openings"]
    if job.status == JobStatus.FILLED and hand_off.hired(job) < job.openings:
        job.status, job.closed_at = before["status"], None
    job.save(update_fields=["openings", "status", "closed_at"])
    if job.is_open and hand_off.hired(job) >= job.openings:
        hand_off.close_filled(job)


def _old_pay(job, before):
    for name, value in before.items():
        setattr(job, name, Job._meta.get_field(name).to_python(value))
    job.save(update_fields=list(before))


def _old_members(job, before):
    """Whoever has left the team, or leads no hiring any more, stays off."""
    managers = Membership.objects.for_company(job.company_id).in_role(Role.MANAGER)
    creator = Membership.objects.for_company(job.company_id).active().filter(role=Role.OWNER)
    adverts.put_members(job, list((managers | creator).filter(pk__in=before["members"]).order_by("pk")))


def _old_names(job, before):
    reading_names.put(job, before["hide_names"])


_BACK = {
    "publish": _unpublish,
    "openings": _old_openings,
    "pay": _old_pay,
    "members": _old_members,
    "names": _old_names,
}
