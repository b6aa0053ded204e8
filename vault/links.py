"""Links in mails: a random token whose hash we keep, bound to one purpose and one thing."""

import hashlib
import secrets
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from vault.models import Link


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def mint(*, purpose: str, subject: tuple[str, int], company_id: int | None, days: float) -> str:
    """A new token for `subject`; older ones stay alive until they expire or are revoked. 256 bits of chance."""
    token = secrets.token_urlsafe(32)
    Link.objects.create(
        purpose=purpose,
        subject_kind=subject[0],
        subject_id=subject[1],
        company_id=company_id,
        token_hash=_hash(token),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return token


def find(*, purpose: str, token: str) -> Link | None:
    """The living link of this token. Unknown, of another purpose, expired, used up, revoked: all None."""
    alive = Q(used_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return Link.objects.filter(alive, purpose=purpose, token_hash=_hash(token)).first()


def use(link: Link) -> bool:
    """Uses the link up; False when somebody else was faster."""
    return Link.objects.filter(pk=link.pk, used_at=None, revoked_at=None).update(used_at=timezone.now()) == 1


def revoke(*, purpose: str, subject: tuple[str, int]) -> int:
    """Ends every living link of this purpose to `subject`; how many."""
    living = Link.objects.filter(
        purpose=purpose, subject_kind=subject[0], subject_id=subject[1], used_at=None, revoked_at=None
    )
    return living.update(revoked_at=timezone.now())


def revoke_all(*, subject: tuple[str, int]) -> int:
    """Ends every living link to `subject`, whatever it was for; how many."""
    living = Link.objects.filter(
        subject_kind=subject[0], subject_id=subject[1], used_at=None, revoked_at=None
    )
    return living.update(revoked_at=timezone.now())
