"""The one door: hiring tells what it knows in plain values, and knows nothing of plans."""

from datetime import datetime, time, timedelta

from django.db import IntegrityError, transaction

from accounts.models import Membership, Role
from onboarding import defaults, mails, plans
from onboarding.models import Onboarding, SetupItem, SetupList
from onboarding.models.plan import zone_named
from vault import links

INVITE_AT = time(9, 0)
# The welcome pages stay readable through the first days, for somebody whose invitation went astray.
WELCOME_DAYS_AFTER = 7


def prepare(*, company, job_ref: str, job_title: str) -> SetupList:
    """The set-up list of a job that has been opened; the same list when it is called again."""
    with transaction.atomic():
        setup, made = SetupList.objects.get_or_create(
            company=company, job_ref=job_ref, defaults={"job_title": job_title}
        )
        if made:
            SetupItem.objects.bulk_create(
                SetupItem(company=company, setup=setup, key=key, position=position)
                for position, key in enumerate(_setup_keys(company), 1)
            )
    return setup


def _setup_keys(company) -> list[str]:
    first = not Onboarding.objects.for_company(company).running().exists()
    return [key for key in defaults.SETUP if first or key not in defaults.FIRST_EMPLOYEE_ONLY]


def open(
    *,
    company,
    by,
    name: str,
    email: str,
    job_title: str,
    start_date,
    hours_week,
    working_days,
    remote: bool,
    manager,
    language: str,
    contract_file_id: int | None,
    reference: str,
    weak_skills=(),
) -> Onboarding:
    """Somebody was hired: their plan, their place as a new hire and the welcome link, once per `reference`.

    `working_days` are weekdays, 0 for Monday; empty means Monday to Friday. `by` and `manager` are memberships.
    Called again, also at the same moment, it returns the onboarding that is there and sends nothing.
    """
    if (there := _opened(company, reference)) is not None:
        return there
    try:
        with transaction.atomic():
            onboarding = plans.start(
                company=company,
                by=by,
                hire=_place(company, email, name, by, _invite_at(company, start_date, working_days)),
                manager=manager,
                start_date=start_date,
                weekdays=working_days or plans.OFFICE_WEEK,
                weak_skills=weak_skills,
                job_title=job_title,
                hours_week=hours_week,
                remote=remote,
                language=language,
                contract_file_id=contract_file_id,
                reference=reference,
            )
            mails.welcome(onboarding, welcome_link(onboarding))
    except IntegrityError:
        # Somebody opened the same one while we were at it: theirs counts, and nothing of ours was written.
        if (there := _opened(company, reference)) is None:
            raise
        return there
    return onboarding


def cancel(*, company, reference: str, by, reason: str) -> bool:
    """Somebody will not start after all: the plan ends, the welcome links die, the place is given back."""
    onboarding = _opened(company, reference)
    if onboarding is None or not plans.cancel(onboarding, by=by, reason=reason):
        return False
    links.revoke(purpose="welcome", subject=("onboarding", onboarding.pk))
    return True


def welcome_link(onboarding) -> str:
    """A new token for the welcome pages, good until a week after the start."""
    last = onboarding.start_date + timedelta(days=WELCOME_DAYS_AFTER)
    days = max((last - onboarding.today()).days, 1)
    return links.mint(
        purpose="welcome", subject=("onboarding", onboarding.pk), company_id=onboarding.company_id, days=days
    )


def _opened(company, reference) -> Onboarding | None:
    return Onboarding.objects.with_people().for_company(company).filter(reference=reference).first()


def _place(company, email, name, by, send_at) -> Membership:
    """The person's place in the company: the one they have, else a new one with an invitation."""
    from accounts import team

    there = Membership.objects.for_company(company).active().filter(email__iexact=email).first()
    return there or team.invite(
        company=company, email=email, name=name, role=Role.HIRE, by=by, send_at=send_at
    )


def _invite_at(company, start_date, working_days) -> datetime:
    day = plans.invite_day(start_date, working_days or plans.OFFICE_WEEK)
    return datetime.combine(day, INVITE_AT, tzinfo=zone_named(company.timezone))
