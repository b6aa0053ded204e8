"""The words replies, rules and freedom are described with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    REAL = "real", pgettext_lazy("kind of reply", "To a customer")
    PRACTICE = "practice", pgettext_lazy("kind of reply", "Practice")
    SAMPLE = "sample", pgettext_lazy("kind of reply", "Sample")


class Situation(models.TextChoices):
    """The five that are practised, as the plan's steps call them, and everything else."""

    LATE = "practice_late", pgettext_lazy("situation", "The parcel is late")
    REFUND = "practice_refund", pgettext_lazy("situation", "A refund after the deadline")
    DAMAGED = "practice_damaged", pgettext_lazy("situation", "It came broken")
    ANGRY = "practice_angry", pgettext_lazy("situation", "The customer is angry")
    ADDRESS = "practice_address", pgettext_lazy("situation", "Another address")
    OTHER = "other", pgettext_lazy("situation", "Something else")


class Stand(models.TextChoices):
    """Where a reply stands. `onboarding.drafts` alone writes it."""

    WRITING = "writing", pgettext_lazy("state of a reply", "Being written")
    SUBMITTED = "submitted", pgettext_lazy("state of a reply", "Waiting for a look")
    RETURNED = "returned", pgettext_lazy("state of a reply", "Changes asked for")
    APPROVED = "approved", pgettext_lazy("state of a reply", "Good to go")
    SENT = "sent", pgettext_lazy("state of a reply", "Sent")
    LOOKED = "looked", pgettext_lazy("state of a reply", "Looked at")
    DROPPED = "dropped", pgettext_lazy("state of a reply", "Put away")


class Level(models.TextChoices):
    ALL = "all", pgettext_lazy("freedom to answer", "Each reply is approved first")
    SAMPLED = "sampled", pgettext_lazy("freedom to answer", "Sends alone, five a week are looked at")
    OWN = "own", pgettext_lazy("freedom to answer", "Own judgement")


ORDER = [Level.ALL, Level.SAMPLED, Level.OWN]
# What a level means to the person who has it.
IN_PLAIN_WORDS = {
    Level.ALL: _("Each reply to a customer is looked at before it goes. That is how everybody begins."),
    Level.SAMPLED: _("You send replies yourself. Five a week are looked at afterwards."),
    Level.OWN: _("You decide yourself. Ask whenever a second pair of eyes would help."),
}


class About(models.TextChoices):
    """What a rule is about; the first three are what most teams keep for themselves."""

    REFUND = "refund", _("A refund above an amount")
    EXCHANGE = "exchange", _("An exchange or return outside our rules")
    CUSTOM = "custom", _("A custom order")
    SAFETY = "safety", _("Somebody is hurt, or a product may be unsafe")
    LAWYER = "lawyer", _("A lawyer, the police or the press")
    FRAUD = "fraud", _("A disputed card payment, or what looks like fraud")
    DATA = "data", _("Somebody asks for their personal data, or wants it deleted")
    ABUSE = "abuse", _("Threats or abuse")
    OWN = "own", pgettext_lazy("kind of rule", "A rule of our own")


class Within(models.TextChoices):
    HOUR = "hour", pgettext_lazy("by when", "within an hour")
    TODAY = "today", pgettext_lazy("by when", "the same day")
    NEXT = "next", pgettext_lazy("by when", "by the next working day")
