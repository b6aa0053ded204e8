"""Replies worth imitating, with their versions, and how the company sounds."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, Membership
from onboarding import example_texts
from onboarding.models.concerned import ConcernedQuerySet


class Situation(models.TextChoices):
    """The five that every shop meets; their keys are those of the practice replies."""

    LATE = "practice_late", pgettext_lazy("situation", "The parcel is late")
    REFUND = "practice_refund", pgettext_lazy("situation", "A refund after the deadline")
    DAMAGED = "practice_damaged", pgettext_lazy("situation", "It came broken")
    ANGRY = "practice_angry", pgettext_lazy("situation", "The customer is angry")
    ADDRESS = "practice_address", pgettext_lazy("situation", "Another address")


class Channel(models.TextChoices):
    EMAIL = "email", pgettext_lazy("way of writing", "E-mail")
    CHAT = "chat", pgettext_lazy("way of writing", "Chat")
    SOCIAL = "social", pgettext_lazy("way of writing", "Social media")
    TEXT = "text", pgettext_lazy("way of writing", "Text message")
    PHONE = "phone", pgettext_lazy("way of writing", "Phone")


class Example(CompanyOwned):
    """A message and the reply to imitate. One of ours (`key`) speaks the reader's language until it has own words."""

    key = models.CharField(max_length=40, blank=True)
    situation = models.CharField(_("situation"), max_length=40, choices=Situation, blank=True)
    topic = models.CharField(_("in a few words"), max_length=120, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.EMAIL)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    message = models.TextField(_("the customer writes"), max_length=4000, blank=True)
    reply = models.TextField(_("we reply"), max_length=4000, blank=True)
    why = models.TextField(_("why like this"), max_length=1000, blank=True)
    search = models.TextField(blank=True, editable=False)  # vault.folding of the own words
    source = models.CharField(max_length=80, null=True, blank=True)  # "draft:5": taken over once only
    # Taken over from a real reply: somebody has still to look whether a name is left in it.
    to_check = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernedQuerySet.as_manager()

    class Meta:
        verbose_name = _("example reply")
        verbose_name_plural = _("example replies")
        indexes = [models.Index(fields=["company", "situation", "-changed_at"], name="example_of_situation")]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "key"], condition=~models.Q(key=""), name="example_of_ours_once"
            ),
            models.UniqueConstraint(fields=["company", "source"], name="example_taken_over_once"),
        ]

    def __str__(self):
        return self.label

    @property
    def ours(self) -> example_texts.Shipped | None:
        """The words of ours that speak here; None where the shop wrote its own."""
        return None if self.reply else example_texts.SHIPPED.get(self.key)

    @property
    def code(self) -> str:
        """What names it in an address, before and after it has a row."""
        return self.key if self.key in example_texts.SHIPPED else str(self.pk)

    @property
    def label(self) -> str:
        return self.topic or (str(self.ours.topic) if self.ours else "") or self.get_situation_display()

    @property
    def said(self) -> str:
        return self.message or (str(self.ours.message) if self.ours else "")

    @property
    def answer(self) -> str:
        return self.reply or (str(self.ours.reply) if self.ours else "")

    @property
    def reason(self) -> str:
        return self.why or (str(self.ours.why) if self.ours else "")

    @property
    def speaks(self) -> str:
        """The language of the words on the screen; ours are in the reader's."""
        return get_language() if self.ours else self.language


class ExampleVersion(CompanyOwned):
    """The words of an example as they once stood."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    message = models.TextField()
    reply = models.TextField()
    why = models.TextField(blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = ConcernedQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of an example reply")
        verbose_name_plural = _("versions of an example reply")
        constraints = [
            models.UniqueConstraint(fields=["example", "number"], name="example_version_number_once")
        ]

    def __str__(self):
        return f"{self.example_id} v{self.number}"


class Tone(CompanyOwned):
    """How the company sounds: one step of five, and own words for it."""

    class Level(models.IntegerChoices):
        PLAIN = 1, pgettext_lazy("tone", "Plain")
        POLITE = 2, pgettext_lazy("tone", "Polite")
        FRIENDLY = 3, pgettext_lazy("tone", "Friendly")
        WARM = 4, pgettext_lazy("tone", "Warm")
        PERSONAL = 5, pgettext_lazy("tone", "Full of personality")

    level = models.PositiveSmallIntegerField(_("how we sound"), choices=Level, default=Level.FRIENDLY)
    says = models.TextField(_("what we say"), max_length=2000, blank=True)
    never = models.TextField(_("what we never say"), max_length=2000, blank=True)
    sample = models.TextField(_("an answer of our own in this tone"), max_length=4000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ConcernedQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a company", "tone")
        verbose_name_plural = pgettext_lazy("of a company", "tones")
        constraints = [
            models.UniqueConstraint(fields=["company"], name="one_tone_each"),
            models.CheckConstraint(condition=models.Q(level__range=(1, 5)), name="tone_level_known"),
        ]

    def __str__(self):
        return str(self.get_level_display())

    @property
    def heard(self) -> str:
        """The sample for the chosen step: own words, else ours in the reader's language."""
        return self.sample or str(example_texts.TONES[self.level])
