"""When a manager answers questions, and who steps in."""

from datetime import time

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership


class AnswerHoursQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self.filter(member=membership)


class AnswerHours(CompanyOwned):
    """One for each person who answers new colleagues, whatever the number of plans they lead."""

    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="answer_hours")
    windows = models.JSONField(default=dict)  # weekday -> from, to: {"0": ["09:00", "17:00"]}
    # What the person says of themselves; counted answers win over it.
    usual_minutes = models.PositiveSmallIntegerField(_("usual answer time"), null=True, blank=True)
    stand_in = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who steps in"),
    )
    away_from = models.DateField(null=True, blank=True)
    away_until = models.DateField(_("away until"), null=True, blank=True)  # the last day away
    revision = models.PositiveIntegerField(default=1)

    objects = AnswerHoursQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours for questions")
        verbose_name_plural = _("hours for questions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(away_until=None) | models.Q(away_from__isnull=False),
                name="away_has_a_first_day",
            )
        ]

    def __str__(self):
        return str(self.member_id)

    @property
    def by_day(self) -> dict[int, tuple[time, time]]:
        return {
            int(day): (time.fromisoformat(begin), time.fromisoformat(end))
            for day, (begin, end) in self.windows.items()
        }
