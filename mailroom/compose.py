"""A finished message from templates and plain values: two parts, clean headers, the reader's language and clock."""

import re
import uuid
from contextlib import nullcontext
from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template import Context, TemplateDoesNotExist, engines
from django.utils import timezone, translation

from accounts import zones
from accounts.models import Membership, Role

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
SUBJECT_LENGTH = 300
CALENDAR = "text/calendar; method="  # what the type of an attached calendar message begins with (RFC 6047)
OWN_WORDS = "emails/_from_text.html"


def one_line(text: str) -> str:
    """Text for a header: no line break to add a header with, no mark that turns the line's direction."""
    return " ".join(_CONTROL.sub(" ", str(text)).split())


def address(text: str) -> str:
    """The address as it may go into a header. Raises ValueError for anything but one plain address."""
    text = str(text).strip()
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError("not a mail address") from None
    return text


def sender_address() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def new_message_id() -> str:
    """Ours, on the sending domain: a second try carries the same one, so a reader's program drops the double."""
    return f"<{uuid.uuid4().hex}@{sender_address().rpartition('@')[2]}>"


def sender(company) -> str:
    """From: the shop's name with the one address this installation sends from."""
    if company is None:
        return settings.DEFAULT_FROM_EMAIL
    return formataddr((one_line(company.name), sender_address()))


def compose(
    *,
    message,
    to,
    company,
    language,
    context,
    reply_to=None,
    follows=None,
    date=None,
    attachments=(),
    own=None,
):
    """The message of templates/emails/<message>.{subject,txt,html}, not yet sent.

    Values are only values: text templates do not escape them, the HTML template does, nothing compiles them.
    Without an HTML template the text is laid out on emails/base.html. `attachments` are (name, bytes, type);
    one of the type "text/calendar; method=REQUEST" (or CANCEL) is a third way to read the message, too.
    `own` is (subject, text) in the shop's own words: they stand for the templates, as they are.
    """
    with translation.override(language), _clock_of(company):
        values = _values(company, language, context)
        subject, text = own or _written(message, values)
        subject = one_line(subject)[:SUBJECT_LENGTH]
        text = text.strip() + "\n"
        values |= {"subject": subject, "text": text}
        html = _html(OWN_WORDS if own else f"emails/{message}.html", values)
    email = EmailMultiAlternatives(
        subject=subject,
        body=text,
        from_email=sender(company),
        to=[address(to)],
        reply_to=_answers(reply_to, company),
        headers=_headers(follows, date),
    )
    email.attach_alternative(html, "text/html")
    for name, content, kind in attachments:
        _attach(email, name, content, kind)
    return email


def _attach(email, name, content, kind) -> None:
    """Gmail and Outlook read a calendar message where the text stands, last; Apple's Mail and others as a file.

    As a file it is no text, so that nothing on the way changes its line ends.
    """
    if kind.startswith(CALENDAR):
        email.attach_alternative(content.decode(), kind)
        kind = "application/ics"
    email.attach(name, content, kind)


def _written(message, values) -> tuple[str, str]:
    subject = _text(f"emails/{message}.subject", values)
    return subject, _text(f"emails/{message}.txt", values | {"subject": one_line(subject)[:SUBJECT_LENGTH]})


def _headers(follows, date) -> dict:
    headers = {"Message-ID": new_message_id(), "Auto-Submitted": "auto-generated"}
    if date is not None:
        headers["Date"] = format_datetime(date)
    if follows is not None:
        headers |= {"In-Reply-To": follows.message_id, "References": follows.message_id}
    return headers


def _answers(reply_to, company) -> list[str] | None:
    """Who reads an answer: the person responsible, else the shop's contact for privacy questions, else an owner."""
    if reply_to:
        return [_reply_to(reply_to)]
    if company is None:
        return None
    return (
        [_reply_to((company.name, plain))]
        if (plain := company.privacy_contact or _owner_of(company))
        else None
    )


def _owner_of(company) -> str:
    owners = Membership.objects.for_company(company).in_role(Role.OWNER).exclude(user=None)
    return owners.order_by("pk").values_list("email", flat=True).first() or ""


def _reply_to(value) -> str:
    """An address, or (name, address)."""
    if isinstance(value, str):
        return address(value)
    name, plain = value
    return formataddr((one_line(name), address(plain)))


def _values(company, language, context) -> dict:
    about = translation.get_language_info(language)
    return {
        "company": company,
        "company_name": company.name if company else "Firsthire",
        "site_url": settings.SITE_URL,
        "language_code": language,
        "right_to_left": about["bidi"],
    } | context


def _clock_of(company):
    zone = zones.named(company.timezone) if company else None
    return timezone.override(zone) if zone else nullcontext()


def _text(name, values) -> str:
    template = engines["django"].engine.get_template(name)
    return template.render(Context(values, autoescape=False))


def _html(name, values) -> str:
    engine = engines["django"].engine
    try:
        template = engine.get_template(name)
    except TemplateDoesNotExist as error:
        if error.args != (name,):
            raise
        template = engine.get_template(OWN_WORDS)
    return template.render(Context(values))
