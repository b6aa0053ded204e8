from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Company, CompanyOwned, CompanyQuerySet, Membership, Role
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


class LostLink(Work):
    """Somebody typed this address to get their links again. It is gone as soon as a worker has looked."""

    email = models.EmailField(_("e-mail"), max_length=254)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("lost link")
        verbose_name_plural = _("lost links")
        indexes = [models.Index(fields=["state", "due_at"], name="lost_due")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="lost_state_known"),
        ]

    def __str__(self):
        return f"lost link {self.pk}"


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
    def reason(self):
        """Why it did not arrive and what to do, in words (mailroom.reasons)."""
        from mailroom import reasons

        return reasons.why(self.last_error)

    @property
    def may_correct(self) -> bool:
        """Does some app hold the address, so that it can be corrected there?"""
        from mailroom import corrections

        return corrections.possible(self)

    @property
    def shown_state(self) -> str:
        """waiting, running, sent, kept, parked, cancelled."""
        if self.state != State.DONE:
            return self.state
        return "kept" if self.kept else "sent"


class How(models.TextChoices):
    """When somebody hears of a kind of thing by mail; the bell shows it in any case."""

    ONCE = "once", _("At once")
    DIGEST = "digest", _("At 8:00")
    NEVER = "never", pgettext_lazy("mails", "Never")


class Wish(CompanyOwned):
    """What somebody chose for one kind; without a row the kind's default holds."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    how = models.CharField(max_length=6, choices=How)

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind"], name="one_wish_per_kind"),
            models.CheckConstraint(condition=models.Q(how__in=How.values), name="wish_known"),
        ]

    def __str__(self):
        return f"{self.member_id} {self.kind} {self.how}"


class Notice(CompanyOwned):
    """One thing that one person is told. It holds numbers only: what it says is read from the thing itself.

    `mailroom.told` and `mailroom.digest` are its only writers.
    """

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    about_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
    waits = models.BooleanField(default=False)  # for the next digest
    seen_at = models.DateTimeField(null=True, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["member", "-id"], name="notice_list"),
            models.Index(fields=["company", "kind", "about_id"], name="notice_about"),
            models.Index(
                fields=["member"],
                condition=models.Q(seen_at=None, handled_at=None),
                name="notice_new",
            ),
            models.Index(fields=["company"], condition=models.Q(waits=True), name="notice_waits"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "about_id"], name="told_once_of_a_thing"),
        ]

    def __str__(self):
        return f"{self.member_id} {self.kind} {self.about_id}"
