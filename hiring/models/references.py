"""Who may be asked about an applicant, and what each of them said."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet


class Referee(CompanyOwned):
    """Somebody who knows the applicant. Called only once the applicant has agreed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="referees")
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200)
    relation = models.CharField(_("how they know each other"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    agreed_at = models.DateTimeField(_("the applicant agreed"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")

    def __str__(self):
        return self.name


class Overall(models.TextChoices):
    GOOD = "good", pgettext_lazy("a reference", "Good")
    MIXED = "mixed", pgettext_lazy("a reference", "Mixed")
    BAD = "bad", pgettext_lazy("a reference", "Bad")
    NOT_REACHED = "not_reached", pgettext_lazy("a reference", "Not reached")


class ReferenceCall(Undoable, CompanyOwned):
    """What one referee said. Hesitation and deviation from the facts are fields of their own."""

    referee = models.OneToOneField(Referee, on_delete=models.CASCADE, related_name="call")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reference_calls")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    overall = models.CharField(_("overall"), max_length=11, choices=Overall, blank=True)
    hesitation = models.BooleanField(_("They hesitated"), default=False)
    hesitation_note = models.CharField(_("where"), max_length=500, blank=True)
    deviation = models.BooleanField(_("Something differs from what the applicant said"), default=False)
    deviation_note = models.CharField(_("what differs"), max_length=500, blank=True)
    candidate_said = models.CharField(_("what the applicant said to it"), max_length=1_000, blank=True)
    notes = models.TextField(_("notes"), max_length=5_000, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Raised with every keeping: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference call")
        verbose_name_plural = _("reference calls")

    def __str__(self):
        return f"reference call {self.pk}"
