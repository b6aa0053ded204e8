"""What each choice of the filter is called: the fields of its form, and the chips of what is chosen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from accounts import listed
from hiring import channels
from hiring.filters import Filter
from hiring.forms import team_of
from hiring.models import Placement, Stage


@dataclass(frozen=True)
class Field:
    name: str
    label: str
    choices: list  # (value, label), the first for "does not matter"
    value: str


@dataclass(frozen=True)
class Chip:
    """One thing that is chosen, and the address without it."""

    label: str
    away: str


def fields(job, wanted: Filter, reader) -> list[Field]:
    """The selects of the form. Three queries: the adverts, what places are called, the team."""
    choices = {
        "show": shows(),
        "source": _sources(job, reader),
        "rating": _ratings(),
        "waiting": _waits(),
        "flag": _flags(),
        "who": _team(reader),
    }
    return [Field(name, label, choices[name], getattr(wanted, name)) for name, label in _labels().items()]


def _labels() -> dict[str, str]:
    return {
        "show": pgettext("filter", "Stage"),
        "source": pgettext("filter", "Came by"),
        "rating": pgettext("filter", "Rating"),
        "waiting": pgettext("filter", "Waiting"),
        "flag": pgettext("filter", "Marked"),
        "who": pgettext("filter", "Looked after by"),
    }


def chips(wanted: Filter, of_form: list[Field]) -> list[Chip]:
    """The words searched for come first. What names nobody any more is still shown, so that it can be taken away."""
    found = (
        [Chip(_("Words: %(words)s") % {"words": wanted.q}, wanted.without("q").address)] if wanted.q else []
    )
    labels = {field.name: dict(field.choices) for field in of_form}
    for name in wanted.narrows:
        label = labels.get(name, {}).get(getattr(wanted, name)) or _("Somebody or something that is gone")
        found.append(Chip(label, wanted.without(name).address))
    return found


def shows() -> list:
    first = [("", _("Everybody")), ("unread", _("To read")), ("later", _("Later"))]
    return [*first, *Stage.choices, ("ended", _("Ended"))]


def _sources(job, reader) -> list:
    names = {
        listed.code(entry): listed.name_of(entry) for entry in listed.entries(reader.company, listed.CHANNEL)
    }
    rows = Placement.objects.for_company(job.company_id).filter(job=job).order_by("pk")
    adverts = [
        (str(row.pk), _named(names.get(row.channel) or channels.name_of(row.channel), row)) for row in rows
    ]
    return [("", _("Any way")), *adverts, ("direct", _("No link of ours")), ("hand", _("Entered by hand"))]


def _named(name, row) -> str:
    return str(name) if row.number == 1 else f"{name} ({row.number})"


def _ratings() -> list:
    return [
        ("", _("Any rating")),
        ("good", _("Scorecards: 4 and more on average")),
        ("fair", _("Scorecards: 3 to 4 on average")),
        ("low", _("Scorecards: below 3 on average")),
        ("marked", _("Every must-have met on the CV")),
    ]


def _waits() -> list:
    return [("", _("Any time")), *((str(days), longer_than(days)) for days in (3, 7, 14))]


def longer_than(days: int) -> str:
    return ngettext("Longer than %(days)d day", "Longer than %(days)d days", days) % {"days": days}


def _flags() -> list:
    return [
        ("", _("Anything")),
        ("empty", _("Left questions empty")),
        ("later", _("Put aside for later")),
        ("before", _("Read with an older list of requirements")),
        ("test", _("A test of your own")),
    ]


def _team(reader) -> list:
    people = [(str(member.pk), str(member)) for member in team_of(reader.company) if member.pk != reader.pk]
    return [("", _("Anybody")), ("me", _("Me")), ("nobody", _("Nobody yet")), *people]
