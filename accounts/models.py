"""People, companies, and who may do what in which."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from vault.models import StoredFile

# The end of the address of somebody whose data was erased: .invalid leads nowhere (RFC 2606).
ERASED_AT = "@erased.invalid"


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    MANAGER = "manager", _("Manager")
    INTERVIEWER = "interviewer", _("Interviewer")
    HIRE = "hire", _("New hire")


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do hangs on their memberships, never on the user."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)
    timezone = models.CharField(_("time zone"), max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=now)
    # Part of the session's hash: raising it ends every session of this person at once.
    session_epoch = models.PositiveIntegerField(default=0)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_email")]

    def __str__(self):
        return self.name or self.email

    def _get_session_auth_hash(self, secret=None):
        return f"{super()._get_session_auth_hash(secret)}{self.session_epoch}"

    def get_full_name(self):
        return self.name or self.email


class Session(AbstractBaseSession):
    """One browser that is signed in, or that we remember something for."""

    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+", verbose_name=_("person"))

    class Meta(AbstractBaseSession.Meta):
        verbose_name = pgettext_lazy("of a browser", "session")
        verbose_name_plural = pgettext_lazy("of browsers", "sessions")

    def __str__(self):
        return "session"  # its key opens it

    @classmethod
    def get_session_store_class(cls):
        from accounts.session_store import SessionStore

        return SessionStore


class Company(models.Model):
    name = models.CharField(_("shop name"), max_length=120)
    slug = models.SlugField(_("public address"), max_length=60, unique=True)
    country = models.CharField(_("country"), max_length=2, default="FI")  # ISO 3166-1 alpha-2
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="en")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")  # ISO 4217
    timezone = models.CharField(_("time zone"), max_length=60, default="UTC")
    legal_name = models.CharField(_("legal name"), max_length=200, blank=True)
    address = models.TextField(_("address"), max_length=500, blank=True)
    privacy_contact = models.EmailField(_("contact for privacy questions"), blank=True)
    # Two colours, "#b8400f" or empty, and the picture beside the name on public pages.
    accent = models.CharField(_("colour"), max_length=7, blank=True)
    on_accent = models.CharField(_("text on the colour"), max_length=7, blank=True)
    logo = models.ForeignKey(
        StoredFile, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("logo")
    )
    logo_hash = models.CharField(max_length=16, blank=True)  # of the picture: part of its public address
    is_demo = models.BooleanField(default=False)
    # The shop is being closed: frozen until then, and erased after.
    closes_at = models.DateTimeField(null=True, blank=True)
    # From this day on, in the shop's zone, nothing opens without a second factor; empty: nobody has to have one.
    factors_from = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField(default=now)
    # Raised with every saving of the details: two who edit them at once hear of each other.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(accent="", on_accent="") | ~models.Q(accent="") & ~models.Q(on_accent=""),
                name="company_colours_in_pairs",
            )
        ]

    def __str__(self):
        return self.name


class CompanyQuerySet(models.QuerySet):
    """Every row of business data has a company, and every page starts here."""

    def for_company(self, company):
        return self.filter(company=company)

    def visible_to(self, membership):
        """What this member may see among their own company's rows; narrowed by subclasses."""
        return self


class CompanyOwned(models.Model):
    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="+", verbose_name=_("company")
    )

    objects = CompanyQuerySet.as_manager()

    class Meta:
        abstract = True


class MembershipQuerySet(CompanyQuerySet):
    def active(self):
        return self.filter(removed_at=None)

    def in_role(self, *roles):
        return self.active().filter(role__in=roles)


class Membership(CompanyOwned):
    """A person's place in a company. It exists from the invitation on; `user` is empty until accepted."""

    user = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("person"),
    )
    role = models.CharField(_("role"), max_length=12, choices=Role)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254)
    created_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                "company",
                Lower("email"),
                condition=models.Q(removed_at=None),
                name="one_membership_per_address",
                violation_error_message=_("This person is in the team already."),
            ),
            models.UniqueConstraint(
                fields=["company", "user"],
                condition=models.Q(removed_at=None),
                name="one_membership_per_person",
                violation_error_message=_("This person is in the team already."),
            ),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self):
        if self.is_erased:
            return str(_("Somebody who left"))
        return self.name or self.email

    @property
    def is_erased(self):
        return self.email.endswith(ERASED_AT)

    @property
    def is_boss(self):
        """Owners and managers lead hiring and onboarding."""
        return self.role in {Role.OWNER, Role.MANAGER}

    @property
    def is_waiting(self):
        """Invited, and not come in yet."""
        return self.user_id is None and self.removed_at is None


class Invitation(models.Model):
    """One mail that asks somebody in. The link in it lives until `expires_at` and belongs to the membership."""

    membership = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="invitations", verbose_name=_("member")
    )
    invited_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(default=now)
    send_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self):
        return str(self.membership)


class Listed(CompanyOwned):
    """A tool or a place to advertise, as this shop names and prices it (accounts.listed); none: our own list."""

    kind = models.CharField(max_length=10)
    # Which of ours it is, "" for one the shop added; while `name` is empty the reader's catalogue speaks.
    key = models.CharField(max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=60, blank=True)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)  # ISO 4217
    # Of a place: how long an advert runs there, none: until somebody takes it down; and what to know about it.
    days = models.PositiveSmallIntegerField(_("days"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    hidden = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("tool or place")
        verbose_name_plural = _("tools and places")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["tool", "channel"]), name="listed_kind"),
            models.CheckConstraint(
                condition=~models.Q(key="") | ~models.Q(name=""), name="listed_has_a_key_or_a_name"
            ),
            models.CheckConstraint(
                condition=models.Q(price=None) | models.Q(price__gte=0), name="listed_price_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(days=None) | models.Q(days__gte=1), name="listed_days_at_least_one"
            ),
            models.UniqueConstraint(
                fields=["company", "kind", "key"], condition=~models.Q(key=""), name="listed_once"
            ),
        ]

    def __str__(self):
        return self.name or self.key
