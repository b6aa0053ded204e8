"""Practice replies: what the customer writes, and how a draft differs from what it became.

Situations have keys; the texts speak the reader's language. They are invented: no real customer is in them.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext_lazy as _

SAME, GONE, NEW = "same", "gone", "new"
# A word with the space behind it; a Chinese sign by itself, because no space divides those.
_PIECES = re.compile(r"[\u3400-\u9fff]|[^\s\u3400-\u9fff]+\s*|\s+")


@dataclass(frozen=True)
class Situation:
    facts: str  # what the shop knows and the customer does not
    message: str  # what the customer writes


# Each situation has several messages, so that practising again is new. The first is the plan's own.
VARIANTS = {
    "practice_late": (
        Situation(
            _("The parcel left on Tuesday. The carrier says: delayed by two days."),
            _(
                "Hi, I ordered last week for my sister's birthday on Saturday and nothing has come. Where is it?"
            ),
        ),
        Situation(
            _("The parcel has been at the pick-up point since yesterday. The carrier's text message failed."),
            _("It says delivered, but I have nothing here. Did you send it to somebody else?"),
        ),
        Situation(
            _(
                "One of the two things is sewn to order and leaves on Monday; the other could leave today by itself."
            ),
            _("Two weeks now. I was told one. Can you at least send me what is ready?"),
        ),
        Situation(
            _("The carrier lost the parcel: no trace of it for nine days. The same thing is in stock."),
            _("The tracking has not moved for days. I do not want to wait any longer."),
        ),
    ),
    "practice_refund": (
        Situation(
            _("Returns are taken for 30 days. This order came 41 days ago and is unopened."),
            _("I never got round to opening it. I would like my money back, please."),
        ),
        Situation(
            _("Returns are taken for 30 days. It was bought 50 days ago as a present and given 5 days ago."),
            _("My aunt gave me this for my birthday and I have the same one already. Can I return it?"),
        ),
        Situation(
            _("Returns are taken for 30 days, unused. This order came 33 days ago and has been washed once."),
            _(
                "After one wash the colour is not what I hoped for. I want a refund, I am only a few days late."
            ),
        ),
    ),
    "practice_damaged": (
        Situation(
            _("It is in stock. Two photos show a broken handle. No return is needed for damaged goods."),
            _("The mug came with its handle off!! It was a present. What now?"),
        ),
        Situation(
            _(
                "It is sold out, new ones come in three weeks. There is no photo yet, and we need one for the carrier."
            ),
            _("One of the four glasses is in pieces. I threw the pieces away. I only want the one glass."),
        ),
        Situation(
            _("The photo shows a wet box and a stain. The same colour is in stock, two others too."),
            _(
                "The box was soaked and there is a brown mark on it. I am quite disappointed, it was not cheap."
            ),
        ),
    ),
    "practice_angry": (
        Situation(
            _("The customer wrote twice before, four and two days ago. Nobody answered."),
            _(
                "Third time I write. Does anybody read this? Cancel everything, I will tell my friends about you."
            ),
        ),
        Situation(
            _("The discount code ended on Sunday at midnight. The customer tried it on Monday morning."),
            _(
                "Your code does not work. Typical. You lure people in and then they pay full price. Shame on you."
            ),
        ),
        Situation(
            _("The wrong size was packed: our mistake. The right one can leave today."),
            _(
                "I ordered M and got XL. Do you even look at what you pack? I need it for a wedding on Friday!"
            ),
        ),
    ),
    "practice_address": (
        Situation(
            _("The order is packed and leaves this afternoon. The address can still be changed until 14:00."),
            _("I moved and forgot to change my address. Can you send it to the new one instead?"),
        ),
        Situation(
            _(
                "The parcel left yesterday. The carrier lets the receiver choose a pick-up point on its own page."
            ),
            _(
                "I will be away from tomorrow. Can the parcel go to my office? I have not got the postcode here."
            ),
        ),
        Situation(
            _("The mail comes from another address than the order. The order is not packed yet."),
            _("Hello, please send my order to the address below, and tell me what the old address was."),
        ),
    ),
}
# What the steps of the plan ask for.
SITUATIONS = {key: variants[0] for key, variants in VARIANTS.items()}


def variant(key: str, number: int) -> Situation:
    """One of the messages of a situation; after the last one comes the first again."""
    variants = VARIANTS[key]
    return variants[number % len(variants)]


def of(step) -> Situation | None:
    """The situation a step asks to practise; None for a step of one's own words."""
    return SITUATIONS.get(step.key)


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """(kind, text) pieces in reading order: what stayed, what went, what came.

    Without the new pieces they are `before`, without the gone ones `after`.
    """
    old, new = _PIECES.findall(before), _PIECES.findall(after)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append((SAME, "".join(old[a:b])))
            continue
        pieces += [
            (kind, text) for kind, text in ((GONE, "".join(old[a:b])), (NEW, "".join(new[c:d]))) if text
        ]
    return pieces
