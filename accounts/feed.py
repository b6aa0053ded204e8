"""A member's appointments as a calendar that other programs read again and again, behind a secret address."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import agenda, ical
from accounts.addresses import absolute
from accounts.models import Membership
from vault import links, trail
from vault.models import Link

PURPOSE = "feed"
DAYS = 730
BEHIND = timedelta(days=30)
AHEAD = timedelta(days=400)
OFTEN = timedelta(hours=1)  # how often a program may come and look


def subject(member) -> tuple[str, int]:
    """Removing somebody from the team ends every link of this subject (accounts.team)."""
    return "membership", member.pk


def living(member) -> Link | None:
    """The address that works now; what it was is known to nobody but its hash."""
    kind, pk = subject(member)
    rows = Link.objects.filter(purpose=PURPOSE, subject_kind=kind, subject_id=pk, revoked_at=None)
    return rows.filter(expires_at__gt=timezone.now()).order_by("-pk").first()


@transaction.atomic
def renew(member, *, seen: int) -> str:
    """A new address, shown this once; the one before ends. `seen` is the number of that one, 0 for none.

    Empty, and nothing is changed, when another was made meanwhile.
    """
    _lock(member)
    now = living(member)
    if seen != (now.pk if now else 0):
        return ""
    links.revoke(purpose=PURPOSE, subject=subject(member))
    token = links.mint(purpose=PURPOSE, subject=subject(member), company_id=member.company_id, days=DAYS)
    _trail("calendar.feed_made", member)
    return absolute(reverse("accounts_links:feed", args=[token]))


@transaction.atomic
def end(member) -> bool:
    """No address works any more. False when there was none."""
    _lock(member)
    ended = bool(links.revoke(purpose=PURPOSE, subject=subject(member)))
    if ended:
        _trail("calendar.feed_ended", member)
    return ended


def _lock(member) -> None:
    list(Membership.objects.select_for_update(no_key=True, of=("self",)).filter(pk=member.pk))


def _trail(action, member) -> None:
    trail.record(action, company_id=member.company_id, actor_id=member.user_id, kind="calendar", pk=member.pk)


def reader(link) -> Membership | None:
    """Whose calendar it is, while they are in the team."""
    rows = Membership.objects.active().select_related("user", "company")
    return rows.filter(pk=link.subject_id, company=link.company_id, user__is_active=True).first()


def render(member) -> bytes:
    """The same appointments are the same bytes."""
    now = timezone.now()
    with translation.override(member.user.language or member.company.language):
        found = ical.calendar(method="PUBLISH")
        found.add("x-wr-calname", _name(member))
        found.add("refresh-interval", OFTEN, parameters={"value": "DURATION"})
        found.add("x-published-ttl", "PT1H")
        entries = agenda.of([member], now - BEHIND, now + AHEAD)
    events = [ical.event(entry) for entry in entries]
    ical.add_zone(found, *events)
    for event in events:
        found.add_component(event)
    return found.to_ical()


def _name(member) -> str:
    name = ical.clean(member.company.name).replace("\n", " ")
    return _("Appointments: %(company)s") % {"company": name}
