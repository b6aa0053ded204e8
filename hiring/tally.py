"""Counting the ways people went, one person after another: plain values in and out, no Django.

A way is the list of somebody's true moves in their order, taken back ones left out. It is gone through once, and
nothing of it is kept but counts and the lengths of stays, so that a million moves need little room.
"""

from array import array
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from hiring.funnel import Source, Stage

CALL, HIRED, ACTIVE, ELSEWHERE = "phone", "hired", "active", "import"
DAY = 86_400


class Move(NamedTuple):
    """One line of the history; `at` in seconds since 1970.."""

    person: int
    job: int
    source: str
    start: str  # the stage before; empty: applied
    stage: str
    outcome: str  # after the move
    at: float
    how: str


class Hired(NamedTuple):
    person: int
    job: int
    applied: float
    at: float


@dataclass
class Tally:
    """`order` are the stages from first to last."""

    order: tuple[str, ...]
    entered: Counter = field(default_factory=Counter)
    over: Counter = field(default_factory=Counter)
    passed: Counter = field(default_factory=Counter)
    stays: dict[str, array] = field(default_factory=dict)  # stage -> days
    came_by: dict[str, Counter] = field(default_factory=dict)
    hires: list[Hired] = field(default_factory=list)

    def __post_init__(self):
        self.nth = {stage: number for number, stage in enumerate(self.order)}
        self.stays = {stage: array("d") for stage in self.order}

    def add(self, way: list[Move]) -> None:
        """One person's moves, at least one."""
        last = way[-1]
        hired = last.stage == HIRED and last.outcome == ACTIVE
        over = hired or last.outcome != ACTIVE
        reached = self._enter(way, over)
        self._stay(way)
        if hired:
            self.hires.append(Hired(last.person, last.job, way[0].at, last.at))
        by = self.came_by.setdefault(last.source, Counter())
        by["people"] += 1
        by["hired"] += hired
        if over and CALL in reached:
            by["called"] += 1
            by["past_call"] += reached[CALL]

    def _enter(self, way, over) -> dict[str, bool]:
        """{stage entered: whether a later one followed}, counted once each; read from the end, where one knows both."""
        furthest, reached = -1, {}
        for move in reversed(way):
            if move.outcome == ACTIVE and move.start != move.stage:
                reached[move.stage] = furthest > self.nth[move.stage]  # the first time is met last
            furthest = max(furthest, self.nth[move.stage])
        for stage, went_on in reached.items():
            self.entered[stage] += 1
            self.over[stage] += over
            self.passed[stage] += over and went_on
        return reached

    def _stay(self, way):
        """How long somebody stayed, where that has ended; of a stay in another system nobody knows."""
        for move, after in pairwise(way):
            if move.outcome == ACTIVE and move.stage != HIRED and move.how != ELSEWHERE:
                self.stays[move.stage].append((after.at - move.at) / DAY)

    def stages(self) -> list[Stage]:
        return [self._stage(code) for code in self.order]

    def _stage(self, code) -> Stage:
        days = self.stays[code]
        middle = median(days) if days else None
        return Stage(code, self.entered[code], self.over[code], self.passed[code], len(days), middle)

    def sources(self) -> list[Source]:
        """Most people first."""
        names = sorted(self.came_by, key=lambda code: (-self.came_by[code]["people"], code))
        return [Source(code, **{key: self.came_by[code][key] for key in _OF_SOURCE}) for code in names]


_OF_SOURCE = ("people", "called", "past_call", "hired")
