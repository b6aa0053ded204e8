"""Addresses in the text of a mail: ours become links, and where mail really leaves they are taken out."""

import re

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s<>\"']+", re.IGNORECASE)
_TAIL = ".,;:!?)]"


def as_links(text: str) -> SafeString:
    """Escaped text in which addresses of this site are links. Others, which a stranger may have typed, are not."""
    return _replaced(text, lambda url: format_html('<a href="{0}">{0}</a>', url))


def without_links(text: str) -> SafeString:
    """Escaped text without any address: whoever reads the sent mail must not be able to act as its reader."""
    return _replaced(text, lambda url: conditional_escape(_("[link taken out]")), own_only=False)


def without_addresses(text: str) -> str:
    """The same as plain text, for a file."""
    return _ADDRESS.sub(lambda found: str(_("[link taken out]")), text)


def is_ours(url: str) -> bool:
    return url == settings.SITE_URL or url.startswith((f"{settings.SITE_URL}/", f"{settings.SITE_URL}?"))


def _replaced(text, change, own_only=True) -> SafeString:
    parts, at = [], 0
    for found in _ADDRESS.finditer(text):
        url = found.group().rstrip(_TAIL)
        if own_only and not is_ours(url):
            continue
        parts += [conditional_escape(text[at : found.start()]), change(url)]
        at = found.start() + len(url)
    parts.append(conditional_escape(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308  every part is escaped above
