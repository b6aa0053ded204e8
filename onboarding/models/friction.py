"""What customers stumble over, like and dislike: counted by one tap, with how it came to be mended."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from accounts.undoing import Undoable


class Heard(models.TextChoices):
    STUMBLE = "stumble", pgettext_lazy("what customers say", "They stumble over")
    LIKE = "like", pgettext_lazy("what customers say", "They like")
    DISLIKE = "dislike", pgettext_lazy("what customers say", "They dislike")


class Mending(models.TextChoices):
    NEW = "new", pgettext_lazy("of a problem", "New")
    SEEN = "seen", pgettext_lazy("of a problem", "Looked at")
    FIXING = "fixing", pgettext_lazy("of a problem", "Being fixed")
    FIXED = "fixed", pgettext_lazy("of a problem", "Fixed")
    NOT_NOW = "not_now", pgettext_lazy("of a problem", "Not now")


SETTLED = (Mending.FIXED, Mending.NOT_NOW)


class Friction(Undoable, CompanyOwned):
    """One thing that customers say again and again. `onboarding.friction` alone writes it."""

    kind = models.CharField(max_length=8, choices=Heard, default=Heard.STUMBLE)
    body = models.CharField(_("what is it, in a sentence"), max_length=200)
    fix = models.TextField(_("how it could be mended"), max_length=1000, blank=True)
    status = models.CharField(max_length=8, choices=Mending, default=Mending.NEW)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("friction point")
        verbose_name_plural = _("friction points")
        indexes = [models.Index(fields=["company", "kind"], name="friction_of_kind")]

    def __str__(self):
        return self.body

    @property
    def settled(self) -> bool:
        return self.status in SETTLED


class Sighting(CompanyOwned):
    """It came up once more. `mark` is drawn with the page, so that one tap sent twice counts once."""

    friction = models.ForeignKey(Friction, on_delete=models.CASCADE, related_name="sightings")
    mark = models.CharField(max_length=32)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    example = models.TextField(_("what somebody wrote"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("time a friction point came up")
        verbose_name_plural = _("times a friction point came up")
        indexes = [models.Index(fields=["friction", "at"], name="sighting_when")]
        constraints = [models.UniqueConstraint(fields=["company", "mark"], name="one_tap_counts_once")]

    def __str__(self):
        return f"{self.friction_id} {self.at:%Y-%m-%d}"


class FrictionEvent(CompanyOwned):
    friction = models.ForeignKey(Friction, on_delete=models.CASCADE, related_name="events")
    before = models.CharField(max_length=8, choices=Mending)
    after = models.CharField(max_length=8, choices=Mending)
    note = models.CharField(pgettext_lazy("beside a status", "note"), max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("event of a friction point")
        verbose_name_plural = _("events of friction points")

    def __str__(self):
        return f"{self.friction_id} {self.after}"
