from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import deleting
from accounts.deleting import Deletable
from accounts.models import CompanyOwned, CompanyQuerySet, Membership, Role
from accounts.undoing import Undoable
from vault.models import StoredFile
from vault.work import State, Work


class ReadinessQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if membership.role in {Role.OWNER, Role.MANAGER} else self.none()


class Assessment(Deletable, CompanyOwned):
    """One answer to "should I hire?", with what it was computed from. What is missing is not in `answers`."""

    answers = models.JSONField(_("answers"), default=dict)
    # What an imported log said at that moment: scoring.Inputs' measured_* fields.
    measured = models.JSONField(_("measured"), default=dict)
    config_version = models.CharField(_("version of the configuration"), max_length=20)
    result = models.JSONField(_("result"), default=dict)
    plan = models.CharField(_("what to do with the hours"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    objects = deleting.kept(ReadinessQuerySet)
    everything = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("readiness result")
        verbose_name_plural = _("readiness results")
        indexes = [models.Index(fields=["company", "-created_at"], name="assessment_latest")]

    def __str__(self):
        return f"{self.result.get('recommendation')} {self.created_at:%Y-%m-%d}"


class ImportKind(models.TextChoices):
    TICKETS = "tickets", _("Tickets of a help desk")
    ORDERS = "orders", _("Orders of a shop")
    REVIEWS = "reviews", _("Reviews with stars")
    MAILBOX = "mailbox", _("A mailbox")


class TicketImport(Work, Deletable, CompanyOwned):
    """A file on its way to weekly numbers: tickets, orders, reviews or a mailbox. Its rows themselves are not kept.

    Until the columns are mapped it is set aside (`parked` without a mapping).
    """

    kind = models.CharField(_("kind"), max_length=10, choices=ImportKind, default=ImportKind.TICKETS)
    name = models.CharField(_("file name"), max_length=120)
    # None again as soon as the numbers are there or the import is given up.
    file = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("file")
    )
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=20)
    delimiter = models.CharField(max_length=1)
    header = models.JSONField(_("columns"), default=list)
    # Files with the same columns have the same one: what was chosen for the last of them is proposed for the next.
    header_key = models.CharField(max_length=64, blank=True)
    mapping = models.JSONField(_("which column is what"), default=dict)
    percent = models.PositiveSmallIntegerField(_("progress"), default=0)
    rows = models.PositiveIntegerField(_("rows read"), default=0)
    cases = models.PositiveIntegerField(_("cases"), default=0)
    rejected_count = models.PositiveIntegerField(_("rows left out"), default=0)
    # The first of them: [line, code, what stood there].
    rejected = models.JSONField(_("lines left out"), default=list)
    series = models.JSONField(_("weekly and monthly numbers"), default=dict)
    # Of weeks that two files of a kind have, the one with the higher number counts.
    precedence = models.IntegerField(_("which file goes first"), default=0)
    asking = models.BooleanField(_("asks which file counts"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    objects = deleting.kept(ReadinessQuerySet)
    everything = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["company", "header_key"], name="import_header")]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind", "sha256"],
                condition=models.Q(deleted_at=None),
                name="one_import_per_file",
                violation_error_message=_("This file has been imported already."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def unmapped(self):
        return self.state == State.PARKED and not self.mapping

    @property
    def under_way(self):
        return self.state in {State.WAITING, State.RUNNING}


class ImportedWeek(CompanyOwned):
    """One week of one file, as its kind counts it (tally.Week, shopdata.OrderWeek, shopdata.ReviewWeek)."""

    source = models.ForeignKey(
        TicketImport, on_delete=models.CASCADE, related_name="weeks", verbose_name=_("import")
    )
    monday = models.DateField(_("Monday"))
    numbers = models.JSONField(_("numbers of the week"))

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("week of an import")
        verbose_name_plural = _("weeks of imports")
        constraints = [models.UniqueConstraint(fields=["source", "monday"], name="one_week_of_an_import")]

    def __str__(self):
        return f"{self.monday:%Y-%m-%d}"


class Counted(CompanyOwned):
    """What all files of one kind say together: the numbers that pages show and that results are computed from."""

    kind = models.CharField(_("kind"), max_length=10, choices=ImportKind)
    series = models.JSONField(_("weekly and monthly numbers"))

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("counted numbers")
        verbose_name_plural = _("counted numbers")
        constraints = [models.UniqueConstraint(fields=["company", "kind"], name="counted_once_a_kind")]

    def __str__(self):
        return self.get_kind_display()


class Weighing(CompanyOwned):
    """One version of a company's own weights and thresholds. It is never changed: whoever thinks again makes the next.

    `changes` is {path: value} of what differs from our configuration `base` (readiness.settable).
    """

    base = models.CharField(_("our version it starts from"), max_length=12)
    revision = models.PositiveIntegerField(_("version"))
    changes = models.JSONField(_("changed numbers"), default=dict)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("created by"),
    )

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("weights")
        verbose_name_plural = _("weights")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "revision"],
                name="one_weighing_per_version",
                violation_error_message=_("This version exists already."),
            )
        ]

    def __str__(self):
        return self.version

    @property
    def version(self):
        """As a result names it: `2026-1+3` is a company's third, made from ours of 2026-1."""
        return f"{self.base}+{self.revision}"


class Bridge(models.TextChoices):
    """The codes are those of readiness.advice."""

    SELF_SERVICE = "self_service", _("Let customers help themselves")
    CHATBOT = "chatbot", _("Tools that take over the simple part")
    OUTSOURCE = "outsource", _("Help from outside")


class Provider(models.TextChoices):
    AGENCY = "agency", _("An agency")
    FREELANCER = "freelancer", _("A freelancer")
    SPECIALIST = "specialist", _("A support specialist")


class Verdict(models.TextChoices):
    GOOD_ENOUGH = "good_enough", _("Good enough as it is")
    HIRE_NOW = "hire_now", _("Hiring now")
    STOPPED = "stopped", _("Stopped")


class BridgePlan(Undoable, Deletable, CompanyOwned):
    """What a shop does until it hires: steps, a day to look again, and the numbers of the day it began."""

    kind = models.CharField(_("way to bridge"), max_length=20, choices=Bridge)
    provider = models.CharField(_("who helps"), max_length=12, choices=Provider, blank=True)
    fee = models.DecimalField(_("fee a month"), max_digits=12, decimal_places=2, null=True, blank=True)
    look_on = models.DateField(_("look again on"))
    # readiness.bridge_effect: messages, hours and how full the week was; empty when nothing was known.
    before = models.JSONField(_("numbers when it began"), default=dict)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    started_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    verdict = models.CharField(_("how it ended"), max_length=12, choices=Verdict, blank=True)
    # Raised with every saving of the questions and answers.
    revision = models.PositiveIntegerField(default=1)

    objects = deleting.kept(ReadinessQuerySet)
    everything = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("bridge plan")
        verbose_name_plural = _("bridge plans")
        constraints = [
            models.UniqueConstraint(
                fields=["company", "kind"],
                condition=models.Q(ended_at=None, deleted_at=None),
                name="one_bridge_of_a_kind",
                violation_error_message=_("A plan of this kind is under way already."),
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, verdict="")
                | ~models.Q(ended_at=None) & ~models.Q(verdict=""),
                name="bridge_ends_with_a_verdict",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def is_open(self):
        return self.ended_at is None


class OfBridgeQuerySet(ReadinessQuerySet):
    def of_plans(self):
        """Those of plans that are not deleted, with their plan."""
        return self.filter(plan__deleted_at=None).select_related("plan")

    def there(self):
        return self.filter(gone_at=None).order_by("position", "pk")


class BridgeStep(Undoable, CompanyOwned):
    """One thing to do. While `text` is empty the step of the catalogue with this `key` speaks."""

    plan = models.ForeignKey(BridgePlan, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=40, blank=True)
    text = models.CharField(_("step"), max_length=200, blank=True)
    position = models.PositiveIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Taken off the list; the row stays for its Undo and goes with the plan.
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = OfBridgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of a bridge plan")
        verbose_name_plural = _("steps of bridge plans")
        constraints = [
            models.CheckConstraint(condition=~models.Q(key="", text=""), name="bridge_step_says_something")
        ]

    def __str__(self):
        return self.text or self.key


class FaqEntry(CompanyOwned):
    """A question that customers repeat, and the shop's answer to it."""

    plan = models.ForeignKey(BridgePlan, on_delete=models.CASCADE, related_name="entries")
    question = models.CharField(_("question"), max_length=200)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)
    # How often it was asked in the mail that was counted; None for one's own.
    count = models.PositiveIntegerField(_("times asked"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = OfBridgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")

    def __str__(self):
        return self.question


class BeforeAfter(Undoable, CompanyOwned):
    """One hire and what it gave back: the answer from before, the day it began, the day to look again."""

    # What opened it ("application-5-hire-1"), so that the same hire opens it once; empty when begun by hand.
    reference = models.CharField(max_length=80, null=True, blank=True)
    person = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    job_title = models.CharField(_("job title"), max_length=200)
    start_date = models.DateField(_("first day"))
    hours_week = models.DecimalField(
        _("hours a week that were agreed"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    before = models.ForeignKey(
        Assessment,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("compare with"),
    )
    look_on = models.DateField(_("remind me on"))
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("before and after")
        verbose_name_plural = _("before and after")
        constraints = [
            models.UniqueConstraint(fields=["company", "reference"], name="before_after_opened_once")
        ]

    def __str__(self):
        return self.job_title


class HoursWeek(Undoable, CompanyOwned):
    """Hours of support in one week, by the owner and by the new person. `why` says why the hours rose."""

    hire = models.ForeignKey(BeforeAfter, on_delete=models.CASCADE, related_name="weeks")
    monday = models.DateField(_("Monday"))
    owner = models.DecimalField(_("your hours"), max_digits=4, decimal_places=1, null=True, blank=True)
    person = models.DecimalField(
        _("hours of the new person"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    why = models.CharField(_("why it rose"), max_length=300, blank=True)
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # Taken off the list; the row stays for its Undo.
    gone_at = models.DateTimeField(null=True, blank=True)

    objects = ReadinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("hours of a week")
        verbose_name_plural = _("hours of weeks")
        constraints = [models.UniqueConstraint(fields=["hire", "monday"], name="hours_of_a_week_once")]

    def __str__(self):
        return f"{self.monday:%Y-%m-%d}"
