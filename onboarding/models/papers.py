"""Bank, identity and tax numbers: nothing of them is kept unless an owner has switched it on."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership, Role
from onboarding.models.plan import Onboarding
from vault.fields import EncryptedTextField

SHOWN, LEAST = 4, 8  # the last signs that are shown, of a number at least so long


class PaperKind(models.TextChoices):
    BANK = "bank", pgettext_lazy("kind of paper", "Bank account")
    IDENTITY = "identity", pgettext_lazy("kind of paper", "Identity number")
    TAX = "tax", pgettext_lazy("kind of paper", "Tax number")


# The steps of the first day in which they are handed over.
STEPS = {PaperKind.BANK: "bank_details", PaperKind.IDENTITY: "identity", PaperKind.TAX: "paperwork"}


class PaperStore(CompanyOwned):
    """Whether this shop keeps the numbers. Whoever writes one locks this row first."""

    on_at = models.DateTimeField(null=True, blank=True)
    on_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("keeping of numbers")
        verbose_name_plural = _("keeping of numbers")
        constraints = [models.UniqueConstraint(fields=["company"], name="one_paper_store")]

    def __str__(self):
        return f"{self.company_id} {bool(self.on_at)}"


class PaperQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Owners, and the person; no manager, not even of this person."""
        if membership.role == Role.OWNER:
            return self
        return self.filter(onboarding__hire=membership)


class Paper(CompanyOwned):
    """One number of one person, encrypted. Pages and copies show `masked`; `papers.read` alone gives the rest."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(pgettext_lazy("of a paper", "kind"), max_length=10, choices=PaperKind)
    value = EncryptedTextField(_("number"), max_length=60)
    entered_at = models.DateTimeField(_("entered at"), default=timezone.now)
    entered_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    delete_on = models.DateField(_("kept until"))

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("number for payroll")
        verbose_name_plural = _("numbers for payroll")
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "kind"], name="one_paper_of_a_kind"),
            models.CheckConstraint(condition=models.Q(kind__in=PaperKind.values), name="paper_kind_known"),
        ]

    def __str__(self):
        return f"{self.onboarding_id} {self.kind}"

    @property
    def masked(self) -> str:
        """ "•••• 0785"; of a short number nothing at all."""
        return f"•••• {self.value[-SHOWN:]}" if len(self.value) >= LEAST else "••••"
