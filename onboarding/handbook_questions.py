"""The twelve questions whose answers become the first pages of the handbook: data with keys, and examples.

Titles, questions and examples speak the reader's language; an answer is the company's own text.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MINUTES = 5  # a question


@dataclass(frozen=True)
class Question:
    """`title` is the page's, `ask` what stands on the screen, `example` what one may take over and change."""

    key: str
    shelf: str
    title: str
    ask: str
    hint: str
    example: str


QUESTIONS = [
    Question(
        "return_window",
        "policies",
        pgettext_lazy("page of the handbook", "How long may things come back?"),
        _("How many days do customers have to send something back, and in what state must it be?"),
        _("Say when the days begin to count, and what cannot come back."),
        _(
            "Customers have **30 days** from the day the parcel arrived.\n\n"
            "- Unused, with its label. The box may be open.\n"
            "- Made to order cannot come back, unless it is faulty.\n"
            "- The money is back within five working days after we have it."
        ),
    ),
    Question(
        "return_postage",
        "policies",
        pgettext_lazy("page of the handbook", "Who pays the postage of a return?"),
        _("Who pays when something comes back?"),
        _("Say where the label comes from, and what is different abroad."),
        _(
            "- Faulty, damaged or wrong: **we** pay. Send the label from the returns page.\n"
            "- Changed their mind: the **customer** pays, about 6 EUR inside the country.\n"
            "- From abroad: they choose the carrier and keep the receipt."
        ),
    ),
    Question(
        "delivery_times",
        "policies",
        pgettext_lazy("page of the handbook", "Delivery times"),
        _("How long does a parcel take, and when does it leave?"),
        _("Home, the neighbours, the rest of the world; and the days on which nothing leaves."),
        _(
            "What is ordered by 12:00 on a working day leaves the same day.\n\n"
            "| Where to | Working days |\n|---|---|\n| Home | 1–2 |\n| Rest of the EU | 3–6 |\n| Elsewhere | 7–14 |\n\n"
            "Two weeks before Christmas we add two days."
        ),
    ),
    Question(
        "tracking",
        "systems",
        pgettext_lazy("page of the handbook", "Where is my parcel?"),
        _("Where do you look when a customer asks where the parcel is?"),
        _("The place, the way to it, and from which day on a parcel counts as lost."),
        _(
            "1. Open the order in the shop and copy the tracking number.\n"
            "2. Paste it on the carrier's page.\n"
            "3. No news for **five working days**: ask the carrier, and tell the customer that you did.\n"
            "4. After ten it counts as lost: send a new one."
        ),
    ),
    Question(
        "damaged",
        "policies",
        pgettext_lazy("page of the handbook", "It arrived broken"),
        _("What does a customer get when something arrives broken?"),
        _("What you ask them for, what they may choose, and what becomes of the broken thing."),
        _(
            "Say sorry first. Ask for one photo; no other proof is needed.\n\n"
            "They choose: a **new one at once**, or the **money back**. The broken one stays with them."
        ),
    ),
    Question(
        "refund_limit",
        "policies",
        pgettext_lazy("page of the handbook", "Refunds without asking"),
        _("Up to what amount may your new colleague give money back without asking?"),
        _("One amount is enough to begin with. What must come to you anyway stands in “When to ask first”."),
        _(
            "Up to **50 EUR** an order you decide alone. Above it, ask first. Write the reason into the order."
        ),
    ),
    Question(
        "exchanges",
        "policies",
        pgettext_lazy("page of the handbook", "Exchanges"),
        _("Can something be exchanged, and how does it go?"),
        _("Another size, another colour, another product; who pays, and which parcel goes first."),
        _(
            "Another size or colour: yes, within the same 30 days, and we pay the new parcel once.\n\n"
            "The new one leaves when the old one is on its way: a photo of the receipt is enough.\n\n"
            "Another product: a return and a new order."
        ),
    ),
    Question(
        "tone",
        "customers",
        pgettext_lazy("page of the handbook", "How we write"),
        _("How do you write to customers?"),
        _("How you greet, how you end, and one sentence that sounds like you."),
        _(
            "We write as one person to another: first name, short sentences, no exclamation marks.\n\n"
            "First what happens next, then why, then sorry where it is ours.\n\n"
            "> Hello Jonna, a new blanket leaves today and is with you on Thursday. Keep the torn one for the dog."
        ),
    ),
    Question(
        "never_say",
        "customers",
        pgettext_lazy("page of the handbook", "What we never say"),
        _("What do you never want a customer to read?"),
        _("Three to five sentences, and what to say in their place."),
        _(
            "- “That is our policy.” Say what is possible.\n"
            "- “Calm down.” Say what you are doing about it.\n"
            "- “The carrier is to blame.” It was our parcel.\n"
            "- No promise with a date that we do not hold in our hands."
        ),
    ),
    Question(
        "best_products",
        "products",
        pgettext_lazy("page of the handbook", "Our three best sellers"),
        _("Which three products do customers buy most, and what do they ask about them?"),
        _("For each: what it is in a sentence, what people ask, what often goes wrong."),
        _(
            "### The blanket\nWool from one farm. Asked most: *may it be washed?* By hand, cold, flat.\n\n"
            "### The scarf\nThe same wool. Asked most: *does it itch?* Less after the first wash.\n\n"
            "### The gift card\nComes by mail at once. Often lost in spam: send it again."
        ),
    ),
    Question(
        "who_does_what",
        "company",
        pgettext_lazy("page of the handbook", "Who does what"),
        _("Who does what in the shop, and whom does one ask about it?"),
        _(
            "A line for each person, also for those outside: the packer, the bookkeeper, the one with the website."
        ),
        _(
            "- **Olga**: money, suppliers, everything that is urgent\n"
            "- **Mika**: the warehouse, parcels, photos\n"
            "- **The bookkeeper**: invoices, on Thursdays\n"
            "- **You**: every customer's message, from the second week on"
        ),
    ),
    Question(
        "opening_hours",
        "company",
        pgettext_lazy("page of the handbook", "When we are there"),
        _("When do you answer customers, and when is nobody there?"),
        _("Days, hours, the time zone, holidays, and what an automatic answer says."),
        _(
            "Monday to Friday **9:00–17:00**. An answer comes within four hours, on the same day until 15:00.\n\n"
            "Closed on public holidays and in the last week of July; the automatic answer says when we are back."
        ),
    ),
]
BY_KEY = {question.key: question for question in QUESTIONS}
# What has to be written down before the session of customer e-mails, and which questions say it.
FACTS = {
    "shipping": (_("Where delivery times and parcels are found"), ("delivery_times", "tracking")),
    "returns": (_("What may come back, and who pays"), ("return_window", "return_postage")),
}
NEEDED = frozenset(key for _title, keys in FACTS.values() for key in keys)


def title(key: str) -> str:
    return str(BY_KEY[key].title) if key in BY_KEY else key
