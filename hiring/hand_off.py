"""From hired to the first weeks: an opening is taken, the job closes with the last one, onboarding opens once."""

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import zones
from accounts.models import Membership, Role
from hiring import rules
from hiring.locking import Refused
from hiring.models import Application, JobStatus, Outcome, Stage
from onboarding import intake
from readiness import after


def fill(job, application, offer, by):
    """Takes an opening, closes the job with the last one, opens the onboarding. The caller has locked all four.

    Raises Refused when every opening is taken, or nobody could come in.
    """
    if not application.email:
        raise Refused(_("A new hire needs an e-mail address: the first days' page is sent there."))
    taken = hired(job)
    if taken >= job.openings:
        raise Refused(_("All openings of this job are filled."))
    if taken + 1 == job.openings:
        close_filled(job)
    try:
        _open_onboarding(job, application, offer, by)
    except IntegrityError:
        raise Refused(_("The first weeks of a person with this address are under way already.")) from None


def prepare_shop(job):
    """The job is open: so is the list of what the shop gets ready meanwhile."""
    intake.prepare(company=job.company, job_ref=setup_ref(job), job_title=job.title)


def shop_ready(company, job) -> dict | None:
    """How far that list is, for the board: `ready`, `total`, `url`; None where there is none. One query."""
    return intake.setup_progress(company, setup_ref(job))


def setup_ref(job) -> str:
    return f"job:{job.pk}"


def hired(job) -> int:
    """How many openings are taken. The job is locked by whoever counts on it."""
    return Application.objects.filter(job=job, outcome=Outcome.ACTIVE, stage=Stage.HIRED).count()


def close_filled(job):
    job.status, job.closed_at = JobStatus.FILLED, timezone.now()
    job.save(update_fields=["status", "closed_at"])


def _open_onboarding(job, application, offer, by):
    manager = offer.sent_by or by or _owner(job)
    key = reference(application, _hires(application) + 1)
    compared = _compare(job, offer, manager, key)
    onboarding = intake.open(
        company=job.company,
        by=by or manager,
        name=application.name,
        email=application.email,
        job_title=offer.job_title or job.title,
        start_date=offer.start_date,
        hours_week=offer.hours_week,
        working_days=None,
        remote=job.place != "onsite",
        manager=manager,
        language=application.language,
        contract_file_id=offer.signed_file_id,
        reference=key,
        weak_skills=rules.weak_skills(application),
        place=offer.place or "",
        documents=_documents(application, offer),
        signed_on=_signed_on(job, offer),
        probation_months=offer.probation_months,
        after_url=after.address(compared),
    )
    after.meant(compared, onboarding.hire)


def _compare(job, offer, manager, key):
    """What the hire will have given back: measured against the answer that led to it."""
    return after.begin(
        company=job.company,
        by=manager,
        start_date=offer.start_date,
        job_title=offer.job_title or job.title,
        hours_week=offer.hours_week,
        reference=key,
    )


def _signed_on(job, offer):
    """The day of the yes, where the shop is."""
    return (
        timezone.localdate(offer.answered_at, zones.named(job.company.timezone))
        if offer.answered_at
        else None
    )


def _owner(job):
    """For an offer whose sender has left the team since."""
    owners = Membership.objects.for_company(job.company_id).in_role(Role.OWNER).exclude(user=None)
    return owners.order_by("pk").first()


def _documents(application, offer) -> list[dict]:
    """What the person has agreed to so far, so that nobody asks again: the contract, and each consent that holds."""
    at, words = offer.answered_at.isoformat(), offer.contract_sha256
    found = [{"kind": "contract", "version": offer.consent_version, "at": at, "sha256": words}]
    for row in application.consents.filter(withdrawn_at=None):
        found.append({"kind": row.purpose, "version": row.version, "at": row.given_at.isoformat()})
    return found


def contract_made(application, stored):
    """The signed contract is a file by now: the plan of this hire names it."""
    last = reference(application, _hires(application))
    intake.add_contract(company=application.job.company, reference=last, file_id=stored.pk)


def cancel(job, application, *, by, reason):
    """The first weeks of the last hire of this person end."""
    last = reference(application, _hires(application))
    intake.cancel(company=job.company, reference=last, by=by, reason=reason)
    after.cancel(company=job.company, reference=last)


def learned(company) -> str:
    """Where one reads what earlier hires have taught, before the next job is described; empty without any."""
    return intake.learned(company)


def _hires(application) -> int:
    return application.moves.filter(to_stage=Stage.HIRED).count()


def reference(application, nth: int) -> str:
    """One onboarding for each time somebody is hired: a hire that was undone may be made again."""
    return f"application-{application.pk}-hire-{nth}"
