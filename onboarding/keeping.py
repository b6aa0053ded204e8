"""What onboarding keeps of people (vault.keep). Bank, identity and tax papers are never here."""

from onboarding import models
from vault import keep

WITH_PLAN = "2 years after the plan began, or until the person asks"
OF_THE_HIRE = {"retention": WITH_PLAN, "export": True, "erase": "delete"}
OF_THE_SHOP = {"retention": "as long as the company", "export": False, "erase": "keep"}


def register() -> None:
    _plans()
    _shop()
    _steps()
    _words()


def _plans():
    keep.register(
        models.Onboarding,
        purpose="Lead a new colleague through the first 90 days",
        **OF_THE_HIRE,
        personal=["phone", "place", "bring", "note", "cancel_reason"],
    )
    keep.register(models.PlanTemplate, purpose="Begin every plan alike", **OF_THE_SHOP, plain=["name"])
    keep.register(models.PlanVersion, purpose="Begin every plan alike", **OF_THE_SHOP)
    keep.register(models.TemplateStep, purpose="Begin every plan alike", **OF_THE_SHOP, plain=["body"])


def _shop():
    keep.register(models.SetupList, purpose="Get the shop ready while it hires", **OF_THE_SHOP)
    keep.register(
        models.SetupItem,
        purpose="Get the shop ready while it hires",
        retention="as long as the company",
        export=True,
        erase="blank",
        personal=["done_by"],
    )


def _steps():
    purpose = "Say what a new colleague does on which day"
    keep.register(models.Step, purpose=purpose, **OF_THE_HIRE, personal=["body", "message", "skip_reason"])
    keep.register(models.StepEvent, purpose="Show who did what in a plan", **OF_THE_HIRE, personal=["note"])
    keep.register(models.StepAnswer, purpose=purpose, **OF_THE_HIRE, personal=["body"])
    keep.register(
        models.Review, purpose="Help with practice replies", **OF_THE_HIRE, personal=["body", "comment"]
    )
    keep.register(models.Reminder, purpose="Remind of a late step once only", **OF_THE_HIRE)


def _words():
    keep.register(models.Wording, purpose="Agree on what is expected", **OF_THE_HIRE, personal=["body"])
    keep.register(
        models.Acknowledgement, purpose="Show which words somebody has read", **OF_THE_HIRE, personal=["body"]
    )
    keep.register(
        models.Question,
        purpose="Answer a new colleague's questions",
        **OF_THE_HIRE,
        personal=["body", "answer"],
    )
