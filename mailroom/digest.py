"""One mail in the morning: what waits since yesterday, without what is seen, done or no longer theirs to see.

Made by the beat every few minutes for whoever's 8:00 has passed. Twice is once, late is late but whole, and a
morning that was missed is caught up with once, at the next one.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Min
from django.utils import timezone, translation

from accounts import team
from accounts.addresses import absolute
from accounts.models import Membership
from mailroom import outbox, told
from mailroom.models import Mail, Notice

HOUR = 8
SHOWN = 10  # of one kind; the rest is a number
MOST = 10_000  # notices of one company in one run; the others go with the next
KEPT = timedelta(days=90)


def morning(now: datetime, zone: ZoneInfo, hour: int = HOUR) -> datetime:
    """The last time it was `hour` o'clock there, in UTC.

    An hour that the clock skips is the moment just as far after the jump; of one that comes twice it is the first.
    """
    now = now.astimezone(UTC)
    day = now.astimezone(zone).date()
    struck = datetime.combine(day, time(hour), tzinfo=zone).astimezone(UTC)
    if struck > now:
        struck = datetime.combine(day - timedelta(days=1), time(hour), tzinfo=zone).astimezone(UTC)
    return struck


def send() -> int:
    """Writes the digests that are due, company by company; how many mails."""
    waiting = Notice.objects.filter(waits=True).order_by("company").values_list("company", flat=True)
    return sum(_send(company) for company in list(waiting.distinct()))


def _send(company_id) -> int:
    """The same number of queries for one notice and for a thousand, for one member and for fifty."""
    due = _due(company_id)
    if not due:
        return 0
    with transaction.atomic():
        team.lock(company_id)  # a second run at the same time waits here, and then finds nothing
        rows = _rows(company_id, due)
        open_, over = split(rows, [due_now.member for due_now in due.values()])
        letters = _new(company_id, [_letter(due[pk], found) for pk, found in open_.items()])
        outbox.post_many([letter for letter, _found in letters])
        _mark(letters, over)
    return len(letters)


@dataclass(frozen=True)
class Due:
    member: Membership
    struck: datetime  # their last 8:00


@dataclass(frozen=True)
class Found:
    notice: Notice
    thing: told.Thing


def _due(company_id) -> dict[int, Due]:
    """{member's number: Due} of those who have something older than their morning. Two queries."""
    waiting = Notice.objects.filter(company=company_id, waits=True).order_by()
    oldest = dict(waiting.values_list("member").annotate(Min("at")))
    people = Membership.objects.active().filter(pk__in=list(oldest)).exclude(user=None)
    now = timezone.now()
    found = [
        Due(member, morning(now, told.zone_of(member))) for member in people.select_related("user", "company")
    ]
    return {due.member.pk: due for due in found if oldest[due.member.pk] <= due.struck}


def _rows(company_id, due) -> list[Notice]:
    rows = Notice.objects.filter(company=company_id, waits=True, member__in=list(due)).order_by("pk")
    return [row for row in rows[:MOST] if row.at <= due[row.member_id].struck]


def split(rows, members) -> tuple[dict[int, list[Found]], list[Notice]]:
    """What still asks for something, by member, and what is done, gone or no longer theirs to see.

    As many queries as the kinds need, whatever the number of rows. `members` are those of the rows.
    """
    known = things(rows, members)
    open_, over = {}, []
    for row in rows:
        thing = known[row.kind].get(row.about_id)
        if thing is None or thing.handled or row.member_id not in thing.readers:
            over.append(row)
        else:
            open_.setdefault(row.member_id, []).append(Found(row, thing))
    return open_, over


def things(rows, members) -> dict[str, dict[int, told.Thing]]:
    """A kind that nobody registers any more has nothing to say."""
    wanted = {}
    for row in rows:
        wanted.setdefault(row.kind, set()).add(row.about_id)
    known = {kind: told.kinds[kind].look(members, pks) for kind, pks in wanted.items() if kind in told.kinds}
    return {kind: known.get(kind, {}) for kind in wanted}


def _letter(due, found) -> tuple[dict, list[Found]]:
    """What outbox.post_many takes, and what it is about."""
    member = due.member
    language = told.language_of(member)
    with translation.override(language), timezone.override(told.zone_of(member)):
        groups = _groups(member, found)
    day = due.struck.astimezone(told.zone_of(member)).date()
    letter = {
        "message": "told_digest",
        "to": member.email,
        "company": member.company,
        "about": ("membership", member.pk),
        "language": language,
        "context": {
            "groups": groups,
            "n": len(found),
            "url": absolute("/"),
            "told_url": told.settings_address(),
        },
        "key": f"digest:{member.pk}:{day}",
    }
    return letter, found


def _groups(member, found) -> list[dict]:
    """By kind, in the order of the settings page; lines are sentences with an address."""
    order = list(told.kinds)
    ranked = sorted(found, key=lambda each: order.index(each.notice.kind))
    return [
        _group(member, told.kinds[kind], list(each))
        for kind, each in groupby(ranked, key=lambda f: f.notice.kind)
    ]


def _group(member, kind, found) -> dict:
    lines = [{"text": each.thing.say(member), "url": absolute(each.thing.path)} for each in found[:SHOWN]]
    return {"label": str(kind.label), "lines": lines, "more": len(found) - len(lines)}


def _new(company_id, letters) -> list[tuple[dict, list[Found]]]:
    """Without those whose mail of this morning has been written: their later notices wait for the next."""
    keys = {outbox.own_key_of(company_id, letter["key"]): letter["key"] for letter, _found in letters}
    there = {keys[key] for key in Mail.objects.filter(key__in=list(keys)).values_list("key", flat=True)}
    return [(letter, found) for letter, found in letters if letter["key"] not in there]


def _mark(letters, over) -> None:
    mailed = [each.notice.pk for _letter, found in letters for each in found]
    Notice.objects.filter(pk__in=mailed).update(waits=False, mailed_at=timezone.now())
    Notice.objects.filter(pk__in=[row.pk for row in over]).update(waits=False)


def forget(now=None) -> int:
    """Drops notices older than 90 days; how many."""
    old = Notice.objects.filter(at__lte=(now or timezone.now()) - KEPT)
    return old.delete()[0]
