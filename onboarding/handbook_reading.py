"""Who has read which page: marks for a version, pages that are asked to be read, and who is still to read them."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from mailroom import outbox, told
from onboarding import handbook, handbook_telling
from onboarding.models import HandbookPage, HandbookRead, Onboarding
from vault import trail


def mark(page, *, by, number: int) -> bool:
    """This version was read; False when it was marked before. Raises handbook.Refused for one that is not there."""
    with transaction.atomic():
        row = handbook.locked(page)
        if number != row.revision:
            raise handbook.Refused(handbook_telling.changed_meanwhile())
        _mark, made = HandbookRead.objects.get_or_create(
            page=row, by=by, number=number, defaults={"company_id": row.company_id}
        )
        if made:
            _record("read", row, by)
    return made


def unmark(page, *, by, number: int) -> bool:
    with transaction.atomic():
        gone, _each = HandbookRead.objects.filter(page=page, by=by, number=number).delete()
        if gone:
            _record("unread", page, by)
    return bool(gone)


# -- asking


def ask(page, *, by, until: date) -> bool:
    """Everybody on their way is asked to read the page as it is now; False when they are asked until then already.

    A later version asks again only when its writer says so.
    """
    with transaction.atomic():
        row = handbook.locked(page)
        rows = list(HandbookPage.objects.for_company(row.company_id).filter(family=row.family))
        if row.asked_number == row.revision and row.asked_until == until:
            return False
        for each in rows:
            each.asked_number, each.asked_until = each.revision, until
        HandbookPage.objects.bulk_update(rows, ["asked_number", "asked_until"])
        _record("asked", row, by)
        tell(row, by=by)
    return True


def tell(page, *, by) -> None:
    """Those who have not read it hear of it; the mail waits while the asking can be taken back."""
    waiting = [reader.member for reader in readers(page) if not reader.enough]
    told.tell(
        kind=handbook_telling.TO_READ,
        members=[member for member in waiting if member.user_id],
        about=page.pk,
        by=by,
        not_before=outbox.soon(),
    )


def stop_asking(page, *, by) -> bool:
    with transaction.atomic():
        row = handbook.locked(page)
        rows = HandbookPage.objects.for_company(row.company_id).filter(family=row.family)
        if not rows.exclude(asked_number=0).update(asked_number=0, asked_until=None):
            return False
        _record("not_asked", row, by)
        for each in rows:
            outbox.cancel(about=("handbook", each.pk), message=told.ONE)
            told.withdraw(kind=handbook_telling.TO_READ, company_id=each.company_id, about=each.pk)
    return True


# -- looking


@dataclass
class Reader:
    """Somebody on their way, and the newest version of a page they say they have read; 0 for none."""

    member: object
    number: int = 0
    at: object = None
    enough: bool = False


@dataclass
class Line:
    page: HandbookPage
    readers: list[Reader] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(not reader.enough for reader in self.readers)


def on_their_way(company) -> list:
    rows = Onboarding.objects.for_company(company).running().select_related("hire__user", "hire__company")
    return [row.hire for row in rows.order_by("start_date", "pk")]


def readers(page) -> list[Reader]:
    return lines(page.company_id, [page])[0].readers


def lines(company, pages) -> list[Line]:
    """Each of `pages` with everybody on their way; two queries however many there are."""
    people = on_their_way(company)
    newest = _newest(company, people)
    return [Line(page, [_reader(page, member, newest) for member in people]) for page in pages]


def _newest(company, people) -> dict:
    """{(family, member): {page: mark}}, the newest mark for each page."""
    found: dict = {}
    marks = HandbookRead.objects.for_company(company).filter(by__in=[member.pk for member in people])
    for mark_ in marks.select_related("page").order_by("number"):
        found.setdefault((mark_.page.family, mark_.by_id), {})[mark_.page_id] = mark_
    return found


def _reader(page, member, newest) -> Reader:
    """What was read in another language counts for the page that is asked."""
    marks = newest.get((page.family, member.pk), {})
    own = marks.get(page.pk)
    enough = any(each.number >= max(each.page.asked_number, 1) for each in marks.values())
    return Reader(member, own.number if own else 0, own.at if own else None, enough)


def of_member(member, pages) -> dict[int, int]:
    """{page: the newest version this member has read}. One query."""
    rows = HandbookRead.objects.filter(by=member, page__in=[page.pk for page in pages]).order_by("number")
    return dict(rows.values_list("page_id", "number"))


def _record(verb, row, by) -> None:
    trail.record(
        f"handbook.{verb}", company_id=row.company_id, actor_id=by.user_id, kind="handbook", pk=row.pk
    )
