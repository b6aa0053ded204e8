"""The handbook as its reader sees it: shelves with one row for each page, in a language they read."""

from dataclasses import dataclass, field

from django.utils.translation import get_language

from onboarding import handbook_markdown, handbook_reading
from onboarding.models import HandbookPage
from onboarding.models.handbook import Shelf


@dataclass
class Row:
    """One page: `page` in the reader's language, or in one there is, with `others` beside it."""

    page: HandbookPage
    others: list = field(default_factory=list)
    read: int = 0
    enough: bool = False  # what is asked was read, in whichever language
    excerpt: str = ""

    @property
    def languages(self) -> str:
        return ", ".join(str(other.get_language_display()) for other in self.others)

    @property
    def is_read(self) -> bool:
        return self.read == self.page.revision

    @property
    def is_changed(self) -> bool:
        return 0 < self.read < self.page.revision

    @property
    def is_asked(self) -> bool:
        """Asked of the reader, and not read in a version that counts."""
        return bool(self.page.asked_number) and not self.enough


@dataclass
class ShelfShown:
    key: str
    name: str
    rows: list[Row]


def pages(membership):
    return HandbookPage.objects.for_company(membership.company_id).visible_to(membership)


def shelves(membership, rows) -> list[ShelfShown]:
    """Every shelf, also those with nothing on them."""
    return [
        ShelfShown(key, str(name), [row for row in rows if row.page.shelf == key])
        for key, name in Shelf.choices
    ]


def rows(membership, found) -> list[Row]:
    """One for each family, with what this member has read. Two queries: `found`, and their marks."""
    all_pages = list(found)
    read = handbook_reading.of_member(membership, all_pages)
    families: dict = {}
    for page in all_pages:
        families.setdefault(page.family, []).append(page)
    return [_row(group, membership.company.language, read) for group in families.values()]


def _row(group, language, read) -> Row:
    page = best(group, language)
    others = [each for each in group if each is not page]
    enough = any(read.get(each.pk, 0) >= max(each.asked_number, 1) for each in group)
    return Row(page, others, read.get(page.pk, 0), enough)


def best(group, language) -> HandbookPage:
    """The reader's language, else the company's, else the first that was written."""
    order = {get_language(): 0, language: 1}
    return min(group, key=lambda page: (order.get(page.language, 2), page.pk))


def found(membership, terms) -> list[Row]:
    """Pages in any language that hold all the terms, with the line that does. Two queries."""
    hits = list(pages(membership).matching(terms).in_order())
    read = handbook_reading.of_member(membership, hits)
    return [_hit(page, read.get(page.pk, 0), terms) for page in hits]


def _hit(page, read, terms) -> Row:
    enough = read >= max(page.asked_number, 1)
    return Row(page, [], read, enough, handbook_markdown.excerpt(page.body, terms))
