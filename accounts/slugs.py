"""A shop's public address: plain letters out of any name, nobody else's, and none that we need ourselves."""

import unicodedata

from django.utils.text import slugify

from accounts.models import Company

LONGEST = 60
RESERVED = frozenset(
    [
        "about", "account", "accounts", "admin", "api", "apply", "careers", "company", "demo",
        "docs", "files", "firsthire", "healthz", "help", "hiring", "home", "jobs", "legal", "login",
        "logout", "mail", "me", "media", "my", "new", "onboarding", "privacy", "readiness",
        "readyz", "root", "search", "settings", "signup", "static", "status", "support", "team",
        "test", "trail", "www",
    ]
)  # fmt: skip
# Letters that Unicode does not take apart, and the Arabic alphabet by sound.
LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "'": "", "’": "", "&": " ",
        "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ى": "a", "ب": "b", "ت": "t", "ة": "a", "ث": "th", "ج": "j",
        "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
        "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n",
        "ه": "h", "و": "w", "ي": "y", "ئ": "y", "ؤ": "w", "ء": "", "ـ": "", "پ": "p", "چ": "ch", "ژ": "zh",
        "گ": "g", "ک": "k", "ی": "y",
    }
)  # fmt: skip


def plain(name: str) -> str:
    """The name as an address: "Łódź & Søn" is "lodz-son"; empty when no letter of it can be written so."""
    written = unicodedata.normalize("NFKC", name).casefold().translate(LETTERS)
    return slugify(unicodedata.normalize("NFKD", written))[:LONGEST].strip("-_")


def free(name: str) -> str:
    """An address for a shop of this name that is not taken and not reserved; "shop" when nothing is left of it."""
    base = plain(name)[: LONGEST - 6].strip("-_") or "shop"
    taken = set(Company.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    return next(slug for slug in _numbered(base) if slug not in taken)


def _numbered(base: str):
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
