"""The answer as a PDF to hand on: the sentences of its page, nothing folded away."""

from babel.dates import format_date
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, to_locale

from accounts import paper
from vault import naming
from vault.papers import Bars, Heading, Note, Pairs, Points, Table, Text, Title


def recommendation(shown, *, company, language, answered_at, today) -> bytes:
    """`shown` is what `answer_page.context` gives, in `language`; `today` the day that stands on the paper."""
    with translation.override(language):
        return paper.pdf(
            company,
            title=shown["headline"],
            blocks=_blocks(shown, answered_at),
            language=language,
            made_at=answered_at,
            date=_day(today),
        )


def name(shown) -> str:
    """What the file is called: the answer itself."""
    return naming.clean(f"{shown['headline'].rstrip(' .').replace('/', '-')}.pdf", (".pdf",))


def _day(day) -> str:
    return format_date(day, "long", locale=to_locale(translation.get_language()))


def _blocks(shown, answered_at) -> list:
    return [
        Title(shown["headline"], shown["firmness"]),
        Heading(_("Why")),
        Points(shown["reasons"]),
        *_list(_("What speaks against it"), shown["against"]),
        *_plan(shown),
        *_sure(shown),
        *_signs(shown["signals"]),
        *_changes(shown["flips"]),
        *_counted(shown),
        *_rows(_("What was answered"), [(label, value) for _name, label, value in shown["told"]]),
        *_rows(_("The numbers"), shown["numbers"]),
        Note(_computed(shown, answered_at)),
    ]


def _list(title, items) -> list:
    return [Heading(title), Points(items)] if items else []


def _rows(title, rows) -> list:
    return [Heading(title), Pairs([(str(what), str(value)) for what, value in rows])] if rows else []


def _plan(shown) -> list:
    if not shown["plan"]:
        return []
    said = [Text(shown["get_back"])] if shown["get_back"] else []
    return [Heading(_("What the hours are for")), *said, Text(shown["plan"])]


def _sure(shown) -> list:
    blocks = [Heading(_("How sure?")), Text(_needed(shown["need"]))]
    if shown["robustness"] is not None:
        blocks.append(Text(_robust(shown["robustness"])))
    if shown["open"]:
        labels = [str(each["label"]) for each in shown["open"]]
        blocks += [Text(_("These open answers could still change it:")), Points(labels)]
    return [*blocks, *([Text(shown["until_full"])] if shown["until_full"] else [])]


def _needed(need) -> str:
    return _("How much you need help: %(need)s of 100, between %(low)s and %(high)s.") % need


def _robust(share) -> str:
    return _(
        "How much each sign counts is our judgement. With 1,000 other ways to weigh them, %(robustness)s %% give "
        "the same answer."
    ) % {"robustness": share}


def _signs(signals) -> list:
    """A bar for each, then what it rests on."""
    bars = [(str(each["label"]), each["score"], _size(each)) for each in signals]
    said = [
        (each["label"], "\n".join(filter(None, (each["size"], each["evidence_said"])))) for each in signals
    ]
    return [Heading(_("Four signs")), Bars(bars), *_behind([row for row in said if row[1]])]


def _behind(rows) -> list:
    return [Pairs([(str(label), text) for label, text in rows])] if rows else []


def _size(signal) -> str:
    """The words beside a bar."""
    if signal["score"] is None:
        return _("Nothing known yet.")
    numbers = {key: signal[key] for key in ("score", "low", "high")} | {"share": signal["contribution"]}
    if signal["low"] == signal["high"]:
        return _("%(score)s of 100. It makes %(share)s %% of the need for help.") % numbers
    return (
        _("%(score)s of 100, between %(low)s and %(high)s. It makes %(share)s %% of the need for help.")
        % numbers
    )


def _changes(flips) -> list:
    heading = Heading(_("What would change it?"))
    if not flips:
        return [heading, Text(_("No single number would change the answer."))]
    header = [_("If this changes"), _("Now"), pgettext("a value", "To"), _("The answer becomes")]
    rows = [
        [
            str(each["label"]),
            "" if each["now"] is None else str(each["now"]),
            str(each["to"]),
            str(each["becomes"]),
        ]
        for each in flips
    ]
    return [heading, Table(header, rows, numbers=(1, 2), widths=(5, 1.6, 1.8, 4))]


def _counted(shown) -> list:
    """What was said beside what was counted, and when customers write."""
    blocks = []
    if shown["beside"]:
        header = [pgettext("a number", "What"), _("Your own answer"), pgettext("a number", "Counted")]
        rows = [
            [
                str(label),
                pgettext("not answered", "open") if said is None else str(said),
                _("not counted") if counted is None else str(counted),
            ]
            for label, said, counted in shown["beside"]
        ]
        blocks = [Heading(_("What is counted and what is your own answer"))]
        blocks.append(Table(header, rows, numbers=(1, 2), widths=(5, 2, 2)))
    blocks += [Text(shown["measured_note"], quiet=True)] if blocks and shown["measured_note"] else []
    if shown["heat"]:
        blocks += [Heading(_("When customers write")), Text(str(shown["heat"]["caption"]))]
    return blocks


def _computed(shown, answered_at) -> str:
    return _(
        "Answered on %(day)s, computed with configuration %(version)s. Load, growth and hours are arithmetic; how "
        "much each sign counts is a judgement, and its numbers are on the page of the answer."
    ) % {"day": _day(answered_at.date()), "version": shown["result"]["version"]}
