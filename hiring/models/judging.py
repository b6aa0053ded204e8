"""What people write down about an applicant at each stage."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application, Stage
from hiring.models.history import OfApplicationQuerySet
from hiring.models.requirements import Requirement


class Mark(models.TextChoices):
    MET = "met", pgettext_lazy("requirement", "Met")
    NOT_MET = "not_met", pgettext_lazy("requirement", "Not met")
    UNCLEAR = "unclear", pgettext_lazy("requirement", "Unclear")


class CvCheck(CompanyOwned):
    """Whether the CV shows one requirement."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="cv_checks")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=7, choices=Mark)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mark on a CV")
        verbose_name_plural = _("marks on a CV")
        constraints = [
            models.UniqueConstraint(fields=["application", "requirement"], name="one_cv_check"),
            models.CheckConstraint(condition=Q(mark__in=Mark.values), name="cv_mark_known"),
        ]

    def __str__(self):
        return f"{self.requirement_id}: {self.mark}"


class Judgement(models.TextChoices):
    YES = "yes", _("Yes")
    UNSURE = "unsure", _("Unsure")
    NO = "no", _("No")


class PhoneScreen(Undoable, CompanyOwned):
    """The call: three judgements, each with a note."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="phone_screen")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(default=timezone.now)
    direct = models.CharField(
        _("Do they answer questions directly?"), max_length=6, choices=Judgement, blank=True
    )
    direct_note = models.CharField(_("note"), max_length=500, blank=True)
    polite = models.CharField(
        _("Are they professional and polite?"), max_length=6, choices=Judgement, blank=True
    )
    polite_note = models.CharField(_("note"), max_length=500, blank=True)
    interested = models.CharField(
        _("Are they genuinely interested in this job?"), max_length=6, choices=Judgement, blank=True
    )
    interested_note = models.CharField(_("note"), max_length=500, blank=True)
    notes = models.TextField(_("notes of the call"), max_length=5_000, blank=True)
    hours_note = models.CharField(_("Can you work these hours?"), max_length=1_000, blank=True)
    plans_note = models.CharField(
        _("This is a permanent job. What would make it right for you for the next year or two?"),
        max_length=1_000,
        blank=True,
    )
    covered = models.JSONField(
        default=list, blank=True
    )  # steps of hiring.phone_agenda that were talked about

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("phone screen")
        verbose_name_plural = _("phone screens")

    def __str__(self):
        return f"phone screen {self.pk}"

    @property
    def is_complete(self) -> bool:
        return bool(self.direct and self.polite and self.interested)


class CallCheck(CompanyOwned):
    """What the call showed of something the CV left unclear. What the CV showed stays as it was marked."""

    screen = models.ForeignKey(PhoneScreen, on_delete=models.CASCADE, related_name="checks")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="+")
    mark = models.CharField(max_length=7, choices=Mark, blank=True)  # empty: only a note so far
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("mark in a call")
        verbose_name_plural = _("marks in a call")
        constraints = [
            models.UniqueConstraint(fields=["screen", "requirement"], name="one_call_check"),
            models.CheckConstraint(condition=Q(mark__in=["", *Mark.values]), name="call_mark_known"),
        ]

    def __str__(self):
        return f"{self.requirement_id}: {self.mark}"


class InterviewKind(models.TextChoices):
    PHONE = "phone", _("Phone call")
    VIDEO = "video", _("Video call")
    ONSITE = "onsite", _("In person")


class TalkOutcome(models.TextChoices):
    HAPPENED = "happened", pgettext_lazy("an interview", "Took place")
    NO_SHOW = "no_show", pgettext_lazy("an interview", "Didn't come")


class Interview(Undoable, CompanyOwned):
    """A time agreed with the applicant. `zone` is the IANA name it was agreed in."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interviews")
    kind = models.CharField(_("how"), max_length=6, choices=InterviewKind, default=InterviewKind.VIDEO)
    starts_at = models.DateTimeField(_("starts"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=60)
    zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    # Where the applicant stood when it was agreed, which tells a call from the interview; empty where nobody knows.
    stage = models.CharField(max_length=10, choices=Stage, blank=True)
    uid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    # When what calendars are told of it was last another; `save` looks after it.
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Empty until somebody says so: that its time is over proves nothing.
    outcome = models.CharField(max_length=8, choices=TalkOutcome, blank=True)
    outcome_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome_at = models.DateTimeField(null=True, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        indexes = [
            models.Index(fields=["application", "starts_at"], name="interview_of_application"),
            models.Index(fields=["company", "starts_at"], name="interview_of_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480),
                name="interview_length",
                violation_error_message=_("An interview takes between 5 minutes and 8 hours."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at=None)
                | Q(outcome__in=TalkOutcome.values, outcome_at__isnull=False),
                name="interview_outcome_with_its_day",
            ),
        ]

    def __str__(self):
        return f"interview {self.pk}"

    def save(self, *, update_fields=None, **kwargs):
        """A sequence that is written is a change that calendars hear of."""
        if not self._state.adding and (update_fields is None or "sequence" in update_fields):
            self.changed_at = timezone.now()
            update_fields = update_fields and {*update_fields, "changed_at"}
        super().save(update_fields=update_fields, **kwargs)

    @property
    def revision(self) -> int:
        """What a form says it was made from: every moving and calling off counts on."""
        return self.sequence

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)


class InterviewHost(CompanyOwned):
    """Somebody of the team who sits in."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="hosts")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("interviewer")
        verbose_name_plural = _("interviewers")
        constraints = [
            models.UniqueConstraint(fields=["interview", "membership"], name="host_once_in_an_interview")
        ]

    def __str__(self):
        return f"{self.membership_id} in {self.interview_id}"


class Recommendation(models.TextChoices):
    """Four levels and no middle."""

    DEFINITELY_NOT = "definitely_not", _("Definitely not")
    NO = "no", _("No")
    YES = "yes", _("Yes")
    STRONG_YES = "strong_yes", _("Strong yes")


class WhyAmended(models.TextChoices):
    """Why a card that was handed in got another version."""

    SLIP = "slip", _("A slip of mine")
    REMEMBERED = "recalled", _("I remembered something")
    NEWS = "news", _("Something came up since")


class ScorecardQuerySet(CompanyQuerySet):
    def submitted(self):
        return self.exclude(submitted_at=None)

    def latest(self):
        """The newest submitted version of each person's card."""
        newer = Scorecard.objects.filter(
            application=models.OuterRef("application"),
            interviewer=models.OuterRef("interviewer"),
            version__gt=models.OuterRef("version"),
            submitted_at__isnull=False,
        )
        return self.submitted().exclude(models.Exists(newer))

    def visible_to(self, membership):
        """Own cards always; others' once they are submitted and one's own is in too. Drafts: their author only."""
        own = Scorecard.objects.filter(
            application=models.OuterRef("application"),
            interviewer=membership,
            submitted_at__isnull=False,
        )
        return self.filter(Q(interviewer=membership) | (Q(submitted_at__isnull=False) & models.Exists(own)))


class Scorecard(Undoable, CompanyOwned):
    """One person's view of one applicant. Submitted cards are never edited: an amendment is a new version."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scorecards")
    interviewer = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    rubric_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    kept_at = models.DateTimeField(null=True, blank=True)  # the last time, by hand or while typing
    revision = models.PositiveIntegerField(default=0)  # raised by each keeping
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Of a second version and later ones, once they are in.
    reason = models.CharField(_("why it was changed"), max_length=8, choices=WhyAmended, blank=True)
    recommendation = models.CharField(_("recommendation"), max_length=14, choices=Recommendation, blank=True)
    trust = models.TextField(
        _("Would you let them answer your best customer alone? Why?"), max_length=2_000, blank=True
    )

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        verbose_name = _("scorecard")
        verbose_name_plural = _("scorecards")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "interviewer", "version"], name="one_scorecard_version"
            ),
            models.UniqueConstraint(
                fields=["application", "interviewer"],
                condition=Q(submitted_at=None),
                name="one_draft_scorecard",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | ~Q(recommendation=""),
                name="submitted_card_recommends",
                violation_error_message=_("Choose a recommendation before you submit."),
            ),
            models.CheckConstraint(
                condition=Q(reason__in=["", *WhyAmended.values]), name="scorecard_reason_known"
            ),
        ]

    def __str__(self):
        return f"scorecard {self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None

    @property
    def stamp(self) -> str:
        """What a form remembers of the card it was filled from."""
        return f"{self.version}.{self.revision}"


class Rating(CompanyOwned):
    """`level` 1 to 5; null is "no evidence", which is never a zero and stays out of every mean."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="ratings")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=1_000, blank=True)
    # Words of a draft that have no level yet; a card that was handed in has none of these.
    unrated = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "requirement"], name="one_rating"),
            models.CheckConstraint(condition=Q(unrated=False) | Q(level=None), name="unrated_has_no_level"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__gte=1, level__lte=5), name="rating_one_to_five"
            ),
        ]

    def __str__(self):
        return f"{self.requirement_id}: {self.level}"
