"""A member's own calendar, and when it says that they are taken."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import CompanyOwned, CompanyQuerySet, Membership
from accounts.undoing import Undoable
from vault.fields import EncryptedTextField
from vault.work import State, Work


class CalendarSourceQuerySet(CompanyQuerySet):
    def visible_to(self, membership):
        """One's own calendar is nobody else's business."""
        return self.filter(member=membership)

    def living(self):
        """Not removed, of somebody who is still here."""
        return self.filter(removed_at=None, member__removed_at=None)


class CalendarSource(Work, Undoable, CompanyOwned):
    """Where a member's calendar is read from, and the work of reading it again and again.

    The address opens the whole calendar to whoever has it: encrypted, and never shown again. Another address is
    another row; one that was removed stays ten minutes, to be put back.
    """

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    address = EncryptedTextField(_("address of the calendar"), max_length=2_000)
    etag = models.CharField(max_length=200, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)  # well, the last time
    whole_at = models.DateTimeField(null=True, blank=True)  # with its times counted out ahead
    error = models.CharField(max_length=20, blank=True)  # calendar_reading.SENTENCES
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarSourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar of a member")
        verbose_name_plural = _("calendars of members")
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(removed_at=None), name="one_calendar_of_a_member"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="calendar_state_known"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="calendar_due")]

    def __str__(self):
        return f"calendar {self.pk}"

    @property
    def is_being_read(self) -> bool:
        """For the first time: there is nothing to say of it yet."""
        return self.read_at is None and not self.error


class BusyTime(CompanyOwned):
    """One span in which a member is taken, and nothing about why."""

    source = models.ForeignKey(CalendarSource, on_delete=models.CASCADE, related_name="busy_times")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("time taken")
        verbose_name_plural = _("times taken")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="busy_ends_later")
        ]
        indexes = [models.Index(fields=["member", "starts_at"], name="busy_of_member")]

    def __str__(self):
        return f"{self.member_id} is taken"
