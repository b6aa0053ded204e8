"""The handbook in the shop's copy of its data: each page as a Markdown file."""

from collections.abc import Iterator

from onboarding.models import HandbookPage
from vault import archive, naming


def register() -> None:
    if files not in archive.texts:
        archive.texts.append(files)


def files(company_id: int) -> Iterator[tuple[str, str]]:
    """(path in the copy, text) for each page that is not put away. One query."""
    rows = HandbookPage.objects.filter(company=company_id).in_order().defer("folded")
    for row in rows.iterator(chunk_size=200):
        name = naming.clean(row.label, (".md",))
        yield f"handbook/{row.shelf}/{row.pk}-{row.language}-{name}", f"# {row.label}\n\n{row.body}\n"
