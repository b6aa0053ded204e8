"""CSV that no spreadsheet runs, and that a program reads back."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vault.sheets import Sheet, cell, plain


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+358401234567", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1", " =1", "  @a", "\u00a0=1",
     "=HYPERLINK(\"http://evil.example\")", "=cmd|' /C calc'!A0"],
)  # fmt: skip
def test_a_text_that_would_begin_a_formula_is_quoted(text):
    assert cell(text) == "'" + text.replace("\0", "")


@pytest.mark.parametrize(
    "text", ["", "Ann", "a=b", "1-2", "x@y.example", "'=1", "王", "(+358)", "5 - 3", "«=»"]
)
def test_any_other_text_stays_as_it_is(text):
    assert cell(text) == text


@pytest.mark.parametrize("number", [0, -5, 3.5, -0.1, Decimal("-10.50"), True])
def test_numbers_stay_numbers(number):
    assert cell(number) is number


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, ""),
        (date(2026, 3, 4), "2026-03-04"),
        (datetime(2026, 3, 4, 5, 6, tzinfo=UTC), "2026-03-04T05:06:00+00:00"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (["=1", "b"], '["=1", "b"]'),
        ({"ä": 1}, '{"ä": 1}'),
        (b"secret", "null"),
    ],
)
def test_other_values_as_text(value, said):
    assert cell(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(b"x", None), (memoryview(b"x"), None), (Decimal("1.50"), "1.50")]
)
def test_values_as_json_can_say_them(value, said):
    assert plain(value) == said


def written(rows):
    file = io.StringIO(newline="")
    sheet = Sheet(file, ["name", "note"])
    for row in rows:
        sheet.add(row)
    return file.getvalue()


def test_lines_end_as_the_standard_says_and_quotation_marks_are_doubled():
    assert written([('a "b"', "x,y\nz")]) == 'name,note\r\n"a ""b""","x,y\nz"\r\n'


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=5))
@settings(max_examples=60)
def test_whatever_is_written_is_read_back_and_runs_nowhere(rows):
    clean = [[text.replace("\0", "") for text in row] for row in rows]
    found = list(csv.reader(io.StringIO(written(rows), newline="")))[1:]
    assert [[text.removeprefix("'") for text in row] for row in found] == [
        [text.removeprefix("'") for text in row] for row in clean
    ]
    assert not [text for row in found for text in row if text.lstrip()[:1] in {"=", "+", "-", "@"}]
