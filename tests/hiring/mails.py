"""Mails for tests, as mail programs write them."""

from email.message import EmailMessage
from email.policy import SMTP


def make_mail(
    *,
    sender="Ada Lind <ada@mail.example>",
    subject="Application",
    text="I would like to work with you.",
    **more,
):
    """An EmailMessage; `html`, `files` [(name, bytes, type)], `inside` (another mail) and other headers by name."""
    message = EmailMessage(policy=SMTP)
    html, files, inside = more.pop("html", None), more.pop("files", ()), more.pop("inside", None)
    headers = {"From": sender, "Subject": subject, "Date": "Mon, 16 Nov 2026 09:30:00 +0200"} | more
    for name, value in {"Message_ID": "<1@mail.example>", **headers}.items():
        if value:
            message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html") if text is not None else message.set_content(
            html, subtype="html"
        )
    for name, data, kind in files:
        main, _slash, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    if inside:
        message.add_attachment(inside)
    return message


def eml(**fields) -> bytes:
    return make_mail(**fields).as_bytes()


def source(headers: str, body: bytes = b"Hello") -> bytes:
    """A mail as bytes, where a library would not write it that way."""
    return (
        b"From: ada@mail.example\r\n" + headers.encode("latin-1").replace(b"\n", b"\r\n") + b"\r\n\r\n" + body
    )
