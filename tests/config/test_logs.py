import logging

import pytest

from config.logs import OneLine


def line(text):
    record = logging.LogRecord("shop", logging.WARNING, "x.py", 1, "Not Found: %s", (text,), None)
    return OneLine("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/a\nERROR forged", "WARNING Not Found: /a\\nERROR forged"),
        ("/a\r\n", "WARNING Not Found: /a\\r\\n"),
        ("/\x1b[31mred", "WARNING Not Found: /\\x1b[31mred"),
        ("/\u2028x", "WARNING Not Found: /\\u2028x"),
        ("/työ", "WARNING Not Found: /työ"),
    ],
)
def test_one_event_is_one_line(typed, shown):
    assert line(typed) == shown
