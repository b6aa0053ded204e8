"""Seals over the trail: a chain of hashes per company, so that a line changed by raw SQL shows.

A request only inserts its line. A beat task seals what is older than a minute; a line whose transaction took
longer still has its place in a later seal, for an hour.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from vault.models import Seal, TrailEntry

AGE = timedelta(minutes=1)
LATE = timedelta(hours=1)  # no transaction lasts longer
BATCH = 1_000
START = "0" * 64


def seal_due() -> int:
    """Seals every company's rows that are older than a minute; how many seals were made. May run twice at once."""
    cutoff, made = timezone.now() - AGE, 0
    for company_id in companies():
        while rows := unsealed(company_id, before=cutoff)[:BATCH]:
            if not _seal(company_id, rows):
                break
            made += 1
    return made


def companies() -> Iterator[int | None]:
    """Companies the trail speaks of, None among them; from one to the next by the index, not through all rows."""
    rows = TrailEntry.objects.order_by("company_id").values_list("company_id", flat=True)
    if rows.filter(company_id=None).exists():
        yield None
    company_id = rows.exclude(company_id=None).first()
    while company_id is not None:
        yield company_id
        company_id = rows.filter(company_id__gt=company_id).first()


def unsealed(company_id: int | None, *, before=None) -> list[int]:
    """Ids of this company's rows that no seal covers, oldest first.

    Looks no further back than an hour before the newest seal; `verify` looks at everything.
    """
    seals = Seal.objects.filter(company_id=company_id or 0).order_by("number")
    old = seals.filter(at__lt=(before or timezone.now()) - LATE).last()
    rows = TrailEntry.objects.filter(company_id=company_id, pk__gt=old.last_id if old else 0)
    recent = seals.filter(number__gt=old.number if old else 0).values_list("ids", flat=True)
    known = {pk for ids in recent for pk in parse(ids)}
    rows = rows.filter(at__lt=before) if before else rows
    return [pk for pk in rows.order_by("pk").values_list("pk", flat=True) if pk not in known]


def _seal(company_id: int | None, ids: list[int]) -> bool:
    """One more seal in the chain; False when somebody else was faster."""
    last = Seal.objects.filter(company_id=company_id or 0).order_by("number").last()
    rows = TrailEntry.objects.filter(pk__in=ids).order_by("pk")
    seal = Seal(
        company_id=company_id or 0,
        number=last.number + 1 if last else 1,
        last_id=max(ids[-1], last.last_id if last else 0),
        rows=len(ids),
        ids=ranges(ids),
        digest=digest(last.digest if last else START, rows),
    )
    try:
        with transaction.atomic():
            seal.save()
    except IntegrityError:
        return False
    return True


def digest(previous: str, rows) -> str:
    total = hashlib.sha256(previous.encode("ascii"))
    for row in rows:
        total.update(canonical(row))
    return total.hexdigest()


def canonical(row: TrailEntry) -> bytes:
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [
        row.pk,
        row.company_id,
        row.actor_id,
        row.by_link,
        row.action,
        row.kind,
        row.subject_id,
        row.fields,
        at,
    ]
    return json.dumps(parts, separators=(",", ":")).encode() + b"\n"


def ranges(ids: list[int]) -> str:
    """[3, 4, 5, 9] -> "3-5,9"."""
    runs: list[list[int]] = []
    for pk in ids:
        if runs and pk == runs[-1][-1] + 1:
            runs[-1][1:] = [pk]
        else:
            runs.append([pk])
    return ",".join("-".join(map(str, run)) for run in runs)


def parse(text: str) -> Iterator[int]:
    for run in text.split(","):
        first, _, last = run.partition("-")
        yield from range(int(first), int(last or first) + 1)


# -- looking whether all is as it was


def verify() -> tuple[list[str], list[int]]:
    """(what is wrong, ids no seal covers). Reads the whole trail."""
    wrong, loose = [], []
    for company_id in sorted({company_id or 0 for company_id in companies()} | _sealed_companies()):
        found, sealed = _verify_company(company_id)
        wrong += found
        rows = (
            TrailEntry.objects.filter(company_id=company_id or None)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        loose += [pk for pk in rows.iterator() if pk not in sealed]
    return wrong, loose


def _sealed_companies() -> set[int]:
    return set(Seal.objects.order_by().values_list("company_id", flat=True).distinct())


def _verify_company(company_id: int) -> tuple[list[str], set[int]]:
    wrong, sealed, previous = [], set(), START
    for number, seal in enumerate(
        Seal.objects.filter(company_id=company_id).order_by("number").iterator(), 1
    ):
        if seal.number != number:
            return [*wrong, f"company {company_id}: seal {number} is missing"], sealed
        ids = set(parse(seal.ids))
        between = TrailEntry.objects.filter(pk__gte=min(ids), pk__lte=max(ids)).order_by("pk")
        rows = [row for row in between if row.pk in ids]
        wrong += _compare(seal, ids, rows, previous)
        sealed |= ids
        previous = seal.digest
    return wrong, sealed


def _compare(seal: Seal, ids: set[int], rows: list[TrailEntry], previous: str) -> list[str]:
    if gone := sorted(ids - {row.pk for row in rows}):
        return [f"{seal}: rows {ranges(gone)} are missing"]
    if digest(previous, rows) != seal.digest:
        return [f"{seal}: rows {seal.ids} are not what was sealed"]
    return []
