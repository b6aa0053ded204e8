"""A hundred lines of an import at a time: the people, their notes and CVs, and how far we are, in one transaction."""

from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hiring import import_reading, pipeline
from hiring.cvbox import Box
from hiring.import_reading import OUT, REFUSED
from hiring.models import ImportedLine, Note, PeopleImport
from vault import files, folding, naming
from vault.work import State

CHUNK = 100
LEASE = timedelta(minutes=5)
LOOSE_KEPT = 500
Became = ImportedLine.Became


class Stopped(Exception):
    """Somebody gave it up, or another worker has the row now."""


def bring(row) -> None:
    """All lines from the cursor on. Raises Stopped, pipeline.Refused, and what reading a file raises."""
    whose, loose = import_reading.matched(row)
    row.loose, row.loose_count = [list(each) for each in loose[:LOOSE_KEPT]], len(loose)
    left = islice(import_reading.lines(row), row.cursor, None)
    places = import_reading.channels(row.company)
    while chunk := list(islice(left, CHUNK)):
        cvs = _cvs(row, chunk, whose)
        _enter(row, chunk, cvs, places)


def _cvs(row, chunk, whose) -> dict:
    """{line: a stored file, or why it was not taken} of this chunk; drafts that go by themselves if we die now."""
    wanted = {line.number: whose[line.number] for line in chunk if line.number in whose}
    if not wanted:
        return {}
    with Box(row.cvs.path) as box:
        return {number: _cv(row, box, path) for number, path in wanted.items()}


def _cv(row, box, path):
    try:
        return box.keep(path, company_id=row.company_id)
    except files.Refused as refused:
        return naming.clean(path), refused.code


@transaction.atomic
def _enter(row, chunk, cvs, places):
    """One chunk, and how far we are, together. Raises Stopped."""
    job = pipeline.lock_job(row.job_id)
    _move_cursor(row, len(chunk))
    known = import_reading.there(job, {line.person.email.lower() for line in chunk if line.person})
    at = timezone.now()
    made = [_line(row, line, cvs, known, at) for line in chunk]
    entering = [
        (mine, line.person) for mine, line in zip(made, chunk, strict=True) if mine.became == Became.ENTERED
    ]
    people = [_fields(row, job, mine, person, cvs, places) for mine, person in entering]
    applications = pipeline.receive_many(job, people, by=row.created_by) if people else []
    for (mine, _person), application in zip(entering, applications, strict=True):
        mine.application = application
    ImportedLine.objects.bulk_create(made)
    _notes(row, entering, at)
    cvs = [application.cv for application in applications if application.cv]
    files.take_all(cvs, actor_id=row.created_by and row.created_by.user_id)


def _move_cursor(row, by):
    ours = PeopleImport.objects.filter(pk=row.pk, state=State.RUNNING, tries=row.tries)
    values = {"cursor": row.cursor + by, "lease_until": timezone.now() + LEASE}
    if not ours.update(**values):
        raise Stopped
    row.cursor += by


def _line(row, line, cvs, known, at) -> ImportedLine:
    """What becomes of it; an address that comes now is known to the lines after it."""
    became = _becomes(line, row.words, known)
    kept = [] if became == Became.ENTERED else [cell.replace("\0", "") for cell in line.cells]
    made = ImportedLine(
        company_id=row.company_id,
        source=row,
        line=line.number,
        became=became,
        code=line.code,
        cells=kept,
        at=at,
    )
    cv = cvs.get(line.number)
    if became == Became.ENTERED and isinstance(cv, tuple):
        made.cv_name, made.cv_code = cv
    elif became == Became.ENTERED and cv is None and line.person.cv and row.has_cvs:
        made.cv_name, made.cv_code = naming.clean(line.person.cv), "not_sent"
    return made


def _becomes(line, words, known) -> str:
    if line.person is None:
        return Became.BROKEN
    if import_reading.standing(line.person, words)[1] == OUT:
        return Became.LEFT_OUT
    email = line.person.email.lower()
    if email in known:
        return Became.ALREADY
    if email:
        known.add(email)
    return Became.ENTERED


def _fields(row, job, mine, person, cvs, places) -> dict:
    """The application's own fields."""
    stage, ended = import_reading.standing(person, row.words)
    cv = cvs.get(mine.line)
    fields = {
        "name": person.name,
        "email": person.email,
        "phone": person.phone,
        "cover_letter": person.letter,
        "language": job.language,
        "source": places.get(folding.sort_key(person.said("source")), ""),
        "submitted_at": import_reading.submitted_at(person, import_reading.zone_of(job.company)),
        "stage": stage,
        "cv": None if isinstance(cv, tuple) else cv,
    }
    return fields | ({"ended": _("Told in the other system.")} if ended == REFUSED else {})


def _notes(row, entering, at):
    """What has no place of its own here, a score too, stays as words."""
    notes = [
        Note(
            company_id=row.company_id,
            application=mine.application,
            author=row.created_by,
            text=text,
            created_at=at,
        )
        for mine, person in entering
        if (text := words_of(person))
    ]
    Note.objects.bulk_create(notes)


def words_of(person) -> str:
    """What the note says, a line for each column."""
    labels = {
        "stage": _("Stage there"),
        "status": _("Status there"),
        "source": _("Came through"),
        "rating": _("Rating there"),
        "tags": _("Tags there"),
        "note": _("Note there"),
        "phone": _("Phone as written there"),
    }
    said = "\n".join(f"{labels[name]}: {text}" for name, text in person.noted)
    return said[:5_000]
