"""What a job looks for: the one writer of its list, and the lists CVs were read with before.

Wording is free. Adding, removing or re-levelling after a CV was read keeps the list as it was, as a RequirementVersion;
a list nobody was read with is simply changed.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts, undoing
from hiring import rows, suggestions
from hiring.locking import lock_job
from hiring.models import (
    Application,
    Job,
    Level,
    Requirement,
    RequirementVersion,
    Scorecard,
    StageMove,
)
from hiring.models.requirements import RequirementKind
from vault import trail

# What of a requirement can be set; the key is given once.
SAID = (
    "text", "kind", "level", "weight", "why", "anchor_1", "anchor_3", "anchor_5", "tested_in", "questions",
)  # fmt: skip
OF_JOB = ("good_at", "also_helps", "cover_hours")
MOST_ROWS = 200


class Full(Exception):
    """A list as long as this serves nobody; `str()` is a sentence for people."""

    def __str__(self):
        return _("A list holds at most %(number)d lines.") % {"number": MOST_ROWS}


def listed(job) -> list[Requirement]:
    """What the job looks for now, in order."""
    return list(job.requirements.filter(retired_at=None).order_by("position", "pk"))


def suggest(job) -> None:
    """What a new job begins with."""
    Requirement.objects.bulk_create(
        _suggested(job, suggestion, position)
        for position, suggestion in enumerate(suggestions.SUGGESTIONS, 1)
    )


def _suggested(job, suggestion, position) -> Requirement:
    return Requirement(
        company_id=job.company_id,
        job=job,
        key=suggestion.key,
        kind=suggestion.kind,
        level=suggestion.level,
        weight=suggestions.WEIGHTS[suggestion.level],
        position=position,
    )


def too_many_musts(wanted) -> int:
    """How many must-haves there are when they are more than a list should ask for; else 0."""
    musts = sum(row.level == Level.MUST for row in wanted)
    return musts if musts > suggestions.MOST_MUSTS else 0


# -- one change


@contextmanager
def changing(job_id, *, by, action: str):
    """One change of the job's list, whatever is done inside: the job is locked, and there is one version at most."""
    with transaction.atomic():
        job = lock_job(job_id)
        before = snapshot(listed(job))
        yield job
        _settle(job, before, by)
        _record(action, job, by)


def add(job, *, by, text="", level=Level.NICE, kind=RequirementKind.SKILL) -> Requirement:
    """One of one's own, at the end of the list. Raises Full."""
    values = {"text": text, "level": level, "kind": kind, "weight": suggestions.WEIGHTS[level]}
    with changing(job.pk, by=by, action="requirement.added") as job:
        return _add(job, values)


def remove(row, *, by) -> None:
    """Takes it off the list; what was written down with it stays readable."""
    with changing(row.job_id, by=by, action="requirement.removed") as job:
        rows.retire(row, job, by)


def put_back(row, *, by) -> None:
    with changing(row.job_id, by=by, action="requirement.put_back"):
        rows.unretire(row)


def set_level(row, *, level: str, by) -> None:
    """Changes how much it counts. The weight follows the level."""
    with changing(row.job_id, by=by, action="requirement.levelled"):
        weight = suggestions.WEIGHTS[level]
        Requirement.objects.filter(pk=row.pk).update(level=level, weight=weight)


def _add(job, values) -> Requirement:
    there = job.requirements.filter(retired_at=None)
    if there.count() >= MOST_ROWS:
        raise Full
    last = there.aggregate(last=Max("position"))["last"] or 0
    if key := values.get("key"):
        return _add_suggested(job, key, last + 1, values)
    return Requirement.objects.create(company_id=job.company_id, job=job, position=last + 1, **values)


def _add_suggested(job, key, position, values) -> Requirement:
    """A suggestion is on a job once: taken off earlier, it comes back with the words it had."""
    row = job.requirements.filter(key=key).first() or _suggested(job, suggestions.BY_KEY[key], position)
    back = row.retired_at is not None
    row.retired_at = row.retired_by = None
    row.position = position if back or row.pk is None else row.position
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return row


# -- several changes at once, taken back at once


@dataclass
class Change:
    """`job` fields, `rows` {pk: {field: value}}, `added` fields of new rows, `removed` and `back` keys of rows."""

    job: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    added: list = field(default_factory=list)
    removed: list = field(default_factory=list)
    back: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.job or self.rows or self.added or self.removed or self.back)


def save(job, change: Change, *, by, seen: int | None) -> Job:
    """Writes it in one transaction, to be taken back as one. `seen` is the revision it was made from.

    Raises accounts.conflicts.Changed when somebody saved since, and Full.
    """
    with changing(job.pk, by=by, action="requirement.saved") as job:
        conflicts.check(job, seen)
        before = _write(job, change, by)
        undoing.remember(job, "list", before, by=by)
        rows.raise_revision(job)
    return job


def take_back(job, mark: str, *, by) -> None:
    """The last saving of the list's page. Raises undoing.Refused."""
    with changing(job.pk, by=by, action="job.taken_back") as job:
        taken = undoing.take(job, mark, by=by).values
        there = {int(pk): values for pk, values in taken["rows"].items()}
        change = Change(job=taken["job"], rows=there, removed=taken["added"], back=taken["removed"])
        _write(job, change, by)
        rows.raise_revision(job)


def _write(job, change, by) -> dict:
    """Does it; what it overwrote, as `take_back` reads it. A row that is not on this job's list is left alone."""
    before = {name: getattr(job, name) for name in change.job}
    for name, value in change.job.items():
        setattr(job, name, value)
    job.save(update_fields=list(change.job))
    there = {row.pk: row for row in listed(job)}
    removed = [pk for pk in change.removed if pk in there]
    _retire(removed, by)
    for pk in change.back:
        rows.unretire(Requirement(pk=pk))
    overwritten = {pk: _overwrite(there[pk], values) for pk, values in change.rows.items() if pk in there}
    added = [_add(job, values).pk for values in change.added]
    return {"job": before, "rows": overwritten, "added": added, "removed": removed}


def _overwrite(row, values) -> dict:
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return before


def _retire(pks, by):
    Requirement.objects.filter(pk__in=pks).update(retired_at=timezone.now(), retired_by=by)


# -- the lists there were


def snapshot(wanted) -> list[dict]:
    """A list as a version keeps it."""
    return [
        {"row": row.pk, "key": row.key, "text": row.text, "level": row.level, "weight": row.weight}
        for row in wanted
    ]


def _settle(job, before, by):
    """Keeps the list as it was when somebody was read with it and it says something else now.

    Back to the list before, with nobody read in between: then that one never ended.
    """
    after = _shape(snapshot(listed(job)))
    if _shape(before) == after:
        return
    if _used(job):
        RequirementVersion.objects.create(
            company_id=job.company_id, job=job, number=job.rubric_version, by=by, listed=before
        )
        _number(job, job.rubric_version + 1)
        return
    last = job.requirement_versions.filter(number=job.rubric_version - 1).first()
    if last and _shape(last.listed) == after:
        _number(job, last.number)
        last.delete()


def _shape(listed_then) -> list[tuple]:
    """What makes a list another one: which lines, at which level. Neither words nor order."""
    return sorted((line["row"], line["level"]) for line in listed_then)


def _number(job, number):
    job.rubric_version = number
    job.save(update_fields=["rubric_version"])


def _used(job) -> bool:
    """Was anybody read, moved on or judged with the list as it is?"""
    now = {"rubric_version": job.rubric_version}
    return (
        read(job).filter(**now).exists()
        or Scorecard.objects.filter(application__job=job, **now).exists()
        or StageMove.objects.filter(application__job=job, **now).exclude(from_stage="").exists()
    )


def read(job):
    return Application.everything.filter(job=job, read_at__isnull=False, is_test=False)


def read_with_this_list(job) -> int:
    """How many were read with the list as it is now."""
    return read(job).filter(rubric_version=job.rubric_version).count()


def read_before(job, people=None):
    """The applicants who were read with an older list: the filter "read before the change"."""
    people = Application.objects.for_company(job.company_id) if people is None else people
    return people.filter(job=job).read_before_version(job.rubric_version)


@dataclass(frozen=True)
class Last:
    """The last change that ended a list: `people` were read before it; `version` says why, once somebody did."""

    version: RequirementVersion
    people: int


def last_change(job) -> Last | None:
    """None while no list has ended, or nobody is left who was read with one."""
    if job.rubric_version == 1:
        return None
    version = job.requirement_versions.select_related("by").order_by("-number").first()
    people = read_before(job).count() if version else 0
    return Last(version, people) if people else None


def explain(job, *, number: int, reason: str, by) -> bool:
    """Records why version `number` was given up; False when there is no such version any more."""
    with transaction.atomic():
        job = lock_job(job.pk)
        found = job.requirement_versions.filter(number=number).update(reason=reason)
        if found:
            _record("requirement.explained", job, by)
    return bool(found)


def _record(action, job, by):
    trail.record(action, company_id=job.company_id, actor_id=by.user_id, kind="job", pk=job.pk)
