"""What the sample shop has written down for its new colleague: words, a tone, what customers say, past e-mails."""

from onboarding import friction, library, together, tone
from onboarding.models import Heard, Mending

LANGUAGE = "en"
EXAMPLE = {
    "topic": "Does the blanket scratch?",
    "message": "I love the grey one, but my son has sensitive skin. Does the wool scratch?",
    "reply": "Hello,\n\nour lambswool is the softest we have, and most people wear it on bare skin. Sensitive skin is "
    "another matter, so I send you a small piece to try, today and for nothing.\n\nIf it scratches, you have lost "
    "nothing. If it does not, you know.\n\nBest wishes\nMika",
    "why": "We do not promise what we cannot know. We make it easy to find out.",
    "situation": "",
    "channel": "email",
    "language": LANGUAGE,
}
SOUNDS = {
    "level": 4,
    "says": "Thank you for telling us\nI look after it today\nHave a warm evening",
    "never": "As per our policy\nUnfortunately we are unable to\nYour ticket",
    "sample": "",
}
SAID = (
    (
        Heard.STUMBLE,
        "The tracking link in the mail opens the carrier's front page",
        7,
        "Link with the parcel number",
    ),
    (Heard.STUMBLE, "Nobody finds how to wash the blankets", 4, "A line on the product page"),
    (Heard.STUMBLE, "The return address stands only on the paper in the box", 2, ""),
    (Heard.LIKE, "The hand-written card in the parcel", 5, ""),
    (Heard.DISLIKE, "Plastic around the blanket", 3, "Paper band"),
)
MAILS = (
    (
        "Hi! My parcel says delivered, but there is nothing at my door. What now?",
        "Hello,\n\nthat is a nasty surprise. I have asked the carrier where they left it; they answer by tomorrow. "
        "If it is not found by Friday, a new blanket leaves the same day.\n\nMika",
        "First what happens now, then what happens if that fails. No “please check with your neighbours”: they have.",
    ),
    (
        "Can I wash it at 40 degrees?",
        "Hello,\n\nplease not: wool felts from 30 on. Air it outside overnight, that is mostly enough. For spots, "
        "cold water and a drop of mild soap.\n\nMika",
        "A clear no, and then what works instead.",
    ),
    (
        "I ordered two by mistake. Can you cancel one?",
        "Hello,\n\ndone: one is cancelled, and your money is on its way. The other leaves tomorrow.\n\nMika",
        "Short question, short answer. Done is the best word we have.",
    ),
)


def write_down(onboarding, *, owner, manager) -> None:
    """By the product's own verbs, as the two would do it themselves."""
    shop = onboarding.company
    library.add(shop, by=manager, **EXAMPLE)
    tone.change(shop, by=owner, seen=0, **SOUNDS)
    for kind, body, times, fix in SAID:
        row = friction.add(shop, by=onboarding.hire, kind=kind, body=body, mark=friction.new_mark(), fix=fix)
        for _n in range(times - 1):
            friction.again(row, by=onboarding.hire)
    friction.move(row, by=owner, status=Mending.FIXING, note="Ordered for January")
    names = ("message", "reply", "thinking")
    together.add(onboarding, by=manager, mails=[dict(zip(names, mail, strict=True)) for mail in MAILS])
