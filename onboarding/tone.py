"""How the company sounds, from plain to full of personality: one row, written by those who lead."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import conflicts
from onboarding.models import Tone
from vault import trail

WORDS = ("level", "says", "never", "sample")


def of(company) -> Tone:
    """Friendly, as long as nobody has chosen."""
    return Tone.objects.for_company(company).first() or Tone(company=company)


def change(company, *, by, seen, **values) -> Tone:
    """Raises conflicts.Changed when somebody saved since revision `seen`."""
    try:
        with transaction.atomic():
            locked = Tone.objects.select_for_update(no_key=True, of=("self",)).for_company(company)
            row = locked.first() or Tone(company=company)
            conflicts.check(row, seen)
            return _saved(row, by, values)
    except IntegrityError as error:
        raise conflicts.Changed(of(company)) from error


def _saved(row, by, values) -> Tone:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed and row.pk:
        return row
    for name in changed:
        setattr(row, name, values[name])
    row.revision += 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    trail.record(
        "tone.changed",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="tone",
        pk=row.pk,
        fields=changed,
    )
    return row
