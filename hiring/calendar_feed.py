"""A member's interviews as a calendar that other programs read again and again, behind a secret address."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.addresses import absolute
from accounts.models import Membership
from hiring import calendar_messages, hosting
from hiring.models import Application
from mailroom import told
from vault import links, trail
from vault.models import Link

PURPOSE = "feed"
DAYS = 730
BEHIND = timedelta(days=30)
MOST = 500
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
    return absolute(reverse("hiring_links:feed", args=[token]))


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


def interviews(member):
    """Those that the member sits in and may see: from a month back, not those called off."""
    theirs = Application.objects.for_company(member.company_id).visible_to(member)
    rows = hosting.talks_of([member]).filter(company=member.company_id, application__in=theirs)
    rows = rows.filter(starts_at__gt=timezone.now() - BEHIND)
    return rows.select_related("application__job__company").order_by("starts_at", "pk")[:MOST]


def render(member) -> bytes:
    """One query. The same interviews are the same bytes."""
    with translation.override(told.language_of(member)):
        found = calendar_messages.calendar(method="PUBLISH")
        found.add("x-wr-calname", _name(member))
        found.add("refresh-interval", OFTEN, parameters={"value": "DURATION"})
        found.add("x-published-ttl", "PT1H")
        events = [
            calendar_messages.event_of(row, calendar_messages.words_for_team(row))
            for row in interviews(member)
        ]
    calendar_messages.add_zone(found, *events)
    for event in events:
        found.add_component(event)
    return found.to_ical()


def _name(member) -> str:
    name = calendar_messages.clean(member.company.name).replace("\n", " ")
    return _("Interviews: %(company)s") % {"company": name}
