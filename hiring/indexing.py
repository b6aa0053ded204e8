"""What applicants sent becomes words to search in: in the background, a batch at a time, whenever it is due."""

import time

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from hiring import fulltext, masking
from hiring.models import Answer, Application, SearchText
from vault import folding
from vault.work import State

BATCH = 50
SECONDS = 20  # then the next beat goes on
LONGEST = 150_000  # characters; PostgreSQL takes a megabyte of distinct words


def run(seconds: float = SECONDS) -> int:
    """Indexes what is due; how many. May run twice at once: each row is written by whoever locks it."""
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until and (found := _batch()):
        done += found
    return done


def _due():
    """Applications whose words are not in the index. A file that is still being read comes later."""
    read = [State.DONE, State.PARKED]
    ready = (Q(cv=None) | Q(cv__state__in=read)) & (Q(letter=None) | Q(letter__state__in=read))
    reading = (
        Answer.objects.filter(application=OuterRef("pk")).exclude(file=None).exclude(file__state__in=read)
    )
    return Application.everything.filter(ready, ~Exists(reading), words_due=True, erased_at=None)


@transaction.atomic
def _batch() -> int:
    rows = _due().select_related("cv", "letter").prefetch_related("answers__file").order_by("pk")
    locked = list(rows.select_for_update(no_key=True, of=("self",), skip_locked=True)[:BATCH])
    SearchText.objects.bulk_create(
        [SearchText(application=row, company_id=row.company_id, words=_words(row)) for row in locked],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=["words"],
    )
    Application.everything.filter(pk__in=[row.pk for row in locked]).update(words_due=False)
    return len(locked)


def _words(row) -> str:
    """Folded, and without what tells who it is: while names are hidden, nobody is found by theirs."""
    text = masking.mask(sent(row), name=row.name)
    return f"{fulltext.of_company(row.company_id)} {folding.fold(text)[:LONGEST]}"


def sent(row) -> str:
    """CV, letter and answers, one after the other; needs `cv`, `letter` and `answers` with their files."""
    given = row.answers.all()
    files = [row.letter, *(answer.file for answer in given)]
    cv = row.cv_text or (row.cv.text if row.cv else "")
    texts = [cv, row.cover_letter, *(answer.text for answer in given), *(file.text for file in files if file)]
    return "\n".join(texts)
