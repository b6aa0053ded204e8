"""What the shop gets ready while it hires (opens with the job, not after the offer)."""

from django.db import models
from django.db.models import Case, Count, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from onboarding import country_items, defaults


class SetupQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if membership.is_boss else self.none()

    def with_counts(self):
        """`ready` of `total`; the question about the first employee is one of them until it is answered."""
        asked = Q(items__removed_at=None, items__needed=True)
        question = Case(When(first_employee=None, then=Value(1)), default=Value(0))
        return self.annotate(
            total=Count("items", asked) + question,
            ready=Count("items", asked & Q(items__done_at__isnull=False)),
        )


class SetupList(Undoable, CompanyOwned):
    job_ref = models.CharField(max_length=80)
    job_title = models.CharField(_("job title"), max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    # Nobody has said yet; then the registrations are neither asked for nor left out.
    first_employee = models.BooleanField(_("first employee ever"), null=True)
    country = models.CharField(_("country"), max_length=2, blank=True)  # whose list was taken
    support_address = models.EmailField(_("address for customers"), max_length=254, blank=True)
    help_desk = models.CharField(_("help desk"), max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField(_("people who answer"), default=1)

    objects = SetupQuerySet.as_manager()

    class Meta:
        verbose_name = _("set-up list")
        verbose_name_plural = _("set-up lists")
        constraints = [models.UniqueConstraint(fields=["company", "job_ref"], name="setup_once_per_job")]

    def __str__(self):
        return self.job_title


class SetupItem(CompanyOwned):
    """A key of our lists, in our words until the shop writes its own; or one the shop added."""

    setup = models.ForeignKey(SetupList, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(pgettext_lazy("thing to set up", "what"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    needed = models.BooleanField(default=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    # Raised with every saving of its words: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = SetupQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing to set up")
        verbose_name_plural = _("things to set up")
        constraints = [models.UniqueConstraint(fields=["setup", "key"], name="setup_item_once")]

    def __str__(self):
        return self.key

    @property
    def is_own(self) -> bool:
        """Of the shop, not of our lists."""
        return self.key.startswith("own-")

    @property
    def of_country(self) -> bool:
        return self.key in country_items.BY_KEY

    @property
    def touched(self) -> bool:
        """Somebody did something with it: it is not taken away by itself."""
        return bool(self.done_at or self.title or self.note or self.link or self.is_own)

    @property
    def label(self) -> str:
        return self.title or defaults.setup_title(self.key)

    @property
    def text(self) -> str:
        return "" if self.title else defaults.setup_body(self.key)

    @property
    def address(self) -> str:
        """The shop's own link, else the office's."""
        known = country_items.BY_KEY.get(self.key)
        return self.link or (known.link if known else "")
