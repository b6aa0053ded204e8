"""What mailroom keeps of people (vault.keep)."""

from mailroom.models import Mail
from vault import keep


def register() -> None:
    keep.register(
        Mail,
        purpose="Send mails once, and show what was sent to whom",
        retention="the text 30 days after sending, the rest as long as what the mail is about",
        export=True,
        erase="delete",
        personal=["recipient", "subject", "body", "last_error"],
        plain=["message", "message_id"],
    )
