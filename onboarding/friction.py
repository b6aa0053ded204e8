"""What customers stumble over, like and dislike. The one writer of a friction point, its counts and its status.

Whoever counts or takes back locks the point first: its sightings are its children.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from onboarding import alike, cardnumbers
from onboarding.models import Friction, FrictionEvent, Heard, Mending, Sighting
from onboarding.models.friction import SETTLED
from vault import trail

RECENT = timedelta(days=30)
SHOWN, COMPARED = 200, 1000
MARK = 32


def new_mark() -> str:
    """For a button: what it posts counts once, however often it is sent."""
    return secrets.token_hex(8)


def listed(company, kind=Heard.STUMBLE, *, settled=False) -> list[Friction]:
    """Those that came up most in the last 30 days first: `recent`, `total`, `last`. One query."""
    rows = Friction.objects.for_company(company).filter(kind=kind)
    if not settled:
        rows = rows.exclude(status__in=SETTLED)
    return list(_counted(rows).order_by("-recent", "-last", "-pk")[:SHOWN])


def _counted(rows):
    recent = Q(sightings__at__gte=timezone.now() - RECENT)
    return rows.annotate(
        recent=Count("sightings", recent), total=Count("sightings"), last=Max("sightings__at")
    )


def counted(row) -> Friction:
    """The same row with its counts."""
    return _counted(Friction.objects.filter(pk=row.pk)).get()


def similar(company, kind, body) -> list[Friction]:
    """What is there already and sounds alike: it wants one more count rather than a second line."""
    rows = Friction.objects.for_company(company).filter(kind=kind)
    texts = rows.order_by("-pk").values_list("pk", "body")[:COMPARED]
    order = alike.closest(body, texts)
    found = {row.pk: row for row in _counted(Friction.objects.filter(pk__in=order))} if order else {}
    return [found[pk] for pk in order]


def add(company, *, by, kind, body, mark, example="", fix="") -> Friction:
    """A new point that came up once; the one there is when the same form was sent before."""
    try:
        with transaction.atomic():
            row = Friction.objects.create(
                company=company,
                kind=kind,
                body=cardnumbers.mask(body),
                fix=cardnumbers.mask(fix),
                created_by=by,
            )
            _see(row, by, mark, example)
            _record("friction.added", row, by, ["body"])
            return row
    except IntegrityError:
        return Friction.objects.get(sightings__company=company, sightings__mark=mark[:MARK])


def _see(row, by, mark, example) -> Sighting:
    return Sighting.objects.create(
        company_id=row.company_id,
        friction=row,
        mark=mark[:MARK] or new_mark(),
        by=by,
        example=cardnumbers.mask(example),
    )


def again(row, *, by, mark="", example="") -> Sighting | None:
    """It came up once more; None when this very tap was counted. What was fixed is new again."""
    try:
        with transaction.atomic():
            row = _locked(row)
            seen = _see(row, by, mark, example)
            if row.status == Mending.FIXED:
                _move(row, Mending.NEW, by, "")
                row.save(update_fields=["status"])
            _record("friction.again", row, by, ["count"])
            return seen
    except IntegrityError:
        return None


def take_back(seen, *, by) -> None:
    """A tap of the last minutes; with the last of them the point goes. Raises undoing.Refused."""
    with transaction.atomic():
        row = _locked(seen.friction)
        seen = Sighting.objects.filter(pk=seen.pk).first()
        if seen is None:
            raise undoing.Gone(_("This was taken back already."))
        undoing.check(by, seen.by_id, seen.at)
        seen.delete()
        _record("friction.taken_back", row, by, ["count"])
        if not row.sightings.exists():
            row.delete()


def change(row, *, by, seen, body, fix) -> bool:
    """Other words. Raises conflicts.Changed when somebody saved since revision `seen`."""
    with transaction.atomic():
        row = _locked(row)
        if not may_change(row, by):
            raise PermissionDenied
        conflicts.check(row, seen)
        before, after = (row.body, row.fix), (cardnumbers.mask(body), cardnumbers.mask(fix))
        if before == after:
            return False
        undoing.remember(row, "words", {"body": row.body, "fix": row.fix}, by=by)
        row.body, row.fix = after
        row.revision += 1
        row.save()
        _record("friction.changed", row, by, ["body", "fix"])
    return True


def may_change(row, by) -> bool:
    """Whoever wrote it, and those who lead."""
    return by.is_boss or (row.created_by_id is not None and row.created_by_id == by.pk)


def move(row, *, by, status, note="") -> bool:
    """Where it stands, with why. False when it stands there. Only those who lead decide."""
    if not by.is_boss:
        raise PermissionDenied
    with transaction.atomic():
        row = _locked(row)
        if row.status == status:
            return False
        undoing.remember(row, "status", {"status": row.status}, by=by)
        _move(row, status, by, cardnumbers.mask(note))
        row.save()
        _record("friction.moved", row, by, ["status"])
    return True


def _move(row, status, by, note) -> None:
    FrictionEvent.objects.create(
        company_id=row.company_id, friction=row, before=row.status, after=status, note=note, by=by
    )
    row.status = status


def take_back_change(row, mark, *, by) -> None:
    """The last words or the last status. Raises undoing.Refused."""
    with transaction.atomic():
        row = _locked(row)
        taken = undoing.take(row, mark, by=by)
        if taken.what == "status":
            _move(row, taken.values["status"], by, "")
        else:
            row.body, row.fix = taken.values["body"], taken.values["fix"]
            row.revision += 1
        row.save()
        _record("friction.change_taken_back", row, by, [taken.what])


@dataclass(frozen=True)
class Since:
    """What came up since a day; each row has `new` (times since then) and `total`, the most frequent first."""

    stumbles: list[Friction]
    likes: list[Friction]
    dislikes: list[Friction]


def for_meeting(company, since) -> Since:
    """`since` is a moment, such as that of the last meeting. One query."""
    rows = Friction.objects.for_company(company).annotate(
        new=Count("sightings", Q(sightings__at__gte=since)), total=Count("sightings")
    )
    found = list(rows.filter(new__gt=0).order_by("-new", "-total", "-pk")[:SHOWN])
    return Since(*([row for row in found if row.kind == kind] for kind in Heard))


def _locked(row) -> Friction:
    """Raises undoing.Gone when somebody took the whole point back meanwhile."""
    locked = Friction.objects.select_for_update(no_key=True, of=("self",)).filter(pk=row.pk).first()
    if locked is None:
        raise undoing.Gone(_("This was taken back already."))
    return locked


def _record(action, row, by, fields) -> None:
    trail.record(
        action, company_id=row.company_id, actor_id=by.user_id, kind="friction", pk=row.pk, fields=fields
    )
