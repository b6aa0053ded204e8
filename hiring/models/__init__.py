"""A job, the people who apply, and what is written down on the way from CV to offer."""

from hiring.models.applications import (
    Application,
    Assignment,
    Candidate,
    Outcome,
    Stage,
    Told,
)
from hiring.models.bulk import Act, Bulk, BulkItem, Result
from hiring.models.calendars import BusyTime, CalendarSource
from hiring.models.consents import Consent
from hiring.models.contracts import ContractTemplate
from hiring.models.facts import FactAnswer, FactKind, FactOutcome, FactToCheck, Source, TypingMark
from hiring.models.history import How, Note, Reason, StageMove
from hiring.models.imports import ImportedLine, PeopleImport
from hiring.models.jobs import Job, JobMember, JobStatus
from hiring.models.judging import (
    CallCheck,
    CvCheck,
    Interview,
    InterviewHost,
    PhoneScreen,
    Rating,
    Recommendation,
    Scorecard,
    TalkOutcome,
    WhyAmended,
)
from hiring.models.kits import CardAnswer, CardReminder, KitShare
from hiring.models.limits import StageLimit
from hiring.models.memos import DecisionMemo, ReadOut
from hiring.models.messages import Message, MessageFile, MessageKind, MessageText
from hiring.models.offer_talk import Decision, OfferApproval, OfferQuestion
from hiring.models.offers import Condition, ContractCheck, DeclineReason, Offer, OfferState
from hiring.models.people import PersonKey, Said, SamePerson
from hiring.models.placements import CareersSite, Placement
from hiring.models.pool import PoolInvitation, PoolNote
from hiring.models.questions import Answer, Question, QuestionKind
from hiring.models.reading import ReadingHabit, ReadingLease, ReadingTime
from hiring.models.references import (
    CallTry,
    Referee,
    RefereesAsked,
    ReferenceCall,
    WrittenReference,
)
from hiring.models.requirements import Level, Requirement, RequirementVersion
from hiring.models.samples import SampleLevel, SampleRating, SampleText, WorkSample
from hiring.models.scheduling import Booking, BookingHost, FreeHours
from hiring.models.searching import SearchText
from hiring.models.signatures import Evidence, SignedContract, SigningKey
from hiring.models.templates import JobTemplate

__all__ = [
    "Act",
    "Answer",
    "Application",
    "Assignment",
    "Booking",
    "BookingHost",
    "Bulk",
    "BulkItem",
    "BusyTime",
    "CalendarSource",
    "CallCheck",
    "CallTry",
    "Candidate",
    "CardAnswer",
    "CardReminder",
    "CareersSite",
    "Condition",
    "Consent",
    "ContractCheck",
    "ContractTemplate",
    "CvCheck",
    "Decision",
    "DecisionMemo",
    "DeclineReason",
    "Evidence",
    "FactAnswer",
    "FactKind",
    "FactOutcome",
    "FactToCheck",
    "FreeHours",
    "How",
    "ImportedLine",
    "Interview",
    "InterviewHost",
    "Job",
    "JobMember",
    "JobStatus",
    "JobTemplate",
    "KitShare",
    "Level",
    "Message",
    "MessageFile",
    "MessageKind",
    "MessageText",
    "Note",
    "Offer",
    "OfferApproval",
    "OfferQuestion",
    "OfferState",
    "Outcome",
    "PeopleImport",
    "PersonKey",
    "PhoneScreen",
    "Placement",
    "PoolInvitation",
    "PoolNote",
    "Question",
    "QuestionKind",
    "Rating",
    "ReadOut",
    "ReadingHabit",
    "ReadingLease",
    "ReadingTime",
    "Reason",
    "Recommendation",
    "Referee",
    "RefereesAsked",
    "ReferenceCall",
    "Requirement",
    "RequirementVersion",
    "Result",
    "Said",
    "SamePerson",
    "SampleLevel",
    "SampleRating",
    "SampleText",
    "Scorecard",
    "SearchText",
    "SignedContract",
    "SigningKey",
    "Source",
    "Stage",
    "StageLimit",
    "StageMove",
    "TalkOutcome",
    "Told",
    "TypingMark",
    "WhyAmended",
    "WorkSample",
    "WrittenReference",
]
