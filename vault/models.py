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


class TrailEntry(models.Model):
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
