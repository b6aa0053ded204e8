"""What the counted weeks prove, and in which words."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import evidence, measured, trends, words
from readiness.evidence import GROWTH, METRICS, Evidence

START = datetime.date(2025, 1, 6)


def series(counts, hours=None, **changes):
    hours = hours or [None] * len(counts)
    weeks = [
        [(START + datetime.timedelta(weeks=n)).isoformat(), count, value]
        for n, (count, value) in enumerate(zip(counts, hours, strict=True))
    ]
    return {"weeks": weeks, "closed_only": False, "by_close_date": False} | changes


RISING = [20 + 2 * n for n in range(12)]
LEVEL = [30, 28, 31, 29, 30, 32, 28, 30, 29, 31, 30, 29]


@pytest.mark.parametrize("nothing", [None, {}, {"weeks": []}])
def test_without_weeks_there_is_nothing_to_say(nothing):
    assert evidence.of_weeks(nothing) == {}


def test_steady_growth_is_strong_evidence():
    found = evidence.of_weeks(series(RISING, LEVEL))[GROWTH]
    assert (found.code, found.direction, found.weeks) == ("strong", "rising", 12)
    assert found.chance < 0.001
    assert found.rate == pytest.approx(trends.growth_rate(RISING))


def test_level_weeks_are_no_evidence():
    found = evidence.of_weeks(series(LEVEL, RISING))
    assert (found[GROWTH].code, found[METRICS].code) == ("none", "strong")


def test_falling_is_never_evidence_for_more():
    found = evidence.of_weeks(series(RISING[::-1]))[GROWTH]
    assert (found.code, found.direction) == ("none", "falling")
    assert found.rate < 0


@pytest.mark.parametrize(
    ("weeks", "code", "asked"),
    [
        (1, "not_enough", False),
        (3, "not_enough", False),
        (4, "direction_only", False),
        (7, "direction_only", False),
        (8, "strong", True),
    ],
)
def test_few_weeks_prove_little(weeks, code, asked):
    found = evidence.of_weeks(series(RISING[:weeks]))[GROWTH]
    assert (found.code, found.chance is not None, found.weeks) == (code, asked, weeks)


def test_weeks_in_which_nothing_was_solved_are_left_out():
    found = evidence.of_weeks(series(RISING, [None] * 4 + RISING[4:]))[METRICS]
    assert (found.weeks, found.code) == (8, "strong")


@pytest.mark.parametrize("flag", ["closed_only", "by_close_date"])
def test_an_export_that_bends_time_says_nothing(flag):
    found = evidence.of_weeks(series(RISING, RISING, **{flag: True}))
    assert {each.code for each in found.values()} == {"refused"}
    assert all(each.rate is None for each in found.values())


def test_two_questions_of_the_same_weeks_are_asked_together():
    """Two chances of .03 alone are some evidence each; of two questions, one of them comes by luck more easily."""
    counts = [10, 12, 11, 13, 12, 14, 11, 13]
    alone = trends.mann_kendall(counts).p_rising
    found = evidence.of_weeks(series(counts, counts))
    assert [each.chance for each in found.values()] == trends.holm([alone, alone])
    assert found[GROWTH].chance == pytest.approx(2 * alone)


def test_only_the_latest_weeks_are_looked_at():
    long = series([500] * 200 + RISING)
    assert evidence.of_weeks(long)[GROWTH].weeks == measured.TREND_WEEKS


def test_a_series_of_before_the_flags_is_read():
    old = series(RISING)
    del old["closed_only"], old["by_close_date"]
    assert evidence.of_weeks(old)[GROWTH].code == "strong"


@given(st.lists(st.integers(0, 500), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_was_counted_has_words(counts):
    for signal, found in evidence.of_weeks(series(counts, [count + 0.5 for count in counts])).items():
        lines = [
            words.evidence.trend(signal, found),
            words.evidence.chance(found),
            words.evidence.looked_at(found.weeks),
        ]
        assert words.evidence.EVIDENCE[found.code]
        assert not [line for line in lines if "%(" in line or "None" in line or "nan" in line]
        assert found.chance is None or 0 <= found.chance <= 1


# -- the words


@pytest.mark.parametrize(
    ("signal", "direction", "sentence"),
    [
        ("growth", "rising", "Messages grow by about 2 % a week."),
        ("growth", "falling", "Messages become fewer by about 2 % a week."),
        ("growth", "level", "Messages stay level."),
        ("metrics", "rising", "Until a case is solved it takes about 2 % longer each week."),
        ("metrics", "falling", "Until a case is solved it takes about 2 % less each week."),
        ("metrics", "level", "Until a case is solved it takes as long as before."),
    ],
)
def test_trends_in_words(signal, direction, sentence):
    rate = 0.0198 if direction != "falling" else -0.0202
    assert words.evidence.trend(signal, Evidence("strong", direction, rate)) == sentence


def test_nothing_counted_is_no_sentence():
    nothing = Evidence("not_enough")
    assert words.evidence.trend("growth", nothing) == words.evidence.chance(nothing) == ""
    assert words.evidence.looked_at(0) == ""


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.0, "in fewer than 1 of"),
        (0.0004, "in fewer than 1 of"),
        (0.001, "in 1 of"),
        (0.043, "in 43 of"),
        (1.0, "in 1000 of"),
    ],
)
def test_chance_without_statistics(chance, said):
    assert said in words.evidence.chance(Evidence("some", "rising", 0.1, chance, 9))


def test_weeks_looked_at():
    assert words.evidence.looked_at(1) == "1 week was looked at."
    assert words.evidence.looked_at(26) == "The latest 26 weeks were looked at."


def test_full_weeks():
    assert words.evidence.full_weeks(3, 4) == "Full weeks among the last 4: 3."


@pytest.mark.parametrize(
    ("verdict", "end"),
    [
        ("missed", "fewer are satisfied than you aim for."),
        ("open", "whether you reach your aim."),
        ("met", "you reach your aim."),
    ],
)
def test_aims(verdict, end):
    assert words.evidence.satisfied(verdict, 60).endswith(end)
    assert "60 answers" in words.evidence.satisfied(verdict, 60)
    assert "1 answer " in words.evidence.satisfied(verdict, 1)


def test_no_statistics_term_in_the_words():
    lines = [str(label) for label in words.evidence.EVIDENCE.values()]
    lines += [
        words.evidence.chance(Evidence("some", "rising", 0.1, 0.03, 9)),
        words.evidence.satisfied("open", 9),
    ]
    forbidden = ("p =", "p-value", "Kendall", "significan", "slope", "interval", "Wilson", "Holm")
    assert not [line for line in lines if any(term in line for term in forbidden)]
