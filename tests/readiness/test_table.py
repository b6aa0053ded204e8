"""The table of recommendations, written a second time from its sentences, and compared over a grid of shops."""

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import advice, scoring
from readiness.advice import BRIDGE, HIRE_NOW, NOT_YET, ORDER, PART_TIME
from readiness.scoring import DEFAULT, Config, Inputs
from tests.readiness.answers import BUSY, CALM, inputs
from tests.readiness.test_advice import QUICK, facts

NEEDS = (0, 34.99, 35, 49.99, 50, 64.99, 65, 100)
LOADS = (None, 0.84, 0.85, 1.0)
WEEKS = (None, 9.9, 10.0, 26.0, 26.1)
HOURS = (None, 9.9, 10.0, 19.9, 20.0)
PAYS = (None, "no", "some", "yes")
YES_NO = (False, True)


def by_the_book(case, need):
    """As the description has it, sentence by sentence, without looking at the product's way of saying it."""
    load = 0 if case.load is None else case.load
    full_soon = case.weeks_until_full is not None and case.weeks_until_full <= 26
    by_itself = case.support_over_brand or case.messages_over_well
    if need < 35 and load < 0.85 and not full_soon and not by_itself:
        return NOT_YET
    now = need >= 65 or case.full_weeks or case.support_over_brand
    soon = need >= 50 or load >= 0.85 or (case.weeks_until_full is not None and case.weeks_until_full < 10)
    twenty = case.hours is not None and case.hours >= 20
    ten = case.hours is None or case.hours >= 10
    if now and twenty and case.afford == "yes":
        return HIRE_NOW
    if soon and ten and case.afford != "no":
        return PART_TIME
    return BRIDGE


@pytest.mark.parametrize("need", NEEDS)
def test_every_shop_of_the_grid_gets_what_the_book_says(need):
    for load, weeks, hours, pays in itertools.product(LOADS, WEEKS, HOURS, PAYS):
        for decisive in itertools.product(YES_NO, repeat=3):
            full, over_brand, over_well = decisive
            case = facts(
                need, load=load, weeks_until_full=weeks, hours=hours, afford=pays, full_weeks=full,
                support_over_brand=over_brand, messages_over_well=over_well,
            )  # fmt: skip
            assert advice.recommend(case) == by_the_book(case, need), case


@pytest.mark.parametrize("load", [1.0, 1.01, 5, scoring.BEYOND])
@pytest.mark.parametrize("pays", PAYS)
def test_an_endless_stream_is_never_not_yet(load, pays):
    for hours in HOURS:
        assert advice.recommend(facts(0, load=load, hours=hours, afford=pays)) != NOT_YET


@pytest.mark.parametrize("name", ["support_over_brand", "messages_over_well"])
def test_what_decides_by_itself_is_never_not_yet(name):
    for hours, pays in itertools.product(HOURS, PAYS):
        assert advice.recommend(facts(0, load=0.0, hours=hours, afford=pays, **{name: True})) != NOT_YET


@pytest.mark.parametrize("field", ["hours", "load"])
@given(data=st.data())
@settings(max_examples=30)
def test_more_to_hand_over_or_a_fuller_week_never_lowers_the_answer(field, data):
    need, pays = data.draw(st.sampled_from(NEEDS)), data.draw(st.sampled_from(PAYS))
    less, more = sorted(data.draw(st.lists(st.floats(0, 40), min_size=2, max_size=2)))
    one, two = (advice.recommend(facts(need, afford=pays, **{field: value})) for value in (less, more))
    assert ORDER.index(one) <= ORDER.index(two)


@given(st.sampled_from(NEEDS), st.sampled_from(HOURS), st.sampled_from(YES_NO))
@settings(max_examples=40)
def test_who_can_pay_more_is_never_advised_to_less(need, hours, full):
    answers = [advice.recommend(facts(need, hours=hours, full_weeks=full, afford=a)) for a in PAYS[1:]]
    assert [ORDER.index(each) for each in answers] == sorted(ORDER.index(each) for each in answers)


def test_not_sure_whether_one_can_pay_is_treated_as_some_hours():
    for need, hours in itertools.product(NEEDS, HOURS):
        unsure, some = (advice.recommend(facts(need, hours=hours, afford=pays)) for pays in (None, "some"))
        assert unsure == some


# -- three of the last four weeks


@pytest.mark.parametrize(
    ("weeks", "full"),
    [
        ((255, 255, 255, 255), True),
        ((255, 255, 255, 0), True),
        ((0, 255, 255, 255), True),
        ((255, 255, 254, 254), False),
        ((999, 999, 254, 254), False),
        ((255, 255, 255, 254, 254), False),  # only the last four are looked at
        ((0, 0, 255, 255, 255, 1), True),
        ((255, 255), False),
    ],
)
def test_three_of_the_last_four_weeks_are_full(weeks, full):
    measured = replace(BUSY, measured_week=200, measured_weeks=weeks)
    assert advice.facts_of(measured).full_weeks is full


def test_without_counted_weeks_the_one_load_stands_for_all_four():
    assert advice.facts_of(BUSY).full_weeks is True
    assert advice.facts_of(CALM).full_weeks is False
    assert advice.facts_of(Inputs(breath=1)).full_weeks is None


def test_exactly_as_much_is_not_more():
    even = Inputs(support_hours=20, brand_hours=20, messages_day=50, well_day=50)
    known = advice.facts_of(even)
    assert (known.support_over_brand, known.messages_over_well) == (False, False)


def test_a_week_of_seven_days_is_compared_with_seven_good_days():
    known = advice.facts_of(Inputs(measured_week=300, well_day=45, days_week=7))
    assert (known.messages_over_well, known.load) == (False, pytest.approx(300 / 315))


# -- how firm: against trying everything that is open


def everything_open(known, steps=(0.0, 50.0, 100.0)):
    """Recommendations over all combinations of a few values of what is not known."""
    names = advice.open_answers(known)
    scores = [name for name in names if name in known.scores]
    for values in itertools.product(steps, repeat=len(scores)):
        filled = replace(known, scores=known.scores | dict(zip(scores, values, strict=True)))
        for hours in (0.0, 15.0, 40.0) if "hours" in names else (known.hours,):
            for pays in ("no", "some", "yes") if "afford" in names else (known.afford,):
                yield advice.recommend(replace(filled, hours=hours, afford=pays))


@pytest.mark.parametrize("changes", [{"afford": None}, {"ratings": None}, {"breath": None, "afford": "some"}])
@pytest.mark.parametrize("start", [BUSY, CALM], ids=["busy", "calm"])
def test_the_two_ends_hold_everything_between(start, changes):
    known = advice.facts_of(replace(start, **changes))
    some_open = replace(
        known, scores={code: s if s is not None else 50.0 for code, s in known.scores.items()}
    )
    opened = {name: None for name in changes if name in known.scores}
    case = replace(some_open, scores=some_open.scores | opened)
    calm, pressed = (ORDER.index(each) for each in advice.range_of(case))
    assert all(calm <= ORDER.index(each) <= pressed for each in everything_open(case))


@given(inputs)
@settings(max_examples=40)
def test_firm_means_that_no_open_answer_alone_changes_it(given_):
    known = advice.facts_of(given_)
    calm, pressed = advice.range_of(known)
    if calm != pressed:
        assert advice.could_change(known) != []
        return
    assert advice.could_change(known) == []
    here = advice.recommend(known)
    for name in advice.open_answers(known):
        for end, value in ((advice.CALM, 0.0), (advice.PRESSED, 100.0)):
            assert advice.recommend(advice.at_end(known, end, [name], value)) == here


def test_what_is_answered_stays_at_either_end():
    known = advice.facts_of(BUSY)
    for end, value in ((advice.CALM, 0.0), (advice.PRESSED, 100.0)):
        there = advice.at_end(known, end, advice.open_answers(known), value)
        assert (there.load, there.hours, there.afford) == (known.load, known.hours, known.afford)
        assert {code: score for code, score in there.scores.items() if known.scores[code] is not None} == {
            code: score for code, score in known.scores.items() if score is not None
        }


def test_all_answers_given_leave_nothing_open():
    everything = replace(
        BUSY, keeping_up=1, stars_before=4.8, stars_now=4.7, low_before=2, low_now=3, resolution_before=8,
        resolution_now=9, satisfied=45, asked=50, sales_before=10, sales_now=9,
    )  # fmt: skip
    known = advice.facts_of(everything)
    assert advice.open_answers(known) == []
    assert advice.assess(everything, QUICK)["firm"] is True


# -- what would change it: against trying every value


def first_changes(given_, name):
    """The nearest changing value below and above, by walking each step of the dial."""
    dial, here, value = advice.DIALS[name], advice.recommend(advice.facts_of(given_)), getattr(given_, name)
    found = []
    for end in (dial.low, dial.high):
        away = 1 if end > value else -1
        steps = math.ceil(abs(end - value) / dial.step)
        for n in range(1, steps + 1):
            turned = min(dial.high, max(dial.low, round(value + away * n * dial.step, 6)))
            if advice.recommend(advice.facts_of(replace(given_, **{name: turned}))) != here:
                found.append(turned)
                break
    return found


@pytest.mark.parametrize("start", [BUSY, CALM, replace(BUSY, available_hours=22, handle_minutes=6)])
@pytest.mark.parametrize("name", ["support_hours", "brand_hours", "oldest_days"])
def test_bisection_finds_what_walking_finds(start, name):
    found = [flip["to"] for flip in advice.flips(start) if flip["input"] == name]
    assert found == first_changes(start, name)


def test_a_flip_is_the_nearest_value_that_changes_the_answer():
    [flip] = [each for each in advice.flips(BUSY) if each["input"] == "well_day"][:1]
    step = advice.DIALS["well_day"].step
    turned = advice.facts_of(replace(BUSY, well_day=flip["to"]))
    before = advice.facts_of(replace(BUSY, well_day=flip["to"] - step))
    assert advice.recommend(turned) == flip["becomes"]
    assert advice.recommend(before) == advice.recommend(advice.facts_of(BUSY))


@given(inputs)
@settings(max_examples=40)
def test_no_flip_leaves_its_dial(given_):
    for flip in advice.flips(given_):
        if flip["input"] != "afford":
            dial = advice.DIALS[flip["input"]]
            assert dial.low <= flip["to"] <= dial.high
            assert flip["to"] != flip["from"]


def test_an_answer_that_is_open_has_no_flip_of_its_own():
    names = {each["input"] for each in advice.flips(replace(BUSY, well_day=None, oldest_days=None))}
    assert not names & {"well_day", "oldest_days"}


# -- robustness


def test_the_draws_are_the_same_in_every_process():
    known = advice.facts_of(replace(BUSY, support_hours=30, brand_hours=31, messages_day=40))
    assert advice.robustness(known) == advice.robustness(known)


def test_without_any_spread_every_draw_agrees():
    still = replace(DEFAULT, draw_spread=0.0, draws=20)
    for given_ in (BUSY, CALM):
        assert advice.robustness(advice.facts_of(given_), still) == 1


def test_draws_of_the_weights_give_a_need_within_the_signals():
    by_signal = scoring.present_parts(advice.facts_of(BUSY).scores)
    scores = [score for parts in by_signal.values() for _, score in parts]
    for share in (0.0, 0.3, 1.0):
        drawn = advice._need_of_a_draw(by_signal, lambda share=share: share, DEFAULT)
        assert min(scores) <= drawn <= max(scores)


def test_middle_draws_are_the_need_itself():
    known = advice.facts_of(BUSY)
    drawn = advice._need_of_a_draw(scoring.present_parts(known.scores), lambda: 0.5, DEFAULT)
    assert drawn == pytest.approx(scoring.need_of(known.scores))


def test_nothing_known_draws_no_need():
    assert advice._need_of_a_draw({}, lambda: 0.5, DEFAULT) == 0


# -- what is stored


def test_every_result_names_the_configuration_it_was_made_with():
    other = Config(version="2099-9", draws=3, need_low=99)
    assert advice.assess(CALM, other)["version"] == "2099-9"
    assert scoring.CONFIGS[DEFAULT.version] is DEFAULT


def test_other_thresholds_give_other_answers():
    strict = replace(QUICK, need_low=0, load_high=0.0)
    calm = replace(CALM, handover_hours=15)
    assert advice.assess(calm, QUICK)["recommendation"] == NOT_YET
    assert advice.assess(calm, strict)["recommendation"] == PART_TIME


def test_shares_of_the_need_add_up_in_the_result():
    rows = advice.assess(BUSY, QUICK)["signals"]
    assert sum(row["contribution"] for row in rows) == pytest.approx(100)
    assert [row["code"] for row in rows] == list(DEFAULT.signals)


@given(inputs)
@settings(max_examples=30)
def test_each_signals_own_range_contains_its_score(given_):
    found = advice.assess(given_, QUICK)
    for row in found["signals"] if found else []:
        assert 0 <= row["low"] <= row["high"] <= 100
        if row["score"] is not None:
            assert row["low"] - 1e-9 <= row["score"] <= row["high"] + 1e-9


@pytest.mark.parametrize(
    ("changes", "hours", "weeks"),
    [({}, "15", 0.0), ({"handover_hours": 0}, "0", 0.0), ({"trend": None, "well_day": 99}, "15", None)],
)
def test_the_numbers_on_the_way(changes, hours, weeks):
    found = advice.assess(replace(BUSY, **changes), QUICK)
    assert (f"{found['hours']:g}", found["weeks_until_full"]) == (hours, weeks)
    assert found["days_week"] == 5


@pytest.mark.parametrize(("hours", "by_the_hour"), [(9.9, True), (10, False), (None, False)])
def test_by_the_hour_is_below_ten(hours, by_the_hour):
    assert advice.by_the_hour(facts(0, hours=hours)) is by_the_hour


def test_bridges_that_fit_come_first_and_keep_their_order():
    shop = Inputs(live_chat=True, repeatable=10, seasonal=True)
    rows = advice.bridges(shop, advice.facts_of(shop))
    assert [(row["code"], row["fits"]) for row in rows] == [
        ("chatbot", True),
        ("outsource", True),
        ("self_service", False),
    ]
