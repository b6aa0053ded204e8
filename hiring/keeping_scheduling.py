"""What is kept of times: who of the team is free when, and what an applicant was asked to choose (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from hiring import models
from vault import keep


def register(of_the_application: dict) -> None:
    """`of_the_application`: how long, in which copy and with whom rows go that belong to an application."""
    keep.register(
        models.FreeHours,
        purpose=_("Offer applicants times at which somebody of the team is free"),
        retention=_("as long as somebody is in the team"),
        export=True,
        erase="delete",
        of={"member": "member"},
    )
    choosing = {"purpose": _("Let applicants choose when they talk to the shop"), **of_the_application}
    keep.register(models.Booking, **choosing, personal=["place", "wish", "zone"], hidden=["batch"])
    keep.register(models.BookingHost, **choosing | {"of": {"candidate": "booking__application__candidate"}})
