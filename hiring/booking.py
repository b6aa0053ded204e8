"""Links behind which applicants choose a time: sent, taken back, ended; and what is booked behind them.

Locks: of a job's people the job, then the applications; where a time is taken the hosts in order, then the application,
the invitation and the interview. A time is given to whoever has the hosts' rows first; the second sees what is left.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing, zones
from hiring import booking_telling, busy, free_hours, hosting, letters, slots, talk_letters, telling
from hiring.judging import locked
from hiring.locking import Refused, lock_job
from hiring.models import Application, Booking, BookingHost, Interview, Stage
from mailroom import outbox
from vault import links, trail

DAYS = 30  # a link to choose a time opens so long


class Taken(Exception):
    """Somebody else has this time by now, or it is too near; what is left is on the page."""


class Closed(Exception):
    """Nothing can be chosen any more: ended by the shop, over, or the application is."""


# -- sent


@transaction.atomic
def offer(job, people, *, by, kind, minutes, place, hosts) -> list[Booking]:
    """A link to choose a time for each of these applications, in ten minutes. Who has no address is left out.

    An older link that nobody used ends. Raises Refused when nobody is left, or no host.
    """
    job = lock_job(job.pk)
    rows = may_get(job).select_for_update(no_key=True, of=("self",)).filter(pk__in=[row.pk for row in people])
    rows = list(rows)
    if not rows:
        raise Refused(_("Nobody here can get a link: they have no address, or are out of the running."))
    if not hosts:
        raise Refused(_("Say who will talk to them."))
    batch = secrets.token_hex(8)
    values = {"kind": kind, "minutes": minutes, "place": place, "sent_by": by, "batch": batch}
    for row in rows:
        row.job = job
    return [_offer_one(row, hosts, by, values) for row in rows]


def may_get(job):
    """In the running, with an address, and not hired."""
    rows = Application.objects.for_company(job.company_id).filter(job=job, ended_at=None)
    return rows.active().exclude(email="").order_by("pk")


def _offer_one(row, hosts, by, values) -> Booking:
    replaced = [old.pk for old in _unused(row)]
    for old in _unused(row):
        _end(old)
    booking = Booking(
        company_id=row.company_id,
        application=row,
        expires_at=timezone.now() + timedelta(days=DAYS),
        **values,
    )
    undoing.remember(booking, "sent", {"replaced": replaced}, by=by)
    booking.save()
    BookingHost.objects.bulk_create(
        BookingHost(company_id=row.company_id, booking=booking, membership=host) for host in hosts
    )
    hosting.let_in(row, hosts)
    talk_letters.choose(booking, by, not_before=outbox.soon())
    _trail("booking.sent", booking, by)
    return booking


def _unused(application):
    rows = Booking.objects.filter(application=application, interview=None).standing()
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _end(booking) -> None:
    """Nothing is booked behind it any more; a mail that has not left stays here."""
    booking.ended_at = timezone.now()
    booking.save(update_fields=["ended_at"])
    outbox.cancel(about=("booking", booking.pk), message=talk_letters.CHOOSE)


@transaction.atomic
def take_back(job, batch: str, *, by) -> int:
    """Nobody of this batch gets a mail that has not left; how many. Raises undoing.Refused."""
    lock_job(job.pk)
    rows = Booking.objects.filter(application__job=job, batch=batch, ended_at=None)
    rows = list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    if not rows:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    for row in rows:
        undoing.check(by, row.sent_by_id, row.sent_at)
    held = [row for row in rows if letters.hold_back(("booking", row.pk), talk_letters.CHOOSE)]
    if not held:
        raise undoing.Refused(_("The links have left. End one on the person's page instead."))
    for row in held:
        _forget(row, by)
    return len(held)


def _forget(row, by):
    links.revoke(purpose="booking", subject=("booking", row.pk))
    for old in Booking.objects.filter(
        pk__in=row.undoable.get("sent", {}).get("values", {}).get("replaced", [])
    ):
        old.ended_at = None
        old.save(update_fields=["ended_at"])
    _trail("booking.taken_back", row, by)
    row.delete()


@transaction.atomic
def end(booking, *, by) -> Booking:
    """The shop takes the link away; a time that was booked stays."""
    booking = _locked(booking)
    if booking.ended_at is None:
        undoing.remember(booking, "ended", {}, by=by)
        booking.save(update_fields=undoing.FIELDS)
        _end(booking)
        _trail("booking.ended", booking, by)
    return booking


@transaction.atomic
def unend(booking, mark: str, *, by) -> None:
    """The link opens again; its mail, if it had not left, leaves after all. Raises undoing.Refused."""
    booking = _locked(booking)
    undoing.take(booking, mark, by=by)
    booking.ended_at = None
    booking.save(update_fields=["ended_at", *undoing.FIELDS])
    if outbox.state(about=("booking", booking.pk), message=talk_letters.CHOOSE) == "cancelled":
        talk_letters.choose(booking, by, not_before=outbox.soon())
    _trail("booking.put_back", booking, by)


# -- what is left


def hosts_of(booking) -> list:
    rows = BookingHost.objects.filter(booking=booking, membership__removed_at=None)
    return [row.membership for row in rows.select_related("membership__company").order_by("pk")]


def left(booking, hosts=None) -> list:
    """The beginnings one can choose from now. An own time that is booked stands in nobody's way. Few queries."""
    hosts = hosts_of(booking) if hosts is None else hosts
    if not hosts:
        return []
    hours, now = free_hours.of(hosts), timezone.now()
    begin, end = slots.window(hours, now)
    taken = busy.of(hosts, begin, end, leaving_out=booking.booked)
    found = slots.offered(hours, busy=taken, minutes=booking.minutes, now=now)
    return [at for at in found if not booking.booked or at != booking.booked.starts_at]


# -- what the applicant does


@transaction.atomic
def book(booking, at, *, zone: str) -> Interview:
    """Takes the time that begins at `at` (aware), or moves what was booked to it.

    `zone` is the applicant's own, "" when it is not known. Raises Taken and Closed.
    """
    hosts = hosting.lock([host.pk for host in hosts_of(booking)])
    booking = _locked(booking)
    if not booking.is_open:
        raise Closed
    if booking.booked and booking.booked.starts_at == at:
        return booking.booked  # pressed twice
    if at not in left(booking, hosts):
        raise Taken
    booking.zone = zone if zones.named(zone) else booking.zone
    interview = _move(booking, at) if booking.booked else _first(booking, at)
    booking.interview = interview
    booking.save(update_fields=["interview", "zone"])
    hosting.set_hosts(interview, hosts)
    talk_letters.booked(interview, booking, moved=interview.sequence > 0)
    telling.talk(interview, by=None)
    _trail("interview.moved" if interview.sequence else "interview.booked", booking, None)
    return interview


def _first(booking, at) -> Interview:
    return Interview.objects.create(
        company_id=booking.company_id,
        application=booking.application,
        kind=booking.kind,
        minutes=booking.minutes,
        place=booking.place,
        starts_at=at,
        zone=_zone(booking),
        created_by=booking.sent_by,
        stage=_stage(booking),
    )


def _stage(booking) -> str:
    """Where they stood when the link was sent: a call that is booked after they went on is still the call."""
    application = booking.application
    return application.stage if booking.sent_at >= application.stage_entered_at else Stage.PHONE


def _move(booking, at) -> Interview:
    interview = booking.booked
    talk_letters.stop(interview)
    interview.starts_at, interview.zone = at, _zone(booking)
    interview.sequence += 1
    interview.undoable, interview.undo_until = {}, None
    interview.save()
    return interview


def _zone(booking) -> str:
    return booking.zone or booking.application.job.company.timezone


@transaction.atomic
def cancel(booking) -> None:
    """The applicant cannot come; the link stays open for another time. Twice is once. Raises Closed."""
    booking = _locked(booking)
    interview = booking.booked
    if interview is None:
        return
    if not booking.is_open:
        raise Closed
    talk_letters.stop(interview)
    interview.cancelled_at, interview.sequence = timezone.now(), interview.sequence + 1
    interview.undoable, interview.undo_until = {}, None
    interview.save()
    talk_letters.called_off_by_them(interview, booking)
    telling.talk(interview, by=None)
    _trail("interview.called_off", booking, None)


@transaction.atomic
def wish(booking, text: str) -> None:
    """When it would suit, in the applicant's words: for whoever sent the link and the hosts. Raises Closed."""
    booking = _locked(booking)
    if not booking.is_open:
        raise Closed
    booking.wish, booking.wished_at = text, timezone.now()
    booking.save(update_fields=["wish", "wished_at"])
    booking_telling.wished(booking, hosts_of(booking))
    _trail("booking.wished", booking, None)


def _locked(booking) -> Booking:
    """Behind its application. Raises judging.NotThere, and undoing.Gone for one that was taken back."""
    application = locked(booking.application)
    application.job = booking.application.job
    rows = Booking.objects.select_for_update(no_key=True, of=("self",)).filter(pk=booking.pk)
    row = rows.select_related("sent_by").first()
    if row is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    row.application = application
    if row.interview_id:
        row.interview = Interview.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=row.interview_id
        )
        row.interview.application = application
    return row


def _trail(action, booking, by):
    trail.record(
        action,
        company_id=booking.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=booking.application_id,
        by_link="" if by else "booking",
    )
