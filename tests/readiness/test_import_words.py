import datetime

import pytest
from django.utils.formats import date_format

from readiness import import_words, measured
from tests.readiness import logs

REFUSALS = [
    "too_large",
    "empty",
    "workbook",
    "binary",
    "no_columns",
    "no_rows",
    "nothing_left",
    "mostly_wrong",
]
TODAY = datetime.date(2024, 6, 1)
BASE = {"measured": {}, "direction": "rising", "growth": 0.016, "cut": False, "closed_only": False}
BASE |= {"by_close_date": False, "dropped_weeks": 0, "weeks": [["2024-05-20", 3, None]] * 8}


def trend(evidence, **changes):
    return import_words.findings(BASE | {"evidence": evidence} | changes)[0]


def test_every_refusal_has_its_own_sentence():
    sentences = {import_words.refusal(code) for code in REFUSALS}
    assert len(sentences) == len(REFUSALS)
    assert import_words.refusal("ZeroDivisionError") not in sentences
    assert import_words.refusal("broken", 7) == "Line 7 cannot be read: is a quotation mark missing?"


def test_every_rejection_has_its_own_words():
    codes = ("missing", "no_date", "impossible_date", "ends_before")
    assert len({import_words.left_out(code) for code in codes}) == 4


@pytest.mark.parametrize(
    ("evidence", "direction", "sentence"),
    [
        ("strong", "rising", "Strong evidence that tickets grow, about 1.6 % a week."),
        ("some", "rising", "Some evidence that tickets grow, about 1.6 % a week."),
        ("none", "falling", "No evidence that tickets grow."),
        ("not_enough", None, "Too few whole weeks to say whether tickets grow."),
        ("refused", None, "Whether tickets grow cannot be said from this export."),
        ("direction_only", "rising", "Tickets seem to grow, about 1.6 % a week; too few weeks to be sure."),
        (
            "direction_only",
            "falling",
            "Tickets seem to become fewer, about 1.6 % a week; too few weeks to be sure.",
        ),
        ("direction_only", "level", "Tickets seem to stay level; too few weeks to be sure."),
    ],
)
def test_the_trend_in_words(evidence, direction, sentence):
    assert trend(evidence, direction=direction) == sentence


def test_what_an_export_may_hide():
    assert import_words.warnings(BASE, on=TODAY) == []
    hidden = BASE | {"cut": True, "dropped_weeks": 3, "closed_only": True, "by_close_date": True}
    said = import_words.warnings(hidden, on=TODAY)
    assert said[0] == "New tickets stop before the log ends: it was cut. The last 3 weeks are left out."
    assert len(said) == 3


def test_a_real_summary_has_all_its_sentences():
    series = measured.summarise(logs.growing_and_cut(), shape="events")
    assert import_words.findings(series)[1:] == [
        "55.5 tickets in a normal week lately.",
        "Half of the tickets are solved within 30 hours; before it was 30.",
    ]
    first = date_format(logs.mondays_ago(46).date(), "DATE_FORMAT")
    assert import_words.period(series).startswith(f"{first} to ")


def test_dates_that_are_none():
    assert import_words.no_dates([]) == "This column is empty."
    assert import_words.no_dates(["x" * 99]).endswith("x" * 60)
    assert import_words.which_order(None) == "The dates are not written that way. Choose another one."
