"""What applicants may agree to besides applying: each a box of its own, never ticked for them, taken back at any time.

Whoever changes the words of TEXTS raises their VERSIONS.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from hiring.models import Application, Consent
from hiring.models.consents import Purpose
from vault import trail

KEEP_DAYS = 365  # how much longer somebody is kept who ticks the box
TEXTS = {
    Purpose.KEEP: gettext_lazy(
        "You may keep my application for one more year and write to me about other jobs. I can take this back"
        " at any time."
    ),
    Purpose.REFEREES: gettext_lazy(
        "You may ask the people whom I ticked here about my work, for this application. I can take this back at any"
        " time."
    ),
}
VERSIONS = {Purpose.KEEP: "2026-11b", Purpose.REFEREES: "2026-11"}


def give(application, purposes) -> None:
    """What was ticked, in the words that stood there. In the caller's transaction, in the language of the form."""
    for purpose in purposes:
        Consent.objects.get_or_create(
            application=application,
            purpose=purpose,
            withdrawn_at=None,
            defaults={
                "company_id": application.company_id,
                "version": VERSIONS[purpose],
                "text": str(TEXTS[purpose]),
            },
        )
    if Purpose.KEEP in purposes:
        application.keep_longer_until = timezone.localdate() + timedelta(days=KEEP_DAYS)
        application.save(update_fields=["keep_longer_until"])


def of(application) -> list[Consent]:
    """Everything somebody agreed to with this application, what was taken back too."""
    return list(Consent.objects.filter(application=application).order_by("pk"))


@transaction.atomic
def take_back(application, purpose, *, by_link="status") -> bool:
    """For every application of this person: who no longer wants to be kept does not mean one job. Once is enough."""
    rows = Application.objects.filter(candidate=application.candidate_id).select_for_update(no_key=True)
    pks = [row.pk for row in rows.order_by("pk")]
    standing = Consent.objects.filter(application__in=pks, purpose=purpose, withdrawn_at=None)
    changed = standing.update(withdrawn_at=timezone.now())
    if purpose == Purpose.KEEP:
        kept = Application.objects.filter(pk__in=pks).exclude(keep_longer_until=None)
        changed += kept.update(keep_longer_until=None)
    if changed:
        _trail(application, purpose, by_link)
    return bool(changed)


def follow(application_id, *, kept: bool) -> None:
    """The shop noted that somebody does not want to be kept any more, or took that note back."""
    rows = Consent.objects.filter(application=application_id, purpose=Purpose.KEEP)
    if not kept:
        rows.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    elif newest := rows.order_by("-pk").first():
        Consent.objects.filter(pk=newest.pk).update(withdrawn_at=None)


def _trail(application, purpose, by_link):
    trail.record(
        "person.consent_withdrawn",
        company_id=application.company_id,
        actor_id=None,
        kind="candidate",
        pk=application.candidate_id,
        fields=["keep_longer_until" if purpose == Purpose.KEEP else str(purpose)],
        by_link=by_link,
    )
