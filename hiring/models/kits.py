"""What stands beside a scorecard: answers to single questions, who asks what, and who was reminded."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, Membership
from hiring.models.judging import Interview, Scorecard
from hiring.models.requirements import Requirement


class CardAnswer(CompanyOwned):
    """What the applicant said to one question, as the interviewer wrote it down; the question as it was asked."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="answers")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=20)  # of hiring.interview_questions
    question = models.CharField(_("question"), max_length=2_000)
    note = models.CharField(_("answer"), max_length=2_000)

    class Meta:
        verbose_name = _("answer in an interview")
        verbose_name_plural = _("answers in an interview")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "requirement", "code"], name="one_card_answer")
        ]

    def __str__(self):
        return f"{self.requirement_id}: {self.code}"


class KitShare(CompanyOwned):
    """Who of several interviewers asks about what. Everybody may still rate everything."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="shares")
    requirement = models.ForeignKey(Requirement, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("part of an interview")
        verbose_name_plural = _("parts of an interview")
        constraints = [models.UniqueConstraint(fields=["interview", "requirement"], name="one_asks_about_it")]

    def __str__(self):
        return f"{self.membership_id}: {self.requirement_id}"


class CardReminder(CompanyOwned):
    """How often somebody was told that their card for this interview is not in yet."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="+")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    times = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder of a scorecard")
        verbose_name_plural = _("reminders of scorecards")
        constraints = [models.UniqueConstraint(fields=["interview", "membership"], name="card_reminder_once")]

    def __str__(self):
        return f"{self.membership_id}: {self.interview_id}"
