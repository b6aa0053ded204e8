"""What hiring keeps of people (vault.keep)."""

from hiring import models
from vault import keep

WITH_JOB = "as long as the company keeps the job"
WITH_APPLICATION = (
    "after the decision as long as the country's law lets a refused applicant complain; "
    "longer where the applicant agreed to it"
)
ABOUT_APPLICANT = {"retention": WITH_APPLICATION, "export": True, "erase": "delete"}
OF_THE_JOB = {"retention": WITH_JOB, "export": False, "erase": "keep"}


def register() -> None:
    _jobs()
    _applicants()
    _judgements()


def _jobs():
    keep.register(
        models.Job,
        purpose="Describe and advertise an open role",
        **OF_THE_JOB,
        plain=[
            "city", "good_at", "also_helps", "summary", "about_company", "responsibilities", "why_us",
            "how_to_apply", "benefits",
        ],
    )  # fmt: skip
    keep.register(models.JobMember, purpose="Say who works on which role", **OF_THE_JOB)
    keep.register(models.Requirement, purpose="Say what a role asks for", **OF_THE_JOB, plain=["text"])
    keep.register(models.Question, purpose="Ask applicants for one role", **OF_THE_JOB, plain=["text"])


def _applicants():
    keep.register(models.Candidate, purpose="Group a person's applications", **ABOUT_APPLICANT)
    keep.register(
        models.Application,
        purpose="Choose somebody for a role",
        **ABOUT_APPLICANT,
        personal=[
            "name",
            "email",
            "phone",
            "cover_letter",
            "cv_text",
            "adjustments",
            "search",
            "sort_name",
            "reason",
        ],
    )
    keep.register(models.Answer, purpose="Choose somebody for a role", **ABOUT_APPLICANT, personal=["text"])
    keep.register(models.Assignment, purpose="Say who may see which applicant", **ABOUT_APPLICANT)
    keep.register(
        models.StageMove,
        purpose="Show how a decision came about; count how long hiring takes",
        retention="the words as long as the application, the dates as long as the job",
        export=True,
        erase="blank",
        personal=["reason", "text"],
    )
    keep.register(
        models.Offer,
        purpose="Offer a contract, and prove what was agreed",
        retention="a refused offer as the application; a signed one 10 years",
        export=True,
        erase="keep: a signed contract is proof for both sides",
        personal=["answer_note", "signed_name", "signed_address", "terms", "contract_text"],
        plain=["benefits", "description"],
    )


def _judgements():
    judging = {"purpose": "Judge every applicant by the same questions", **ABOUT_APPLICANT}
    keep.register(models.Note, **judging, personal=["text"])
    keep.register(models.CvCheck, **judging)
    keep.register(
        models.PhoneScreen, **judging, personal=["direct_note", "polite_note", "interested_note", "notes"]
    )
    keep.register(models.Interview, **judging)
    keep.register(models.Scorecard, **judging, personal=["trust"])
    keep.register(models.Rating, **judging, personal=["note"])
    keep.register(models.Referee, **judging, personal=["name", "email", "phone"])
    keep.register(models.ReferenceCall, **judging, personal=["hesitation_note", "deviation_note", "notes"])
