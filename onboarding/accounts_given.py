"""Accounts given to a new colleague and taken back, from one list for each plan."""

import secrets

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts
from onboarding import steps
from onboarding.kinds import State
from onboarding.models import AccountGiven, Onboarding
from onboarding.models.accounts_given import OURS
from vault import trail

MOST = 40
STEP = "accounts_given"


class Refused(Exception):
    """What cannot be done; `str()` is a sentence for people."""


def rows(onboarding) -> list[AccountGiven]:
    """The list, ours first: what nobody has touched yet has no row in the database. One query."""
    found = onboarding.accounts.select_related("given_by", "taken_by").order_by("pk")
    there = {row.key: row for row in found}
    ours = [there.pop(key, None) or _new(onboarding, key) for key in OURS]
    return [*ours, *there.values()]


def row_of(onboarding, key: str) -> AccountGiven | None:
    """The row with this key, saved or not; None for a key nobody knows."""
    found = onboarding.accounts.filter(key=key).select_related("given_by", "taken_by").first()
    return found or (_new(onboarding, key) if key in OURS else None)


def _new(onboarding, key, **fields) -> AccountGiven:
    return AccountGiven(company_id=onboarding.company_id, onboarding=onboarding, key=key, **fields)


def has_left(onboarding) -> bool:
    """The person is gone, or will not come: what they hold is asked for."""
    if onboarding.hire.removed_at:
        return True
    others = Onboarding.objects.running().filter(hire=onboarding.hire_id)
    return onboarding.cancelled_at is not None and not others.exists()


def held_in(plan):
    """How many accounts somebody who has left still holds, for a subquery; no row where there is none."""
    rows = AccountGiven.objects.to_take_back().filter(onboarding=plan).order_by()
    return rows.values("onboarding").annotate(n=Count("pk")).values("n")


# -- given and taken back


def give(row, *, by) -> bool:
    """The person has it from now on. False when they had it already. Raises Refused for somebody who has left."""
    if has_left(row.onboarding):
        raise Refused(_("This person has left. Nothing is given any more."))
    held = {"given_at": timezone.now(), "given_by": by, "taken_at": None, "taken_by": None}
    with transaction.atomic():
        row = _kept(row)
        free = _same(row, removed_at=None)
        changed = free.filter(given_at=None).update(**held) or free.exclude(taken_at=None).update(**held)
        if changed:
            _record("account.given", row, by, ["given_at"])
            _follow(row.onboarding, by)
    return bool(changed)


def ungive(row, *, by) -> bool:
    """It was not given after all."""
    with transaction.atomic():
        changed = _same(row, taken_at=None).exclude(given_at=None).update(given_at=None, given_by=None)
        if changed:
            _record("account.not_given", row, by, ["given_at"])
            _follow(row.onboarding, by)
    return bool(changed)


def take_back(row, *, by) -> bool:
    """The person does not have it any more. False when it was taken back before, or never given."""
    rows = _same(row, taken_at=None).exclude(given_at=None)
    return _write(rows, "account.taken_back", row, by, taken_at=timezone.now(), taken_by=by)


def untake(row, *, by) -> bool:
    rows = _same(row).exclude(taken_at=None)
    return _write(rows, "account.not_taken_back", row, by, taken_at=None, taken_by=None)


def _same(row, **fields):
    return AccountGiven.objects.filter(pk=row.pk, **fields)


def _write(rows, action, row, by, **values) -> bool:
    with transaction.atomic():
        if changed := rows.update(**values):
            _record(action, row, by, [min(values)])
    return bool(changed)


def _kept(row) -> AccountGiven:
    """The row in the database, also when two make it at once."""
    if row.pk:
        return row
    kept, _made = AccountGiven.objects.get_or_create(
        company_id=row.company_id, onboarding=row.onboarding, key=row.key
    )
    return kept


def _follow(onboarding, by) -> None:
    """The step of the plan is done when everything on the list is given, and open again when it is not."""
    listed = [row for row in rows(onboarding) if not row.removed_at]
    if all(row.given_at for row in listed):
        steps.did(onboarding, STEP, by=by)
        return
    done = onboarding.steps.filter(key=STEP, state=State.DONE).first()
    if done is not None and steps.may("untick", done, by):
        done.onboarding = onboarding
        steps.untick(done, by=by)


# -- the list itself


def add(onboarding, *, by, title, may="") -> AccountGiven:
    """One of the shop's own. Raises Refused when the list is full."""
    with transaction.atomic():
        Onboarding.objects.select_for_update(no_key=True, of=("self",)).get(pk=onboarding.pk)
        if onboarding.accounts.filter(removed_at=None).count() >= MOST:
            raise Refused(_("The list is full. Take something off it first."))
        row = _new(onboarding, f"own-{secrets.token_hex(6)}", title=title, may=may)
        row.save()
        _record("account.added", row, by, ["title"])
        _follow(onboarding, by)
    return row


def change(row, *, by, seen, title, may, refund_limit) -> bool:
    """The account in the shop's words. False when nothing changed. Raises conflicts.Changed."""
    with transaction.atomic():
        kept = AccountGiven.objects.select_for_update(no_key=True, of=("self",)).get(pk=_kept(row).pk)
        conflicts.check(kept, seen)
        ours = OURS.get(kept.key, ("", ""))
        wanted = {
            "title": "" if title == str(ours[0]) else title,
            "may": "" if may == str(ours[1]) else may,
            "refund_limit": refund_limit,
            "currency": row.onboarding.company.currency if refund_limit is not None else "",
        }
        fields = [name for name, value in wanted.items() if getattr(kept, name) != value]
        if not fields:
            return False
        for name in fields:
            setattr(kept, name, wanted[name])
        kept.revision += 1
        kept.save(update_fields=[*fields, "revision"])
        _record("account.changed", kept, by, fields)
    return True


def remove(row, *, by) -> bool:
    """Off the list. Raises Refused for what the person has: that is taken back first."""
    with transaction.atomic():
        row = _kept(row)
        row.refresh_from_db(fields=["given_at", "taken_at"])
        if row.is_held:
            raise Refused(_("This was given. Take it back first."))
        changed = _same(row, removed_at=None).update(removed_at=timezone.now())
        if changed:
            _record("account.removed", row, by, ["removed_at"])
            _follow(row.onboarding, by)
    return bool(changed)


def put_back(row, *, by) -> bool:
    with transaction.atomic():
        changed = _same(row).exclude(removed_at=None).update(removed_at=None)
        if changed:
            _record("account.put_back", row, by, ["removed_at"])
            _follow(row.onboarding, by)
    return bool(changed)


def _record(action, row, by, fields) -> None:
    trail.record(
        action,
        company_id=row.company_id,
        actor_id=by.user_id,
        kind="account_given",
        pk=row.pk,
        fields=fields,
    )
