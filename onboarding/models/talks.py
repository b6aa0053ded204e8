"""The reviews after 30, 60 and 90 days from both sides, and the decision at the end of probation."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from onboarding.models.plan import Onboarding
from vault.fields import EncryptedTextField


class Talk(CompanyOwned):
    """One review of one person. Its texts are versions; its signatures name the version they stand for."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="talks")
    day = models.PositiveSmallIntegerField()  # 30, 60 or 90
    begun_at = models.DateTimeField(null=True, blank=True)  # from here on both sides are open to both
    begun_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "day"], name="one_talk_a_day"),
            models.CheckConstraint(condition=models.Q(day__in=[30, 60, 90]), name="talk_day_known"),
        ]

    def __str__(self):
        return f"{self.onboarding_id} {self.day}"


class TalkText(CompanyOwned):
    class Part(models.TextChoices):
        HIRE = "hire", pgettext_lazy("part of a review", "The new colleague's side")
        MANAGER = "manager", pgettext_lazy("part of a review", "The manager's side")
        AGREED = "agreed", pgettext_lazy("part of a review", "What we agreed on")

    talk = models.ForeignKey(Talk, on_delete=models.CASCADE, related_name="texts")
    part = models.CharField(max_length=8, choices=Part)
    number = models.PositiveIntegerField()
    body = EncryptedTextField(_("your side"), max_length=8000)
    # What is expected until the next review; of the agreed part only.
    expected = EncryptedTextField(_("what is expected next"), max_length=8000, blank=True)
    ready = models.BooleanField(default=False)  # handed in; before that it is a draft of one's own
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("text of a review")
        verbose_name_plural = _("texts of reviews")
        constraints = [
            models.UniqueConstraint(fields=["talk", "part", "number"], name="talk_text_number_once")
        ]

    def __str__(self):
        return f"{self.talk_id} {self.part} v{self.number}"

    @property
    def revision(self) -> int:
        """A form says which version it was made from (accounts.conflicts)."""
        return self.number


class Signature(CompanyOwned):
    """Somebody stands by what was agreed, as this version has it."""

    text = models.ForeignKey(TalkText, on_delete=models.CASCADE, related_name="signatures")
    part = models.CharField(max_length=8, choices=TalkText.Part)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("signature under a review")
        verbose_name_plural = _("signatures under reviews")
        constraints = [models.UniqueConstraint(fields=["text", "part"], name="signed_once")]

    def __str__(self):
        return f"{self.text_id} {self.part}"


class Decision(CompanyOwned):
    """What was decided about the probation, kept as versions: the newest counts. Told to nobody by itself."""

    class What(models.TextChoices):
        CONTINUE = "continue", pgettext_lazy("decision about probation", "Continue")
        EXTEND = "extend", pgettext_lazy("decision about probation", "Extend the probation")
        END = "end", pgettext_lazy("decision about probation", "End")

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveIntegerField()
    what = models.CharField(pgettext_lazy("about probation", "decision"), max_length=8, choices=What)
    until = models.DateField(_("probation lasts until"), null=True, blank=True)
    reason = EncryptedTextField(_("why?"), max_length=4000)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True)
    words = EncryptedTextField(_("what you tell them"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("probation decision")
        verbose_name_plural = _("probation decisions")
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=models.Q(what="extend") ^ models.Q(until=None), name="extended_until_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.onboarding_id} v{self.number}"

    @property
    def revision(self) -> int:
        return self.number


class ProbationReminder(CompanyOwned):
    """The manager was reminded once of this end of a probation."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="probation_reminders")
    until = models.DateField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder of a probation")
        verbose_name_plural = _("reminders of probations")
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "until"], name="probation_reminded_once")
        ]

    def __str__(self):
        return f"{self.onboarding_id} {self.until}"
