"""The numbers of hiring equal a slow and obvious counting of the same history, on histories of every kind."""

import random
from datetime import timedelta
from itertools import pairwise
from statistics import median

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hiring import figures, pipeline
from hiring.models import Application, Candidate, Job, Outcome, Stage, StageMove
from hiring.models.moves import MOVES, ORDER, OUTCOMES
from tests.hiring.factories import bring, go, make_application, make_job

pytestmark = pytest.mark.django_db
EACH, EXAMPLES = 25, 40  # histories of an example, and examples: a thousand
SOURCES = ("", "linkedin", "wwr", "friend")


# -- histories as the table of moves allows them


def walk(rng) -> list[tuple]:
    """(from_stage, to_stage, from_outcome, to_outcome, hours after the line before, the line it takes back)."""
    lines, stage, outcome = [("", Stage.CV, "", Outcome.ACTIVE, 0, None)], Stage.CV, Outcome.ACTIVE
    for _ in range(rng.randrange(9)):
        hours = rng.choice([0, 1, 5, 24, 100])
        last = lines[-1]
        if len(lines) > 1 and last[5] is None and rng.random() < 0.2:
            line = (stage, last[0], outcome, last[2], hours, len(lines) - 1)
        elif outcome != Outcome.ACTIVE or (stage != Stage.HIRED and rng.random() < 0.3):
            line = (stage, stage, outcome, rng.choice(OUTCOMES[outcome]), hours, None)
        else:
            line = (stage, rng.choice(list(MOVES[stage])), outcome, Outcome.ACTIVE, hours, None)
        lines.append(line)
        stage, outcome = line[1], line[3]
    return lines


def written(job, histories) -> None:
    """Rows as the pipeline leaves them, without the minutes it would take."""
    start, first = timezone.now() - timedelta(days=90), job.last_number + 1
    people = Candidate.objects.bulk_create(Candidate(company_id=job.company_id) for _ in histories)
    rows = Application.objects.bulk_create(
        Application(
            company_id=job.company_id, job=job, candidate=person, number=number, name="P", source=source
        )
        for number, (person, (source, _)) in enumerate(zip(people, histories, strict=True), first)
    )
    for row, (_, lines) in zip(rows, histories, strict=True):
        made, at = [], start
        for from_stage, to_stage, from_outcome, to_outcome, hours, undoes in lines:
            at += timedelta(hours=hours)
            made.append(
                StageMove.objects.create(
                    company_id=job.company_id, application=row, job_id_then=job.pk, from_stage=from_stage,
                    to_stage=to_stage, from_outcome=from_outcome, to_outcome=to_outcome, at=at, how="page",
                    undoes=made[undoes] if undoes is not None else None,
                )
            )  # fmt: skip


# -- the slow counting


def true_lines(lines) -> list[tuple]:
    """(stage before, stage, outcome, hours since applied) of the moves that stand."""
    back = {line[5] for line in lines if line[5] is not None}
    hours, found = 0, []
    for number, line in enumerate(lines):
        hours += line[4]
        if number not in back and line[5] is None:
            found.append((line[0], line[1], line[3], hours))
    return found


def is_over(lines) -> bool:
    return lines[-1][2] != Outcome.ACTIVE or lines[-1][1] == Stage.HIRED


def entered_at(lines, stage) -> int | None:
    """The line in which somebody first came into the stage."""
    places = [n for n, line in enumerate(lines) if line[1] == stage != line[0] and line[2] == Outcome.ACTIVE]
    return places[0] if places else None


def passed(lines, stage) -> bool:
    after = lines[entered_at(lines, stage) + 1 :]
    return any(ORDER.index(line[1]) > ORDER.index(stage) for line in after)


def spells(lines, stage) -> list[float]:
    """Days of each ended stay in the stage."""
    return [
        (after[3] - line[3]) / 24
        for line, after in pairwise(lines)
        if line[1] == stage and line[2] == Outcome.ACTIVE and stage != Stage.HIRED
    ]


def slowly(histories, stage) -> tuple:
    there = [lines for _, lines in histories if entered_at(lines, stage) is not None]
    over = [lines for lines in there if is_over(lines)]
    days = [day for _, lines in histories for day in spells(lines, stage)]
    middle = round(median(days), 4) if days else None
    return len(there), len(over), sum(passed(lines, stage) for lines in over), len(days), middle


def slow_source(histories, source) -> tuple:
    mine = [lines for said, lines in histories if said == source]
    called = [lines for lines in mine if is_over(lines) and entered_at(lines, Stage.PHONE) is not None]
    hired = [lines for lines in mine if lines[-1][1:3] == (Stage.HIRED, Outcome.ACTIVE)]
    return len(mine), len(called), sum(passed(lines, Stage.PHONE) for lines in called), len(hired)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_a_thousand_histories_are_counted_as_slowly(company, seed):
    rng = random.Random(seed)
    job = make_job(company)
    said = [(rng.choice(SOURCES), walk(rng)) for _ in range(EACH)]
    written(job, said)
    histories = [(source, true_lines(lines)) for source, lines in said]
    tally = figures.count([job.pk])
    found = {
        stage.code: (stage.entered, stage.over, stage.passed, stage.spells, rounded(stage.median_days))
        for stage in tally.stages()
    }
    assert found == {stage: slowly(histories, stage) for stage in ORDER}
    assert {s.code: (s.people, s.called, s.past_call, s.hired) for s in tally.sources()} == {
        source: slow_source(histories, source) for source in {source for source, _ in said}
    }
    hours = sorted(lines[-1][3] for _, lines in histories if lines[-1][1:3] == (Stage.HIRED, "active"))
    assert sorted(round((hire.at - hire.applied) / 3600) for hire in tally.hires) == hours


def rounded(days):
    return None if days is None else round(days, 4)


# -- and as the product makes them


@pytest.fixture
def job(company):
    return make_job(company)


def by_code(job) -> dict:
    return {stage.code: stage for stage in figures.count([job.pk]).stages()}


def test_nobody_applied(job):
    found = figures.count([job.pk])
    assert [(s.entered, s.median_days) for s in found.stages()] == [(0, None)] * len(ORDER)
    assert (found.sources(), found.hires, figures.count([]).sources()) == ([], [], [])


def test_a_hire_passed_every_stage(job, owner):
    person = bring(make_application(job, source="wwr"), Stage.HIRED, owner)
    found = by_code(job)
    assert [(found[s].entered, found[s].passed) for s in ORDER] == [(1, 1)] * 5 + [(1, 0)]
    hires = figures.count([job.pk]).hires
    assert [(h.person, h.job, round(h.at - h.applied, -2)) for h in hires] == [(person.pk, job.pk, 0)]


def test_a_stage_jumped_over_was_not_entered(job, owner):
    go(make_application(job), Stage.INTERVIEW, owner)
    found = by_code(job)
    assert (found["phone"].entered, found["interview"].entered) == (0, 1)


def test_whoever_is_still_there_is_in_no_share(job, owner):
    go(make_application(job), Stage.PHONE, owner)
    cv = by_code(job)["cv"]
    assert (cv.entered, cv.open, cv.share.n, cv.share.value) == (1, 1, 0, None)


def test_what_was_taken_back_never_was(job, owner):
    move = go(make_application(job), Stage.PHONE, owner)
    pipeline.undo(move, by=owner)
    found = by_code(job)
    assert (found["phone"].entered, found["cv"].spells) == (0, 0)


@pytest.mark.parametrize("fields", [{"is_test": True}, {"deleted_at": timezone.now()}])
def test_tests_and_what_was_deleted_count_nowhere(job, fields):
    Application.everything.filter(pk=make_application(job).pk).update(**fields)
    assert (by_code(job)["cv"].entered, figures.count([job.pk]).sources()) == (0, [])


def test_whoever_was_erased_still_counts(job):
    Application.everything.filter(pk=make_application(job).pk).update(erased_at=timezone.now())
    assert by_code(job)["cv"].entered == 1


def test_how_long_somebody_stayed_in_another_system_is_not_known(job, owner):
    person = {"name": "Ada Lind", "submitted_at": timezone.now() - timedelta(days=90), "stage": Stage.PHONE}
    (row,) = pipeline.receive_many(job, [person], by=owner)
    go(row, Stage.INTERVIEW, owner)
    found = by_code(job)
    assert (found["phone"].entered, found["phone"].spells, found["interview"].entered) == (1, 0, 1)


def test_other_jobs_and_other_shops_are_not_in_it(job, company, rival):
    make_application(make_job(company))
    make_application(make_job(rival.company))
    assert by_code(job)["cv"].entered == 0
    everywhere = figures.count(Job.objects.values_list("pk", flat=True)).stages()
    assert everywhere[0].entered == 2


@pytest.mark.parametrize("n", [1, 3])
def test_queries(job, owner, django_assert_num_queries, n):
    for _ in range(n):
        bring(make_application(job), Stage.PHONE, owner)
    with django_assert_num_queries(1):
        figures.count([job.pk])
