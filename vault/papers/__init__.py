"""Documents as PDF: `papers.make(papers.Paper(...))`. Plain values in, bytes out; no Django, no files of anybody.

The fonts in vault/fonts are put in, so that every machine shows the same page; Arabic is shaped, Chinese is broken
where Chinese may be, and what a user wrote is only ever text.
"""

from vault.papers.blocks import (
    Bars,
    Break,
    Heading,
    Note,
    Pairs,
    Paper,
    Points,
    Signatures,
    Table,
    Text,
    Title,
)
from vault.papers.making import LETTER, LONGEST, make
from vault.papers.refusals import TooLong

__all__ = [
    "LETTER", "LONGEST", "Bars", "Break", "Heading", "Note", "Pairs", "Paper", "Points", "Signatures", "Table",
    "Text", "Title", "TooLong", "make",
]  # fmt: skip
