"""How long a sign-in lasts, and how the others of the same person end."""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db.models import F
from django.utils import timezone

from accounts.models import User

BEGAN, SEEN = "began", "seen"
SEEN_EVERY = timedelta(minutes=5)


def begin(sender, request, user, **kwargs):
    """Django's signal after a sign-in."""
    request.session[BEGAN] = request.session[SEEN] = timezone.now().timestamp()


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


def second_factor_changed(sender, request, user, **kwargs):
    """allauth's signals: a factor was added, removed or renewed, so whoever else is signed in proves it again."""
    end_others(request, user)


def _time(session, key) -> datetime:
    return datetime.fromtimestamp(session.get(key, 0), UTC)
