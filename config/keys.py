"""The installation's own keys: one signs, the others encrypt fields."""

import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured


def read(name, *, folder: Path, make: bool, environ=os.environ) -> str:
    """The key `name` from the environment, else from the file `folder/name`.

    Embedded mode (`make`) writes a missing file once. Everywhere else a missing key refuses the start,
    because a key made silently on the second server would make the first server's data unreadable.
    """
    if value := environ.get(name):
        return value
    path = folder / name.lower()
    if make and not path.exists():
        _write_once(
            path, secrets.token_urlsafe(50) if name == "SECRET_KEY" else Fernet.generate_key().decode()
        )
    if not make or not path.exists():
        raise ImproperlyConfigured(
            f"{name} is not set. With DATABASE_URL the keys come from the environment."
        )
    return path.read_text(encoding="ascii").strip()


def _write_once(path: Path, value: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Written whole beside it first: a second process must never read half a key.
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        file.write(value)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
