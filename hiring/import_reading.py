"""The files of an import, read: line by line what each says, and what an import would do with it."""

import contextlib
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import listed, zones
from hiring import cvnames, peoplefile
from hiring.cvbox import Box
from hiring.models import Application
from hiring.peoplefile import Broken, Person
from vault import folding, moments, tablefile

MOST_ROWS = 10_000
MOST_MB = 20
MOST_WORDS = 40  # different words of a stage that one is asked about
KEPT = 100  # of what is shown as examples
YEARS = 20
REFUSED, OUT = "refused", "out"
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Line:
    """One line: `person`, or `code` why there is none; `cells` as they stand there."""

    number: int
    cells: list
    person: Person | None
    code: str = ""


def lines(row):
    """Every line of an import in order: rows of its table, else its CVs."""
    if not row.has_table:
        yield from _files(row)
        return
    columns, order = row.mapping["columns"], row.mapping.get("order") or moments.YEAR_FIRST
    width, earliest, latest = len(row.header), *_bounds(row)
    for number, cells in rows(row):
        try:
            if peoplefile.has_more(cells, width):
                raise Broken("more_cells")
            person = peoplefile.person(cells, columns, order)
            _check(person, earliest, latest)
        except Broken as broken:
            yield Line(number, cells, None, broken.code)
        else:
            yield Line(number, cells, person)


def rows(row):
    """(line number, cells) below the header."""
    found = tablefile.rows_of(row.table.path, encoding=row.encoding, delimiter=row.delimiter)
    next(found, None)
    return found


def _files(row):
    with Box(row.cvs.path) as box:
        paths = box.files
    for number, path in enumerate(paths, 1):
        yield Line(number, [path], Person(cvnames.name(path), email=cvnames.address(path), cv=path))


def _bounds(row):
    now = timezone.now()
    return now - timedelta(days=365 * YEARS), now + timedelta(days=1)


def _check(person, earliest, latest):
    if person.email:
        try:
            validate_email(person.email)
        except ValidationError:
            raise Broken("bad_email") from None
    if person.applied and not earliest <= aware(person.applied, UTC) <= latest:
        raise Broken("impossible_date")


def aware(when: datetime, zone) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=zone)


def submitted_at(person, zone) -> datetime:
    """When they applied, never later than now: the file may be written in another zone."""
    now = timezone.now()
    return min(aware(person.applied, zone), now) if person.applied else now


def zone_of(company):
    return zones.named(company.timezone) or UTC


# -- what words mean here


def said_words(row) -> dict[str, list[tuple[str, int]]]:
    """{"stage": [(word, how often)], "status": ...} of the columns that say where somebody stands there."""
    counted = {
        field: Counter() for field in ("stage", "status") if row.mapping["columns"].get(field) is not None
    }
    for line in lines(row) if counted else ():
        for field, counter in counted.items():
            if line.person and (word := line.person.said(field)):
                counter[word[:100]] += 1
    return {field: counter.most_common(MOST_WORDS) for field, counter in counted.items() if counter}


def standing(person, words) -> tuple[str, str]:
    """(stage, "" or "refused" or "out") of somebody, by what was chosen for the words; the CV where nothing was."""
    meant = [words.get(field, {}).get(person.said(field)[:100], "cv") for field in ("stage", "status")]
    stage = next((each for each in meant if each not in {REFUSED, OUT, "cv"}), "cv")
    return stage, OUT if OUT in meant else REFUSED if REFUSED in meant else ""


# -- whose CV


def matched(row) -> tuple[dict[int, str], list]:
    """({line: file}, [(file, code)]) of an import's CVs."""
    if row.cvs_id is None:
        return {}, []
    with Box(row.cvs.path) as box:
        paths = box.files
    if not row.has_table:
        return dict(enumerate(paths, 1)), []
    people = (
        (line.number, line.person.name, line.person.email, line.person.cv)
        for line in lines(row)
        if line.person
    )
    return cvnames.match(people, paths)


# -- who is there


def there(job, addresses) -> set[str]:
    """Which of these addresses (in lower case) have applied for the job."""
    rows = Application.objects.filter(job=job).annotate(lower=Lower("email"))
    return set(rows.filter(lower__in=[each for each in addresses if each]).values_list("lower", flat=True))


def look(row) -> dict:
    """What an import would do, for the page before it: numbers, and examples of what is broken."""
    found, broken, seen = Counter(), [], set()
    known = set(
        Application.objects.filter(job=row.job_id).exclude(email="").values_list(Lower("email"), flat=True)
    )
    for line in lines(row):
        what = _becomes(line, row.words, known, seen)
        found[what] += 1
        if what == "broken":
            broken.append([line.number, line.code])
    files, loose = matched(row)
    return dict(found) | {
        "examples": broken[:KEPT],
        "matched": len(files),
        "loose": [list(each) for each in loose[:KEPT]],
        "loose_count": len(loose),
    }


def _becomes(line, words, known, seen) -> str:
    if line.person is None:
        return "broken"
    if standing(line.person, words)[1] == OUT:
        return "left_out"
    email = line.person.email.lower()
    if email and (email in known or email in seen):
        return "already"
    seen.add(email)
    return "new"


def first(row, most=SHOWN) -> list[dict]:
    """The first people as they will be."""
    zone, files = zone_of(row.job.company), matched(row)[0]
    found = []
    with contextlib.closing(lines(row)) as there_:
        for line in there_:
            if len(found) == most:
                break
            if line.person:
                stage, ended = standing(line.person, row.words)
                at = submitted_at(line.person, zone)
                cv = cvnames.base(files.get(line.number, ""))
                found.append({"line": line, "stage": stage, "ended": ended, "at": at, "cv": cv})
    return found


def channels(company) -> dict[str, str]:
    """{folded name of a place: its code}, to know where somebody came from."""
    return {
        folding.sort_key(str(listed.name_of(place))): listed.code(place)
        for place in listed.shown(company, listed.CHANNEL)
    }
