"""Text that is encrypted on its way into the database. It cannot be searched or sorted by, on purpose."""

from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=8)
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def box() -> MultiFernet:
    """All keys of the settings; the first one encrypts."""
    return _box(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> str:
    return box().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Raises cryptography.fernet.InvalidToken when no key fits: a wrong key is never an empty value."""
    return box().decrypt(token.encode("ascii")).decode()


class EncryptedTextField(models.TextField):
    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value, expression, connection):
        return decrypt(value) if value else value

    def get_lookup(self, name):
        return super().get_lookup(name) if name == "isnull" else None


class EncryptedBinaryField(models.BinaryField):
    def get_prep_value(self, value):
        return box().encrypt(bytes(value)) if value else value

    def from_db_value(self, value, expression, connection):
        return box().decrypt(bytes(value)) if value else value

    def get_lookup(self, name):
        return super().get_lookup(name) if name == "isnull" else None
