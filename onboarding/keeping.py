"""What onboarding keeps of people (vault.keep)."""

from onboarding import models
from vault import keep

OF_THE_COMPANY = {"retention": "as long as the company keeps it", "export": False, "erase": "keep"}
ABOUT_HIRE = {"retention": "as long as the employment, then 2 years", "export": True, "erase": "delete"}


def register() -> None:
    plan = {"purpose": "Plan the first weeks of every new hire", **OF_THE_COMPANY}
    keep.register(models.PlanTemplate, **plan, plain=["name"])
    keep.register(models.PlanVersion, **plan)
    keep.register(models.TemplateStep, **plan, plain=["body"])
    keep.register(models.SetupList, **plan)
    keep.register(models.SetupItem, **plan)
    keep.register(
        models.Wording,
        purpose="Say when a new hire asks first, and what is expected of them",
        **ABOUT_HIRE,
        personal=["body"],
    )
    settling = {"purpose": "Lead a new hire through the first weeks", **ABOUT_HIRE}
    keep.register(models.Onboarding, **settling, personal=["note", "phone", "cancel_reason"])
    keep.register(models.Step, **settling, personal=["message", "skip_reason"], plain=["body"])
    keep.register(models.StepEvent, **settling, personal=["note"])
    keep.register(models.StepAnswer, **settling, personal=["body"])
    keep.register(models.Reminder, **settling)
    keep.register(models.Acknowledgement, **settling, plain=["body"])
    keep.register(models.Question, **settling, personal=["body", "answer"])
