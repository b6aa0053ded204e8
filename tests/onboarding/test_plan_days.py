from datetime import UTC, date, datetime, time

import pytest
from django.utils import timezone, translation

from onboarding.templatetags.plan_days import clock, long_day, short_day

MONDAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("language", "long"),
    [
        ("en", "Monday, December 7"),
        ("fi", "maanantai 7. joulukuuta"),
        ("sv", "måndag 7 december"),
        ("pl", "poniedziałek, 7 grudnia"),
        ("ar", "الاثنين، 7 ديسمبر"),
        ("zh-hans", "12月7日星期一"),
    ],
)
def test_a_day_in_the_readers_words_and_order(language, long):
    with translation.override(language):
        assert long_day(MONDAY) == long


def test_a_short_day():
    assert short_day(MONDAY) == "Mon, Dec 7"
    assert short_day(datetime(2026, 12, 7, 9, tzinfo=UTC)) == "Mon, Dec 7"


def test_no_day_is_nothing():
    assert (long_day(None), short_day(None), clock(None)) == ("", "", "")


def test_the_clock_has_24_hours():
    assert (clock(time(9, 0)), clock(time(16, 30))) == ("9:00", "16:30")


class TestAMoment:
    """Half past eleven at night in London is the next day in Helsinki."""

    AT = datetime(2026, 12, 7, 23, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("said", "words"), [(long_day, "Tuesday, December 8"), (short_day, "Tue, Dec 8"), (clock, "1:30")]
    )
    def test_is_told_by_the_readers_clock(self, said, words):
        with timezone.override("Europe/Helsinki"):
            assert said(self.AT) == words

    def test_a_day_and_an_hour_stay_what_they_are(self):
        with timezone.override("Pacific/Auckland"):
            assert (short_day(date(2026, 12, 7)), clock(time(9, 0))) == ("Mon, Dec 7", "9:00")
