"""Looking at a practice reply: two marks, an edited text, and a comment that says why."""

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
    body, comment = _plain(body) or draft.body, " ".join(comment.split())[:500]
    changed = body != _plain(draft.body)
    if not comment and (changed or not (tone and accuracy and good)):
        raise steps.Refused(_("Say why, so that the next one is right: one sentence is enough."))
    with transaction.atomic():
        moved = steps.approve(step, by=by) if good else steps.send_back(step, by=by, message=comment)
        if not moved:
            raise steps.Stale
        row = Review.objects.create(
            company_id=step.company_id,
            step=step,
            draft=draft,
            body=body,
            changed=changed,
            tone=tone,
            accuracy=accuracy,
            comment=comment,
            good=good,
            by=by,
        )
        if good:
            mails.approved(step, row, by=by)
    return row


def _plain(text) -> str:
    """Browsers send CR LF; two texts that look alike are alike."""
    return text.replace("\r\n", "\n").strip()


@dataclass(frozen=True)
class Seen:
    """What a gate looks back on."""

    total: int
    as_written: int
    changed: int
    returned: int


def seen(onboarding) -> Seen:
    rows = list(
        Review.objects.filter(step__onboarding=onboarding, taken_back_at=None).values_list("good", "changed")
    )
    good = [changed for ok, changed in rows if ok]
    return Seen(len(rows), good.count(False), good.count(True), len(rows) - len(good))
