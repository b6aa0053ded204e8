"""Referees who write: asked by mail, reminded once, answering once, forgotten when they want. Locks the application."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import undoing, zones
from hiring import reference_letters, reference_script, reference_telling
from hiring.judging import locked
from hiring.keeping_references import CONTACT_DAYS
from hiring.models import CallTry, Referee, WrittenReference
from hiring.pipeline import Refused
from hiring.references import may_be_asked
from mailroom import outbox
from vault import links, trail

DAYS = 14
REMIND_AFTER = timedelta(days=5)
FROM_HOUR, TO_HOUR = 9, 18  # where the shop is
BATCH = 500
STANDARD = ("know", "work", "upset", "help")  # "again" is a choice of its own
SKILLS = 2


class Closed(Exception):
    """Answered already, its day is over, or nobody may be asked any more. `row` is as it is now."""

    def __init__(self, row):
        self.row = row
        super().__init__(f"written reference {row.pk}")


# -- what the shop does


@transaction.atomic
def send(referee, *, by) -> WrittenReference:
    """The mail leaves in ten minutes. Raises Refused without agreement or address, out of the running, or twice."""
    application = locked(referee.application)
    application.job = referee.application.job
    referee = may_be_asked(referee)
    _may_send(application, referee)
    now = timezone.now()
    row = WrittenReference(
        company_id=referee.company_id, referee=referee, application=application, sent_by=by, sent_at=now,
        expires_at=now + timedelta(days=DAYS), language=application.language,
        questions=questions(application),
    )  # fmt: skip
    undoing.remember(row, "sent", {}, by=by)
    row.save()
    reference_letters.write(row, reference_letters.ASK, by, not_before=outbox.soon())
    _trail("reference.asked", row, by=by)
    return row


def _may_send(application, referee):
    if not application.is_active:
        raise Refused(_("This person is out of the running."))
    if not referee.email:
        raise Refused(_("There is no e-mail address to write to. Call them instead."))
    standing = WrittenReference.objects.filter(referee=referee, cancelled_at=None).first()
    if standing and standing.has_expired:
        WrittenReference.objects.filter(pk=standing.pk).update(cancelled_at=timezone.now())
    elif standing:
        raise Refused(_("This person was asked in writing already."))


def questions(application) -> list[list[str]]:
    """[key, words]: the standard ones are worded when they are read, must-haves as they are called today."""
    with translation.override(application.language):
        skills = [
            [f"skill{row.pk}", str(row.label)] for row in reference_script.weakest(application)[:SKILLS]
        ]
    return [[key, ""] for key in STANDARD] + skills


def worded(written) -> list[tuple[str, str]]:
    """(key, question) in the language that is active, as one puts it to this kind of referee."""
    standard = reference_script.standard(written.referee.kind)
    skill = _("How did they do at this: %(skill)s? What do you remember?")
    return [(key, skill % {"skill": words} if words else standard[key]) for key, words in written.questions]


@transaction.atomic
def take_back(written, mark: str, *, by) -> None:
    """The mail does not leave, its link is dead. Raises undoing.Refused, and Gone where they have answered."""
    locked(written.application)
    row = WrittenReference.objects.filter(pk=written.pk).first()
    if row is None or row.reply or row.cancelled_at:
        raise undoing.Gone(_("This was answered or taken back already. Nothing was changed."))
    undoing.take(row, mark, by=by)
    reference_letters.stop(row)
    links.revoke(purpose=reference_letters.REFERENCE, subject=("reference", row.pk))
    _trail("reference.not_asked", row, by=by)
    row.delete()


# -- what the referee does


@transaction.atomic
def reply(written, *, kind: str, values: dict) -> WrittenReference:
    """Once. `values`: answers {key: words}, again, phone, when. Raises Closed."""
    row = _open(written)
    row.reply, row.replied_at = kind, timezone.now()
    for name, value in values.items():
        setattr(row, name, value)
    row.undoable, row.undo_until = {}, None
    row.save()
    outbox.cancel(about=("reference", row.pk), message=reference_letters.REMINDER)
    _trail("reference.came_in", row, by_link="reference")
    reference_telling.came_in(row)
    return row


def _open(written) -> WrittenReference:
    application = locked(written.application)
    application.job = written.application.job
    row = WrittenReference.objects.select_related("referee").get(pk=written.pk)
    row.application = application
    if state(row) != "open":
        raise Closed(row)
    return row


def state(written) -> str:
    """forgotten, the reply, over, expired or open: what the referee's page shows."""
    if written.referee.forgotten_at:
        return "forgotten"
    if written.reply:
        return written.reply
    if written.cancelled_at or not written.referee.may_be_asked or not written.application.is_active:
        return "over"
    return "expired" if written.has_expired else "open"


@transaction.atomic
def forget(referee, *, by_link="reference") -> None:
    """Who they are, how to reach them and what they wrote is gone; twice is once.

    What somebody noted of a call with them is about the applicant, and stays without their name.
    """
    locked(referee.application)
    referee.refresh_from_db()
    if referee.forgotten_at and not referee.name:
        return
    for written in WrittenReference.objects.filter(referee=referee):
        reference_letters.stop(written)
    WrittenReference.objects.filter(referee=referee).update(answers={}, again="", phone="", when="")
    CallTry.objects.filter(referee=referee).update(note="")
    reference_letters.forget(referee)
    Referee.objects.filter(pk=referee.pk).update(
        name="", relation="", since="", until="", **_NO_CONTACT, forgotten_at=timezone.now()
    )
    _trail("reference.forgotten", referee, by_link=by_link)


_NO_CONTACT = {"email": "", "phone": ""}


# -- by the clock


def remind() -> int:
    """Reminds once, five days after asking, by day; how many. A doubled run reminds once."""
    now = timezone.now()
    due = _to_remind(now).values_list("pk", flat=True)
    return sum(_remind(pk, now) for pk in list(due.order_by("sent_at", "pk")[:BATCH]))


def _to_remind(now):
    waits = Q(reply="", cancelled_at=None, reminded_at=None, expires_at__gt=now)
    return WrittenReference.objects.filter(waits, sent_at__lte=now - REMIND_AFTER)


@transaction.atomic
def _remind(pk, now) -> bool:
    rows = _to_remind(now).select_for_update(no_key=True, of=("self",)).filter(pk=pk)
    row = rows.select_related("referee", "application__job__company", "sent_by").first()
    if row is None or not _by_day(row, now):
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    person = row.application
    if state(row) != "open" or person.deleted_at or person.erased_at or not row.referee.email:
        return False
    reference_letters.write(row, reference_letters.REMINDER, row.sent_by)
    return True


def _by_day(row, now) -> bool:
    zone = zones.named(row.application.job.company.timezone) or timezone.get_default_timezone()
    return FROM_HOUR <= timezone.localtime(now, timezone=zone).hour < TO_HOUR


def forget_contacts() -> int:
    """How to reach a referee goes 30 days after the decision; how many."""
    since = timezone.now() - timedelta(days=CONTACT_DAYS)
    old = Referee.objects.filter(application__ended_at__lt=since).exclude(email="", phone="")
    pks = list(old.values_list("pk", flat=True)[:BATCH])
    WrittenReference.objects.filter(referee__in=pks).update(phone="")
    return Referee.objects.filter(pk__in=pks).update(**_NO_CONTACT, forgotten_at=timezone.now())


def _trail(action, row, *, by=None, **more):
    """`row` is the referee, or what they write."""
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id if by else None,
        kind="application",
        pk=row.application_id,
        **more,
    )
