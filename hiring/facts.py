"""What a reader marks in an application: facts to check with a referee, and typing mistakes.

Both are lists of quotes: added, taken off again, and the last of either taken back for ten minutes.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import undoing
from hiring.judging import locked
from hiring.models import FactKind, FactToCheck, Source, TypingMark
from hiring.pipeline import Refused
from vault import trail

MOST = {FactToCheck: 50, TypingMark: 200}  # of one application
FIELDS = {
    FactToCheck: ("quote", "kind", "source", "by_id", "at"),
    TypingMark: ("quote", "source", "by_id", "at"),
}
WORD = {FactToCheck: "fact", TypingMark: "typing"}  # in marks of Undo, and in the trail
MODEL = {word: model for model, word in WORD.items()}


def add_fact(
    application, *, by, quote: str, kind: str = FactKind.OTHER, source: str = Source.CV
) -> FactToCheck:
    """The same quote twice is one. Raises Refused for no words, and for more than fifty."""
    return _add(FactToCheck, application, by, quote, source, kind=kind)


def add_typing(application, *, by, quote: str, source: str = Source.CV) -> TypingMark:
    """Each word once for each place. Raises Refused for no word, and for more than two hundred."""
    return _add(TypingMark, application, by, quote, source)


@transaction.atomic
def _add(model, application, by, quote, source, **fields):
    row = locked(application)
    quote = _one_line(quote, model)
    known = model.objects.filter(application=row)
    if same := known.filter(quote=quote, source=source).first():
        return same
    if known.count() >= MOST[model]:
        raise Refused(_("This is a long list already. Take something off first."))
    added = model.objects.create(
        company_id=row.company_id, application=row, by=by, quote=quote, source=source, **fields
    )
    _remember(row, model, {"added": added.pk}, by)
    _trail(f"{WORD[model]}.added", row, by)
    return added


def _one_line(quote, model) -> str:
    """Lines of a CV are broken anywhere. Too long a quote ends early, with a sign that it does."""
    words, room = " ".join(quote.split()), model._meta.get_field("quote").max_length
    if not words:
        raise Refused(_("Select the words in the text first, or type them."))
    return words if len(words) <= room else words[: room - 1] + "…"


@transaction.atomic
def remove(mark, *, by) -> None:
    """Off the list; twice is once. Raises Refused for a fact that somebody has asked about."""
    model, row = type(mark), locked(mark.application)
    mark = model.objects.filter(pk=mark.pk).first()
    if mark is None:
        return
    if getattr(mark, "outcome", ""):
        raise Refused(_("A referee was asked about this already: it stays with the answer."))
    values = {name: getattr(mark, name) for name in FIELDS[model]}
    values["at"] = mark.at.isoformat()  # to the microsecond
    mark.delete()
    _remember(row, model, {"removed": values}, by)
    _trail(f"{WORD[model]}.removed", row, by)


@transaction.atomic
def take_back(application, mark: str, *, by) -> None:
    """The last adding or removing. Raises undoing.Refused."""
    row = locked(application)
    taken = undoing.take(row, mark, by=by)
    model, values = MODEL[taken.what], taken.values
    if "removed" in values:
        model.objects.create(company_id=row.company_id, application=row, **values["removed"])
    else:
        _unadd(model, values["added"])
    row.save(update_fields=undoing.FIELDS)
    _trail(f"{taken.what}.taken_back", row, by)


def _unadd(model, pk):
    mark = model.objects.filter(pk=pk).first()
    if getattr(mark, "outcome", ""):
        raise undoing.Gone(_("A referee was asked about this since. Nothing was changed."))
    if mark:
        mark.delete()


def _remember(row, model, values, by):
    undoing.remember(row, WORD[model], values, by=by)
    row.save(update_fields=undoing.FIELDS)


def _trail(action, row, by):
    trail.record(action, company_id=row.company_id, actor_id=by.user_id, kind="application", pk=row.pk)


# -- reading


def facts_of(application) -> list[FactToCheck]:
    return list(FactToCheck.objects.filter(application=application).select_related("by").order_by("pk"))


def marked(application) -> dict:
    """For hiring/_marked.html: both lists, oldest first. Two queries."""
    return {
        "facts": list(
            FactToCheck.objects.filter(application=application).select_related("by").order_by("pk")
        ),
        "typing": list(
            TypingMark.objects.filter(application=application).select_related("by").order_by("pk")
        ),
    }


def counted(typing) -> list[tuple[int, str]]:
    """(how many, whom by) of these typing marks, in the order in which people began."""
    found: dict[int | None, list] = {}
    for mark in typing:
        found.setdefault(mark.by_id, []).append(mark)
    return [(len(marks), str(marks[0].by or "")) for marks in found.values()]
