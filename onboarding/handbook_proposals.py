"""Other words for a page, proposed by somebody who does not write it, and what becomes of them.

A proposal keeps the version it was made from. Against a page that was changed meanwhile three texts are shown: as it
was, as it is, as it is proposed; and what is saved is what whoever decides has in front of them.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import undoing
from onboarding import handbook, handbook_difference, handbook_telling
from onboarding.models import HandbookPage, HandbookProposal, HandbookVersion
from onboarding.models.handbook import Answer
from vault import trail


class Answered(Exception):
    """Somebody else was faster: it is open no more."""


def propose(page, *, by, number: int, title, body, reason) -> HandbookProposal:
    """Handed in, against the version `number`; those who lead are told. An open one of the same person is replaced.

    Raises handbook.Refused when it says what the page says.
    """
    body, title = handbook.plain(body), " ".join(title.split())
    with transaction.atomic():
        row = handbook.locked(page)
        base = row.versions.filter(number=number).first()
        if base is None or (title, body) == (label_of(row, base), base.body):
            raise handbook.Refused(_("This is what the page says already."))
        values = {"number": number, "title": title, "body": body, "reason": reason, "at": timezone.now()}
        proposal, _made = HandbookProposal.objects.update_or_create(
            page=row,
            by=by,
            state=Answer.OPEN,
            defaults=values,
            create_defaults=values | {"company_id": row.company_id},
        )
        _record("proposed", proposal, by)
        handbook_telling.tell_proposed(proposal)
    return proposal


def label_of(page, version) -> str:
    """The title of a version as people read it."""
    return HandbookPage(key=page.key, title=version.title).label


def withdraw(proposal, *, by) -> bool:
    """Taken back by whoever made it; False when it was answered meanwhile."""
    with transaction.atomic():
        rows = HandbookProposal.objects.filter(pk=proposal.pk, state=Answer.OPEN)
        moved = bool(rows.update(state=Answer.WITHDRAWN))
        if moved:
            _record("withdrawn", proposal, by)
            handbook_telling.withdrawn(proposal)
    return moved


# -- deciding


@dataclass(frozen=True)
class Texts:
    """As it was when the proposal was made, as it is now, as it is proposed, and both changes in one where they fit."""

    base: str
    now: str
    mine: str
    merged: str | None

    @property
    def is_stale(self) -> bool:
        return self.base != self.now

    @property
    def start(self) -> str:
        """What whoever decides begins with: nothing that is on the page now is lost unseen."""
        return self.merged if self.merged is not None else self.now


def texts(proposal) -> Texts:
    page = proposal.page
    base = HandbookVersion.objects.get(page=page, number=proposal.number)
    merged = handbook_difference.merge(base.body, page.body, proposal.body)
    return Texts(base.body, page.body, proposal.body, merged)


def take_over(proposal, *, by, seen, title, body, comment="") -> HandbookProposal:
    """These words are the page's next version: the proposal's own, or changed. The proposer is told.

    Raises conflicts.Changed when the page is no longer at `seen`, and Answered.
    """
    with transaction.atomic():
        page = handbook.locked(proposal.page)
        row = _open(proposal)
        # Without the name and the reason: a version outlives whoever proposed it.
        note = _("Proposed by a new colleague")
        written = handbook.write(page, by=by, seen=seen, title=title, body=body, note=note)
        page.refresh_from_db()
        own = (row.title, row.body) == (" ".join(title.split()), handbook.plain(body))
        undoing.remember(row, "answer", {}, by=by)
        state = Answer.TAKEN if own else Answer.CHANGED
        return _answer(row, by, state, comment, page.revision if written else None)


def decline(proposal, *, by, comment) -> HandbookProposal:
    """Not taken over; `comment` says why, and the proposer reads it. Raises Answered."""
    with transaction.atomic():
        handbook.locked(proposal.page)
        row = _open(proposal)
        undoing.remember(row, "answer", {}, by=by)
        return _answer(row, by, Answer.DECLINED, comment, None)


def _open(proposal) -> HandbookProposal:
    rows = HandbookProposal.objects.select_for_update(no_key=True, of=("self",))
    row = rows.select_related("page", "by__user", "by__company").get(pk=proposal.pk)
    if row.state != Answer.OPEN:
        raise Answered
    return row


def _answer(row, by, state, comment, result) -> HandbookProposal:
    row.state, row.comment, row.result = state, comment, result
    row.answered_by, row.answered_at = by, timezone.now()
    row.save(update_fields=["state", "comment", "result", "answered_by", "answered_at", *undoing.FIELDS])
    _record("answered", row, by)
    handbook_telling.tell_answered(row, by=by)
    return row


def reopen(proposal, mark: str, *, by) -> None:
    """The answer of the last ten minutes taken back, with the version it made. Raises undoing.Refused."""
    try:
        with transaction.atomic():
            page = handbook.locked(proposal.page)
            rows = HandbookProposal.objects.select_for_update(no_key=True, of=("self",))
            row = rows.select_related("page", "by").get(pk=proposal.pk)
            undoing.take(row, mark, by=by)
            _page_back(row, page, by)
            row.state, row.comment, row.result = Answer.OPEN, "", None
            row.answered_by = row.answered_at = None
            row.save(
                update_fields=["state", "comment", "result", "answered_by", "answered_at", *undoing.FIELDS]
            )
            _record("reopened", row, by)
            handbook_telling.not_answered(row)
    except IntegrityError:
        raise undoing.Gone(_("A newer proposal of the same person waits. Nothing was changed.")) from None


def _page_back(row, page, by) -> None:
    if row.result is None:  # declined, or the page said so already
        return
    if page.revision != row.result:
        raise undoing.Gone(_("Somebody has gone on writing this page. Nothing was changed."))
    before = page.versions.filter(number__lt=row.result).order_by("-number").first()
    handbook.go_back(page, before.number, by=by, seen=page.revision)


def _record(verb, row, by) -> None:
    trail.record(
        f"proposal.{verb}", company_id=row.company_id, actor_id=by.user_id, kind="proposal", pk=row.pk
    )
