"""How somebody arrives: a place in the company, the invitation, the welcome link; and how that is taken back."""

import secrets
from datetime import datetime, time, timedelta

from django.db import transaction

from accounts import conflicts, invitations, team, undoing
from accounts.models import Membership, Role
from mailroom import outbox
from onboarding import mails, plans, steps
from onboarding.models import Onboarding
from onboarding.models.plan import zone_named
from vault import links, trail

INVITE_AT = time(9, 0)
# The welcome pages stay readable through the first days, for somebody whose invitation went astray.
WELCOME_DAYS_AFTER = 7


def begin(*, company, by, name, email, start_date, weekdays, **fields) -> Onboarding:
    """A place, a plan and the welcome link for somebody new; for a member the plan alone.

    Raises IntegrityError when this person's plan runs already or its `reference` was opened before.
    """
    with transaction.atomic():
        hire, new = _place(company, email, name, by, plans.invite_day(start_date, weekdays))
        onboarding = plans.start(
            company=company, by=by, hire=hire, start_date=start_date, weekdays=weekdays, **fields
        )
        if new:
            mails.welcome(onboarding, welcome_link(onboarding))
    return onboarding


def by_hand(*, company, by, member, name, email, **fields) -> Onboarding:
    """The same without hiring, from a form: for `member`, or for somebody new."""
    if member is not None:
        name, email = member.name, member.email
    return begin(company=company, by=by, name=name, email=email, **fields)


def end(onboarding, *, by, reason) -> bool:
    """The plan ends, the welcome links die, and a place that only this plan gave is given back."""
    with transaction.atomic():
        team.lock(onboarding.company_id)
        if not plans.cancel(onboarding, by=by, reason=reason):
            return False
        links.revoke(purpose="welcome", subject=("onboarding", onboarding.pk))
        outbox.cancel(about=("onboarding", onboarding.pk), message="onboarding_welcome")
        outbox.cancel(about=("membership", onboarding.hire_id), message="invitation")
        leaves = onboarding.hire.role == Role.HIRE
        if by is not None:
            plans.remember_end(onboarding, {"left": leaves}, by=by)
        if leaves:
            # The product takes the place back itself: whoever may end the plan has been checked by now.
            team.remove(onboarding.hire, by=None)
    return True


def take_back(onboarding, mark: str, *, by) -> None:
    """A change of the plan of the last ten minutes, with what hung on it. Raises undoing.Refused.

    After an end that is taken back the place is there again, with new links: the old ones stay dead.
    """
    with transaction.atomic():
        team.lock(onboarding.company_id)
        taken = plans.take_back(onboarding, mark, by=by)
        onboarding.refresh_from_db(fields=["start_date", "invite_on", "cancelled_at"])
        if taken.what == "start":
            _invite_on(onboarding, by)
        elif taken.what == "end":
            _come_again(onboarding, taken.values["left"], by)


def _come_again(onboarding, left, by):
    if not left:
        return
    try:
        team.put_back(onboarding.hire, by=None, send_at=_at(onboarding.company, onboarding.invite_on))
    except team.Refused as refused:
        raise undoing.Gone(str(refused)) from refused
    if onboarding.hire.user_id is None:
        mails.welcome(onboarding, welcome_link(onboarding), key=f"welcome-back:{mark_of(onboarding)}")


def mark_of(onboarding) -> str:
    """Another one for each time a plan comes back."""
    return f"{onboarding.pk}:{secrets.token_hex(4)}"


def move_start(onboarding, *, by, start_date) -> int:
    """Another first day, for the plan and for an invitation that has not left."""
    with transaction.atomic():
        moved = plans.move_start(onboarding, by=by, start_date=start_date)
        _invite_on(onboarding, by)
    return moved


def set_details(onboarding, *, by, changed, seen=None, send=False) -> None:
    """What the welcome page says, and when the invitation goes out; with `send` the note goes out at once.

    `seen` is the revision the form was made from. Raises conflicts.Changed.
    """
    with transaction.atomic():
        now = plans.locked(onboarding)
        conflicts.check(now, seen)
        if changed:
            onboarding.revision = now.revision + 1
            onboarding.save(update_fields=[*changed, "revision"])
        if "invite_on" in changed:
            _invite_on(onboarding, by)
        trail.record(
            "onboarding.details_set",
            company_id=onboarding.company_id,
            actor_id=by.user_id,
            kind="onboarding",
            pk=onboarding.pk,
            fields=changed,
        )
        if onboarding.buddy_id and "buddy" in changed:
            steps.did(onboarding, "name_buddy", by=by)
        if send:
            steps.did(onboarding, "welcome_note", by=by)
            mails.first_day(onboarding, welcome_link(onboarding))


def invitation_waits(onboarding) -> bool:
    """Can its day still be changed?"""
    return outbox.state(about=("membership", onboarding.hire_id), message="invitation") == "waiting"


def welcome_link(onboarding) -> str:
    """A new token for the welcome pages, good until a week after the start."""
    last = onboarding.start_date + timedelta(days=WELCOME_DAYS_AFTER)
    days = max((last - onboarding.today()).days, 1)
    return links.mint(
        purpose="welcome", subject=("onboarding", onboarding.pk), company_id=onboarding.company_id, days=days
    )


def _place(company, email, name, by, day) -> tuple[Membership, bool]:
    """The person's place in the company: the one they have, else a new one with an invitation."""
    members = Membership.objects.for_company(company).active().select_related("user", "company")
    if (there := members.filter(email__iexact=email.strip()).first()) is not None:
        return there, False
    try:
        send_at = _at(company, day)
        return team.invite(
            company=company, email=email, name=name, role=Role.HIRE, by=by, send_at=send_at
        ), True
    except team.Refused as refused:
        raise plans.Refused(str(refused)) from refused


def _invite_on(onboarding, by) -> None:
    """The unsent invitation is replaced by one for the new day; one that has left stays as it is."""
    if outbox.cancel(about=("membership", onboarding.hire_id), message="invitation"):
        send_at = _at(onboarding.company, onboarding.invite_on)
        invitations.send(onboarding.hire, by=by, send_at=send_at)


def _at(company, day) -> datetime:
    return datetime.combine(day, INVITE_AT, tzinfo=zone_named(company.timezone))
