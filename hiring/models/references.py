"""Who may be asked about an applicant, and what each of them said."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet


class Relation(models.TextChoices):
    """Who the referee was to the applicant: it changes how they are asked."""

    MANAGER = "manager", pgettext_lazy("a referee", "Their manager")
    COLLEAGUE = "colleague", pgettext_lazy("a referee", "A colleague")
    CUSTOMER = "customer", pgettext_lazy("a referee", "A customer")
    OTHER = "other", pgettext_lazy("a referee", "Somebody else")


class AgreedHow(models.TextChoices):
    LINK = "link", pgettext_lazy("how somebody agreed", "behind their link")
    TOLD = "told", pgettext_lazy("how somebody agreed", "told us")


class Referee(CompanyOwned):
    """Somebody who knows the applicant. Asked only once the applicant has agreed, and while that stands."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="referees")
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200)
    relation = models.CharField(_("how they know each other"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    kind = models.CharField(_("who they are"), max_length=9, choices=Relation, blank=True)
    since = models.CharField(_("from"), max_length=40, blank=True)
    until = models.CharField(_("until"), max_length=40, blank=True)
    named_by_link = models.BooleanField(_("named by the applicant"), default=False)
    agreed_at = models.DateTimeField(_("the applicant agreed"), null=True, blank=True)
    agreed_how = models.CharField(_("how they agreed"), max_length=4, choices=AgreedHow, blank=True)
    agreed_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("the applicant took it back"), null=True, blank=True)
    # How to reach them is gone: they asked for it, or its time was over.
    forgotten_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("referee")
        verbose_name_plural = _("referees")
        indexes = [models.Index(fields=["application", "id"], name="referee_of_application")]

    def __str__(self):
        return self.shown_name

    @property
    def shown_name(self) -> str:
        return self.name or str(pgettext_lazy("a referee", "Somebody who asked to be forgotten"))

    @property
    def may_be_asked(self) -> bool:
        return bool(self.agreed_at) and self.withdrawn_at is None and self.forgotten_at is None


class Overall(models.TextChoices):
    GOOD = "good", pgettext_lazy("a reference", "Good")
    MIXED = "mixed", pgettext_lazy("a reference", "Mixed")
    BAD = "bad", pgettext_lazy("a reference", "Bad")
    NOT_REACHED = "not_reached", pgettext_lazy("a reference", "Not reached")


class ReferenceCall(Undoable, CompanyOwned):
    """What one referee said. Hesitation and deviation from the facts are fields of their own."""

    referee = models.OneToOneField(Referee, on_delete=models.CASCADE, related_name="call")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reference_calls")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    overall = models.CharField(_("overall"), max_length=11, choices=Overall, blank=True)
    hesitation = models.BooleanField(_("They hesitated"), default=False)
    hesitation_note = models.CharField(_("where"), max_length=500, blank=True)
    deviation = models.BooleanField(_("Something differs from what the applicant said"), default=False)
    deviation_note = models.CharField(_("what differs"), max_length=500, blank=True)
    candidate_said = models.CharField(_("what the applicant said to it"), max_length=1_000, blank=True)
    candidate_said_on = models.DateField(_("on"), null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=5_000, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    # Raised with every keeping: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference call")
        verbose_name_plural = _("reference calls")

    def __str__(self):
        return f"reference call {self.pk}"


class TryOutcome(models.TextChoices):
    NOT_REACHED = "not_reached", pgettext_lazy("a call", "Not reached")
    CALL_AGAIN = "call_again", pgettext_lazy("a call", "Asked to be called again")
    WRONG = "wrong", pgettext_lazy("a call", "The number or address is wrong")


class CallTry(Undoable, CompanyOwned):
    """A call that did not come about."""

    referee = models.ForeignKey(Referee, on_delete=models.CASCADE, related_name="tries")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("what happened"), max_length=11, choices=TryOutcome)
    again_at = models.DateTimeField(_("call again at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("try to call a referee")
        verbose_name_plural = _("tries to call referees")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=TryOutcome.values), name="try_outcome_known")
        ]

    def __str__(self):
        return f"try {self.pk}"


class RefereesAsked(CompanyOwned):
    """The applicant was asked by mail whom we may ask about them. `revision` counts what they kept."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="referees_asked")
    by = models.ForeignKey(Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("question for referees")
        verbose_name_plural = _("questions for referees")

    def __str__(self):
        return f"question for referees {self.pk}"


class Reply(models.TextChoices):
    WRITTEN = "written", pgettext_lazy("what a referee did", "Answered in writing")
    TALK = "talk", pgettext_lazy("what a referee did", "Would rather talk")
    UNKNOWN = "unknown", pgettext_lazy("what a referee did", "Does not know this person")
    REFUSED = "refused", pgettext_lazy("what a referee did", "Does not want to answer")


class Again(models.TextChoices):
    YES = "yes", pgettext_lazy("would work with them again", "Yes")
    UNSURE = "unsure", pgettext_lazy("would work with them again", "Not sure")
    NO = "no", pgettext_lazy("would work with them again", "No")


class WrittenReference(Undoable, CompanyOwned):
    """The same questions for a referee who answers behind a link: once, until its day is over."""

    referee = models.ForeignKey(Referee, on_delete=models.CASCADE, related_name="written")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="written_references")
    questions = models.JSONField(default=list)  # [[key, words in the application's language, or ""]]
    language = models.CharField(max_length=10)
    sent_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reply = models.CharField(_("reply"), max_length=7, choices=Reply, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # {key: words}
    again = models.CharField(_("would work with them again"), max_length=6, choices=Again, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    when = models.CharField(_("when to call"), max_length=200, blank=True)

    objects = OfApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("written reference")
        verbose_name_plural = _("written references")
        constraints = [
            models.UniqueConstraint(
                fields=["referee"], condition=Q(cancelled_at=None), name="one_standing_written_reference"
            ),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None) | Q(reply__in=Reply.values, replied_at__isnull=False),
                name="written_reference_with_its_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["sent_at"],
                name="written_reference_to_remind",
                condition=Q(reply="", cancelled_at=None, reminded_at=None),
            )
        ]

    def __str__(self):
        return f"written reference {self.pk}"

    @property
    def has_expired(self) -> bool:
        return not self.reply and self.expires_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        return not (self.reply or self.cancelled_at or self.has_expired)
