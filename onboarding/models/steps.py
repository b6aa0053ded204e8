"""One person's steps, what happened to them, and who was reminded."""

import json
from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from onboarding import practice
from onboarding.kinds import FINISHED, SETTLED, UNDONE, Change, Kind, Part, Rule, State
from onboarding.models.plan import Onboarding, StepText
from vault.fields import EncryptedTextField

__all__ = ["Kind", "Part", "Reminder", "Review", "State", "Step", "StepAnswer", "StepEvent"]

# A step of these kinds with a partner has two sides: somebody gives, the partner receives.
HANDED = frozenset({Kind.HANDOVER, Kind.ACK, Kind.FORM, Kind.REVIEW, Kind.REPLY})


class StepQuerySet(CompanyQuerySet):
    def running(self):
        return self.filter(onboarding__cancelled_at=None)

    def visible_to(self, membership):
        """Owners and managers all; the new hire and the buddy what has to do with them."""
        if membership.is_boss:
            return self
        theirs = models.Q()
        for part in (Part.HIRE, Part.BUDDY):
            has_part = models.Q(owner=part) | models.Q(partner=part)
            theirs |= models.Q(**{f"onboarding__{part}": membership}) & has_part
        return self.filter(theirs)

    def undone(self):
        return self.filter(state__in=UNDONE)

    def in_order(self):
        return self.order_by("due_on", "position", "pk")


class Step(Undoable, CompanyOwned, StepText):
    """A copy of a plan's step for one person. `onboarding.steps` alone changes its state."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="steps")
    due_on = models.DateField(_("due on"))
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # Added when its day had passed already: shown as missed, never reminded of.
    missed = models.BooleanField(default=False)
    # It follows another step that is not done yet: `due_on` is when that may be, and nobody is late (following).
    waits = models.BooleanField(default=False)
    # Other steps follow this one.
    followed = models.BooleanField(default=False)
    message = models.CharField(_("what is missing"), max_length=500, blank=True)
    skip_reason = models.CharField(_("reason"), max_length=300, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    # The last change of the plan that touched this step: Today says it for two days, and the step's page for good.
    changed = models.CharField(max_length=10, choices=Change, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)
    change_reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Raised with every change of day, words and owner: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a plan", "step")
        verbose_name_plural = pgettext_lazy("of a plan", "steps")
        indexes = [
            models.Index(
                fields=["company", "due_on"],
                condition=models.Q(state__in=["open", "returned", "submitted"]),
                name="step_unfinished",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=State.values), name="step_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=State.SKIPPED) | ~models.Q(skip_reason=""),
                name="step_skipped_with_reason",
                violation_error_message=_("Say why this step is skipped."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=FINISHED) | models.Q(completed_at=None),
                name="step_completed_when_finished",
            ),
        ]

    def __str__(self):
        return self.key or self.title

    @property
    def by_hand(self) -> bool:
        """Somebody chose the day: it stays when the first day moves."""
        return self.rule == Rule.DAY and self.number == 0

    @property
    def two_sided(self) -> bool:
        return bool(self.partner) and self.kind in HANDED

    @property
    def finished(self) -> bool:
        return self.state in FINISHED

    @property
    def settled(self) -> bool:
        """Nobody's turn any more: finished, or left out of the plan."""
        return self.state in SETTLED

    @property
    def undone(self) -> bool:
        return self.state in UNDONE

    @property
    def waits_for(self) -> str:
        """The part whose turn it is."""
        return self.partner if self.state == State.SUBMITTED else self.owner

    def is_late(self, today: date) -> bool:
        """Only what is required can be late, not what was added after its day, nor what waits for another step."""
        held = self.settled or self.missed or self.waits
        return self.required and not held and self.due_on < today

    def concerns(self, part: str) -> bool:
        return part in (self.owner, self.partner)


class StepEvent(CompanyOwned):
    """What happened to a step, written with the change itself."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=20)
    before = models.CharField(max_length=10, choices=State)
    after = models.CharField(max_length=10, choices=State)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of a step")
        verbose_name_plural = _("events of a step")

    def __str__(self):
        return f"{self.step_id} {self.action}"


class StepAnswer(CompanyOwned):
    """What somebody wrote when they gave a step; a new row each time, nothing is overwritten."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="answers")
    number = models.PositiveIntegerField()
    mood = models.CharField(max_length=8, blank=True)
    # What was filled into a form: label, kind and value of each question, as they stood then.
    filled = EncryptedTextField(blank=True)
    body = models.TextField(max_length=4000, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer to a step")
        verbose_name_plural = _("answers to a step")
        constraints = [models.UniqueConstraint(fields=["step", "number"], name="step_answer_number_once")]

    def __str__(self):
        return f"{self.step_id} v{self.number}"

    @property
    def lines(self) -> list[dict]:
        """The questions of the form with what was answered, in their order."""
        return json.loads(self.filled) if self.filled else []


class Review(CompanyOwned):
    """What somebody made of a practice reply. The draft keeps its own words; these are beside it."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="reviews")
    draft = models.ForeignKey(StepAnswer, on_delete=models.CASCADE, related_name="reviews")
    body = models.TextField(max_length=4000)
    changed = models.BooleanField(default=False)
    tone = models.BooleanField(_("The tone is right"), default=False)
    accuracy = models.BooleanField(_("The facts are right"), default=False)
    comment = models.CharField(_("comment"), max_length=500, blank=True)
    good = models.BooleanField(default=False)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("review of a reply")
        verbose_name_plural = _("reviews of replies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(changed=False) | ~models.Q(comment=""), name="changed_reply_says_why"
            )
        ]

    def __str__(self):
        return f"{self.draft_id} {self.good}"

    @property
    def difference(self) -> list[tuple[str, str]]:
        return practice.difference(self.draft.body, self.body)


class Reminder(CompanyOwned):
    """Somebody was told once that a step is late."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [models.UniqueConstraint(fields=["step", "recipient"], name="reminded_once")]

    def __str__(self):
        return f"{self.step_id} {self.recipient_id}"
