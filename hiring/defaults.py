"""What a job starts with: two questions and the advert's first words (what is looked for: hiring.suggestions)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

# Extra questions of the application form: key -> text.
QUESTIONS = {
    "when": gettext_lazy("When can you work, on which days and at what hours?"),
    "support": gettext_lazy("What is good support to you? An example is welcome."),
}
QUESTION_KINDS = {"when": "hours"}  # the others are answered in words


def title(hours: int | None, extent: str) -> str:
    """The advert's title for `extent` "part" or "full" time; hours a week where they are known."""
    if not hours:
        return pgettext("title of a job", "Customer support person")
    if extent == "full":
        text = ngettext(
            "Customer support person, full-time, %(hours)d hour a week",
            "Customer support person, full-time, %(hours)d hours a week",
            hours,
        )
    else:
        text = ngettext(
            "Customer support person, part-time, %(hours)d hour a week",
            "Customer support person, part-time, %(hours)d hours a week",
            hours,
        )
    return text % {"hours": hours}


def summary(hours: int | None) -> str:
    """The short description of the position; it tells the hours a week, as an advert has to."""
    if not hours:
        return _(
            "You answer our customers by e-mail and chat, and make sure each of them is glad to have written."
        )
    text = ngettext(
        "You answer our customers by e-mail and chat, about %(hours)d hour a week, and make sure each of them is"
        " glad to have written.",
        "You answer our customers by e-mail and chat, about %(hours)d hours a week, and make sure each of them is"
        " glad to have written.",
        hours,
    )
    return text % {"hours": hours}


def duties() -> str:
    """Key responsibilities, one a line."""
    return "\n".join(
        [
            _("Answer customers by e-mail and chat, in our tone and in time"),
            _("Look into orders, deliveries, returns and refunds, and put right what went wrong"),
            _("Decide small things yourself, bring the rest to us with a proposal"),
            _("Notice what customers trip over and tell us how to fix it"),
            _("Write down answers and steps, so that the next person finds them"),
        ]
    )


def how_to_apply() -> str:
    return _(
        "Use the form on this page: your CV, a few lines on why this work suits you, and two short questions."
        " We read every application and answer every one."
    )
