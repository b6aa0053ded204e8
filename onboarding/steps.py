"""The one writer of a step's state: the table of moves, who may make them, and what is told to whom.

A move is one conditional UPDATE, so of two people the first wins without anybody waiting for a lock; the history row
is written in the same transaction. The same move again changes nothing and tells nobody.
"""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from onboarding import following, mails, telling
from onboarding.kinds import FINISHED, SETTLED, UNDONE, Change, Kind, Part, State
from onboarding.models import Acknowledgement, Step, StepAnswer, StepEvent
from vault import trail

OWNER, PARTNER, EITHER, BOSS = "owner", "partner", "either", "boss"
MOODS = {
    "good": pgettext_lazy("how a day was", "Good"),
    "mixed": pgettext_lazy("how a day was", "Mixed"),
    "hard": pgettext_lazy("how a day was", "Hard"),
}


class Refused(Exception):
    """Not this way; the sentence says why."""


class Stale(Exception):
    """Somebody else was faster: the step is in another state by now (`step.state` is refreshed)."""


@dataclass(frozen=True)
class Move:
    before: frozenset
    after: State
    side: str
    two_sided: bool | None  # None: for every step


MOVES = {
    "tick": Move(UNDONE, State.DONE, EITHER, False),
    "untick": Move(frozenset({State.DONE}), State.OPEN, EITHER, False),
    "give": Move(UNDONE, State.SUBMITTED, OWNER, True),
    "take_back": Move(frozenset({State.SUBMITTED}), State.OPEN, OWNER, True),
    "receive": Move(frozenset({State.SUBMITTED}), State.DONE, PARTNER, True),
    "unreceive": Move(frozenset({State.DONE}), State.SUBMITTED, PARTNER, True),
    "send_back": Move(frozenset({State.SUBMITTED}), State.RETURNED, PARTNER, True),
    "unreturn": Move(frozenset({State.RETURNED}), State.SUBMITTED, PARTNER, True),
    "see": Move(UNDONE | {State.SUBMITTED}, State.DONE, OWNER, None),
    "skip": Move(UNDONE | {State.SUBMITTED}, State.SKIPPED, BOSS, None),
    "unskip": Move(frozenset({State.SKIPPED}), State.OPEN, BOSS, None),
    "leave_out": Move(UNDONE, State.LEFT_OUT, BOSS, None),
    "put_back": Move(frozenset({State.LEFT_OUT}), State.OPEN, BOSS, None),
}


def tick(step, *, by) -> bool:
    """Done. False when it was done already, or was never this person's to do twice."""
    if step.kind == Kind.ACK:
        raise Refused(_("Read it first, then say that you have."))
    if step.kind == Kind.GATE:
        check("tick", step, by)
        raise Refused(_("A gate is signed on its own page."))
    return _move("tick", step, by=by)


def pass_gate(step, *, by) -> bool:
    """The writer behind gates.sign."""
    return _move("tick", step, by=by)


def reopen_gate(step, *, by) -> bool:
    return _move("untick", step, by=by)


def did(onboarding, key, *, by) -> bool:
    """The step is done by doing it elsewhere, such as sending the note that it asks for. False without such a step."""
    found = onboarding.steps.filter(key=key, state__in=UNDONE).order_by("pk").first()
    return found is not None and may("tick", found, by) and tick(found, by=by)


def untick(step, *, by) -> bool:
    if step.kind == Kind.ACK:
        raise Refused(_("What was read stays read."))
    if step.kind == Kind.GATE:
        raise Refused(_("A signature at a gate is taken back on the gate's own page."))
    return _move("untick", step, by=by)


def give(step, *, by, body="", mood="", filled="") -> bool:
    """Handed to the partner, with what was written; each time is a version of its own. False when it lies there.

    Raises Refused when a text or a choice is required and missing.
    """
    if step.kind == Kind.ACK:
        raise Refused(_("Read it first, then say that you have."))
    check("give", step, by)
    _require(step, body, mood, filled)
    with transaction.atomic():
        if not _move("give", step, by=by):
            return False
        if body or mood or filled:
            _answer(step, by, body, mood, filled)
        mails.given(step, by=by)
    return True


def acknowledge(step, *, by, subject, number, body) -> bool:
    """This version was read. The words are kept as they stood on the screen."""
    action = "give" if step.two_sided else "tick"
    check(action, step, by)
    if step.kind != Kind.ACK or not body:
        raise Refused(_("There is nothing to read yet."))
    with transaction.atomic():
        if not _move(action, step, by=by):
            return False
        Acknowledgement.objects.create(
            company_id=step.company_id,
            onboarding=step.onboarding,
            step=step,
            subject=subject,
            number=number,
            body=body,
            by=by,
        )
        if step.two_sided:
            mails.given(step, by=by)
    return True


def see(step, *, by) -> bool:
    """The other side is there already: "Who to ask" is done by looking at a card that somebody has filled in."""
    if step.key != "who_to_ask":
        raise Refused(_("This step cannot be changed in this way."))
    with transaction.atomic():
        moved = _move("see", step, by=by)
        if moved:
            mails.not_given(step)
    return moved


def take_back(step, *, by) -> bool:
    with transaction.atomic():
        moved = _move("take_back", step, by=by)
        if moved:
            mails.not_given(step)
            telling.not_given(step)
    return moved


def receive(step, *, by) -> bool:
    check("receive", step, by)
    if step.kind == Kind.REPLY:
        raise Refused(_("Read the reply first."))
    return approve(step, by=by)


def approve(step, *, by) -> bool:
    """The partner's yes, whatever had to come before it (reviews.review for a practice reply)."""
    with transaction.atomic():
        moved = _move("receive", step, by=by)
        if moved:
            mails.not_given(step)
    return moved


def unreceive(step, *, by) -> bool:
    with transaction.atomic():
        moved = _move("unreceive", step, by=by)
        if moved:
            _look_again(step)
            mails.not_approved(step)
    return moved


def unreturn(step, *, by) -> bool:
    """It was sent back by mistake: it lies with the partner again, and a mail that has not left does not leave."""
    with transaction.atomic():
        moved = _move("unreturn", step, by=by)
        if moved:
            _look_again(step)
            mails.not_returned(step)
    return moved


def _look_again(step):
    """What was made of the draft last does not count any more."""
    last = step.reviews.filter(taken_back_at=None).order_by("-pk").values_list("pk", flat=True).first()
    step.reviews.filter(pk=last).update(taken_back_at=timezone.now())


def send_back(step, *, by, message) -> bool:
    """Not yet right; `message` says what is missing. What was written is kept."""
    check("send_back", step, by)
    message = _said(message, gettext_lazy("Say what is missing."))
    with transaction.atomic():
        moved = _move("send_back", step, by=by, note=message)
        if moved:
            mails.returned(step, by=by)
    return moved


def skip(step, *, by, reason) -> bool:
    """It will not be done, and `reason` says why. Raises Refused without one."""
    check("skip", step, by)
    return _move("skip", step, by=by, note=_said(reason, gettext_lazy("Say why this step is skipped.")))


def settle_missed(onboarding, pks, *, by, after, note="") -> list[Step]:
    """Steps that were missed, all at once: done before the plan began, or not needed. Those it was, as they were.

    Nobody is told, and nobody is said to be late: they never fired. The caller has locked the plan.
    """
    if by.company_id != onboarding.company_id or not leads(by, onboarding):
        raise PermissionDenied
    if onboarding.cancelled_at:
        raise Refused(_("This plan has ended."))
    rows = onboarding.steps.select_for_update(no_key=True).filter(pk__in=pks, missed=True, state__in=UNDONE)
    before = list(rows.order_by("pk"))
    _all_at_once(onboarding, before, "settled", after, by, note)
    return before


def unsettle(onboarding, states: dict, *, by) -> int:
    """The same taken back: {pk: the state before}. What somebody went on with meanwhile stays. How many came back."""
    done = onboarding.steps.select_for_update(no_key=True).filter(
        pk__in=states, missed=True, state__in=FINISHED
    )
    rows = list(done.order_by("pk"))
    for state in sorted(set(states.values())):
        chosen = [row for row in rows if states[str(row.pk)] == state]
        _all_at_once(onboarding, chosen, "unsettled", state, by, "")
    return len(rows)


def _all_at_once(onboarding, rows, action, after, by, note) -> None:
    Step.objects.filter(pk__in=[row.pk for row in rows]).update(state=after, **_values(after, by, note))
    StepEvent.objects.bulk_create(
        StepEvent(
            company_id=row.company_id,
            step=row,
            action=action,
            before=row.state,
            after=after,
            by=by,
            note=note,
        )
        for row in rows
    )
    for row in (row for row in rows if row.followed):
        row.refresh_from_db(fields=["state", "completed_at"])
        row.onboarding = onboarding
        following.moved(row)


def unskip(step, *, by) -> bool:
    return _move("unskip", step, by=by)


def leave_out(step, *, by, reason="") -> bool:
    """Out of this person's plan, and kept: what was written with it stays, and it can be put back at any time.

    Raises Refused for a step that was done or given: what somebody has done stays in the plan.
    """
    check("leave_out", step, by)
    if step.state not in UNDONE | {State.LEFT_OUT}:
        raise Refused(_("Somebody has done this step or handed it in. What was done stays in the plan."))
    with transaction.atomic():
        moved = _move("leave_out", step, by=by, note=_one_line(reason))
        if moved:
            _say_change(step, Change.LEFT_OUT, _one_line(reason))
    return moved


def put_back(step, *, by) -> bool:
    """Into the plan again, on its day; the new hire hears nothing of the leaving out any more."""
    with transaction.atomic():
        moved = _move("put_back", step, by=by)
        if moved:
            _say_change(step, "", "")
    return moved


def _say_change(step, changed, reason) -> None:
    step.changed, step.change_reason = changed, reason
    step.changed_at = timezone.now() if changed else None
    # A form that is open on it hears that something happened; the row is ours since the move.
    step.revision = F("revision") + 1
    step.save(update_fields=["changed", "changed_at", "change_reason", "revision"])
    step.refresh_from_db(fields=["revision"])


def leads(membership, onboarding) -> bool:
    """Owners and managers lead everybody's onboarding but their own."""
    return membership.is_boss and membership.pk != onboarding.hire_id


def plays(membership, onboarding, part) -> bool:
    """Does this member stand for the part? Whoever leads may stand in for the buddy."""
    if part == Part.HIRE:
        return membership.pk == onboarding.hire_id
    if part == Part.BUDDY and membership.pk == onboarding.buddy_id:
        return True
    return part != "" and leads(membership, onboarding)


def may(action, step, membership) -> bool:
    move, onboarding = MOVES[action], step.onboarding
    if membership.company_id != step.company_id:
        return False
    if move.side == BOSS:
        return leads(membership, onboarding)
    parts = {OWNER: [step.owner], PARTNER: [step.partner], EITHER: [step.owner, step.partner]}[move.side]
    return any(plays(membership, onboarding, part) for part in parts)


def check(action, step, by) -> None:
    if not may(action, step, by):
        raise PermissionDenied


def _move(action, step, *, by, note="") -> bool:
    move = MOVES[action]
    check(action, step, by)
    if move.two_sided not in (None, step.two_sided) or step.onboarding.cancelled_at:
        raise Refused(_("This step cannot be changed in this way."))
    if step.state == move.after:
        return False
    if step.state not in move.before:
        raise Stale
    with transaction.atomic():
        if not _swap(step, move, by, note):
            return False
        StepEvent.objects.create(
            company_id=step.company_id,
            step=step,
            action=action,
            before=step.state,
            after=move.after,
            by=by,
            note=note,
        )
        telling.moved(step, move.after)
        _record(action, step, by)
        before, step.state = step.state, move.after
        if (before in SETTLED) != (move.after in SETTLED):
            following.moved(step)
    return True


def _swap(step, move, by, note) -> bool:
    """Writes the new state if the step is still as we saw it. False when somebody made the same move meanwhile."""
    values = _values(move.after, by, note)
    if Step.objects.filter(pk=step.pk, state=step.state).update(state=move.after, **values):
        for name, value in values.items():
            setattr(step, name, value)
        return True
    step.refresh_from_db(fields=["state"])
    if step.state == move.after:
        return False
    raise Stale


def _values(after, by, note) -> dict:
    ended = after in FINISHED
    values = {"completed_at": timezone.now() if ended else None, "completed_by": by if ended else None}
    if after == State.SUBMITTED:
        values |= {"given_at": timezone.now(), "message": ""}
    if after == State.RETURNED:
        values |= {"message": note}
    if after in (State.SKIPPED, State.OPEN):  # a left-out step says why beside its change
        values |= {"skip_reason": note}
    return values


def _require(step, body, mood, filled) -> None:
    if step.kind in (Kind.REVIEW, Kind.REPLY) and not body.strip():
        raise Refused(_("Write a few words first."))
    if step.asks:
        if not filled:
            raise Refused(_("Answer the questions first."))
    elif step.kind == Kind.FORM and mood not in MOODS:
        raise Refused(_("Choose one of the three."))


def _said(text, sentence) -> str:
    text = _one_line(text)
    if not text:
        raise Refused(str(sentence))
    return text


def _one_line(text) -> str:
    return " ".join(text.split())[:300]


def _answer(step, by, body, mood, filled) -> None:
    """The next version. The step's row is ours since the move, so that two cannot take one number."""
    StepAnswer.objects.create(
        company_id=step.company_id,
        step=step,
        number=step.answers.count() + 1,
        mood=mood,
        body=body.strip(),
        filled=filled,
        by=by,
    )


def _record(action, step, by) -> None:
    trail.record(
        f"step.{action}",
        company_id=step.company_id,
        actor_id=by.user_id,
        kind="step",
        pk=step.pk,
        fields=["state"],
    )
