"""Past e-mails gone through together: first "what would you reply?", then what was replied, and why.

They begin when the handbook says where shipping facts stand and what may come back. What was answered is not answered
again: the first words are those one learns from.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts import conflicts
from onboarding import cardnumbers, handbook, library, steps
from onboarding.kinds import Part
from onboarding.models import Onboarding, TogetherMail
from vault import trail

WANTED, MOST = 15, 40
DAYS = 90
LONGEST = {"message": 4000, "reply": 4000, "thinking": 1000}
TEXTS = (*LONGEST, "answer")
DONE_BY_IT = ("mails_read", "mails_reply")


class Refused(Exception):
    """Not this way; the sentence says why."""


def teaches(membership, onboarding) -> bool:
    """The buddy and those who lead put e-mails in and read the answers."""
    return steps.plays(membership, onboarding, Part.BUDDY)


@dataclass(frozen=True)
class Session:
    """`facts` of the handbook; `mails` in their order. It is `open` when every fact is written down."""

    facts: list
    mails: list[TogetherMail]

    @property
    def open(self) -> bool:
        return all(fact.ready for fact in self.facts)

    @property
    def answered(self) -> int:
        return sum(mail.answered_at is not None for mail in self.mails)

    @property
    def next(self) -> TogetherMail | None:
        return next((mail for mail in self.mails if not (mail.answered_at or mail.forgotten_at)), None)


def session(onboarding) -> Session:
    """Two queries."""
    return Session(handbook.facts(onboarding.company), list(onboarding.together.there()))


def add(onboarding, *, by, mails) -> int:
    """How many of `mails` ({message, reply, thinking}) are new here: the same message again is one.

    Raises Refused when there would be too many.
    """
    if not teaches(by, onboarding):
        raise PermissionDenied
    with transaction.atomic():
        _lock(onboarding)
        rows = {row.message_hash: row for row in onboarding.together.all()}
        fresh = {_hash(onboarding, each["message"]): each for each in mails}
        fresh = {key: each for key, each in fresh.items() if key not in rows or rows[key].removed_at}
        there = sum(row.removed_at is None for row in rows.values())
        if there + len(fresh) > MOST:
            raise Refused(
                _("More than %(most)d e-mails tire everybody. Take some out first.") % {"most": MOST}
            )
        for position, (key, each) in enumerate(fresh.items(), start=len(rows) + 1):
            _put(rows.get(key) or TogetherMail(onboarding=onboarding, message_hash=key), position, by, each)
        if fresh:
            _record("onboarding.mail_added", onboarding, by)
    return len(fresh)


def _put(row, position, by, texts) -> None:
    row.company_id, row.position, row.removed_at = row.onboarding.company_id, position, None
    row.added_at, row.added_by, row.forgotten_at = timezone.now(), by, None
    for name, longest in LONGEST.items():
        setattr(row, name, cardnumbers.mask(texts.get(name, ""))[:longest])
    row.save()


def _hash(onboarding, message) -> str:
    return salted_hmac(f"together:{onboarding.pk}", " ".join(message.split()), algorithm="sha256").hexdigest()


def choose(onboarding, *, by, codes) -> int:
    """Examples of the library as e-mails: copies, so that a later change of the example changes no lesson."""
    chosen = [row for row in library.listed(onboarding.company) if row.code in codes]
    mails = [{"message": row.said, "reply": row.answer, "thinking": row.reason} for row in chosen]
    return add(onboarding, by=by, mails=mails)


def change(mail, *, by, seen, reply, thinking) -> bool:
    """What was replied, and why; the customer's words stay. Raises conflicts.Changed."""
    if not teaches(by, mail.onboarding):
        raise PermissionDenied
    with transaction.atomic():
        row = TogetherMail.objects.select_for_update(no_key=True, of=("self",)).get(pk=mail.pk)
        conflicts.check(row, seen)
        texts = {"reply": cardnumbers.mask(reply), "thinking": cardnumbers.mask(thinking)}
        if row.forgotten_at or all(getattr(row, name) == text for name, text in texts.items()):
            return False
        row.reply, row.thinking, row.revision = texts["reply"], texts["thinking"], row.revision + 1
        row.save(update_fields=["reply", "thinking", "revision"])
        _record("onboarding.mail_changed", mail.onboarding, by)
    return True


def remove(mail, *, by) -> bool:
    """Out of the list. Raises Refused for one that was answered: what somebody did stays."""
    if not teaches(by, mail.onboarding):
        raise PermissionDenied
    rows = TogetherMail.objects.filter(pk=mail.pk, removed_at=None)
    with transaction.atomic():
        if rows.filter(answered_at=None).update(removed_at=timezone.now()):
            _record("onboarding.mail_removed", mail.onboarding, by)
            return True
    if rows.exists():
        raise Refused(_("Somebody has answered it. What was done stays."))
    return False


def put_back(mail, *, by) -> bool:
    if not teaches(by, mail.onboarding):
        raise PermissionDenied
    with transaction.atomic():
        changed = TogetherMail.objects.filter(pk=mail.pk).exclude(removed_at=None).update(removed_at=None)
        if changed:
            _record("onboarding.mail_put_back", mail.onboarding, by)
    return bool(changed)


def answer(mail, *, by, body) -> bool:
    """What the new hire would reply. False when they have answered: the first words stay.

    Raises Refused without words, before the handbook has its facts, and for an e-mail that is gone.
    """
    onboarding = mail.onboarding
    if by.pk != onboarding.hire_id:
        raise PermissionDenied
    if not body.strip():
        raise Refused(_("Write a few words first. They need not be perfect."))
    if not all(fact.ready for fact in handbook.facts(onboarding.company)):
        raise Refused(_("The two facts have to be in the handbook first."))
    with transaction.atomic():
        rows = TogetherMail.objects.filter(pk=mail.pk, answered_at=None, removed_at=None, forgotten_at=None)
        if not rows.update(answer=cardnumbers.mask(body.strip()), answered_at=timezone.now()):
            return False
        _record("onboarding.mail_answered", onboarding, by)
        if not onboarding.together.there().filter(answered_at=None).exists():
            _tick(onboarding, by)
    return True


def _tick(onboarding, by) -> None:
    """The steps that asked for it are done. Somebody may have skipped one just now: then it stays skipped."""
    for key in DONE_BY_IT:
        with suppress(steps.Stale):
            steps.did(onboarding, key, by=by)


def forget() -> int:
    """Texts of 90 days ago go; that an e-mail was gone through stays. How many."""
    old = TogetherMail.objects.filter(added_at__lt=timezone.now() - timedelta(days=DAYS), forgotten_at=None)
    return old.update(forgotten_at=timezone.now(), **dict.fromkeys(TEXTS, ""))


def _lock(onboarding) -> None:
    Onboarding.objects.select_for_update(no_key=True, of=("self",)).get(pk=onboarding.pk)


def _record(action, onboarding, by) -> None:
    trail.record(
        action,
        company_id=onboarding.company_id,
        actor_id=by.user_id,
        kind="onboarding",
        pk=onboarding.pk,
        fields=["together"],
    )
