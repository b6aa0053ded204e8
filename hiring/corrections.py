"""What an applicant may put right behind their link, and how the shop hears of it.

Old values are not kept: the shop sees what was changed and when. That a refusal is decided and not told yet changes
nothing here, or the page would tell it.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from hiring import answers, applying, pipeline, refusals
from hiring.models import Answer, Outcome, Stage
from vault import files, trail

OWN = ("name", "email", "phone")
# What may be added as long as nothing of the kind was sent: what has been read is not exchanged under the reader.
ADDED = {"cv": ("cv", "cv_text"), "letter": ("letter", "cover_letter")}
WORDS = {
    "name": pgettext_lazy("of a person", "name"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
    "cv": gettext_lazy("CV"),
    "cv_text": gettext_lazy("CV as text"),
    "letter": gettext_lazy("letter"),
    "cover_letter": gettext_lazy("letter"),
}


class Over(Exception):
    """Decided meanwhile, as far as they know."""


class Changed(Exception):
    """Another window of theirs was faster."""


def stamp(application) -> str:
    return application.corrected_at.isoformat() if application.corrected_at else ""


def may(application) -> bool:
    if application.outcome == Outcome.NOT_SELECTED:
        return not refusals.has_heard(application)
    return application.is_active and application.stage != Stage.HIRED


def addable(application) -> list[str]:
    """Fields in which something may still be added."""
    return [
        name for names in ADDED.values() if not any(getattr(application, n) for n in names) for name in names
    ]


def correct(application, *, person: dict, given: dict, uploads: dict, seen: str) -> list[str]:
    """Writes what is new and says what was: names of fields, "q5" for question 5.

    `given` holds only the questions whose answer was touched, `seen` is the `stamp` of the form's application.
    Raises Over, Changed, and applying.NotKept.
    """
    with applying.taking_in(application.company_id, uploads, given) as taken:
        with transaction.atomic():
            _job, row = pipeline.lock(application)
            if row.erased_at or not may(row):
                raise Over
            if stamp(row) != seen or set(taken.files) - set(addable(row)):
                raise Changed
            changed, old = _write(row, person | taken.files, taken.given)
        for stored in old:
            files.delete(stored)
    return changed


def _write(row, values, given):
    allowed = {*OWN, *addable(row)}
    new = {name: value for name, value in values.items() if name in allowed and value != getattr(row, name)}
    for name, value in new.items():
        setattr(row, name, value)
    touched, old = _write_answers(row, given)
    changed = [*new, *touched]
    if changed:
        _stamp(row, new, changed)
    return changed, old


def _write_answers(row, given):
    """(what was touched, files nobody points at any more)."""
    touched, old = [], []
    for question, said in given.items():
        made, there = answers.make(question, said), Answer.objects.filter(application=row, question=question)
        before = there.select_related("file").first()
        if _same(before, made):
            continue
        if before and before.file:
            old.append(before.file)
        if made:
            mine = {"application": row, "question": question, "company_id": row.company_id}
            Answer.objects.update_or_create(**mine, defaults=made)
        else:
            there.delete()
        touched.append(f"q{question.pk}")
    return touched, old


def _same(before, made) -> bool:
    """Nothing before and nothing now, or the same words with other ends of lines."""
    if before is None or made is None:
        return before is None and made is None
    said = made["kind"], made["value"], made["text"].split(), made["file"]
    return said == (before.kind, before.value, before.text.split(), before.file)


def _stamp(row, new, changed):
    row.corrected_at, row.words_due, row.keys_due = timezone.now(), True, True
    row.corrected = [*dict.fromkeys([*row.corrected, *changed])]
    own = {"name": row.name, "email": row.email, "phone": row.phone}
    for name, value in pipeline.folded(own).items():
        setattr(row, name, value)
    row.save(
        update_fields=[*new, "corrected_at", "corrected", "words_due", "keys_due", "search", "sort_name"]
    )
    fields = sorted({"answers" if name[1:].isdigit() else name for name in changed})
    trail.record(
        "application.put_right",
        company_id=row.company_id,
        actor_id=None,
        kind="application",
        pk=row.pk,
        fields=fields,
        by_link="status",
    )
    if "email" in new:
        applying.send_receipt(row, again=f":{row.corrected_at.isoformat()}")


def said(application, given) -> list[str]:
    """What was put right, in words for the shop; `given` are the answers with their questions."""
    labels = {f"q{answer.question_id}": str(answer.question.label) for answer in given}
    names = WORDS | labels
    return list(dict.fromkeys(str(names.get(code, ANSWER)) for code in application.corrected))


ANSWER = gettext_lazy("an answer")
