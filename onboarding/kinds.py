"""The words a step is described with."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    TASK = "task", pgettext_lazy("kind of step", "Task")
    ACK = "ack", pgettext_lazy("kind of step", "To read and confirm")
    FORM = "form", pgettext_lazy("kind of step", "Form")
    HANDOVER = "handover", pgettext_lazy("kind of step", "To hand over")
    REPLY = "reply", pgettext_lazy("kind of step", "Practice reply")
    REVIEW = "review", pgettext_lazy("kind of step", "Review")
    MEETING = "meeting", pgettext_lazy("kind of step", "Meeting")
    GATE = "gate", pgettext_lazy("kind of step", "Gate")


class Part(models.TextChoices):
    """The parts people play in a plan; who plays them is said at the start."""

    HIRE = "hire", pgettext_lazy("part in a plan", "New hire")
    MANAGER = "manager", pgettext_lazy("part in a plan", "Manager")
    BUDDY = "buddy", pgettext_lazy("part in a plan", "Buddy")


class Rule(models.TextChoices):
    """How a due day is counted (onboarding.dates)."""

    DAY = "day", pgettext_lazy("rule for a due day", "Working day")
    CALENDAR = "calendar", pgettext_lazy("rule for a due day", "Calendar day")
    WEEK = "week", pgettext_lazy("rule for a due day", "End of week")
    AFTER = "after", pgettext_lazy("rule for a due day", "Working days after another step")
    SIGNED = "signed", pgettext_lazy("rule for a due day", "Working days after the signature")
    PROBATION = "probation", pgettext_lazy("rule for a due day", "Working days before the end of probation")


class When(models.TextChoices):
    ALWAYS = "always", pgettext_lazy("condition of a step", "Always")
    REMOTE = "remote", pgettext_lazy("condition of a step", "Remote only")
    ON_SITE = "on_site", pgettext_lazy("condition of a step", "On site only")
    FIRST = "first", pgettext_lazy("condition of a step", "First employee ever")


class Change(models.TextChoices):
    """What a plan change did to a step; of several the first of these is said."""

    ADDED = "added", pgettext_lazy("change of a step", "Added")
    LEFT_OUT = "left_out", pgettext_lazy("change of a step", "Left out")
    YOURS = "yours", pgettext_lazy("change of a step", "Given to the new hire")
    NOT_YOURS = "not_yours", pgettext_lazy("change of a step", "Taken from the new hire")
    MOVED = "moved", pgettext_lazy("change of a step", "Moved to another day")
    WORDED = "worded", pgettext_lazy("change of a step", "Worded anew")


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("state of a step", "Open")
    SUBMITTED = "submitted", pgettext_lazy("state of a step", "Waiting")
    RETURNED = "returned", pgettext_lazy("state of a step", "Sent back")
    DONE = "done", pgettext_lazy("state of a step", "Done")
    SKIPPED = "skipped", pgettext_lazy("state of a step", "Skipped")
    LEFT_OUT = "left_out", pgettext_lazy("state of a step", "Left out")


UNDONE = frozenset({State.OPEN, State.RETURNED})
FINISHED = frozenset({State.DONE, State.SKIPPED})
# Neither done nor asked for: progress does not count them.
NOT_ASKED = frozenset({State.SKIPPED, State.LEFT_OUT})
SETTLED = FINISHED | NOT_ASKED
