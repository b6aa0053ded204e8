"""People brought from another system: the files on their way, and what became of each of their lines."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership, Role
from hiring.models.applications import Application
from hiring.models.jobs import Job, JobMember
from vault.models import StoredFile
from vault.work import State, Work


class PeopleImportQuerySet(CompanyQuerySet):
    def for_company(self, company):
        return super().for_company(company).filter(job__deleted_at=None)

    def visible_to(self, membership):
        """Owners see all, managers those of their jobs."""
        if membership.role == Role.OWNER:
            return self
        if membership.role == Role.MANAGER:
            mine = JobMember.objects.filter(job=models.OuterRef("job"), membership=membership)
            return self.filter(models.Exists(mine))
        return self.none()


class PeopleImport(Work, CompanyOwned):
    """A table of people, an archive of CVs, or both, on their way into a job. `hiring.importing` is the only writer.

    Until somebody starts it, it is set aside (`parked`, with `started_at` empty).
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(_("file name"), max_length=120)
    # Both None again when it is done, given up or a day old.
    table = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    cvs = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    has_table = models.BooleanField(default=False)
    has_cvs = models.BooleanField(default=False)
    cvs_digest = models.CharField(max_length=64, blank=True)  # cvbox.Box.digest, to know the same files again
    encoding = models.CharField(max_length=20, blank=True)
    delimiter = models.CharField(max_length=1, blank=True)
    header = models.JSONField(_("columns"), default=list)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    # {"columns": {field: column}, "order": how dates are written}
    mapping = models.JSONField(_("which column is what"), default=dict)
    # {"stage": {word: what}, "status": {word: what}}
    words = models.JSONField(_("what their words mean here"), default=dict)
    # importing.look: what an import would do, counted before it is asked for.
    looked = models.JSONField(_("what would happen"), default=dict)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # That somebody said: these people applied to us and may be written to about this job.
    agreed_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    cursor = models.PositiveIntegerField(
        default=0
    )  # rows that are dealt with; saved together with what they became
    # CVs that are nobody's: [name, code], the first of them.
    loose = models.JSONField(default=list)
    loose_count = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone = models.PositiveIntegerField(default=0)  # people who went with that

    objects = PeopleImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of people")
        verbose_name_plural = _("imports of people")
        indexes = [models.Index(fields=["job", "-id"], name="people_import_of_job")]
        constraints = [
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(agreed_at__isnull=False), name="people_import_agreed"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        """Nobody has started it, and its files are there."""
        return self.state == State.PARKED and self.started_at is None and bool(self.table_id or self.cvs_id)

    @property
    def under_way(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}

    @property
    def percent(self) -> int:
        return 100 * self.cursor // self.rows if self.rows else 0

    @property
    def undo_until(self):
        return self.ended_at and self.ended_at + timedelta(days=settings.DELETED_DAYS)

    @property
    def can_be_undone(self) -> bool:
        return bool(self.undo_until and self.undone_at is None and timezone.now() < self.undo_until)


class ImportedLine(CompanyOwned):
    """What became of one line: one row each, so that a line that is worked on twice makes one person."""

    class Became(models.TextChoices):
        ENTERED = "entered", _("Brought in")
        ALREADY = "already", _("There already")
        LEFT_OUT = "left_out", _("Left out, as you chose")
        BROKEN = "broken", _("Not readable")

    source = models.ForeignKey(PeopleImport, on_delete=models.CASCADE, related_name="lines")
    line = models.PositiveIntegerField()
    became = models.CharField(max_length=8, choices=Became)
    code = models.CharField(max_length=20, blank=True)  # why not, in import_words
    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, null=True, blank=True, related_name="imported"
    )
    # A CV of theirs that was not taken, and why (vault.refusals), or that the table named and nobody sent.
    cv_name = models.CharField(max_length=120, blank=True)
    cv_code = models.CharField(max_length=20, blank=True)
    cells = models.JSONField(
        default=list, blank=True
    )  # of who was not brought in, until the days of undoing are over
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("line of an import")
        verbose_name_plural = _("lines of imports")
        constraints = [models.UniqueConstraint(fields=["source", "line"], name="one_imported_line")]

    def __str__(self):
        return f"line {self.line} of {self.source_id}"
