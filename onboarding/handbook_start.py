"""The handbook in an hour: twelve questions, one at a time, and where one left."""

from dataclasses import dataclass

from onboarding import handbook_questions
from onboarding.models import HandbookPage, HandbookSkip
from onboarding.models.handbook import Shelf


@dataclass(frozen=True)
class Asked:
    """One question with its page, None while nobody has answered it."""

    question: handbook_questions.Question
    page: HandbookPage | None
    skipped: bool

    @property
    def key(self) -> str:
        return self.question.key

    @property
    def shelf(self) -> str:
        return str(Shelf(self.question.shelf).label)

    @property
    def needed(self) -> bool:
        """To be answered before the session of customer e-mails."""
        return self.key in handbook_questions.NEEDED

    @property
    def open(self) -> bool:
        return self.page is None and not self.skipped


@dataclass(frozen=True)
class Progress:
    rows: list[Asked]

    @property
    def answered(self) -> int:
        return sum(row.page is not None for row in self.rows)

    @property
    def total(self) -> int:
        return len(self.rows)

    @property
    def minutes(self) -> int:
        """Left, for what is neither answered nor put off."""
        return handbook_questions.MINUTES * sum(row.open for row in self.rows)

    @property
    def next(self) -> Asked | None:
        """Where one left; what was put off comes no more by itself."""
        return next((row for row in self.rows if row.open), None)

    @property
    def put_off(self) -> list[Asked]:
        return [row for row in self.rows if row.skipped and row.page is None]

    @property
    def missing(self) -> list[Asked]:
        """What the session of customer e-mails still waits for."""
        return [row for row in self.rows if row.needed and row.page is None]

    def at(self, key) -> int:
        """The number of a question, 1 for the first."""
        return 1 + [row.key for row in self.rows].index(key)

    def after(self, key) -> Asked | None:
        """The next open one behind `key`, else the first open one of all."""
        behind = self.rows[self.at(key) :]
        return next((row for row in behind if row.open), self.next)


def progress(company) -> Progress:
    """Two queries."""
    keys = list(handbook_questions.BY_KEY)
    pages = {}
    found = HandbookPage.objects.for_company(company).filter(key__in=keys).defer("folded").order_by("pk")
    for page in found:
        pages.setdefault(page.key, page)
    skipped = set(HandbookSkip.objects.for_company(company).values_list("key", flat=True))
    return Progress(
        [Asked(each, pages.get(each.key), each.key in skipped) for each in handbook_questions.QUESTIONS]
    )
