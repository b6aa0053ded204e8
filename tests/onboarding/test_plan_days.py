from datetime import UTC, date, datetime, time

import pytest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.html import escape

from onboarding.templatetags.plan_days import as_points, clock, long_day, short_day

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


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("", []),
        ("One.\nTwo.", [{"text": "One.\nTwo."}]),
        ("One.\n\nTwo.", [{"text": "One."}, {"text": "Two."}]),
        ("Ask:\n- first\n- second", [{"text": "Ask:"}, {"points": [["first"], ["second"]]}]),
        ("- first\nbelow it\n\n- second", [{"points": [["first", "below it"], ["second"]]}]),
        ("- first\n\nAfter it.", [{"points": [["first"]]}, {"text": "After it."}]),
        ("-no point\n - neither", [{"text": "-no point\n - neither"}]),
    ],
)
def test_a_line_that_begins_with_a_dash_is_a_point(text, blocks):
    assert as_points(text) == blocks


@pytest.mark.parametrize("typed", ["{{ x }}", "{% now %}", "<b>", "\u202eabc"])
def test_points_show_what_was_typed(typed):
    page = render_to_string("onboarding/_words.html", {"words": {"body": f"{typed}\n- {typed}\n{typed}"}})
    assert page.count(escape(typed)) == 3
    assert "<b>" not in page
