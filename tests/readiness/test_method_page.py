"""The page about the method says what the program does: its tables are the configuration, its examples its answers."""

import math
import re

import pytest
from django.conf import settings
from django.urls import reverse

from readiness import costs, scoring, staffing, trends, words
from readiness.scoring import DEFAULT, Inputs
from readiness.settable import SETTINGS
from readiness.words import weights
from tests.readiness.test_costs import EXAMPLE

PAGE = (settings.BASE_DIR / "docs" / "method.md").read_text(encoding="utf-8")


def shown(path):
    return words.number(SETTINGS[path].shown(DEFAULT), 2)


def part_row(code):
    ends = [shown(f"parts.{code}.{end}") for end in ("lo", "hi")] if DEFAULT.parts[code].ramp else ["", ""]
    unit = str(weights.UNITS[code]) if DEFAULT.parts[code].ramp else ""
    return f"| {words.PARTS[code]} | {ends[0]} | {ends[1]} | {shown(f'parts.{code}.weight')} | {unit} |"


def plain_row(path):
    return f"| {weights.full_label(path)} | {shown(path)} |"


@pytest.mark.parametrize("code", DEFAULT.parts)
def test_every_part_is_in_the_table_with_its_numbers(code):
    assert part_row(code) in PAGE


@pytest.mark.parametrize("path", [path for path in SETTINGS if not path.startswith("parts.")])
def test_every_other_number_is_in_the_table(path):
    assert plain_row(path) in PAGE


def test_the_version_is_ours():
    assert f"This is version {DEFAULT.version}." in PAGE
    assert f"called {DEFAULT.version}+3" in PAGE


WORK = staffing.workload_hours([(400, 7)])
CALLS = {"handle_time": 180, "within": 20}


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (WORK, "of 7 minutes are {:.2f} hours"),
        (staffing.paid_hours(WORK), "= {:.2f} paid hours"),
        (staffing.full_time(staffing.paid_hours(WORK)), "or {:.2f} people of 40 hours"),
        (staffing.capacity_for_deadline(arrivals=8, deadline=1, share=0.95), "a capacity of {:.2f} a day"),
        (800 / staffing.capacity_for_deadline(arrivals=8, deadline=1, share=0.95), "at most {:.2f} % full"),
        (100 * staffing.erlang_c(14, 10), "{:.1f} % have to wait"),
        (100 * staffing.service_level(14, 10, **CALLS), "{:.1f} % are answered within 20 seconds"),
        (staffing.mean_wait(14, 10, handle_time=180), "the mean wait is {:.1f} seconds"),
        (100 * staffing.occupancy(14, 10), "busy {:.1f} % of the time"),
        (staffing.roster(14), "absent, {:.0f} are employed"),
        (100 * staffing.erlang_a(14, 10, patience=300, **CALLS).abandons, "on average, {:.1f} % do"),
        (trends.theil_sen([9, 15, 19, 20, 45, 55, 78], [1, 2, 3, 4, 10, 12, 18]), "a middle slope of {:.0f}"),
        (1 / trends.mann_kendall([10, 15, 14, 20]).p_rising, "by chance once in {:.0f} times"),
        (100 * trends.wilson(0, 20)[1], "may be up to {:.1f} %"),
        (100 * trends.wilson(1, 29)[0], "of 29 with one, {:.1f} to"),
        (100 * trends.wilson(1, 29)[1], "0.6 to {:.1f} %"),
        (trends.shrunk_mean(3, 20, base=4.6, strength=DEFAULT.star_strength), "after 4.6 you are at {:.1f}"),
        (DEFAULT.parts["load"].ramp(0.9), "70 and 110: {:.0f}"),
        (scoring.need({"overload": 100, "feedback": 0, "metrics": 0, "growth": 0}), "a need of {:.0f}, where"),
        (100 * DEFAULT.signals["overload"], "a plain mean would say {:.0f}"),
        (DEFAULT.draws, "computed {:,} times"),
        (100 * DEFAULT.draw_spread, "each up to {:.0f} % more or less"),
        (DEFAULT.log_speaks_weeks, "what you said for {:.0f} weeks"),
        (DEFAULT.repeatable_from, "From {:.0f} % repeated questions on"),
    ],
)  # fmt: skip
def test_an_example_is_what_the_program_computes(value, sentence):
    assert sentence.format(value) in PAGE


def test_weeks_until_full():
    half = Inputs(messages_day=50, well_day=100, measured_growth=math.log(1.1))
    assert f"that is {scoring.weeks_until_full(half):.1f} weeks" in PAGE


@pytest.mark.parametrize("hours", [10, 20, 40])
def test_what_a_hire_costs(hours):
    hire = costs.Hire(hours=hours, **EXAMPLE)
    assert f"{costs.monthly(hire)['total']:,.2f}" in PAGE
    assert f"{costs.break_even(hire):.2f}" in PAGE


def test_the_answers_name_their_thresholds():
    assert (
        f"need is below {DEFAULT.need_low}, the week less than {100 * DEFAULT.load_high:.0f} % full" in PAGE
    )
    assert f"a need of {DEFAULT.need_high}, or three of the last four weeks" in PAGE
    assert f"and {DEFAULT.hours_high} hours to hand over" in PAGE
    assert f"within {DEFAULT.far_off_weeks} weeks" in PAGE
    assert f"a need of {DEFAULT.need_middle}, or a week that fills up" in PAGE
    assert f"and {DEFAULT.hours_middle} hours, and at least some" in PAGE
    assert DEFAULT.full_weeks == 3


def test_every_source_of_the_cores_is_in_the_literature():
    literature = PAGE.partition("## Literature")[2]
    for core in (staffing, trends):
        for year in re.findall(r"\b1[89]\d\d\b|\b200\d\b", core.__doc__):
            assert f"({year})" in literature, year


@pytest.mark.parametrize("command", re.findall(r"python manage.py (.+)", PAGE))
def test_every_command_shown_takes_its_arguments(command):
    """The words are read as the program reads them; files are not opened."""
    from readiness.management.commands import assess
    from readiness.management.commands import staffing as staffed

    name, *arguments = command.split()
    made = {"staffing": staffed, "assess": assess}[name].Command().create_parser("manage.py", name)
    assert made.parse_args(arguments)


def test_the_page_is_served_with_its_tables(client):
    page = client.get(reverse("help", args=["method"])).content.decode()
    assert page.count("<table") == 4
    assert "How full your week is" in page
