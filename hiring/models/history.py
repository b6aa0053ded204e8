from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import deleting
from accounts.deleting import Deletable
from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application, Outcome, Stage


class How(models.TextChoices):
    """Where a move was made."""

    BOARD = "board", pgettext_lazy("where a move was made", "board")
    LIST = "list", pgettext_lazy("where a move was made", "list")
    PAGE = "page", pgettext_lazy("where a move was made", "candidate's page")
    BULK = "bulk", pgettext_lazy("where a move was made", "several at once")
    LINK = "link", pgettext_lazy("where a move was made", "candidate's link")
    FORM = "form", pgettext_lazy("where a move was made", "application form")
    SYSTEM = "system", pgettext_lazy("where a move was made", "by itself")
    IMPORT = "import", pgettext_lazy("where a move was made", "import")
    UNDO = "undo", pgettext_lazy("where a move was made", "taken back")


class Reason(models.TextChoices):
    """Why somebody was not selected: a closed list, every entry about the job."""

    REQUIREMENT = "requirement", _("A must-have is not met")
    EXPERIENCE = "experience", _("Too little experience for this work")
    WRITING = "writing", _("Written communication")
    CALL = "call", _("The phone call")
    INTERVIEW = "interview", _("The interview")
    WORK_SAMPLE = "sample", _("The work sample")
    REFERENCES = "references", _("The references")
    HOURS = "hours", _("The working hours do not fit")
    PAY = "pay", _("The pay does not fit")
    PLACE = "place", _("The place or the right to work there")
    INCOMPLETE = "incomplete", _("The application is incomplete")
    OTHER_CHOSEN = "other_chosen", _("Somebody else fitted better")
    FILLED = "filled", _("The job is filled")
    JOB_CLOSED = "job_closed", _("The job was closed")
    NO_REPLY = "no_reply", _("No reply from the applicant")
    DUPLICATE = "duplicate", _("Applied twice")


class OfApplicationQuerySet(CompanyQuerySet):
    """Rows that belong to an application are seen by whoever sees the application, and go with it."""

    def for_company(self, company):
        return super().for_company(company).filter(application__deleted_at=None)

    def visible_to(self, membership):
        return self.filter(application__in=Application.objects.visible_to(membership))


class StageMove(CompanyOwned):
    """One line of an application's history. Only added to; every number about hiring comes from these rows.

    A move that was taken back stays; the row that took it back names it in `undoes`.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="moves")
    job_id_then = models.BigIntegerField()
    from_stage = models.CharField(max_length=10, choices=Stage, blank=True)  # empty: applied
    to_stage = models.CharField(max_length=10, choices=Stage)
    from_outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    to_outcome = models.CharField(max_length=12, choices=Outcome, default=Outcome.ACTIVE)
    skipped = models.JSONField(default=list, blank=True)  # stages jumped over: skipped, never passed
    actor = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    by_link = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)
    how = models.CharField(max_length=6, choices=How)
    # A Reason when it ended; otherwise the codes of the questions that were answered (hiring.rules).
    reason = models.CharField(max_length=30, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # {rule: chip} that let this move pass
    text = models.TextField(max_length=2_000, blank=True)
    told = models.CharField(max_length=8, blank=True)
    rubric_version = models.PositiveSmallIntegerField(default=1)
    undoes = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="undone_by"
    )

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        indexes = [
            models.Index(fields=["application", "-id"], name="move_of_application"),
            models.Index(fields=["job_id_then", "-id"], name="move_of_job"),  # has anything happened since?
        ]
        constraints = [
            models.CheckConstraint(condition=Q(to_stage__in=Stage.values), name="move_stage_known"),
            models.CheckConstraint(condition=Q(to_outcome__in=Outcome.values), name="move_outcome_known"),
        ]

    def __str__(self):
        return f"{self.from_stage} > {self.to_stage} ({self.to_outcome})"


class Note(Undoable, Deletable, CompanyOwned):
    """Written as if to the person's face; they may ask to read it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    text = models.TextField(_("note"), max_length=5_000)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = deleting.kept(OfApplicationQuerySet)
    everything = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        indexes = [models.Index(fields=["application", "-id"], name="note_of_application")]

    def __str__(self):
        return f"note {self.pk}"
