"""What the form of one job asks besides, and what somebody answered."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from hiring.models.jobs import Job
from vault.models import StoredFile


class QuestionKind(models.TextChoices):
    TEXT = "text", pgettext_lazy("kind of question", "Several lines of text")
    LINE = "line", pgettext_lazy("kind of question", "One line of text")
    ONE = "one", pgettext_lazy("kind of question", "One of a list")
    SEVERAL = "several", pgettext_lazy("kind of question", "Several of a list")
    NUMBER = "number", pgettext_lazy("kind of question", "A number")
    DATE = "date", pgettext_lazy("kind of question", "A day")
    FILE = "file", pgettext_lazy("kind of question", "A file")
    HOURS = "hours", pgettext_lazy("kind of question", "Parts of the week")


CHOICES = (QuestionKind.ONE, QuestionKind.SEVERAL)


class Question(CompanyOwned):
    """An extra question of the application form; never required of the applicant."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=30, blank=True)
    text = models.CharField(_("question"), max_length=400, blank=True)
    hint = models.CharField(_("hint below it"), max_length=400, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=QuestionKind, default=QuestionKind.TEXT)
    # [{"key", "text"}]; with "off" once it is no longer offered: answers name keys, and stay readable.
    options = models.JSONField(_("options"), default=list, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    least = models.DecimalField(_("not below"), max_digits=12, decimal_places=2, null=True, blank=True)
    most = models.DecimalField(_("not above"), max_digits=12, decimal_places=2, null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    # Whoever applied before has not seen it; unknown of the oldest.
    created_at = models.DateTimeField(default=timezone.now, null=True, editable=False)
    # No longer asked; kept for good where somebody answered it, else for as long as it can be put back.
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(key="") | ~Q(text=""),
                name="question_says_something",
                violation_error_message=_("Write the question."),
            ),
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_known"),
            models.CheckConstraint(
                condition=Q(least=None) | Q(most=None) | Q(least__lte=F("most")),
                name="question_range_in_order",
                violation_error_message=_("The highest number is below the lowest."),
            ),
        ]

    def __str__(self):
        return str(self.label)

    @property
    def label(self):
        from hiring import defaults

        return self.text or defaults.QUESTIONS[self.key]

    @property
    def offered(self) -> list[dict]:
        """The options somebody may choose now: {"key", "text"}."""
        return [option for option in self.options if not option.get("off")]


class Answer(CompanyOwned):
    """Tied to the question's row: renaming the question leaves the answer where it was.

    It keeps the kind it was given to, so that it stays readable when the question becomes another kind. `text` are
    its words, in the language of the form; `value` is what the words were made of (hiring.answers).
    """

    application = models.ForeignKey("hiring.Application", on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.RESTRICT, related_name="answers")
    kind = models.CharField(max_length=8, choices=QuestionKind, default=QuestionKind.TEXT)
    text = models.TextField(_("answer"), max_length=10_000, blank=True)
    value = models.JSONField(default=dict, blank=True)
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["application", "question"], name="one_answer_per_question")
        ]

    def __str__(self):
        return f"answer {self.pk}"
