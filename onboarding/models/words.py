"""Texts people agree on, with their versions, and questions with their answers."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from onboarding.models.plan import Onboarding
from onboarding.models.steps import Step


class Wording(CompanyOwned):
    """One version of a text: "when to ask first" of the company, or one person's expectations."""

    class Subject(models.TextChoices):
        ASK_FIRST = "ask_first", _("When to ask first")
        EXPECTATIONS = "expectations", _("Expectations")

    subject = models.CharField(max_length=12, choices=Subject)
    onboarding = models.ForeignKey(
        Onboarding, on_delete=models.CASCADE, null=True, blank=True, related_name="wordings"
    )
    number = models.PositiveIntegerField()
    body = models.TextField(_("text"), max_length=8000)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = pgettext_lazy("agreed words", "text")
        verbose_name_plural = pgettext_lazy("agreed words", "texts")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "subject", "number"],
                condition=models.Q(onboarding=None),
                name="company_wording_number_once",
            ),
            models.UniqueConstraint(fields=["onboarding", "subject", "number"], name="wording_number_once"),
        ]

    def __str__(self):
        return f"{self.subject} v{self.number}"


class Acknowledgement(CompanyOwned):
    """Somebody read a text and said so: which version, and the words as they stood on the screen."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="acknowledgements")
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="acknowledgements")
    subject = models.CharField(max_length=12, choices=Wording.Subject)
    number = models.PositiveIntegerField()  # 0: the suggested text, before the company wrote its own
    body = models.TextField()
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("acknowledgement")
        verbose_name_plural = _("acknowledgements")

    def __str__(self):
        return f"{self.subject} v{self.number}"


class QuestionQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        if membership.is_boss:
            return self
        theirs = models.Q(onboarding__hire=membership) | models.Q(onboarding__buddy=membership)
        return self.filter(theirs | models.Q(onboarding__manager__answer_hours__stand_in=membership))

    def open(self):
        return self.filter(answered_at=None, onboarding__cancelled_at=None)


class Question(CompanyOwned):
    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="questions")
    body = models.TextField(_("your question"), max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Told once more after an hour of the manager's own hours, then to whoever steps in.
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    passed_on_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [
            models.Index(
                fields=["company", "asked_at"],
                condition=models.Q(answered_at=None),
                name="question_open",
            )
        ]

    def __str__(self):
        return f"{self.onboarding_id} {self.asked_at:%Y-%m-%d}"
