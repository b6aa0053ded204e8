"""What a job looks for, and how the list was before somebody who had read with it changed it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from hiring.models.jobs import Job


class Level(models.TextChoices):
    MUST = "must", _("Must have")
    NICE = "nice", _("Nice to have")
    BONUS = "bonus", _("Bonus")


class RequirementKind(models.TextChoices):
    SKILL = "skill", _("Skill")
    QUALITY = "quality", _("Quality")


class TestedIn(models.TextChoices):
    QUESTION = "question", pgettext_lazy("where a skill shows", "question in the form")
    CV = "cv", pgettext_lazy("where a skill shows", "CV")
    PHONE = "phone", pgettext_lazy("where a skill shows", "phone call")
    INTERVIEW = "interview", pgettext_lazy("where a skill shows", "interview")
    SAMPLE = "sample", pgettext_lazy("where a skill shows", "work sample")
    REFERENCE = "reference", pgettext_lazy("where a skill shows", "reference")


class Requirement(CompanyOwned):
    """One thing to look for. The same list makes the advert, the tick-list, the scorecard and the first weeks."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="requirements")
    key = models.CharField(max_length=30, blank=True)  # of hiring.suggestions; empty for one's own
    text = models.CharField(_("requirement"), max_length=200, blank=True)
    kind = models.CharField(max_length=7, choices=RequirementKind, default=RequirementKind.SKILL)
    level = models.CharField(_("level"), max_length=5, choices=Level, default=Level.MUST)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    why = models.CharField(_("why it matters"), max_length=500, blank=True)
    anchor_1 = models.CharField(_("what a 1 looks like"), max_length=500, blank=True)
    anchor_3 = models.CharField(_("what a 3 looks like"), max_length=500, blank=True)
    anchor_5 = models.CharField(_("what a 5 looks like"), max_length=500, blank=True)
    # TestedIn values; empty means: what the catalogue says, for one's own the interview.
    tested_in = models.JSONField(_("where it is tested"), default=list, blank=True)
    # To ask in the interview, one a line; empty means: the suggestion's.
    questions = models.TextField(_("questions for the interview"), max_length=2_000, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # Taken off the list; kept for good where CVs were read with it, else for as long as it can be put back.
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="requirement_level_known"),
            models.CheckConstraint(
                condition=~Q(key="") | ~Q(text=""),
                name="requirement_says_something",
                violation_error_message=_("Say what you look for."),
            ),
            models.CheckConstraint(condition=Q(weight__range=(1, 5)), name="requirement_weight_known"),
            models.UniqueConstraint(
                fields=["job", "key"], condition=~Q(key=""), name="one_requirement_per_suggestion"
            ),
        ]

    def __str__(self):
        return str(self.label)

    @property
    def suggestion(self):
        """What hiring.suggestions says of this key, or None for one's own."""
        from hiring import suggestions

        return suggestions.BY_KEY.get(self.key)

    @property
    def label(self):
        return self.text or self.suggestion.name

    @property
    def reason(self):
        return self.why or (self.suggestion.why if self.suggestion else "")

    @property
    def anchors(self) -> dict:
        """{1: text, 3: text, 5: text}: own words where there are any, else the suggestion's."""
        theirs = self.suggestion.anchors if self.suggestion else {}
        return {n: getattr(self, f"anchor_{n}") or theirs.get(n, "") for n in (1, 3, 5)}

    @property
    def places(self) -> tuple:
        """Where it is tested: TestedIn values."""
        if self.tested_in:
            return tuple(self.tested_in)
        return self.suggestion.tested if self.suggestion else (TestedIn.INTERVIEW.value,)

    @property
    def interview_questions(self) -> list:
        """What to ask about it: own questions where there are any, else the suggestion's."""
        own = [line.strip() for line in self.questions.splitlines() if line.strip()]
        return own or list(self.suggestion.questions if self.suggestion else ())


class WhyChanged(models.TextChoices):
    """Why a list was changed after CVs had been read with it."""

    LEARNED = "learned", _("Learned what matters")
    ROLE = "role", _("Role changed")
    MISTAKE = "mistake", _("Mistake")


class RequirementVersion(CompanyOwned):
    """A list that CVs were read with and that is no more: written when the next one takes its place."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="requirement_versions")
    number = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)  # when it was changed, by whom, and why if they said so
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("why it was changed"), max_length=7, choices=WhyChanged, blank=True)
    listed = models.JSONField()  # [{"row", "key", "text", "level", "weight"}], in order

    class Meta:
        verbose_name = _("earlier list of requirements")
        verbose_name_plural = _("earlier lists of requirements")
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="requirement_version_once"),
            models.CheckConstraint(
                condition=Q(reason__in=["", *WhyChanged.values]), name="requirement_version_reason_known"
            ),
        ]

    def __str__(self):
        return f"{self.number} of {self.job_id}"
