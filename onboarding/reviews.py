"""Looking at a reply: two marks, an edited text, and a comment that says why. The same rule for practice and drafts."""

import re
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from onboarding import mails, steps
from onboarding.kinds import State
from onboarding.models import Review


def review(step, *, by, body, tone, accuracy, comment, good) -> Review:
    """Good to go, or changes are asked for; the draft itself stays as it was written.

    A change of the text, a missing mark and a draft that goes back need a comment: raises steps.Refused without
    one. Raises steps.Stale when the draft is no longer there to be looked at.
    """
    steps.check("receive", step, by)
    draft = step.answers.order_by("-number").first()
    if draft is None or step.state != State.SUBMITTED:
        raise steps.Stale
    seen = judged(draft.body, body, tone=tone, accuracy=accuracy, comment=comment, good=good)
    with transaction.atomic():
        moved = steps.approve(step, by=by) if good else steps.send_back(step, by=by, message=seen.comment)
        if not moved:
            raise steps.Stale
        row = Review.objects.create(
            company_id=step.company_id,
            step=step,
            draft=draft,
            body=seen.body,
            changed=seen.changed,
            tone=tone,
            accuracy=accuracy,
            comment=seen.comment,
            good=good,
            by=by,
        )
        if good:
            mails.approved(step, row, by=by)
    return row


@dataclass(frozen=True)
class Judged:
    body: str  # as the reviewer leaves it
    changed: bool
    comment: str


def judged(before, body, *, tone, accuracy, comment, good) -> Judged:
    """What a reviewer typed, read: an emptied text is the draft itself.

    A change of the text, a missing mark and a draft that goes back need a comment that says something: raises
    steps.Refused without one.
    """
    body, comment = plain(body) or before, " ".join(comment.split())[:500]
    changed = body != plain(before)
    if changed or not (tone and accuracy and good):
        if not comment:
            raise steps.Refused(_("Say why, so that the next one is right: one sentence is enough."))
        if is_bare(comment):
            raise steps.Refused(
                _("That is kind, and it does not say what to do next time. What did you change, and why?")
            )
    return Judged(body, changed, comment)


# What people write when they want to be done: in the languages of the product, without signs and capitals.
BARE = frozenset(
    "ok okay okey k good fine nice great well yes yep done thanks thx perfect super cool better all right now it is"
    " hyvä hyva kiitos joo selvä bra fint ja tack jättebra dobrze dobre tak super świetnie dzięki"
    " جيد حسنا تمام نعم شكرا 好 好的 可以 不错 很好 行 谢谢".split()
)
_WORD = re.compile(r"\w+")


def is_bare(comment: str) -> bool:
    """Only words that say nothing of the text, such as "ok" or "good", or no word at all."""
    return all(word in BARE for word in _WORD.findall(comment.casefold()))


def plain(text) -> str:
    """Browsers send CR LF; two texts that look alike are alike."""
    return text.replace("\r\n", "\n").strip()
