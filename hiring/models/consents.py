"""What an applicant agreed to of their own accord, in which words, and until when."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned
from hiring.models.applications import Application


class Purpose(models.TextChoices):
    KEEP = "keep", pgettext_lazy("what an applicant agrees to", "Kept for longer")
    REFEREES = "referees", pgettext_lazy("what an applicant agrees to", "Referees are asked")


class Consent(CompanyOwned):
    """The words are kept as they were read, so that they can be read again after we have changed ours."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(_("agreed to"), max_length=10, choices=Purpose)
    version = models.CharField(_("version of the words"), max_length=40)
    text = models.TextField(_("words"))
    given_at = models.DateTimeField(_("given"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["pk"]
        constraints = [
            # Taken back and given again it is another row.
            models.UniqueConstraint(
                fields=["application", "purpose"],
                condition=Q(withdrawn_at=None),
                name="one_standing_consent_per_purpose",
            )
        ]

    @property
    def stands(self) -> bool:
        return self.withdrawn_at is None

    def __str__(self):
        return f"{self.purpose} of {self.application_id}"
