from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from hiring.models.applications import Application


class PersonKey(CompanyOwned):
    """What applications of one person have in common (hiring.likeness), as columns with an index."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, primary_key=True, related_name="keys"
    )
    email_key = models.CharField(max_length=254, blank=True)
    phone_key = models.CharField(max_length=20, blank=True)
    name_key = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("key to find a person by")
        verbose_name_plural = _("keys to find a person by")
        indexes = [
            models.Index(fields=["company", "email_key"], name="person_by_email"),
            models.Index(fields=["company", "phone_key"], name="person_by_phone"),
            models.Index(fields=["company", "name_key", "-application"], name="person_by_name"),
        ]

    def __str__(self):
        return f"keys of application {self.pk}"


class Said(models.TextChoices):
    """What somebody said about a pair."""

    NOTHING = "", pgettext_lazy("two applications", "Not decided")
    SAME = "same", pgettext_lazy("two applications", "Same person")
    OTHER = "other", pgettext_lazy("two applications", "Somebody else")


class SamePersonQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Only where both may be seen: nobody learns here that somebody applied to a job they are not on."""
        seen = Application.objects.for_company(membership.company_id).visible_to(membership).values("pk")
        return self.filter(first__in=seen, second__in=seen)

    def open(self):
        """Nobody has said anything yet, and they are two persons so far."""
        return self.filter(said=Said.NOTHING).exclude(first__candidate=F("second__candidate"))

    def between(self, one, other):
        """All pairs with an application of each of these two candidates (numbers)."""
        return self.filter(
            Q(first__candidate=one, second__candidate=other)
            | Q(first__candidate=other, second__candidate=one)
        )


class SamePerson(CompanyOwned):
    """Two applications that may be of one person, and what a person said about it. `first` came earlier."""

    first = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(default=list)  # of "email", "phone", "name"
    said = models.CharField(max_length=5, choices=Said, blank=True, default=Said.NOTHING)
    said_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    said_at = models.DateTimeField(null=True, blank=True)
    found_at = models.DateTimeField(default=timezone.now)

    objects = SamePersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("two applications of perhaps one person")
        verbose_name_plural = _("pairs of applications of perhaps one person")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(condition=Q(said__in=Said.values), name="pair_said_known"),
        ]
        indexes = [models.Index(fields=["company", "-id"], condition=Q(said=""), name="pair_open")]

    def __str__(self):
        return f"applications {self.first_id} and {self.second_id}"
