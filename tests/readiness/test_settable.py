"""Which numbers an owner may change, how they are shown, and what must hold among them."""

import math
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import advice, scoring, settable
from readiness.scoring import DEFAULT, Config
from readiness.settable import SECTIONS, SETTINGS
from tests.readiness.answers import BUSY, FIELDS, WORSE_DOWN, WORSE_UP, inputs

# Three months lie between the two questions; how many draws there are decides nothing.
FIXED = {"version", "weeks_between", "draws"}


def test_every_number_of_ours_may_be_set_but_those_that_are_no_judgement():
    roots = {path.split(".")[0] for path in SETTINGS}
    assert roots == {each.name for each in fields(Config)} - FIXED
    assert {path.split(".")[1] for path in SETTINGS if path.startswith("parts.")} == set(DEFAULT.parts)


def test_every_number_stands_in_one_section():
    assert sum(len(section) for section in SECTIONS.values()) == len(SETTINGS)


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda setting: setting.path)
def test_ours_lies_within_the_range_and_survives_the_screen(setting):
    shown = setting.shown(DEFAULT)
    assert setting.low <= shown <= setting.high
    assert setting.stored(shown) == pytest.approx(settable.value_at(DEFAULT, setting.path), rel=1e-6)


@pytest.mark.parametrize(
    ("path", "shown", "stored"),
    [
        ("need_low", 35, 35),
        ("load_high", 85, 0.85),
        ("signals.feedback", 22.5, 0.225),
        ("parts.load.lo", 70, 0.7),
        ("parts.resolution.hi", 50, math.log(1.5)),
        ("trend_factor.much_more", 150, 1.5),
    ],
)
def test_numbers_as_people_read_them(path, shown, stored):
    setting = SETTINGS[path]
    assert setting.shown(DEFAULT) == shown
    assert setting.stored(shown) == pytest.approx(stored)


def test_changes_are_put_where_they_belong_and_nowhere_else():
    changes = {
        "need_low": 30,
        "signals.growth": 0.5,
        "parts.load.weight": 4,
        "parts.load.hi": 1.2,
        "ratings.same": 9,
    }
    config = settable.changed(DEFAULT, changes, version="x")
    assert {path: settable.value_at(config, path) for path in changes} == changes
    assert settable.differences(config) == changes
    assert (config.version, DEFAULT.need_low, DEFAULT.parts["load"].weight) == ("x", 35, 3)


def test_without_changes_it_is_ours_under_another_name():
    assert settable.changed(DEFAULT, {}, version=DEFAULT.version) == DEFAULT
    assert settable.differences(DEFAULT) == {}


@pytest.mark.parametrize("path", ["draws", "version", "parts.load", "parts.nonsense.lo", "", "signals.x"])
def test_what_nobody_may_set_is_refused(path):
    with pytest.raises(KeyError):
        settable.changed(DEFAULT, {path: 1}, version="x")


def problems(**changes):
    changes = {path.replace("__", "."): value for path, value in changes.items()}
    return settable.problems(settable.changed(DEFAULT, changes, version="x"))


def test_ours_has_no_problem():
    assert settable.problems(DEFAULT) == []


@pytest.mark.parametrize("hi", [0.7, 0.5])
def test_a_ramp_rises(hi):
    assert problems(parts__load__hi=hi) == [("parts.load.hi", "above", "parts.load.lo")]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"need_low": 51}, [("need_middle", "least", "need_low")]),
        ({"need_high": 49}, [("need_high", "least", "need_middle")]),
        ({"hours_high": 9}, [("hours_high", "least", "hours_middle")]),
        ({"ratings__worse": 10}, [("ratings.worse", "least", "ratings.same")]),
        ({"trend_factor__fewer": 2}, [("trend_factor.same", "least", "trend_factor.fewer")]),
        ({"need_low": 50, "need_high": 50}, []),
    ],
)
def test_what_follows_is_not_below_what_comes_before(changes, found):
    assert problems(**changes) == found


def test_something_has_to_count():
    nothing = {f"signals__{code}": 0 for code in scoring.SIGNALS}
    assert problems(**nothing) == [("signals.overload", "nothing", None)]
    silent = {"parts__projected__weight": 0, "parts__trend__weight": 0}
    assert problems(**silent) == [("parts.projected.weight", "nothing", None)]


# -- whatever an owner sets, the promises of the score hold


@st.composite
def configs(draw):
    """Ours with some numbers changed, as the page would accept them."""
    chosen = draw(st.lists(st.sampled_from(sorted(SETTINGS)), max_size=8, unique=True))
    changes = {}
    for path in chosen:
        setting = SETTINGS[path]
        changes[path] = setting.stored(draw(st.floats(setting.low, setting.high).map(lambda x: round(x, 3))))
    config = settable.changed(DEFAULT, changes, version="test")
    return DEFAULT if settable.problems(config) else replace(config, draws=3)


@given(configs(), inputs, st.sampled_from(WORSE_UP + WORSE_DOWN), st.data())
@settings(max_examples=150)
def test_a_worse_week_never_lowers_the_answer(config, given_, name, data):
    start, other = getattr(given_, name), data.draw(FIELDS[name])
    if start is None or other is None:
        return
    calm, worse = sorted([start, other], reverse=name in WORSE_DOWN)
    before, after = (advice.facts_of(replace(given_, **{name: value}), config) for value in (calm, worse))
    ranks = [advice.ORDER.index(advice.recommend(facts, config)) for facts in (before, after)]
    assert ranks == sorted(ranks)


@given(configs(), inputs)
@settings(max_examples=100)
def test_a_full_week_is_never_not_yet(config, given_):
    facts = advice.facts_of(given_, config)
    if (facts.load or 0) >= 1 or facts.support_over_brand or facts.messages_over_well:
        assert advice.recommend(facts, config) != advice.NOT_YET


@given(configs(), inputs)
@settings(max_examples=60)
def test_there_is_an_answer_within_its_range_or_none(config, given_):
    answer = advice.assess(given_, config)
    if answer is None:
        return
    assert -1e-9 <= answer["low"] <= answer["need"] + 1e-9 <= answer["high"] + 2e-9 <= 100 + 1e-6
    assert len(answer["against"]) == 1


def test_a_part_that_does_not_count_is_no_reason():
    told = replace(BUSY, well_day=None, brand_hours=None, breath=None, oldest_days=2.0, trend="much_more")
    silent = settable.changed(DEFAULT, {"parts.trend.weight": 0}, version="x")
    for config, speaks in ((DEFAULT, True), (silent, False)):
        answer = advice.assess(told, config)
        assert ("trend" in [each["code"] for each in answer["reasons"]]) is speaks
