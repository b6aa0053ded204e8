"""What is kept of a decision and of what was read out (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from hiring import models
from vault import keep


def register(of_the_application: dict) -> None:
    keep.called("read_out", models.ReadOut)
    keep.register(
        models.DecisionMemo,
        purpose=_("Say why somebody was chosen"),
        **of_the_application,
        personal=["why", "doubts"],
    )
    keep.register(
        models.ReadOut,
        purpose=_("Prove what an applicant was given to read on request"),
        **of_the_application,
        personal=["sections", "struck"],
    )
