"""Whatever stands on the command line, the two commands answer or refuse in a sentence; there is no traceback."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError
from hypothesis import example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from readiness import advice
from readiness.management.commands.assess import KINDS, LARGEST, WORDS, _fits
from readiness.scoring import Inputs
from tests.readiness.test_commands import as_json, run, tickets

typed = st.sampled_from(
    [
        "0",
        "1",
        "-1",
        "1e9",
        "1e-300",
        "1e18",
        "nan",
        "inf",
        "",
        "x",
        "٤",
        "2,5",
        ".5",
        "0.999999",
        "1_0",
        "--json",
    ]
)


def answer(*arguments):
    """What the command says; None when it refuses in a sentence."""
    try:
        return run(*arguments)
    except CommandError:
        return None


MAIL = (
    "tickets",
    "minutes",
    "hours",
    "backlog",
    "deadline",
    "share",
    "days",
    "people",
    "shrinkage",
    "occupancy",
)
CALLS = ("calls", "seconds", "within", "share", "patience", "shrinkage")


@pytest.mark.parametrize(("kind", "names"), [("mail", MAIL), ("calls", CALLS)])
@given(data=st.data())
@examples(max_examples=120)
def test_staffing_answers_or_refuses(kind, names, data):
    given_ = {name: data.draw(typed) for name in names[:2]}
    given_ |= data.draw(st.dictionaries(st.sampled_from(names), typed, max_size=4))
    said = answer("staffing", kind, "--json", *(f"--{name}={value}" for name, value in given_.items()))
    if said is not None:
        json.loads(said, parse_constant=pytest.fail)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("mail", "--tickets=x", "--minutes=7"), "'x' is no number"),
        (("mail", "--tickets=-1", "--minutes=7"), "'-1' is not from 0 to 1,000,000,000"),
        (("mail", "--tickets=4", "--minutes=7", "--days=0"), "none is too few"),
        (("calls", "--calls=9", "--seconds=9", "--share=1"), "'1' is no share from 0 to below 1"),
        (("calls", "--calls=1e9", "--seconds=1e9"), "This cannot be computed: servers are 0 to 1000000."),
        (("calls", "--calls=9", "--seconds=9", "--patience=1e-320"), "people, handle time and patience"),
    ],
)
def test_what_cannot_be_has_its_sentence(arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run("staffing", *arguments)


def test_numbers_as_people_write_them():
    assert as_json("staffing", "mail", "--tickets=٤٠٠", "--minutes=7,0")[
        "work_hours_a_week"
    ] == pytest.approx(140 / 3)
    assert as_json("staffing", "calls", "--calls=200", "--seconds=180", "--share=0,8")["people_at_work"] == 14


def test_a_promise_of_a_day_takes_its_capacity():
    found = as_json("staffing", "mail", "--tickets=40", "--minutes=10", "--hours=8.9204", "--deadline=1")
    assert found["tickets_a_day_each_for_the_promise"] == pytest.approx(10.7045, abs=5e-5)
    assert found["share_late"] == pytest.approx(0.05, abs=1e-4)


def test_a_promise_is_told_without_hours_and_work_without_a_promise():
    assert "share_late" not in as_json("staffing", "mail", "--tickets=40", "--minutes=10", "--deadline=1")
    assert "share_late" not in as_json("staffing", "mail", "--tickets=40", "--minutes=10", "--hours=9")


def test_hours_that_pile_up():
    found = as_json("staffing", "mail", "--tickets=400", "--minutes=7", "--hours=40")
    assert found["hours_that_pile_up_a_week"] == pytest.approx(20 / 3)


# -- assess


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "tickets.csv"
    path.write_text(tickets())
    return path


@pytest.mark.parametrize("name", ["x\x00y", "", ".", "x" * 5000])
def test_a_name_no_file_has(name):
    with pytest.raises(CommandError):
        run("assess", name)


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "9" * 5000, '{"support_hours": ' + "9" * 5000 + "}", "\ufeff{}", "null", "\x00", ""],
)
def test_answers_that_are_no_answers(log, tmp_path, text):
    file = tmp_path / "answers.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"answers\.json"):
        run("assess", log, "--answers", file)


def test_bytes_that_are_no_text_are_no_answers(log, tmp_path):
    file = tmp_path / "answers.json"
    file.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(CommandError, match=r"answers\.json"):
        run("assess", log, "--answers", file)


@pytest.mark.parametrize("name", ["measured_growth", "measured_week", "measured_weeks", "measured_anything"])
def test_what_a_file_counts_cannot_be_answered(log, tmp_path, name):
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({name: "abc"}))
    with pytest.raises(CommandError, match=f"cannot be an answer: {name}"):
        run("assess", log, "--answers", file)


@given(st.binary(max_size=400))
@examples(max_examples=60)
def test_any_file_is_counted_or_refused(tmp_path_factory, body):
    path = tmp_path_factory.mktemp("any") / "file"
    path.write_bytes(body)
    answer("assess", path, "--json")


spoken = st.sampled_from(["yes", "some", "no", "more", "same", "worse", "nonsense"])
values = st.none() | st.booleans() | st.integers(0, 10**9) | st.floats(0, LARGEST) | spoken


@given(st.dictionaries(st.sampled_from(sorted(KINDS)), values))
@example({"satisfied": 0, "asked": 2.6e-296})
@examples(max_examples=150)
def test_whatever_answers_are_accepted_can_be_computed(given_):
    accepted = {name: value for name, value in given_.items() if _fits(name, value)}
    result = advice.assess(Inputs.of(accepted))
    assert result is None or json.dumps(result, allow_nan=False)


def test_every_word_is_known_by_its_own_name():
    assert set(WORDS) < set(KINDS)


def test_two_years_of_tickets_have_their_seasons(tmp_path):
    days = [
        f"{2021 + m // 12}-{1 + m % 12:02}-{d:02}"
        for m in range(27)
        for d in range(1, 9 + 12 * (m % 12 == 11))
    ]
    path = tmp_path / "long.csv"
    path.write_text(
        "id,created,solved\n" + "".join(f"{n},{day} 09:00,{day} 11:00\n" for n, day in enumerate(days))
    )
    seasons = as_json("assess", path)["log"]["seasons"]
    assert max(seasons, key=seasons.get) == "12"
    assert "Busiest month: December" in run("assess", path)


def test_less_than_two_years_say_nothing_of_seasons(log):
    assert as_json("assess", log)["log"]["seasons"] is None
    assert "Busiest" not in run("assess", log)


# -- as a program


@pytest.mark.parametrize(
    ("arguments", "code", "where", "sentence"),
    [
        (["staffing", "mail", "--tickets", "400", "--minutes", "7"], 0, "stdout", "paid hours a week: 78.43"),
        (["staffing", "mail", "--tickets", "x", "--minutes", "7"], 2, "stderr", "'x' is no number"),
        (["staffing", "--help"], 0, "stdout", "manage.py staffing calls --calls 200"),
        (["assess", "/no/such/file"], 1, "stderr", "No such file"),
    ],
)
def test_exit_codes(arguments, code, where, sentence):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False, env=dict(os.environ),
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert sentence in getattr(done, where)
