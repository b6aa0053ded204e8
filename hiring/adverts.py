"""From nothing, or from the answer of the check, to an advert people can apply to; and off again."""

from decimal import Decimal
from secrets import token_hex

from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.text import slugify

from accounts import undoing
from hiring import defaults, hand_off, pipeline, questions, requirements, rows, sent_files, wording
from hiring.models import Application, Job, JobMember, JobStatus, Offer, Requirement
from hiring.models.jobs import EmploymentType, Place
from vault import files, folding, trail

FULL_TIME_FROM = 35  # hours a week
MOST_WORDS = 200  # that a job keeps although they were advised against
TEST_SALT, TEST_SECONDS = "hiring.test-application", 24 * 3600
WRITTEN = (
    "title",
    "summary",
    "responsibilities",
    "how_to_apply",
)  # what we write for people, in their language


class Incomplete(Exception):
    """Publishing waits for the parts in `missing` (codes of wording.PARTS)."""

    def __init__(self, missing):
        super().__init__(", ".join(missing))
        self.missing = missing


def draft(*, company, by, hours: int | None = None, assessment: str = "") -> Job:
    """A job already written: title with hours, ten requirements, duties, two questions; in the company's language."""
    full = bool(hours) and hours >= FULL_TIME_FROM
    with transaction.atomic():
        job = Job.objects.create(
            company=company,
            slug=f"draft-{token_hex(6)}",  # until it is published nobody can open the address
            language=company.language,
            hours_week=Decimal(hours) if hours else None,
            employment_type=EmploymentType.FULL_TIME if full else EmploymentType.PART_TIME,
            place=Place.ONSITE,
            country=company.country,
            currency=company.currency,
            assessment=assessment,
            created_by=by,
            **written(company.language, hours, full),
        )
        JobMember.objects.create(company=company, job=job, membership=by)
        _copy_suggestions(job)
        _record("job.drafted", job, by)
    return job


def written(language: str, hours, full: bool) -> dict:
    """Our words for the parts of WRITTEN in `language`."""
    with translation.override(language):
        number = int(hours) if hours else None
        return {
            "title": defaults.title(number, "full" if full else "part"),
            "summary": defaults.summary(number),
            "responsibilities": defaults.duties(),
            "how_to_apply": defaults.how_to_apply(),
        }


def rewrite(job, *, before) -> list[str]:
    """Follows a change of language or hours in the texts that are still ours; which ones. Does not save.

    `before` is the job as it was; a text somebody has touched stays as they wrote it.
    """
    old, new = (
        written(version.language, version.hours_week, version.employment_type == EmploymentType.FULL_TIME)
        for version in (before, job)
    )
    changed = [name for name in WRITTEN if old[name] != new[name] and _same(getattr(job, name), old[name])]
    for name in changed:
        setattr(job, name, new[name])
    return changed


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


def _copy_suggestions(job):
    requirements.suggest(job)
    questions.suggest(job)


# -- on the air (off it: hiring.closing)


def publish(job, *, by) -> Job:
    """Puts a draft on the air. Raises Incomplete while a required part is missing; an open job stays as it is.

    The public address is made of the title now and never changes afterwards.
    """
    with transaction.atomic():
        job = pipeline.lock_job(job.pk)
        if job.status != JobStatus.DRAFT:
            return job
        lacking = wording.completeness(job, requirements.listed(job)).blocking
        if lacking:
            raise Incomplete(lacking)
        undoing.remember(job, "publish", {"slug": job.slug}, by=by)
        job.slug, job.first_opened_at, job.status = _free_slug(job), timezone.now(), JobStatus.OPEN
        job.changed_at = job.first_opened_at
        job.save(update_fields=["slug", "first_opened_at", "changed_at", "status", *undoing.FIELDS])
        hand_off.prepare_shop(job)
        _record("job.published", job, by, ["status"])
    return job


def set_openings(job, *, number: int, by) -> Job:
    """How many people the job needs. With as many hired already it is filled, as after the last hire."""
    with transaction.atomic():
        job = pipeline.lock_job(job.pk)
        if job.openings == number:
            return job
        undoing.remember(job, "openings", {"openings": job.openings, "status": job.status}, by=by)
        job.openings = number
        job.save(update_fields=["openings", *undoing.FIELDS])
        if job.status in {JobStatus.OPEN, JobStatus.PAUSED} and hand_off.hired(job) >= number:
            hand_off.close_filled(job)
        _record("job.changed", job, by, ["openings"])
    return job


def set_pay(job, *, values: dict, by) -> Job:
    with transaction.atomic():
        job = pipeline.lock_job(job.pk)
        undoing.remember(job, "pay", {name: getattr(job, name) for name in values}, by=by)
        for name, value in values.items():
            setattr(job, name, value)
        job.save(update_fields=list(values))
        rows.raise_revision(job)
        _record("job.changed", job, by, sorted(values))
    return job


def leave_word(job, *, word: str, by) -> None:
    """Somebody wants to keep a word that was advised against: it is not advised again. Empty: advise all again.

    No change of the advert: an editor that is open elsewhere need not hear of it.
    """
    with transaction.atomic():
        now = pipeline.lock_job(job.pk)
        now.words_left = [*dict.fromkeys([*now.words_left, word])][-MOST_WORDS:] if word else []
        now.save(update_fields=["words_left"])
        _record("job.changed", now, by, ["words_left"])
    job.words_left = now.words_left


def set_members(job, *, memberships, by) -> None:
    """Puts exactly these managers on the job; owners see every job without being on it."""
    with transaction.atomic():
        job = pipeline.lock_job(job.pk)
        there = set(JobMember.objects.filter(job=job).values_list("membership_id", flat=True))
        if there == {membership.pk for membership in memberships}:
            return
        undoing.remember(job, "members", {"members": sorted(there)}, by=by)
        job.save(update_fields=undoing.FIELDS)
        put_members(job, memberships)
        _record("job.changed", job, by, ["members"])


def put_members(job, memberships) -> None:
    """The caller has locked the job, and says so in the trail."""
    JobMember.objects.filter(job=job).exclude(membership__in=memberships).delete()
    JobMember.objects.bulk_create(
        [JobMember(company_id=job.company_id, job=job, membership=membership) for membership in memberships],
        ignore_conflicts=True,
    )


def _free_slug(job) -> str:
    short = job.title.partition(",")[0]  # hours and the like come after the comma
    base = slugify(folding.sort_key(short))[:60].strip("-") or "job"
    others = Job.everything.filter(company_id=job.company_id, slug__startswith=base).exclude(pk=job.pk)
    taken = set(others.values_list("slug", flat=True))
    numbered = (f"{base}-{n}" for n in range(2, len(taken) + 3))
    return base if base not in taken else next(slug for slug in numbered if slug not in taken)


def _record(action, job, by, fields=()):
    trail.record(
        action, company_id=job.company_id, actor_id=by.user_id, kind="job", pk=job.pk, fields=list(fields)
    )


# -- taking back


def remember(job, before: dict, *, by, auto: bool) -> None:
    """What a saving of the editor overwrote: {"fields", "levels", "texts": {name or row: as it was}, "added": [rows]}.

    Savings made while somebody types are one change, back to where they began. The caller saves the job.
    """
    entry = job.undoable.get("advert")
    if entry and entry.get("open") and entry["by"] == by.pk and undoing.offered(job, "advert", by):
        there = entry["values"]
        before = {part: {**before[part], **there[part]} for part in PARTS} | {
            "added": [*there["added"], *before["added"]]
        }
    if any(before.values()):
        undoing.remember(job, "advert", before, by=by, open=auto)


PARTS = ("fields", "levels", "texts")


def take_back(job, mark: str, *, by) -> None:
    """The last saving of the editor, or the row that was taken off last. Raises undoing.Refused."""
    with transaction.atomic():
        job = pipeline.lock_job(job.pk)
        taken = undoing.take(job, mark, by=by)
        if taken.what == "row":
            _put_back_row(job, taken.values["row"], by)
        else:
            _back_to(job, taken.values, by)
        rows.raise_revision(job)
        _record("job.taken_back", job, by)


def _put_back_row(job, code, by):
    row = rows.of(code).filter(job=job, pk=code[1:]).first()
    if row is not None:
        put_back = requirements.put_back if isinstance(row, Requirement) else questions.put_back
        put_back(row, by=by)
        job.refresh_from_db(fields=["rubric_version"])


def _back_to(job, before, by):
    for name, value in before["fields"].items():
        setattr(job, name, Job._meta.get_field(name).to_python(value))
    job.save(update_fields=list(before["fields"]))
    for code, text in before["texts"].items():
        rows.of(code).filter(job=job, pk=code[1:]).update(text=text)
    for code, level in before["levels"].items():
        requirements.set_level(Requirement.objects.get(job=job, pk=code[1:]), level=level, by=by)
    for code in before["added"]:
        rows.of(code).filter(job=job, pk=code[1:]).update(retired_at=timezone.now(), retired_by=by)
    job.refresh_from_db(fields=["rubric_version"])


# -- trying it oneself


def mark_of_test(job) -> str:
    """What marks an application as a test: signed for this job and good for a day."""
    return signing.dumps(job.pk, salt=TEST_SALT)


def is_test(job, said: str) -> bool:
    try:
        return signing.loads(said, salt=TEST_SALT, max_age=TEST_SECONDS) == job.pk
    except signing.BadSignature:
        return False


def remove_tests(job, *, by) -> int:
    """Removes the test applications of a job with everything below them; how many."""
    with transaction.atomic():
        job = pipeline.lock_job(job.pk)
        tests = Application.objects.filter(Q(job=job), is_test=True)
        found, sent = list(tests.select_related("candidate")), sent_files.of(tests)
        Offer.objects.filter(application__in=tests).delete()
        tests.delete()
        for application in found:
            application.candidate.delete()
        for stored in sent:
            files.delete(stored)
        _record("job.tests_removed", job, by)
    return len(found)
