"""What hiring keeps of the letters to and from applicants (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from hiring import models
from vault import keep


def register(of_the_application: dict) -> None:
    keep.called("message", models.Message)
    letters = {"purpose": _("Answer applicants, and know who waits for an answer"), **of_the_application}
    keep.register(
        models.Message,
        **letters,
        personal=["sender", "subject", "text", "message_id"],
        plain=["template"],
        hidden=["message_id", "mark", "answers_mail", "submission_key", "undoable", "undo_until"],
    )
    keep.register(models.MessageFile, **letters | {"of": {"candidate": "message__application__candidate"}})
    keep.register(
        models.MessageText,
        purpose=_("Write to applicants in the shop's own words"),
        retention=_("as long as the shop"),
        export=False,
        erase="keep",
        of={},
        plain=["subject", "text"],
    )
