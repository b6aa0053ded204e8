"""Telling people: the kinds of things that are told, the one verb that does it, and what each person wants.

A writer calls `tell` in its own transaction; the thing's kind knows how to say it, and whether it is done by now.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import IntegerField, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone, translation

from accounts import zones
from accounts.addresses import absolute
from accounts.models import Membership
from mailroom import outbox
from mailroom.models import How, Mail, Notice, Wish
from vault.work import State

UTC = ZoneInfo("UTC")
ONE = "told_one"  # the message of a kind that has no words of its own


@dataclass(frozen=True)
class Thing:
    """What a notice is about, as it is now. `readers` are the numbers of the members who may see it."""

    readers: Collection[int]
    handled: bool
    path: str
    say: Callable[[Membership], str]  # to this reader: one whole sentence, in the language that is active
    # What goes with a mail of its own to this reader, as outbox.post takes it.
    attach: Callable[[Membership], list] | None = None


@dataclass(frozen=True)
class Kind:
    """`look(members, pks)` tells for many at once, members of one company: {number: Thing}, without what is gone."""

    key: str
    label: str
    default: How
    roles: frozenset
    look: Callable[[list[Membership], Collection[int]], dict[int, Thing]]
    noun: str  # what its number is the number of, as the register of what is kept calls it


@dataclass(frozen=True)
class Letter:
    """The mail that goes out at once: what outbox.post takes. `language` counts for somebody who chose none."""

    message: str
    context: dict = field(default_factory=dict)
    about: tuple[str, int] | None = None
    key: str | None = None
    not_before: datetime | None = None
    reply_to: str | tuple[str, str] | None = None
    language: str = ""
    attachments: list = field(default_factory=list)


kinds: dict[str, Kind] = {}  # in the order of the settings page; apps add theirs in AppConfig.ready


def register(key: str, *, label, default: How, roles, look, noun: str) -> None:
    kinds[key] = Kind(key, label, default, frozenset(roles), look, noun)


def kinds_for(role) -> list[Kind]:
    return [kind for kind in kinds.values() if role in kind.roles]


# -- the verb


def tell(
    *, kind: str, members, about, by=None, letter: Letter | None = None, not_before: datetime | None = None
) -> list[Notice]:
    """Tells `members` of one company about the thing with the number `about`, or about several in one letter.

    Nobody hears of what they did themselves (`by`), nobody who has left, nobody whose role this is not for.
    Told again, a thing is new again. With `letter` those who want it at once get that mail, else one sentence,
    which leaves at `not_before`.
    """
    kind = kinds[kind]
    readers = _readers(kind, members, by)
    if not readers:
        return []
    abouts = [about] if isinstance(about, int) else list(about)
    wanted = {member.pk: how for member, how in wishes(readers, [kind]).values()}
    rows = [_notice(kind, member, pk, wanted[member.pk]) for member in readers for pk in abouts]
    Notice.objects.filter(member__in=readers, kind=kind.key, about_id__in=abouts).delete()
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    at_once = [member for member in readers if wanted[member.pk] == How.ONCE]
    if at_once:
        _write_to(kind, at_once, abouts, letter, not_before)
    return rows


def _readers(kind, members, by) -> list[Membership]:
    """Each once, without the one who did it."""
    found = {member.pk: member for member in members if member is not None and not member.removed_at}
    mine = {by.pk} if by is not None else set()
    return [member for pk, member in found.items() if pk not in mine and member.role in kind.roles]


def _notice(kind, member, pk, how) -> Notice:
    now = timezone.now()
    return Notice(
        company_id=member.company_id,
        member=member,
        kind=kind.key,
        about_id=pk,
        at=now,
        waits=how == How.DIGEST,
        mailed_at=now if how == How.ONCE else None,
    )


def _write_to(kind, members, abouts, letter, not_before) -> None:
    things = {} if letter else kind.look(members, abouts)
    for member in members:
        for each in [letter] if letter else _sentences(kind, member, things, not_before):
            _post(member, each)


def _sentences(kind, member, things, not_before) -> list[Letter]:
    """A letter of one sentence about each thing that this member may see."""
    with translation.override(language_of(member)), timezone.override(zone_of(member)):
        return [
            Letter(
                message=ONE,
                context={"line": thing.say(member), "url": absolute(thing.path)},
                about=(kind.noun, pk),
                not_before=not_before,
                attachments=thing.attach(member) if thing.attach else [],
            )
            for pk, thing in things.items()
            if member.pk in thing.readers and not thing.handled
        ]


def _post(member, letter) -> None:
    outbox.post(
        message=letter.message,
        to=member.email,
        company=member.company,
        about=letter.about,
        language=language_of(member, letter.language),
        context={"recipient": member, "told_url": settings_address()} | letter.context,
        key=f"{letter.key}:{member.pk}" if letter.key else None,
        not_before=letter.not_before,
        reply_to=letter.reply_to,
        attachments=letter.attachments,
    )


def language_of(member, otherwise="") -> str:
    own = member.user.language if member.user else ""
    return own or otherwise or member.company.language


def zone_of(member) -> ZoneInfo:
    """The person's time zone, else their company's, else UTC."""
    own = member.user.timezone if member.user else ""
    return zones.named(own or member.company.timezone) or UTC


def settings_address() -> str:
    return absolute(reverse("mailroom:told"))


# -- what becomes of it


def handled(*of_kinds: str, company_id: int, about: int) -> int:
    """Somebody has seen to it: it is new to nobody any more, and in no digest. How many notices that ended."""
    rows = Notice.objects.filter(company=company_id, kind__in=of_kinds, about_id=about, handled_at=None)
    return rows.update(handled_at=timezone.now(), waits=False)


def withdraw(*, kind: str, company_id: int, about: int) -> None:
    """It was taken back: as if nobody had been told. Mail that has not left is the caller's to cancel."""
    Notice.objects.filter(company=company_id, kind=kind, about_id=about).delete()


def seen(member, *, up_to: int) -> int:
    """What was on the page has been seen; what came since has not. How many."""
    rows = Notice.objects.filter(member=member, seen_at=None, pk__lte=up_to)
    return rows.update(seen_at=timezone.now(), waits=False)


def forget(member) -> None:
    """Somebody left the company: no notice, and no mail of ours that is still waiting."""
    Notice.objects.filter(member=member).delete()
    ours = Mail.objects.for_company(member.company_id).filter(
        recipient=member.email, message__in=MESSAGES | letters, state=State.WAITING
    )
    ours.update(state=State.CANCELLED, key=None)


# Mails that only tell; one that does not arrive is not told of again.
MESSAGES = {ONE, "told_digest"}
# The letters that apps send to members in place of one sentence; they add theirs in AppConfig.ready.
letters: set[str] = set()


def left_the_team(mail) -> bool:
    """Is this mail only for members, and its reader none any more?"""
    if mail.message not in MESSAGES | letters:
        return False
    places = Membership.objects.for_company(mail.company_id).filter(email__iexact=mail.recipient)
    removed = list(places.values_list("removed_at", flat=True))
    return bool(removed) and None not in removed


# -- the bell

COUNTED = 10  # the bell counts no further: "9+"


class Unseen(Subquery):
    """How many new notices a membership has, counted no further than the bell shows."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()


def unseen():
    """An expression on Membership, so that the bell costs no query of its own."""
    new = Notice.objects.filter(member=OuterRef("pk"), seen_at=None, handled_at=None)
    return Unseen(new.order_by().values("pk")[:COUNTED])


# -- what people want


def wishes(members, of_kinds) -> dict:
    """{(member's number, kind's key): (member, How)} for all of them. One query."""
    rows = Wish.objects.filter(member__in=members, kind__in=[kind.key for kind in of_kinds])
    chosen = {(wish.member_id, wish.kind): How(wish.how) for wish in rows}
    return {
        (member.pk, kind.key): (member, chosen.get((member.pk, kind.key), kind.default))
        for member in members
        for kind in of_kinds
    }


def choose(member, chosen: dict[str, str]) -> None:
    """Keeps {kind: How}; what waits for a digest nobody wants any more is left out of it."""
    Wish.objects.bulk_create(
        [
            Wish(company_id=member.company_id, member=member, kind=kind, how=how)
            for kind, how in chosen.items()
        ],
        update_conflicts=True,
        unique_fields=["member", "kind"],
        update_fields=["how"],
    )
    never = [kind for kind, how in chosen.items() if how == How.NEVER]
    Notice.objects.filter(member=member, kind__in=never, waits=True).update(waits=False)
