"""A time agreed with an applicant: planned, moved, called off; each taken back while its letter has not left."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from hiring import hosting, letters, talk_letters, telling
from hiring.judging import locked
from hiring.letters import CALLED_OFF, INVITATION
from hiring.models import Interview, TalkOutcome
from hiring.models.judging import InterviewKind
from hiring.pipeline import Refused
from vault import trail

MOVABLE = ("starts_at", "minutes", "kind", "place")


@transaction.atomic
def plan(application, *, by, values: dict, invite: bool, hosts=None) -> Interview:
    """Agrees a time and, when `invite`, mails it to the applicant in ten minutes. Raises Refused for somebody out.

    `hosts` are the members who sit in; whoever agrees it when none are named. Their rows are locked first, so that
    somebody who books the same time behind a link sees it taken.
    """
    hosts = hosting.lock([host.pk for host in hosts or [by]])
    if (row := locked(application)).is_over:
        raise Refused(_("This person is not in the running any more."))
    interview = _new(application, by, values)
    _remember(interview, "planned", {}, by)
    interview.save()
    hosting.set_hosts(interview, hosts)
    if invite and row.email:
        talk_letters.talk(interview, INVITATION, by)
    telling.talk(interview, by=by)
    _trail("interview.planned", interview, by)
    return interview


def _new(application, by, values) -> Interview:
    return Interview(
        company_id=application.company_id,
        application=application,
        created_by=by,
        stage=application.stage,
        zone=timezone.get_current_timezone_name(),
        **values,
    )


JUST_NOW = timedelta(minutes=5)


@transaction.atomic
def now(application, *, by) -> Interview:
    """They are talking on the phone this moment: a talk that begins now, without any letter. Pressed twice it is one.

    Raises Refused for somebody out.
    """
    if locked(application).is_over:
        raise Refused(_("This person is not in the running any more."))
    at = timezone.now()
    mine = Interview.objects.filter(application=application, created_by=by, cancelled_at=None)
    if running := mine.filter(starts_at__gt=at - JUST_NOW, starts_at__lte=at).order_by("pk").last():
        return running
    interview = _new(
        application, by, {"starts_at": at, "minutes": 20, "kind": InterviewKind.PHONE, "place": ""}
    )
    _remember(interview, "planned", {}, by)
    interview.save()
    hosting.set_hosts(interview, [by])
    _trail("interview.began", interview, by)
    return interview


@transaction.atomic
def move(interview, *, by, values: dict, seen=None, hosts=None) -> Interview:
    """Another time, place or host; who was invited hears the new one. `seen` is the revision the form was made from.

    Raises conflicts.Changed, and Refused for a time that was called off or is over.
    """
    hosts = hosting.lock([host.pk for host in hosts]) if hosts else None
    interview = _locked(interview)
    conflicts.check(interview, seen)
    if interview.cancelled_at or interview.ends_at < timezone.now():
        raise Refused(_("This time was called off, or is over. Agree a new one."))
    before = {name: getattr(interview, name) for name in (*MOVABLE, "zone")}
    sat_in = hosting.pks_of(interview)
    same_hosts = hosts is None or {host.pk for host in hosts} == set(sat_in)
    if same_hosts and all(before[name] == values[name] for name in MOVABLE):
        return interview
    invited, unsent = _stop_invitation(interview)
    _remember(interview, "moved", before | {"unsent": unsent, "hosts": sat_in}, by)
    for name in MOVABLE:
        setattr(interview, name, values[name])
    interview.zone, interview.sequence = timezone.get_current_timezone_name(), interview.sequence + 1
    interview.save()
    if not same_hosts:
        hosting.set_hosts(interview, hosts)
    if invited:
        talk_letters.talk(interview, INVITATION, by, moved=not unsent)
    telling.talk(interview, by=by)
    _trail("interview.moved", interview, by)
    return interview


@transaction.atomic
def cancel(interview, *, by) -> Interview:
    """Cancels once; the applicant hears of it when the invitation has left."""
    interview = _locked(interview)
    if interview.cancelled_at:
        return interview
    invited, unsent = _stop_invitation(interview)
    _remember(interview, "cancelled", {"unsent": unsent}, by)
    interview.cancelled_at, interview.sequence = timezone.now(), interview.sequence + 1
    interview.save()
    if invited and not unsent:
        talk_letters.talk(interview, CALLED_OFF, by)
    telling.talk(interview, by=by)
    _trail("interview.cancelled", interview, by)
    return interview


# -- whether it took place


def happened(interview, *, by, seen: str = "") -> Interview:
    """It took place. `seen` is the outcome that the page showed.

    Raises Refused before it has begun, when it was called off, and when a colleague noted something else meanwhile.
    """
    return _came_out(interview, TalkOutcome.HAPPENED, by, seen)


def no_show(interview, *, by, seen: str = "") -> Interview:
    """The applicant did not come. Raises as `happened`."""
    return _came_out(interview, TalkOutcome.NO_SHOW, by, seen)


@transaction.atomic
def _came_out(interview, outcome, by, seen) -> Interview:
    interview = _locked(interview)
    if interview.outcome == outcome:
        return interview
    if interview.cancelled_at or interview.starts_at > timezone.now():
        raise Refused(_("This time was called off, or has not come yet."))
    if interview.outcome != seen:
        raise Refused(_said(interview))
    before = {name: getattr(interview, name) for name in ("outcome", "outcome_by_id", "outcome_at")}
    _remember(interview, "outcome", before, by)
    _note(interview, {"outcome": outcome, "outcome_by_id": by.pk, "outcome_at": timezone.now()})
    _trail("interview.no_show" if outcome == TalkOutcome.NO_SHOW else "interview.happened", interview, by)
    return interview


def _note(interview, values):
    """The talk's own outcome; the application's is the pipeline's alone."""
    for name, value in values.items():
        setattr(interview, name, value)
    interview.save()


def _said(interview) -> str:
    if not interview.outcome:
        return _("What was noted was taken back meanwhile. Nothing was changed.")
    values = {"who": interview.outcome_by or "", "what": interview.get_outcome_display()}
    return _("%(who)s noted meanwhile: %(what)s. Nothing was changed.") % values


# -- taking back


@transaction.atomic
def take_back(interview, mark: str, *, by) -> None:
    """The last planning, moving or calling off. Raises undoing.Refused, also when the applicant knows of it."""
    interview = _locked(interview)
    taken = undoing.take(interview, mark, by=by)
    telling.no_talk(interview)
    _BACK[taken.what](interview, taken.values, by)
    _trail("interview.taken_back", interview, by)


def offered(interview, member) -> str:
    """The mark of the last thing done to it."""
    return next(filter(None, (undoing.offered(interview, what, member) for what in _BACK)), "")


def _unplanned(interview, _values, _by):
    _unless_told(
        interview, INVITATION, _("The invitation has left. Cancel the time instead: then they hear of it.")
    )
    interview.delete()


def _unmoved(interview, values, by):
    _unless_told(interview, INVITATION, _("The new time has left by mail. Move it again instead."))
    for name in (*MOVABLE, "zone"):
        setattr(interview, name, Interview._meta.get_field(name).to_python(values[name]))
    if "hosts" in values:
        hosting.set_hosts(interview, hosting.lock(values["hosts"]))
    _as_before(interview, values, by)


def _uncancelled(interview, values, by):
    _unless_told(interview, CALLED_OFF, _("They were told already. Agree a new time instead."))
    interview.cancelled_at = None
    _as_before(interview, values, by)


def _unsaid(interview, values, _by):
    at = Interview._meta.get_field("outcome_at").to_python(values["outcome_at"])
    _note(interview, values | {"outcome_at": at})


_BACK = {"planned": _unplanned, "moved": _unmoved, "cancelled": _uncancelled, "outcome": _unsaid}


def _as_before(interview, values, by):
    """Nobody outside has seen the number that goes back; an invitation that had not left leaves after all."""
    interview.sequence -= 1
    interview.save()
    if values["unsent"]:
        talk_letters.talk(interview, INVITATION, by)


def _unless_told(interview, message, sentence):
    if not letters.hold_back(("interview", interview.pk), message):
        raise undoing.Refused(sentence)


def _stop_invitation(interview) -> tuple[bool, bool]:
    """(was the applicant invited, and has that invitation not left)."""
    return talk_letters.stop(interview)


def _remember(interview, what, values, by):
    """Only the last thing done to it can be taken back: it stands on what was before."""
    interview.undoable = {}
    undoing.remember(interview, what, values, by=by)


def _locked(interview) -> Interview:
    """Raises undoing.Gone for one that was taken back meanwhile."""
    rows = Interview.objects.select_related("application__job__company")
    row = rows.select_for_update(no_key=True, of=("self",)).filter(pk=interview.pk).first()
    if row is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    return row


def _trail(action, interview, by):
    trail.record(
        action,
        company_id=interview.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=interview.application_id,
    )
