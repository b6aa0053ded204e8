"""Before and after in sentences."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness import relief, words

MOVED = {
    relief.LIGHTER: lambda: _("Lighter than before."),
    relief.PERHAPS_LIGHTER: lambda: _("It looks lighter; open answers could still change that."),
    relief.SAME: lambda: _("About as before."),
    relief.PERHAPS_HEAVIER: lambda: _("It looks heavier; open answers could still change that."),
    relief.HEAVIER: lambda: _("Heavier than before."),
    relief.UNKNOWN: lambda: _("Not answered both times, so there is nothing to compare."),
}


def span(found: relief.Span | None) -> str:
    """ "58, between 40 and 71"."""
    if found is None:
        return _("not known")
    n, low, high = (words.number(each, 0) for each in (found.score, found.low, found.high))
    if low == high:
        return n
    return _("%(n)s, between %(low)s and %(high)s") % {"n": n, "low": low, "high": high}


def hours(value) -> str:
    return ngettext("%(n)s hour", "%(n)s hours", 1 if value == 1 else 2) % {"n": words.number(value)}


def given_back(then, now) -> str:
    """The first sentence of the page."""
    gained = relief.given_back(then, now)
    if gained is None:
        return ""
    values = {"n": hours(abs(gained)), "then": hours(then), "now": hours(now)}
    if abs(gained) < 0.5:
        return _("You answer customers %(now)s a week, as before the hire.") % values
    if gained > 0:
        return (
            _("%(n)s a week are yours again: you answered customers %(then)s, and it is %(now)s now.")
            % values
        )
    return (
        _("You answer customers %(n)s a week more than before the hire: %(then)s then, %(now)s now.") % values
    )


def basis(weeks: int) -> str:
    """Where the hours of now come from."""
    if not weeks:
        return _("As you answered.")
    return ngettext(
        "The mean of the last %(n)s week you wrote down.",
        "The mean of the last %(n)s weeks you wrote down.",
        weeks,
    ) % {"n": words.number(weeks)}


def lacks(before, now, started: bool) -> str:
    """What is missing for a comparison, in one sentence; empty when nothing is."""
    if not started:
        return _("The comparison opens on the first day.")
    if before is None:
        return _("There is no answer from before the hire, so there is nothing to compare with.")
    if now is None:
        return _("Answer the same questions once more, and the difference stands here.")
    return ""


def cautions(before, now) -> list[str]:
    """What else may lie behind a difference."""
    found = [_("Other things may have changed, too: a season, a sale, a new product.")]
    if bool(before.measured) != bool(now.measured):
        found.insert(
            0, _("One time numbers were counted, the other time you said them: compare them with care.")
        )
    if before.config_version != now.config_version:
        found.insert(
            0, _("You changed what counts how much since. The first answer is weighed as the new one here.")
        )
    return found


def rise(found: relief.Rise) -> str:
    return _("From %(before)s to %(now)s a week") % {
        "before": hours(found.before),
        "now": hours(found.now),
    }
