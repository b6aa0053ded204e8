"""Parts of the week as people say them (hiring.hours knows them as codes)."""

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from hiring import hours

PARTS = {
    "morning": pgettext_lazy("part of the day", "Morning"),
    "afternoon": pgettext_lazy("part of the day", "Afternoon"),
    "evening": pgettext_lazy("part of the day", "Evening"),
    "night": pgettext_lazy("part of the day", "Night"),
}
# What a day can be made of, said whole: languages differ in how they join such words.
SAID = {
    ("morning",): gettext_lazy("mornings"),
    ("afternoon",): gettext_lazy("afternoons"),
    ("evening",): gettext_lazy("evenings"),
    ("night",): gettext_lazy("nights"),
    ("morning", "afternoon"): gettext_lazy("mornings and afternoons"),
    ("morning", "evening"): gettext_lazy("mornings and evenings"),
    ("morning", "night"): gettext_lazy("mornings and nights"),
    ("afternoon", "evening"): gettext_lazy("afternoons and evenings"),
    ("afternoon", "night"): gettext_lazy("afternoons and nights"),
    ("evening", "night"): gettext_lazy("evenings and nights"),
    ("morning", "afternoon", "evening"): gettext_lazy("mornings, afternoons and evenings"),
    ("morning", "afternoon", "night"): gettext_lazy("mornings, afternoons and nights"),
    ("morning", "evening", "night"): gettext_lazy("mornings, evenings and nights"),
    ("afternoon", "evening", "night"): gettext_lazy("afternoons, evenings and nights"),
    hours.PARTS: gettext_lazy("day and night"),
}


def weekdays() -> list[tuple[str, str]]:
    """(name, short name), Monday first."""
    return [(str(WEEKDAYS[day]), str(WEEKDAYS_ABBR[day])) for day in range(7)]


def choices() -> list[tuple[str, str]]:
    """(code, "Monday, Morning") of every part of the week."""
    names = [(day, name) for day, (name, _short) in zip(hours.DAYS, weekdays(), strict=True)]
    return [(f"{day}-{part}", f"{name}, {PARTS[part]}") for day, name in names for part in hours.PARTS]


def said(codes) -> list[str]:
    """A line for each piece: "Mon to Fri: mornings and afternoons". Empty without a part."""
    return [_line(piece) for piece in hours.words(codes)]


def _line(piece) -> str:
    values = {
        "day": WEEKDAYS_ABBR[piece.first],
        "last": WEEKDAYS_ABBR[piece.last],
        "parts": SAID[piece.parts],
    }
    if (piece.first, piece.last) == (0, 6):
        return _("Every day: %(parts)s") % values
    if piece.first == piece.last:
        return _("%(day)s: %(parts)s") % values
    return _("%(day)s to %(last)s: %(parts)s") % values


def needed(codes) -> str:
    """ "The hours we need: mornings from Monday to Friday; evenings on Sunday." Empty without a part."""
    found = "; ".join(_in_words(piece) for piece in hours.words(codes))
    return _("The hours we need: %(hours)s.") % {"hours": found} if found else ""


def _in_words(piece) -> str:
    values = {"day": WEEKDAYS[piece.first], "last": WEEKDAYS[piece.last], "parts": SAID[piece.parts]}
    if (piece.first, piece.last) == (0, 6):
        return _("%(parts)s every day") % values
    if piece.first == piece.last:
        return _("%(parts)s on %(day)s") % values
    return _("%(parts)s from %(day)s to %(last)s") % values


def covered(can, wanted) -> str:
    """How somebody's hours meet those the job wants, as a fact; "" when either was not said."""
    there, asked = hours.overlap(can, wanted)
    if not (can and asked):
        return ""
    return ngettext(
        "Covers %(there)d of the %(asked)d part of the week you asked for.",
        "Covers %(there)d of the %(asked)d parts of the week you asked for.",
        asked,
    ) % {"there": there, "asked": asked}
