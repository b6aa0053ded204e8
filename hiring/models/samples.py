"""A short piece of work that applicants are asked for, and what people saw in it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet
from hiring.models.jobs import Job


class SampleText(Undoable, CompanyOwned):
    """Which sample a job uses: a key of hiring.samples, or the shop's own words. Without a row: the first set."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="sample_text")
    key = models.CharField(max_length=10, default="outdoor")
    shop = models.TextField(_("the shop, in a line or two"), max_length=600, blank=True)
    policy = models.TextField(_("its rules, one a line"), max_length=4_000, blank=True)
    message_1 = models.TextField(_("the first customer's message"), max_length=3_000, blank=True)
    points_1 = models.TextField(
        _("what the first customer wants to know, one a line"), max_length=1_000, blank=True
    )
    message_2 = models.TextField(_("the second customer's message"), max_length=3_000, blank=True)
    points_2 = models.TextField(
        _("what the second customer wants to know, one a line"), max_length=1_000, blank=True
    )
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("text of a work sample")
        verbose_name_plural = _("texts of work samples")

    def __str__(self):
        return f"sample text {self.pk}"


class WorkSampleQuerySet(OfApplicationQuerySet):
    def standing(self):
        """Not taken back: at most one of an application."""
        return self.filter(cancelled_at=None)

    def sent_in(self):
        return self.standing().exclude(finished_at=None)

    def to_rate(self, member):
        """What has come in and this member has handed in no rating of, in the order of their numbers."""
        mine = SampleRating.objects.filter(
            sample=models.OuterRef("pk"), rater=member, submitted_at__isnull=False
        )
        return self.sent_in().exclude(models.Exists(mine)).order_by("number")


class WorkSample(Undoable, CompanyOwned):
    """What one applicant was asked for, word for word, and what they wrote. Their time is theirs: nothing counts it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="samples")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="samples")
    number = models.PositiveIntegerField()  # within the job: "Sample 3"
    batch = models.CharField(max_length=16)  # sent with one click, and taken back with one
    texts = models.JSONField(default=dict)  # hiring.samples.texts, as they were sent
    relaxed = models.BooleanField(default=False)  # the applicant had asked for something to be changed
    sent_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    answer_1 = models.TextField(_("answer to the first customer"), max_length=8_000, blank=True)
    answer_2 = models.TextField(_("answer to the second customer"), max_length=8_000, blank=True)
    revision = models.PositiveIntegerField(default=1)  # of the answers

    objects = WorkSampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("work sample")
        verbose_name_plural = _("work samples")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(cancelled_at=None), name="one_standing_sample"
            ),
            models.UniqueConstraint(fields=["job", "number"], name="sample_number_once"),
            models.CheckConstraint(
                condition=Q(finished_at=None) | ~Q(answer_1="") | ~Q(answer_2=""),
                name="finished_sample_says_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_at"],
                name="sample_to_remind",
                condition=Q(finished_at=None, cancelled_at=None, reminded_at=None),
            )
        ]

    def __str__(self):
        return f"sample {self.pk}"

    @property
    def is_open(self) -> bool:
        return not (self.finished_at or self.cancelled_at or self.has_expired)

    @property
    def has_expired(self) -> bool:
        return self.finished_at is None and self.expires_at <= timezone.now()

    @property
    def answers(self) -> tuple[str, str]:
        return self.answer_1, self.answer_2


class SampleLevel(models.TextChoices):
    """Five anchored levels, and that it cannot be seen: never a zero."""

    ONE = "1", "1"
    TWO = "2", "2"
    THREE = "3", "3"
    FOUR = "4", "4"
    FIVE = "5", "5"
    NONE = "none", _("No evidence")


def _level(name):
    return models.CharField(name, max_length=4, choices=SampleLevel, blank=True)


class SampleRatingQuerySet(CompanyQuerySet):
    def submitted(self):
        return self.exclude(submitted_at=None)

    def latest(self):
        """The newest version that each person handed in."""
        newer = SampleRating.objects.filter(
            sample=models.OuterRef("sample"),
            rater=models.OuterRef("rater"),
            version__gt=models.OuterRef("version"),
            submitted_at__isnull=False,
        )
        return self.submitted().exclude(models.Exists(newer))

    def visible_to(self, membership):
        """One's own always; others' once they are handed in and one's own is in too. Drafts: their author only."""
        own = SampleRating.objects.filter(
            sample=models.OuterRef("sample"), rater=membership, submitted_at__isnull=False
        )
        return self.filter(Q(rater=membership) | (Q(submitted_at__isnull=False) & models.Exists(own)))


class SampleRating(Undoable, CompanyOwned):
    """One person's view of one sample. What was handed in is never edited: an amendment is a new version."""

    sample = models.ForeignKey(WorkSample, on_delete=models.CASCADE, related_name="ratings")
    rater = models.ForeignKey(Membership, on_delete=models.RESTRICT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    solved = _level(pgettext_lazy("of a work sample", "Solved"))
    policy = _level(pgettext_lazy("of a work sample", "Rules right"))
    tone = _level(pgettext_lazy("of a work sample", "Tone"))
    next_step = _level(pgettext_lazy("of a work sample", "Next step"))
    answered = models.JSONField(default=list, blank=True)  # "0-1": the second question of the first customer
    note = models.TextField(_("What made you choose these?"), max_length=2_000, blank=True)

    objects = SampleRatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating of a work sample")
        verbose_name_plural = _("ratings of work samples")
        constraints = [
            models.UniqueConstraint(fields=["sample", "rater", "version"], name="one_sample_rating_version"),
            models.UniqueConstraint(
                fields=["sample", "rater"], condition=Q(submitted_at=None), name="one_draft_sample_rating"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | (~Q(solved="") & ~Q(policy="") & ~Q(tone="") & ~Q(next_step="")),
                name="submitted_sample_rating_whole",
                violation_error_message=_("Choose a level for each of the four before you hand it in."),
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__in": ["", *SampleLevel.values]}), name=f"sample_{name}_known"
                )
                for name in ("solved", "policy", "tone", "next_step")
            ),
        ]

    def __str__(self):
        return f"sample rating {self.pk}"

    @property
    def is_draft(self) -> bool:
        return self.submitted_at is None
