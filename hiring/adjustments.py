"""What would help somebody in a call or an interview is for whoever arranges those, and for no longer than them."""

from datetime import timedelta

from django.utils import timezone

from hiring.models import Application

AFTER = timedelta(days=1)  # so that a decision taken back at once has lost nothing


def forget() -> int:
    """Empties the words of everybody of whom it is decided since a day; how many. May run twice."""
    decided = Application.everything.filter(ended_at__lte=timezone.now() - AFTER).exclude(adjustments="")
    return decided.update(adjustments="")
