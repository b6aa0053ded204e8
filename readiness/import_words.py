"""The sentences of the import: refusals, lines left out, what a log shows and what it cannot."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.utils.translation import ngettext

from readiness import measured, shopdata, ticketlog, trends
from readiness.imports import LARGEST_MB
from readiness.mailbox import MOST_MAILS
from readiness.models import ImportKind
from readiness.scoring import DEFAULT
from readiness.words import counted_too_long_ago, day, number
from readiness.words.figures import COUNTED
from vault.tablefile import MOST_COLUMNS


def kinds(chosen):
    """(code, name, is it chosen) of what a table may be."""
    tables = [kind for kind in ImportKind if kind != ImportKind.MAILBOX]
    return [(kind.value, kind.label, kind == chosen) for kind in tables] if chosen in tables else []


def recognised(kind, header):
    """Whose export it is, where its columns are known; else what it looks like."""
    known = ticketlog.system_of(header) if kind == ImportKind.TICKETS else None
    if known:
        return _("Recognised: an export of %(system)s.") % {"system": known[0]}
    if kind == ImportKind.ORDERS and shopdata.is_shopify(header):
        return _("Recognised: an export of %(system)s.") % {"system": "Shopify"}
    return {
        ImportKind.TICKETS: _("This looks like tickets of a help desk."),
        ImportKind.ORDERS: _("This looks like orders of a shop."),
        ImportKind.REVIEWS: _("This looks like reviews with stars."),
        ImportKind.MAILBOX: _("This is a mailbox."),
    }[kind]


def refusal(code, line=None):
    """Why a whole file is refused."""
    if code == "broken":
        return _("Line %(line)s cannot be read: is a quotation mark missing?") % {"line": line}
    return {
        "too_large": _("The file is larger than %(most)s MB. Export fewer months.")
        % {"most": number(LARGEST_MB)},
        "empty": _("The file is empty."),
        "packed": _("This file is packed. Unpack it and choose the file inside."),
        "workbook": _("This is a workbook, a PDF or a ZIP archive. Save or unpack it as CSV and try again."),
        "binary": _("This is not a text file. Export your numbers as CSV."),
        "long_line": _("A line of this file never ends. Is it really a table, or a mailbox?"),
        "no_columns": _("The file has one column only. An export has at least a number and a date."),
        "too_many_columns": _("The file has more than %(most)s columns. Export fewer of them.")
        % {"most": number(MOST_COLUMNS)},
        "no_rows": _("The file has a first line and nothing below it."),
        "nothing_left": _("No row has a date that can be read. Nothing was imported."),
        "mostly_wrong": _("More than half of the rows cannot be right. Nothing was imported."),
        "no_mailbox": _("This is not a mailbox file. Export it as mbox and try again."),
        "no_conversation": _("Nobody wrote to the addresses you named. Nothing was imported."),
        "too_many_mails": _("The mailbox has more than %(most)s mails. Export fewer months.")
        % {"most": number(MOST_MAILS)},
        "counted_already": _("This file was imported as this kind already."),
    }.get(code, _("Counting went wrong. Nothing was imported."))


def left_out(code):
    """Why one row was left out."""
    return {
        "missing": _("a needed cell is empty"),
        "no_date": _("no date that can be read"),
        "impossible_date": _("a date that cannot be"),
        "ends_before": _("solved before it was created"),
        "no_amount": _("no sum that can be read"),
        "no_stars": _("no stars from 1 to 5"),
        "no_sender": _("a mail from nobody"),
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
    """What an export may hide, a sentence each with what follows from it, and whether it is too old on `on`."""
    said = []
    if series["measured"] and not measured.speaks(series, on=on, config=config):
        said.append(counted_too_long_ago(measured.counted_until(series), config))
    said += [sentence for flag, sentence in _traps(series) if series.get(flag)]
    said += _few_weeks(len(series["weeks"]))
    return said + common_warnings(series)


def _traps(series):
    weeks = series["dropped_weeks"]
    return [
        (
            "cut",
            ngettext(
                "New tickets stop before the log ends: it was cut. The last %(weeks)s week is left out.",
                "New tickets stop before the log ends: it was cut. The last %(weeks)s weeks are left out.",
                weeks,
            )
            % {"weeks": number(weeks)},
        ),
        (
            "closed_only",
            _(
                "Growth and the time to solve are not judged from this file, because there is no open ticket in it: "
                "an export of closed tickets makes the last weeks look calm and fast."
            ),
        ),
        (
            "by_close_date",
            _(
                "Growth and the time to solve are not judged from this file, because its tickets seem chosen by the "
                "day of closing: that makes new tickets look as if they grew."
            ),
        ),
    ]


def _few_weeks(weeks):
    if weeks < trends.DIRECTION_FROM:
        return [
            _("A normal week is not counted from this file, because that needs %(weeks)s whole weeks.")
            % {"weeks": number(trends.DIRECTION_FROM)}
        ]
    if weeks < trends.TEST_FROM:
        return [
            _("Growth is not judged from this file, because that needs %(weeks)s whole weeks.")
            % {"weeks": number(trends.TEST_FROM)}
        ]
    return []


def common_warnings(series):
    """What may be wrong with files of every kind."""
    said, backwards = [], series.get("left_out", {}).get("ends_before", 0)
    if backwards:
        said.append(
            ngettext(
                "%(rows)s row is solved before it was created. It is left out and counts for nothing.",
                "%(rows)s rows are solved before they were created. They are left out and count for nothing.",
                backwards,
            )
            % {"rows": number(backwards)}
        )
    if series.get("mixed_zones"):
        said.append(
            _(
                "Its times are of different time zones. Times that name none are taken as your own, so hours of the "
                "day may be wrong, and weeks at their edges."
            )
        )
    if series.get("gap"):
        said.append(_("Weeks are missing between your files. Only the weeks after the gap are used."))
    return said


def shop_findings(series, kind):
    """What orders or reviews show, now beside before."""
    now, before = series["now"], series["before"]
    if not now or not before:
        return []
    return _order_findings(now, before) if kind == ImportKind.ORDERS else _review_findings(now, before)


def _order_findings(now, before):
    said = [
        _("%(now)s orders in a week lately; before it was %(before)s.")
        % {"now": number(now["orders_week"]), "before": number(before["orders_week"])}
    ]
    if now["sales_week"] is not None and before["sales_week"] is not None:
        said.append(
            _("Sales of %(now)s in a week lately; before it was %(before)s.")
            % {"now": number(now["sales_week"], 0), "before": number(before["sales_week"], 0)}
        )
    if now["again"] is not None:
        said.append(
            _("%(percent)s %% of orders come from somebody who had ordered before.")
            % {"percent": number(100 * now["again"])}
        )
    return said


def _review_findings(now, before):
    return [
        _("%(now)s stars on average lately, from %(reviews)s reviews; before it was %(before)s.")
        % {
            "now": number(now["stars"], 2),
            "before": number(before["stars"], 2),
            "reviews": number(now["n"]),
        },
        _("%(now)s %% of reviews have one or two stars lately; before it was %(before)s %%.")
        % {"now": number(100 * now["low"]), "before": number(100 * before["low"])},
    ]


def shop_warnings(series, kind, *, on, config=DEFAULT):
    said = []
    if not measured.speaks(series, on=on, config=config):
        said.append(
            _("These weeks are more than %(weeks)s weeks old, so what you say counts.")
            % {"weeks": number(config.log_speaks_weeks)}
        )
    if not series["now"] or not series["before"]:
        said.append(_too_few_to_compare(kind))
    return said + common_warnings(series)


def _too_few_to_compare(kind):
    weeks = {"weeks": number(measured.RECENT_WEEKS + 1)}
    if kind == ImportKind.ORDERS:
        return _("Growth and sales are not judged from this file: that needs %(weeks)s whole weeks.") % weeks
    return (
        _("Stars now and before are not compared from this file: that needs %(weeks)s whole weeks.") % weeks
    )


def mailbox_findings(series):
    said = []
    if series["first_reply_hours"] is not None:
        said.append(
            _("Half of the first answers go out within %(hours)s hours.")
            % {"hours": number(series["first_reply_hours"])}
        )
    said.append(
        _("%(percent)s %% of conversations have a subject that comes at least three times.")
        % {"percent": number(100 * series["repeated"])}
    )
    return said


LABELS = {
    "measured_week": _l("Messages a week"),
    "measured_resolution_now": _l("Hours to solve, lately"),
    "measured_resolution_before": _l("Hours to solve, before"),
    **COUNTED,
}


def beside(found, told):
    """(label, counted, told) of what a file answers, "" where nobody said it."""
    rows = [(name, found[name], told.get(name)) for name in LABELS if name in found]
    return [
        (LABELS[name], number(value, 2), "" if said is None else number(said, 2))
        for name, value, said in rows
    ]


def period(series):
    return _("%(first)s to %(last)s, the first and the last week left out because they are not whole.") % {
        "first": day(series["first"]),
        "last": day(series["last"]),
    }
