"""Work samples: an invented shop, a page of its rules, two customers to answer; and the four things that are rated.

All shops, people and rules are invented. Texts are read in the language of the job when a sample is sent, and stay
with it as they were.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MINUTES = 25
OWN = "own"


@dataclass(frozen=True)
class Message:
    """`points` are what the customer wants to know: a rater ticks those that were answered."""

    sender: str
    text: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Set:
    key: str
    name: str
    shop: str
    policy: str
    messages: tuple[Message, Message]


OUTDOOR = Set(
    key="outdoor",
    name=_("A small outdoor shop"),
    shop=_(
        "Hollow Oak sells tents, jackets and stoves on the web. Three people work there; Robin leads support."
    ),
    policy=_(
        "Returns: 30 days, unused, with the order number. The customer pays the way back, unless we made a mistake.\n"
        "Faults: for two years we repair or replace. We need a photo and the order number. We pay the postage.\n"
        "Spare poles and pegs: sent free of charge, from stock within 2 working days.\n"
        "Delivery: 2 to 4 working days. Express, next working day if ordered before noon: 9 euros.\n"
        "Refunds: within 5 working days after the return has reached us.\n"
        "You may waive up to 15 euros by yourself. Anything above: ask Robin first, who answers within the day."
    ),
    messages=(
        Message(
            sender=_("Jonna"),
            text=_(
                "Hi, I pitched my new Fern 2 tent (order 48213) in the garden last night and one of the poles snapped."
                " I did nothing strange with it! We leave on Saturday morning for a week, today is Tuesday. Can I have"
                " a new pole before that? And do I have to pay for anything? If it doesn't work out I just want my"
                " money back, honestly. Jonna"
            ),
            points=(
                _("Will the pole come before Saturday?"),
                _("Does it cost anything?"),
                _("Can she have her money back otherwise?"),
            ),
        ),
        Message(
            sender=_("Mr Aalto"),
            text=_(
                "Good day. My daughter gave me the Drift jacket in L, bought about five weeks ago. It is too big for"
                " me, I have not worn it. Can it be changed for M in blue? I do not have the receipt. Your competitor"
                " would surely do this without asking. Regards, E. Aalto"
            ),
            points=(
                _("Can he change it after five weeks?"),
                _("What does he do without a receipt?"),
                _("Is there an M in blue?"),
            ),
        ),
    ),
)
TEA = Set(
    key="tea",
    name=_("A tea shop"),
    shop=_(
        "Third Kettle sells loose tea and pots on the web. It is run by two sisters; Noor decides what is unclear."
    ),
    policy=_(
        "Delivery: posted within 1 working day, on the way for 2 to 5. Each parcel has a tracking number.\n"
        "Lost parcels: marked as delivered but not there, we ask the carrier, which takes up to 3 working days. Then we"
        " send again or refund, as the customer likes. Up to 40 euros you may send again at once.\n"
        "Tea: closed packets can come back within 14 days. Opened ones cannot, but if something is wrong with the tea"
        " we replace it or refund it. A photo and the number on the packet help us find the cause.\n"
        "Health: we do not give medical advice. We may say how much caffeine a tea has: green tea about 30 mg a cup,"
        " black tea about 45, herbal tea none.\n"
        "Discounts and gifts above 10 euros: ask Noor."
    ),
    messages=(
        Message(
            sender=_("Petra"),
            text=_(
                "My parcel (order 7756, 32 euros) is supposed to have been DELIVERED yesterday. It wasn't!! I was home"
                " all day. It's a present for my mother, whose birthday is on Thursday. Where is it? Are you sending"
                " another one or do I have to go and buy something in town? This is the second time. Petra"
            ),
            points=(
                _("Where is the parcel?"),
                _("Will another one be sent?"),
                _("Will it come in time for Thursday?"),
            ),
        ),
        Message(
            sender=_("Daniel"),
            text=_(
                "Hello, I bought three packets of Morning Mist green tea from you. One smells of cardboard, I have"
                " opened it. The other two are still closed. Could I send all three back? And my wife is expecting:"
                " can she drink it, and how much? Thanks, Daniel"
            ),
            points=(
                _("What happens to the packet that smells?"),
                _("Can the closed ones come back?"),
                _("Can his wife drink it?"),
            ),
        ),
    ),
)
CHILDREN = Set(
    key="children",
    name=_("A children's clothes shop"),
    shop=_("Puddle Jump sells clothes for children up to eight. Five people work there; Sam leads support."),
    policy=_(
        "Returns: 30 days, unworn, labels on. The way back is free.\n"
        "Faults: within a year we replace it, and refund it when there is no more of it. Please send a photo.\n"
        "Changing an order: until it is packed, which is at 2 in the afternoon on working days. Afterwards the address"
        " can no longer be changed; the parcel can be sent on from its pick-up point for 4 euros.\n"
        "Codes: one for each order, not on sale goods, not after the order was placed. An honest mistake you may make"
        " good up to 10 euros.\n"
        "Delivery: 1 to 3 working days.\n"
        "Anything about skin, injuries or small parts that came loose: tell Sam at once, before you answer in full."
    ),
    messages=(
        Message(
            sender=_("Elif"),
            text=_(
                "The zip of the yellow rain suit (size 98) broke after two washes. It cost 54 euros! I see that size 98"
                " is sold out now. What can you do? Also the little rubber puller came off and my son had it in his"
                " mouth before I noticed. He is fine, but still. Elif"
            ),
            points=(
                _("What does she get for the suit?"),
                _("What about the part that came off?"),
            ),
        ),
        Message(
            sender=_("Tom"),
            text=_(
                "hi! ordered this morning (order 30991) but forgot the code WELCOME10, can you still take it off? Also"
                " we are moving this weekend so it should go to the new address, 4 Mill Lane. oh and could you add a"
                " pair of the striped socks? cheers Tom"
            ),
            points=(
                _("Can the code still be used?"),
                _("Can it go to the new address?"),
                _("Can the socks be added?"),
            ),
        ),
    ),
)
SETS = (OUTDOOR, TEA, CHILDREN)
BY_KEY = {row.key: row for row in SETS}


@dataclass(frozen=True)
class Criterion:
    key: str
    name: str
    anchors: dict[int, str]


CRITERIA = (
    Criterion(
        "solved",
        pgettext_lazy("of a work sample", "Solved"),
        {
            1: _(
                "The customer would have to write again: questions are left open, or answered beside the point."
            ),
            3: _(
                "The main question is answered; a smaller one is missed, or the answer has to be looked for."
            ),
            5: _("Every question is answered, the most urgent one first, and nothing has to be asked again."),
        },
    ),
    Criterion(
        "policy",
        pgettext_lazy("of a work sample", "Rules right"),
        {
            1: _("Promises what the shop does not do, or refuses what the customer has a right to."),
            3: _("Right where it matters most; one rule overlooked, or recited instead of used."),
            5: _(
                "Every rule used rightly, what is not known is not invented, and somebody is asked where they must be."
            ),
        },
    ),
    Criterion(
        "tone",
        pgettext_lazy("of a work sample", "Tone"),
        {
            1: _("Cold, defensive or blaming; or so sugary that it sounds false."),
            3: _("Polite and correct, but could have been written to anybody."),
            5: _("Takes up what this person feels, in plain and warm words, without grovelling."),
        },
    ),
    Criterion(
        "next_step",
        pgettext_lazy("of a work sample", "Next step"),
        {
            1: _("One does not know what happens now, or who has to do something."),
            3: _("Says what happens next, but not when, or not what the customer has to do."),
            5: _("Says who does what and by when, and makes it easy for the customer."),
        },
    ),
)
KEYS = tuple(criterion.key for criterion in CRITERIA)


def texts(key: str, language: str) -> dict:
    """The set as it will be sent: plain values in this language."""
    chosen = BY_KEY[key]
    with translation.override(language):
        return {
            "shop": str(chosen.shop),
            "policy": str(chosen.policy),
            "messages": [
                {
                    "sender": str(row.sender),
                    "text": str(row.text),
                    "points": [str(point) for point in row.points],
                }
                for row in chosen.messages
            ],
        }
