"""What was written to applicants and what came back; the shop's own words for what it writes often."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from vault.fields import EncryptedTextField
from vault.models import StoredFile


class MessageText(CompanyOwned):
    """One version of the shop's own words for a kind of message in a language; the highest number counts.

    Empty words mean that the product's own speak again. Versions are only added (hiring.message_templates).
    """

    kind = models.CharField(max_length=30)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField()
    subject = models.CharField(pgettext_lazy("of a mail", "subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), max_length=5_000, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "language", "version"], name="message_text_version_once"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.language} {self.version}"

    @property
    def is_own(self) -> bool:
        return bool(self.text)


class MessageKind(models.TextChoices):
    WRITTEN = "written", pgettext_lazy("kind of message", "Written to them")
    MAIL = "mail", pgettext_lazy("kind of message", "Their mail")
    QUESTION = "question", pgettext_lazy("kind of message", "Their question")
    CALL = "call", pgettext_lazy("kind of message", "Said by phone")
    SETTLED = "settled", pgettext_lazy("kind of message", "No answer needed")


# What somebody waits for an answer to, and what is one.
INCOMING = (MessageKind.MAIL, MessageKind.QUESTION)
ANSWERS = (MessageKind.CALL, MessageKind.SETTLED)


class MessageQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Owners, and the managers of the job: letters are not for those who only meet the applicant."""
        if not membership.is_boss:
            return self.none()
        seen = Application.objects.for_company(membership.company_id).visible_to(membership).values("pk")
        return self.filter(application__in=seen)


class Message(Undoable, CompanyOwned):
    """One letter of the thread with an applicant, in either direction, or a line about what was said by phone.

    What we wrote leaves as an outbox row about this one; its words stay here as long as the application.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=8, choices=MessageKind)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    template = models.CharField(max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    sender = EncryptedTextField(blank=True)  # the address a mail came from
    subject = EncryptedTextField(blank=True)
    text = EncryptedTextField(blank=True)
    # When it was written, sent or said: what the thread is sorted by. Nothing is newer than when it was kept.
    at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    message_id = EncryptedTextField(blank=True)  # of a mail that came
    mark = models.CharField(max_length=64, blank=True)  # hash that two copies of a mail share
    answers_mail = models.BigIntegerField(null=True, blank=True)  # number of ours that it answers
    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)  # taken back before it left

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            models.Index(fields=["application", "at"], name="message_thread"),
            models.Index(fields=["company", "kind", "at"], name="message_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.UniqueConstraint(
                fields=["application", "mark"], condition=~Q(mark=""), name="message_kept_once"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_incoming(self) -> bool:
        return self.kind in INCOMING


class MessageFile(CompanyOwned):
    """A file that was attached to an applicant's mail."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")

    def __str__(self):
        return f"attachment of message {self.message_id}"
