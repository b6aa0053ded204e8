from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned
from hiring.models.applications import Application


class SearchText(CompanyOwned):
    """The folded words of what one applicant sent, without name and address: what `hiring.fulltext` looks through."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="words"
    )
    words = models.TextField()

    class Meta:
        verbose_name = _("words to search in")
        verbose_name_plural = _("words to search in")

    def __str__(self):
        return f"words of application {self.pk}"
