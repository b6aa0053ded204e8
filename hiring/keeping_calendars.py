"""What is kept of members' own calendars."""

from django.utils.translation import gettext_lazy as _

from hiring import models
from vault import keep


def register() -> None:
    keep.register(
        models.CalendarSource,
        purpose=_("See when a member is taken, so that no interview is offered then"),
        retention=_("until the member removes it or leaves the team"),
        export=True,
        erase="delete",
        of={"member": "member"},
        personal=["address"],
        hidden=["address", "etag"],  # the address opens the calendar to whoever reads the copy
    )
    keep.register(
        models.BusyTime,
        purpose=_("See when a member is taken, so that no interview is offered then"),
        retention=_("until the calendar is read again; titles, places and guests never"),
        export=True,
        erase="delete",
        of={"member": "member"},
    )
