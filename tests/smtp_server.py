"""A real SMTP server on a loopback port. It takes everything, or answers what a test told it to."""

import socket
from email import policy
from email.parser import BytesParser

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Handler:
    """`taken` is what was accepted, oldest first; `rcpt` and `data` hold answers for the next commands."""

    def __init__(self):
        self.taken, self.rcpt, self.data = [], [], []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt and not (answer := self.rcpt.pop(0)).startswith("250"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data and not (answer := self.data.pop(0)).startswith("250"):
            return answer
        self.taken.append(envelope)
        return "250 taken"


class MailServer(Controller):
    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        super().__init__(Handler(), hostname="127.0.0.1", port=port)

    def factory(self):
        return SMTP(self.handler, hostname="mx.test", enable_SMTPUTF8=True)

    @property
    def messages(self):
        parser = BytesParser(policy=policy.default)
        return [parser.parsebytes(envelope.content) for envelope in self.handler.taken]

    @property
    def message_ids(self):
        return [message["Message-ID"] for message in self.messages]
