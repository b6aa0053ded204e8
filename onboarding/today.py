"""What the new hire sees of a plan today. Plain values from a list of steps and their clock; no queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from onboarding.kinds import NOT_ASKED, Change, Kind, Part, State

AT_MOST = 7
JOIN_EARLY = timedelta(minutes=10)
SAY_CHANGES = timedelta(days=2)
CHANGES_SHOWN = 5


@dataclass(frozen=True)
class Progress:
    done: int
    total: int

    @property
    def percent(self) -> int:
        """100 when everything is done and not before; 100 when nothing is asked."""
        return self.done * 100 // self.total if self.total else 100


@dataclass(frozen=True)
class Today:
    now: object | None  # the step that has a time and whose time it is
    todo: list  # at most seven with what is waiting and done
    waiting: list  # given, the partner's turn
    done: list  # finished today
    earlier: list  # finished before: done work stays visible
    more: list  # can wait
    missed: list
    ahead: list  # the next day's first steps, when nothing is left for today
    ahead_on: date | None
    evening: object | None  # the day's closing form
    late: int
    late_yesterday: bool  # all of it is from yesterday
    progress: Progress
    changed: list  # touched by a change of the plan in the last two days, the newest first

    @property
    def counted(self) -> int:
        return len(self.done)

    @property
    def total(self) -> int:
        return len(self.todo) + len(self.waiting) + len(self.done)

    @property
    def next(self):
        return self.todo[0] if self.todo else None


def build(steps, now: datetime, part=Part.HIRE) -> Today:
    """`now` is the hire's own clock; `steps` are all of their plan, in order."""
    own = [step for step in steps if step.concerns(part) and step.state != State.LEFT_OUT]
    day = now.date()
    # A form without questions of its own is asked in the evening; it is no line of the list.
    forms = [step for step in own if step.kind == Kind.FORM and not step.asks]
    listed = [step for step in own if step not in forms or step.finished]
    undone = [step for step in listed if step.undone and not step.missed and not step.waits]
    due = sorted((s for s in undone if s.due_on <= day), key=lambda s: (s.due_on, s.at is None, s.position))
    waiting = [step for step in listed if step.state == State.SUBMITTED]
    finished = [step for step in listed if step.state == State.DONE]
    done = [step for step in finished if _finished_on(step, now) == day]
    late = [step for step in due if step.is_late(day) and step.undone]
    room = max(AT_MOST - len(done) - len(waiting), 0)
    ahead_on = min((s.due_on for s in undone if s.due_on > day), default=None)
    return Today(
        now=_now(due, now),
        todo=due[:room],
        waiting=waiting,
        done=done,
        earlier=[step for step in finished if step not in done],
        more=due[room:],
        missed=[step for step in listed if step.undone and step.missed],
        ahead=[s for s in undone if s.due_on == ahead_on][:3],
        ahead_on=ahead_on,
        evening=_evening(forms, now),
        late=len(late),
        late_yesterday=all(step.due_on == day - timedelta(days=1) for step in late),
        progress=progress(own),
        changed=_changed(steps, now, part),
    )


def progress(steps) -> Progress:
    """Of the required steps; one that is skipped or left out is neither done nor asked for."""
    asked = [step for step in steps if step.required and step.state not in NOT_ASKED]
    return Progress(sum(step.state == State.DONE for step in asked), len(asked))


def _changed(steps, now, part) -> list:
    """What the manager changed of this person's plan lately, unless they have finished it since."""
    fresh = [s for s in steps if s.changed_at and now - s.changed_at < SAY_CHANGES and not s.finished]
    theirs = [s for s in fresh if s.concerns(part) or s.changed == Change.NOT_YOURS]
    return sorted(theirs, key=lambda s: (s.changed_at, s.pk), reverse=True)[:CHANGES_SHOWN]


def _finished_on(step, now) -> date | None:
    return step.completed_at.astimezone(now.tzinfo).date() if step.completed_at else None


def _now(due, now):
    """The first meeting of today that has not ended; ten minutes ahead one may come in."""
    for step in due:
        if step.at and step.due_on == now.date():
            begins = datetime.combine(step.due_on, step.at, tzinfo=now.tzinfo)
            if now < begins + timedelta(minutes=step.minutes):
                return step
    return None


def joinable(step, now) -> bool:
    begins = datetime.combine(step.due_on, step.at, tzinfo=now.tzinfo)
    return now >= begins - JOIN_EARLY


def _evening(forms, now):
    """The closing form of a day, from its hour on; it stays until it was answered or two days have passed."""
    for step in forms:
        begins = datetime.combine(step.due_on, step.at or now.min.time(), tzinfo=now.tzinfo)
        if step.undone and not step.missed and begins <= now < begins + timedelta(days=2):
            return step
    return None


def daytime(now: datetime) -> str:
    """ "morning" from 4, "day" from 12, "evening" from 18 o'clock on."""
    if 4 <= now.hour < 12:
        return "morning"
    return "day" if 12 <= now.hour < 18 else "evening"


def first_name(name: str) -> str:
    return name.split()[0] if name.strip() else ""
