"""What one can look for, in our own words."""

from collections import Counter

import pytest

from hiring import suggestions
from hiring.models import Level
from hiring.models import requirements as models

EVERY = suggestions.SUGGESTIONS + suggestions.MORE


def test_seven_skills_and_three_qualities():
    assert [len(suggestions.SKILLS), len(suggestions.QUALITIES)] == [7, 3]
    assert len(suggestions.SUGGESTIONS) == 10


def test_four_more_to_choose_from_and_no_key_twice():
    assert [s.key for s in suggestions.MORE] == ["industry", "interest", "internet", "desk"]
    assert len(suggestions.BY_KEY) == 14


def test_skills_are_sorted_into_four_musts_two_nice_and_one_bonus():
    assert Counter(s.level for s in suggestions.SKILLS) == {"must": 4, "nice": 2, "bonus": 1}


def test_at_most_four_musts_are_suggested_in_all():
    assert sum(s.level == suggestions.MUST for s in suggestions.SUGGESTIONS) == 4


@pytest.mark.parametrize("suggestion", EVERY, ids=lambda s: s.key)
class TestEachSuggestion:
    def test_uses_the_words_of_the_models(self, suggestion):
        assert suggestion.kind in models.RequirementKind.values
        assert suggestion.level in Level.values
        assert set(suggestion.tested) <= set(models.TestedIn.values)

    def test_comes_with_its_anchors_and_questions(self, suggestion):
        assert sorted(suggestion.anchors) == [1, 3, 5]
        assert len({str(text) for text in suggestion.anchors.values()}) == 3
        assert 1 <= len(suggestion.questions) <= 6

    def test_fits_the_columns_it_may_be_copied_into(self, suggestion):
        assert len(str(suggestion.name)) <= 200
        for text in (suggestion.why, suggestion.hint, *suggestion.anchors.values()):
            assert 20 <= len(str(text)) <= 500

    def test_is_translated_when_read_not_when_loaded(self, suggestion):
        assert not isinstance(suggestion.name, str)


def test_nothing_asked_of_people_is_about_their_private_life():
    asked = " ".join(str(q).lower() for s in EVERY for q in s.questions)
    for word in ("family", "children", "married", "health", "pregnan", "faith", "religion", "born", "age "):
        assert word not in asked


@pytest.mark.parametrize("key", [s.key for s in suggestions.SKILLS])
def test_each_skill_has_three_questions_for_the_interview(key):
    assert len(suggestions.BY_KEY[key].questions) == 3


def test_the_line_of_business_is_asked_about_troubles_and_about_excellence():
    asked = " ".join(str(question) for question in suggestions.BY_KEY["industry"].questions)
    assert "annoys customers of shops like ours" in asked
    assert "excellent service look like" in asked


def test_plans_are_asked_of_all_alike():
    first = suggestions.BY_KEY["plans"].questions[0]
    assert str(first) == "This is a permanent job. What would make it right for you for the next year or two?"


@pytest.mark.parametrize(
    ("there", "remote", "offered"),
    [
        ([], True, 14),
        ([], False, 12),
        ([s.key for s in suggestions.SUGGESTIONS], False, 2),
        ([s.key for s in suggestions.SUGGESTIONS], True, 4),
        (list(suggestions.BY_KEY), True, 0),
        (["", "industry"], False, 11),
    ],
)
def test_what_is_not_on_the_list_is_offered(there, remote, offered):
    assert len(suggestions.offered(there, remote=remote)) == offered
