"""The answer for a shop's files, from the command line: nothing is stored, no company is needed."""

import calendar
import datetime
import json
import zoneinfo
from dataclasses import fields
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from readiness import (
    advice,
    filekinds,
    mailbox,
    measured,
    shopdata,
    ticketlog,
    trends,
    words,
)
from readiness.scoring import DEFAULT, NO, SOME, YES, Inputs
from vault import moments, tablefile

COLUMNS = ("case", "created", "resolved")


class Command(BaseCommand):
    help = "Counts a ticket log (CSV) or a mailbox (mbox), and says what it means for hiring."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--orders", type=Path, help="orders of the shop (CSV)")
        parser.add_argument("--reviews", type=Path, help="reviews with stars and dates (CSV)")
        parser.add_argument(
            "--answers", type=Path, help="JSON of answers, named as scoring.Inputs names them"
        )
        parser.add_argument("--json", action="store_true", help="for another program")
        parser.add_argument("--zone", default="UTC", help="time zone of the shop, as Europe/Helsinki")
        parser.add_argument("--order", choices=moments.ORDERS, help="how dates are written")
        parser.add_argument("--shape", choices=(ticketlog.TICKETS, ticketlog.EVENTS))
        parser.add_argument("--own", action="append", help="an address of the shop in the mailbox")
        for column in COLUMNS:
            parser.add_argument(f"--{column}", help=f"name of the column, where the guess is wrong: {column}")

    def handle(self, *, file, answers, json: bool, **options):
        given = _answers(answers)
        try:
            log, found = _mail(file, options) if _is_mailbox(file) else _tickets(file, options)
            for kind in (shopdata.ORDERS, shopdata.REVIEWS):
                if options[kind]:
                    numbers = _shop(options[kind], kind, options)
                    log[kind], found = numbers, found | shopdata.inputs(numbers, kind)
        except tablefile.Unreadable as refused:
            raise CommandError(f"This file cannot be counted: {refused.code}") from None
        result = advice.assess(Inputs.of({**given, **found}))
        self.stdout.write(_as_json(log, result) if json else _as_text(log, result))


def _is_mailbox(file) -> bool:
    with _opened(file) as stream:
        return stream.read(5) == b"From "


def _opened(file):
    try:
        return file.open("rb")
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from None
    except ValueError as error:  # a name that no file can have
        raise CommandError(f"{str(file)!r}: {error}") from None


def _mail(file, options):
    with _opened(file) as stream:
        box = mailbox.read(stream, zone=_zone(options["zone"]), latest=_tomorrow(options))
    own = {address.lower() for address in options["own"] or ()} or mailbox.own_addresses(box.messages)
    if not own:
        raise CommandError("Which address is the shop's? Name it with --own.")
    talks = mailbox.conversations(box.messages, own=own)
    if not talks:
        raise tablefile.Unreadable("nothing_left")
    log, found = _counted(mailbox.cases(talks), ticketlog.TICKETS, box.left_out.total())
    share, subjects = mailbox.repeated(talks)
    log |= {"first_reply_hours": mailbox.first_reply_hours(talks), "repeated": share, "subjects": subjects}
    return log, found | {"repeatable": 100 * share}


def _tickets(file, options):
    result = _read(file, options)
    series = result.log.series
    return _said(series, result.rejected_count), series["measured"]


def _counted(cases, shape, rejected):
    """(what to say of the log, what it answers)."""
    series = measured.summarise(cases, shape=shape)
    return _said(series, rejected), series["measured"]


def _said(series, rejected):
    log = {name: series[name] for name in ("first", "last", "cases", "open", "evidence", "growth")}
    return log | {
        "rejected": rejected,
        "traps": [name for name in TRAPS if series[name]],
        "seasons": _seasons(series),
    }


def _seasons(series) -> dict | None:
    """{month: times the usual}; None below two years of whole months."""
    months = [(datetime.date.fromisoformat(month), count) for month, count in series["months"]["rows"]]
    found = trends.seasons(months)
    return None if found is None else {month: round(times, 3) for month, times in found.items()}


def _shop(file, kind, options) -> dict:
    _opened(file).close()
    table = tablefile.layout(file)
    mapping = shopdata.guess(table, kind)
    if mapping["when"] is None:
        raise tablefile.Unreadable("unmapped")
    reading = shopdata.read(
        file,
        table=table,
        kind=kind,
        mapping=mapping,
        order=options["order"] or _order(table, {"created": mapping["when"]}),
        zone=_zone(options["zone"]),
        latest=_tomorrow(options),
    )
    numbers = shopdata.summarise(reading, kind)
    return {"rejected": reading.rejected_count, **numbers}


TRAPS = ("cut", "closed_only", "by_close_date")


def _answers(file) -> dict:
    if file is None:
        return {}
    try:
        given = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CommandError(f"{file}: {error}") from None
    except RecursionError:
        raise CommandError(f"{file}: nested too deeply to be answers") from None
    if not isinstance(given, dict):
        raise CommandError(f"{file}: an object of names and answers is needed")
    wrong = [name for name, value in given.items() if name in KINDS and not _fits(name, value)]
    wrong += [name for name in given if name.startswith("measured_")]  # that is for the file to say
    if wrong:
        raise CommandError(f"{file}: this cannot be an answer: {', '.join(wrong)}")
    return given


WORDS = {"ratings": DEFAULT.ratings, "trend": DEFAULT.trend, "afford": (YES, SOME, NO)}
KINDS = {each.name: each.type for each in fields(Inputs) if not each.name.startswith("measured_")}
LARGEST = 1e9


def _fits(name, value) -> bool:
    if value is None or name in WORDS:
        return value is None or (isinstance(value, str) and value in WORDS[name])
    if KINDS[name] == bool | None:
        return isinstance(value, bool)
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LARGEST


def _read(file, options):
    _opened(file).close()
    table = tablefile.layout(file)
    mapping = _mapping(table, options)
    zone, latest = _zone(options["zone"]), _tomorrow(options)
    return filekinds.read("tickets", file, table=table, mapping=mapping, zone=zone, latest=latest)


def _tomorrow(options):
    """A day of grace: a file may be written in another zone."""
    now = datetime.datetime.now(_zone(options["zone"])).replace(tzinfo=None)
    return now + datetime.timedelta(days=1)


def _zone(name):
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise CommandError(f"No time zone is called {name}.") from None


def _mapping(table, options) -> dict:
    mapping = ticketlog.guess(table)
    mapping |= {name: _index(table, options[name]) for name in COLUMNS if options[name]}
    if options["shape"]:
        mapping["shape"] = options["shape"]
    if "created" not in mapping:
        raise CommandError("No column looks like a date. Name it with --created.")
    mapping = {"shape": ticketlog.TICKETS, "case": None, "resolved": None} | mapping
    if mapping["shape"] == ticketlog.EVENTS and mapping["case"] is None:
        raise CommandError("Rows of events need the column of the case: --case.")
    return mapping | {"order": options["order"] or _order(table, mapping)}


def _index(table, name) -> int:
    if name not in table.header:
        raise CommandError(f"No column is called {name}. There are: {', '.join(table.header)}")
    return table.header.index(name)


def _order(table, mapping) -> str:
    cells = tablefile.column(table.samples, mapping["created"])
    fitting = moments.orders_that_fit(cells)
    if not fitting:
        raise CommandError("The dates cannot be read. Say how they are written with --order.")
    if len(fitting) > 1 and (example := moments.ambiguous_example(cells)):
        raise CommandError(f"{example} can be read in two ways. Say how dates are written with --order.")
    return fitting[0]


def _as_json(log, result) -> str:
    return json.dumps({"log": log, "result": result}, indent=2, default=str)


def _as_text(log, result) -> str:
    lines = [
        f"{log['cases']:,} cases from {log['first']} to {log['last']}, {log['rejected']:,} rows left out."
    ]
    lines += [f"Trap: {name}" for name in log["traps"]]
    if log["seasons"]:
        month, times = max(log["seasons"].items(), key=lambda pair: pair[1])
        lines.append(f"Busiest month: {calendar.month_name[month]}, {times:.2f} times the usual")
    lines += [f"Asked again and again: {subject} ({count})" for subject, count in log.get("subjects", ())]
    if result is None:
        return "\n".join([*lines, "Too little is known for an answer."])
    lines += ["", words.headline(result), words.firmness(result)]
    lines += [f"+ {words.reason(**each)}" for each in result["reasons"]]
    lines += [f"- {words.reason(**each)}" for each in result["against"]]
    return "\n".join(lines)
