"""What a decision was made of, in the shop's own words, and what applicants were given to read on request."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet


class DecisionMemo(Undoable, CompanyOwned):
    """The words no program can write. Everything else on the memo is read from what was recorded anyway."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="memo")
    why = models.TextField(_("why this person"), max_length=2_000, blank=True)
    doubts = models.TextField(
        _("what we are not sure of, and what we do about it"), max_length=2_000, blank=True
    )
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision memo")
        verbose_name_plural = _("decision memos")

    def __str__(self):
        return f"memo {self.pk}"


class ReadOutKind(models.TextChoices):
    WRITTEN = "written", _("What was written about them")
    EXTRACT = "extract", _("The qualifications of whoever was hired")


class ReadOut(Undoable, CompanyOwned):
    """What one applicant was given to read, word for word, and why single lines were left out.

    `sections` are [{"title", "lines": [text]}]; `struck` are [{"title", "why"}], without the words that were struck.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="read_outs")
    kind = models.CharField(max_length=7, choices=ReadOutKind)
    sections = models.JSONField(default=list)
    struck = models.JSONField(default=list, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("what an applicant was given to read")
        verbose_name_plural = _("what applicants were given to read")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ReadOutKind.values), name="read_out_kind_known")
        ]

    def __str__(self):
        return f"read out {self.pk}"
