from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import deleting
from accounts.deleting import Deletable
from accounts.models import CompanyOwned, CompanyQuerySet, Role
from vault.work import State, Work


class ReadinessQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if membership.role in {Role.OWNER, Role.MANAGER} else self.none()


class Assessment(Deletable, CompanyOwned):
    """One answer to "should I hire?", with what it was computed from. What is missing is not in `answers`."""

    answers = models.JSONField(_("answers"), default=dict)
    # What an imported log said at that moment: scoring.Inputs' measured_* fields.
    measured = models.JSONField(_("measured"), default=dict)
    config_version = models.CharField(_("version of the configuration"), max_length=20)
    result = models.JSONField(_("result"), default=dict)
    plan = models.CharField(_("what to do with the hours"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    objects = deleting.kept(ReadinessQuerySet)
    everything = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("readiness result")
        verbose_name_plural = _("readiness results")
        indexes = [models.Index(fields=["company", "-created_at"], name="assessment_latest")]

    def __str__(self):
        return f"{self.result.get('recommendation')} {self.created_at:%Y-%m-%d}"


class TicketImport(Work, Deletable, CompanyOwned):
    """A log of tickets on its way to weekly numbers. The rows themselves are not kept.

    Until the columns are mapped it is set aside (`parked` without a mapping).
    """

    name = models.CharField(_("file name"), max_length=120)
    # Compressed; empty again as soon as the numbers are there or the import is given up.
    body = models.BinaryField(null=True)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    header = models.JSONField(_("columns"), default=list)
    mapping = models.JSONField(_("which column is what"), default=dict)
    percent = models.PositiveSmallIntegerField(_("progress"), default=0)
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    cases = models.PositiveIntegerField(_("cases"), default=0)
    rejected_count = models.PositiveIntegerField(_("rows left out"), default=0)
    # The first of them: [line, code, what stood there].
    rejected = models.JSONField(_("lines left out"), default=list)
    series = models.JSONField(_("weekly and monthly numbers"), default=dict)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    objects = deleting.kept(ReadinessQuerySet)
    everything = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket import")
        verbose_name_plural = _("ticket imports")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "sha256"],
                condition=models.Q(deleted_at=None),
                name="one_import_per_file",
                violation_error_message=_("This file has been imported already."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def unmapped(self):
        return self.state == State.PARKED and not self.mapping

    @property
    def under_way(self):
        return self.state in {State.WAITING, State.RUNNING}


class Weighing(CompanyOwned):
    """One version of a company's own weights and thresholds. It is never changed: whoever thinks again makes the next.

    `changes` is {path: value} of what differs from our configuration `base` (readiness.settable).
    """

    base = models.CharField(_("our version it starts from"), max_length=12)
    revision = models.PositiveIntegerField(_("version"))
    changes = models.JSONField(_("changed numbers"), default=dict)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("weights")
        verbose_name_plural = _("weights")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "revision"],
                name="one_weighing_per_version",
                violation_error_message=_("This version exists already."),
            )
        ]

    def __str__(self):
        return self.version

    @property
    def version(self):
        """As a result names it: `2026-1+3` is a company's third, made from ours of 2026-1."""
        return f"{self.base}+{self.revision}"
