"""Why a mail did not arrive and what to do about it, in plain words, from what the mail server said.

Codes of RFC 3463 (5.1.1 ...) where the server gives one, else its three digits and usual words.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    """`why` and `advice` are sentences; `address` says that another address would help."""

    code: str
    why: str
    advice: str
    address: bool = False


UNKNOWN = Reason(
    "unknown",
    _("There is no such address."),
    _("Correct it, or ask the person for the right one."),
    address=True,
)
FULL = Reason(
    "full",
    _("The mailbox is full."),
    _("Try again in a day or two, or take another address of theirs."),
    address=True,
)
LARGE = Reason("large", _("The mail is too large for their mail server."), _("Send the files another way."))
REFUSED = Reason(
    "refused",
    _("Their mail server does not want our mail."),
    _("Write to them from your own mail program, and look at the three lines about mail under Go live."),
)
LOCKED_OUT = Reason(
    "locked_out",
    _("Our own mail server does not let us in."),
    _("Whoever runs this installation should look at SMTP_URL: name and password."),
)
AWAY = Reason(
    "away",
    _("The mail server did not answer."),
    _("Often it is back by now: try again."),
)
LATER = Reason(
    "later",
    _("Their mail server put us off again and again."),
    _("Try again; when it goes on, call them."),
)
RESTORED = Reason(
    "restored",
    _("The data came back from a copy, and this mail may have left before that."),
    _("Ask the person whether they have it, or send it again."),
)
OTHER = Reason("other", _("It could not be sent."), _("Try again; when it goes on, call them."))

# The first that fits; order matters ("552 5.3.4 too large" before "552").
_RULES = [
    (re.compile(r"^Restored from a copy"), RESTORED),
    (re.compile(r"SMTPAuthenticationError|\b5(?:30|34|35)\b"), LOCKED_OUT),
    (re.compile(r"\b[45]\.3\.4\b|too large|exceeds? .{0,20}size|message size", re.I), LARGE),
    (re.compile(r"\b[45]\.2\.2\b|\b[45]52\b|\b422\b|quota|mailbox (?:is )?full", re.I), FULL),
    (re.compile(r"\b5\.7\.\d|spam|policy|blocked|blacklist|denied|reputation|dmarc|spf|dkim", re.I), REFUSED),
    (re.compile(r"\b5\.1\.[0-36]\b|no such|unknown|not (?:found|exist)|invalid|\b55[013]\b", re.I), UNKNOWN),
    (re.compile(r"^5\d\d"), REFUSED),
    (re.compile(r"^421\b|Timeout|timed out|Connection|Disconnected|gaierror|Errno|SSL|refused", re.I), AWAY),
    (re.compile(r"^4\d\d"), LATER),
]  # fmt: skip


def why(said: str) -> Reason:
    """`said` is the row's last_error."""
    return next((reason for pattern, reason in _RULES if pattern.search(said)), OTHER)
