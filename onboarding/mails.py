"""The mails of an onboarding, each in its reader's language."""

from django.urls import reverse

from accounts.addresses import absolute


def welcome(onboarding, token: str) -> None:
    """The welcome link to the private address: it opens the welcome pages only, and is no sign-in."""
    _post(
        "onboarding_welcome",
        onboarding,
        onboarding.hire,
        url=absolute(reverse("onboarding_links:welcome", kwargs={"token": token})),
        key=f"welcome:{onboarding.pk}",
    )


def language_of(membership, onboarding) -> str:
    own = membership.user.language if membership.user else ""
    hires = onboarding.language if membership.pk == onboarding.hire_id else ""
    return own or hires or onboarding.company.language


def _post(message, onboarding, recipient, *, key=None, **context) -> None:
    from mailroom import outbox

    outbox.post(
        message=message,
        to=recipient.email,
        company=onboarding.company,
        about=("onboarding", onboarding.pk),
        language=language_of(recipient, onboarding),
        context={"onboarding": onboarding, "recipient": recipient, **context},
        reply_to=(onboarding.manager.name, onboarding.manager.email),
        key=key,
    )
