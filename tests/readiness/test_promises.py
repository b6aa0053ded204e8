"""What the score promises of itself, for any answers: worse is never calmer, and nothing depends on how it is told."""

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from readiness import advice, scoring
from readiness.scoring import DEFAULT, Inputs
from tests.readiness.answers import BUSY, FIELDS, WORSE_DOWN, WORSE_UP, inputs, number, whole

QUICK = replace(DEFAULT, draws=5)
# Every input with a bad direction: those of the other tests, what was before, and what an import counts.
UP = (
    *WORSE_UP, "stars_before", "satisfaction_target", "lifetime_before", "orders_now", "customers_now",
    "measured_week", "measured_growth", "measured_resolution_now",
)  # fmt: skip
DOWN = (
    *WORSE_DOWN, "low_before", "resolution_before", "lifetime_now", "orders_before", "customers_before",
    "promised_days", "measured_resolution_before",
)  # fmt: skip
EVERY = {
    **FIELDS,
    "messages_day": number(0, 2000),
    "days_week": number(1, 7),
    "promised_days": number(0.1, 14),
    "satisfaction_target": number(0.5, 1),
    "lifetime_before": number(1, 999),
    "lifetime_now": number(1, 999),
    "orders_before": number(1, 9999),
    "orders_now": number(1, 9999),
    "customers_before": number(1, 9999),
    "customers_now": number(1, 9999),
    "measured_week": number(1, 2000),
    "measured_growth": number(-0.2, 0.3),
    "measured_resolution_before": number(1, 100),
    "measured_resolution_now": number(1, 100),
    "helpers": whole(0, 9),
}
every = st.fixed_dictionaries(EVERY).map(Inputs.of)


def rank(given_, config=DEFAULT):
    return advice.ORDER.index(advice.recommend(advice.facts_of(given_, config), config))


def measures(given_):
    scores = scoring.part_scores(given_)
    signals = scoring.signal_scores(scores)
    return {**scores, **signals, "need": scoring.need(signals)}


@given(every, st.sampled_from(UP + DOWN), st.data())
@settings(max_examples=200)
def test_every_input_moved_the_bad_way_lowers_no_part_no_sign_no_need_and_no_answer(given_, name, data):
    start, other = getattr(given_, name), data.draw(EVERY[name])
    assume(None not in {start, other})
    calm, worse = sorted([start, other], reverse=name in DOWN)
    before, after = (replace(given_, **{name: value}) for value in (calm, worse))
    old, new = measures(before), measures(after)
    assert all(new[code] >= score - 1e-6 for code, score in old.items() if score is not None)
    assert rank(after) >= rank(before)


@pytest.mark.parametrize("name", ["ratings", "trend"])
@given(given_=every, data=st.data())
@settings(max_examples=60)
def test_a_worse_word_lowers_nothing(name, given_, data):
    words = list(getattr(DEFAULT, name))
    calm = data.draw(st.integers(0, len(words) - 2))
    worse = data.draw(st.integers(calm + 1, len(words) - 1))
    before, after = (replace(given_, **{name: words[at]}) for at in (calm, worse))
    old, new = measures(before), measures(after)
    assert all(new[code] >= score - 1e-9 for code, score in old.items() if score is not None)
    assert rank(after) >= rank(before)


@given(every, st.sampled_from(sorted(DEFAULT.parts)), st.floats(0, 100))
@settings(max_examples=150)
def test_a_louder_part_lowers_neither_its_sign_nor_the_answer(given_, code, more):
    facts = advice.facts_of(given_)
    score = facts.scores[code]
    assume(score is not None)
    louder = replace(facts, scores={**facts.scores, code: min(100.0, score + more)})
    signal = DEFAULT.parts[code].signal
    old, new = (scoring.signal_scores(each.scores)[signal] for each in (facts, louder))
    assert new >= old - 1e-9
    assert advice.ORDER.index(advice.recommend(louder)) >= advice.ORDER.index(advice.recommend(facts))


@given(every)
def test_every_score_and_the_need_are_percentages(given_):
    assert all(score is None or 0 <= score <= 100 for score in measures(given_).values())


@given(every)
@settings(max_examples=60)
def test_shares_of_the_need_add_to_all_of_it(given_):
    answer = advice.assess(given_, QUICK)
    assume(answer)
    total = sum(row["contribution"] for row in answer["signals"])
    assert total == pytest.approx(100 if answer["need"] else 0)


@given(every)
@settings(max_examples=60)
def test_the_printed_range_contains_the_need_and_each_sign_its_own(given_):
    answer = advice.assess(given_, QUICK)
    assume(answer)
    rows = [(answer["low"], answer["need"], answer["high"])]
    rows += [(row["low"], row["score"], row["high"]) for row in answer["signals"] if row["score"] is not None]
    assert all(low - 1e-9 <= point <= high + 1e-9 for low, point, high in rows)


scores = st.fixed_dictionaries({code: st.none() | st.floats(0, 100) for code in DEFAULT.parts})


@given(scores, st.sampled_from(sorted(DEFAULT.signals)))
def test_a_sign_of_no_weight_is_absent(values, signal):
    config = replace(DEFAULT, signals={**DEFAULT.signals, signal: 0})
    without = {code: None if part.signal == signal else values[code] for code, part in DEFAULT.parts.items()}
    assert scoring.need_of(values, config) == scoring.need_of(without, config)
    assert scoring.contributions(scoring.signal_scores(values), config)[signal] == 0


@given(st.floats(0, 100))
def test_all_parts_alike_are_the_need(value):
    assert scoring.need_of(dict.fromkeys(DEFAULT.parts, value)) == pytest.approx(value, abs=1e-9)


@given(every, st.sampled_from([1.0, 5.0, 7.0]))
@settings(max_examples=60)
def test_a_day_or_a_week_is_the_same_answer(given_, days):
    by_day = replace(given_, days_week=days, measured_week=None, messages_before=None, trend="same")
    assume(by_day.messages_day)
    by_week = replace(by_day, measured_week=by_day.messages_day * days)
    old, new = measures(by_day), measures(by_week)
    assert {code: score for code, score in new.items() if score is not None} == pytest.approx(
        {code: score for code, score in old.items() if score is not None}, abs=1e-6
    )


@given(every, st.floats(0.01, 100))
@settings(max_examples=60)
def test_any_currency_is_the_same_answer(given_, rate):
    money = ("lifetime_before", "lifetime_now", "sales_before", "sales_now")
    other = replace(
        given_, **{name: getattr(given_, name) and getattr(given_, name) * rate for name in money}
    )
    assert measures(other)["value"] == pytest.approx(measures(given_)["value"], abs=1e-6)


@given(inputs)
@settings(max_examples=30)
def test_same_inputs_and_version_are_the_same_result(given_):
    assert advice.assess(given_, QUICK) == advice.assess(replace(given_), replace(QUICK))


def test_another_version_of_the_same_numbers_draws_other_weights_and_nothing_else():
    one, other = (advice.assess(BUSY, replace(DEFAULT, version=name)) for name in ("2026-1", "2026-1+1"))
    differs = {name for name in one if one[name] != other[name]}
    assert differs <= {"version", "robustness"}


@given(every)
def test_a_load_of_one_or_more_is_never_not_yet(given_):
    assume((scoring.load(given_) or 0) >= 1)
    assert rank(given_) > 0


@pytest.mark.parametrize("version", ["2026-1", "2026-1+9"])
def test_nothing_answered_is_no_answer_and_not_nothing(version):
    assert advice.assess(Inputs(), replace(DEFAULT, version=version)) is None
    assert scoring.need_of(dict.fromkeys(DEFAULT.parts, None)) is None


@given(every)
@settings(max_examples=40)
def test_flip_values_flip_and_one_step_before_they_do_not(given_):
    here = advice.recommend(advice.facts_of(given_))
    for flip in advice.flips(given_):
        turned = replace(given_, **{flip["input"]: flip["to"]})
        assert advice.recommend(advice.facts_of(turned)) == flip["becomes"] != here
        if flip["input"] != "afford":
            step = math.copysign(advice.DIALS[flip["input"]].step, flip["from"] - flip["to"])
            back = replace(given_, **{flip["input"]: round(flip["to"] + step, 6)})
            nearer = abs(flip["to"] + step - flip["from"]) < abs(flip["to"] - flip["from"])
            assert not nearer or advice.recommend(advice.facts_of(back)) == here
