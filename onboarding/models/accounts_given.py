"""What a new colleague was given to sign in to, and what was taken back."""

from babel.numbers import format_currency
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import places
from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from onboarding.models.plan import Onboarding

MAIL, HELP_DESK, SHOP = "mail", "help_desk", "shop"
# Key -> what it is, and what it may do unless somebody says otherwise.
OURS = {
    MAIL: (_("Mail"), _("Reads and answers the address for customers")),
    HELP_DESK: (_("Help desk"), _("Answers tickets; changes no settings")),
    SHOP: (_("Shop back end"), _("Sees orders and changes addresses; no access to payouts")),
}


class AccountGivenQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        return self if membership.is_boss else self.none()

    def to_take_back(self):
        """Still open although the person has left, or their plan has ended and no other one runs."""
        others = Onboarding.objects.running().filter(hire=OuterRef("onboarding__hire"))
        left = Q(onboarding__hire__removed_at__isnull=False)
        ended = Q(onboarding__cancelled_at__isnull=False) & ~Exists(others)
        return self.filter(left | ended, given_at__isnull=False, taken_at=None)


class AccountGiven(CompanyOwned):
    onboarding = models.ForeignKey(Onboarding, on_delete=models.CASCADE, related_name="accounts")
    key = models.CharField(max_length=40)
    title = models.CharField(pgettext_lazy("account", "where"), max_length=120, blank=True)
    may = models.CharField(_("what it may do"), max_length=300, blank=True)
    refund_limit = models.DecimalField(
        _("refunds up to"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217, of the limit
    given_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    removed_at = models.DateTimeField(null=True, blank=True)
    # Raised with every saving of its words: a form says which one it was made from.
    revision = models.PositiveIntegerField(default=1)

    objects = AccountGivenQuerySet.as_manager()

    class Meta:
        verbose_name = _("account given")
        verbose_name_plural = _("accounts given")
        constraints = [
            models.UniqueConstraint(fields=["onboarding", "key"], name="account_given_once"),
            models.CheckConstraint(
                condition=Q(taken_at=None) | Q(given_at__isnull=False), name="account_taken_was_given"
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None) | Q(given_at=None) | Q(taken_at__isnull=False),
                name="account_given_stays_on_the_list",
            ),
            models.CheckConstraint(
                condition=Q(refund_limit=None) | Q(refund_limit__gte=0), name="account_limit_not_negative"
            ),
        ]

    def __str__(self):
        return self.key

    @property
    def is_own(self) -> bool:
        return self.key not in OURS

    @property
    def is_held(self) -> bool:
        """The person has it now."""
        return self.given_at is not None and self.taken_at is None

    @property
    def label(self) -> str:
        return self.title or (str(OURS[self.key][0]) if self.key in OURS else self.key)

    @property
    def limit(self) -> str:
        """The refund limit as the reader writes money; "" without one."""
        if self.refund_limit is None:
            return ""
        return format_currency(self.refund_limit, self.currency, locale=places.reader())

    @property
    def rights(self) -> str:
        """What it may do: in the shop's words, else ours."""
        return self.may or (str(OURS[self.key][1]) if self.key in OURS else "")
