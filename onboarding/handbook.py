"""The one writer of the handbook's pages: their words, their versions, their place on a shelf, and putting them away.

Whoever makes or moves pages locks the company first, then the page; whoever writes one locks only the page.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import conflicts, deleting, undoing
from accounts.models import Company
from onboarding import handbook_questions
from onboarding.models import HandbookPage, HandbookSkip, HandbookVersion
from vault import folding, trail


class Refused(Exception):
    """Not this way; `str()` is a sentence for people."""


class Gone(Refused, Http404):
    """It was put away meanwhile."""


# -- what other pages ask


@dataclass(frozen=True)
class Fact:
    """Something that has to be written down: `missing` are the keys of questions nobody has answered yet."""

    key: str
    title: str
    pages: list
    missing: list[str]

    @property
    def ready(self) -> bool:
        return not self.missing


def facts(company) -> list[Fact]:
    """What customer e-mails cannot be answered without, and whether it is written down. One query."""
    rows = HandbookPage.objects.for_company(company).filter(key__in=handbook_questions.NEEDED).in_order()
    pages: dict[str, HandbookPage] = {}
    for row in rows.defer("folded"):
        pages.setdefault(row.key, row)
    return [_fact(key, title, keys, pages) for key, (title, keys) in handbook_questions.FACTS.items()]


def _fact(key, title, keys, pages) -> Fact:
    found = [pages[each] for each in keys if each in pages]
    return Fact(key, str(title), found, [each for each in keys if each not in pages])


def has(company, key: str) -> bool:
    """Is the fact `key` ("shipping", "returns") written down in the company's own words?"""
    return next(fact.ready for fact in facts(company) if fact.key == key)


# -- writing


def create(*, company, by, shelf, title, body, language, key="", beside=None, note="") -> HandbookPage:
    """A new page at the end of its shelf, or `beside` the same page in another language, with its first version.

    Raises Refused when this page exists in this language already.
    """
    try:
        with transaction.atomic():
            lock_company(company.pk)
            row = HandbookPage(company=company, language=language, key=key, shelf=shelf)
            _stand(row, beside and locked(beside))
            _put(row, title, body, language)
            row.save()
            _version(row, by, note)
            _record("written", row, by, ["title", "body"])
            _begun(row, by)
    except IntegrityError:
        raise Refused(_("This page is there in this language already.")) from None
    return row


def _stand(row, beside) -> None:
    if beside is not None:
        row.family, row.key, row.shelf, row.position = (
            beside.family,
            beside.key,
            beside.shelf,
            beside.position,
        )
        row.asked_number, row.asked_until = min(beside.asked_number, 1), beside.asked_until
        return
    rows = HandbookPage.objects.for_company(row.company_id).filter(shelf=row.shelf)
    row.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _begun(row, by) -> None:
    """The first page: the handbook is begun."""
    from onboarding import setups

    setups.did(row.company, "handbook", by=by)


def write(page, *, by, seen, title, body, language="", note="", ask_again=False) -> bool:
    """The page in other words, as a new version; False when they are the same. `seen` is the form's revision.

    Who has read an earlier version has read it; with `ask_again` this one is asked to be read, too.
    Raises conflicts.Changed, and Refused when the page exists in that language.
    """
    try:
        with transaction.atomic():
            row = locked(page)
            conflicts.check(row, seen)
            return _write(row, by, title, body, language or row.language, note, ask_again)
    except IntegrityError:
        raise Refused(_("This page is there in this language already.")) from None


def _write(row, by, title, body, language, note, ask_again) -> bool:
    before = (row.title, row.body, row.language)
    _put(row, title, body, language)
    if (row.title, row.body, row.language) == before:
        return False
    row.revision += 1
    row.changed_at = timezone.now()
    if ask_again and row.asked_number:
        row.asked_number = row.revision
    row.save(update_fields=["title", "body", "language", "folded", "revision", "changed_at", "asked_number"])
    _version(row, by, note)
    _record("changed", row, by, ["title", "body"])
    return True


def _put(row, title, body, language) -> None:
    """A title that is still the catalogue's stays the catalogue's, in every reader's language."""
    title = " ".join(title.split())
    row.title = "" if row.key and title == handbook_questions.title(row.key) else title
    row.body, row.language = plain(body), language
    with translation.override(language):
        row.folded = f" {folding.fold(f'{row.label} {row.body}')} "


def plain(text) -> str:
    """Browsers send CR LF; two texts that look alike are alike."""
    return text.replace("\r\n", "\n").strip()


def _version(row, by, note) -> None:
    HandbookVersion.objects.create(
        company_id=row.company_id,
        page=row,
        number=row.revision,
        title=row.title,
        body=row.body,
        note=note,
        by=by,
    )


def go_back(page, number: int, *, by, seen) -> bool:
    """The words of an earlier version once more, as the newest one. Raises conflicts.Changed."""
    with transaction.atomic():
        row = locked(page)
        conflicts.check(row, seen)
        old = row.versions.get(number=number)
        note = _("Back to version %(n)s") % {"n": number}
        return _write(row, by, old.title, old.body, row.language, note, False)


# -- the place of a page


def place(page, *, by, shelf, index: int) -> bool:
    """The page with its other languages at `index` of a shelf, 0 for the first; False when it stands there."""
    with transaction.atomic():
        lock_company(page.company_id)
        row = locked(page)
        before = {"shelf": row.shelf, "index": _families(row, row.shelf).index(row.family)}
        if not _move(row, shelf, index):
            return False
        row.refresh_from_db()
        undoing.remember(row, "place", before, by=by)
        row.save(update_fields=undoing.FIELDS)
        _record("moved", row, by, ["shelf", "position"])
    return True


def place_back(page, mark: str, *, by) -> None:
    """Where it stood before it was moved. Raises undoing.Refused."""
    with transaction.atomic():
        lock_company(page.company_id)
        row = locked(page)
        taken = undoing.take(row, mark, by=by)
        row.save(update_fields=undoing.FIELDS)
        _move(row, taken.values["shelf"], taken.values["index"])
        _record("moved", row, by, ["shelf", "position"])


def _families(row, shelf) -> list:
    """The families of a shelf in order, each once."""
    rows = HandbookPage.objects.for_company(row.company_id).filter(shelf=shelf).in_order()
    return list(dict.fromkeys(rows.values_list("family", flat=True)))


def _move(row, shelf, index) -> bool:
    before = _families(row, shelf)
    after = [family for family in before if family != row.family]
    after.insert(max(0, min(index, len(after))), row.family)
    if after == before:
        return False
    places = {family: number for number, family in enumerate(after, 1)}
    rows = list(HandbookPage.everything.for_company(row.company_id).filter(family__in=after))
    for each in rows:
        each.shelf, each.position = shelf, places[each.family]
    HandbookPage.everything.bulk_update(rows, ["shelf", "position"])
    return True


# -- putting away


def archive(page, *, by) -> bool:
    """Gone from every shelf; for 14 days it can be put back. False when it is gone already."""
    with transaction.atomic():
        row = HandbookPage.everything.select_for_update(no_key=True, of=("self",)).get(pk=page.pk)
        if row.deleted_at:
            return False
        deleting.stamp(row, by=by)
        row.save(update_fields=deleting.STAMP)
        _record("archived", row, by)
    return True


def put_back(page, *, by) -> bool:
    """Raises deleting.Refused when the same page was written anew meanwhile."""
    rows = HandbookPage.everything.filter(pk=page.pk).exclude(deleted_at=None)
    try:
        with transaction.atomic():
            back = bool(rows.update(deleted_at=None, deleted_by=None))
            if back:
                _record("put_back", page, by)
    except IntegrityError:
        raise deleting.Refused(_("This page was written anew meanwhile.")) from None
    return back


def purge(page) -> None:
    """For good, with its versions, marks and proposals."""
    page.delete()


# -- the twelve questions


def answer(company, key: str, *, by, body, language, seen: int) -> HandbookPage:
    """The answer as a page: a new one, or the next version of the one that is there. `seen` is 0 for none.

    The same words twice are one version. Raises conflicts.Changed.
    """
    with transaction.atomic():
        lock_company(company.pk)
        HandbookSkip.objects.for_company(company).filter(key=key).delete()
        page = page_of(company, key)
        if page is None:
            shelf = handbook_questions.BY_KEY[key].shelf
            return create(
                company=company, by=by, shelf=shelf, title="", body=body, language=language, key=key
            )
        if page.body != plain(body):
            write(page, by=by, seen=seen, title=page.title, body=body)
            page.refresh_from_db()
    return page


def page_of(company, key: str) -> HandbookPage | None:
    return HandbookPage.objects.for_company(company).filter(key=key).order_by("pk").first()


def skip(company, key: str) -> None:
    """Left for later; it comes again when the others are through."""
    HandbookSkip.objects.get_or_create(company=company, key=key)


# -- what the modules beside this one share


def lock_company(pk) -> None:
    Company.objects.select_for_update(no_key=True).get(pk=pk)


def locked(page) -> HandbookPage:
    """Raises Gone."""
    row = HandbookPage.objects.select_for_update(no_key=True, of=("self",)).filter(pk=page.pk).first()
    if row is None:
        raise Gone(_("This page was put away meanwhile."))
    return row


def _record(verb, row, by, fields=()) -> None:
    trail.record(
        f"handbook.{verb}",
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="handbook",
        pk=row.pk,
        fields=fields,
    )
