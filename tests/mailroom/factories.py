from itertools import count

from django.core.mail import EmailMultiAlternatives

from mailroom import outbox
from mailroom.compose import new_message_id

_number = count(1)


def make_mail(company=None, *, to=None, subject="Hello", text="Hello there.", **fields):
    """A row of the outbox, without a template."""
    to = to or f"reader{next(_number)}@lumi.example"
    email = EmailMultiAlternatives(
        subject, text, "Lumi <post@lumi.example>", [to], headers={"Message-ID": new_message_id()}
    )
    email.attach_alternative(f"<p>{text}</p>", "text/html")
    return outbox.keep(email, recipient=to, company=company, **fields)
