"""The link behind which applicants see how far their application is."""

from django.urls import reverse

from accounts.addresses import absolute
from vault import links

LINK_DAYS = 365


def status_address(application) -> str:
    """A new link to the application's status page; older ones go on working."""
    token = links.mint(
        purpose="status",
        subject=("application", application.pk),
        company_id=application.company_id,
        days=LINK_DAYS,
    )
    return absolute(reverse("hiring_links:status", args=[token]))
