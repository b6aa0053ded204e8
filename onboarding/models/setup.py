"""What the shop gets ready while it hires (opens with the job, not after the offer)."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from onboarding import defaults


class SetupQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if membership.is_boss else self.none()

    def with_counts(self):
        return self.annotate(
            total=models.Count("items"), ready=models.Count("items", models.Q(items__done_at__isnull=False))
        )


class SetupList(CompanyOwned):
    job_ref = models.CharField(max_length=80)
    job_title = models.CharField(_("job title"), max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SetupQuerySet.as_manager()

    class Meta:
        verbose_name = _("set-up list")
        verbose_name_plural = _("set-up lists")
        constraints = [models.UniqueConstraint(fields=["company", "job_ref"], name="setup_once_per_job")]

    def __str__(self):
        return self.job_title


class SetupItem(CompanyOwned):
    setup = models.ForeignKey(SetupList, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SetupQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing to set up")
        verbose_name_plural = _("things to set up")
        constraints = [models.UniqueConstraint(fields=["setup", "key"], name="setup_item_once")]

    def __str__(self):
        return self.key

    @property
    def label(self) -> str:
        return defaults.setup_title(self.key)

    @property
    def text(self) -> str:
        return defaults.setup_body(self.key)
