"""The manager's mirror: everybody who is on their way, what is late, and what waits for an answer."""

from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from onboarding import accounts_given, meeting_panel, today
from onboarding import steps as moves
from onboarding.kinds import NOT_ASKED, UNDONE, Part, State
from onboarding.models import Draft, FreedomQuestion, Onboarding, Question, Step, StepAnswer
from onboarding.reply_kinds import Stand

MOST = 100


@dataclass
class Mirror:
    onboarding: Onboarding
    day: int
    starts_in: int  # days until the start; 0 from then on
    progress: today.Progress
    waiting: list = field(default_factory=list)  # given by the hire: a button away
    questions: list = field(default_factory=list)
    mine: list = field(default_factory=list)  # the manager's and buddy's own, due by today
    late: list = field(default_factory=list)  # of the hire
    drafts: int = 0  # replies that wait for a yes
    freedom: bool = False  # this week's question is open

    @property
    def calls(self) -> int:
        return len(self.waiting) + len(self.questions) + len(self.mine) + self.drafts + self.freedom


def mirrors(company, membership) -> list[Mirror]:
    """One for each running onboarding this member may see; three queries whatever their number."""
    return _built(company, membership, _rows(company, membership).running()[:MOST])


def with_leavers(company, membership) -> tuple[list[Mirror], list[Onboarding]]:
    """The same, and plans of people who have left and still hold accounts (`held`: how many). No query more."""
    held = Coalesce(Subquery(accounts_given.held_in(OuterRef("pk"))), 0)
    rows = _rows(company, membership).annotate(held=held)
    found = list(rows.filter(Q(cancelled_at=None) | Q(held__gt=0))[:MOST])
    running = [row for row in found if row.cancelled_at is None]
    return _built(company, membership, running), [row for row in found if row.held]


def _built(company, membership, rows) -> list[Mirror]:
    found = {row.pk: _mirror(row) for row in rows}
    for step in _unfinished(company, membership, found):
        _sort_in(found[step.onboarding_id], step, membership)
    for question in Question.objects.filter(onboarding__in=found).open().order_by("asked_at", "pk"):
        found[question.onboarding_id].questions.append(question)
    return list(found.values())


def _rows(company, membership):
    asked = Q(steps__required=True) & ~Q(steps__state__in=NOT_ASKED)
    rows = Onboarding.objects.for_company(company).visible_to(membership).with_people()
    return (
        rows.exclude(hire=membership)
        .annotate(**_replies(membership), meets=meeting_panel.near())
        .annotate(asked=Count("steps", asked), finished=Count("steps", asked & Q(steps__state=State.DONE)))
        .order_by("-start_date", "-pk")
    )


def _replies(membership) -> dict:
    """Counted with the plans themselves; only for whoever may look at replies."""
    if not membership.is_boss:
        return {"drafts_waiting": Value(0), "freedom_asked": Value(False)}
    waiting = Draft.objects.filter(onboarding=OuterRef("pk"), state=Stand.SUBMITTED).order_by()
    count = waiting.values("onboarding").annotate(n=Count("pk")).values("n")
    asked = FreedomQuestion.objects.filter(onboarding=OuterRef("pk"), answered_at=None)
    return {"drafts_waiting": Coalesce(Subquery(count), 0), "freedom_asked": Exists(asked)}


def _mirror(row) -> Mirror:
    ahead = max((row.start_date - row.today()).days, 0)
    return Mirror(
        row,
        row.day_number(),
        ahead,
        today.Progress(row.finished, row.asked),
        drafts=row.drafts_waiting,
        freedom=bool(row.freedom_asked),
    )


def _unfinished(company, membership, found) -> list[Step]:
    """What is given or due. Two days more than UTC's today, because somewhere it is tomorrow already."""
    latest = max((mirror.onboarding.today() for mirror in found.values()), default=None)
    if latest is None:
        return []
    due = Q(state=State.SUBMITTED) | Q(state__in=UNDONE, due_on__lte=latest, missed=False, waits=False)
    rows = Step.objects.for_company(company).visible_to(membership).filter(due, onboarding__in=found)
    newest = StepAnswer.objects.filter(step=OuterRef("pk")).order_by("-number")
    rows = rows.annotate(said=Subquery(newest.values("body")[:1]), mood=Subquery(newest.values("mood")[:1]))
    steps = list(rows.in_order())
    for step in steps:
        step.onboarding = found[step.onboarding_id].onboarding
    return steps


def _sort_in(mirror, step, membership) -> None:
    day = mirror.onboarding.today()
    if step.state == State.SUBMITTED:
        if moves.may("receive", step, membership):
            mirror.waiting.append(step)
    elif step.owner != Part.HIRE:
        if step.due_on <= day:
            mirror.mine.append(step)
    elif mirror.day and step.is_late(day):
        mirror.late.append(step)
