from django.db import models
from django.utils import timezone


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
