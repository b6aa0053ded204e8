"""What is kept of people around calls and interviews (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from hiring import models
from hiring.keeping import ABOUT_APPLICANT
from vault import keep


def register() -> None:
    judging = {"purpose": _("Judge every applicant by the same questions"), **ABOUT_APPLICANT}
    keep.register(
        models.CallCheck,
        **judging,
        of={"candidate": "screen__application__candidate"},
        personal=["note"],
    )
    keep.register(
        models.CardAnswer,
        **judging,
        of={"candidate": "scorecard__application__candidate"},
        personal=["note"],
        plain=["question"],
        hidden=["code"],
        shown=lambda rows: rows.exclude(scorecard__submitted_at=None),
    )
    of_interview = {"of": {"candidate": "interview__application__candidate"}, "export": False}
    keep.register(
        models.KitShare,
        **ABOUT_APPLICANT | of_interview,
        purpose=_("Say who of several interviewers asks about what"),
    )
    keep.register(
        models.CardReminder,
        **ABOUT_APPLICANT | of_interview,
        purpose=_("Remind interviewers of a card that is not in yet, at most twice"),
    )
