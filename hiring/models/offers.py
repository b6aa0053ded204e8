from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet
from hiring.models.jobs import PayPeriod


class OfferState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of an offer", "Draft")
    SENT = "sent", pgettext_lazy("state of an offer", "Sent")
    ACCEPTED = "accepted", pgettext_lazy("state of an offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("state of an offer", "Declined")
    EXPIRED = "expired", pgettext_lazy("state of an offer", "Expired")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an offer", "Withdrawn")


# Terms on the table or agreed: at most one of an application.
LIVE = (OfferState.SENT, OfferState.ACCEPTED)


class Offer(Undoable, CompanyOwned):
    """The terms, the contract's very words, and the evidence of the signature.

    `contract_text` is fixed when the offer is sent; changing anything afterwards makes a new version and
    withdraws this one.
    """

    application = models.ForeignKey(Application, on_delete=models.RESTRICT, related_name="offers")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.DRAFT)
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    job_title = models.CharField(_("title"), max_length=120, blank=True)
    pay = models.DecimalField(_("pay"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    pay_period = models.CharField(_("paid per"), max_length=5, choices=PayPeriod, default=PayPeriod.HOUR)
    hours_week = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True)
    start_date = models.DateField(_("first day"), null=True, blank=True)
    place = models.CharField(_("place of work"), max_length=200, blank=True)
    benefits = models.TextField(_("benefits"), max_length=3_000, blank=True)
    description = models.TextField(_("short description of the work"), max_length=3_000, blank=True)
    terms = models.TextField(_("terms"), max_length=10_000, blank=True)

    contract_text = models.TextField(blank=True)
    contract_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_note = models.CharField(max_length=1_000, blank=True)

    # The evidence. Either the name typed behind the candidate's link, or a copy signed elsewhere.
    signed_name = models.CharField(max_length=200, blank=True)
    signed_address = models.GenericIPAddressField(null=True, blank=True)
    signed_agent = models.CharField(max_length=300, blank=True)
    consent_version = models.CharField(max_length=40, blank=True)
    signed_outside = models.BooleanField(default=False)
    signed_file = models.ForeignKey(
        "vault.StoredFile",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed copy"),
    )

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=OfferState.values), name="offer_state_known"),
            models.UniqueConstraint(fields=["application", "version"], name="one_offer_version"),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state__in=LIVE), name="one_live_offer"
            ),
            models.UniqueConstraint(
                fields=["application"], condition=Q(state="draft"), name="one_draft_offer"
            ),
            models.CheckConstraint(
                condition=Q(state=OfferState.DRAFT)
                | (Q(sent_at__isnull=False) & ~Q(contract_text="") & ~Q(contract_sha256="")),
                name="sent_offer_has_contract",
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.ACCEPTED)
                | (Q(answered_at__isnull=False) & (~Q(signed_name="") | Q(signed_outside=True))),
                name="accepted_offer_is_signed",
            ),
        ]

    def __str__(self):
        return f"offer {self.pk} ({self.state})"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    def has_expired(self, now=None) -> bool:
        return bool(self.expires_at and (now or timezone.now()) >= self.expires_at)
