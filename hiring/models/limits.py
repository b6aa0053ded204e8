from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, Membership
from hiring.models.applications import Stage
from hiring.models.jobs import Job

LONGEST = 365


class StageLimit(CompanyOwned):
    """After how many days in a stage of this job somebody waits too long, and which manager is told of it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="stage_limits")
    stage = models.CharField(max_length=10, choices=Stage)
    days = models.PositiveSmallIntegerField(_("days"))
    owner = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who is told"),
    )
    told_on = models.DateField(null=True, blank=True)  # where the shop is

    class Meta:
        verbose_name = _("longest wait in a stage")
        verbose_name_plural = _("longest waits in stages")
        constraints = [
            models.UniqueConstraint(fields=["job", "stage"], name="one_limit_per_stage"),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=LONGEST),
                name="limit_days",
                violation_error_message=_("Between one day and a year."),
            ),
        ]

    def __str__(self):
        return f"{self.stage}: {self.days}"
