"""One act on several people: prepared, looked at, done one by one, and taken back as a whole."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet, StageMove
from hiring.models.jobs import Job
from vault.work import State, Work


class Act(models.TextChoices):
    FORWARD = "forward", pgettext_lazy("several people at once", "One stage forward")
    REFUSE = "refuse", pgettext_lazy("several people at once", "Not this time")
    LATER = "later", pgettext_lazy("several people at once", "Later")
    ASSIGN = "assign", pgettext_lazy("several people at once", "Show to a colleague")
    STEP = "step", pgettext_lazy("several people at once", "Plan the next step")


class BulkQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Whoever prepared it looks at it and presses the button, while they are on the job."""
        return self.filter(by=membership, job__in=Job.objects.visible_to(membership))


class Bulk(Work, CompanyOwned):
    """What is to be done to whom. Set aside ("parked") until somebody presses the button; `hiring.bulk` writes it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    act = models.CharField(max_length=8, choices=Act)
    # What the form said: a reason, a message, chips, a colleague. Emptied when it is done: the history has the words.
    said = models.JSONField(default=dict, blank=True)
    back_to = models.CharField(max_length=6, default="board")  # the page it was asked for on
    cut = models.BooleanField(default=False)  # more were chosen than go in one
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    undo_at = models.DateTimeField(null=True, blank=True)  # somebody pressed Undo
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = BulkQuerySet.as_manager()

    class Meta:
        verbose_name = _("act on several people")
        verbose_name_plural = _("acts on several people")
        indexes = [
            models.Index(fields=["due_at"], name="bulk_due", condition=Q(state__in=["waiting", "running"])),
        ]
        constraints = [models.CheckConstraint(condition=Q(act__in=Act.values), name="bulk_act_known")]

    def __str__(self):
        return f"{self.act} in {self.job_id}"

    @property
    def is_draft(self) -> bool:
        return self.state == State.PARKED and self.done_at is None

    @property
    def is_busy(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}


class Result(models.TextChoices):
    OPEN = "open", pgettext_lazy("one of several people", "to do")
    DONE = "done", pgettext_lazy("one of several people", "done")
    STALE = "stale", pgettext_lazy("one of several people", "moved meanwhile")
    LEFT = "left", pgettext_lazy("one of several people", "left as they were")
    BACK = "back", pgettext_lazy("one of several people", "taken back")


class BulkItem(CompanyOwned):
    """One of the people, with where they stood when they were chosen, and what became of it."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    expected = models.CharField(max_length=24)  # Application.standing
    result = models.CharField(max_length=5, choices=Result, default=Result.OPEN)
    move = models.ForeignKey(StageMove, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mark = models.CharField(max_length=40, blank=True)  # of accounts.undoing, where it was no move
    why = models.CharField(max_length=300, blank=True)  # why it was left, a sentence of the product's own

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("one of several people")
        verbose_name_plural = _("several people")
        constraints = [
            models.UniqueConstraint(fields=["bulk", "application"], name="once_in_a_bulk"),
            models.CheckConstraint(condition=Q(result__in=Result.values), name="bulk_result_known"),
        ]

    def __str__(self):
        return f"{self.application_id}: {self.result}"

    @property
    def stands(self):
        """Where the person is now: the stage, or how it ended."""
        of = self.application
        return of.get_stage_display() if of.is_active else of.get_outcome_display()
