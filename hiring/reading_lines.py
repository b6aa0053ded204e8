"""What the reading page says in a line: how far one is, and what one had decided. Told to the reader alone."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hiring import reading_times
from hiring.filtering import CAP, count_text
from hiring.models import Outcome, Stage


def progress(job, left, *, later, read, pace) -> str:
    """ "14 of 40 · 21 minutes · about 33 left": of this sitting, and by one's own pace, as far as they are known."""
    if later or left > CAP:
        return ngettext("%(left)s left", "%(left)s left", left) % {"left": count_text(left)}
    spent = reading_times.minutes(read)
    words = {
        "nth": job.last_number - left + 1,
        "total": job.last_number,
        "left": count_text(left),
        "n": spent,
    }
    if pace is None:
        return _counted(left, spent) % words
    words["left"] = f"{reading_times.minutes_left(left, pace):,}"
    if not spent:
        return _("%(nth)d of %(total)d · about %(left)s minutes left") % words
    line = ngettext(
        "%(nth)d of %(total)d · %(n)d minute · about %(left)s left",
        "%(nth)d of %(total)d · %(n)d minutes · about %(left)s left",
        spent,
    )
    return line % words


def _counted(left, spent) -> str:
    if not spent:
        return ngettext("%(nth)d of %(total)d · %(left)s left", "%(nth)d of %(total)d · %(left)s left", left)
    return ngettext("%(nth)d of %(total)d · %(n)d minute", "%(nth)d of %(total)d · %(n)d minutes", spent)


def was_decided(application) -> str:
    """Somebody who was decided on and is looked at again."""
    if application.outcome == Outcome.NOT_SELECTED:
        return _("Decided: not this time.")
    if application.outcome == Outcome.WITHDRAWN:
        return _("Has withdrawn meanwhile.")
    return _("Decided: later.") if application.stage == Stage.CV else _("Decided: talk to.")
