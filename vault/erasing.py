"""Erasing one person: by the register, in one transaction; what lies on the disk goes after it, by rows of work.

Counts stay: rows whose rule says "blank" keep their dates. What a law orders to keep stays until its day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vault import erased_list, keep, trail
from vault.models import Erasure, FileRemoval, Hold, StoredFile

BATCH = 500


class Refused(Exception):
    """What cannot be erased; `str()` is a sentence for people."""


class Held(Refused):
    def __init__(self, hold: Hold):
        super().__init__(_("A legal hold keeps this data. Lift the hold first."))
        self.hold = hold


@dataclass(frozen=True)
class Subject:
    """`lock(pk)` locks everything in the order company, job, application, offer; `end(pk)` ends what still runs.

    Both may raise Refused. `model` has one row for each subject, with its company.
    """

    model: type[models.Model]
    lock: Callable[[int], None]
    end: Callable[[int], None]


subjects: dict[str, Subject] = {}  # apps add theirs in AppConfig.ready
# Callables (company_id), in the transaction of an erasing: what is held outside the register and may name the person.
afterwards: list[Callable[[int], None]] = []


# -- holds


def hold(kind, pk, *, company_id, reason, until: date, by_id, legal=True) -> Hold:
    """Nothing of this person goes before the day after `until`; without `legal` only the clock stands still."""
    with transaction.atomic():
        subjects[kind].lock(pk)
        row = Hold.objects.create(
            company_id=company_id, subject_kind=kind, subject_id=pk, reason=reason, until=until, by_id=by_id,
            legal=legal,
        )  # fmt: skip
        _trail("person.held", kind, pk, company_id, by_id)
    return row


def lift(row: Hold, *, by_id) -> None:
    with transaction.atomic():
        if Hold.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=timezone.now()):
            _trail("person.hold_lifted", row.subject_kind, row.subject_id, row.company_id, by_id)


def holds(kind, *, legal_only=False) -> models.QuerySet:
    """The holds that count today."""
    rows = Hold.objects.filter(subject_kind=kind, lifted_at=None, until__gte=timezone.localdate())
    return rows.filter(legal=True) if legal_only else rows


# -- plans


def plan(kind, pk, *, company_id, on: date, source, reason="", by_id=None) -> Erasure:
    """The data goes on `on`. There is one plan at a time: a second one changes the first."""
    values = {"on": on, "source": source, "reason": reason, "asked_by_id": by_id}
    with transaction.atomic():
        row, is_new = Erasure.objects.select_for_update().get_or_create(
            subject_kind=kind,
            subject_id=pk,
            done_at=None,
            cancelled_at=None,
            defaults=values | {"company_id": company_id, "subject_hash": erased_list.fingerprint(kind, pk)},
        )
        if not is_new:
            Erasure.objects.filter(pk=row.pk).update(**values)
            row.refresh_from_db()
        _trail("person.erasure_planned", kind, pk, company_id, by_id)
    return row


def call_off(row: Erasure, *, by_id=None) -> bool:
    """False when it is done, or was called off before."""
    with transaction.atomic():
        open_ = Erasure.objects.filter(pk=row.pk, done_at=None, cancelled_at=None)
        if not open_.update(cancelled_at=timezone.now(), reason=""):
            return False
        _trail("person.erasure_called_off", row.subject_kind, row.subject_id, row.company_id, by_id)
    return True


def planned(kind, pk) -> Erasure | None:
    return Erasure.objects.filter(subject_kind=kind, subject_id=pk, done_at=None, cancelled_at=None).first()


# -- what would go


@dataclass(frozen=True)
class Line:
    """Of one model: how many rows go or are emptied, how many stay, why, and the last day of those."""

    rule: keep.Rule
    goes: int
    stays: int
    why: str = ""
    until: date | None = None

    @property
    def name(self) -> str:
        return str(capfirst(self.rule.model._meta.verbose_name_plural))

    @property
    def total(self) -> int:
        return self.goes + self.stays


def outlook(kind, pk) -> list[Line]:
    """What an erasure would do today, for the page that asks whether it should."""
    return [line for line in map(_line, keep.tied(kind, pk)) if line.goes or line.stays]


def _line(found) -> Line:
    rule, rows = found
    if rule.on_erase == "keep":
        return Line(rule, 0, rows.count(), str(rule.because))
    kept = rule.kept(rows)
    days = [law.until(row) for row, law in _rows_of(rule, kept) if law.until]
    goes = _full(rule, rows).exclude(pk__in=list(kept)).count()
    why = str(next(iter(kept.values())).why) if kept else ""
    return Line(rule, goes, len(kept), why, max(filter(None, days), default=None))


def _rows_of(rule, kept):
    return [(row, kept[row.pk]) for row in rule.model._base_manager.filter(pk__in=list(kept))]


def _full(rule, rows):
    """Rows that still say something: what was blanked before is not blanked again."""
    if rule.on_erase != "blank":
        return rows
    full = Q(pk__in=[])
    for name, value in rule.emptied().items():
        if value is None:
            full |= Q(**{f"{name}__isnull": False})
        elif not hasattr(value, "resolve_expression"):
            full |= ~Q(**{name: value})
    return rows.filter(full)


# -- erasing


def erase(kind, pk, *, company_id, by_id=None, source=Erasure.Source.SHOP) -> Erasure | None:
    """Everything of this person now; None when nothing was left to erase. Raises Held, Refused."""
    with transaction.atomic():
        subjects[kind].lock(pk)
        if held := holds(kind, legal_only=True).filter(subject_id=pk).first():
            raise Held(held)
        subjects[kind].end(pk)
        until, went = _wipe(kind, pk)
        row = planned(kind, pk)
        if not went:
            return row and _done(row, until, by_id)
        row = row or Erasure(
            company_id=company_id, subject_kind=kind, subject_id=pk, source=source, asked_by_id=by_id,
            on=timezone.localdate(), subject_hash=erased_list.fingerprint(kind, pk),
        )  # fmt: skip
        _trail("person.erased", kind, pk, company_id, by_id)
        for forget in afterwards:
            forget(company_id)
        return _done(row, until, by_id)


def _done(row, until, by_id) -> Erasure:
    row.done_at, row.kept_until, row.reason = timezone.now(), until, ""
    row.save()
    transaction.on_commit(lambda: erased_list.remember(row), robust=True)
    return row


def _wipe(kind, pk) -> tuple[date | None, int]:
    """(last day of what stays, rows changed). First everything is looked up, because blanking cuts the ways."""
    found = [_targets(rule, rows) for rule, rows in keep.tied(kind, pk) if rule.on_erase != "keep"]
    went = 0
    for rule, numbers, _until in found:
        if rule.on_erase == "blank":
            went += _blank(rule, numbers)
    for rule, numbers, _until in sorted(found, key=lambda item: -depth(item[0].model)):
        if rule.on_erase == "delete":
            went += _delete(rule.model, numbers)
    return max((until for *_rest, until in found if until), default=None), went


def _targets(rule, rows):
    kept = rule.kept(rows)
    days = [law.until(row) for row, law in _rows_of(rule, kept) if law.until]
    going = rows.exclude(pk__in=list(kept))
    numbers = list(_full(rule, going).order_by("pk").values_list("pk", flat=True))
    return rule, numbers, max(filter(None, days), default=None)


def depth(model, seen=()) -> int:
    """Rows that point at others go before those."""
    targets = {column.related_model for column in model._meta.local_concrete_fields if column.related_model}
    return 1 + max((depth(to, (*seen, model)) for to in targets - {model, *seen}), default=0)


def _batches(numbers):
    return (numbers[start : start + BATCH] for start in range(0, len(numbers), BATCH))


def _blank(rule, numbers) -> int:
    rows = rule.model._base_manager
    return sum(rows.filter(pk__in=batch).update(**rule.emptied()) for batch in _batches(numbers))


def _delete(model, numbers) -> int:
    if model is StoredFile:
        _files_go(numbers)
    for batch in _batches(numbers):
        model._base_manager.filter(pk__in=batch).delete()
    return len(numbers)


def _files_go(numbers) -> None:
    names = StoredFile.objects.filter(pk__in=numbers).values_list("stored_name", flat=True)
    take_away([FileRemoval(stored_name=name) for name in names])


def take_away(removals: list[FileRemoval]) -> None:
    """Files whose rows go in this transaction: off the disk as soon as it has ended."""
    from vault.tasks import remove_file

    def hand_over():
        for row in made:
            remove_file.delay(row.pk)

    made = FileRemoval.objects.bulk_create(removals)
    transaction.on_commit(hand_over, robust=True)


def remove_file(row: FileRemoval) -> None:
    """A claimed row: the file goes, and the row with it. Twice is once."""
    StoredFile(stored_name=row.stored_name).path.unlink(missing_ok=True)
    row.delete()


def _trail(action, kind, pk, company_id, by_id) -> None:
    trail.record(action, company_id=company_id, actor_id=by_id, kind=kind, pk=pk)
