"""One event, one line: what a stranger typed cannot forge a second line or colour the terminal."""

import logging
import re

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """A failure that a page gave a number carries it: `config.errors` left it on the request."""

    def formatMessage(self, record):
        line = _CONTROL.sub(lambda m: repr(m.group())[1:-1], super().formatMessage(record))
        reference = getattr(getattr(record, "request", None), "reference", "")
        return f"{line} [{reference}]" if reference else line
