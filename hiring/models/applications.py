from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import deleting
from accounts.deleting import Deletable
from accounts.models import CompanyOwned, CompanyQuerySet, Membership, Role
from accounts.undoing import Undoable
from hiring.models.jobs import Job, JobMember
from vault.models import StoredFile


class Stage(models.TextChoices):
    """How far somebody is. Whether it goes on is the outcome's business."""

    CV = "cv", pgettext_lazy("stage", "CV")
    PHONE = "phone", pgettext_lazy("stage", "Phone screen")
    INTERVIEW = "interview", pgettext_lazy("stage", "Interview")
    REFERENCES = "references", pgettext_lazy("stage", "References")
    OFFER = "offer", pgettext_lazy("stage", "Offer")
    HIRED = "hired", pgettext_lazy("stage", "Hired")


class Outcome(models.TextChoices):
    ACTIVE = "active", pgettext_lazy("outcome", "In the running")
    NOT_SELECTED = "not_selected", pgettext_lazy("outcome", "Not selected")
    WITHDRAWN = "withdrawn", pgettext_lazy("outcome", "Withdrawn")


class Told(models.TextChoices):
    """How somebody who is not selected heard of it, or will."""

    MAIL = "mail", _("By mail, now")
    MORNING = "morning", _("By mail, at 9:00 on the next working day")
    PHONE = "phone", _("Told by phone")
    NONE = "none", _("No message")


class Candidate(CompanyOwned):
    """Groups the applications of one person, and nothing more: each application keeps its own details.

    Made anew with every application; only people group, the public form never does.
    """

    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")

    def __str__(self):
        return f"candidate {self.pk}"


class ApplicationQuerySet(CompanyQuerySet):
    def for_company(self, company):
        """Whoever was erased is on no page any more; what is left of them is for the counts."""
        return super().for_company(company).filter(erased_at=None)

    def visible_to(self, membership):
        """Owners see all, managers those of their jobs, interviewers those they are assigned to."""
        if membership.role == Role.OWNER:
            return self
        if membership.role == Role.MANAGER:
            mine = JobMember.objects.filter(job=models.OuterRef("job"), membership=membership)
            return self.filter(models.Exists(mine))
        if membership.role == Role.INTERVIEWER:
            mine = Assignment.objects.filter(application=models.OuterRef("pk"), membership=membership)
            return self.filter(models.Exists(mine))
        return self.none()

    def active(self):
        return self.filter(outcome=Outcome.ACTIVE)

    def unread(self):
        """Applications nobody has decided on at the CV stage."""
        return self.active().filter(stage=Stage.CV, later_at=None)

    def read_before_version(self, number):
        """Those whose CV was read with a list of requirements older than version `number` of their job's."""
        return self.filter(read_at__isnull=False, rubric_version__lt=number)

    def not_told(self):
        """People who were neither hired nor have heard, nor will hear, that they were not chosen."""
        return (
            self.exclude(stage=Stage.HIRED).exclude(outcome=Outcome.WITHDRAWN).filter(told="", erased_at=None)
        )


class Application(Undoable, Deletable, CompanyOwned):
    """One person's application for one job. `hiring.pipeline` is the only writer of stage and outcome."""

    job = models.ForeignKey(Job, on_delete=models.RESTRICT, related_name="applications")
    candidate = models.ForeignKey(Candidate, on_delete=models.RESTRICT, related_name="applications")
    number = models.PositiveIntegerField()  # within the job
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    cover_letter = models.TextField(_("cover letter"), max_length=20_000, blank=True)
    cv_text = models.TextField(_("CV as text"), max_length=50_000, blank=True)  # typed instead of a file
    # Seen by whoever arranges a call or an interview, not on scorecards; erased with the outcome.
    adjustments = models.TextField(
        _("what would help in the application or the interview"), max_length=2_000, blank=True
    )
    cv = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("CV")
    )
    letter = models.ForeignKey(
        StoredFile,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover letter as a file"),
    )
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    source = models.CharField(_("heard of us through"), max_length=60, blank=True)
    # The advert whose link somebody came by first, when it was one of this job.
    placement = models.ForeignKey(
        "hiring.Placement", on_delete=models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    entered_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_test = models.BooleanField(default=False)
    # From the form: the same form sent twice is one application.
    submission_key = models.CharField(max_length=64, null=True, blank=True, unique=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    keep_longer_until = models.DateField(_("may be kept until"), null=True, blank=True)
    consent_version = models.CharField(
        max_length=40, blank=True
    )  # of the notice; consents are rows of their own
    # What the applicant put right since, behind their link: names of fields, "q5" for question 5.
    corrected_at = models.DateTimeField(null=True, blank=True)
    corrected = models.JSONField(default=list, blank=True)
    search = models.TextField(blank=True)  # folded name, address and phone
    sort_name = models.CharField(max_length=250, blank=True)  # folded
    words_due = models.BooleanField(default=True)  # what was sent is not in SearchText yet
    keys_due = models.BooleanField(
        default=True
    )  # nobody has looked yet whether it is somebody who applied before

    # The person's data is gone; the row stays for the counts.
    erased_at = models.DateTimeField(null=True, blank=True)

    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.CV)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, default=Outcome.ACTIVE)
    stage_entered_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=30, blank=True)  # Reason, of the last end
    told = models.CharField(_("told"), max_length=8, choices=Told, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    # Reading the CV
    read_at = models.DateTimeField(null=True, blank=True)
    # Of the job's list, as it was when the CV was read first; says nothing before.
    rubric_version = models.PositiveSmallIntegerField(default=1)
    later_at = models.DateTimeField(null=True, blank=True)
    name_shown_at = models.DateTimeField(null=True, blank=True)

    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    next_step_on = models.DateField(_("on"), null=True, blank=True)
    next_step_who = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("who does the next step", "who"),
    )

    objects = deleting.kept(ApplicationQuerySet)
    everything = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="application_number_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="application_stage_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="application_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.ACTIVE) | ~Q(stage=Stage.HIRED),
                name="ended_is_not_hired",
                violation_error_message=_("Somebody hired is neither refused nor withdrawn."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) & (~Q(outcome=Outcome.ACTIVE) | Q(stage=Stage.HIRED))
                | Q(ended_at=None, outcome=Outcome.ACTIVE) & ~Q(stage=Stage.HIRED),
                name="ended_at_when_over",
            ),
        ]
        indexes = [
            # A column of the board, oldest first, and its count from the index alone; a page of the list, newest
            # first; search by name.
            models.Index(
                fields=["job", "outcome", "stage", "stage_entered_at", "id", "deleted_at"],
                name="application_board",
            ),
            # The pile in the order it is read, and whoever lies before and after somebody.
            models.Index(fields=["job", "outcome", "stage", "later_at", "id"], name="application_pile"),
            models.Index(fields=["job", "-id"], name="application_list"),
            models.Index(fields=["job", "sort_name", "id"], name="application_by_name"),
            models.Index(fields=["company", "outcome", "stage"], name="application_waiting"),
            models.Index(fields=["company", "outcome", "submitted_at", "id"], name="application_unheard"),
            models.Index(fields=["id"], name="application_words_due", condition=Q(words_due=True)),
            models.Index(
                fields=["company", "-id"],
                name="application_pool",
                condition=Q(keep_longer_until__isnull=False),
            ),
            models.Index(fields=["id"], name="application_keys_due", condition=Q(keys_due=True)),
            # Few among many: found without looking through the others.
            models.Index(
                fields=["job", "stage_entered_at", "id"],
                name="application_later",
                condition=Q(later_at__isnull=False),
            ),
            models.Index(
                fields=["company", "id"],
                name="application_next_step",
                condition=Q(next_step_on__isnull=False),
            ),
            models.Index(
                fields=["job", "stage_entered_at", "id"], name="application_test", condition=Q(is_test=True)
            ),
            models.Index(
                fields=["job", "id"], name="application_by_hand", condition=Q(entered_by__isnull=False)
            ),
        ]

    def __str__(self):
        return self.alias

    @property
    def alias(self) -> str:
        """What to call somebody whose name is hidden."""
        return _now("Applicant %(number)d") % {"number": self.number}

    @property
    def is_active(self) -> bool:
        return self.outcome == Outcome.ACTIVE

    @property
    def standing(self) -> str:
        """What a form saw, and sends back as `expected`: the stage, and the outcome once it ended."""
        return self.stage if self.is_active else f"{self.stage}:{self.outcome}"

    @property
    def name_hidden(self) -> bool:
        """Names stay hidden while CVs are read, when the job says so, until revealed or past that stage."""
        return self.job.hide_names and self.stage == Stage.CV and self.name_shown_at is None

    @property
    def shown_name(self) -> str:
        return self.alias if self.name_hidden else self.name

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class Assignment(CompanyOwned):
    """An interviewer who is to see this application."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="assignments")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("interviewer who sees an application")
        verbose_name_plural = _("interviewers who see an application")
        constraints = [models.UniqueConstraint(fields=["application", "membership"], name="assigned_once")]

    def __str__(self):
        return f"{self.membership_id} sees {self.application_id}"
