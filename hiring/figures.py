"""The numbers of hiring, all from the history rows, counted by the database: {stage, source, hire} of some jobs.

A move that was taken back counts as never made, and so does the row that took it back. Tests of one's own and what was
deleted count nowhere; whoever was erased still counts. How long somebody stayed in another system is not known.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from hiring.funnel import Source, Stage
from hiring.models.moves import ORDER

# One row for each true move: when the next one came, the furthest stage of those that follow, and how it ended.
# {days} differs between the engines; everything else is standard SQL.
STEPS = """
WITH true_move AS (
  SELECT m.id, m.application_id, a.job_id, m.from_stage, m.to_stage, m.from_outcome, m.to_outcome, m.at, m.how,
         CASE m.to_stage {order} END AS nth
  FROM hiring_stagemove m
  JOIN hiring_application a ON a.id = m.application_id
  WHERE a.job_id IN ({jobs}) AND NOT a.is_test AND a.deleted_at IS NULL AND m.undoes_id IS NULL
    AND NOT EXISTS (SELECT 1 FROM hiring_stagemove u WHERE u.undoes_id = m.id)
), step AS (
  SELECT t.*,
         LEAD(at) OVER following AS until,
         MAX(nth) OVER (following ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS furthest,
         FIRST_VALUE(at) OVER following AS applied_at,
         FIRST_VALUE(to_outcome) OVER backwards AS outcome,
         FIRST_VALUE(to_stage) OVER backwards AS stage,
         ROW_NUMBER() OVER (PARTITION BY application_id, to_stage, to_outcome ORDER BY id) AS again
  FROM true_move t
  WINDOW following AS (PARTITION BY application_id ORDER BY id),
         backwards AS (PARTITION BY application_id ORDER BY id DESC)
)
"""
OVER = "(outcome <> 'active' OR stage = 'hired')"
# Moved into a stage, the first time: not the lines that only tell an outcome, nor being taken up again where it ended.
ENTRY = "to_outcome = 'active' AND from_stage <> to_stage AND again = 1"
COUNTS = """
SELECT to_stage, COUNT(*),
       SUM(CASE WHEN {over} THEN 1 ELSE 0 END),
       SUM(CASE WHEN {over} AND furthest > nth THEN 1 ELSE 0 END)
FROM step WHERE {entry} GROUP BY to_stage
"""
MEDIANS = """
, spell AS (
  SELECT to_stage, {days} AS days,
         ROW_NUMBER() OVER (PARTITION BY to_stage ORDER BY {days}) AS place,
         COUNT(*) OVER (PARTITION BY to_stage) AS n
  FROM step
  WHERE until IS NOT NULL AND to_outcome = 'active' AND to_stage <> 'hired' AND how <> 'import'
)
SELECT to_stage, MAX(n), AVG(days) FROM spell WHERE place IN ((n + 1) / 2, (n + 2) / 2) GROUP BY to_stage
"""
HIRES = """
SELECT application_id, job_id, at, applied_at FROM step
WHERE to_stage = 'hired' AND to_outcome = 'active' AND stage = 'hired' AND outcome = 'active' AND until IS NULL
ORDER BY application_id
"""
SOURCES = """
SELECT a.source, COUNT(*), COALESCE(SUM(called), 0), COALESCE(SUM(past), 0), SUM(hired) FROM (
  SELECT application_id,
         MAX(CASE WHEN to_stage = 'phone' AND {entry} AND {over} THEN 1 ELSE 0 END) AS called,
         MAX(CASE WHEN to_stage = 'phone' AND {entry} AND {over} AND furthest > nth THEN 1 ELSE 0 END) AS past,
         MAX(CASE WHEN stage = 'hired' AND outcome = 'active' THEN 1 ELSE 0 END) AS hired
  FROM step GROUP BY application_id
) person JOIN hiring_application a ON a.id = person.application_id
GROUP BY a.source ORDER BY COUNT(*) DESC, a.source
"""
DAYS = {
    "sqlite": "(JULIANDAY(until) - JULIANDAY(at))",
    "postgresql": "(EXTRACT(EPOCH FROM until - at) / 86400.0)",
}


@dataclass(frozen=True)
class Hire:
    application_id: int
    job_id: int
    applied_at: datetime
    hired_at: datetime

    @property
    def days(self) -> float:
        """Time to hire: accepted less applied."""
        return (self.hired_at - self.applied_at).total_seconds() / 86_400


def stages(jobs) -> list[Stage]:
    """Every stage in its order, of the jobs with these numbers. Two queries."""
    counts = {code: figures for code, *figures in _rows(COUNTS, jobs)}
    medians = {code: figures for code, *figures in _rows(MEDIANS, jobs)}
    return [_stage(code, counts.get(code, (0, 0, 0)), medians.get(code, (0, None))) for code in ORDER]


def _stage(code, counts, median) -> Stage:
    entered, over, passed = counts
    spells, days = median
    return Stage(str(code), entered, over, passed, spells, None if days is None else float(days))


def hires(jobs) -> list[Hire]:
    """Who was hired and is; one query."""
    return [Hire(pk, job, _moment(applied), _moment(at)) for pk, job, at, applied in _rows(HIRES, jobs)]


def sources(jobs) -> list[Source]:
    """Where people came from, most first; "" is not known. What it cost is the caller's. One query."""
    return [Source(*row) for row in _rows(SOURCES, jobs)]


def _rows(sql, jobs) -> list[tuple]:
    jobs = [int(job) for job in jobs]
    if not jobs:
        return []
    order = " ".join(f"WHEN '{stage.value}' THEN {nth}" for nth, stage in enumerate(ORDER))
    places = ", ".join(["%s"] * len(jobs))
    said = (STEPS + sql).format(
        order=order, jobs=places, days=DAYS[connection.vendor], over=OVER, entry=ENTRY
    )
    with connection.cursor() as cursor:
        cursor.execute(said, jobs)
        return cursor.fetchall()


def _moment(value) -> datetime:
    """SQLite has no moments: what it keeps is UTC, given as text out of a window and without a zone otherwise."""
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    return value if value.tzinfo else value.replace(tzinfo=UTC)
