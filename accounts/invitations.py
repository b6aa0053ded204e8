"""The mail that asks somebody in, and what coming in does."""

from datetime import timedelta
from email.utils import formataddr, parseaddr

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from accounts.addresses import absolute
from accounts.models import Invitation, Membership, User
from vault import links, trail

PURPOSE = "invitation"
DAYS = 14
KEPT = timedelta(days=90)
after_joining: list = []  # callables (membership), in the same transaction; apps add themselves in AppConfig.ready


class Gone(Exception):
    """Somebody was faster, or the invitation was taken back meanwhile."""


def send(membership, *, by, send_at=None) -> Invitation:
    """Mints a link, alive for 14 days from `send_at`, and puts its mail into the outbox in the caller's transaction."""
    now = timezone.now()
    send_at = max(send_at or now, now)
    expires_at = send_at + timedelta(days=DAYS)
    invitation = Invitation.objects.create(
        membership=membership, invited_by=by, send_at=send_at, expires_at=expires_at
    )
    token = links.mint(
        purpose=PURPOSE,
        subject=("membership", membership.pk),
        company_id=membership.company_id,
        days=(expires_at - now) / timedelta(days=1),
    )
    _mail(invitation, token).send()
    return invitation


def send_again(email: str) -> None:
    """A new link to whoever was invited with this address and has not come in; once an hour for each place.

    An invitation that is still to leave stays as it is.
    """
    now = timezone.now()
    for place in Membership.objects.active().filter(user=None, email__iexact=email).select_related("company"):
        last = place.invitations.filter(revoked_at=None).select_related("invited_by").order_by("-pk").first()
        if last and last.send_at <= now and last.created_at < now - timedelta(hours=1):
            send(place, by=last.invited_by)


def _mail(invitation, token) -> EmailMultiAlternatives:
    membership = invitation.membership
    context = {
        "company": membership.company,
        "membership": membership,
        "invited_by": invitation.invited_by,
        "url": absolute(reverse("accounts_links:invitation", args=[token])),
        "expires_at": invitation.expires_at,
    }
    language = _language(membership)
    with translation.override(language), timezone.override(membership.company.timezone):
        subject = render_to_string("emails/invitation.subject", context)
        context["subject"] = subject.strip()
        text = render_to_string("emails/invitation.txt", context)
        html = render_to_string("emails/invitation.html", context)
    message = EmailMultiAlternatives(
        _one_line(subject),
        text,
        _sender(membership.company),
        [membership.email],
        reply_to=_answers(invitation),
    )
    message.attach_alternative(html, "text/html")
    # What the outbox backend writes beside the message; other backends do not look at it.
    message.outbox = {
        "company": membership.company,
        "about": ("membership", membership.pk),
        "kind": PURPOSE,
        "key": f"invitation:{invitation.pk}",
        "not_before": invitation.send_at if invitation.send_at > timezone.now() else None,
        "language": language,
    }
    return message


def _sender(company) -> str:
    """The shop's name with the one address this installation sends from."""
    return formataddr((_one_line(company.name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def _answers(invitation) -> list[str] | None:
    """Whoever invited reads the answer, else the shop's contact for privacy questions."""
    by, company = invitation.invited_by, invitation.membership.company
    if by is not None:
        return [formataddr((_one_line(by.name), by.email))]
    return [company.privacy_contact] if company.privacy_contact else None


def _one_line(text) -> str:
    return " ".join(text.split())


def _language(membership) -> str:
    """The person's own when they have an account, else the shop's."""
    known = User.objects.filter(email__iexact=membership.email).values_list("language", flat=True).first()
    return known or membership.company.language


def waiting(link) -> Membership | None:
    """The place this link leads to, while it is still free."""
    return Membership.objects.active().filter(pk=link.subject_id, user=None).select_related("company").first()


def accept(link, *, user) -> Membership:
    """Gives the place to `user` and uses the link up, with all others to the same place.

    Raises PermissionDenied when the invitation went to another address, and Gone.
    """
    with transaction.atomic():
        return _take(link, user)


def accept_as_new(link, *, name, password, language="") -> Membership:
    """Makes the account as well; the mail that was answered proves the address. Raises Gone."""
    place = waiting(link)
    if place is None:
        raise Gone
    user = User(email=place.email.lower(), name=name, language=language)
    user.set_password(password)  # slow on purpose: before the transaction
    with transaction.atomic():
        if User.objects.filter(email__iexact=user.email).exists():
            raise Gone
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        return _take(link, user)


def _take(link, user) -> Membership:
    places = Membership.objects.select_for_update(no_key=True, of=("self",)).select_related("company")
    membership = places.get(pk=link.subject_id)
    if not membership.is_waiting or not links.use(link):
        raise Gone
    if user.email.lower() != membership.email.lower():
        raise PermissionDenied
    membership.user = user
    membership.name = membership.name or user.name
    membership.save(update_fields=["user", "name"])
    membership.invitations.filter(accepted_at=None, revoked_at=None).update(accepted_at=timezone.now())
    links.revoke(purpose=PURPOSE, subject=("membership", membership.pk))
    trail.record(
        "team.joined",
        company_id=membership.company_id,
        actor_id=user.pk,
        kind="membership",
        pk=membership.pk,
    )
    for callback in after_joining:
        callback(membership)
    return membership


def forget() -> int:
    """Removes invitations of 90 days ago and more that somebody took up, or whose place was taken away; how many.

    Whoever is still waited for keeps theirs: the team page says when they were asked.
    """
    settled = Invitation.objects.exclude(membership__user=None, membership__removed_at=None)
    return settled.filter(expires_at__lt=timezone.now() - KEPT).delete()[0]
