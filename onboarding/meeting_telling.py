"""What meetings tell (mailroom.told): something was put on the next one, somebody has promised something, one is today.

None of these say what it is about: that stands on the page, for those who may read it.
"""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Membership, Role
from mailroom import outbox, told
from mailroom.models import How
from onboarding import parts
from onboarding.kinds import Part
from onboarding.models import Action, Meeting, Point
from onboarding.templatetags.plan_days import clock

LETTERS = {"onboarding_meeting", "onboarding_first_day_call"}
RAISED, OWES, MEETS = "meeting_point", "meeting_action", "meeting_today"


def register() -> None:
    told.letters.update(LETTERS)
    rows = [
        (RAISED, gettext_lazy("Something was put on your next weekly meeting"), points, "point"),
        (OWES, gettext_lazy("A meeting agreed that you do something"), actions, "action"),
        (MEETS, gettext_lazy("Your weekly meeting is today"), meetings, "meeting"),
    ]
    for key, label, look, noun in rows:
        told.register(key, label=label, default=How.ONCE, roles=Role.values, look=look, noun=noun)


def raised(point, *, by) -> None:
    """Whom it is for: the manager, and the new colleague where somebody else wrote it for both to read."""
    plan = point.onboarding
    others = [plan.manager] if parts.of(by, plan) != Part.MANAGER else [plan.hire]
    told.tell(kind=RAISED, members=others, about=point.pk, by=by, not_before=outbox.soon())


def owes(action, *, by) -> None:
    told.tell(kind=OWES, members=[action.owner], about=action.pk, by=by, not_before=outbox.soon())


def meets(meeting, member) -> None:
    told.tell(kind=MEETS, members=[member], about=meeting.pk)


def _page(row) -> str:
    return reverse("onboarding:meetings", args=[row.onboarding_id])


def _both(members: list[Membership], plan) -> set[int]:
    return {member.pk for member in members if parts.of(member, plan) in {Part.HIRE, Part.MANAGER}}


def _rows(model, members, pks):
    rows = model.objects.for_company(members[0].company_id).filter(pk__in=pks, onboarding__cancelled_at=None)
    return rows.select_related("onboarding__hire", "onboarding__manager").order_by("pk")


def points(members, pks) -> dict[int, told.Thing]:
    return {
        row.pk: told.Thing(
            _both(members, row.onboarding),
            row.dropped_at is not None or row.meeting_id is not None,
            _page(row),
            partial(_say_point, row),
        )
        for row in _rows(Point, members, pks)
    }


def actions(members, pks) -> dict[int, told.Thing]:
    return {
        row.pk: told.Thing({row.owner_id}, row.done_at is not None, _page(row), partial(_say_action, row))
        for row in _rows(Action, members, pks)
    }


def meetings(members, pks) -> dict[int, told.Thing]:
    return {
        row.pk: told.Thing(
            _both(members, row.onboarding),
            not row.is_planned or row.ends_at < timezone.now(),
            _page(row),
            partial(_say_meeting, row),
        )
        for row in _rows(Meeting, members, pks)
    }


def _say_point(point, reader) -> str:
    return _("Something was put on the next weekly meeting of %(name)s.") % {"name": point.onboarding.hire}


def _say_action(action, reader) -> str:
    return _("A weekly meeting agreed that you do something.")


def _say_meeting(meeting, reader) -> str:
    """The hour is the reader's own."""
    other = meeting.onboarding.manager if reader.pk == meeting.onboarding.hire_id else meeting.onboarding.hire
    values = {"name": other, "time": clock(timezone.localtime(meeting.starts_at).time())}
    return _("Your weekly meeting with %(name)s is today at %(time)s.") % values
