"""The call with an applicant: what was talked about, what it showed, and three judgements."""

from django.db import transaction
from django.utils import timezone

from accounts import undoing
from hiring import drafting
from hiring.judging import locked, requirements
from hiring.models import CallCheck, PhoneScreen
from hiring.models.judging import Mark
from hiring.overwriting import to_take_back
from vault import trail


class Changed(Exception):
    """Somebody saved this since the form was opened. `row` is as it is now, None when it was taken back."""

    def __init__(self, row):
        self.row = row
        super().__init__(stamp(row))


@transaction.atomic
def save(
    application, *, by, values: dict, seen: str, checks: dict | None = None, typing=False
) -> PhoneScreen:
    """Keeps the call. `seen` is the `stamp` the form was made from; raises Changed.

    `checks`: {requirement pk: (Mark or "", note)} of what the CV left unclear; None leaves them as they are.
    `typing`: it was kept by itself, while somebody typed.
    """
    locked(application)
    screen = _locked(application)
    if stamp(screen) != seen:
        raise Changed(screen)
    screen = screen or PhoneScreen(company_id=application.company_id, application=application)
    drafting.remember(screen, "call", _now(screen, values), by=by, typing=typing)
    for name, value in values.items():
        setattr(screen, name, value)
    screen.by, screen.updated_at = by, timezone.now()
    screen.save()
    if checks is not None:
        _check(screen, checks)
    if not typing:
        _trail("screen.saved", application, by)
    return screen


def _locked(application) -> PhoneScreen | None:
    rows = PhoneScreen.objects.select_for_update(no_key=True, of=("self",))
    return rows.filter(application=application).first()


def _now(screen, values) -> dict:
    """Everything the call can bring back; nothing of a row that is new."""
    if not screen.pk:
        return {}
    checks = [[row.requirement_id, row.mark, row.note] for row in screen.checks.all()]
    return {name: getattr(screen, name) for name in values} | {"checks": checks}


def _check(screen, checks):
    """Marks and notes on requirements of this job; an empty one goes."""
    wanted = {pk: (mark, note) for pk, (mark, note) in checks.items() if mark in Mark.values or note}
    known = requirements(screen.application).filter(pk__in=wanted).values_list("pk", flat=True)
    screen.checks.all().delete()
    CallCheck.objects.bulk_create(
        CallCheck(
            company_id=screen.company_id,
            screen=screen,
            requirement_id=pk,
            mark=wanted[pk][0],
            note=wanted[pk][1],
        )
        for pk in known
    )


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last keeping of the call. Raises undoing.Refused."""
    locked(application)
    screen = to_take_back(PhoneScreen, application=application)
    values = dict(undoing.take(screen, mark, by=by).values)
    if not values:
        screen.delete()
    else:
        checks = values.pop("checks", [])
        for name, value in values.items():
            setattr(screen, name, value)
        screen.updated_at = timezone.now()
        screen.save()
        _check(screen, {pk: (mark, note) for pk, mark, note in checks})
    _trail("screen.taken_back", application, by)


def stamp(row) -> str:
    """What a form remembers of the row it was filled from."""
    return row.updated_at.isoformat() if row else ""


def _trail(action, application, by):
    trail.record(
        action, company_id=application.company_id, actor_id=by.user_id, kind="application", pk=application.pk
    )
