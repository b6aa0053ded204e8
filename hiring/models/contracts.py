from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, Membership


class ContractTemplate(CompanyOwned):
    """One version of the shop's own contract in a language; the highest number counts, and all of them are kept.

    Empty words mean that the product's own speak again. Versions are only added (hiring.contract_templates).
    """

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    version = models.PositiveIntegerField()
    text = models.TextField(_("text"), max_length=30_000, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("contract template")
        verbose_name_plural = _("contract templates")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "language", "version"], name="contract_template_version_once"
            ),
        ]

    def __str__(self):
        return f"contract {self.language} {self.version}"
