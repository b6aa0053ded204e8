"""Answers on their way to a result: computed, kept, found again. Strangers' answers stay in their session."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from readiness import advice, reminders, shopdata, weighing
from readiness import measured as measured_log
from readiness.forms import CheckForm
from readiness.models import Assessment, Counted, ImportKind
from readiness.scoring import DEFAULT, Inputs
from vault import trail

SESSION = "readiness"
ENOUGH = 3
# Going on with the optional steps refines an answer; coming back another day makes a new one.
SAME_SITTING = timedelta(hours=12)


@dataclass
class Current:
    """What this visitor has answered so far, wherever it is kept."""

    answers: dict = field(default_factory=dict)
    result: dict | None = None
    plan: str = ""
    row: Assessment | None = None


def inputs_of(answers, measured=None):
    """Answers as people give them -> inputs as the model takes them."""
    team = answers.get("help") == "yes"
    changed = {
        "helpers": (answers.get("helpers") or 1) if team else 0 if answers.get("help") == "no" else None,
        "keeping_up": answers.get("team_keeping_up") if team else answers.get("own_keeping_up"),
        "promised_days": _scaled(answers.get("promised_hours"), 1 / 24),
        "satisfaction_target": _scaled(answers.get("target_percent"), 1 / 100),
        "out_of_hours": _yes(answers.get("out_of_hours")),
        "live_chat": _yes(answers.get("live_chat")),
        "seasonal": _yes(answers.get("seasonal")),
    }
    return Inputs.of({**answers, **changed, **(measured or {})})


def _scaled(value, factor):
    return None if value is None else value * factor


def _yes(value):
    return None if value is None else value == "yes"


def answered(answers):
    """How many of the ten cards have an answer."""
    return sum(answers.get(name) is not None for name in CheckForm.CARDS)


def compute(answers, measured=None, config=DEFAULT):
    """The result, or None below three answers: it would be a guess.

    A company's own results are computed with `weighing.config_of` it; strangers' with ours.
    """
    if answered(answers) < ENOUGH:
        return None
    return advice.assess(inputs_of(answers, measured), config)


def current(request):
    """The visitor's latest: their company's, else what this browser's session holds."""
    row = latest(request.company) if request.company else None
    if row is not None:
        return Current(row.answers, row.result, row.plan, row)
    held = request.session.get(SESSION, {})
    return Current(held.get("answers", {}), held.get("result"), held.get("plan", ""))


def latest(company):
    return Assessment.objects.for_company(company).order_by("-created_at", "-pk").first()


def keep(request, *, changes):
    """Takes the answers of one page in; returns where they are now (Current)."""
    now = current(request)
    answers = _merged(now.answers, changes)
    if request.company is None:
        held = {"answers": answers, "result": compute(answers), "plan": now.plan}
        request.session[SESSION] = {**request.session.get(SESSION, {}), **held}
        return Current(**held)
    row = save(company=request.company, by=request.user, answers=answers, plan=now.plan, changes=changes)
    if row is None:
        held = {"answers": answers, "result": None, "plan": now.plan}
        request.session[SESSION] = {**request.session.get(SESSION, {}), **held}
        return Current(answers)
    if now.row is None:
        _no_longer_held(request, row, by=request.membership)
    return Current(row.answers, row.result, row.plan, row)


def _merged(answers, changes):
    return {name: value for name, value in {**answers, **changes}.items() if value is not None}


def save(*, company, by, answers, plan="", changes=None):
    """A result of this company with what was measured; None when too little is answered to give one.

    The same answers again, weighed as before, change nothing. Within one sitting the latest row is refined;
    later, or with other weights, a new one is made.
    `changes` is what one page changed: two pages sent at once both count.
    """
    config = weighing.config_of(company)
    measured = measured_of(company, config)
    result = compute(answers, measured, config)
    if result is None:
        return None
    with transaction.atomic():
        company = type(company).objects.select_for_update(no_key=True, of=("self",)).get(pk=company.pk)
        row = latest(company)
        meanwhile = _merged(row.answers, changes) if row and changes is not None else answers
        if meanwhile != answers:
            answers, result = meanwhile, compute(meanwhile, measured, config)
        if result is None:
            return None
        goes_on = row is not None and _recent(row) and row.config_version == config.version
        if goes_on and (row.answers, row.measured) == (answers, measured):
            return row
        if not goes_on:
            row = Assessment(company=company, created_by=by, plan=plan)
        row.answers, row.measured, row.result = answers, measured, result
        row.config_version = result["version"]
        row.save()
        trail.record(
            "readiness.answered",
            company_id=company.pk,
            actor_id=by.pk if by else None,
            kind="assessment",
            pk=row.pk,
            fields=sorted(answers),
        )
    return row


def _recent(row):
    return timezone.now() - row.created_at < SAME_SITTING


def measured_of(company, config=DEFAULT):
    """scoring.Inputs' fields that imported files answer, and until when requests were counted; empty without a file
    that still speaks. They win over what is told, which stays in the answers beside them."""
    counted = {kind: series for kind, series in _counted(company).items() if _speaks(series, config)}
    found = {}
    for kind in (ImportKind.ORDERS, ImportKind.REVIEWS):
        found |= shopdata.inputs(counted[kind], kind) if kind in counted else {}
    if "repeated" in counted.get(ImportKind.MAILBOX, {}):
        found["repeatable"] = round(100 * counted[ImportKind.MAILBOX]["repeated"], 1)
    series = _requests(counted)
    if series and series["measured"]:
        found |= series["measured"] | {"counted_until": measured_log.counted_until(series).isoformat()}
    return found


def _speaks(series, config):
    return measured_log.speaks(series, on=timezone.now().date(), config=config)


def series_of(company):
    """The weekly numbers of what customers wrote (readiness.measured.log_of), or None."""
    return _requests(_counted(company))


def all_series_of(company) -> dict:
    """{ImportKind: series} of everything that was imported."""
    return _counted(company)


def _counted(company):
    return dict(Counted.objects.for_company(company).order_by("kind").values_list("kind", "series"))


def _requests(counted):
    """Of a help desk and a mailbox the one that was counted later, the help desk first: its mails came from the
    mailbox, and both together would count them twice."""
    both = [counted[kind] for kind in (ImportKind.TICKETS, ImportKind.MAILBOX) if kind in counted]
    return max(both, key=lambda series: series["weeks"][-1][0] if series["weeks"] else "", default=None)


def plan(request, *, text):
    """What the founder will do with the hours, beside the answer it belongs to."""
    now = current(request)
    if now.row is not None:
        now.row.plan = text
        now.row.save(update_fields=["plan"])
    elif SESSION in request.session:
        request.session[SESSION] = {**request.session[SESSION], "plan": text}


def wish_to_be_asked(request):
    """A stranger wants to be asked again in four weeks; `adopt` sees to it."""
    request.session[SESSION] = {**request.session[SESSION], "ask_again": True}


def adopt(request, membership):
    """Moves what was answered before signing up into the new company. Called after sign-up."""
    held = request.session.get(SESSION)
    if not held or not membership.is_boss:
        request.session.pop(SESSION, None)
        return
    answers, plan = held.get("answers", {}), held.get("plan", "")
    row = save(company=membership.company, by=membership.user, answers=answers, plan=plan)
    if row is not None:  # else too few for a result: the check goes on from them
        _no_longer_held(request, row, by=membership)


def _no_longer_held(request, row, *, by):
    """What the session held is in the row now, with the wish to be asked again."""
    if request.session.pop(SESSION, {}).get("ask_again"):
        reminders.ask_again(row, by=by)


def refresh(company, *, by):
    """The latest answers once more, after what is measured has changed."""
    row = latest(company)
    if row is not None:
        save(company=company, by=by, answers=row.answers, plan=row.plan)
