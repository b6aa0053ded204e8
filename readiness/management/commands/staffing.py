"""How many people it takes, from the command line: `staffing mail ..` and `staffing calls ..`."""

import json
import math
from argparse import ArgumentTypeError, RawDescriptionHelpFormatter
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from readiness import staffing
from readiness.fields import parse_number

EXAMPLES = """\
examples:
  manage.py staffing mail --tickets 400 --minutes 7 --hours 50 --backlog 30
  manage.py staffing mail --tickets 40 --minutes 10 --hours 12 --deadline 1 --share .95
  manage.py staffing calls --calls 200 --seconds 180 --within 20 --share .8 --patience 300 --json
"""
LARGEST = 1e9


ABSENT = "share of the paid time without answering: holidays, illness, breaks"


class Command(BaseCommand):
    help = "Load and people for mail, or for calls and live chat, with the formulas of the method page."

    def add_arguments(self, parser):
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLES
        kinds = parser.add_subparsers(dest="kind", required=True)
        mail = kinds.add_parser("mail", help="tickets that may wait: load, backlog, paid hours")
        mail.add_argument("--tickets", type=_positive, required=True, help="a week")
        mail.add_argument(
            "--minutes", type=_positive, required=True, help="a ticket, all its touches together"
        )
        mail.add_argument("--hours", type=_positive, help="a week that are there for it now")
        mail.add_argument("--backlog", type=_positive, default=0.0, help="tickets that wait today")
        mail.add_argument("--deadline", type=_positive, help="days in which an answer is promised")
        mail.add_argument("--share", type=_share, default=0.95, help="of the answers, .95 = 95 %%")
        mail.add_argument("--days", type=_some, default=5.0, help="a week on which you answer")
        mail.add_argument("--people", type=_some, default=1.0, help="who share the hours of answering")
        mail.add_argument("--shrinkage", type=_share, default=staffing.SHRINKAGE, help=ABSENT)
        mail.add_argument(
            "--occupancy",
            type=_share,
            default=staffing.OCCUPANCY,
            help="share of the time at work that is filled",
        )
        calls = kinds.add_parser("calls", help="people who wait on the line or in a chat window")
        calls.add_argument("--calls", type=_positive, required=True, help="an hour")
        calls.add_argument("--seconds", type=_positive, required=True, help="a call, with the work after it")
        calls.add_argument("--within", type=_positive, default=20.0, help="seconds in which to answer")
        calls.add_argument("--share", type=_share, default=0.8, help="of the calls, .8 = 80 %%")
        calls.add_argument(
            "--patience", type=_positive, help="seconds after which callers hang up, on average"
        )
        calls.add_argument("--shrinkage", type=_share, default=staffing.SHRINKAGE, help=ABSENT)
        for each in (mail, calls):
            each.add_argument("--json", action="store_true", help="for another program")

    def handle(self, *, kind, json: bool, **options):
        try:
            found = _mail(options) if kind == "mail" else _calls(options)
        except (ValueError, OverflowError) as refused:
            raise CommandError(f"This cannot be computed: {refused}.") from None
        self.stdout.write(_as_json(found) if json else _as_text(found))


def _number(text) -> float:
    """As programs write it (.8, 1e3) or as people do (0,8, ٨)."""
    try:
        return float(text)
    except ValueError:
        pass
    try:
        return parse_number(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no number") from None


def _positive(text) -> float:
    value = _number(text)
    if not (0 <= value <= LARGEST):
        raise ArgumentTypeError(f"{text!r} is not from 0 to {LARGEST:,.0f}")
    return value


def _some(text) -> float:
    if not (value := _positive(text)):
        raise ArgumentTypeError("none is too few")
    return value


def _share(text) -> float:
    value = _number(text)
    if not (0 <= value < 1):
        raise ArgumentTypeError(f"{text!r} is no share from 0 to below 1, such as .8")
    return value


def _mail(options) -> dict:
    if not options["occupancy"]:
        raise CommandError("An occupancy of nothing leaves nobody to answer.")
    work = staffing.workload_hours([(options["tickets"], options["minutes"])])
    paid = staffing.paid_hours(work, shrinkage=options["shrinkage"], occupancy=options["occupancy"])
    found = {
        "work_hours_a_week": work,
        "paid_hours_a_week": paid,
        "people_of_full_time": staffing.full_time(paid),
        **_deadline(options),
    }
    return found if options["hours"] is None else found | _week(work, options)


def _deadline(options) -> dict:
    """What keeps the promise of an answer, and how many come late with the hours there are."""
    if options["deadline"] is None:
        return {}
    a_day = {
        "arrivals": options["tickets"] / options["days"],
        "deadline": options["deadline"],
        "responders": max(1, round(options["people"])),
    }
    needed = staffing.capacity_for_deadline(share=options["share"], **a_day)
    found = {"tickets_a_day_each_for_the_promise": needed}
    if options["hours"] is None or not options["minutes"]:
        return found
    each = options["hours"] * 60 / options["minutes"] / options["days"] / a_day["responders"]
    return found | {"share_late": staffing.late_probability(capacity=each, **a_day)}


def _week(work, options) -> dict:
    """The hours there are beside the work."""
    capacity = options["hours"] * 60 / options["minutes"] if options["minutes"] else math.inf
    week = {"arrivals": options["tickets"], "capacity": capacity}
    return {
        "load": staffing.load(work, options["hours"]),
        "hours_that_pile_up_a_week": staffing.piles_up(work, options["hours"]),
        "backlog_in_a_week": staffing.backlog_after(options["backlog"], **week),
        "weeks_to_clear": staffing.time_to_clear(options["backlog"], **week),
        "oldest_in_weeks": staffing.oldest_age(options["backlog"], capacity=capacity),
    }


def _calls(options) -> dict:
    traffic = options["calls"] * options["seconds"] / 3600
    times = {"handle_time": options["seconds"], "within": options["within"]}
    if not options["seconds"]:
        raise CommandError("A call takes some seconds.")
    people = staffing.people_needed(traffic, share=options["share"], **times)
    found = {
        "erlang": traffic,
        "people_at_work": people,
        "people_to_employ": staffing.roster(people, shrinkage=options["shrinkage"]),
        "beside_each_other": staffing.beside_each_other(people, traffic, **times),
    }
    if options["patience"]:
        impatient = staffing.erlang_a(people, traffic, patience=options["patience"], **times)
        found["with_callers_who_hang_up"] = asdict(impatient)
    return found


def _as_json(found) -> str:
    """What never ends is null: JSON knows no infinity."""
    return json.dumps(_finite(found), indent=2)


def _finite(value):
    if isinstance(value, dict):
        return {name: _finite(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_finite(each) for each in value]
    return None if isinstance(value, float) and math.isinf(value) else value


def _as_text(found, indent="") -> str:
    lines = []
    for name, value in found.items():
        label = f"{indent}{name.replace('_', ' ')}"
        if isinstance(value, dict):
            lines += [f"{label}:", _as_text(value, indent + "  ")]
        elif isinstance(value, list):
            lines += [f"{label}:", *(_row(each, indent + "  ") for each in value)]
        else:
            lines.append(f"{label}: {_shown(value)}")
    return "\n".join(lines)


def _row(values, indent) -> str:
    return indent + ", ".join(f"{name.replace('_', ' ')} {_shown(value)}" for name, value in values.items())


def _shown(value) -> str:
    if isinstance(value, float) and math.isinf(value):
        return "never ends"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
