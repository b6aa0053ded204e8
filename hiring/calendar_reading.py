"""Members' own calendars: given, read every quarter of an hour, removed. Only when somebody is taken is kept."""

import json
import tempfile
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import undoing
from accounts.models import Membership
from hiring import calendar_fetching
from hiring.calendar_fetching import Unread
from hiring.calendar_file import MAX_ANSWER
from hiring.models import BusyTime, CalendarSource
from mailroom import told
from vault import extraction, trail, work

EVERY = timedelta(minutes=15)
WHOLE = timedelta(hours=12)  # what repeats moves on with the days, also where nothing was changed
AHEAD = timedelta(days=120)
SECONDS = 20  # of processor time for one calendar
LEASE = timedelta(minutes=5)  # longer than fetching and any child
AGAIN = [timedelta(minutes=15), timedelta(hours=1), timedelta(hours=6), timedelta(days=1)]
BATCH = 50
REMOVED = "removed"
SENTENCES = {
    "address": gettext_lazy(
        "This is no address of a calendar. Copy it once more from your calendar's settings."
    ),
    "https": gettext_lazy("The address has to begin with https:// or webcal://."),
    "password_inside": gettext_lazy(
        "This address holds a name and a password. Use the private address that your calendar gives out instead."
    ),
    "private": gettext_lazy(
        "This address lies inside a private network. Only calendars on the internet are read."
    ),
    "no_host": gettext_lazy("There is no server of this name. Copy the address once more."),
    "unreachable": gettext_lazy("The calendar's server could not be reached."),
    "certificate": gettext_lazy(
        "The calendar's server could not prove who it is. Its certificate is not valid."
    ),
    "slow": gettext_lazy("The calendar's server took too long to answer."),
    "redirects": gettext_lazy("The calendar's server sent us from one address to the next."),
    "password": gettext_lazy(
        "The calendar asks for a password. Use its private address, often called “secret address in iCal format”."
    ),
    "gone": gettext_lazy("There is no calendar at this address any more. Copy the address once more."),
    "trouble": gettext_lazy("The calendar's server answered that something is wrong on its side."),
    "large": gettext_lazy(
        "This calendar is larger than 5 MB. Leave out what is long over, or share only free and busy."
    ),
    "no_calendar": gettext_lazy(
        "At this address is no calendar but something else, maybe a web page. Copy the address that ends in .ics."
    ),
    "broken": gettext_lazy("What came from this address cannot be read as a calendar."),
    "heavy": gettext_lazy(
        "Reading this calendar took too long. Share only free and busy, or a smaller calendar."
    ),
}


def sentence(code: str) -> str:
    return str(SENTENCES.get(code, SENTENCES["broken"])) if code else ""


# -- given and removed


def of(member) -> CalendarSource | None:
    return CalendarSource.objects.filter(member=member, removed_at=None).first()


@transaction.atomic
def connect(member, address: str) -> CalendarSource:
    """Reads this calendar from now on, in place of another; given twice it is read once more.

    Raises Unread for an address that is none, or plainly none of the open internet.
    """
    address = calendar_fetching.target(address).address
    _lock(member)
    now = of(member)
    if now is not None and now.address == address:
        _at_once(now)
        return now
    if now is not None:
        _take_off(now, member)
    row = CalendarSource.objects.create(company_id=member.company_id, member=member, address=address)
    _trail("calendar.connected", member)
    _queue(row)
    return row


@transaction.atomic
def again(source) -> None:
    """Now, not in a quarter of an hour."""
    _at_once(source)


@transaction.atomic
def remove(source, *, by) -> CalendarSource:
    """Its times count no more. Twice is once."""
    _lock(by)
    row = CalendarSource.objects.select_for_update(no_key=True, of=("self",)).get(pk=source.pk)
    if row.removed_at is None:
        _take_off(row, by)
        _trail("calendar.removed", by)
    return row


@transaction.atomic
def take_back(source, mark: str, *, by) -> None:
    """The removal; whatever was given since gives way. Raises undoing.Refused."""
    _lock(by)
    row = CalendarSource.objects.select_for_update(no_key=True, of=("self",)).filter(pk=source.pk).first()
    if row is None:
        raise undoing.Gone(_("The ten minutes for taking this back are over."))
    undoing.take(row, mark, by=by)
    CalendarSource.objects.filter(member=by, removed_at=None).delete()
    row.removed_at = None
    row.state, row.due_at, row.tries, row.lease_until = work.State.WAITING, timezone.now(), 0, None
    row.save()
    _trail("calendar.put_back", by)
    _queue(row)


def _lock(member) -> None:
    """One after the other for each member."""
    list(Membership.objects.select_for_update(no_key=True, of=("self",)).filter(pk=member.pk))


def _take_off(row, by) -> None:
    row.removed_at = timezone.now()
    undoing.remember(row, REMOVED, {}, by=by)
    row.save(update_fields=["removed_at", *undoing.FIELDS])


def _at_once(source) -> None:
    """A worker that reads it this very moment goes on."""
    rows = CalendarSource.objects.filter(pk=source.pk, state=work.State.WAITING)
    if rows.update(due_at=timezone.now()):
        _queue(source)


def _queue(row) -> None:
    """After the commit; a broker that is away does no harm, the sweep finds the row."""
    from hiring.tasks import read_calendar

    transaction.on_commit(lambda: read_calendar.delay(row.pk), robust=True)


def _trail(action, member) -> None:
    trail.record(action, company_id=member.company_id, actor_id=member.user_id, kind="calendar", pk=member.pk)


# -- read


def due():
    """Numbers of calendars to read now, none of a shop that is being closed."""
    rows = work.due(CalendarSource).living().filter(company__closes_at=None)
    return rows.values_list("pk", flat=True)[:BATCH]


def run(pk: int, *, way=None) -> None:
    """Reads one calendar; may run twice. No network and no file inside a transaction."""
    source = work.claim(CalendarSource, pk, lease=LEASE)
    if source is None:
        return
    member = Membership.objects.select_related("user", "company").get(pk=source.member_id)
    etag = source.etag if source.whole_at and source.whole_at > timezone.now() - WHOLE else ""
    try:
        answer = calendar_fetching.fetch(source.address, etag=etag, way=way)
        spans = None if answer.body is None else parse(answer.body, told.zone_of(member))
    except Unread as exc:
        _failed(source, exc.code)
    else:
        _read(source, answer, spans)


@transaction.atomic
def _read(source, answer, spans) -> None:
    """`spans` is None when nothing has changed. Nothing is kept when the lease was lost."""
    now = timezone.now()
    if not work.put_off(source, until=now + EVERY):
        return
    values = {"read_at": now, "error": "", "failures": 0}
    if spans is not None:
        values |= {"whole_at": now, "etag": answer.etag}
        _replace(source, spans)
    CalendarSource.objects.filter(pk=source.pk).update(**values)


def _replace(source, spans) -> None:
    BusyTime.objects.filter(source=source).delete()
    common = {"company_id": source.company_id, "source": source, "member_id": source.member_id}
    BusyTime.objects.bulk_create(
        (BusyTime(**common, starts_at=start, ends_at=end) for start, end in spans), batch_size=500
    )


@transaction.atomic
def _failed(source, code: str) -> None:
    """The times known so far go on counting: a server that is down has moved nobody's appointments."""
    wait = AGAIN[min(source.failures, len(AGAIN) - 1)]
    if work.put_off(source, until=timezone.now() + wait):
        rows = CalendarSource.objects.filter(pk=source.pk)
        rows.update(error=code, failures=min(source.failures + 1, 100), etag="")


def parse(data: bytes, zone, *, seconds: int = SECONDS) -> list[tuple[datetime, datetime]]:
    """When somebody is taken in the days ahead, in order. Raises Unread."""
    start = timezone.now()
    what = f"{int(start.timestamp())}/{int((start + AHEAD).timestamp())}/{zone.key}"
    with _folder() as source, _folder() as answer:
        source.write(data)
        source.flush()
        source.seek(0)
        code = extraction.child("hiring.calendar_file", what, source=source, answer=answer, seconds=seconds)
        if code:
            raise Unread("heavy" if code < 0 else "broken")
        answer.seek(0)
        return _spans(answer.read(MAX_ANSWER))


def _folder():
    return tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)


def _spans(answer: bytes) -> list[tuple[datetime, datetime]]:
    """The child read a stranger's file: nothing it says is believed beyond its kind."""
    try:
        said = json.loads(answer)
        if isinstance(said, dict):
            raise Unread(said["refused"] if said["refused"] in SENTENCES else "broken")
        return [(_moment(start), _moment(end)) for start, end in said if start < end]
    except (ValueError, TypeError, KeyError, OverflowError):
        raise Unread("broken") from None


def _moment(seconds) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)


def forget() -> int:
    """Drops what was removed and can no longer be put back, and what belongs to nobody here any more; how many."""
    over = timezone.now() - timedelta(minutes=settings.UNDO_MINUTES)
    rows = CalendarSource.objects.filter(Q(removed_at__lt=over) | Q(member__removed_at__isnull=False))
    return rows.delete()[0]
