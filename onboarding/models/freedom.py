"""How freely somebody answers, who said so and why; gates with their signatures; when to ask first, as rules."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from onboarding.models.plan import Onboarding
from onboarding.models.steps import Step
from onboarding.reply_kinds import About, Level, Within


class FreedomQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if membership.is_boss else self.none()


class Freedom(CompanyOwned):
    """The level as it is now. Without a row it is the first one. `onboarding.autonomy` alone writes it."""

    onboarding = models.OneToOneField(Onboarding, on_delete=models.CASCADE, related_name="freedom")
    level = models.CharField(max_length=8, choices=Level, default=Level.ALL)

    class Meta:
        verbose_name = _("freedom to answer")
        verbose_name_plural = _("freedoms to answer")

    def __str__(self):
        return f"{self.onboarding_id} {self.level}"


class FreedomChange(CompanyOwned):
    """One change of the level, with its reason. The person it is about reads it."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="freedom_changes")
    before = models.CharField(max_length=8, choices=Level)
    after = models.CharField(max_length=8, choices=Level)
    reason = models.CharField(_("reason"), max_length=500)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = FreedomQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of freedom")
        verbose_name_plural = _("changes of freedom")

    def __str__(self):
        return f"{self.onboarding_id} {self.after}"


class FreedomQuestion(CompanyOwned):
    """ "More freedom?", asked once for each week from the second on."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="freedom_questions")
    week = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = FreedomQuerySet.as_manager()

    class Meta:
        verbose_name = _("question about freedom")
        verbose_name_plural = _("questions about freedom")
        constraints = [models.UniqueConstraint(fields=["onboarding", "week"], name="freedom_asked_once")]

    def __str__(self):
        return f"{self.onboarding_id} week {self.week}"


class GateSigning(CompanyOwned):
    """Somebody put their name to a gate: what was seen at that moment, and what they said of it."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="signings")
    name = models.CharField(max_length=200)  # as it was when it was signed
    note = models.CharField(_("note"), max_length=1000, blank=True)
    seen = models.JSONField(default=dict)
    change = models.ForeignKey(
        FreedomChange, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("signature at a gate")
        verbose_name_plural = _("signatures at gates")
        constraints = [
            models.UniqueConstraint(
                fields=["step"], condition=models.Q(taken_back_at=None), name="gate_signed_once"
            )
        ]

    def __str__(self):
        return f"{self.step_id} {self.name}"


class EscalationRule(CompanyOwned):
    """One version of one rule; nothing is overwritten. `code` stays through all versions."""

    code = models.CharField(max_length=24)
    number = models.PositiveIntegerField(default=0)  # 0: suggested, and not saved
    about = models.CharField(_("what it is about"), max_length=10, choices=About)
    title = models.CharField(_("in your words"), max_length=200, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    who = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who answers"),
    )
    within = models.CharField(_("by when"), max_length=8, choices=Within, default=Within.TODAY)
    meanwhile = models.CharField(_("what may be sent meanwhile"), max_length=500, blank=True)
    on = models.BooleanField(default=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rule when to ask first")
        verbose_name_plural = _("rules when to ask first")
        constraints = [
            models.UniqueConstraint(fields=["company", "code", "number"], name="escalation_version_once"),
            models.CheckConstraint(
                condition=models.Q(amount=None) | ~models.Q(currency=""),
                name="escalation_amount_has_currency",
            ),
        ]

    def __str__(self):
        return f"{self.code} v{self.number}"
