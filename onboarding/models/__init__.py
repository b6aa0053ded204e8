from onboarding.models.accounts_given import AccountGiven
from onboarding.models.asking import AnswerHours
from onboarding.models.drafts import Draft, DraftEvent, DraftReview, DraftVersion
from onboarding.models.freedom import EscalationRule, Freedom, FreedomChange, FreedomQuestion, GateSigning
from onboarding.models.friction import Friction, FrictionEvent, Heard, Mending, Sighting
from onboarding.models.goals import (
    Direction,
    Goal,
    GoalKind,
    GoalReading,
    Lesson,
    Onward,
    Reader,
    ReadingVersion,
    Unit,
)
from onboarding.models.handbook import (
    HandbookPage,
    HandbookProposal,
    HandbookRead,
    HandbookSkip,
    HandbookVersion,
)
from onboarding.models.library import Channel, Example, ExampleVersion, Situation, Tone
from onboarding.models.meetings import Action, FirstDayCall, Meeting, MeetingState, Point, Series
from onboarding.models.papers import Paper, PaperKind, PaperStore
from onboarding.models.plan import DayOff, Onboarding, PlanTemplate, PlanVersion, TemplateStep
from onboarding.models.setup import SetupItem, SetupList
from onboarding.models.steps import Kind, Part, Reminder, Review, State, Step, StepAnswer, StepEvent
from onboarding.models.talks import Decision, ProbationReminder, Signature, Talk, TalkText
from onboarding.models.together import TogetherMail
from onboarding.models.words import Acknowledgement, Question, Wording

__all__ = [
    "AccountGiven",
    "Acknowledgement",
    "Action",
    "AnswerHours",
    "Channel",
    "DayOff",
    "Decision",
    "Direction",
    "Draft",
    "DraftEvent",
    "DraftReview",
    "DraftVersion",
    "EscalationRule",
    "Example",
    "ExampleVersion",
    "FirstDayCall",
    "Freedom",
    "FreedomChange",
    "FreedomQuestion",
    "Friction",
    "FrictionEvent",
    "GateSigning",
    "Goal",
    "GoalKind",
    "GoalReading",
    "HandbookPage",
    "HandbookProposal",
    "HandbookRead",
    "HandbookSkip",
    "HandbookVersion",
    "Heard",
    "Kind",
    "Lesson",
    "Meeting",
    "MeetingState",
    "Mending",
    "Onboarding",
    "Onward",
    "Paper",
    "PaperKind",
    "PaperStore",
    "Part",
    "PlanTemplate",
    "PlanVersion",
    "Point",
    "ProbationReminder",
    "Question",
    "Reader",
    "ReadingVersion",
    "Reminder",
    "Review",
    "Series",
    "SetupItem",
    "SetupList",
    "Sighting",
    "Signature",
    "Situation",
    "State",
    "Step",
    "StepAnswer",
    "StepEvent",
    "Talk",
    "TalkText",
    "TemplateStep",
    "TogetherMail",
    "Tone",
    "Unit",
    "Wording",
]
