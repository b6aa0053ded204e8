"""Floors, weighted means and places, held against a slow and obvious recomputation."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import ranking
from hiring.ranking import Skill

MUST, SECOND, NICE, BONUS = (
    Skill(1, "must", 3),
    Skill(2, "must", 1),
    Skill(3, "nice", 2),
    Skill(4, "bonus", 1),
)
ALL = [MUST, SECOND, NICE, BONUS]
LEVEL = st.one_of(st.none(), st.integers(1, 5))


def one(*levels, skills=ALL):
    """The standing of somebody alone, with one rating each."""
    return ranking.standings(skills, {9: {s.key: [x] for s, x in zip(skills, levels, strict=True)}})[9]


def places(*people, skills=ALL):
    levels = {
        n: {s.key: [x] for s, x in zip(skills, row, strict=True)} for n, row in enumerate(people, start=1)
    }
    return [standing.rank for standing in ranking.standings(skills, levels).values()]


class TestFloor:
    @pytest.mark.parametrize(("level", "below"), [(1, (1,)), (2, (1,)), (3, ()), (5, ())])
    def test_a_must_below_three_breaks_it(self, level, below):
        assert one(level, 3, 5, 5).below == below

    def test_a_must_without_evidence_breaks_it_too(self):
        assert (one(None, 3, 5, 5).unrated, one(None, 3, 5, 5).below) == ((1,), ())

    def test_nothing_else_does(self):
        assert one(3, 3, 1, None).meets_floor

    def test_is_for_the_mean_of_several_raters(self):
        found = ranking.standings([MUST], {1: {1: [2, 3]}, 2: {1: [2, 4]}})
        assert (found[1].below, found[2].below) == ((1,), ())

    def test_is_never_averaged_away(self):
        assert places((2, 5, 5, 5), (3, 3, 1, 1)) == [None, 1]


class TestMean:
    def test_weighs_what_is_beyond_the_must_haves(self):
        assert one(3, 3, 5, 2).overall == Fraction(12, 3)

    def test_leaves_out_what_nobody_saw(self):
        assert one(3, 3, None, 2).overall == 2

    def test_takes_the_must_haves_where_there_is_nothing_else(self):
        assert one(4, 3, skills=[MUST, SECOND]).overall == Fraction(15, 4)

    def test_takes_them_also_where_nobody_was_rated_on_anything_else(self):
        assert places((5, 5, None, None), (3, 3, None, None)) == [1, 2]

    def test_of_nothing_is_nothing(self):
        assert one(None, None, None, None).overall is None

    def test_counts_how_much_is_covered(self):
        assert one(4, None, 2, None).covered == 2


class TestPlaces:
    def test_equals_share_one_and_the_next_is_left_out(self):
        assert places((3, 3, 4, 4), (3, 3, 5, 5), (5, 5, 4, 4), (3, 3, 1, 1)) == [2, 1, 2, 4]

    def test_a_third_is_equal_to_two_sixths(self):
        levels = {1: {3: [1, 1, 2]}, 2: {3: [1, 1, 1, 1, 2, 2]}}
        assert [s.rank for s in ranking.standings([NICE], levels).values()] == [1, 1]

    def test_whoever_has_no_mean_has_none(self):
        assert places((3, 3, None, None), (3, 3, 1, 1)) == [None, 1]

    def test_on_one_skill_alone(self):
        found = ranking.standings(ALL, {1: {1: [2]}, 2: {1: [5]}, 3: {}})
        assert ranking.by_skill(found, 1) == {1: 2, 2: 1, 3: None}

    def test_of_nobody(self):
        assert ranking.standings(ALL, {}) == {}


def slowly(skills, levels) -> dict:
    """{who: (broken musts, mean, place)}, one step after the other."""
    means, broken, overall = {}, {}, {}
    rated_beyond = set()
    for who, mine in levels.items():
        for skill in skills:
            real = [x for x in mine.get(skill.key, []) if x is not None]
            means[who, skill.key] = Fraction(sum(real), len(real)) if real else None
            if real and skill.level != "must":
                rated_beyond.add(skill.key)
    for who in levels:
        broken[who], top, bottom = set(), Fraction(0), 0
        for skill in skills:
            value = means[who, skill.key]
            if skill.level == "must" and (value is None or value < 3):
                broken[who].add(skill.key)
            if value is not None and (skill.key in rated_beyond or not rated_beyond):
                top, bottom = top + value * skill.weight, bottom + skill.weight
        overall[who] = top / bottom if bottom else None
    ranked = sorted((overall[w] for w in levels if not broken[w] and overall[w] is not None), reverse=True)
    return {
        who: (
            broken[who],
            overall[who],
            None if broken[who] or overall[who] is None else ranked.index(overall[who]) + 1,
        )
        for who in levels
    }


SKILLS = st.lists(
    st.tuples(st.sampled_from(["must", "nice", "bonus"]), st.integers(1, 5)), min_size=1, max_size=6
).map(lambda rows: [Skill(key, level, weight) for key, (level, weight) in enumerate(rows)])
LEVELS = st.dictionaries(
    st.integers(1, 9), st.dictionaries(st.integers(0, 5), st.lists(LEVEL, max_size=3)), max_size=6
)


@given(SKILLS, LEVELS)
def test_everything_is_what_a_slow_count_says(skills, levels):
    found = ranking.standings(skills, levels)
    quick = {who: ({*one.below, *one.unrated}, one.overall, one.rank) for who, one in found.items()}
    assert quick == slowly(skills, levels)


@given(SKILLS, LEVELS)
def test_the_order_of_people_and_skills_does_not_matter(skills, levels):
    turned = dict(reversed(levels.items()))
    there, back = ranking.standings(skills, levels), ranking.standings(skills[::-1], turned)
    assert {who: one.rank for who, one in there.items()} == {who: one.rank for who, one in back.items()}
