"""Meetings and first days as calendar messages: asked for, moved, called off; and one reminder on the day.

Each meeting is an event of its own, sent a week ahead, and not one rule for all of them: a week that is skipped, a
meeting that is moved and an end that comes early are then ordinary moves and ends, which every calendar program
understands alike. Exceptions to a rule are where Google, Outlook and Apple differ.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import agenda
from accounts.addresses import absolute
from mailroom import calendar_mail, outbox, told
from mailroom.compose import sender_address
from onboarding import in_calendars, mails, meeting_telling
from onboarding.models import FirstDayCall, Meeting, MeetingState, Onboarding

AHEAD = timedelta(days=8)
DAY = timedelta(days=1)
BATCH = 200
NOBODY = -1  # no calendar has heard of it
FROM_HOUR, TO_HOUR = 8, 20
PEOPLE = ("company", "hire__user", "manager__user", "buddy__user")
WITH_PLAN = [f"onboarding__{name}" for name in PEOPLE]


# -- weekly meetings


def send(*, batch=BATCH) -> int:
    """Every few minutes: what calendars have not heard of yet. How many messages."""
    return sum(_write_each(_unheard(), batch, _tell))


def _unheard():
    soon = timezone.now().date() + AHEAD
    today = timezone.now().date() - DAY
    coming = Q(state=MeetingState.PLANNED, onboarding__cancelled_at=None) & ~Q(invited=F("sequence"))
    gone = ~Q(state=MeetingState.PLANNED) & ~Q(state=MeetingState.HELD) | Q(
        onboarding__cancelled_at__isnull=False
    )
    rows = Meeting.objects.filter(company__closes_at=None, on__range=(today, soon))
    far = Meeting.objects.filter(company__closes_at=None, on__gt=soon, invited__gt=NOBODY)
    return (rows | far).filter(coming | gone & Q(invited__gt=NOBODY))


def _write_each(rows, batch, write):
    """One transaction for each row, locked while it is written: of two runs one finds nothing to do."""
    for pk in list(rows.order_by("pk").values_list("pk", flat=True)[:batch]):
        with transaction.atomic():
            lock = rows.select_for_update(no_key=True, of=("self",), skip_locked=True)
            row = lock.filter(pk=pk).order_by("pk").first()
            yield write(row) if row is not None else 0


def _tell(meeting) -> int:
    plan = Onboarding.objects.with_people().get(pk=meeting.onboarding_id)
    meeting.onboarding = plan
    gone = not meeting.is_planned or plan.cancelled_at is not None
    if gone and plan.cancelled_at:
        meeting.touch()  # should the plan go on, the next message is a newer one
    people = [person for person in (plan.hire, plan.manager) if not person.removed_at]
    for person in people:
        _send(meeting, plan, person, people, gone)
    meeting.invited = NOBODY if gone else meeting.sequence
    meeting.save(update_fields=["invited", "sequence", "changed_at"])
    return len(people)


def _send(meeting, plan, person, people, gone) -> None:
    other = plan.manager if person.pk == plan.hire_id else plan.hire
    how = "gone" if gone else "moved" if meeting.invited > NOBODY else "new"
    language = mails.language_of(person, plan)
    with translation.override(language):
        entry = in_calendars.meeting_of(meeting)
    attachment = calendar_mail.message(
        entry,
        organizer=_organizer(plan),
        attendees=[_person(each) for each in people],
        cancelled=gone,
        name="meeting.ics",
    )
    when = meeting.starts_at.astimezone(told.zone_of(person))
    outbox.post(
        message="onboarding_meeting",
        to=person.email,
        company=plan.company,
        about=("meeting", meeting.pk),
        language=language,
        context={"how": how, "other": other, "when": when, "meeting": meeting, "url": entry.url},
        key=f"meeting:{meeting.pk}:{meeting.sequence}:{how}:{person.pk}",
        reply_to=(other.name, other.email),
        attachments=[attachment],
    )


def _organizer(plan) -> calendar_mail.Person:
    """Who leads; the shop where that person has left, so that nobody is asked for who is not there."""
    leader = plan.manager
    if leader.removed_at is not None or leader.is_erased:
        return calendar_mail.Person(plan.company.name, plan.company.privacy_contact or sender_address())
    return _person(leader)


def _person(member) -> calendar_mail.Person:
    return calendar_mail.Person(str(member), member.email)


# -- the reminder


def remind(*, batch=BATCH) -> int:
    """Once for each meeting, on its day from 8 o'clock where each of the two is. How many were spoken of.

    A meeting that is over, moved to another day or called off is not spoken of; moved, it is again.
    """
    today = timezone.now().date()
    rows = Meeting.objects.filter(
        state=MeetingState.PLANNED, reminded_at=None, on__range=(today - DAY, today + DAY)
    )
    rows = rows.filter(onboarding__cancelled_at=None, company__closes_at=None)
    return sum(_write_each(rows, batch, _remind))


def _remind(meeting) -> int:
    plan = Onboarding.objects.with_people().get(pk=meeting.onboarding_id)
    meeting.onboarding = plan
    if not _time_for(meeting, plan):
        return 0
    for person in (plan.hire, plan.manager):
        meeting_telling.meets(meeting, person)
    meeting.reminded_at = timezone.now()
    meeting.save(update_fields=["reminded_at"])
    return 1


def _time_for(meeting, plan) -> bool:
    """Its day has come for both, nobody sleeps, and it has not begun."""
    now = timezone.now()
    starts = meeting.starts_at
    clocks = [told.zone_of(person) for person in (plan.hire, plan.manager)]
    awake = all(FROM_HOUR <= now.astimezone(zone).hour < TO_HOUR for zone in clocks)
    near = starts - now <= timedelta(hours=2)  # far apart they may never both be awake before it
    same_day = all(now.astimezone(zone).date() == starts.astimezone(zone).date() for zone in clocks)
    return now < starts and (near or (awake and same_day))


# -- the first day of the manager


def first_days(*, batch=BATCH) -> int:
    """Every few minutes: what the manager's calendar should say of a first day, where it says something else."""
    today = timezone.now().date()
    rows = Onboarding.objects.with_people().select_related("first_day_call__manager__user")
    rows = rows.filter(company__closes_at=None).filter(
        Q(start_date__gte=today, cancelled_at=None)
        | Q(first_day_call__starts_at__gt=timezone.now(), first_day_call__cancelled_at=None)
    )
    return sum(_call(plan) for plan in rows.order_by("pk").iterator(chunk_size=batch) if _differs(plan))


def _wanted(plan) -> dict | None:
    """None: no calendar should hold this day."""
    begins, ends = in_calendars.hours_of_first_day(plan)
    if (
        plan.cancelled_at
        or plan.manager.removed_at
        or plan.manager.user_id is None
        or begins < timezone.now()
    ):
        return None
    place = plan.place or plan.video_link
    return {"manager": plan.manager, "starts_at": begins, "ends_at": ends, "place": place}


def _heard(plan) -> FirstDayCall | None:
    call = getattr(plan, "first_day_call", None)
    return call if call and call.cancelled_at is None else None


def _differs(plan) -> bool:
    heard, wanted = _heard(plan), _wanted(plan)
    if heard is None or wanted is None:
        return heard is not wanted and (wanted is not None or heard.starts_at > timezone.now())
    return any(getattr(heard, name) != value for name, value in wanted.items())


def _call(plan) -> int:
    """Looks again with the plan locked: of two runs one finds that the other has told it."""
    with transaction.atomic():
        rows = Onboarding.objects.with_people().select_related("first_day_call__manager__user")
        plan = rows.select_for_update(no_key=True, of=("self",)).get(pk=plan.pk)
        if not _differs(plan):
            return 0
        wanted, heard = _wanted(plan), _heard(plan)
        told_other = heard and (wanted is None or heard.manager_id != plan.manager_id)
        row = getattr(plan, "first_day_call", None) or FirstDayCall(
            company_id=plan.company_id, onboarding=plan, sequence=-1
        )
        row.sequence, row.changed_at = row.sequence + 1, timezone.now()
        if told_other and not heard.manager.removed_at:
            _write_first_day(plan, row, heard.manager, gone=True)
        if wanted is None:
            row.cancelled_at = row.changed_at
        else:
            row.cancelled_at = None
            for name, value in wanted.items():
                setattr(row, name, value)
            _write_first_day(plan, row, plan.manager, gone=False)
        row.save()
    return 1


def _write_first_day(plan, row, manager, *, gone) -> None:
    with translation.override(told.language_of(manager)):
        values = {"name": plan.hire}
        entry = agenda.Entry(
            uid=in_calendars.number_of(plan, "day"),
            start=row.starts_at,
            end=row.ends_at,
            title=_("First day of %(name)s") % values,
            changed_at=row.changed_at,
            place=row.place,
            url=absolute(reverse("onboarding:plan", args=[plan.pk])),
            zone=plan.zone.key,
            sequence=row.sequence,
        )
    attachment = calendar_mail.message(
        entry,
        organizer=calendar_mail.Person(plan.company.name, plan.company.privacy_contact or sender_address()),
        attendees=[_person(manager)],
        cancelled=gone,
        name="first-day.ics",
    )
    zone = told.zone_of(manager)
    outbox.post(
        message="onboarding_first_day_call",
        to=manager.email,
        company=plan.company,
        about=("onboarding", plan.pk),
        language=told.language_of(manager),
        context={
            "how": "gone" if gone else "moved" if row.sequence else "new",
            "onboarding": plan,
            "starts": row.starts_at.astimezone(zone),
            "ends": row.ends_at.astimezone(zone),
            "url": entry.url,
        },
        key=f"first-day-call:{plan.pk}:{row.sequence}:{manager.pk}",
        attachments=[attachment],
    )
