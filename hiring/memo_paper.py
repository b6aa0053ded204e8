"""The decision memo as a PDF, in the reader's language: one page where little was written."""

from babel.dates import format_date
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from accounts import paper
from hiring import memos
from vault import naming
from vault.papers import Heading, Note, Pairs, Table, Text, Title

MUST, OTHER = 140, 95  # characters of evidence for one skill; the page has all of it


def pdf(application, memo, words) -> bytes:
    """`memo` is memos.of, `words` the row of one's own words. Raises papers.TooLong never with what the forms take."""
    language = get_language()
    now = timezone.localtime()
    return paper.pdf(
        application.job.company,
        title=_("Decision memo"),
        blocks=list(_blocks(application, memo, words)),
        language=language,
        made_at=now,
        date=format_date(now.date(), "long", locale=to_locale(language)),
    )


def name(application) -> str:
    """What the file is called, safe for any disk."""
    called = f"{_('Decision memo')}, {application.shown_name}".replace("/", "-")
    return naming.clean(f"{called}.pdf", (".pdf",))


def _blocks(application, memo, words):
    """Set tightly: a decision is looked at on one page or not at all."""
    yield Title(application.shown_name, application.job.title)
    for line in filter(None, [memo.alone, _past(memo)]):
        yield Note(line)
    yield Pairs([row for row in _head(memo, words) if row[1]])
    yield from _skills(memo)
    yield from _lines(_("On the way"), [*_way(memo)])


def _head(memo, words) -> list[tuple[str, str]]:
    return [
        (_("Decision"), memo.decided),
        (_("Why this person"), words.why),
        (_("Not sure of"), words.doubts),
        (_("Must-haves"), memo.standing),
        (_("Read with"), _("list %(number)s of what the job asks for") % {"number": memo.list_number}),
        (_("Considered"), memos.considered(memo)),
        (_("Cost so far"), memos.cost(memo)),
    ]


def _way(memo):
    """Who recommended what, what was asked and answered, what referees said and what differs."""
    for said in memo.recommendations:
        yield _("Recommendation: %(said)s") % {"said": said}
    yield from map(_answer, memo.asked)
    for line in memo.references:
        said = _joined(line["said"], line["details"])
        yield _("Reference: %(said)s") % {"said": said}
    for row in memo.facts:
        yield _joined(f"“{row['quote']}”: {row['outcome']}", [row["said"]])


def _past(memo) -> str:
    return (
        _("Stages that were skipped: %(stages)s.") % {"stages": ", ".join(memo.skipped)}
        if memo.skipped
        else ""
    )


def _skills(memo):
    """What had to be there with its evidence, line by line; the rest a line each."""
    musts = [row for row in memo.skills if row["must"]]
    if musts:
        yield Heading(_("What had to be there"))
        rows = [[row["label"], _rating(row), _short(row["evidence"], MUST)] for row in musts]
        yield Table([_("Skill"), _("Rating"), _("Evidence")], rows, widths=(5, 2, 8))
    rest = [row for row in memo.skills if not row["must"]]
    yield from _lines(_("What was welcome besides"), [_line(row) for row in rest])


def _rating(row) -> str:
    number = "" if row["mean"] is None else floatformat(row["mean"], -1)
    return ", ".join(filter(None, [number, row["word"]]))


def _line(row) -> str:
    said = f"{row['label']}: {_rating(row)}"
    return _short([said, *row["evidence"]], OTHER)


def _short(notes, most) -> str:
    return Truncator(" · ".join(notes)).chars(most)


def _lines(heading, items) -> list:
    return [Heading(heading), Text("\n".join(items), quiet=True)] if items else []


def _answer(line) -> str:
    said = f"{line['question']} {line['answer']}"
    return f"{said} ({line['who']})" if line["who"] else said


def _joined(said, details) -> str:
    return ". ".join([said, *filter(None, details)])
