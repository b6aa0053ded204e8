"""What the page of the call shows."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Q
from django.utils import timezone

from hiring import judging, phone_agenda, screens
from hiring.models import CallCheck, CvCheck, PhoneScreen, Requirement
from hiring.models.judging import Mark
from hiring.phone_forms import PhoneForm

_WEB = URLValidator(schemes=["https", "http"])


def context(application, form=None, times=()) -> dict:
    """`form` is a bound one that was refused; `times` are what is agreed with this person, the first first."""
    screen = PhoneScreen.objects.filter(application=application).select_related("by").first()
    form = form or form_of(application, screen)
    ticked = form.ticked
    return {
        "phone_form": form,
        "screen": screen,
        "kept_at": screen.updated_at if screen else None,
        "agenda": [
            {"step": step, "ticked": step.key in ticked} for step in phone_agenda.steps(application.job)
        ],
        "hours_needed": phone_agenda.hours_to_cover(application.job),
        "talk_link": link_of(times),
        "dial": re.sub(r"[^\d+]", "", application.phone),
    }


def form_of(application, screen, data=None) -> PhoneForm:
    """The form of the call as it stands, or of `data`."""
    rows = unclear(application)
    checks = _checks(screen)
    instance = screen or PhoneScreen(application=application)
    initial = {"seen": screens.stamp(screen)}
    return PhoneForm(data, instance=instance, unclear=rows, checks=checks, initial=initial)


def unclear(application) -> list[Requirement]:
    """What the CV left open, and what the call has said something about."""
    open_ = CvCheck.objects.filter(application=application, mark=Mark.UNCLEAR).values("requirement")
    said = CallCheck.objects.filter(screen__application=application).values("requirement")
    rows = judging.requirements(application).filter(Q(pk__in=open_) | Q(pk__in=said))
    return list(rows.order_by("position", "pk"))


def _checks(screen) -> dict:
    if screen is None:
        return {}
    return {row.requirement_id: (row.mark, row.note) for row in screen.checks.all()}


def link_of(times) -> str:
    """The address of the next talk, when its place is one; a place in words is only shown."""
    for row in times:
        place = row.place.strip()
        if row.ends_at >= timezone.now() and place and _is_link(place):
            return place
    return ""


def _is_link(text) -> bool:
    try:
        _WEB(text)
    except ValidationError:
        return False
    return True
