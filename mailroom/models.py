from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Company, CompanyQuerySet, Role
from vault.fields import EncryptedBinaryField
from vault.work import State, Work


class MailQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """A mail may hold what only its reader should know: owners alone look into the outbox."""
        return self if membership.role == Role.OWNER else self.none()

    def about(self, kind, pk):
        return self.filter(about_kind=kind, about_id=pk)

    def parked(self):
        return self.filter(state=State.PARKED)


class MailManager(models.Manager.from_queryset(MailQuerySet)):
    """Bodies are heavy and hold secrets: read when somebody asks for one, not with every list."""

    def get_queryset(self):
        return super().get_queryset().defer("body")


class Mail(Work):
    """One message to one address: the row is the truth, whatever happens to queue, worker and mail server.

    Mails of packages (reset, confirmation) have no company and appear on no company's page.
    """

    company = models.ForeignKey(
        Company, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("company")
    )
    recipient = models.CharField(_("recipient"), max_length=320)
    subject = models.CharField(pgettext_lazy("of a mail", "subject"), max_length=300)
    message = models.CharField(_("kind of message"), max_length=60, blank=True)
    about_kind = models.CharField(max_length=30, blank=True)
    about_id = models.BigIntegerField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    key = models.CharField(max_length=200, null=True, blank=True, unique=True)
    message_id = models.CharField(max_length=255)
    # The finished MIME bytes. They hold tokens of links, so they are encrypted, and gone 30 days after sending.
    body = EncryptedBinaryField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # When it left; for a kept mail, when it would have left.
    sent_at = models.DateTimeField(null=True, blank=True)
    kept = models.BooleanField(default=False)

    objects = MailManager()

    class Meta:
        verbose_name = pgettext_lazy("a message", "mail")
        verbose_name_plural = pgettext_lazy("messages", "mails")
        indexes = [
            models.Index(fields=["state", "due_at"], name="mail_due"),
            models.Index(fields=["recipient", "state"], name="mail_recipient"),
            models.Index(fields=["company", "-id"], name="mail_company"),
            models.Index(fields=["company", "state"], name="mail_company_state"),
            models.Index(fields=["about_kind", "about_id"], name="mail_about"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="mail_state_known"),
        ]

    def __str__(self):
        return f"{self.message or 'mail'} {self.pk}"

    @property
    def shown_state(self) -> str:
        """waiting, running, sent, kept, parked, cancelled."""
        if self.state != State.DONE:
            return self.state
        return "kept" if self.kept else "sent"
