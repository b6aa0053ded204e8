"""Reading the pile: who is at which CV, how long it took, and what a reader has been shown of the page."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, Membership
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet
from hiring.models.jobs import Job

LONGEST = 1_800  # seconds of one reading; whoever says more has left the page open


class ReadingTime(CompanyOwned):
    """One decision on a CV: how long its reader looked, nobody else's business. A sitting is found from these rows."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reading_times")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)  # null: the browser did not say
    position = models.PositiveIntegerField()  # within its sitting, from 1
    at = models.DateTimeField(default=timezone.now)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("time a CV was read")
        verbose_name_plural = _("times CVs were read")
        indexes = [models.Index(fields=["by", "job", "-at"], name="reading_of_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(seconds=None) | Q(seconds__gte=1, seconds__lte=LONGEST),
                name="reading_seconds_sane",
            )
        ]

    def __str__(self):
        return f"reading of {self.application_id}"


class ReadingLease(CompanyOwned):
    """Somebody has this CV open. It ends by itself; `ahead` is a page fetched for later, which gives way."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="lease")
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()
    ahead = models.BooleanField(default=False)
    ticket = models.CharField(
        max_length=12
    )  # of the page that holds it: an older page that is left frees nothing

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("CV somebody has open")
        verbose_name_plural = _("CVs somebody has open")

    def __str__(self):
        return f"{self.by_id} reads {self.application_id}"


class ReadingHabit(CompanyOwned):
    """What the reading page knows of its reader: their own pace, told to nobody else, and that they know the keys."""

    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="reading_habit")
    pace = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # seconds a CV, the median of their last ones
    keys_known_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("way somebody reads")
        verbose_name_plural = _("ways people read")

    def __str__(self):
        return f"habit of {self.member_id}"
