"""Who answers a new colleague's questions, until when, how soon, and who steps in."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts import conflicts
from accounts.models import Membership
from onboarding import asking
from onboarding.kinds import UNDONE, State
from onboarding.models import AnswerHours, Question
from onboarding.models.plan import zone_of
from vault import trail

OFFICE = time(9, 0)
COUNTED = 50  # the newest answers tell what is usual
FIELDS = ["windows", "usual_minutes", "stand_in", "away_from", "away_until", "revision"]


@dataclass(frozen=True)
class Card:
    """What the card says, in the reader's own time zone."""

    person: Membership
    until: datetime | None  # open now
    today: tuple[datetime, datetime] | None  # not yet, and later today
    opens: datetime | None  # else from when on
    away_until: object | None
    stand_in: Membership | None
    week: list[tuple[datetime, datetime]]
    usual: int | None  # minutes
    counted: bool  # from answers, not from what the person says
    elsewhere: bool  # in another time zone than the reader

    @property
    def steps_in(self) -> Membership | None:
        """Whoever is there while the person is not."""
        return None if self.until else self.stand_in


def card(onboarding, *, counted: int | None = None) -> Card:
    """No query, when the plan was read with its people. `counted` are the minutes of `usual_of`."""
    now, mine = timezone.now(), onboarding.zone
    hours, named = hours_of(onboarding), _named(onboarding.manager)
    week = [(begin.astimezone(mine), end.astimezone(mine)) for begin, end in asking.week(hours, now)]
    closes, opens = asking.closes(hours, now), asking.opens(hours, now)
    away = hours.away if hours.is_away(hours.day(now)) else None
    return Card(
        person=onboarding.manager,
        until=closes and closes.astimezone(mine),
        today=None if closes or away else _later_today(week, now),
        opens=opens and opens.astimezone(mine),
        away_until=away and away[1],
        stand_in=stand_in(onboarding),
        week=week,
        usual=counted or (named.usual_minutes if named else None),
        counted=counted is not None,
        elsewhere=hours.zone.utcoffset(now) != mine.utcoffset(now),
    )


def _later_today(week, now):
    same = [
        span for span in week if span[0] > now and span[0].date() == now.astimezone(span[0].tzinfo).date()
    ]
    return same[0] if same else None


def _named(member) -> AnswerHours | None:
    return getattr(member, "answer_hours", None)


def hours_of(onboarding) -> asking.Hours:
    """As the manager named them, else from nine to the hour that the plan says, on the new hire's working days."""
    zone, named = _zone(onboarding), _named(onboarding.manager)
    if named is not None:
        away = (named.away_from, named.away_until) if named.away_until else None
        return asking.Hours(zone, named.by_day, away)
    begin = OFFICE if onboarding.ask_until > OFFICE else time(0, 0)
    return asking.Hours(zone, dict.fromkeys(onboarding.weekdays, (begin, onboarding.ask_until)))


def _zone(onboarding) -> ZoneInfo:
    return zone_of(onboarding.manager, onboarding.company)


def stand_in(onboarding) -> Membership | None:
    """Somebody of the team other than the new colleague; None without one."""
    named = _named(onboarding.manager)
    there = named.stand_in if named else None
    return there if there and not there.removed_at and there.pk != onboarding.hire_id else None


def usual_of(onboarding) -> int | None:
    """The manager's usual wait in minutes of their hours, from answers to all they lead; None before three.

    One query. Hours of days gone by count as they are named today.
    """
    hours = hours_of(onboarding)
    rows = Question.objects.for_company(onboarding.company_id).exclude(answered_at=None)
    rows = rows.filter(onboarding__manager=onboarding.manager_id).order_by("-answered_at", "-pk")
    moments = rows.values_list("asked_at", "answered_at")[:COUNTED]
    return asking.usual([asking.worked(hours, asked, answered) for asked, answered in moments])


def of(member) -> AnswerHours:
    """What this member named, or an office week that nobody has saved yet."""
    found = AnswerHours.objects.for_company(member.company_id).filter(member=member).first()
    office = {str(day): ["09:00", "17:00"] for day in range(5)}
    return found or AnswerHours(company_id=member.company_id, member=member, windows=office, revision=0)


def name_hours(member, *, windows, usual_minutes, stand_in, away_until, seen) -> AnswerHours:
    """Saved for every plan this member leads. `seen` is the revision the form was made from.

    `windows` is weekday -> (from, to). Raises conflicts.Changed.
    """
    with transaction.atomic():
        Membership.objects.select_for_update(no_key=True, of=("self",)).get(pk=member.pk)
        row = of(member)
        conflicts.check(row, seen)
        row.windows = {str(day): [f"{at:%H:%M}" for at in named] for day, named in windows.items()}
        row.usual_minutes, row.stand_in = usual_minutes, stand_in
        if away_until != row.away_until:
            row.away_from = (
                timezone.localdate(timezone=zone_of(member, member.company)) if away_until else None
            )
            row.away_until = away_until
        row.revision += 1
        row.save()
        trail.record(
            "answer_hours.named",
            company_id=member.company_id,
            actor_id=member.user_id,
            kind="answer_hours",
            pk=row.pk,
            fields=FIELDS[:-1],
        )
    return row


def waits(question, now) -> timedelta:
    """How much of the manager's hours this question has waited."""
    return asking.worked(hours_of(question.onboarding), question.asked_at, now)


def is_named(onboarding) -> bool:
    return _named(onboarding.manager) is not None


def who_to_ask(onboarding):
    """The step that the card does by itself; None where it is done, or nobody named their hours yet."""
    if not is_named(onboarding):
        return None
    open_ = onboarding.steps.filter(key="who_to_ask", state__in=[*UNDONE, State.SUBMITTED])
    return open_.order_by("pk").first()
