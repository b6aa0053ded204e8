from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vault import refusals, work


class Link(models.Model):
    """A token that went out in a mail. GET and HEAD never use one up."""

    purpose = models.CharField(max_length=30)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    company_id = models.BigIntegerField(null=True)
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("link in a mail")
        verbose_name_plural = _("links in mails")
        indexes = [models.Index(fields=["subject_kind", "subject_id", "purpose"], name="link_subject")]

    def __str__(self):
        return f"{self.purpose} {self.subject_kind} {self.subject_id}"

    @property
    def is_alive(self):
        return self.used_at is None and self.revoked_at is None and self.expires_at > timezone.now()


class AppendOnly(TypeError):
    """The trail is written once: a programming error to change it, and the database refuses too."""


class AppendOnlyQuerySet(models.QuerySet):
    def _refuse(self, *args, **kwargs):
        raise AppendOnly(f"{self.model.__name__} is append-only")

    update = delete = bulk_update = update_or_create = _refuse


class Appended(models.Model):
    """Rows that are written once and never changed or deleted (vault.triggers holds the database to it)."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs):
        if not self._state.adding:
            raise AppendOnly(f"{type(self).__name__} is append-only")
        super().save(**kwargs)

    def delete(self, **kwargs):
        raise AppendOnly(f"{type(self).__name__} is append-only")


class TrailEntry(Appended):
    """One line of the trail. No foreign keys: what it speaks of may be erased, the line may not."""

    company_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    by_link = models.CharField(max_length=30, blank=True)
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, blank=True)
    subject_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("line of the trail")
        verbose_name_plural = _("lines of the trail")
        indexes = [
            models.Index(fields=["company_id", "-id"], name="trail_company"),
            models.Index(fields=["kind", "subject_id"], name="trail_subject"),
        ]

    def __str__(self):
        return f"{self.action} {self.kind} {self.subject_id}"


class Seal(Appended):
    """A hash over some rows of one company's trail and over the seal before: nothing can be taken out unseen."""

    company_id = models.BigIntegerField()  # 0: rows of no company
    number = models.PositiveIntegerField()
    last_id = models.BigIntegerField()
    rows = models.PositiveIntegerField()
    ids = models.TextField()  # "3-7,9": a row whose transaction ended late belongs to a later seal
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company_id", "number"], name="seal_number")]

    def __str__(self):
        return f"seal {self.number} of company {self.company_id}"


class KeyFingerprint(models.Model):
    """A key that some encrypted field of this database may have been written with (vault.keys)."""

    fingerprint = models.CharField(max_length=16, unique=True)
    added_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return self.fingerprint


class StoredFile(work.Work):
    """A private file, and the work of reading its text. `draft_until`: nobody has taken it up yet.

    The bytes lie under `settings.PRIVATE_FILES` by a generated name; whoever hands them out checks permission first.
    """

    company_id = models.BigIntegerField(null=True)
    actor_id = models.BigIntegerField(null=True)
    stored_name = models.CharField(max_length=40, unique=True)
    original_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    cautions = models.JSONField(default=list)
    draft_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    text = models.TextField(blank=True)
    lines = models.JSONField(default=dict)  # which lines of the text are headings, which items of a list

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [
            models.Index(fields=["state", "due_at"], name="file_due"),
            models.Index(fields=["draft_until"], name="file_draft", condition=~models.Q(draft_until=None)),
        ]

    def __str__(self):
        return self.original_name

    @property
    def path(self) -> Path:
        return Path(settings.PRIVATE_FILES) / self.stored_name[:2] / self.stored_name

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.kind]

    @property
    def text_state(self) -> str:
        """waiting, running, done or parked: how far the reading of the text is."""
        return self.state

    @property
    def text_problem(self) -> str:
        """Why the text could not be read, in a sentence; empty when it was, or still may be."""
        return str(refusals.UNREADABLE.get(self.last_error, "")) if self.state == work.State.PARKED else ""

    @property
    def caution_texts(self) -> list:
        """Sentences to show beside the name wherever the file can be opened."""
        return [refusals.CAUTIONS[code] for code in self.cautions]


class Subject(models.Model):
    """Whose data a row speaks of: a candidate, a member or a whole company, by number. No foreign keys upwards."""

    company_id = models.BigIntegerField()
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True


class Export(work.Work, Subject):
    """A copy of one person's or one company's data, made in the background and kept for a week."""

    asked_by_id = models.BigIntegerField(default=0)  # a user's number; 0 behind the person's own link
    language = models.CharField(max_length=10, default="en")
    percent = models.PositiveSmallIntegerField(default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("copy of data")
        verbose_name_plural = _("copies of data")
        indexes = [
            models.Index(fields=["state", "due_at"], name="export_due"),
            models.Index(fields=["subject_kind", "subject_id"], name="export_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "asked_by_id"],
                condition=models.Q(state__in=["waiting", "running"]),
                name="one_export_under_way",
            )
        ]

    def __str__(self):
        return f"export of {self.subject_kind} {self.subject_id}"

    @property
    def under_way(self) -> bool:
        return self.state in {work.State.WAITING, work.State.RUNNING}

    @property
    def is_ready(self) -> bool:
        done = self.state == work.State.DONE and self.file_id is not None
        return done and self.expires_at is not None and self.expires_at > timezone.now()


class Erasure(Subject):
    """That somebody's data goes, on which day and why; afterwards, that it went. `subject_hash` outlives a restore."""

    class Source(models.TextChoices):
        SHOP = "shop"  # somebody in the shop decided it
        PERSON = "person"  # the person asked, behind their link
        CLOCK = "clock"  # its time is over

    source = models.CharField(max_length=6, choices=Source)
    reason = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    asked_by_id = models.BigIntegerField(null=True)
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    # The last day of what a law kept back.
    kept_until = models.DateField(null=True)
    subject_hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("erasing")
        verbose_name_plural = _("erasings")
        indexes = [models.Index(fields=["company_id", "on"], name="erasure_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=models.Q(done_at=None, cancelled_at=None),
                name="one_erasure_planned",
            )
        ]

    def __str__(self):
        return f"erasure of {self.subject_kind} {self.subject_id}"


class Hold(Subject):
    """Somebody's data stays for now. A legal hold stops every erasing, the other kind only the clock."""

    legal = models.BooleanField(default=True)
    reason = models.CharField(max_length=300)
    until = models.DateField()
    by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="hold_subject")]

    def __str__(self):
        return f"hold on {self.subject_kind} {self.subject_id}"


class FileRemoval(work.Work):
    """A file whose row is gone: written with that, and gone itself as soon as the disk has forgotten it."""

    stored_name = models.CharField(max_length=40)

    def __str__(self):
        return self.stored_name


CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "zip": "application/zip",
}
