"""What is kept of weekly meetings, reviews and the decision about probation."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from onboarding import models
from vault import keep

OF_A_PLAN = {
    "retention": _("2 years after the plan began, or until the person asks"),
    "export": True,
    "erase": "delete",
    "of": {"member": "onboarding__hire"},
}
NUMBERS = ["uid", "sequence", "invited"]


def register() -> None:
    words = {
        "weekly": models.Series,
        "meeting": models.Meeting,
        "point": models.Point,
        "action": models.Action,
    }
    words |= {"talk": models.Talk, "decision": models.Decision}
    for word, model in words.items():
        keep.called(word, model)
    meet = _("Meet every week, and keep what was agreed")
    places = ["place", "video_link"]
    keep.register(models.Series, purpose=meet, **OF_A_PLAN, personal=places)
    keep.register(models.Meeting, purpose=meet, **OF_A_PLAN, personal=[*places, "notes"], hidden=NUMBERS)
    keep.register(models.Point, purpose=meet, **OF_A_PLAN, personal=["text"])
    keep.register(models.Action, purpose=meet, **OF_A_PLAN, personal=["text"])
    keep.register(
        models.FirstDayCall,
        purpose=_("Keep the manager's first day with a new colleague free"),
        **OF_A_PLAN,
        personal=["place"],
    )
    _talks()
    _probation()


def _talks():
    review = _("Review the first 30, 60 and 90 days from both sides")
    of_a_talk = OF_A_PLAN | {"of": {"member": "talk__onboarding__hire"}}
    of_a_text = OF_A_PLAN | {"of": {"member": "text__talk__onboarding__hire"}}
    keep.register(models.Talk, purpose=review, **OF_A_PLAN)
    keep.register(
        models.TalkText, purpose=review, **of_a_talk, personal=["body", "expected"], shown=_handed_in
    )
    keep.register(models.Signature, purpose=review, **of_a_text, plain=["text"])


def _handed_in(rows):
    """What the other side has not handed in, or is not open yet, is nobody's to read."""
    own = Q(part__in=["hire", "agreed"])
    return rows.filter(own | Q(part="manager", ready=True, talk__begun_at__isnull=False))


def _probation():
    decide = _("Decide about the probation")
    keep.register(
        models.Decision,
        purpose=decide,
        **OF_A_PLAN,
        personal=["reason", "words"],
        shown=lambda rows: rows.exclude(told_at=None),  # before that it is nobody's but the manager's
    )
    keep.register(models.ProbationReminder, purpose=_("Remind of a probation once only"), **OF_A_PLAN)
