"""When somebody is out of the running, or a host leaves the team: no time is kept for a talk that nobody wants.

The caller has locked the application, or the place in the team.
"""

from django.utils import timezone

from accounts import undoing
from hiring import hosting, letters, talk_letters, telling
from hiring.models import Application, Booking, BookingHost, Interview, InterviewHost
from mailroom import outbox

ENDED = "out"  # what `undoable` calls it


# -- with the application


def stop_of(application) -> None:
    """Links end; times ahead are called off, with a letter in ten minutes for whoever was told of them."""
    for booking in _rows(Booking.objects.filter(application=application).standing()):
        booking.ended_at = timezone.now()
        booking.undoable = {**booking.undoable, ENDED: _mark()}
        booking.undo_until = outbox.soon()
        booking.save(update_fields=["ended_at", *undoing.FIELDS])
        outbox.cancel(about=("booking", booking.pk), message=talk_letters.CHOOSE)
    for interview in _rows(_ahead().filter(application=application)):
        interview.application = application
        _call_off(interview)


def again_of(application) -> None:
    """Back in the running within the ten minutes: links open and times stand as before, unless their end was told."""
    for booking in _ended(Booking, application):
        booking.ended_at = None
        _taken_up(booking, "ended_at")
        booking.application = application
        if outbox.state(about=("booking", booking.pk), message=talk_letters.CHOOSE) == "cancelled":
            talk_letters.choose(booking, booking.sent_by, not_before=outbox.soon())
    for interview in _ended(Interview, application):
        interview.application = application
        if letters.hold_back(("interview", interview.pk), letters.CALLED_OFF):
            _stand_again(interview)


def _call_off(interview):
    told, unsent = talk_letters.stop(interview)
    interview.undoable = {ENDED: _mark() | {"unsent": unsent}}
    interview.undo_until = outbox.soon()
    interview.cancelled_at, interview.sequence = timezone.now(), interview.sequence + 1
    interview.save()
    if told and not unsent and interview.application.email:
        talk_letters.talk(interview, letters.CALLED_OFF, interview.created_by)
    telling.talk(interview, by=None)


def _stand_again(interview):
    unsent = interview.undoable[ENDED]["unsent"]
    interview.cancelled_at, interview.sequence = None, interview.sequence - 1
    _taken_up(interview, "cancelled_at", "sequence")
    if unsent:
        talk_letters.talk(interview, letters.INVITATION, interview.created_by)
    telling.no_talk(interview)


def _mark() -> dict:
    return {"mark": "", "by": None, "at": timezone.now().isoformat(), "values": {}}


def _taken_up(row, *fields):
    row.undoable = {name: entry for name, entry in row.undoable.items() if name != ENDED}
    row.save(update_fields=[*fields, *undoing.FIELDS])


def _ended(model, application):
    rows = model.objects.filter(application=application, undo_until__gt=timezone.now())
    return [row for row in _rows(rows) if ENDED in row.undoable]


def _ahead():
    return Interview.objects.filter(cancelled_at=None, starts_at__gt=timezone.now())


def _rows(rows):
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("pk"))


# -- with the team


def left_team(membership) -> None:
    """A talk that others sit in as well goes on without this one; where nobody is left it is called off."""
    theirs = hosting.talks_of([membership]).filter(starts_at__gt=timezone.now()).values("application")
    asked = BookingHost.objects.filter(membership=membership).values("booking__application")
    people = Application.objects.filter(pk__in=theirs) | Application.objects.filter(pk__in=asked)
    rows = people.select_related("job__company").select_for_update(no_key=True, of=("self",))
    for application in rows.order_by("pk"):
        _without(application, membership)


def _without(application, membership):
    for interview in _rows(_ahead().filter(application=application)):
        interview.application = application
        if hosting.pks_of(interview) == [membership.pk]:
            _call_off(interview)
        InterviewHost.objects.filter(interview=interview, membership=membership).delete()
    for booking in _rows(Booking.objects.filter(application=application).standing()):
        BookingHost.objects.filter(booking=booking, membership=membership).delete()
        if not BookingHost.objects.filter(booking=booking).exists():
            booking.ended_at = timezone.now()
            booking.save(update_fields=["ended_at"])
            outbox.cancel(about=("booking", booking.pk), message=talk_letters.CHOOSE)
