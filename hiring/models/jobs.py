from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import deleting, zones
from accounts.deleting import Deletable
from accounts.models import CompanyOwned, CompanyQuerySet, Membership, Role
from accounts.undoing import Undoable


class JobStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("state of a job", "Draft")
    OPEN = "open", pgettext_lazy("state of a job", "Open")
    PAUSED = "paused", pgettext_lazy("state of a job", "Paused")
    FILLED = "filled", pgettext_lazy("state of a job", "Filled")
    CLOSED = "closed", pgettext_lazy("state of a job", "Closed")


class Place(models.TextChoices):
    ONSITE = "onsite", pgettext_lazy("where one works", "On site")
    REMOTE = "remote", pgettext_lazy("where one works", "Remote")
    HYBRID = "hybrid", pgettext_lazy("where one works", "Partly remote")


class PayPeriod(models.TextChoices):
    """schema.org's unitText, in lower case."""

    HOUR = "hour", pgettext_lazy("pay per", "an hour")
    DAY = "day", pgettext_lazy("pay per", "a day")
    WEEK = "week", pgettext_lazy("pay per", "a week")
    MONTH = "month", pgettext_lazy("pay per", "a month")
    YEAR = "year", pgettext_lazy("pay per", "a year")


class EmploymentType(models.TextChoices):
    """schema.org's employmentType; the words are Google's list."""

    FULL_TIME = "FULL_TIME", _("Full-time")
    PART_TIME = "PART_TIME", _("Part-time")
    CONTRACTOR = "CONTRACTOR", _("Freelance")
    TEMPORARY = "TEMPORARY", _("Fixed-term")
    INTERN = "INTERN", _("Internship")
    VOLUNTEER = "VOLUNTEER", _("Voluntary")
    PER_DIEM = "PER_DIEM", _("By the day")
    OTHER = "OTHER", pgettext_lazy("kind of employment", "Other")


class JobQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Owners see all jobs, managers those they are on; interviewers see applications, not jobs."""
        if membership.role == Role.OWNER:
            return self
        if membership.role == Role.MANAGER:
            return self.filter(
                models.Exists(JobMember.objects.filter(job=models.OuterRef("pk"), membership=membership))
            )
        return self.none()

    def open(self):
        return self.filter(status=JobStatus.OPEN)


class Job(Undoable, Deletable, CompanyOwned):
    """A role to fill: the advert's text, how many people it needs, and where it stands."""

    title = models.CharField(_("title"), max_length=120)
    # Part of the public address; never changes once the job was open.
    slug = models.SlugField(_("public address"), max_length=80)
    status = models.CharField(_("status"), max_length=8, choices=JobStatus, default=JobStatus.DRAFT)
    openings = models.PositiveSmallIntegerField(_("how many people"), default=1)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    hours_week = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True)
    employment_type = models.CharField(
        _("kind of employment"), max_length=10, choices=EmploymentType, default=EmploymentType.PART_TIME
    )
    place = models.CharField(_("place"), max_length=6, choices=Place, default=Place.REMOTE)
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(_("state or region"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)  # ISO 3166-1 alpha-2
    # The two questions a job starts from; for those who choose, not for the advert.
    good_at = models.TextField(
        _("What will make this person good at helping your customers?"), max_length=2_000, blank=True
    )
    also_helps = models.TextField(_("What else will they help with?"), max_length=2_000, blank=True)
    summary = models.TextField(_("short description"), max_length=2_000, blank=True)
    about_company = models.TextField(_("about the company"), max_length=4_000, blank=True)
    responsibilities = models.TextField(_("responsibilities"), max_length=6_000, blank=True)
    why_us = models.TextField(_("why work with us"), max_length=4_000, blank=True)
    how_to_apply = models.TextField(_("how to apply"), max_length=2_000, blank=True)
    benefits = models.TextField(_("benefits"), max_length=3_000, blank=True)
    pay_min = models.DecimalField(_("pay from"), max_digits=12, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(_("pay up to"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    pay_period = models.CharField(_("paid per"), max_length=5, choices=PayPeriod, default=PayPeriod.HOUR)
    answer_by = models.DateField(_("apply by"), null=True, blank=True)
    hide_names = models.BooleanField(_("hide names while reading"), default=True)
    # What the readiness check said, as text: readiness knows no job, a job knows no readiness row.
    assessment = models.CharField(max_length=60, blank=True)
    # Parts of the week somebody is needed in: hiring.hours.to_text.
    cover_hours = models.CharField(_("hours to be covered"), max_length=7, blank=True)
    # Raised when a requirement is added, removed or re-levelled after a CV was read with the list as it was.
    rubric_version = models.PositiveSmallIntegerField(default=1)
    last_number = models.PositiveIntegerField(default=0)  # of applications: "Applicant 14"
    created_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    first_opened_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, blank=True)  # the advert as people read it, after it was out
    closed_at = models.DateTimeField(null=True, blank=True)
    members = models.ManyToManyField(
        Membership, through="JobMember", related_name="+", verbose_name=_("managers")
    )
    # Words of the advert that hiring.wordcheck found and somebody wants to keep: folded, so that it does not nag.
    words_left = models.JSONField(default=list, blank=True, editable=False)
    # Raised whenever the advert, the list or the questions are saved: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = deleting.kept(JobQuerySet)
    everything = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.UniqueConstraint(fields=["company", "slug"], name="one_job_per_address"),
            models.CheckConstraint(condition=Q(status__in=JobStatus.values), name="job_status_known"),
            models.CheckConstraint(
                condition=Q(openings__gte=1),
                name="job_needs_somebody",
                violation_error_message=_("A job is for at least one person."),
            ),
            models.CheckConstraint(
                condition=Q(pay_min=None) | Q(pay_max=None) | Q(pay_max__gte=models.F("pay_min")),
                name="job_pay_in_order",
                violation_error_message=_("The upper end of the pay is below the lower end."),
            ),
            models.CheckConstraint(
                condition=Q(status=JobStatus.DRAFT) | Q(first_opened_at__isnull=False),
                name="job_opened_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["filled", "closed"], closed_at__isnull=False)
                | (~Q(status__in=["filled", "closed"]) & Q(closed_at=None)),
                name="job_closed_at_when_closed",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.status == JobStatus.OPEN

    @property
    def day_is_over(self) -> bool:
        """The day to apply by has ended where the shop is."""
        return bool(
            self.answer_by and self.answer_by < localdate(timezone=zones.named(self.company.timezone))
        )

    @property
    def takes_applications(self) -> bool:
        """For applicants; whoever is met elsewhere can be entered by hand until the job is over."""
        return self.is_open and not self.day_is_over

    @property
    def is_over(self) -> bool:
        return self.status in {JobStatus.FILLED, JobStatus.CLOSED}


class JobMember(CompanyOwned):
    """A manager who sees this job. Owners see all and need no row; who makes a job is put on it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="job_members")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "membership"], name="on_a_job_once")]

    def __str__(self):
        return f"{self.membership_id} on {self.job_id}"
