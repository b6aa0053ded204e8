"""What hiring keeps of facts to check and of referees, who are people of their own (vault.keep)."""

from django.utils.translation import gettext_lazy as _

from hiring import models
from vault import keep

JUDGE = _("Judge every applicant by the same questions")
ASK = _("Ask people who know an applicant, where the applicant agreed to it")
CONTACT_DAYS = 30
REFEREE = _(
    "how to reach a referee until 30 days after the decision, or until they ask; the rest as the application"
)
IN_CONFIDENCE = _(
    "What a referee said on the phone is not in this copy: it was said in confidence and tells about them "
    "too. Ask the shop, and it can read out to you what concerns you."
)


def register(of_the_application: dict) -> None:
    """`of_the_application`: retention, export, erasing and whose it is, as for everything about an applicant."""
    judging = {"purpose": JUDGE, **of_the_application}
    asking = of_the_application | {"purpose": ASK, "retention": REFEREE}
    in_confidence = {"export": False, "withheld": IN_CONFIDENCE}
    keep.register(
        models.FactToCheck,
        **judging,
        personal=["quote", "outcome_note", "candidate_said"],
        hidden=["outcome_note"],  # in confidence, as the answer it comes from
    )
    keep.register(
        models.FactAnswer,
        **judging | in_confidence | {"of": {"candidate": "fact__application__candidate"}},
        personal=["told", "claimed", "found"],
    )
    keep.register(models.Referee, **asking, personal=["name", "relation", "email", "phone", "since", "until"])
    keep.register(
        models.ReferenceCall,
        **judging | in_confidence,
        personal=["hesitation_note", "deviation_note", "candidate_said", "notes"],
    )
    keep.register(models.CallTry, **asking | {"export": False}, personal=["note"], withheld=IN_CONFIDENCE)
    keep.register(models.RefereesAsked, **asking)
    keep.register(
        models.WrittenReference, **asking | in_confidence, personal=["answers", "phone", "when"],
        plain=["questions"],
    )  # fmt: skip
