"""Goals of one person, their readings, and what stays when the first weeks are over."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from onboarding.goal_numbers import DOWN, UP
from onboarding.models.plan import Onboarding, PlanTemplate

SOMEBODY = {"on_delete": models.SET_NULL, "null": True, "blank": True, "related_name": "+"}


class GoalKind(models.TextChoices):
    CSAT = "csat", pgettext_lazy("kind of goal", "Satisfied customers")
    REPEAT = "repeat", pgettext_lazy("kind of goal", "Repeat purchases")
    REPLY = "reply", pgettext_lazy("kind of goal", "Faster replies")
    OWN = "own", pgettext_lazy("kind of goal", "A goal of your own")


class Direction(models.TextChoices):
    UP = UP, pgettext_lazy("direction of a goal", "More is better")
    DOWN = DOWN, pgettext_lazy("direction of a goal", "Less is better")


class Unit(models.TextChoices):
    PERCENT = "percent", pgettext_lazy("unit of a goal", "percent")
    PURCHASES = "purchases", pgettext_lazy("unit of a goal", "repeat purchases a month")
    CUSTOMERS = "customers", pgettext_lazy("unit of a goal", "customers a month who came back")
    MINUTES = "minutes", pgettext_lazy("unit of a goal", "minutes")
    HOURS = "hours", pgettext_lazy("unit of a goal", "hours")
    NUMBER = "number", pgettext_lazy("unit of a goal", "a plain number")


class Reader(models.TextChoices):
    BOTH = "both", pgettext_lazy("who writes the numbers down", "The new colleague or a manager")
    MANAGER = "manager", pgettext_lazy("who writes the numbers down", "A manager only")


class OfHireQuerySet(CompanyQuerySet):
    """Owners and managers see everybody's, the new colleague their own; nobody else."""

    PLAN = "onboarding"

    def running(self):
        return self.filter(**{f"{self.PLAN}__cancelled_at": None})

    def visible_to(self, membership):
        return self if membership.is_boss else self.filter(**{f"{self.PLAN}__hire": membership})


class GoalQuerySet(OfHireQuerySet):
    def in_order(self):
        return self.order_by("created_at", "pk")


class Goal(Undoable, CompanyOwned):
    """A number, where it began, where it shall go. While `name` is empty the kind's own name speaks."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="goals")
    kind = models.CharField(pgettext_lazy("of a goal", "kind"), max_length=8, choices=GoalKind)
    name = models.CharField(_("what it is about"), max_length=120, blank=True)
    direction = models.CharField(_("which way is better"), max_length=4, choices=Direction)
    unit = models.CharField(_("counted in"), max_length=10, choices=Unit)
    baseline = models.DecimalField(_("now"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(pgettext_lazy("of a goal", "target"), max_digits=12, decimal_places=2)
    until = models.DateField(pgettext_lazy("of a goal", "until"), null=True, blank=True)
    # For the sentence about the shop: how often a week it happens. Only of faster replies.
    a_week = models.PositiveIntegerField(_("messages a week"), null=True, blank=True)
    reader = models.CharField(
        _("who writes the numbers down"), max_length=8, choices=Reader, default=Reader.BOTH
    )
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(Membership, **SOMEBODY)
    # The first time a reading was there; it is told once.
    reached_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(_("reason"), max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = GoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("goal")
        verbose_name_plural = _("goals")
        constraints = [
            models.UniqueConstraint(
                fields=["onboarding", "kind", "name"],
                condition=models.Q(ended_at=None),
                name="one_open_goal_of_a_name",
                violation_error_message=_("There is such a goal already."),
            )
        ]

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        return self.name or str(GoalKind(self.kind).label)

    @property
    def counted(self) -> bool:
        """Are two counts read, of which the share is the value?"""
        return self.kind == GoalKind.CSAT


class OfGoalQuerySet(OfHireQuerySet):
    PLAN = "goal__onboarding"


class GoalReading(Undoable, CompanyOwned):
    """The number on one day. Corrected with its earlier versions kept; taken off it stays for its Undo."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="readings")
    day = models.DateField(pgettext_lazy("of a reading", "day"))
    value = models.DecimalField(pgettext_lazy("of a reading", "number"), max_digits=12, decimal_places=2)
    positive = models.PositiveIntegerField(_("positive answers"), null=True, blank=True)
    total = models.PositiveIntegerField(_("all answers"), null=True, blank=True)
    by = models.ForeignKey(Membership, **SOMEBODY)
    at = models.DateTimeField(default=timezone.now)
    gone_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = OfGoalQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading of a goal")
        verbose_name_plural = _("readings of goals")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal", "day"],
                condition=models.Q(gone_at=None),
                name="one_reading_a_day",
                violation_error_message=_("There is a number for this day already."),
            )
        ]

    def __str__(self):
        return f"{self.day} {self.value}"


class ReadingVersion(CompanyOwned):
    """What a reading said before it was corrected."""

    reading = models.ForeignKey(GoalReading, on_delete=models.CASCADE, related_name="versions")
    day = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=2)
    positive = models.PositiveIntegerField(null=True, blank=True)
    total = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(Membership, **SOMEBODY)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("earlier number of a reading")
        verbose_name_plural = _("earlier numbers of readings")

    def __str__(self):
        return f"{self.day} {self.value}"


class Onward(Undoable, CompanyOwned):
    """What a manager says when the first weeks are over, or before: settled, and goals opened early."""

    onboarding = models.OneToOneField(Onboarding, on_delete=models.CASCADE, related_name="onward")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(Membership, **SOMEBODY)
    goals_at = models.DateTimeField(null=True, blank=True)
    goals_by = models.ForeignKey(Membership, **SOMEBODY)
    goals_reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Where before and after stand side by side: hiring hands the address through the door.
    after_url = models.CharField(max_length=300, blank=True)

    objects = OfHireQuerySet.as_manager()

    class Meta:
        verbose_name = _("end of the first weeks")
        verbose_name_plural = _("ends of the first weeks")

    def __str__(self):
        return f"{self.onboarding_id}"


class LessonQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if membership.is_boss else self.none()


class Lesson(Undoable, CompanyOwned):
    """What was learned for the next hire, kept with the plan it was learned from."""

    onboarding = models.OneToOneField(Onboarding, on_delete=models.CASCADE, related_name="lesson")
    template = models.ForeignKey(
        PlanTemplate, on_delete=models.SET_NULL, null=True, blank=True, related_name="lessons"
    )
    keep = models.TextField(_("What was good and should stay?"), max_length=2000, blank=True)
    change = models.TextField(_("What would you do differently?"), max_length=2000, blank=True)
    drop = models.TextField(_("What can go?"), max_length=2000, blank=True)
    longest = models.TextField(_("What took longest?"), max_length=2000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(Membership, **SOMEBODY)
    revision = models.PositiveIntegerField(default=1)

    objects = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = _("what was learned")
        verbose_name_plural = _("what was learned")

    def __str__(self):
        return f"{self.onboarding_id}"
