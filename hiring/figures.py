"""The numbers of hiring, all from the history rows: stages, sources and hires of some jobs, counted in one pass.

A move that was taken back counts as never made, and so does the row that took it back. Tests of one's own and what was
deleted count nowhere; whoever was erased still counts. How long somebody stayed in another system is not known.

The database only hands the rows over in their order: its windows over a million of them took two minutes on SQLite,
reading and counting take seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter

from django.db import connection

from hiring.models.moves import ORDER
from hiring.tally import Move, Tally

# Of each person together and in their order, the way the index lies (`move_of_application`, read backwards).
MOVES = """
SELECT m.application_id, a.job_id, a.source, m.from_stage, m.to_stage, m.to_outcome, {seconds}, m.how, m.id, m.undoes_id
FROM hiring_stagemove m
JOIN hiring_application a ON a.id = m.application_id
WHERE a.job_id IN ({jobs}) AND NOT a.is_test AND a.deleted_at IS NULL
ORDER BY m.application_id DESC, m.id
"""
SECONDS = {
    "sqlite": "(JULIANDAY(m.at) - 2440587.5) * 86400",
    "postgresql": "EXTRACT(EPOCH FROM m.at)::float8",
}
CHUNK = 2_000


def count(jobs) -> Tally:
    """Of the jobs with these numbers. One query, however many; memory does not grow with the rows."""
    tally = Tally(tuple(str(stage) for stage in ORDER))
    with _asked([int(job) for job in jobs]) as rows:
        for _person, lines in groupby(rows, key=itemgetter(0)):
            tally.add(_way(list(lines)))
    return tally


def _way(lines) -> list[Move]:
    """Without what was taken back and what took it back; how somebody came stays in any case."""
    back = {line[-1] for line in lines}
    return [Move._make(line[:-2]) for line in lines if line[-2] not in back and line[-1] is None]


@contextmanager
def _asked(jobs):
    if not jobs:
        yield iter(())
        return
    places = ", ".join(["%s"] * len(jobs))
    with connection.chunked_cursor() as cursor:
        cursor.execute(MOVES.format(jobs=places, seconds=SECONDS[connection.vendor]), jobs)
        yield _fetched(cursor)


def _fetched(cursor) -> Iterator[tuple]:
    while rows := cursor.fetchmany(CHUNK):
        yield from rows
