"""What is counted of reading: bounded, grouped into sittings, and compared. Pure functions."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import reading_times
from hiring.reading_times import BREAK, LONGEST, PILE, Reading

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def readings(*seconds, every=60) -> list[Reading]:
    """One person each, the last one now."""
    last = len(seconds) - 1
    return [
        Reading(nth, each, NOW - timedelta(seconds=every * (last - nth))) for nth, each in enumerate(seconds)
    ]


class TestBounded:
    @pytest.mark.parametrize(("said", "taken"), [("1", 1), ("90", 90), ("1800", 1800), ("1801", LONGEST)])
    def test_seconds_are_taken_up_to_half_an_hour(self, said, taken):
        assert reading_times.bounded(said) == taken

    @pytest.mark.parametrize("odd", ["", "0", "-5", "1.5", "9" * 40, "٣", "x", "1e3", " 7", "0x1"])
    def test_anything_else_is_not_known(self, odd):
        assert reading_times.bounded(odd) is None

    @given(st.text(max_size=30))
    def test_no_text_gives_more_than_the_database_takes(self, said):
        found = reading_times.bounded(said)
        assert found is None or 1 <= found <= LONGEST


class TestSittings:
    def test_nothing_was_read(self):
        assert reading_times.since_break([], BREAK, NOW) == []

    def test_goes_on_while_the_pauses_are_short(self):
        rows = readings(60, 60, 60, every=BREAK.total_seconds())
        assert reading_times.since_break(rows, BREAK, NOW) == rows

    def test_begins_anew_after_a_longer_pause(self):
        rows = readings(60, 60, every=BREAK.total_seconds() + 1)
        assert reading_times.since_break(rows, BREAK, NOW) == rows[1:]

    def test_a_pause_that_lasts_until_now_ends_it_too(self):
        assert reading_times.since_break(readings(60), BREAK, NOW + BREAK + timedelta(seconds=1)) == []

    def test_a_night_ends_the_sitting_and_not_the_pile(self):
        rows = readings(60, 60, every=16 * 3600)
        found = [len(reading_times.since_break(rows, pause, NOW)) for pause in (BREAK, PILE)]
        assert found == [1, 2]

    @given(st.lists(st.integers(0, 10**6), max_size=30))
    def test_is_always_the_end_of_the_list(self, ages):
        rows = [
            Reading(n, 5, NOW - timedelta(seconds=age)) for n, age in enumerate(sorted(ages, reverse=True))
        ]
        found = reading_times.since_break(rows, BREAK, NOW)
        assert found == rows[len(rows) - len(found) :]


class TestPeople:
    def test_are_counted_once_where_they_were_decided_last(self):
        rows = [Reading(pk, 5, NOW) for pk in (1, 2, 1, 3)]
        assert reading_times.people(rows) == [2, 1, 3]

    def test_of_nothing_are_nobody(self):
        assert reading_times.people([]) == []


class TestMinutes:
    @pytest.mark.parametrize(
        ("seconds", "minutes"), [([], 0), ([None], 0), ([1], 1), ([60], 1), ([60, 1], 2)]
    )
    def test_begun_ones_are_whole(self, seconds, minutes):
        assert reading_times.minutes(readings(*seconds)) == minutes

    @pytest.mark.parametrize(("count", "each", "minutes"), [(0, 90, 0), (1, 90, 2), (26, 76, 33)])
    def test_left_at_that_pace(self, count, each, minutes):
        assert reading_times.minutes_left(count, each) == minutes


class TestPace:
    def test_is_the_median(self):
        assert reading_times.pace(readings(10, 1000, 80, 90, 100)) == 90

    def test_is_not_spoken_of_before_there_are_five(self):
        assert reading_times.pace(readings(60, 60, 60, 60, None)) is None

    def test_forgets_how_it_was_long_ago(self):
        assert reading_times.pace(readings(*[600] * 60, *[90] * 40)) == 90

    @given(st.lists(st.none() | st.integers(1, LONGEST), max_size=60))
    def test_lies_between_the_shortest_and_the_longest(self, seconds):
        found = reading_times.pace(readings(*seconds))
        counted = [each for each in seconds if each]
        assert found is None or min(counted) <= found <= max(counted)


class TestHurried:
    def test_names_the_last_ten_when_they_got_half_the_time(self):
        assert reading_times.hurried(readings(*[120] * 10, *[60] * 10)) == list(range(10, 20))

    @pytest.mark.parametrize("late", [61, 90, 240])
    def test_says_nothing_above_half(self, late):
        assert reading_times.hurried(readings(*[120] * 10, *[late] * 10)) == []

    def test_says_nothing_below_twenty_people(self):
        assert reading_times.hurried(readings(*[120] * 10, *[10] * 9)) == []

    def test_twenty_decisions_on_fewer_people_are_not_twenty(self):
        rows = [
            Reading(row.application % 15, row.seconds, row.at) for row in readings(*[120] * 10, *[10] * 10)
        ]
        assert reading_times.hurried(rows) == []

    def test_one_long_reading_does_not_hide_it(self):
        assert len(reading_times.hurried(readings(*[120] * 10, *[30] * 9, 1800))) == 10

    def test_what_was_not_counted_does_not_count(self):
        assert reading_times.hurried(readings(*[None] * 10, *[60] * 10)) == []
