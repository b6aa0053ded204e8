"""What a reader marks in an application: statements to check with a referee, and typing mistakes they saw."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet
from hiring.models.references import Referee


class FactKind(models.TextChoices):
    EMPLOYER = "employer", pgettext_lazy("a fact to check", "Employer")
    DATES = "dates", pgettext_lazy("a fact to check", "Dates")
    TOOLS = "tools", pgettext_lazy("a fact to check", "Tools")
    VOLUMES = "volumes", pgettext_lazy("a fact to check", "How much")
    TEAM = "team", pgettext_lazy("a fact to check", "Team")
    OTHER = "other", pgettext_lazy("a fact to check", "Something else")


class Source(models.TextChoices):
    """Where the words stand."""

    CV = "cv", pgettext_lazy("where words stand", "CV")
    LETTER = "letter", pgettext_lazy("where words stand", "Letter")
    ANSWER = "answer", pgettext_lazy("where words stand", "Answer")
    INTERVIEW = "interview", pgettext_lazy("where words stand", "Interview")


class FactOutcome(models.TextChoices):
    """What a referee said to it. Differing: dates by more than a month, numbers by more than a fifth."""

    CONFIRMED = "confirmed", pgettext_lazy("a fact to check", "Confirmed")
    DIFFERS = "differs", pgettext_lazy("a fact to check", "Differs")
    UNVERIFIABLE = "unverifiable", pgettext_lazy("a fact to check", "Cannot be verified")
    CONTRADICTED = "contradicted", pgettext_lazy("a fact to check", "Contradicted")


class FactToCheck(Undoable, CompanyOwned):
    """A sentence of the applicant's own that a reference call should ask about.

    The outcome is the gravest of its answers, with who noted it and when (hiring.fact_outcomes).
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="facts")
    quote = models.CharField(_("what they say"), max_length=500)
    kind = models.CharField(_("about"), max_length=8, choices=FactKind, default=FactKind.OTHER)
    source = models.CharField(_("where it stands"), max_length=9, choices=Source, default=Source.CV)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=12, choices=FactOutcome, blank=True)
    outcome_note = models.CharField(_("what was said to it"), max_length=500, blank=True)
    outcome_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    outcome_at = models.DateTimeField(null=True, blank=True)
    candidate_said = models.CharField(_("what the applicant said to it"), max_length=1_000, blank=True)
    candidate_said_on = models.DateField(_("on"), null=True, blank=True)
    candidate_said_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Raised with every keeping: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("fact to check")
        verbose_name_plural = _("facts to check")
        indexes = [models.Index(fields=["application", "id"], name="fact_of_application")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FactKind.values), name="fact_kind_known"),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="fact_source_known"),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at=None)
                | Q(outcome__in=FactOutcome.values, outcome_at__isnull=False),
                name="fact_outcome_with_its_day",
            ),
        ]

    def __str__(self):
        return f"fact {self.pk}"


class FactAnswer(CompanyOwned):
    """What one referee said to one fact; without a referee it was seen elsewhere, in a certificate."""

    fact = models.ForeignKey(FactToCheck, on_delete=models.CASCADE, related_name="answers")
    referee = models.ForeignKey(
        Referee, on_delete=models.CASCADE, null=True, blank=True, related_name="fact_answers"
    )
    outcome = models.CharField(_("outcome"), max_length=12, choices=FactOutcome)
    told = models.CharField(_("what was said to it"), max_length=500, blank=True)
    # Two dates or two numbers, for hiring.deviation; it tells, people judge.
    claimed = models.CharField(_("the applicant says"), max_length=40, blank=True)
    found = models.CharField(_("the referee says"), max_length=40, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a fact")
        verbose_name_plural = _("answers to facts")
        constraints = [
            models.UniqueConstraint(fields=["fact", "referee"], name="one_answer_of_a_referee"),
            models.UniqueConstraint(
                fields=["fact"], condition=Q(referee=None), name="one_answer_from_elsewhere"
            ),
            models.CheckConstraint(condition=Q(outcome__in=FactOutcome.values), name="fact_answer_known"),
        ]

    def __str__(self):
        return f"answer {self.pk} to fact {self.fact_id}"


class TypingMark(CompanyOwned):
    """A typing mistake that a reader saw. No program looks for them, and nothing is counted up into a score."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="typing_marks")
    quote = models.CharField(_("the word"), max_length=100)
    source = models.CharField(_("where it stands"), max_length=9, choices=Source, default=Source.CV)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("typing mistake")
        verbose_name_plural = _("typing mistakes")
        indexes = [models.Index(fields=["application", "id"], name="typing_of_application")]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source.values), name="typing_source_known")
        ]

    def __str__(self):
        return f"typing mistake {self.pk}"
