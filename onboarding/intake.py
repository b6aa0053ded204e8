"""The one door: hiring tells what it knows in plain values, and knows nothing of plans."""

from django.db import IntegrityError, transaction
from django.urls import reverse

from onboarding import arrivals, dates, lessons, onward, plans, setups
from onboarding.models import Onboarding, SetupList


def prepare(*, company, job_ref: str, job_title: str) -> SetupList:
    """The set-up list of a job that has been opened; the same list when it is called again."""
    return setups.prepare(company=company, job_ref=job_ref, job_title=job_title)


def setup_progress(company, job_ref: str) -> dict | None:
    """How far the set-up list of a job is: `ready` of `total`, and its `url`. None without a list. One query."""
    found = setups.progress(company, job_ref)
    if found is None:
        return None
    pk, ready, total = found
    return {"ready": ready, "total": total, "url": reverse("onboarding:setup", args=[pk])}


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
    place: str = "",
    documents=(),
    signed_on=None,
    probation_months: int | None = None,
    after_url: str = "",
) -> Onboarding:
    """Somebody was hired: their plan, their place as a new hire and the welcome link, once per `reference`.

    `working_days` are weekdays, 0 for Monday; empty means Monday to Friday. `by` and `manager` are memberships.
    `signed_on` and `probation_months` are the contract's: some steps are counted from them.
    `documents` are what the person has agreed to already: dicts of kind, version and moment, so that nobody asks again.
    `after_url` is where before and after the hire will stand side by side; the plan's last page leads there.
    Called again, also at the same moment, it returns the onboarding that is there and sends nothing.
    """
    if (there := _opened(company, reference)) is not None:
        return there
    try:
        return _begin(
            after_url,
            company=company,
            by=by,
            name=name,
            email=email,
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
            place=place,
            documents=list(documents),
            signed_on=signed_on,
            probation_until=dates.months_end(start_date, probation_months) if probation_months else None,
        )
    except (IntegrityError, plans.Refused):
        # Somebody opened the same one while we were at it: theirs counts, and nothing of ours was written.
        if (there := _opened(company, reference)) is None:
            raise
        return there


def _begin(after_url, **fields) -> Onboarding:
    with transaction.atomic():
        onboarding = arrivals.begin(**fields)
        onward.leads_to(onboarding, after_url=after_url)
    return onboarding


def learned(company) -> str:
    """Where it stands what was learned from hires before; empty while nothing was written down."""
    return reverse("onboarding:learned") if lessons.written(company).exists() else ""


def add_contract(*, company, reference: str, file_id: int) -> bool:
    """The signed contract became a file after the plan was opened. False when nothing runs under this reference."""
    rows = Onboarding.objects.for_company(company).filter(reference=reference)
    return bool(rows.update(contract_file_id=file_id))


def cancel(*, company, reference: str, by, reason: str) -> bool:
    """Somebody will not start after all. False when nothing runs under this reference.

    The reference is free again: a second hiring of the same application opens a new plan.
    """
    onboarding = _opened(company, reference)
    if onboarding is None or not arrivals.end(onboarding, by=by, reason=reason):
        return False
    # A hire is undone for good: only the reason's own page brings it back.
    Onboarding.objects.filter(pk=onboarding.pk).update(reference=None, undoable={}, undo_until=None)
    return True


def _opened(company, reference) -> Onboarding | None:
    rows = Onboarding.objects.with_people().for_company(company)
    return rows.filter(reference=reference).order_by("pk").first()
