"""What mailroom keeps of people (vault.keep)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from mailroom.models import LostLink, Mail, Notice, Wish
from vault import keep
from vault.keeping import named


def register() -> None:
    keep.seen_by("mailroom", _("Owners; whoever got the mail"))
    keep.register(
        Mail,
        purpose=_("Send mails once, and show what was sent to whom"),
        retention=_("the text 30 days after sending, the rest as long as what the mail is about"),
        export=True,
        erase="delete",
        of=named("about_kind", "about_id"),
        personal=["recipient", "subject", "body", "last_error"],
        plain=["message", "message_id"],
        hidden=["body", "key", "message_id", "about_kind", "about_id", "due_at", "lease_until", "tries"],
        besides=_text,
    )
    keep.tie(Mail, "member", _to_member)
    keep.register(
        LostLink,
        purpose=_("Send somebody their links again"),
        retention=_("until a worker has looked, a day at most"),
        export=False,
        withheld=_("gone within minutes"),
        erase="keep",
        because=_("A worker drops it within minutes."),
        of={},
        personal=["email"],
    )
    keep.register(
        Notice,
        purpose=_("Tell somebody of what happened, once"),
        retention=_("90 days"),
        export=False,
        erase="delete",
        of={"member": "member"},
    )
    keep.register(
        Wish,
        purpose=_("Write to people as often as they want"),
        retention=_("as long as the membership"),
        export=True,
        erase="delete",
        of={"member": "member"},
    )


def _text(row) -> dict:
    """What it said, without the addresses of links: those open doors for whoever has them."""
    from mailroom.delivery import text_of
    from mailroom.links import without_addresses

    return {_("Text"): without_addresses(text_of(row))}


def _to_member(pk):
    """To their address, from this shop or about their account."""
    place = Membership.objects.filter(pk=pk).first()
    if place is None or place.is_erased:
        return Mail.objects.none()
    ours = Q(company=place.company_id) | Q(company=None)
    return Mail.objects.filter(ours, recipient__iexact=place.email)
