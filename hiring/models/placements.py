from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Company, CompanyOwned, CompanyQuerySet, Membership, Role
from accounts.undoing import Undoable
from hiring.models.jobs import Job, JobMember


class PlacementQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """Owners see all, managers those of their jobs."""
        if membership.role == Role.OWNER:
            return self
        if membership.role == Role.MANAGER:
            mine = JobMember.objects.filter(job=models.OuterRef("job"), membership=membership)
            return self.filter(models.Exists(mine))
        return self.none()

    def up(self):
        """Posted, and not taken down."""
        return self.filter(posted_on__isnull=False, taken_down_at=None)


class Placement(Undoable, CompanyOwned):
    """An advert in one place, once. The row is there from the first visit or from "I posted it", what comes first.

    `hiring.placements` is the only writer.
    """

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="placements")
    channel = models.CharField(max_length=20)  # accounts.listed.code of the place, or placements.FEED
    number = models.PositiveSmallIntegerField(default=1)  # of this job in this place: posted again is another
    posted_on = models.DateField(_("posted on"), null=True, blank=True)
    expires_on = models.DateField(_("runs until"), null=True, blank=True)
    price = models.DecimalField(_("price paid"), max_digits=10, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)  # ISO 4217
    taken_down_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)  # that it runs out soon
    # Openings of the advert through this link. A number and nothing else: who opened it is not known.
    visits = models.PositiveIntegerField(default=0)
    posted_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = _("advert in a place")
        verbose_name_plural = _("adverts in places")
        constraints = [
            models.UniqueConstraint(fields=["job", "channel", "number"], name="placement_once"),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="placement_price_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(posted_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("posted_on")),
                name="placement_days_in_order",
                violation_error_message=_("It cannot end before it was posted."),
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=False) | Q(expires_on=None, price=None, taken_down_at=None),
                name="placement_posted_first",
            ),
        ]
        indexes = [
            models.Index(fields=["expires_on"], condition=Q(reminded_at=None), name="placement_to_remind")
        ]

    def __str__(self):
        return f"{self.job_id} in {self.channel}"

    @property
    def is_up(self) -> bool:
        return self.posted_on is not None and self.taken_down_at is None


class CareersSite(CompanyOwned):
    """What a shop says about itself above its open jobs, and whether search engines for jobs may fetch them all."""

    company = models.OneToOneField(
        Company, on_delete=models.CASCADE, related_name="careers_site", verbose_name=_("company")
    )
    about = models.TextField(_("about the company"), max_length=4_000, blank=True)
    jobs_feed = models.BooleanField(_("feed for job search engines"), default=False)

    class Meta:
        verbose_name = _("careers page")
        verbose_name_plural = _("careers pages")

    def __str__(self):
        return f"careers page of {self.company_id}"
