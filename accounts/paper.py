"""A document as one of a shop's: its name and logo on top, its colour, the paper size of its country."""

from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Company
from vault import papers


def pdf(company: Company | None, *, title, blocks, language, made_at, date="") -> bytes:
    """The document in `language`; None for somebody without a shop. Raises papers.TooLong."""
    with translation.override(language):
        return papers.make(
            papers.Paper(
                title=str(title),
                language=language,
                blocks=blocks,
                made_at=made_at,
                date=date,
                page_of=_page_of,
                **(_look(company) if company else {}),
            )
        )


def _page_of(page, pages) -> str:
    return _("Page %(page)s of %(pages)s") % {"page": page, "pages": pages}


def _look(company) -> dict:
    look = {"shop": company.name, "country": company.country, "logo": _logo(company)}
    return look | ({"accent": company.accent} if company.accent else {})


def _logo(company) -> bytes:
    """The picture; nothing when the disk lacks it."""
    try:
        return company.logo.path.read_bytes() if company.logo_id else b""
    except OSError:
        return b""
