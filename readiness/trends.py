"""Trends in short, noisy series: how large (Theil-Sen), and how sure (Mann-Kendall, Wilson).

Standard library only. Words for the evidence are codes; the sentences are the caller's.
Sources: Theil 1950 and Sen 1968 (slope), Mann 1945 and Kendall 1975 (S and its variance with ties), Hamed and Rao
1998 (neighbouring weeks that resemble each other), Wilson 1927 (interval), Holm 1979 (several tests), Kaplan and Meier
1958 (open cases are censored), Page 1954 (CUSUM), Macaulay 1931 (seasons by the moving average).
"""

import datetime
import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from operator import itemgetter
from statistics import NormalDist, median

EXACT_UP_TO = 12
DIRECTION_FROM = 4
TEST_FROM = 8
SEASON_FROM = 24  # whole months: what happened in one year only is no season

NOT_ENOUGH = "not_enough"
DIRECTION_ONLY = "direction_only"
STRONG = "strong"
SOME = "some"
NONE = "none"


def theil_sen(y, x=None):
    """Median of the slopes between all pairs; x counts 0, 1, 2.. unless given. ValueError without two x."""
    x = range(len(y)) if x is None else x
    points = combinations(zip(x, y, strict=True), 2)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in points if a[0] != b[0]]
    if not slopes:
        raise ValueError("a slope needs two different times")
    return median(slopes)


def growth_rate(counts):
    """Continuous growth per period: Theil-Sen slope of the logs. A period with none counts as half a one.

    ValueError for fewer than two periods.
    """
    return theil_sen([math.log(max(count, 0.5)) for count in counts])


@dataclass(frozen=True)
class Kendall:
    """`s` of at most `s_max`: pairs that rise less pairs that fall. `z` is None where p is exact. p is one-sided."""

    s: int
    s_max: int
    z: float | None
    p_rising: float
    p_falling: float
    exact: bool

    @property
    def strength(self):
        """S / S_max, from -1 (always falls) to 1 (always rises): how far, where p only says how sure."""
        return self.s / self.s_max if self.s_max else 0.0


def mann_kendall(values, *, corrected=False):
    """Does the series rise or fall? One-sided p each way; exact for twelve values or fewer without ties.

    Above that the normal approximation with tied values and the continuity correction. `corrected`: the variance
    also carries neighbours that resemble each other, and is never smaller for it.
    """
    s = sum((b > a) - (b < a) for a, b in combinations(values, 2))
    n = len(values)
    ties = [size for size in Counter(values).values() if size > 1]
    if n <= EXACT_UP_TO and not ties:
        return Kendall(s, n * (n - 1) // 2, None, _exact_p(n, s), _exact_p(n, -s), True)
    variance = _variance(n, ties)
    z = _standardised(s, max(variance, variance * _resemblance(values)) if corrected else variance)
    normal = NormalDist()
    return Kendall(s, n * (n - 1) // 2, z, normal.cdf(-z), normal.cdf(z), False)


def _variance(n, ties):
    def part(size):
        return size * (size - 1) * (2 * size + 5)

    return (part(n) - sum(part(size) for size in ties)) / 18


def _resemblance(values):
    """By what the variance of S grows (or shrinks) because neighbours are alike: Hamed and Rao's n / n*.

    From the autocorrelation of the ranks without their slope, as far as it is beyond chance (5 % two-sided).
    """
    n, slope = len(values), theil_sen(values)
    ranks = _ranks([value - slope * at for at, value in enumerate(values, 1)])
    around = [rank - (n + 1) / 2 for rank in ranks]
    whole, chance = sum(each * each for each in around), NormalDist().inv_cdf(0.975) / math.sqrt(n)
    if not whole:
        return 1.0
    total = 0.0
    for lag in range(1, n):
        alike = sum(a * b for a, b in zip(around, around[lag:], strict=False)) / whole
        if abs(alike) > chance:
            total += (n - lag) * (n - lag - 1) * (n - lag - 2) * alike
    return 1 + 2 * total / (n * (n - 1) * (n - 2))


def _ranks(values):
    """From 1 on; equal values share the mean of theirs."""
    first, seen = {}, Counter(values)
    for place, value in enumerate(sorted(values), 1):
        first.setdefault(value, place)
    return [first[value] + (seen[value] - 1) / 2 for value in values]


def _standardised(s, variance):
    """Towards zero by one, because S moves in steps of two."""
    if s == 0 or variance == 0:
        return 0.0
    return (s - math.copysign(1, s)) / math.sqrt(variance)


def _exact_p(n, s):
    """P(S >= s) when every order of n different values is as likely."""
    pairs = n * (n - 1) // 2
    ways = _orders_by_inversions(n)
    as_high = sum(count for inversions, count in enumerate(ways) if pairs - 2 * inversions >= s)
    return as_high / math.factorial(n)


def _orders_by_inversions(n):
    ways = [1]
    for size in range(2, n + 1):
        longer = [0] * (len(ways) + size - 1)
        for inversions, count in enumerate(ways):
            for more in range(size):
                longer[inversions + more] += count
        ways = longer
    return ways


def verdict(values, *, bad="rising"):
    """(code, direction, Kendall or None): how strong is the evidence that the series moves the bad way.

    Nothing below 4 values, the direction only below 8. `bad` is "rising" or "falling".
    """
    if len(values) < DIRECTION_FROM:
        return NOT_ENOUGH, None, None
    kendall = mann_kendall(values, corrected=True)
    direction = "rising" if kendall.s > 0 else "falling" if kendall.s < 0 else "level"
    if len(values) < TEST_FROM:
        return DIRECTION_ONLY, direction, kendall
    return evidence(kendall.p_rising if bad == "rising" else kendall.p_falling), direction, kendall


def evidence(p):
    """The word for a one-sided p: strong to .01, some to .05."""
    return STRONG if p <= 0.01 else SOME if p <= 0.05 else NONE


def holm(ps):
    """Adjusted p values in the order given, for several questions asked of the same weeks."""
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    adjusted, running = [0.0] * len(ps), 0.0
    for rank, i in enumerate(order):
        running = max(running, min(1.0, (len(ps) - rank) * ps[i]))
        adjusted[i] = running
    return adjusted


def wilson(good, n, *, confidence=0.95):
    """(low, high) of a share `good` of `n`. With n = 0 nothing is known: (0, 1).

    ValueError for fewer than none, more than all, or a confidence that is no share.
    """
    if not (0 <= good <= n and 0 < confidence < 1):
        raise ValueError("a share is some of all")
    if n == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    # Multiplied through by n: divided by its square, a tiny n would be a division by zero.
    centre = (good + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(good * (1 - good / n) + z * z / 4)
    return (0.0 if good == 0 else max(0.0, centre - half)), (1.0 if good == n else min(1.0, centre + half))


def target(good, n, wanted):
    """ "missed" only if the whole interval is below `wanted`, "met" only if all of it reaches, else "open"."""
    low, high = wilson(good, n)
    return "missed" if high < wanted else "met" if low >= wanted else "open"


def shrunk_mean(mean, n, *, base, strength):
    """A mean of few ratings, pulled towards the base period as if `strength` ratings of it came on top.

    ValueError when there is nothing at all: no rating and no strength.
    """
    if not (n >= 0 and strength >= 0 and n + strength > 0):
        raise ValueError("a mean needs a rating or a strength")
    return (mean * n + base * strength) / (n + strength)


def noise(values):
    """Standard deviation of one value around a level that may wander: the median absolute first difference,
    made comparable with a normal one. A step counts once in it, not in every value after it.

    Raises ValueError for fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("noise needs two values")
    jumps = [abs(b - a) for a, b in pairwise(values)]
    return median(jumps) / (NormalDist().inv_cdf(0.75) * math.sqrt(2))


@dataclass(frozen=True)
class Step:
    """`direction` rising or falling; `began` and `seen`: positions of the first changed value and of the alarm."""

    direction: str
    began: int
    seen: int


def step_change(values, *, base, slack=0.5, threshold=4.5, sigma=None):
    """The first lasting step away from the level of the first `base` values, or None (Page's CUSUM).

    `slack` and `threshold` in standard deviations: .5 finds a step of one, 4 to 5 rarely cries for nothing.
    `sigma` is the noise, if it is known better. Raises ValueError for a base shorter than DIRECTION_FROM.
    """
    if base < DIRECTION_FROM:
        raise ValueError(f"a level needs {DIRECTION_FROM} values")
    sigma = noise(values) if sigma is None else sigma
    level = median(values[:base])
    alarms = [_alarm(values, level, sign, slack * sigma, threshold * sigma) for sign in (1, -1)]
    return min(filter(None, alarms), key=lambda step: step.seen, default=None)


def _alarm(values, level, sign, slack, threshold):
    """Sums what is beyond the slack; where the sum last left nothing, the change began."""
    total, began = 0.0, 0
    for position, value in enumerate(values):
        total += sign * (value - level) - slack
        if total <= 0:
            total, began = 0.0, position + 1
        elif total > threshold:
            return Step("rising" if sign > 0 else "falling", began, position)
    return None


def week_of(day):
    """The Monday of the week of a date."""
    return day - datetime.timedelta(days=day.weekday())


def month_of(day):
    return day.replace(day=1)


def whole_weeks(days):
    """[(Monday, count)], empty weeks between as 0, without the first and the last: those are partial."""
    return _inner([week_of(day) for day in days], lambda start: start + datetime.timedelta(days=7))


def whole_months(days):
    """[(first of month, count)], as whole_weeks."""
    a_month_and_a_bit = datetime.timedelta(days=32)
    return _inner([month_of(day) for day in days], lambda start: month_of(start + a_month_and_a_bit))


def _inner(starts, after):
    counts = Counter(starts)
    if not counts:
        return []
    series, start = [], min(counts)
    while start <= max(counts):
        series.append((start, counts[start]))
        start = after(start)
    return series[1:-1]


def seasons(months):
    """{month of the year: times the usual}, from [(first of month, count)] of whole months in a row.

    Each month over the moving average of the year around it, the median of its years, all together 1 on average.
    None below two years, and where there was a year of nothing: then nothing is said of seasons.
    """
    counts = [count for _, count in months]
    if len(counts) < SEASON_FROM:
        return None
    found = {}
    for at in range(6, len(counts) - 6):
        around = (sum(counts[at - 6 : at + 6]) + sum(counts[at - 5 : at + 7])) / 24
        if around == 0:
            return None
        found.setdefault(months[at][0].month, []).append(counts[at] / around)
    usual = {month: median(ratios) for month, ratios in sorted(found.items())}
    mean = sum(usual.values()) / len(usual)
    return {month: ratio / mean for month, ratio in usual.items()} if mean else None


def censored_median(durations):
    """Kaplan-Meier median of (length, finished?) pairs; None when fewer than half are seen to finish."""
    at_risk, surviving = len(durations), 1.0
    for length, group in groupby(sorted(durations), key=itemgetter(0)):
        here = [finished for _, finished in group]
        surviving *= 1 - sum(here) / at_risk
        if surviving <= 0.5 + 1e-12:
            return length
        at_risk -= len(here)
    return None
