"""A mail to one member from templates/emails/<kind>, for what concerns their place or their account."""

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation


def send(member, *, kind: str, key: str, values: dict) -> None:
    """In the member's language and the shop's time zone. `key` is unique: the same letter twice is one mail."""
    company, language = member.company, member.user.language or member.company.language
    values = {"company": company, "name": str(member)} | values
    with translation.override(language), timezone.override(company.timezone):
        subject = " ".join(render_to_string(f"emails/{kind}.subject", values).split())
        text = render_to_string(f"emails/{kind}.txt", values)
    message = EmailMessage(subject, text, None, [member.email], headers={"Auto-Submitted": "auto-generated"})
    # What the outbox backend writes beside the message.
    message.outbox = {
        "company": company,
        "about": ("membership", member.pk),
        "kind": kind,
        "key": f"{kind}:{member.pk}:{key}",
        "language": language,
    }
    message.send()
