"""What is kept of what is said about an offer (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from hiring import models
from vault import keep


def register(of_the_application) -> None:
    of_the_offer = of_the_application | {"of": {"candidate": "offer__application__candidate"}}
    keep.called("offer_question", models.OfferQuestion)
    keep.register(
        models.OfferApproval,
        purpose=_("Let an owner look at an offer before it leaves"),
        **of_the_offer,
        personal=["comment"],
    )
    keep.register(
        models.OfferQuestion,
        purpose=_("Answer what somebody asks about an offer"),
        **of_the_offer,
        personal=["text", "answer"],
    )
    keep.register(
        models.ContractTemplate,
        purpose=_("Write contracts in the shop's own words; prove which words a contract was made of"),
        retention=_("as long as the shop"),
        export=False,
        erase="keep",
        of={},
        plain=["text"],
    )
