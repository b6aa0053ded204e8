from collections import Counter

import pytest
from django.utils import translation

from hiring import defaults
from hiring.models import Level, jobs


def test_seven_skills_and_three_qualities():
    assert [len(defaults.SKILLS), len(defaults.QUALITIES)] == [7, 3]
    assert len(defaults.BY_KEY) == 10


def test_skills_are_sorted_into_four_musts_two_nice_and_one_bonus():
    assert Counter(s.level for s in defaults.SKILLS) == {"must": 4, "nice": 2, "bonus": 1}


def test_at_most_four_musts_are_suggested_in_all():
    assert sum(s.level == defaults.MUST for s in defaults.SUGGESTIONS) == 4


@pytest.mark.parametrize("suggestion", defaults.SUGGESTIONS, ids=lambda s: s.key)
class TestEachSuggestion:
    def test_uses_the_words_of_the_models(self, suggestion):
        assert suggestion.kind in jobs.RequirementKind.values
        assert suggestion.level in Level.values
        assert set(suggestion.tested) <= set(jobs.TestedIn.values)

    def test_comes_with_its_anchors_and_questions(self, suggestion):
        assert sorted(suggestion.anchors) == [1, 3, 5]
        assert len({str(text) for text in suggestion.anchors.values()}) == 3
        assert suggestion.questions

    def test_fits_the_columns_it_may_be_copied_into(self, suggestion):
        assert len(str(suggestion.name)) <= 200
        for text in (suggestion.why, suggestion.hint, *suggestion.anchors.values()):
            assert 20 <= len(str(text)) <= 500

    def test_is_translated_when_read_not_when_loaded(self, suggestion):
        assert not isinstance(suggestion.name, str)


def test_nothing_asked_of_people_is_about_their_private_life():
    asked = " ".join(str(q).lower() for s in defaults.SUGGESTIONS for q in s.questions)
    for word in ("family", "children", "married", "health", "pregnan", "faith", "religion", "born", "age "):
        assert word not in asked


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
