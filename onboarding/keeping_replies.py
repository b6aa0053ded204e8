"""What is kept of replies, freedom and the rules when to ask first (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from onboarding import models
from vault import keep

WITH_PLAN = _("2 years after the plan began, or until the person asks")
TEXTS = _("the texts 90 days, what was made of them 2 years after the plan began, or until the person asks")
OF_THE_HIRE = {"export": True, "erase": "delete"}
OF_A_PLAN = OF_THE_HIRE | {"retention": WITH_PLAN, "of": {"member": "onboarding__hire"}}
OF_A_REPLY = OF_THE_HIRE | {"retention": TEXTS, "of": {"member": "draft__onboarding__hire"}}


def register() -> None:
    keep.called("draft", models.Draft)
    keep.called("escalation", models.EscalationRule)
    keep.called("freedom", models.FreedomQuestion)
    _replies()
    _freedom()


def _replies():
    purpose = _("Look at a new colleague's replies before they go, and help with them")
    texts = OF_A_PLAN | {"retention": TEXTS}
    keep.register(models.Draft, purpose=purpose, **texts, personal=["message"])
    keep.register(models.DraftVersion, purpose=purpose, **OF_A_REPLY, personal=["body"])
    keep.register(models.DraftReview, purpose=purpose, **OF_A_REPLY, personal=["body", "comment"])
    keep.register(models.DraftEvent, purpose=_("Show who did what with a reply"), **OF_A_REPLY)


def _freedom():
    purpose = _("Say how freely a new colleague answers, and who said so")
    # Two people: the rows go with the steps of the one it is about; whoever signed leaves a row without a name.
    both = {"member": ["step__onboarding__hire", "by"]}
    signed = OF_A_PLAN | {"of": both, "erase": "blank"}
    keep.register(models.Freedom, purpose=purpose, **OF_A_PLAN)
    keep.register(models.FreedomChange, purpose=purpose, **OF_A_PLAN, personal=["reason"])
    keep.register(models.FreedomQuestion, purpose=purpose, **OF_A_PLAN)
    keep.register(models.GateSigning, purpose=purpose, **signed, personal=["name", "note"])
    keep.register(
        models.EscalationRule,
        purpose=_("Say when to ask first"),
        retention=_("as long as the company"),
        export=False,
        erase="keep",
        of={},
    )
