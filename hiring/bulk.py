"""One act on several people: prepared, done one by one through the verbs for one, and taken back the same way.

Every person is a transaction of their own, so that nobody waits for five hundred others, and one whom a colleague moved
meanwhile is left and named. Done twice at once, everybody is still done once: the item is locked before the person.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from accounts.models import Membership
from hiring import details, pipeline, rules
from hiring.models import Act, Bulk, BulkItem, How, Result, Stage, Told
from hiring.models.moves import following, step
from vault import trail, work
from vault.work import State

MOST = 500  # people in one act
AT_ONCE = 50  # done while one waits; more go on in the background
DELAYS = (30, 120, 600)  # seconds, after a try that died
KEPT_DRAFT_DAYS = 1


# -- preparing


@transaction.atomic
def prepare(job, act: str, rows, *, by, back_to="board") -> Bulk | None:
    """Notes who was chosen, with where they stand now; None when nobody was. `rows` are applications for `job`."""
    chosen = list(rows.order_by("stage_entered_at", "pk").only("stage", "outcome", "company_id")[: MOST + 1])
    if not chosen:
        return None
    bulk = Bulk.objects.create(
        company_id=job.company_id,
        job=job,
        by=by,
        act=Act(act),
        back_to="list" if back_to == "list" else "board",
        cut=len(chosen) > MOST,
        state=State.PARKED,
    )
    BulkItem.objects.bulk_create(
        BulkItem(company_id=job.company_id, bulk=bulk, application=row, expected=row.standing)
        for row in chosen[:MOST]
    )
    return bulk


def hindrance(bulk, item) -> str:
    """Why this person will be left as they are, in a sentence; "" when nothing stands against it. No query."""
    row = item.application
    if row.standing != item.expected:
        return _("Moved meanwhile.")
    if not row.is_active:
        return _("Is not in the running any more.")
    return _AGAINST.get(bulk.act, lambda row: "")(row)


def _no_way_on(row) -> str:
    if row.stage in {Stage.OFFER, Stage.HIRED}:
        return _("Nobody is hired from here: that takes a signature.")
    return ""


def _no_way_out(row) -> str:
    return _("Is hired.") if row.stage == Stage.HIRED else ""


def _not_to_read(row) -> str:
    if row.stage != Stage.CV:
        return _("Only a CV can be read later.")
    return _("Is put aside already.") if row.later_at else ""


_AGAINST = {Act.FORWARD: _no_way_on, Act.REFUSE: _no_way_out, Act.LATER: _not_to_read}


def questions(starts) -> list[rules.Ask]:
    """What a step forward from these stages may ask, each once: the answer is recorded for those whom it concerns."""
    found = {}
    for start in starts:
        to = following(start)
        for rule in rules.RULES:
            if to and to != Stage.HIRED and rule.applies(step(start, to), start, to):
                found[rule.code] = rules.Ask(rule.code, rule.text, rule.chips)
    return list(found.values())


# -- doing


@transaction.atomic
def begin(bulk, said: dict, *, by) -> bool:
    """Somebody pressed the button. False when it was pressed before."""
    rows = Bulk.objects.select_for_update(no_key=True, of=("self",)).filter(pk=bulk.pk, by=by)
    row = rows.filter(state=State.PARKED, done_at=None).first()
    if row is None:
        return False
    row.said, row.state, row.due_at = said, State.WAITING, timezone.now()
    row.save(update_fields=["said", "state", "due_at"])
    trail.record("people.several", company_id=row.company_id, actor_id=by.user_id, kind="job", pk=row.job_id)
    return True


@transaction.atomic
def begin_undo(bulk, *, by) -> bool:
    """Undo was pressed, in time, by whoever did it. False when there is nothing (any more) to take back."""
    rows = Bulk.objects.select_for_update(no_key=True, of=("self",)).filter(pk=bulk.pk)
    row = rows.filter(state=State.DONE, undo_at=None).first()
    if row is None or not may_undo(row, by):
        return False
    row.undo_at, row.state, row.due_at, row.tries = timezone.now(), State.WAITING, timezone.now(), 0
    row.save(update_fields=["undo_at", "state", "due_at", "tries"])
    trail.record(
        "people.several_undone", company_id=row.company_id, actor_id=by.user_id, kind="job", pk=row.job_id
    )
    return True


def may_undo(bulk, by) -> bool:
    return (
        bulk.state == State.DONE
        and bulk.undo_at is None
        and bulk.by_id == by.pk
        and undoing.in_time(bulk.done_at)
    )


def in_request(bulk) -> bool:
    return bulk.items.count() <= AT_ONCE


def run(pk) -> None:
    """Does, or takes back, everybody who is left to do. A second run at once does nothing twice."""
    bulk = work.claim(Bulk, pk)
    if bulk is None:
        return
    back = bulk.undo_at is not None
    act = _one_back if back else _one
    try:
        for item in list(_left(bulk, back).values_list("pk", flat=True)):
            act(bulk, item)
    except Exception as error:
        work.failed(bulk, error, delays=DELAYS)
        raise
    over = {"undone_at": timezone.now()} if back else {"done_at": timezone.now(), "said": {}}
    work.done(bulk, **over)


def _left(bulk, back):
    return bulk.items.filter(result=Result.DONE if back else Result.OPEN).order_by("pk")


def _locked(pk, result):
    """The item while it is still to do, and nobody else's."""
    rows = BulkItem.objects.select_for_update(no_key=True, of=("self",), skip_locked=True)
    return rows.select_related("application__job__company").filter(pk=pk, result=result).first()


@transaction.atomic
def _one(bulk, pk):
    item = _locked(pk, Result.OPEN)
    if item is None:
        return
    item.why = hindrance(bulk, item)
    if item.why:
        item.result = Result.LEFT if item.application.standing == item.expected else Result.STALE
    else:
        _try(bulk, item)
    item.save(update_fields=["result", "why", "move", "mark"])


def _try(bulk, item):
    try:
        with transaction.atomic():
            _DO[bulk.act](bulk, item)
        item.result = Result.DONE
    except pipeline.Stale:
        item.result, item.why = Result.STALE, _("Moved meanwhile.")
    except pipeline.NeedsAnswers as needed:
        item.result, item.why = Result.LEFT, str(needed.asks[0].text)
    except pipeline.Refused as refused:
        item.result, item.why = Result.LEFT, str(refused)[:300]


def _forward(bulk, item):
    item.move = pipeline.advance(
        item.application,
        to=following(item.application.stage),
        by=bulk.by,
        expected=item.expected,
        how=How.BULK,
        answers=bulk.said.get("answers", {}),
        text=bulk.said.get("text", ""),
    )


def _refuse(bulk, item):
    said = bulk.said
    item.move = pipeline.not_select(
        item.application,
        by=bulk.by,
        expected=item.expected,
        reason=said["reason"],
        tell=_way_to_tell(said, item.application),
        how=How.BULK,
        text=said["text"],
        why=said["why"],
    )


def _way_to_tell(said, application) -> str:
    """By mail as chosen; whoever has no address is told by phone when the form says so."""
    by_mail = said["tell"] in {Told.MAIL, Told.MORNING}
    return Told.PHONE if by_mail and not application.email and said.get("phone") else said["tell"]


def _later(bulk, item):
    pipeline.put_aside(item.application, expected=item.expected)


def _assign(bulk, item):
    row = details.assign(item.application, _member(bulk, "member"), by=bulk.by)
    item.mark = undoing.offered(row, "assigned", bulk.by)


def _plan(bulk, item):
    said, who = bulk.said, bulk.said.get("who")
    row = details.plan_next(
        item.application,
        by=bulk.by,
        what=said["what"],
        on=date.fromisoformat(said["on"]) if said["on"] else None,
        who=_member(bulk, "who") if who else None,
    )
    item.mark = undoing.offered(row, "step", bulk.by)


def _member(bulk, name):
    found = Membership.objects.for_company(bulk.company_id).active().filter(pk=bulk.said[name]).first()
    if found is None:
        raise pipeline.Refused(_("This person has left the team. Nothing was changed."))
    return found


_DO = {
    Act.FORWARD: _forward,
    Act.REFUSE: _refuse,
    Act.LATER: _later,
    Act.ASSIGN: _assign,
    Act.STEP: _plan,
}


# -- taking back


@transaction.atomic
def _one_back(bulk, pk):
    item = _locked(pk, Result.DONE)
    if item is None:
        return
    try:
        with transaction.atomic():
            _back(bulk, item)
        item.result, item.why = Result.BACK, ""
    except pipeline.Stale:
        item.result, item.why = Result.STALE, _("Moved meanwhile.")
    except (pipeline.Refused, undoing.Refused) as refused:
        item.result, item.why = Result.LEFT, str(refused)[:300]
    item.save(update_fields=["result", "why"])


def _back(bulk, item):
    if item.move:
        pipeline.undo(item.move, by=bulk.by)
    elif bulk.act == Act.LATER:
        pipeline.put_back(item.application)
    elif item.mark:
        details.take_back(item.application, item.mark, by=bulk.by)


# -- keeping


def due() -> list[int]:
    return list(work.due(Bulk).values_list("pk", flat=True)[:200])


def forget() -> int:
    """Drafts that nobody went on with; how many."""
    old = timezone.now() - timedelta(days=KEPT_DRAFT_DAYS)
    return Bulk.objects.filter(state=State.PARKED, done_at=None, created_at__lt=old).delete()[0]
