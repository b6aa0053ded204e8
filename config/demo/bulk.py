"""Many applications at once, past the pipeline on purpose: for looking at, and measuring, full boards."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from config.demo import names
from hiring.models import Answer, Application, Candidate, How, Job, Outcome, Stage, StageMove
from vault.folding import fold, sort_key

CHUNK = 2_000
STAGES = list(Stage)
# Share of all that is active at each stage; the rest was not selected at the stage it reached.
ACTIVE = {Stage.CV: 0.30, Stage.PHONE: 0.12, Stage.INTERVIEW: 0.08, Stage.REFERENCES: 0.05, Stage.OFFER: 0.05}
HIRED = 0.05
LETTER = (
    "I have answered customers of a small shop for two years, by e-mail and chat. I like it when somebody writes "
    "angry and leaves happy, and I write down what I learn so that the next person finds it."
)
TOOLS = ("Zendesk.", "Gorgias.", "Help Scout.", "Freshdesk.", "Kayako.", "Shopify.", "No tool yet.")


@dataclass(frozen=True)
class Plan:
    """Where one invented person stands."""

    number: int
    stage: Stage
    outcome: Outcome
    applied: datetime

    @property
    def passed(self) -> list[Stage]:
        """The stages this person has been in, in order."""
        return STAGES[: STAGES.index(self.stage) + 1]

    @property
    def over(self) -> bool:
        return self.outcome != Outcome.ACTIVE or self.stage == Stage.HIRED


def _plan(number: int, rng: random.Random, now: datetime) -> Plan:
    applied = now - timedelta(days=30 + rng.random() * 60)
    roll = rng.random()
    for stage, share in [*ACTIVE.items(), (Stage.HIRED, HIRED)]:
        if roll < share:
            return Plan(number, stage, Outcome.ACTIVE, applied)
        roll -= share
    return Plan(number, rng.choice(STAGES[:3]), Outcome.NOT_SELECTED, applied)


def fill(job: Job, count: int, *, seed: int = 1) -> Iterator[int]:
    """Adds `count` applications to `job` in batches; yields how many there are so far."""
    rng, now, start = random.Random(seed), timezone.now(), job.last_number  # noqa: S311
    questions = list(job.questions.all())
    for first in range(0, count, CHUNK):
        plans = [_plan(start + n + 1, rng, now) for n in range(first, min(first + CHUNK, count))]
        _write(job, plans, questions)
        Job.objects.filter(pk=job.pk).update(last_number=start + first + len(plans))
        yield first + len(plans)


def one(job: Job, stage: Stage) -> Application:
    """One more who is in the running at that stage, applied just now."""
    job.refresh_from_db()
    number = job.last_number + 1
    [row] = _write(job, [Plan(number, stage, Outcome.ACTIVE, timezone.now())], [])
    Job.objects.filter(pk=job.pk).update(last_number=number)
    return row


def _write(job, plans, questions) -> list[Application]:
    candidates = Candidate.objects.bulk_create([Candidate(company_id=job.company_id) for _ in plans])
    rows = [_application(job, plan, candidate) for plan, candidate in zip(plans, candidates, strict=True)]
    rows = Application.objects.bulk_create(rows)
    pairs = list(zip(rows, plans, strict=True))
    StageMove.objects.bulk_create(
        [move for row, plan in pairs for move in _moves(row, plan)], batch_size=CHUNK
    )
    Answer.objects.bulk_create(
        [
            Answer(company_id=job.company_id, application=row, question=question, text=LETTER)
            for row, plan in pairs
            for question in questions
            if plan.number % 3
        ],
        batch_size=CHUNK,
    )
    return rows


def _application(job, plan, candidate) -> Application:
    name = names.name(plan.number)
    email = names.email(plan.number, name)
    moved = plan.applied + timedelta(days=3 * (len(plan.passed) - 1))
    return Application(
        company_id=job.company_id,
        job=job,
        candidate=candidate,
        number=plan.number,
        name=name,
        email=email,
        cover_letter=f"{LETTER} {TOOLS[plan.number % len(TOOLS)]}",
        search=fold(f"{name} {email}"),
        sort_name=sort_key(name)[:250],
        stage=plan.stage,
        outcome=plan.outcome,
        submitted_at=plan.applied,
        stage_entered_at=moved,
        ended_at=moved + timedelta(days=1) if plan.over else None,
        told="mail" if plan.outcome == Outcome.NOT_SELECTED else "",
        source=("linkedin", "friend", "own", "wwr")[plan.number % 4],
    )


def _moves(row, plan) -> Iterator[StageMove]:
    before = ""
    for step, stage in enumerate(plan.passed):
        yield StageMove(
            company_id=row.company_id,
            application=row,
            job_id_then=row.job_id,
            from_stage=before,
            to_stage=stage,
            from_outcome=Outcome.ACTIVE if before else "",
            at=plan.applied + timedelta(days=3 * step),
            how=How.BULK if before else How.FORM,
            by_link=not before,
        )
        before = stage
