from onboarding.models.library import Channel, Example, ExampleVersion, Situation, Tone
from onboarding.models.plan import Onboarding, PlanTemplate, PlanVersion, TemplateStep
from onboarding.models.setup import SetupItem, SetupList
from onboarding.models.steps import Kind, Part, Reminder, Review, State, Step, StepAnswer, StepEvent
from onboarding.models.words import Acknowledgement, Question, Wording

__all__ = [
    "Acknowledgement",
    "Channel",
    "Example",
    "ExampleVersion",
    "Kind",
    "Onboarding",
    "Part",
    "PlanTemplate",
    "PlanVersion",
    "Question",
    "Reminder",
    "Review",
    "SetupItem",
    "SetupList",
    "Situation",
    "State",
    "Step",
    "StepAnswer",
    "StepEvent",
    "TemplateStep",
    "Tone",
    "Wording",
]
