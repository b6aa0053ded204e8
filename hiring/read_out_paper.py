"""What an applicant is given to read, as a PDF in their language."""

from babel.dates import format_date
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from accounts import paper
from hiring.models.memos import ReadOutKind
from vault import naming
from vault.papers import Heading, Points, Text, Title


def pdf(application, *, kind, sections) -> bytes:
    """`sections` are [{"title", "lines"}], as they were written. Raises papers.TooLong."""
    now = timezone.localtime()
    language = application.language
    with translation.override(language):
        title = str(ReadOutKind(kind).label)
        return paper.pdf(
            application.job.company,
            title=title,
            blocks=[Title(title, application.job.title), *_blocks(sections)],
            language=language,
            made_at=now,
            date=format_date(now.date(), "long", locale=to_locale(language)),
        )


def name(kind) -> str:
    """What the file is called; nobody's name is in it."""
    return naming.clean(f"{ReadOutKind(kind).label}.pdf", (".pdf",))


def _blocks(sections) -> list:
    blocks = []
    for section in sections:
        blocks += [Heading(section["title"]), Points(section["lines"])]
    return blocks or [Text(_("Nothing was written."))]
