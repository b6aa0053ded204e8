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


class DeclineReason(models.TextChoices):
    PAY = "pay", pgettext_lazy("why an offer was declined", "The pay")
    HOURS = "hours", pgettext_lazy("why an offer was declined", "The hours")
    START = "start", pgettext_lazy("why an offer was declined", "The first day")
    PLACE = "place", pgettext_lazy("why an offer was declined", "The place, or the way there")
    WORK = "work", pgettext_lazy("why an offer was declined", "The work itself")
    OTHER_JOB = "other_job", pgettext_lazy("why an offer was declined", "I took another job")
    STAY = "stay", pgettext_lazy("why an offer was declined", "I stay where I am")
    OTHER = "other", pgettext_lazy("why an offer was declined", "Something else")


class Condition(models.TextChoices):
    """What often has to be so before a contract holds; written in the contract in the applicant's language."""

    RIGHT_TO_WORK = "right_to_work", _("the right to work in the country")
    MEDICAL = "medical", _("a medical examination")
    REFERENCES = "references", _("references that confirm what you told us")


class ContractCheck(models.TextChoices):
    """Where the contract's words come from, as the shop says before it sends the first one."""

    STANDARD = "standard", _("A standard contract is used")
    CONSULTANT = "consultant", _("An HR consultant or lawyer has looked at it")


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
    # What some countries want named in a contract; "does not apply" is an answer, too (`not_apply`: their names).
    end_date = models.DateField(_("last day"), null=True, blank=True)
    probation_months = models.PositiveSmallIntegerField(_("probation in months"), null=True, blank=True)
    notice = models.CharField(_("notice"), max_length=300, blank=True)
    leave_days = models.DecimalField(
        _("days of leave a year"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    working_days = models.CharField(_("working days"), max_length=300, blank=True)
    collective_agreement = models.CharField(_("collective agreement"), max_length=300, blank=True)
    training = models.CharField(_("training"), max_length=1_000, blank=True)
    social_security = models.CharField(_("social-security body"), max_length=300, blank=True)
    condition_codes = models.JSONField(_("holds on these conditions"), default=list, blank=True)
    conditions = models.TextField(_("other conditions"), max_length=1_000, blank=True)
    not_apply = models.JSONField(default=list, blank=True)
    contract_check = models.CharField(max_length=10, choices=ContractCheck, blank=True)
    checked_who = models.CharField(_("who looked at it"), max_length=200, blank=True)
    checked_on = models.DateField(_("when"), null=True, blank=True)
    # Raised with every change of the draft: two who write at once hear of each other, and an approval is of one state.
    revision = models.PositiveIntegerField(default=1)

    template = models.ForeignKey(
        "hiring.ContractTemplate", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # whose words the contract is made of; none: the product's own
    contract_text = models.TextField(blank=True)
    contract_sha256 = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # the candidate, the day before it ends
    decline_reason = models.CharField(max_length=10, choices=DeclineReason, blank=True)
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
