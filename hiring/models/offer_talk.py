"""What is said about an offer before it is answered: inside the shop, and between the shop and the candidate."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from hiring.models.applications import Application
from hiring.models.offers import Offer


class Decision(models.TextChoices):
    OPEN = "", pgettext_lazy("of an approval", "Waiting")
    APPROVED = "approved", pgettext_lazy("of an approval", "Approved")
    RETURNED = "returned", pgettext_lazy("of an approval", "Sent back")
    VOID = "void", pgettext_lazy("of an approval", "Over: the offer was changed")


class OfOfferQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Owners, and the managers of the job: those who only meet the applicant see no offer."""
        if not membership.is_boss:
            return self.none()
        seen = Application.objects.for_company(membership.company_id).visible_to(membership).values("pk")
        return self.filter(offer__application__in=seen)


class OfferApproval(CompanyOwned):
    """A manager asked an owner whether an offer may leave. It is of the very words that were asked about."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="approvals")
    sha256 = models.CharField(max_length=64)
    asked_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=8, choices=Decision, blank=True, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(_("comment"), max_length=1_000, blank=True)

    objects = OfOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("approval of an offer")
        verbose_name_plural = _("approvals of offers")
        constraints = [
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="approval_decision_known"),
            models.CheckConstraint(
                condition=~Q(decision__in=[Decision.APPROVED, Decision.RETURNED])
                | Q(decided_at__isnull=False),
                name="approval_decided_at",
            ),
            models.UniqueConstraint(fields=["offer"], condition=Q(decision=""), name="one_open_approval"),
        ]

    def __str__(self):
        return f"approval {self.pk} ({self.decision or 'open'})"

    @property
    def is_open(self) -> bool:
        return self.decision == Decision.OPEN


class OfferQuestionQuerySet(OfOfferQuerySet):
    def open(self):
        return self.filter(answered_at=None)


class OfferQuestion(CompanyOwned):
    """What a candidate asked behind the link of an offer, and what the shop said to it."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="questions")
    text = models.TextField(_("question"), max_length=1_000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=3_000, blank=True)
    answered_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = OfferQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about an offer")
        verbose_name_plural = _("questions about offers")

    def __str__(self):
        return f"question {self.pk} about offer {self.offer_id}"
