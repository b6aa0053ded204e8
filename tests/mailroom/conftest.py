"""Two messages of our own: one with both parts, one whose HTML is laid out from its text."""

from pathlib import Path

import pytest
from django.template import engines


@pytest.fixture(autouse=True)
def _messages(settings):
    folder = str(Path(__file__).with_name("templates"))
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": [*settings.TEMPLATES[0]["DIRS"], folder]}]
    assert engines["django"].engine.get_template("emails/test_both.txt")


@pytest.fixture
def post(company):
    """post(**changes) -> the row of a test message to Ann."""
    from mailroom import outbox

    def post(**changes):
        defaults = {"message": "test_both", "to": "ann@reader.example", "company": company, "language": "en"}
        return outbox.post(**(defaults | {"context": {"name": "Ann"}} | changes))

    return post


@pytest.fixture
def parsed():
    """parsed(row) -> the message as a mail program reads it."""
    from email import policy
    from email.parser import BytesParser

    return lambda row: BytesParser(policy=policy.default).parsebytes(bytes(row.body))


@pytest.fixture
def smtp(settings):
    """A real mail server, and settings under which mail leaves."""
    from tests.smtp_server import MailServer

    server = MailServer()
    server.start()
    settings.KEEP_MAIL = False
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 3
    yield server
    server.stop(no_assert=True)
