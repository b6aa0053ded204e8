from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

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

    class Meta:
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


CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
    "png": "image/png",
    "jpeg": "image/jpeg",
}
