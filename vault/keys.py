"""The keys of encrypted fields: is the right one there, and how an old one is retired.

`settings.FIELD_KEYS` is a list: the first encrypts, all decrypt. To retire a key: put the new one in front,
restart everything, run `manage.py rotate_keys`, take the old one away.
"""

import hashlib
from collections.abc import Callable, Iterator
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models, transaction
from django.db.models import ExpressionWrapper, F, Value

from vault.fields import EncryptedBinaryField, EncryptedTextField, box
from vault.models import KeyFingerprint

BATCH = 500
# (name, rows that were written anew): apps add what they encrypt outside our fields.
_others: dict[str, Callable[[Callable], int]] = {}


class WrongKey(ImproperlyConfigured):
    """What the keys of the settings cannot read is in the database."""


def fingerprint(key: str) -> str:
    return hashlib.sha256(b"firsthire field key " + key.encode("ascii")).hexdigest()[:16]


def verify() -> None:
    """Refuses to go on (WrongKey) without every key this database was written with. Notes a new first key."""
    try:
        box()
    except ValueError as exc:
        raise WrongKey("FIELD_KEYS holds something that is not a key.") from exc
    if KeyFingerprint._meta.db_table not in connection.introspection.table_names():
        return  # nothing was ever written here
    current = [fingerprint(key) for key in settings.FIELD_KEYS]
    lacking = KeyFingerprint.objects.exclude(fingerprint__in=current).order_by("pk").first()
    if lacking:
        raise WrongKey(
            f"FIELD_KEYS lacks the key {lacking}, which this database was written with: what is encrypted could "
            "not be read. Start with the keys that were in use before; `manage.py rotate_keys` retires an old one."
        )
    KeyFingerprint.objects.get_or_create(fingerprint=current[0])


def also(name: str, rotate: Callable[[Callable], int]) -> None:
    """`rotate(renew)` writes anew what an app encrypts outside our fields; `renew` is `renewed` below."""
    _others[name] = rotate


@lru_cache(maxsize=8)
def _first(key: str) -> Fernet:
    return Fernet(key)


def renewed(token):
    """The token under the first key; None when it is already. Raises InvalidToken when no key fits."""
    raw = bytes(token) if not isinstance(token, str) else token.encode("ascii")
    try:
        _first(settings.FIELD_KEYS[0]).decrypt(raw)
        return None
    except InvalidToken:
        new = box().rotate(raw)
        return new.decode("ascii") if isinstance(token, str) else new


def rotate(*, among=None) -> Iterator[tuple[str, int]]:
    """Writes every encrypted value under the first key: (what, how many rows). Interrupted, it can be run again.

    In batches, each its own transaction; the application may go on meanwhile. Only at the very end are the other
    keys forgotten.
    """
    verify()
    for model, field in encrypted_fields(among or apps.get_models()):
        yield f"{model._meta.label}.{field.name}", _rotate_field(model, field)
    for name, rotate_other in _others.items():
        yield name, rotate_other(renewed)
    KeyFingerprint.objects.exclude(fingerprint=fingerprint(settings.FIELD_KEYS[0])).delete()


def encrypted_fields(among) -> list[tuple[type[models.Model], models.Field]]:
    kinds = (EncryptedTextField, EncryptedBinaryField)
    return [(m, field) for m in among for field in m._meta.local_concrete_fields if isinstance(field, kinds)]


def _rotate_field(model, field) -> int:
    stored = models.BinaryField() if isinstance(field, EncryptedBinaryField) else models.TextField()
    rows = model._base_manager.annotate(token=ExpressionWrapper(F(field.name), output_field=stored))
    changed, last = 0, None
    while batch := list(_after(rows, last).values_list("pk", "token")[:BATCH]):
        with transaction.atomic():
            for pk, token in batch:
                changed += _renew(rows, field, stored, pk, token)
        last = batch[-1][0]
    return changed


def _after(rows, last):
    return (rows.filter(pk__gt=last) if last is not None else rows).order_by("pk")


def _renew(rows, field, stored, pk, token) -> int:
    new = renewed(token) if token else None
    if new is None:
        return 0
    # Only if nobody wrote meanwhile: who did, wrote with the first key already.
    return rows.filter(pk=pk, token=token).update(**{field.name: Value(new, output_field=stored)})
