"""The one writer of replies: the table of moves, who may make them, versions, looks and the end of the texts.

A move is one conditional UPDATE, so of two people the first wins; the history is written in the same transaction.
Nothing is marked as sent while it waits for a yes, and a rule asks for that yes at any level of freedom.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from onboarding import autonomy, cardnumbers, escalation, library, practice, reply_telling, reviews, steps
from onboarding.kinds import NOT_ASKED, State
from onboarding.models import Draft, DraftEvent, DraftReview, DraftVersion, Review
from onboarding.reply_kinds import Level, Purpose, Stand
from vault import trail

WRITER, REVIEWER = "writer", "reviewer"
TOOLS = "accounts_given"
DAYS_OF_TEXTS = 90
SAMPLES_A_WEEK = 5
BATCH = 500
ANY, MINE, REAL = frozenset(Purpose), frozenset({Purpose.REAL, Purpose.PRACTICE}), frozenset({Purpose.REAL})
SAMPLE = frozenset({Purpose.SAMPLE})


@dataclass(frozen=True)
class Move:
    before: frozenset
    after: Stand
    side: str
    purposes: frozenset


def _move_of(before, after, side, purposes=MINE) -> Move:
    return Move(frozenset(before), after, side, purposes)


MOVES = {
    "submit": _move_of({Stand.WRITING, Stand.RETURNED}, Stand.SUBMITTED, WRITER),
    "withdraw": _move_of({Stand.SUBMITTED}, Stand.WRITING, WRITER),
    "approve": _move_of({Stand.SUBMITTED}, Stand.APPROVED, REVIEWER),
    "return": _move_of({Stand.SUBMITTED}, Stand.RETURNED, REVIEWER),
    "look": _move_of({Stand.SUBMITTED}, Stand.LOOKED, REVIEWER, SAMPLE),
    "unapprove": _move_of({Stand.APPROVED}, Stand.SUBMITTED, REVIEWER),
    "unreturn": _move_of({Stand.RETURNED}, Stand.SUBMITTED, REVIEWER),
    "unlook": _move_of({Stand.LOOKED}, Stand.SUBMITTED, REVIEWER, SAMPLE),
    "reopen": _move_of({Stand.APPROVED}, Stand.WRITING, WRITER, REAL),
    "send": _move_of({Stand.APPROVED}, Stand.SENT, WRITER, REAL),
    "unsend": _move_of({Stand.SENT}, Stand.APPROVED, WRITER, REAL),
    "send_alone": _move_of({Stand.WRITING}, Stand.SENT, WRITER, REAL),
    "unsend_alone": _move_of({Stand.SENT}, Stand.WRITING, WRITER, REAL),
    "drop": _move_of({Stand.WRITING, Stand.RETURNED, Stand.APPROVED}, Stand.DROPPED, WRITER),
    "undrop": _move_of({Stand.DROPPED}, Stand.WRITING, WRITER),
}
EDITABLE = frozenset({Stand.WRITING, Stand.RETURNED})
UNLOOK = {Stand.APPROVED: "unapprove", Stand.RETURNED: "unreturn", Stand.LOOKED: "unlook"}


# -- who may, and when


def may(action, draft, membership) -> bool:
    """The writer is the new colleague; the reviewer whoever leads their plan, and never the writer."""
    if membership.company_id != draft.company_id:
        return False
    if MOVES[action].side == REVIEWER:
        return steps.leads(membership, draft.onboarding)
    return membership.pk == draft.onboarding.hire_id


def check(action, draft, by) -> None:
    if not may(action, draft, by):
        raise PermissionDenied


def tools_ready(onboarding) -> bool:
    """The accounts are given, or nobody asks for them: then there is something to answer with."""
    asked = onboarding.steps.filter(key=TOOLS).exclude(state__in=[*NOT_ASKED, State.DONE])
    return not asked.exists()


def needs_yes(draft, level, rules) -> bool:
    """At the first level always; later when a rule says so, or somebody asked for changes."""
    if draft.is_practice or level == Level.ALL or escalation.matching(rules, draft.marked):
        return True
    return draft.reviews.filter(good=False, taken_back_at=None).exists()


# -- writing


def begin(onboarding, *, by, situation, channel, ticket="", message="", marked=(), body="") -> Draft:
    """A reply to a customer, not shown to anybody yet. Raises steps.Refused before the accounts are given."""
    _own(onboarding, by)
    if not tools_ready(onboarding):
        raise steps.Refused(
            _("Your accounts are not open yet, so there is nothing to send from. Practise meanwhile.")
        )
    values = {"situation": situation, "channel": channel, "ticket": ticket, "marked": list(marked)}
    return _create(onboarding, by, body, message=cardnumbers.mask(message), **values)


def practise(onboarding, *, by, situation) -> Draft:
    """Practising once more: the next of our messages for this situation. Open from the first day."""
    _own(onboarding, by)
    if situation not in practice.VARIANTS:
        raise steps.Refused(_("Choose one of the situations."))
    with transaction.atomic():
        before = onboarding.drafts.filter(purpose=Purpose.PRACTICE, situation=situation)
        unfinished = before.filter(state__in=EDITABLE).order_by("-pk").first()
        if unfinished is not None:
            return unfinished
        return _create(
            onboarding, by, "", purpose=Purpose.PRACTICE, situation=situation, variant=before.count() + 1
        )


def sample(onboarding, *, by, situation, channel, ticket="", message="", body="") -> Draft:
    """A reply that went out already, to be looked at: pasted, or a link to it. Raises steps.Refused."""
    _own(onboarding, by)
    if autonomy.level_of(onboarding) == Level.ALL:
        raise steps.Refused(
            _("Samples begin when you send replies yourself. Until then each one is looked at.")
        )
    if not (body.strip() or ticket):
        raise steps.Refused(_("Paste the reply, or give a link to it."))
    with transaction.atomic():
        draft = _create(
            onboarding,
            by,
            body,
            purpose=Purpose.SAMPLE,
            situation=situation,
            channel=channel,
            ticket=ticket,
            message=cardnumbers.mask(message),
            state=Stand.SUBMITTED,
            given_at=timezone.now(),
        )
        reply_telling.given(draft, by=by)
    return draft


def _own(onboarding, by):
    if by.pk != onboarding.hire_id:
        raise PermissionDenied
    if onboarding.cancelled_at:
        raise steps.Refused(_("This plan has ended."))


def _create(onboarding, by, body, **values) -> Draft:
    with transaction.atomic():
        draft = Draft.objects.create(company_id=onboarding.company_id, onboarding=onboarding, **values)
        _version(draft, by, body)
        _record("begun", draft, by)
    return draft


def save(draft, *, by, seen, body, **values) -> bool:
    """Another version when the words changed; False when nothing did. Raises conflicts.Changed, steps.Stale.

    `values`: situation, channel, ticket, message, marked.
    """
    check("submit", draft, by)
    with transaction.atomic():
        row = _locked(draft)
        conflicts.check(row, seen)
        if row.state not in EDITABLE:
            raise steps.Stale
        if "message" in values:
            values["message"] = cardnumbers.mask(reviews.plain(values["message"]))
        fields = [name for name, value in values.items() if getattr(row, name) != value]
        body = cardnumbers.mask(reviews.plain(body))
        newest = latest(row)
        if not fields and newest and newest.body == body:
            return False
        for name in fields:
            setattr(row, name, values[name])
        row.revision += 1
        row.save(update_fields=[*fields, "revision"])
        if newest is None or newest.body != body:
            _version(row, by, body)
        _record("saved", row, by)
    for name in [*values, "revision"]:
        setattr(draft, name, getattr(row, name))
    return True


def latest(draft) -> DraftVersion | None:
    return draft.versions.order_by("-number").first()


def _locked(draft) -> Draft:
    row = Draft.objects.select_for_update(no_key=True, of=("self",)).get(pk=draft.pk)
    row.onboarding = draft.onboarding
    return row


def _version(draft, by, body) -> None:
    number = draft.versions.count() + 1
    DraftVersion.objects.create(
        company_id=draft.company_id,
        draft=draft,
        number=number,
        body=cardnumbers.mask(reviews.plain(body)),
        by=by,
    )


# -- moving


def submit(draft, *, by) -> bool:
    """Shown to whoever leads the plan. Raises steps.Refused for an empty reply."""
    check("submit", draft, by)
    newest = latest(draft)
    if newest is None or not newest.body.strip():
        raise steps.Refused(_("Write a few words first."))
    with transaction.atomic():
        moved = _move("submit", draft, by=by, given_at=timezone.now())
        if moved:
            reply_telling.given(draft, by=by)
    return moved


def withdraw(draft, *, by) -> bool:
    with transaction.atomic():
        moved = _move("withdraw", draft, by=by)
        if moved:
            reply_telling.not_given(draft)
    return moved


def send(draft, *, by) -> bool:
    """It went to the customer. With somebody's yes, or where the level and the rules ask for none.

    Raises steps.Refused while it needs a yes, and says so.
    """
    check("send", draft, by)
    if draft.state == Stand.APPROVED:
        return _move("send", draft, by=by, sent_at=timezone.now())
    if draft.state == Stand.WRITING and draft.purpose == Purpose.REAL:
        return _send_alone(draft, by)
    if draft.state == Stand.SENT:
        return False
    raise steps.Refused(_("This reply waits for a yes. It can be sent after that."))


def _send_alone(draft, by) -> bool:
    newest = latest(draft)
    if newest is None or not newest.body.strip():
        raise steps.Refused(_("Write a few words first."))
    with transaction.atomic():
        level = autonomy.locked_level(draft.onboarding)  # nobody lowers it between the look and the move
        if needs_yes(draft, level, escalation.active(draft.company_id)):
            raise steps.Refused(_("This reply needs a yes before it goes. Show it first."))
        return _move("send_alone", draft, by=by, sent_at=timezone.now(), alone=True)


def unsend(draft, *, by) -> bool:
    """Not sent after all, within ten minutes: back to where it was."""
    check("unsend", draft, by)
    if draft.sent_at and not undoing.in_time(draft.sent_at):
        raise steps.Refused(_("The ten minutes for taking this back are over."))
    action = "unsend_alone" if draft.alone else "unsend"
    return _move(action, draft, by=by, sent_at=None, alone=False)


def reopen(draft, *, by) -> bool:
    """Written on after the yes: it needs another one."""
    return _move("reopen", draft, by=by, approved_at=None)


def drop(draft, *, by) -> bool:
    return _move("drop", draft, by=by, approved_at=None)


def undrop(draft, *, by) -> bool:
    return _move("undrop", draft, by=by)


def review(draft, *, by, body, tone, accuracy, comment, good, missed="", seen=None) -> DraftReview:
    """Good to go, or changes are asked for; the draft itself stays as it was written.

    `missed` is the code of a rule that should have been marked, `seen` the number of the version that was read.
    Raises steps.Refused without a needed comment, and
    steps.Stale when somebody else was faster.
    """
    check("approve", draft, by)
    newest = latest(draft)
    if newest is None or draft.state != Stand.SUBMITTED or seen not in (None, newest.number):
        raise steps.Stale
    read = reviews.judged(
        newest.body, body, tone=tone, accuracy=accuracy, comment=comment, good=good and not missed
    )
    known = {rule.code for rule in escalation.active(draft.company_id)}
    with transaction.atomic():
        if not _judge(draft, by, good):
            raise steps.Stale
        row = DraftReview.objects.create(
            company_id=draft.company_id,
            draft=draft,
            version=newest,
            body=cardnumbers.mask(read.body),
            changed=read.changed,
            tone=tone,
            accuracy=accuracy,
            comment=cardnumbers.mask(read.comment),
            missed=missed if missed in known else "",
            good=good,
            by=by,
        )
        reply_telling.looked(draft, by=by)
    return row


def _judge(draft, by, good) -> bool:
    if draft.is_sample:
        return _move("look", draft, by=by)
    return (
        _move("approve", draft, by=by, approved_at=timezone.now()) if good else _move("return", draft, by=by)
    )


def unlook(draft, *, by) -> None:
    """What was made of it is taken back within ten minutes: it waits again. Raises undoing.Refused."""
    check("unapprove", draft, by)
    action, last = UNLOOK.get(draft.state), last_look(draft)
    if action is None or last is None:
        raise undoing.Gone(
            _("This was taken back already, or something newer stands on it. Nothing was changed.")
        )
    undoing.check(by, last.by_id, last.at)
    with transaction.atomic():
        if not _move(action, draft, by=by, approved_at=None):
            raise undoing.Gone(_("This was taken back already."))
        draft.reviews.filter(pk=last.pk).update(taken_back_at=timezone.now())
        reply_telling.not_looked(draft)


def last_look(draft) -> DraftReview | None:
    return draft.reviews.filter(taken_back_at=None).select_related("by", "version").order_by("-pk").first()


def _move(action, draft, *, by, **values) -> bool:
    """One conditional UPDATE. False when it is there already; raises steps.Stale when somebody was faster."""
    move = MOVES[action]
    check(action, draft, by)
    if draft.purpose not in move.purposes or draft.onboarding.cancelled_at:
        raise steps.Refused(_("This reply cannot be changed in this way."))
    if draft.state == move.after:
        return False
    if draft.state not in move.before:
        raise steps.Stale
    with transaction.atomic():
        before = draft.state
        if not _swap(draft, move.after, values):
            return False
        DraftEvent.objects.create(
            company_id=draft.company_id, draft=draft, action=action, before=before, after=move.after, by=by
        )
        reply_telling.moved(draft, before)
        _record(action, draft, by)
    return True


def _swap(draft, after, values) -> bool:
    """Writes the new state if the reply is still as we saw it; text that was saved meanwhile counts as seen anew."""
    rows = Draft.objects.filter(pk=draft.pk, state=draft.state, revision=draft.revision)
    if rows.update(state=after, **values):
        draft.state = after
        for name, value in values.items():
            setattr(draft, name, value)
        return True
    draft.refresh_from_db(fields=["state", "revision"])
    if draft.state == after:
        return False
    raise steps.Stale


# -- into the library


def worth_keeping(draft) -> bool:
    """Somebody has said yes to it, and its words are still there."""
    looked = draft.state in {Stand.APPROVED, Stand.SENT, Stand.LOOKED}
    return looked and not draft.texts_gone_at and not draft.is_practice


def keep_as_example(draft, *, by):
    """The reply as it went out, as an example of the library; the same one when it was kept before.

    Raises steps.Refused for a reply that nobody has looked at, or whose words are gone.
    """
    check("approve", draft, by)
    last, newest = last_look(draft), latest(draft)
    reply = last.body if last else newest.body if newest else ""
    if not worth_keeping(draft) or not reply:
        raise steps.Refused(_("Only a reply that somebody has looked at becomes an example."))
    return library.add_from(
        draft.company,
        by=by,
        source=f"draft:{draft.pk}",
        message=draft.message,
        reply=reply,
        situation=draft.situation,
        channel=draft.channel,
        why=last.comment if last else "",
    )


# -- what a gate looks back on, and the week's samples


@dataclass(frozen=True)
class Evidence:
    total: int
    as_written: int
    changed: int
    returned: int
    missed: int


def evidence(onboarding) -> Evidence:
    """Practice replies, drafts and samples that were looked at, those taken back left out. Two queries."""
    practised = Review.objects.filter(step__onboarding=onboarding, taken_back_at=None)
    drafted = DraftReview.objects.filter(draft__onboarding=onboarding, taken_back_at=None)
    rows = [(good, changed, "") for good, changed in practised.values_list("good", "changed")]
    rows += list(drafted.values_list("good", "changed", "missed"))
    good = [changed for ok, changed, _missed in rows if ok]
    return Evidence(
        len(rows),
        good.count(False),
        good.count(True),
        len(rows) - len(good),
        sum(bool(missed) for _ok, _changed, missed in rows),
    )


def samples_this_week(onboarding) -> int:
    """Since Monday where the new colleague is."""
    now = onboarding.local_now()
    monday = (now - timedelta(days=now.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    return onboarding.drafts.filter(purpose=Purpose.SAMPLE, created_at__gte=monday).count()


# -- the end of the texts


def forget() -> int:
    """Customers' words and ours are deleted after 90 days; counts and marks stay. How many replies."""
    old = Draft.objects.filter(
        texts_gone_at=None, created_at__lt=timezone.now() - timedelta(days=DAYS_OF_TEXTS)
    )
    gone = 0
    while pks := list(old.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            Draft.objects.filter(pk__in=pks).update(message="", ticket="", texts_gone_at=timezone.now())
            DraftVersion.objects.filter(draft__in=pks).update(body="")
            DraftReview.objects.filter(draft__in=pks).update(body="", comment="")
        gone += len(pks)
    return gone


def _record(action, draft, by) -> None:
    trail.record(
        f"draft.{action}",
        company_id=draft.company_id,
        actor_id=by.user_id,
        kind="draft",
        pk=draft.pk,
        fields=["state"] if action in MOVES else [],
    )
