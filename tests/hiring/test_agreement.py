"""How far raters agree: counted by hand, against slow recomputation, and alpha against an independent package."""

from fractions import Fraction

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import agreement

LEVEL = st.one_of(st.none(), st.integers(1, 5))
UNITS = st.lists(st.dictionaries(st.integers(1, 4), LEVEL, max_size=4), max_size=80)


def two(*pairs):
    return [{1: first, 2: second} for first, second in pairs]


class TestBetweenTwo:
    def test_is_counted_on_what_both_rated(self):
        (found,) = agreement.between(two((4, 4), (5, 4), (1, 4), (None, 3), (2, None)))
        assert (found.n, found.exact, found.within_one) == (3, Fraction(1, 3), Fraction(2, 3))

    def test_the_difference_has_a_sign(self):
        (found,) = agreement.between(two((4, 2), (5, 4), (3, 3)))
        assert found.difference == 1

    def test_the_other_way_round_it_has_the_other(self):
        (found,) = agreement.between([{2: 4, 1: 2}])
        assert (found.first, found.second, found.difference) == (1, 2, -2)

    def test_three_raters_are_three_pairs(self):
        found = agreement.between([{3: 1, 1: 5, 2: 4}])
        assert [(pair.first, pair.second, pair.difference) for pair in found] == [
            (1, 2, 1), (1, 3, 4), (2, 3, 3),
        ]  # fmt: skip

    @pytest.mark.parametrize("units", [[], [{1: 4}], [{1: 4, 2: None}], [{}]])
    def test_one_rater_alone_agrees_with_nobody(self, units):
        assert agreement.between(units) == []


class TestDiffering:
    @pytest.mark.parametrize("levels", [[1, 3], [5, 4, 3], [2, None, 5]])
    def test_two_levels_apart(self, levels):
        assert agreement.differs(levels)

    @pytest.mark.parametrize("levels", [[], [1], [4, 5], [3, 3], [1, None], [None, None]])
    def test_less_is_the_same_view(self, levels):
        assert not agreement.differs(levels)


class TestAlpha:
    def test_is_not_told_for_fewer_than_thirty(self):
        units = two((1, 1), (5, 4)) * 14 + two((3, 3))
        assert (len(units), agreement.alpha(units)) == (29, None)

    def test_is_told_for_thirty(self):
        assert agreement.alpha(two((1, 1), (5, 4)) * 15) is not None

    def test_counts_only_what_two_rated(self):
        assert agreement.alpha(two((1, 1), (5, 4)) * 14 + two((3, None)) * 9) is None

    def test_without_variation_there_is_none(self):
        assert agreement.alpha(two((4, 4)) * 40) is None

    def test_is_one_where_all_agree(self):
        assert agreement.alpha(two((1, 1), (5, 5), (3, 3)) * 10) == 1

    def test_is_below_nought_where_they_say_the_contrary(self):
        assert agreement.alpha(two((1, 5), (5, 1)) * 15) < 0

    def test_does_not_ask_who_rated(self):
        assert agreement.alpha(two((1, 2), (5, 4)) * 15) == agreement.alpha(two((2, 1), (4, 5)) * 15)


def independently(units) -> float | None:
    """What the package krippendorff says."""
    table = [[unit.get(who) for unit in units] for who in (1, 2, 3, 4)]
    data = np.array([[np.nan if x is None else float(x) for x in row] for row in table])
    paired = data[:, (~np.isnan(data)).sum(axis=0) > 1]
    if paired.shape[1] < 30 or len(np.unique(paired[~np.isnan(paired)])) < 2:
        return None
    return krippendorff.alpha(reliability_data=data, level_of_measurement="ordinal")


@given(st.lists(st.dictionaries(st.integers(1, 4), LEVEL, min_size=2, max_size=4), min_size=28, max_size=90))
def test_alpha_is_what_the_package_says(units):
    ours, theirs = agreement.alpha(units), independently(units)
    assert (ours is None) == (theirs is None)
    assert ours == pytest.approx(theirs, abs=1e-9) if theirs is not None else True


@given(UNITS)
def test_pairs_are_what_a_slow_count_says(units):
    for found in agreement.between(units):
        both = [
            (unit[found.first], unit[found.second])
            for unit in units
            if unit.get(found.first) and unit.get(found.second)
        ]
        assert found.n == len(both)
        assert found.exact * found.n == len([1 for a, b in both if a == b])
        assert found.within_one * found.n == len([1 for a, b in both if a - b in {-1, 0, 1}])
        assert found.difference * found.n == sum(a for a, b in both) - sum(b for a, b in both)


@given(UNITS)
def test_every_two_who_met_are_told_of_once(units):
    met = {(a, b) for unit in units for a in unit for b in unit if a < b and unit[a] and unit[b]}
    found = [(pair.first, pair.second) for pair in agreement.between(units)]
    assert found == sorted(met)
