"""Much in little memory: what lies on the disk comes back as it was; times are read once and remembered."""

import datetime
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.spool import Spool
from vault.moments import Clock, moment, seconds_of

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")
number = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(st.tuples(number, number), max_size=60), st.integers(1, 70))
@settings(max_examples=40)
def test_what_is_put_in_comes_out_in_order(rows, at_once):
    spool = Spool(2, at_once=at_once)
    for row in rows:
        spool.add(row)
    parts = [list(part) for part in spool.parts()]
    spool.close()
    found = [row for part in parts for row in part]
    assert sorted(found) == sorted(rows)
    for key in {row[0] for row in rows}:
        assert [row for row in found if row[0] == key] == [row for row in rows if row[0] == key]


def test_it_may_be_read_again():
    spool = Spool(1, at_once=2)
    for n in range(5):
        spool.add((n,))
    assert list(spool.parts()) == list(spool.parts())
    spool.close()


@pytest.mark.parametrize(
    ("text", "order", "wall"),
    [
        ("2024-03-04 16:55:38", "ymd", "2024-03-04T16:55:38"),
        ("2024-03-04T16:55:38Z", "ymd", "2024-03-04T18:55:38"),
        ("2024-07-04 16:55 +0200", "ymd", "2024-07-04T17:55:00"),
        ("4/3/2024 16:55", "dmy", "2024-03-04T16:55:00"),
        ("3/4/2024 4:55 PM", "mdy", "2024-03-04T16:55:00"),
        ("14 March 2024 08:00", "dmy", "2024-03-14T08:00:00"),
        ("2024-03-04", "ymd", "2024-03-04T00:00:00"),
    ],
)
def test_a_clock_says_the_time_on_the_wall_the_second_time_too(text, order, wall):
    clock = Clock(order, HELSINKI)
    expected = seconds_of(datetime.datetime.fromisoformat(wall))
    assert [clock.seconds(text) for _ in range(3)] == [expected] * 3


@given(st.lists(st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2030, 1, 1)), max_size=9))
def test_a_clock_that_remembers_reads_like_one_that_does_not(times):
    clock = Clock("ymd", HELSINKI)
    for when in times:
        text = f"{when:%Y-%m-%d %H:%M:%S}"
        assert clock.seconds(text) == seconds_of(moment(text, "ymd"))


@pytest.mark.parametrize(
    ("cells", "mixed"),
    [
        (["2024-03-04 16:55", "2024-03-04 16:56"], False),
        (["2024-03-04 16:55 +0200", "2024-07-04 16:55 +0300"], False),
        (["2024-03-04 16:55 +0200", "2024-07-04 16:55"], True),
        (["2024-03-04 16:55 +0200", "2024-03-04 16:55 -0500"], True),
    ],
)
def test_zones_are_mixed_beyond_summer_and_winter(cells, mixed):
    clock = Clock("ymd", HELSINKI)
    for cell in cells:
        clock.seconds(cell)
    assert clock.mixed is mixed


@given(st.text(max_size=30))
def test_any_text_is_a_time_or_none(text):
    assert isinstance(Clock("dmy", HELSINKI).seconds(text), int | None)
