"""What the check says while one answers."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.words.written import number


def full(load):
    """The line that speaks while one types."""
    return _("Your support week is %(percent)s %% full.") % {"percent": number(100 * load, 0)}


def too_few(missing):
    return ngettext(
        "%(count)s more answer and we can say something.",
        "%(count)s more answers and we can say something.",
        missing,
    ) % {"count": number(missing)}


def two_tabs(replaced, left):
    """Sentences for what another tab had said: replaced by this one, or left as it is. Labels of questions."""
    said = [
        (_("Another tab had answered differently; this answer counts now: %(questions)s"), replaced),
        (_("Answered in another tab, and kept: %(questions)s"), left),
    ]
    return [sentence % {"questions": " · ".join(map(str, labels))} for sentence, labels in said if labels]


def minutes_question(hours, messages, minutes):
    return ngettext(
        "%(hours)s hours for %(messages)s messages is %(minutes)s minute each. Right?",
        "%(hours)s hours for %(messages)s messages is %(minutes)s minutes each. Right?",
        round(minutes),
    ) % {"hours": number(hours), "messages": number(messages, 0), "minutes": number(minutes)}
