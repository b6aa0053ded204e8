"""What proves an offer's signatures, the finished contract, and the key that seals it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet
from hiring.models.offers import Offer
from vault.fields import EncryptedTextField
from vault.models import AppendOnly, AppendOnlyQuerySet
from vault.work import State, Work


class Deed(models.TextChoices):
    """What happened to a contract. The order is that of an offer that goes well."""

    PREPARED = "prepared", pgettext_lazy("what happened to a contract", "Its words were fixed")
    EMPLOYER = "employer", pgettext_lazy("what happened to a contract", "Signed for the employer")
    SENT = "sent", pgettext_lazy("what happened to a contract", "Sent")
    MAILED = "mailed", pgettext_lazy("what happened to a contract", "The mail with the link has left")
    OPENED = "opened", pgettext_lazy("what happened to a contract", "Opened by the link of the mail")
    CANDIDATE = "candidate", pgettext_lazy("what happened to a contract", "Signed by the employee")
    OUTSIDE = "outside", pgettext_lazy("what happened to a contract", "Signed outside, a copy was kept")
    DECLINED = "declined", pgettext_lazy("what happened to a contract", "Declined")
    TAKEN_BACK = "taken_back", pgettext_lazy("what happened to a contract", "Taken back before it left")
    SEALED = "sealed", pgettext_lazy("what happened to a contract", "The signed contract was made and sealed")
    DOWNLOADED = "downloaded", pgettext_lazy("what happened to a contract", "Downloaded")


class EvidenceQuerySet(AppendOnlyQuerySet, CompanyQuerySet):
    pass


class Evidence(CompanyOwned):
    """One line of a contract's history; `digest` covers the line and the digest before it (hiring.evidence).

    Written once. No trigger of the database guards it, because the names in it have to go when the law's time is
    over: what is changed is found by the chain, and its end stands in a file that both sides hold.
    """

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="evidence")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(max_length=10, choices=Deed)
    at = models.DateTimeField(default=timezone.now)
    member_id = models.BigIntegerField(
        null=True, blank=True
    )  # of the shop; empty behind the candidate's link
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    agent = models.CharField(_("browser"), max_length=300, blank=True)
    consent_version = models.CharField(max_length=40, blank=True)
    link_hash = models.CharField(max_length=64, blank=True)  # of the link's number, never of its token
    signed_on = models.DateField(null=True, blank=True)  # the day on a copy that was signed outside
    contract_sha256 = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence of a signature")
        verbose_name_plural = _("evidence of signatures")
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="one_evidence_number"),
            models.CheckConstraint(condition=models.Q(what__in=Deed.values), name="evidence_known"),
        ]

    def __str__(self):
        return f"{self.offer_id}.{self.number} {self.what}"

    def save(self, **kwargs):
        if not self._state.adding:
            raise AppendOnly("Evidence is append-only")
        super().save(**kwargs)


class SignedContract(Work, CompanyOwned):
    """The contract with both signatures as one file, and the work of making it. `head`: where the chain stood then."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="signed_contract")
    file = models.ForeignKey(
        "vault.StoredFile",
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed contract"),
    )
    rows = models.PositiveSmallIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signed contract")
        verbose_name_plural = _("signed contracts")
        indexes = [models.Index(fields=["state", "due_at"], name="signed_contract_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="signed_contract_state_known"
            ),
        ]

    def __str__(self):
        return f"signed contract of offer {self.offer_id}"


class SigningKey(CompanyOwned):
    """What seals a company's contracts: made once, by the worker, when the first one is finished."""

    certificate = models.TextField()
    private_key = EncryptedTextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("key that seals contracts")
        verbose_name_plural = _("keys that seal contracts")
        constraints = [models.UniqueConstraint(fields=["company"], name="one_signing_key")]

    def __str__(self):
        return f"signing key of company {self.company_id}"
