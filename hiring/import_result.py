"""What became of an import, and taking all of it back while nobody has gone on with its people."""

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from hiring import cvnames, peoplefile, pipeline
from hiring.models import (
    Application,
    Assignment,
    CvCheck,
    How,
    ImportedLine,
    Interview,
    Note,
    Offer,
    PeopleImport,
    PhoneScreen,
    Referee,
    Scorecard,
    StageMove,
)
from mailroom.models import Mail
from vault import trail

Became = ImportedLine.Became
BATCH = 500


def counts(row) -> dict[str, int]:
    """What became of the lines so far, and of their CVs. One query."""
    entered = Q(became=Became.ENTERED)
    return row.lines.aggregate(
        entered=Count("pk", filter=entered),
        already=Count("pk", filter=Q(became=Became.ALREADY)),
        left_out=Count("pk", filter=Q(became=Became.LEFT_OUT)),
        broken=Count("pk", filter=Q(became=Became.BROKEN)),
        with_cv=Count("pk", filter=entered & Q(application__cv__isnull=False)),
        cv_refused=Count("pk", filter=~Q(cv_code="")),
    )


def naming(candidate):
    """Lines that brought nobody in and hold an address of this person, who was there already or stood there twice."""
    people = Application.everything.filter(candidate=candidate).exclude(email="")
    addresses = set(people.values_list(Lower("email"), flat=True))
    if not addresses:
        return ImportedLine.objects.none()
    lines = ImportedLine.objects.filter(company__in=people.values("company")).exclude(cells=[])
    found = lines.values_list("pk", "cells").iterator()
    return ImportedLine.objects.filter(pk__in=[pk for pk, cells in found if _says(cells, addresses)])


def _says(cells, addresses) -> bool:
    """The search for a piece of text comes first, as it is a hundred times as fast."""
    text = "\n".join(cells)
    if not any(address in text.lower() for address in addresses):
        return False
    stems = "\n".join(map(cvnames.stem, cells))
    return any(found.lower() in addresses for found in peoplefile.EMAIL.findall(f"{text}\n{stems}"))


def latest(job) -> PeopleImport | None:
    """The last import of a job that somebody started."""
    return PeopleImport.objects.filter(job=job).exclude(started_at=None).order_by("-pk").first()


def same_before(row) -> PeopleImport | None:
    """The last import of these very CVs into this job: without a table no address tells that they are here."""
    if row.has_table or not row.cvs_digest:
        return None
    same = PeopleImport.objects.filter(
        job=row.job_id, cvs_digest=row.cvs_digest, undone_at=None, cursor__gt=0
    )
    return same.exclude(pk=row.pk).order_by("-pk").first()


def may_undo(row, member) -> bool:
    return row.can_be_undone and (member.role == Role.OWNER or row.created_by_id == member.pk)


def untouched(row):
    """People of this import whom nobody has moved, written to, marked, planned with, or written about since."""
    mine = Application.objects.filter(imported__source=row, next_step="", later_at=None)
    mails = Mail.objects.filter(about_kind="application", about_id=OuterRef("pk"))
    moved = StageMove.objects.filter(application=OuterRef("pk")).exclude(how=How.IMPORT)
    noted = Note.objects.filter(application=OuterRef("pk"), created_at__gt=OuterRef("imported__at"))
    rows = mine.exclude(Exists(mails)).exclude(Exists(moved)).exclude(Exists(noted))
    for work in (Assignment, CvCheck, Interview, PhoneScreen, Scorecard, Referee, Offer):
        rows = rows.exclude(Exists(work.objects.filter(application=OuterRef("pk"))))
    return rows


@transaction.atomic
def undo(row, *, by) -> tuple[int, int]:
    """(people who went, people who stay). They lie in Recently deleted for two weeks. Raises pipeline.Refused.

    The job is locked as for every move: whoever moves one of them at this moment comes before or after.
    """
    pipeline.lock_job(row.job_id)
    row = PeopleImport.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    if not may_undo(row, by):
        raise pipeline.Refused(_("This import cannot be taken back any more."))
    pks = list(untouched(row).values_list("pk", flat=True))
    now = timezone.now()
    for start in range(0, len(pks), BATCH):
        Application.objects.filter(pk__in=pks[start : start + BATCH]).update(deleted_at=now, deleted_by=by)
    row.undone_at, row.undone = now, len(pks)
    row.save(update_fields=["undone_at", "undone"])
    common = {"company_id": row.company_id, "actor_id": by.user_id}
    trail.record_many("application.deleted", **common, kind="application", pks=pks)
    trail.record("people_import.undone", **common, kind="people_import", pk=row.pk)
    return len(pks), Application.objects.filter(imported__source=row).count()
