import pytest
from django.utils import translation

from hiring import defaults


@pytest.mark.parametrize(
    ("hours", "extent", "title"),
    [
        (15, "part", "Customer support person, part-time, 15 hours a week"),
        (1, "part", "Customer support person, part-time, 1 hour a week"),
        (40, "full", "Customer support person, full-time, 40 hours a week"),
        (None, "part", "Customer support person"),
    ],
)
def test_title_tells_the_hours(hours, extent, title):
    assert defaults.title(hours, extent) == title


@pytest.mark.parametrize(("hours", "told"), [(20, "about 20 hours a week"), (1, "about 1 hour a week")])
def test_summary_tells_the_hours(hours, told):
    assert told in defaults.summary(hours)


def test_summary_without_hours_speaks_of_none():
    assert "hour" not in defaults.summary(None)


def test_duties_are_one_a_line():
    assert len(defaults.duties().splitlines()) == 5


def test_texts_exist_in_every_language_without_failing():
    for language in ("fi", "sv", "pl", "ar", "zh-hans"):
        with translation.override(language):
            assert defaults.how_to_apply()
            assert defaults.title(20, "part")
