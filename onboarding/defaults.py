"""The default plan and the set-up list, as data with keys.

Days: working days of the new hire from the start (1 is the first day, -3 the third before it); reviews count
calendar days, the weekly meeting weeks. The texts speak the reader's language until a company writes its own.
"""

from datetime import time

from django.utils.translation import gettext_lazy as _

from onboarding import countries, country_items
from onboarding.default_step import B, Default, H, M
from onboarding.kinds import Kind, Rule, When

WEEKS = 12
# The five of the first day: given by the new hire, received or checked by the manager.
FIRST_DAY_ITEMS = ("paperwork", "bank_details", "identity", "expectations", "who_to_ask")


BEFORE = [
    Default(
        "ready_means",
        -10,
        M,
        _("Write down what “ready” means after 30, 60 and 90 days"),
        _("Three short lists are enough. The first one becomes the expectations for the first 30 days."),
        minutes=30,
    ),
    Default(
        "name_buddy",
        -10,
        M,
        _("Name a buddy, and somebody who steps in"),
        _(
            "The buddy answers everyday questions and goes through customer e-mails together with the new hire."
        ),
        minutes=5,
    ),
    Default(
        "payroll_ready",
        -10,
        M,
        _("Check that you can pay wages: registrations and tax records are in place"),
        _("This is your first employee: the set-up list of the job names what your country asks for."),
        minutes=30,
        when=When.FIRST,
    ),
    Default(
        "accounts_given",
        -5,
        M,
        _("Open the accounts: mail, help desk seat, shop back end"),
        _(
            "Give the shop back end a limited right to refund. Write down each account, so that you can take it back."
        ),
        minutes=45,
    ),
    Default(
        "welcome_note",
        -3,
        M,
        _("Send the welcome note with the times of the first day"),
        _("To the private address: when, where or which link, who meets them, what to bring."),
        minutes=10,
    ),
    Default(
        "video_ready",
        -3,
        M,
        _("Set up the video link for the first day and try it once"),
        minutes=10,
        when=When.REMOTE,
    ),
]
FIRST_DAY = [
    Default(
        "welcome",
        1,
        H,
        _("Welcome: meet and settle in"),
        _("Plenty of time is set aside. There is nothing to prepare."),
        kind=Kind.MEETING,
        partner=M,
        minutes=30,
        at=time(9, 0),
    ),
    Default(
        "walk_through",
        1,
        H,
        _("See how an order travels: shop, packing, shipping, returns"),
        _("A walk through everything that customers ask about."),
        kind=Kind.MEETING,
        partner=M,
        minutes=60,
        at=time(10, 0),
        when=When.ON_SITE,
    ),
    Default(
        "walk_through_video",
        1,
        H,
        _("See how an order travels, by video: shop, packing, shipping, returns"),
        _("A walk through everything that customers ask about, with the screen shared."),
        kind=Kind.MEETING,
        partner=M,
        minutes=60,
        at=time(10, 0),
        when=When.REMOTE,
    ),
    Default(
        "who_to_ask",
        1,
        H,
        _("Who to ask, and how"),
        _("Look at Ask: who answers, until when, and what to do when nobody is there."),
        kind=Kind.HANDOVER,
        partner=M,
        minutes=5,
    ),
    Default(
        "paperwork",
        1,
        H,
        _("Paperwork, such as tax forms"),
        _("On paper or the way your manager tells you, and never by mail."),
        kind=Kind.HANDOVER,
        partner=M,
    ),
    Default(
        "bank_details",
        1,
        H,
        _("Bank details for pay"),
        _("In person or by phone. We never ask for them by mail."),
        kind=Kind.HANDOVER,
        partner=M,
        minutes=5,
    ),
    Default(
        "identity",
        1,
        H,
        _("Identity and social security papers"),
        _("In some countries they are looked at and not copied: your manager knows."),
        kind=Kind.HANDOVER,
        partner=M,
        minutes=5,
    ),
    Default(
        "expectations",
        1,
        H,
        _("What is expected in the first 30 days"),
        kind=Kind.ACK,
        partner=M,
        minutes=10,
    ),
    Default(
        "order_as_customer",
        1,
        H,
        _("Order something as a customer, and return it"),
        _("Note what surprised you. Nobody will see the shop with such fresh eyes again."),
        minutes=30,
    ),
    Default("tone_guide", 1, H, _("Read how we sound: the tone guide")),
    Default("values", 1, H, _("Read what matters to us: our values"), minutes=10),
    Default(
        "ask_first",
        1,
        H,
        _("Read “When to ask first”"),
        _("It names the few things that always need a yes before you answer."),
        kind=Kind.ACK,
        minutes=10,
    ),
    Default(
        "data_safety",
        1,
        H,
        _("Learn how we keep customers' data safe"),
        _("Own password, second factor, no customer data in private mail or chat, lock the screen."),
    ),
    Default(
        "day_one",
        1,
        H,
        _("How was day one?"),
        kind=Kind.FORM,
        partner=M,
        minutes=5,
        at=time(16, 30),
        required=False,
    ),
]
FIRST_WEEK = [
    Default(
        "mails_read",
        2,
        H,
        _("Go through 15 answered customer e-mails together"),
        _("Why was each answered the way it was?"),
        kind=Kind.MEETING,
        partner=B,
        minutes=60,
    ),
    Default(
        "mails_facts",
        3,
        H,
        _("Find the facts: where shipping times and the return policy stand"),
        kind=Kind.MEETING,
        partner=B,
        minutes=45,
    ),
    Default(
        "mails_reply",
        4,
        H,
        _("Say what you would reply to five new customer e-mails"),
        _("Say it first, then read what was really sent."),
        kind=Kind.MEETING,
        partner=B,
        minutes=45,
    ),
    Default(
        "practice_late", 3, H, _("Practice reply: the parcel is late"), kind=Kind.REPLY, partner=M, minutes=20
    ),
    Default(
        "practice_refund",
        3,
        H,
        _("Practice reply: a refund after the deadline"),
        kind=Kind.REPLY,
        partner=M,
        minutes=20,
    ),
    Default(
        "practice_damaged",
        4,
        H,
        _("Practice reply: it arrived damaged"),
        kind=Kind.REPLY,
        partner=M,
        minutes=20,
    ),
    Default(
        "practice_angry", 4, H, _("Practice reply: an angry customer"), kind=Kind.REPLY, partner=M, minutes=20
    ),
    Default(
        "practice_address", 5, H, _("Practice reply: a new address"), kind=Kind.REPLY, partner=M, minutes=20
    ),
    Default(
        "gate_1",
        5,
        M,
        _("Gate 1: may answer easy tickets, each draft approved first"),
        _("Look at the practice replies and decide. The decision is yours, not the product's."),
        kind=Kind.GATE,
    ),
]
LATER = [
    Default(
        "gate_2",
        10,
        M,
        _("Gate 2: may send without approval"),
        _("Look at five replies a week from now on. “When to ask first” stays as it is."),
        kind=Kind.GATE,
    ),
    Default(
        "review_30",
        30,
        H,
        _("30-day review"),
        _("What goes well, what is unclear, what would help? Write it down first, then talk about it."),
        kind=Kind.REVIEW,
        partner=M,
        rule=Rule.CALENDAR,
        minutes=45,
    ),
    Default(
        "review_60",
        60,
        M,
        _("60-day review; the refund limit may rise"),
        kind=Kind.REVIEW,
        rule=Rule.CALENDAR,
        minutes=45,
    ),
    Default(
        "review_90_ahead",
        -10,
        M,
        _("Book the talk about probation: the decision is two weeks away"),
        _("Ask yourself now what you would want to see until then, and say it."),
        rule=Rule.PROBATION,
        minutes=5,
    ),
    Default(
        "review_90",
        90,
        M,
        _("90-day review"),
        kind=Kind.REVIEW,
        rule=Rule.CALENDAR,
        minutes=60,
    ),
    Default(
        "probation",
        0,
        M,
        _("Decide about probation, and say it"),
        _("The day comes from the contract; without one it is day 90. After it, other rules may hold."),
        kind=Kind.REVIEW,
        rule=Rule.PROBATION,
        minutes=30,
    ),
    Default(
        "goals",
        90,
        M,
        _("Agree on goals for the time after"),
        _("Suggested: 95 % happy answers, more repeat purchases, faster replies."),
        rule=Rule.CALENDAR,
        minutes=30,
    ),
]
WEEKLY = [
    Default(
        "weekly",
        week,
        H,
        _("Weekly meeting"),
        _("Three points: questions that came up, new projects, how it goes."),
        kind=Kind.MEETING,
        partner=M,
        rule=Rule.WEEK,
        minutes=30,
        required=False,
    )
    for week in range(1, WEEKS + 1)
]
WEAK_SKILL = Default(
    "weak_skill",
    10,
    H,
    _("Practise together: %(about)s"),
    _("The interviews suggested that this deserves some time."),
    partner=M,
    minutes=30,
    required=False,
)
PLAN = [*BEFORE, *FIRST_DAY, *FIRST_WEEK, *WEEKLY, *LATER]
BY_KEY = {step.key: step for step in [*PLAN, WEAK_SKILL, *countries.EVERY]}


def title(key: str, about: str = "") -> str:
    """The catalogue's title in the reader's language; the bare key for a step no longer in the catalogue."""
    step = BY_KEY.get(key)
    if step is None:
        return key
    return str(step.title) % {"about": about} if about else str(step.title)


def body(key: str) -> str:
    step = BY_KEY.get(key)
    return str(step.body) if step else ""


# Before anybody starts; what a first employer registers for comes after it (onboarding.country_items).
SETUP = {
    "support_address": (
        _("Make an address of its own for customers, such as support@"),
        _("Answers then come from the shop, whoever writes them."),
    ),
    "stop_forwarding": (
        _("Stop forwarding customers' mail to your own inbox"),
        _("Otherwise two people answer, or each waits for the other."),
    ),
    "help_desk": (
        _("Choose a help desk"),
        _("It keeps mail, chat and social messages in one place, and shows who answers what."),
    ),
    "handbook": (
        _("Begin a handbook: write each thing down once"),
        _("Products, systems, customers. This is ticked by itself with the first pages."),
    ),
}


def setup_title(key: str) -> str:
    if key in SETUP:
        return str(SETUP[key][0])
    return str(country_items.BY_KEY[key].title) if key in country_items.BY_KEY else key


def setup_body(key: str) -> str:
    if key in SETUP:
        return str(SETUP[key][1])
    return str(country_items.BY_KEY[key].body) if key in country_items.BY_KEY else ""


# "When to ask first", until the company writes its own.
ASK_FIRST = [
    _("Ask before you answer, and before you promise anything, when it is about:"),
    _("a refund above the limit you were given;"),
    _("an exchange or a return outside our rules;"),
    _("a custom order;"),
    _("somebody hurt, or a product that may be unsafe;"),
    _("a lawyer, the police or the press;"),
    _("a disputed card payment, or what looks like fraud;"),
    _("somebody who asks for, or wants us to delete, their personal data;"),
    _("threats or abuse."),
    _("While you wait you may send: “Thank you, I am asking a colleague and will write again by tomorrow.”"),
]


def ask_first() -> str:
    first, *points, last = [str(line) for line in ASK_FIRST]
    return "\n".join([first, *[f"- {point}" for point in points], last])
