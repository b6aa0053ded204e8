"""The one password of the sample people: DEMO_PASSWORD, else made once and kept beside the data."""

import os
import secrets

from django.conf import settings

SAMPLE_PEOPLE = (
    "owner@lumi.example",
    "manager@lumi.example",
    "interviewer@lumi.example",
    "newhire@lumi.example",
    "owner@rival.example",
)


def read() -> str:
    if given := os.environ.get("DEMO_PASSWORD"):
        return given
    path = settings.VAR / "demo-password"
    if not path.exists():
        with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
            file.write("-".join(secrets.token_hex(2) for _ in range(4)))
    return path.read_text(encoding="ascii")


def sign_ins() -> str:
    return "".join(f"    {email}\n" for email in SAMPLE_PEOPLE) + f"    password: {read()}\n"
