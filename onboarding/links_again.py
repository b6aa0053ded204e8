"""A new welcome link for a new hire who lost theirs, until they have come in."""

from mailroom import lost, outbox
from onboarding import arrivals, mails
from onboarding.models import Onboarding


def send(email: str) -> None:
    """To the private address of whoever is about to begin and has no account yet; once an hour."""
    coming = Onboarding.objects.with_people().running().filter(hire__email__iexact=email, hire__user=None)
    for onboarding in coming.order_by("pk"):
        key = f"welcome-again:{onboarding.pk}:{lost.this_hour()}"
        if not outbox.exists(company=onboarding.company, key=key):
            mails.welcome(onboarding, arrivals.welcome_link(onboarding), key=key)
