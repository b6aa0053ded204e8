"""Replies that somebody new writes, every version of them, and what a reviewer made of each."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from onboarding import practice
from onboarding.models.library import Channel
from onboarding.models.plan import Onboarding
from onboarding.reply_kinds import Purpose, Situation, Stand
from vault.fields import EncryptedTextField

TEXT = 4000


class DraftQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Owners and managers all, everybody else their own: what customers write is not for buddies to browse."""
        return self if membership.is_boss else self.filter(onboarding__hire=membership)

    def running(self):
        return self.filter(onboarding__cancelled_at=None)

    def waiting(self):
        return self.running().filter(state=Stand.SUBMITTED)

    def with_people(self):
        return self.select_related(
            "onboarding__company", "onboarding__hire__user", "onboarding__manager__user"
        )


class Draft(CompanyOwned):
    """One reply. Customers' words and ours are encrypted, and gone after 90 days; what was made of it stays."""

    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="drafts")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.REAL)
    situation = models.CharField(_("what it is about"), max_length=20, choices=Situation)
    variant = models.PositiveSmallIntegerField(default=0)  # which practice message of the situation
    channel = models.CharField(
        _("where the customer wrote"), max_length=10, choices=Channel, default=Channel.EMAIL
    )
    ticket = models.URLField(_("link to the ticket"), max_length=500, blank=True)
    message = EncryptedTextField(_("what the customer writes"), max_length=TEXT, blank=True)
    marked = models.JSONField(default=list, blank=True)  # codes of the rules the writer says apply
    state = models.CharField(max_length=10, choices=Stand, default=Stand.WRITING)
    alone = models.BooleanField(default=False)  # sent without anybody's yes, as the level allowed
    approved_at = models.DateTimeField(null=True, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    texts_gone_at = models.DateTimeField(null=True, blank=True)
    # Raised with every saving: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("to a customer", "reply")
        verbose_name_plural = pgettext_lazy("to a customer", "replies")
        indexes = [
            models.Index(
                fields=["company", "given_at"],
                condition=models.Q(state=Stand.SUBMITTED),
                name="draft_waiting",
            ),
            models.Index(
                fields=["created_at"], condition=models.Q(texts_gone_at=None), name="draft_with_texts"
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=Stand.values), name="draft_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state=Stand.SENT)
                | models.Q(alone=True)
                | models.Q(approved_at__isnull=False),
                name="draft_sent_after_a_yes",
                violation_error_message=_("This reply waits for a yes. It can be sent after that."),
            ),
        ]

    def __str__(self):
        return f"{self.onboarding_id} {self.situation}"

    @property
    def is_practice(self) -> bool:
        return self.purpose == Purpose.PRACTICE

    @property
    def is_sample(self) -> bool:
        return self.purpose == Purpose.SAMPLE

    @property
    def customer(self) -> str:
        """The customer's words: typed, or ours to practise on, in the reader's language."""
        return str(self.practised.message) if self.is_practice else self.message

    @property
    def facts(self) -> str:
        return str(self.practised.facts) if self.is_practice else ""

    @property
    def practised(self) -> practice.Situation:
        return practice.variant(self.situation, self.variant)


class DraftVersion(CompanyOwned):
    """What was written; a new row each time, nothing is overwritten."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    body = EncryptedTextField(max_length=TEXT, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of a reply")
        verbose_name_plural = _("versions of a reply")
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="draft_version_number_once")]

    def __str__(self):
        return f"{self.draft_id} v{self.number}"


class DraftReview(CompanyOwned):
    """What somebody made of a version: its marks and, until the texts go, its words."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="reviews")
    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="reviews")
    body = EncryptedTextField(max_length=TEXT, blank=True)
    changed = models.BooleanField(default=False)
    tone = models.BooleanField(_("The tone is right"), default=False)
    accuracy = models.BooleanField(_("The facts are right"), default=False)
    comment = EncryptedTextField(_("comment"), max_length=500, blank=True)
    missed = models.CharField(_("a rule that was missed"), max_length=24, blank=True)  # the rule's code
    good = models.BooleanField(default=False)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("look at a reply")
        verbose_name_plural = _("looks at replies")

    def __str__(self):
        return f"{self.draft_id} {self.good}"

    @property
    def difference(self) -> list[tuple[str, str]]:
        return practice.difference(self.version.body, self.body)


class DraftEvent(CompanyOwned):
    """What happened to a reply, written with the change itself."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="events")
    action = models.CharField(max_length=16)
    before = models.CharField(max_length=10, choices=Stand)
    after = models.CharField(max_length=10, choices=Stand)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("event of a reply")
        verbose_name_plural = _("events of a reply")

    def __str__(self):
        return f"{self.draft_id} {self.action}"
