"""Somebody whose first weeks are over: goals with their numbers, hours given back, what was learned."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from accounts.models import Membership, Role
from onboarding import goals, lessons, onward, plans
from onboarding.kinds import State
from readiness import after, assessments
from readiness.models import Assessment

DAYS = 100  # since the first one
BEFORE, MEASURED = 120, 10  # days ago: the answers before and since
OWN_HOURS = (22, 20, 19, 17, 16, 16, 15, 14, 14, 13, 13, 12)
PERSON_HOURS = (6, 6, 6, 8, 8, 8, 8, 8, 10, 10, 10, 10)
WHY = {3: "She knows the returns by now", 8: "Autumn: twice the parcels"}
HAPPY = ((41, 48), (44, 49), (50, 55), (52, 55), (57, 60))
REPLY_HOURS = ("19", "14.5", "9", "7", "5.5")
LEARNED = {
    "keep": "Fifteen real e-mails together on the second day. Nothing else taught so much.",
    "change": "Write the return policy down before anybody starts, not in the second week.",
    "drop": "The question about the five-year plan.",
    "longest": "The help desk: a seat, then the rights to refund.",
}


def begin_before(shop) -> None:
    """The answer that began it all is older than everything else."""
    _date(Assessment.objects.for_company(shop).get(), BEFORE)


def _date(row, days_ago) -> None:
    Assessment.objects.filter(pk=row.pk).update(created_at=timezone.now() - timedelta(days=days_ago))


def make(shop, owner, answers) -> None:
    start = timezone.localdate() - timedelta(days=DAYS)
    hire = Membership.objects.create(company=shop, role=Role.HIRE, name="Pia Lind", email="pia@lumi.example")
    compared = after.begin(
        company=shop, by=owner, start_date=start, job_title="Customer support on Saturdays", hours_week=6
    )
    onboarding = plans.start(
        company=shop,
        by=owner,
        hire=hire,
        manager=owner,
        start_date=start,
        weekdays=[0, 2, 5],
        job_title="Customer support on Saturdays",
        hours_week=6,
    )
    onward.leads_to(onboarding, after_url=after.address(compared))
    after.meant(compared, hire)
    onboarding.steps.update(state=State.DONE, completed_at=timezone.now(), completed_by=owner, missed=False)
    onward.settle(onboarding, by=owner)
    _goals(onboarding, owner)
    _hours(compared, owner)
    _measured(shop, owner, answers)
    lessons.write(onboarding, by=owner, **LEARNED)


def _goals(onboarding, owner) -> None:
    shared = {"baseline": Decimal(85), "target": Decimal(95), "unit": "percent", "direction": "up"}
    happy = goals.create(onboarding, by=owner, kind="csat", **shared)
    sooner = goals.create(
        onboarding,
        by=owner,
        kind="reply",
        baseline=Decimal(24),
        target=Decimal(6),
        unit="hours",
        direction="down",
        a_week=300,
    )
    today = onboarding.today()
    for weeks, (counts, hours) in enumerate(zip(HAPPY, REPLY_HOURS, strict=True)):
        day = today - timedelta(days=14 * (len(HAPPY) - weeks))
        goals.read(happy, goals.Said(day, positive=counts[0], total=counts[1]), by=owner)
        goals.read(sooner, goals.Said(day, Decimal(hours)), by=owner)


def _hours(compared, owner) -> None:
    first = after.monday_of(compared.start_date)
    for week, (own, person) in enumerate(zip(OWN_HOURS, PERSON_HOURS, strict=True)):
        after.write_week(
            compared,
            by=owner,
            monday=first + timedelta(weeks=week),
            owner=own,
            person=person,
            why=WHY.get(week, ""),
        )


def _measured(shop, owner, answers) -> None:
    """Again, ten days ago: lighter, and still enough to hire a first colleague for the week."""
    now = answers | {"support_hours": 14, "brand_hours": 20, "breath": 3, "oldest_days": 1, "well_day": 50}
    _date(assessments.save(company=shop, by=owner.user, answers=now), MEASURED)
