"""The sentences of the import: refusals, lines left out, what a log shows and what it cannot."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness import measured
from readiness.scoring import DEFAULT
from readiness.words import counted_too_long_ago, day, number


def refusal(code, line=None):
    """Why a whole file is refused."""
    if code == "broken":
        return _("Line %(line)s cannot be read: is a quotation mark missing?") % {"line": line}
    return {
        "too_large": _("The file is larger than 30 MB. Export fewer months."),
        "empty": _("The file is empty."),
        "workbook": _("This is a workbook or a PDF. Save it as CSV and try again."),
        "binary": _("This is not a text file. Export your tickets as CSV."),
        "no_columns": _("The file has one column only. A ticket export has at least a number and a date."),
        "no_rows": _("The file has a first line and nothing below it."),
        "nothing_left": _("No row has a date that can be read. Nothing was imported."),
        "mostly_wrong": _("More than half of the rows cannot be right. Nothing was imported."),
    }.get(code, _("Counting went wrong. Nothing was imported."))


def left_out(code):
    """Why one row was left out."""
    return {
        "missing": _("a needed cell is empty"),
        "no_date": _("no date that can be read"),
        "impossible_date": _("a date that cannot be"),
        "ends_before": _("solved before it was created"),
    }[code]


def no_dates(cells):
    if not cells:
        return _("This column is empty.")
    return _("This column has no dates. It says: %(example)s") % {"example": cells[0][:60]}


def which_order(example):
    if example is None:
        return _("The dates are not written that way. Choose another one.")
    return _("%(example)s can be read in two ways. Which is it?") % {"example": example}


def findings(series):
    """What the log shows, a sentence each."""
    said = [_trend(series)]
    counted = series["measured"]
    if "measured_week" in counted:
        said.append(
            _("%(count)s tickets in a normal week lately.") % {"count": number(counted["measured_week"])}
        )
    if "measured_resolution_now" in counted:
        said.append(
            _("Half of the tickets are solved within %(now)s hours; before it was %(before)s.")
            % {
                "now": number(counted["measured_resolution_now"]),
                "before": number(counted["measured_resolution_before"]),
            }
        )
    return said


def _trend(series):
    code, direction = series["evidence"], series["direction"]
    if code == "refused":
        return _("Whether tickets grow cannot be said from this export.")
    if code == "not_enough":
        return _("Too few whole weeks to say whether tickets grow.")
    rate = {"percent": number(100 * abs(series["growth"]))}
    if code == "direction_only":
        return {
            "rising": _("Tickets seem to grow, about %(percent)s %% a week; too few weeks to be sure."),
            "falling": _(
                "Tickets seem to become fewer, about %(percent)s %% a week; too few weeks to be sure."
            ),
            "level": _("Tickets seem to stay level; too few weeks to be sure."),
        }[direction] % rate
    return {
        "strong": _("Strong evidence that tickets grow, about %(percent)s %% a week."),
        "some": _("Some evidence that tickets grow, about %(percent)s %% a week."),
        "none": _("No evidence that tickets grow."),
    }[code] % rate


def warnings(series, *, on, config=DEFAULT):
    """What an export may hide, a sentence each, and whether it is too old on the date `on`."""
    said = []
    if series["measured"] and not measured.speaks(series, on=on, config=config):
        said.append(counted_too_long_ago(measured.counted_until(series), config))
    if series["cut"]:
        weeks = series["dropped_weeks"]
        said.append(
            ngettext(
                "New tickets stop before the log ends: it was cut. The last %(weeks)s week is left out.",
                "New tickets stop before the log ends: it was cut. The last %(weeks)s weeks are left out.",
                weeks,
            )
            % {"weeks": number(weeks)}
        )
    if series["closed_only"]:
        said.append(
            _(
                "There is no open ticket in it. An export of closed tickets makes the last weeks look calm and fast."
            )
        )
    if series["by_close_date"]:
        said.append(
            _("The export seems chosen by the day of closing: that makes new tickets look as if they grew.")
        )
    return said


def period(series):
    return _("%(first)s to %(last)s, the first and the last week left out because they are not whole.") % {
        "first": day(series["first"]),
        "last": day(series["last"]),
    }
