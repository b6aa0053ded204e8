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


SITUATIONS = {
    "practice_late": Situation(
        _("The parcel left on Tuesday. The carrier says: delayed by two days."),
        _("Hi, I ordered last week for my sister's birthday on Saturday and nothing has come. Where is it?"),
    ),
    "practice_refund": Situation(
        _("Returns are taken for 30 days. This order came 41 days ago and is unopened."),
        _("I never got round to opening it. I would like my money back, please."),
    ),
    "practice_damaged": Situation(
        _("It is in stock. Two photos show a broken handle. No return is needed for damaged goods."),
        _("The mug came with its handle off!! It was a present. What now?"),
    ),
    "practice_angry": Situation(
        _("The customer wrote twice before, four and two days ago. Nobody answered."),
        _("Third time I write. Does anybody read this? Cancel everything, I will tell my friends about you."),
    ),
    "practice_address": Situation(
        _("The order is packed and leaves this afternoon. The address can still be changed until 14:00."),
        _("I moved and forgot to change my address. Can you send it to the new one instead?"),
    ),
}


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
