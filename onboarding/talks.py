"""Reviews after 30, 60 and 90 days, from both sides: the one writer of them.

Each side writes first and alone. What one wrote is hidden from the other until both have handed it in, or until the
talk begins; what was not handed in by then stays with its writer. Every saving is a version.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import conflicts
from onboarding import parts, plans, steps, talk_telling
from onboarding.kinds import UNDONE, Part, State
from onboarding.models import Signature, Talk, TalkText
from onboarding.steps import Refused
from vault import trail

DAYS = (30, 60, 90)
BOTH = (Part.HIRE, Part.MANAGER)
AGREED = TalkText.Part.AGREED


def latest(talk) -> dict[str, TalkText]:
    """The newest version of each part. One query."""
    return {text.part: text for text in talk.texts.select_related("by").order_by("number")}


def is_open(talk, texts) -> bool:
    """Do both read both sides?"""
    return talk.begun_at is not None or all(part in texts and texts[part].ready for part in BOTH)


def shown(talk, texts, part) -> dict[str, TalkText]:
    """What somebody with this part may read: one's own, and what was handed in once it is open."""
    opened = is_open(talk, texts)
    return {side: text for side, text in texts.items() if side in {part, AGREED} or (opened and text.ready)}


def write(onboarding, day, *, by, seen, body, ready) -> TalkText | None:
    """One's own side; `seen` is the number of the version the form was made from, 0 for none. None: nothing differs.

    Raises conflicts.Changed, and Refused for an empty text that is handed in, and once both read both.
    """
    part = parts.check(by, onboarding, *BOTH)
    body = _plain(body)
    if not body and ready:
        raise Refused(_("Write a few words first."))
    with transaction.atomic():
        talk = _locked(onboarding, day)
        texts = latest(talk)
        before = _checked(texts.get(part), seen)
        if is_open(talk, texts):
            raise Refused(
                _("Both of you read both sides by now. What changed since goes into what you agree on.")
            )
        if before and (before.body, before.ready) == (body, ready):
            return None
        text = _add(talk, part, by, body=body, ready=ready)
        if ready and not (before and before.ready):
            talk_telling.written(talk, by=by)
        _record("talk.handed_in" if ready else "talk.written", talk, by)
    return text


def begin(onboarding, day, *, by) -> bool:
    """The talk begins: both read what was handed in. False when it had begun."""
    parts.check(by, onboarding, Part.MANAGER)
    with transaction.atomic():
        talk = _locked(onboarding, day)
        if talk.begun_at is not None:
            return False
        talk.begun_at, talk.begun_by = timezone.now(), by
        talk.save(update_fields=["begun_at", "begun_by"])
        _record("talk.begun", talk, by)
    return True


def agree(onboarding, day, *, by, seen, body, expected="") -> TalkText | None:
    """What both agree on and what is expected next: a new version, which nobody has signed yet.

    None when nothing differs. Raises conflicts.Changed, and Refused before both read both sides.
    """
    parts.check(by, onboarding, *BOTH)
    body, expected = _plain(body), _plain(expected)
    with transaction.atomic():
        talk = _locked(onboarding, day)
        texts = latest(talk)
        before = _checked(texts.get(AGREED), seen)
        if not is_open(talk, texts):
            raise Refused(_("First both sides are written, or the talk begins."))
        if before and (before.body, before.expected) == (body, expected):
            return None
        text = _add(talk, AGREED, by, body=body, expected=expected, ready=True)
        _record("talk.agreed", talk, by)
    return text


def sign(onboarding, day, *, by, seen) -> bool:
    """One's name under the version with the number `seen`. With both names the plan's step is done.

    False when one has signed it before. Raises conflicts.Changed when there is a newer version.
    """
    part = parts.check(by, onboarding, *BOTH)
    with transaction.atomic():
        talk = _locked(onboarding, day)
        text = _checked(latest(talk).get(AGREED), seen)
        if text is None:
            raise Refused(_("There is nothing to sign yet."))
        _row, made = Signature.objects.get_or_create(
            text=text, part=part, defaults={"company_id": talk.company_id, "by": by}
        )
        if made:
            _record("talk.signed", talk, by)
            signed = {row.part: row.by for row in text.signatures.select_related("by")}
            if len(signed) == len(BOTH):
                _finish(talk, signed)
            else:
                talk_telling.signed(talk, by=by)
    return made


def _finish(talk, signed) -> None:
    """The plan's step of this review, however it is done: given and received, or ticked."""
    talk_telling.finished(talk)
    step = talk.onboarding.steps.filter(key=f"review_{talk.day}").order_by("pk").first()
    if step is None or step.settled:
        return
    step.onboarding = talk.onboarding
    if not step.two_sided:
        steps.tick(step, by=signed[Part.MANAGER])
        return
    if step.state in UNDONE:
        steps.give(step, by=signed[Part.HIRE], body=_("It stands on the page of the review."))
    if step.state == State.SUBMITTED:
        steps.approve(step, by=signed[Part.MANAGER])


def unsign(onboarding, day, *, by) -> bool:
    """One's own name taken away again, while the other has not signed. Raises Refused after that."""
    part = parts.check(by, onboarding, *BOTH)
    with transaction.atomic():
        talk = _locked(onboarding, day)
        text = latest(talk).get(AGREED)
        rows = Signature.objects.filter(text=text)
        if rows.count() == len(BOTH):
            raise Refused(_("Both of you have signed. What changed since is a new version."))
        if not rows.filter(part=part).delete()[0]:
            return False
        talk_telling.finished(talk)
        _record("talk.unsigned", talk, by)
    return True


def _locked(onboarding, day) -> Talk:
    """The plan first, so that two who open the same review make one."""
    plan = plans.locked(onboarding)
    if plan.cancelled_at:
        raise Refused(_("This plan has ended."))
    talk, _made = Talk.objects.get_or_create(
        onboarding=plan, day=day, defaults={"company_id": plan.company_id}
    )
    talk.onboarding = onboarding
    return talk


def _checked(text, seen):
    if text is not None:
        conflicts.check(text, seen)
    return text


def _add(talk, part, by, **values) -> TalkText:
    number = talk.texts.filter(part=part).count() + 1
    return TalkText.objects.create(
        company_id=talk.company_id, talk=talk, part=part, number=number, by=by, **values
    )


def _plain(text) -> str:
    return text.replace("\r\n", "\n").strip()


def _record(action, talk, by) -> None:
    trail.record(action, company_id=talk.company_id, actor_id=by.user_id, kind="talk", pk=talk.pk)
