"""The set-up list of a job: what the shop gets ready while it hires."""

from django.db import transaction
from django.utils import timezone

from accounts import listed
from onboarding import defaults
from onboarding.models import Onboarding, SetupItem, SetupList
from vault import trail


def prepare(*, company, job_ref, job_title) -> SetupList:
    """The list of this job; made at the first call. What only a first employee needs is left out for later ones."""
    with transaction.atomic():
        setup, made = SetupList.objects.get_or_create(
            company=company, job_ref=job_ref, defaults={"job_title": job_title}
        )
        if made:
            SetupItem.objects.bulk_create(
                SetupItem(company=company, setup=setup, key=key, position=position)
                for position, key in enumerate(_keys(company), 1)
            )
    return setup


def _keys(company) -> list[str]:
    first = not Onboarding.objects.for_company(company).running().exists()
    return [key for key in defaults.SETUP if first or key not in defaults.FIRST_EMPLOYEE_ONLY]


def mark(item, *, by, done: bool) -> bool:
    """Done, or not yet after all. False when it was so already."""
    values = {"done_at": timezone.now() if done else None, "done_by": by if done else None}
    with transaction.atomic():
        changed = SetupItem.objects.filter(pk=item.pk, done_at__isnull=done).update(**values)
        if changed:
            trail.record(
                "setup.done" if done else "setup.undone",
                company_id=item.company_id,
                actor_id=by.user_id,
                kind="setup_item",
                pk=item.pk,
                fields=["done_at"],
            )
    return bool(changed)


def help_desks(company, seats: int) -> list[tuple[str, str, str, bool]]:
    """Name, money a month for one person, for `seats`, and whether that is the quoted price; as the shop lists them."""
    return [
        (
            listed.name_of(tool),
            listed.price_of(tool),
            listed.price_of(tool, times=seats),
            listed.is_quoted(tool),
        )
        for tool in listed.shown(company, listed.TOOL)
        if tool.price is not None
    ]
