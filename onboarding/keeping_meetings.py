"""What is kept of weekly meetings."""

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
