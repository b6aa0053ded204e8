"""The plan as a template with versions, and one person's onboarding."""

import zoneinfo
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import deleting, zones
from accounts.deleting import Deletable
from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from onboarding import dates, defaults
from onboarding.kinds import Kind, Part, Rule, When

# Where a contract says nothing of probation, the decision falls here.
PROBATION = timedelta(days=90)


class PlanTemplate(Deletable, CompanyOwned):
    """What the steps of a new onboarding are copied from. Deleting one touches no onboarding."""

    name = models.CharField(pgettext_lazy("of a plan", "name"), max_length=120, blank=True)
    is_default = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = deleting.kept(CompanyQuerySet)
    everything = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.UniqueConstraint(
                fields=["company"], condition=models.Q(is_default=True), name="one_default_plan"
            )
        ]

    def __str__(self):
        return self.name or str(_("Default plan"))


class PlanVersionQuerySet(CompanyQuerySet):
    def saved(self):
        return self.exclude(saved_at=None)

    def newest(self):
        """The version that a new onboarding copies; None while a plan was never saved."""
        return self.saved().order_by("-number").first()


class PlanVersion(CompanyOwned):
    """The steps of a plan as they were saved once; or the draft, which no onboarding copies."""

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now, null=True)  # None: the draft
    saved_by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, related_name="+")
    note = models.CharField(_("what is different"), max_length=200, blank=True)
    # Raised with every change of the draft: a page says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of a plan")
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(
                fields=["template"], condition=models.Q(saved_at=None), name="one_draft_of_a_plan"
            ),
        ]

    def __str__(self):
        return f"{self.template_id} v{self.number}"


class DayOff(CompanyOwned):
    """A day on which the shop's people do not work, beside the public holidays."""

    day = models.DateField(_("day"))
    name = models.CharField(_("what for"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("day off")
        verbose_name_plural = _("days off")
        constraints = [models.UniqueConstraint(fields=["company", "day"], name="day_off_once")]

    def __str__(self):
        return f"{self.day}"


class StepText(models.Model):
    """A step's words and rules: a key of the catalogue, and own words that win over it once written."""

    key = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=200, blank=True)  # what a catalogue text speaks of, such as a skill
    position = models.PositiveIntegerField(default=0)
    kind = models.CharField(
        pgettext_lazy("of a step", "kind"), max_length=12, choices=Kind, default=Kind.TASK
    )
    owner = models.CharField(_("who does it"), max_length=8, choices=Part, default=Part.HIRE)
    partner = models.CharField(_("with whom"), max_length=8, choices=Part, blank=True)
    # Its name within the plan: other steps follow it by this, and the editor finds it in every version.
    ref = models.CharField(max_length=48, blank=True)
    after = models.CharField(_("after which step"), max_length=48, blank=True)
    rule = models.CharField(_("counted as"), max_length=10, choices=Rule, default=Rule.DAY)
    number = models.SmallIntegerField(_("day"), default=1)
    at = models.TimeField(_("time"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    required = models.BooleanField(_("required"), default=True)
    title = models.CharField(pgettext_lazy("of a step", "title"), max_length=200, blank=True)
    body = models.TextField(pgettext_lazy("of a step", "what to do"), max_length=4000, blank=True)
    # The questions of a form of one's own, as onboarding.filling writes and reads them.
    asks = models.JSONField(default=list, blank=True)

    class Meta:
        abstract = True

    @property
    def label(self) -> str:
        """Own words, else the catalogue's in the reader's language."""
        return self.title or defaults.title(self.key, self.about)

    @property
    def text(self) -> str:
        return self.body or ("" if self.title else defaults.body(self.key))

    def due(self, start: date, weekdays, off=frozenset(), *, signed=None, ends=None, done=None) -> date:
        """`signed`: the day of the signature; `ends`: the last day of probation; `done`: when the step before was."""
        week = (weekdays, off)
        if self.rule == Rule.AFTER:
            return dates.days_after(done or start, max(self.number, 0), *week)
        if self.rule == Rule.SIGNED:
            return dates.days_after(signed or start, max(self.number, 0), *week)
        if self.rule == Rule.PROBATION:
            return dates.before_end(start, ends or start + PROBATION, min(self.number, 0), *week)
        count = {
            Rule.DAY: dates.working_day,
            Rule.CALENDAR: dates.calendar_day,
            Rule.WEEK: dates.end_of_week,
        }[Rule(self.rule)]
        return count(start, self.number, *week)


class TemplateStep(CompanyOwned, StepText):
    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="steps")
    when = models.CharField(_("for whom"), max_length=12, choices=When, default=When.ALWAYS)
    country = models.CharField(_("only in this country"), max_length=2, blank=True)
    skill = models.CharField(_("only when this skill was weak"), max_length=120, blank=True)
    # Raised with every change of the words and rules in the draft: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("step of a plan")
        verbose_name_plural = _("steps of a plan")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "ref"], condition=~models.Q(ref=""), name="step_ref_once_in_a_version"
            )
        ]

    def __str__(self):
        return self.key or self.title


def zone_of(membership, company) -> zoneinfo.ZoneInfo:
    """A person's time zone, else their company's, else UTC."""
    return zone_named((membership.user.timezone if membership.user else "") or company.timezone)


def zone_named(name: str) -> zoneinfo.ZoneInfo:
    return zones.named(name) or zoneinfo.ZoneInfo("UTC")


class OnboardingQuerySet(CompanyQuerySet):
    def running(self):
        return self.filter(cancelled_at=None)

    def visible_to(self, membership):
        """Owners and managers see everybody's, others their own and those they are buddy of."""
        if membership.is_boss:
            return self
        return self.filter(models.Q(hire=membership) | models.Q(buddy=membership))

    def with_people(self):
        return self.select_related(
            "company", "hire__user", "manager__user", "buddy__user", "manager__answer_hours__stand_in"
        )


def _weekdays():
    return [0, 1, 2, 3, 4]


class Onboarding(Undoable, CompanyOwned):
    """One person's way from signature to settled. Its steps are copies: no template changes them later."""

    # What opened it ("application:5"), so that the same hire opens it once; empty when begun by hand.
    reference = models.CharField(max_length=80, null=True, blank=True)
    hire = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="onboardings")
    manager = models.ForeignKey(
        Membership, on_delete=models.PROTECT, related_name="+", verbose_name=_("manager")
    )
    buddy = models.ForeignKey(
        Membership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("buddy"),
    )
    version = models.ForeignKey(
        PlanVersion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    job_title = models.CharField(_("job title"), max_length=200)
    start_date = models.DateField(_("first day"))
    hours_week = models.DecimalField(_("hours a week"), max_digits=4, decimal_places=1, null=True, blank=True)
    weekdays = models.JSONField(_("working days"), default=_weekdays)
    remote = models.BooleanField(_("works remotely"), default=False)
    first_employee = models.BooleanField(_("first employee ever"), default=False)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    country = models.CharField(_("works in"), max_length=2, blank=True)  # empty: where the shop is
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    probation_until = models.DateField(_("end of probation"), null=True, blank=True)
    days_off = models.JSONField(default=list, blank=True)  # days on which this person does not work (daysoff)
    contract_file_id = models.BigIntegerField(null=True, blank=True)  # a private file of vault
    documents = models.JSONField(default=list, blank=True)  # agreed to before: kind, version, at
    invite_on = models.DateField(_("invitation goes out on"), null=True, blank=True)
    start_time = models.TimeField(_("first day begins at"), default=time(9, 0))
    place = models.CharField(_("where to come"), max_length=300, blank=True)
    video_link = models.URLField(_("video link"), max_length=500, blank=True)
    bring = models.CharField(_("what to bring"), max_length=300, blank=True)
    note = models.TextField(_("welcome note"), max_length=2000, blank=True)
    phone = models.CharField(_("phone for questions"), max_length=40, blank=True)
    ask_until = models.TimeField(_("answers questions until"), default=time(17, 0))
    created_at = models.DateTimeField(default=timezone.now)
    # The manager was told how the first day went.
    evening_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(_("reason"), max_length=300, blank=True)
    # Raised with every saving of the first day's details: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = OnboardingQuerySet.as_manager()

    class Meta:
        verbose_name = _("onboarding")
        verbose_name_plural = _("onboardings")
        constraints = [
            models.UniqueConstraint(fields=["company", "reference"], name="onboarding_opened_once"),
            models.UniqueConstraint(
                fields=["company", "hire"],
                condition=models.Q(cancelled_at=None),
                name="one_running_onboarding_each",
                violation_error_message=_("This person has a plan already."),
            ),
        ]

    def __str__(self):
        return f"{self.hire} {self.start_date}"

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The new hire's time zone, else the company's: it says which day it is for them."""
        return zone_of(self.hire, self.company)

    def local_now(self) -> datetime:
        return timezone.localtime(timezone=self.zone)

    def today(self) -> date:
        return self.local_now().date()

    def day_number(self) -> int:
        return dates.day_number(self.start_date, self.today(), self.weekdays, self.off)

    @property
    def off(self) -> frozenset[date]:
        return frozenset(date.fromisoformat(day) for day in self.days_off)

    @property
    def works_in(self) -> str:
        """The country whose holidays and orders count."""
        return self.country or self.company.country

    @property
    def signed_day(self) -> date:
        """When the contract was signed; of a plan begun by hand, when it was begun."""
        return self.signed_on or timezone.localdate(self.created_at, self.zone)

    def due(self, step, done=None) -> date:
        """When this step is due for this person."""
        return step.due(
            self.start_date,
            self.weekdays,
            self.off,
            signed=self.signed_day,
            ends=self.probation_until,
            done=done,
        )

    @property
    def dial(self) -> str:
        """The phone number as a telephone takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def lacks_buddy(self) -> bool:
        return self.buddy_id is None

    def people(self, part: str) -> Membership:
        """Who stands for this part: without a buddy the manager does the buddy's work."""
        return {Part.HIRE: self.hire, Part.BUDDY: self.buddy or self.manager}.get(part, self.manager)
