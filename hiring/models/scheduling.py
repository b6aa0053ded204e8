"""When the team has time, and invitations to choose one of those times."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from hiring.models.applications import Application
from hiring.models.history import OfApplicationQuerySet
from hiring.models.judging import Interview, InterviewKind


class FreeHours(Undoable, CompanyOwned):
    """When somebody of the team has time for applicants. Without a row: hiring.free_hours.STANDARD."""

    member = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="free_hours")
    zone = models.CharField(_("time zone"), max_length=60)
    # Seven days from Monday, each a list of [begin, end] in minutes from midnight.
    week = models.JSONField(default=list)
    days_off = models.JSONField(default=list, blank=True)  # [first day, last day] as ISO dates
    before = models.PositiveSmallIntegerField(_("minutes kept clear before a talk"), default=15)
    after = models.PositiveSmallIntegerField(_("minutes kept clear after a talk"), default=15)
    notice_hours = models.PositiveSmallIntegerField(_("nothing sooner than in so many hours"), default=24)
    days_ahead = models.PositiveSmallIntegerField(_("nothing later than in so many days"), default=14)
    revision = models.PositiveIntegerField(default=1)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("free hours")
        verbose_name_plural = _("free hours")

    def __str__(self):
        return f"free hours of {self.member_id}"


class BookingQuerySet(OfApplicationQuerySet):
    def standing(self):
        """Not ended: something can be booked, moved or cancelled behind the link, unless its day is over."""
        return self.filter(ended_at=None)


class Booking(Undoable, CompanyOwned):
    """A link behind which one applicant chooses a time, moves it and cancels it."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="bookings")
    # What is booked now; a time that was cancelled stays here until another is chosen.
    interview = models.OneToOneField(
        Interview, on_delete=models.SET_NULL, null=True, blank=True, related_name="booking"
    )
    kind = models.CharField(_("how"), max_length=6, choices=InterviewKind, default=InterviewKind.PHONE)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=20)
    place = models.CharField(_("place or link"), max_length=300, blank=True)
    batch = models.CharField(max_length=16)  # sent together, taken back together
    sent_by = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    zone = models.CharField(_("time zone"), max_length=60, blank=True)  # the applicant's, once they chose it
    ended_at = models.DateTimeField(null=True, blank=True)
    wish = models.TextField(_("when it would suit"), max_length=1_000, blank=True)
    wished_at = models.DateTimeField(null=True, blank=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to choose a time")
        verbose_name_plural = _("invitations to choose a time")
        indexes = [models.Index(fields=["application", "sent_at"], name="booking_of_application")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=5, minutes__lte=480),
                name="booking_length",
                violation_error_message=_("An interview takes between 5 minutes and 8 hours."),
            ),
            models.CheckConstraint(condition=Q(kind__in=InterviewKind.values), name="booking_kind_known"),
            models.CheckConstraint(
                condition=Q(wish="") | Q(wished_at__isnull=False), name="booking_wish_with_its_day"
            ),
        ]

    def __str__(self):
        return f"booking {self.pk}"

    @property
    def booked(self) -> Interview | None:
        """The time that stands, ahead or behind; none when it was never chosen, or was called off."""
        return self.interview if self.interview and self.interview.cancelled_at is None else None

    @property
    def is_open(self) -> bool:
        """Whether a time can be chosen. The row was fetched with its application and interview."""
        alive = self.ended_at is None and self.expires_at > timezone.now() and self.application.is_active
        return alive and not (self.booked and self.booked.starts_at <= timezone.now())


class BookingHost(CompanyOwned):
    """Somebody of the team who will sit in, and has to have time."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="hosts")
    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("interviewer asked for")
        verbose_name_plural = _("interviewers asked for")
        constraints = [
            models.UniqueConstraint(fields=["booking", "membership"], name="host_once_in_a_booking")
        ]

    def __str__(self):
        return f"{self.membership_id} in booking {self.booking_id}"
