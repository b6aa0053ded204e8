"""What the page of the weekly meetings shows to each part. Reading only; a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from onboarding import friction, meetings
from onboarding.kinds import Kind, Part
from onboarding.models import Action, MeetingState, Point, Question, Series, StepAnswer

MOST = 60
COMING = 6
Source = Point.Source


@dataclass
class Section:
    """One of the fixed points. `lines` come from elsewhere in the product, `points` were put here."""

    title: str
    lines: list = field(default_factory=list)
    points: list = field(default_factory=list)


def context(onboarding, membership, part) -> dict:
    """Seven queries for the two who meet, two for the buddy."""
    if part == Part.BUDDY:
        return {"points": _points(onboarding, membership, part), "actions": _actions(onboarding, membership)}
    rows = list(onboarding.meetings.order_by("on", "at", "pk"))
    planned = [meeting for meeting in rows if meeting.is_planned]
    over = [row for row in reversed(rows) if row.state in {MeetingState.HELD, MeetingState.NOT_HELD}]
    for meeting in rows:
        meeting.onboarding = onboarding
    turn = planned[0] if planned else None
    held = [row.settled_at for row in over if row.settled_at and row.state == MeetingState.HELD]
    points = _points(onboarding, membership, part)
    return {
        "series": Series.objects.filter(onboarding=onboarding).first(),
        "meeting": turn,
        "coming": planned[1 : COMING + 1],
        "over": over[:MOST],
        "sections": sections(onboarding, points, max(held, default=None)),
        "actions": _actions(onboarding, None),
    }


def _points(onboarding, membership, part) -> list[Point]:
    rows = meetings.waiting(onboarding).select_related("by")
    if part == Part.BUDDY:
        rows = rows.filter(with_buddy=True)
    points = list(rows[:MOST])
    for point in points:
        point.onboarding = onboarding
        point.mine = point.by_id == membership.pk or part == Part.MANAGER
    return points


def _actions(onboarding, owner) -> list[Action]:
    """Open ones, the first due first; of one person, or of all."""
    rows = onboarding.actions.filter(done_at=None).select_related("owner")
    if owner is not None:
        rows = rows.filter(owner=owner)
    return list(rows.order_by("due_on", "pk")[:MOST])


def sections(onboarding, points, since=None) -> list[Section]:
    """The three fixed points, and what customers say; problems stand first under how it goes."""
    of = defaultdict(list)
    for point in points:
        of[point.source].append(point)
    heard = friction.for_meeting(onboarding.company_id, since or onboarding.created_at)
    return [
        Section(_("Questions that came up"), _questions(onboarding), of[Source.QUESTIONS]),
        Section(_("New projects"), [], of[Source.PROJECTS]),
        Section(_("How it goes"), _days(onboarding, since), of[Source.PROBLEM] + of[Source.HOW]),
        Section(_("What customers stumble over"), _counted(heard.stumbles), []),
        Section(_("What customers like"), _counted(heard.likes), of[Source.LIKES]),
        Section(_("What customers dislike"), _counted(heard.dislikes), of[Source.DISLIKES]),
    ]


def _counted(rows) -> list[str]:
    """As often as it came up since the last meeting."""
    return [
        ngettext("%(what)s (%(n)s time)", "%(what)s (%(n)s times)", row.new)
        % {"what": row.body, "n": row.new}
        for row in rows
    ]


def _questions(onboarding) -> list[str]:
    rows = Question.objects.filter(onboarding=onboarding, answered_at=None).order_by("asked_at", "pk")
    return list(rows.values_list("body", flat=True)[:MOST])


def _days(onboarding, since) -> list[str]:
    """What a new colleague wrote at the end of a day, since the last meeting."""
    rows = StepAnswer.objects.filter(step__onboarding=onboarding, step__kind=Kind.FORM).exclude(body="")
    if since is not None:
        rows = rows.filter(at__gte=since)
    return list(rows.order_by("at", "pk").values_list("body", flat=True)[:MOST])
