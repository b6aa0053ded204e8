"""What applicants ask for behind their link: a copy of their data, being erased, not being kept longer."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.addresses import absolute
from accounts.models import Company
from hiring import consents, pipeline, pool, retention, subjects
from hiring.models import Application, Candidate, How, Outcome, Stage
from hiring.models.consents import Purpose
from mailroom import outbox
from vault import erasing, exports, links
from vault.models import Erasure, Export

COPY = "data"  # the purpose of the mailed link
COPIES_A_DAY = 3


def shop_of(row) -> Company:
    return Company.objects.get(pk=row.company_id)


# -- a copy


def ask_copy(application) -> bool:
    """A copy is made and its link mailed to the application's own address. False: asked often enough for today."""
    with transaction.atomic():
        subjects.lock(application.candidate_id)
        since = timezone.now() - timedelta(days=1)
        asked = Export.objects.filter(
            subject_kind="candidate", subject_id=application.candidate_id, asked_by_id=0, created_at__gt=since
        )
        if asked.count() >= COPIES_A_DAY or any(row.under_way for row in asked):
            return False
        exports.ask(
            "candidate",
            application.candidate_id,
            company_id=application.company_id,
            language=application.language,
        )
    return True


def copy_ready(row) -> None:
    """exports.on_ready: who asked behind the link gets the way to the file by mail, and nobody else does."""
    if row.asked_by_id:
        return
    application = (
        Application.objects.filter(candidate=row.subject_id).exclude(email="").order_by("-pk").first()
    )
    if application is None:
        return
    token = links.mint(purpose=COPY, subject=("export", row.pk), company_id=row.company_id, days=7)
    outbox.post(
        message="data_copy",
        to=application.email,
        company=application.company,
        about=("application", application.pk),
        language=application.language,
        context={
            "name": application.name,
            "url": absolute(reverse("hiring_links:copy", args=[token])),
            "until": row.expires_at,
        },
        key=f"data-copy-{row.pk}",
    )


# -- being erased


def goes_on(application) -> date | None:
    return retention.goes_on(Candidate.objects.select_related("company").get(pk=application.candidate_id))


def erased_on(application) -> date:
    """The day it would go if asked for today: now, or when a refused applicant can no longer complain."""
    today = timezone.localdate()
    rows = Application.objects.filter(candidate=application.candidate_id)
    ends = rows.filter(outcome=Outcome.NOT_SELECTED).exclude(ended_at=None).values_list("ended_at", flat=True)
    least = retention.times(application.job.company.country).least
    return max([today, *(timezone.localdate(end) + timedelta(days=least) for end in ends)])


@transaction.atomic
def ask_erasing(application) -> Erasure:
    """Taken back where it still runs, and erased on the first day the law allows. A receipt goes out once."""
    candidate = application.candidate_id
    subjects.lock(candidate)
    before = erasing.planned("candidate", candidate)
    if before is not None and before.source == Erasure.Source.PERSON:
        return before
    running = Application.objects.filter(candidate=candidate).active().exclude(stage=Stage.HIRED)
    for row in running.order_by("pk"):
        pipeline.withdraw(row, how=How.LINK, by_link=True)
    on = erased_on(application)
    planned = erasing.plan(
        "candidate",
        candidate,
        company_id=application.company_id,
        on=min(on, before.on) if before else on,
        source=Erasure.Source.PERSON,
    )
    _receipt(application, planned)
    return planned


def _receipt(application, planned) -> None:
    """Goes with everything else when the day comes."""
    if not application.email:
        return
    outbox.post(
        message="data_erasing",
        to=application.email,
        company=application.job.company,
        about=("application", application.pk),
        language=application.language,
        context={
            "name": application.name,
            "on": planned.on,
            "today": planned.on <= timezone.localdate(),
            "privacy_contact": application.job.company.privacy_contact,
        },
        key=f"data-erasing-{planned.pk}",
    )


# -- not being kept longer


def kept_longer(application) -> date | None:
    """Until when the applicant agreed to be kept, while that is still ahead."""
    rows = Application.objects.filter(candidate=application.candidate_id)
    days = rows.filter(keep_longer_until__gte=timezone.localdate()).values_list(
        "keep_longer_until", flat=True
    )
    return max(days, default=None)


@transaction.atomic
def withdraw_consent(application, *, by_link="status") -> bool:
    """The consent to be kept longer is gone, the words they agreed to stay; nobody invites them any more."""
    subjects.lock(application.candidate_id)  # before looking: somebody may be inviting them this moment
    pool.call_off(application.candidate_id)
    pool.forget_undo(application.candidate_id)
    return consents.take_back(application, Purpose.KEEP, by_link=by_link)
