"""How long a sign-in lasts, where somebody is signed in, and how the others of the same person end."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, update_session_auth_hash
from django.contrib.messages.storage.session import SessionStorage as MessageStorage
from django.db.models import F
from django.utils import timezone

from accounts import devices
from accounts.models import Session, User
from accounts.session_store import SessionStore

NOTICES = MessageStorage.session_key
BEGAN, SEEN, AGENT = "began", "seen", "agent"
SEEN_EVERY = timedelta(minutes=5)


def begin(sender, request, user, **kwargs):
    """Django's signal after a sign-in."""
    request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()
    request.session[AGENT] = request.headers.get("User-Agent", "")[:300]


def is_over(session) -> bool:
    """Unused for too long, or simply too old; also when it does not say since when it lives."""
    now = timezone.now()
    return (
        now - _time(session, SEEN) > settings.SESSION_IDLE
        or now - _time(session, BEGAN) > settings.SESSION_ABSOLUTE
    )


def touch(session):
    """Written at most once in five minutes: most requests leave the session row alone."""
    now = timezone.now()
    if now - _time(session, SEEN) > SEEN_EVERY:
        session[SEEN] = now.timestamp()


def end_all(user):
    """Every session of this person ends with its next request."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


def end_others(request, user):
    """All but this one, which gets a new id."""
    end_all(user)
    update_session_auth_hash(request, user)


@dataclass(frozen=True)
class SignIn:
    """One place where a person is signed in. `handle` names it on the page; the session's key stays secret."""

    handle: str
    device: devices.Device
    began: datetime
    seen: datetime
    is_here: bool


def signed_in(request, user) -> list[SignIn]:
    """Where `user` is signed in: here first, then by when it was last used. One query."""
    found = [_sign_in(row, data, request) for row, data in _living(user)]
    return sorted(found, key=lambda one: (not one.is_here, -one.seen.timestamp()))


def end_one(user, handle: str) -> bool:
    """Ends the session of this handle; False when the person has none such any more."""
    keys = [
        row.pk
        for row, _data in _living(user)
        if secrets.compare_digest(_handle(row.pk).encode(), handle.encode())
    ]
    return bool(Session.objects.filter(pk__in=keys).delete()[0])


def forget() -> int:
    """Drops sessions whose time is over; how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


def forget_notices(company_id: int) -> None:
    """Drops what was to be said on the next page of the company's people: it may name somebody who is erased now."""
    rows = Session.objects.filter(user__memberships__company=company_id).distinct().order_by("pk")
    for row in rows.iterator():
        data = row.get_decoded()
        if data.pop(NOTICES, None) is not None:
            row.session_data = SessionStore().encode(data)
            row.save(update_fields=["session_data"])


def _living(user):
    """(row, data) of sessions that would open something with their next request."""
    proof = user.get_session_auth_hash()
    for row in Session.objects.filter(user=user, expire_date__gt=timezone.now()).order_by("pk"):
        data = row.get_decoded()
        if secrets.compare_digest(data.get(HASH_SESSION_KEY, ""), proof) and not is_over(data):
            yield row, data


def _sign_in(row, data, request) -> SignIn:
    return SignIn(
        handle=_handle(row.pk),
        device=devices.read(data.get(AGENT, "")),
        began=_time(data, BEGAN),
        seen=_time(data, SEEN),
        is_here=row.pk == request.session.session_key,
    )


def _handle(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def second_factor_changed(sender, request, user, **kwargs):
    """allauth's signals: a factor was added, removed or renewed, so whoever else is signed in proves it again."""
    end_others(request, user)


def _time(session, key) -> datetime:
    return datetime.fromtimestamp(session.get(key, 0), UTC)
