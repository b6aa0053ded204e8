"""The extra questions of a job's form: what is asked, of which kind, in which order."""

from decimal import Decimal
from secrets import token_hex

from django.db import transaction
from django.db.models import Count, Max

from hiring import defaults, pipeline, rows
from hiring.models import Question, QuestionKind
from hiring.models.questions import CHOICES
from vault import trail

# What a change may set, with what it is where the kind has no use for it.
NEEDLESS = {"options": [], "unit": "", "least": None, "most": None}
USES = {kind: {"options"} for kind in CHOICES} | {QuestionKind.NUMBER: {"unit", "least", "most"}}
SAID = ("text", "hint", "kind", *NEEDLESS)


class Changed(Exception):
    """Somebody changed the question since the form was made; `question` is how it is now."""

    def __init__(self, question):
        super().__init__(question.pk)
        self.question = question


def asked(job) -> list[Question]:
    """The extra questions asked now, in order."""
    return list(job.questions.filter(retired_at=None).order_by("position", "pk"))


def counted(job) -> list[Question]:
    """The same, each with `answered`: how many answers there are."""
    found = job.questions.filter(retired_at=None).annotate(answered=Count("answers"))
    return list(found.order_by("position", "pk"))


def suggest(job) -> None:
    """The questions a new job begins with."""
    Question.objects.bulk_create(
        Question(
            company_id=job.company_id,
            job=job,
            key=key,
            kind=defaults.QUESTION_KINDS.get(key, QuestionKind.TEXT),
            position=position,
        )
        for position, key in enumerate(defaults.QUESTIONS, 1)
    )


def add(job, *, text: str, by, **values) -> Question:
    """One more at the end; `values` are of SAID, `options` its texts."""
    with transaction.atomic():
        job = pipeline.lock_job(job.pk)
        last = job.questions.aggregate(last=Max("position"))["last"] or 0
        question = Question(company_id=job.company_id, job=job, position=last + 1)
        _say(question, {"text": text} | values)
        question.save()
        _record("question.added", job, by)
    return question


def change(question, *, values: dict, seen: str, by) -> Question:
    """Asks something else. Answers that were given stay as they were. `seen` is the `stamp` of the form's question.

    Raises Changed when somebody was faster.
    """
    with transaction.atomic():
        job = pipeline.lock_job(question.job_id)
        now = Question.objects.get(pk=question.pk)
        if stamp(now) != seen:
            raise Changed(now)
        _say(now, values)
        if stamp(now) != seen:
            now.save(update_fields=list(SAID))
            rows.raise_revision(job)
            _record("question.changed", job, by)
    return now


def stamp(question) -> str:
    """Changes whenever anything of the question does."""
    return "|".join(str(_plain(getattr(question, name))) for name in SAID)


def _plain(value):
    """A number as it is stored, however it was typed: 5 is 5.00. PostgreSQL puts an option's names in its own order."""
    if isinstance(value, list):
        return [sorted(option.items()) for option in value]
    return f"{value:.2f}" if isinstance(value, Decimal | int) else value


def _say(question, values):
    kind = values.get("kind", question.kind)
    wanted = {name: values[name] for name in SAID if name in values}
    if "options" in wanted:
        wanted["options"] = merged(question.options, wanted["options"])
    for name, nothing in NEEDLESS.items():
        if name not in USES.get(kind, ()):
            wanted[name] = question.options and merged(question.options, []) if name == "options" else nothing
    for name, value in wanted.items():
        setattr(question, name, value)


def merged(before: list[dict], texts: list[str]) -> list[dict]:
    """The options `texts` in their order, then what is no longer offered.

    A text that was there already (whatever its capitals and spaces) keeps its key, and with it its answers; one that
    was changed is another option.
    """
    keys = {_same(option["text"]): option["key"] for option in before}
    offered = {}
    for text in texts:
        key = keys.get(_same(text)) or token_hex(4)
        if key not in offered and _same(text) not in {_same(there) for there in offered.values()}:
            offered[key] = text
    off = [
        {"key": option["key"], "text": option["text"], "off": True}
        for option in before
        if option["key"] not in offered
    ]
    return [{"key": key, "text": text} for key, text in offered.items()] + off


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def remove(question, *, by) -> None:
    """No longer asked; answers that were given stay."""
    with transaction.atomic():
        job = pipeline.lock_job(question.job_id)
        rows.retire(question, job, by)
        _record("question.removed", job, by)


def put_back(question, *, by) -> None:
    with transaction.atomic():
        job = pipeline.lock_job(question.job_id)
        if rows.unretire(question):
            rows.raise_revision(job)
            _record("question.put_back", job, by)


def _record(action, job, by):
    trail.record(action, company_id=job.company_id, actor_id=by.user_id, kind="job", pk=job.pk)
