"""Weekly meetings: the series, its single meetings, what is to be spoken of and what was agreed."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from accounts.undoing import Undoable
from onboarding import series
from onboarding.models.plan import Onboarding, zone_named
from onboarding.models.steps import Step
from vault.fields import EncryptedTextField

DAYS = [
    (0, pgettext_lazy("every week on", "Monday")),
    (1, pgettext_lazy("every week on", "Tuesday")),
    (2, pgettext_lazy("every week on", "Wednesday")),
    (3, pgettext_lazy("every week on", "Thursday")),
    (4, pgettext_lazy("every week on", "Friday")),
    (5, pgettext_lazy("every week on", "Saturday")),
    (6, pgettext_lazy("every week on", "Sunday")),
]


class Hour(models.Model):
    """When on its day, for how long and where."""

    at = models.TimeField(_("time"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    place = models.CharField(pgettext_lazy("of a meeting", "place"), max_length=300, blank=True)
    video_link = models.URLField(_("video link"), max_length=500, blank=True)

    class Meta:
        abstract = True


class Series(CompanyOwned, Hour):
    """One for each onboarding: what the coming meetings are made from."""

    onboarding = models.OneToOneField(Onboarding, on_delete=models.CASCADE, related_name="series")
    weekday = models.PositiveSmallIntegerField(_("every week on"), choices=DAYS, default=series.SUGGESTED)
    zone = models.CharField(max_length=60)  # where the hour is agreed: the new hire's, at first
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    # Raised with every change: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("weekly meeting")
        verbose_name_plural = _("weekly meetings")
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="series_weekday"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="series_minutes"
            ),
        ]

    def __str__(self):
        return f"{self.onboarding_id} {self.weekday}"


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("state of a meeting", "Planned")
    HELD = "held", pgettext_lazy("state of a meeting", "Held")
    NOT_HELD = "not_held", pgettext_lazy("state of a meeting", "Did not happen")
    CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "Called off")


class Meeting(Undoable, CompanyOwned, Hour):
    """One meeting. `onboarding.meetings` alone changes its state and its time."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="meetings")
    week = models.DateField()  # the Monday of the week it stands for, also when it was moved to another
    on = models.DateField(_("day"))
    zone = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    notes = EncryptedTextField(_("notes"), max_length=8000, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of the notes
    step = models.ForeignKey(Step, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    invited = models.SmallIntegerField(default=-1)  # the sequence that calendars have heard of; -1: none
    changed_at = models.DateTimeField(default=timezone.now)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "week"], name="one_meeting_a_week"),
            models.CheckConstraint(
                condition=models.Q(state__in=MeetingState.values), name="meeting_state_known"
            ),
        ]
        indexes = [models.Index(fields=["on"], condition=models.Q(state="planned"), name="meeting_planned")]

    def __str__(self):
        return f"{self.onboarding_id} {self.on}"

    @property
    def starts_at(self) -> datetime:
        return series.begins(self.on, self.at, zone_named(self.zone))

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    def touch(self) -> None:
        """Changed: calendars hear of it. Saves nothing."""
        self.sequence += 1
        self.changed_at = timezone.now()


class Point(CompanyOwned):
    """Something to speak of: on the next meeting while `meeting` is empty, then on the one that was held."""

    class Source(models.TextChoices):
        PROBLEM = "problem", pgettext_lazy("point of a meeting", "A problem")
        QUESTIONS = "questions", pgettext_lazy("point of a meeting", "Questions that came up")
        PROJECTS = "projects", pgettext_lazy("point of a meeting", "New projects")
        HOW = "how", pgettext_lazy("point of a meeting", "How it goes")
        LIKES = "likes", pgettext_lazy("point of a meeting", "What customers like")
        DISLIKES = "dislikes", pgettext_lazy("point of a meeting", "What customers dislike")

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="points")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, null=True, blank=True, related_name="points"
    )
    source = models.CharField(_("about"), max_length=10, choices=Source, default=Source.PROBLEM)
    text = EncryptedTextField(_("what is it?"), max_length=2000)
    with_buddy = models.BooleanField(_("the buddy may read it, too"), default=False)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("point of a meeting")
        verbose_name_plural = _("points of meetings")

    def __str__(self):
        return f"{self.onboarding_id} {self.source}"


class Action(CompanyOwned):
    """What somebody will do until a day; it stands on every meeting until it is done."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="actions")
    meeting = models.ForeignKey(
        Meeting, on_delete=models.SET_NULL, null=True, blank=True, related_name="actions"
    )
    text = EncryptedTextField(_("what will be done?"), max_length=500)
    owner = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+", verbose_name=_("who"))
    due_on = models.DateField(_("until"))
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("action of a meeting")
        verbose_name_plural = _("actions of meetings")

    def __str__(self):
        return f"{self.onboarding_id} {self.due_on}"


class FirstDayCall(CompanyOwned):
    """What the manager's calendar was told of the first day, so that a move is a move and an end is an end."""

    onboarding = models.OneToOneField(Onboarding, on_delete=models.CASCADE, related_name="first_day_call")
    manager = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("first day in a calendar")
        verbose_name_plural = _("first days in calendars")

    def __str__(self):
        return f"{self.onboarding_id} {self.starts_at:%Y-%m-%d}"
