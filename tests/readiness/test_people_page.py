"""The sentences of "How many people?", "What does a help desk cost?" and "What would you do with the hours?"."""

from types import SimpleNamespace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Listed
from readiness import desk_page, hours_page, people_page
from readiness.mail_load import Mail, week_of

MAIL = {"messages": 400, "minutes": 7, "hours": 40, "people": None, "promised": None, "backlog": None}
CALLS = {"calls": 200, "call_minutes": 3, "within": 20, "share": 80, "patience": None}


def mail(**given):
    return people_page.mail_answer(MAIL | given)


def calls(**given):
    return people_page.calls_answer(CALLS | given)


# -- mail


def test_left_empty_one_person_promises_a_day():
    assert mail() == mail(people=1, promised=24, backlog=0)


def test_half_a_person_answers_nothing():
    assert mail(people=2.9) == mail(people=2)


@pytest.mark.parametrize(
    ("messages", "minutes", "said"),
    [
        (0, 5, "0 hours of answering a week."),
        (12, 5, "1 hour of answering a week."),
        (6, 5, "0.5 hour of answering a week."),
    ],
)
def test_hours_of_answering(messages, minutes, said):
    assert mail(messages=messages, minutes=minutes)["headline"] == said


def test_no_message_is_no_work_and_a_promise_that_holds():
    found = mail(messages=0)
    assert (found["full"], found["over"], found["holds"]) == ("Your support week is 0 % full.", False, True)
    assert found["people"][1] == "At 40 hours each: 1 person."


@pytest.mark.parametrize(
    ("grows", "said"),
    [
        (0, "Just as much comes in as can be answered: the pile never gets smaller."),
        (0.4, "Just as much comes in as can be answered: the pile never gets smaller."),
        (1, "More comes in than can be answered: the pile grows by 1 message a week."),
        (57.1, "More comes in than can be answered: the pile grows by 57 messages a week."),
    ],
)
def test_how_the_pile_grows(grows, said):
    assert people_page._grows(grows) == said


def test_a_bar_is_never_longer_than_its_place():
    assert (mail(messages=4000)["percent"], mail(messages=4000)["over"]) == (100, True)


def test_a_share_is_rounded_down_so_that_nothing_is_promised_too_much():
    week = week_of(Mail(messages=40, minutes=6, hours=5.35))
    assert 94 < 100 * week.kept < 95
    assert people_page._promise(week, 24)[1] == "Within 24 h you answer 94 of 100 messages."


def test_the_hours_that_would_be_enough_are_enough():
    """Rounded up to a tenth, never down."""
    said = people_page._promise(week_of(Mail(messages=40, minutes=6, hours=5)), 24)[2]
    assert said == "For 95 of 100 each person needs 5.4 hours a week."
    assert week_of(Mail(messages=40, minutes=6, hours=5.4)).holds


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        (0.1, "What waits today is cleared within a week."),
        (1, "What waits today is cleared within a week."),
        (1.1, "What waits today is cleared in 1.1 weeks."),
        (12, "What waits today is cleared in 12 weeks."),
    ],
)
def test_when_the_pile_is_gone(weeks, said):
    assert people_page._cleared(weeks) == said


@given(
    st.integers(0, 10**6),
    st.floats(0.1, 600),
    st.floats(0.5, 168),
    st.integers(1, 1000),
    st.integers(0, 10**6),
)
def test_whatever_the_form_lets_in_is_answered(messages, minutes, hours, people, backlog):
    found = people_page.mail_answer(
        {
            "messages": messages,
            "minutes": minutes,
            "hours": hours,
            "people": people,
            "promised": 24,
            "backlog": backlog,
        }
    )
    assert 0 <= found["percent"] <= 100
    assert found["over"] is bool(found["grows"])
    assert found["people"]
    assert bool(found["pile"]) is bool(backlog)


# -- what the check knows


def now(**result):
    known = {"messages_week": 300, "minutes_each": 5.04, "days_week": 5} | result
    return SimpleNamespace(result=known, answers={"support_hours": 25, "promised_hours": 48})


def test_the_check_fills_in_five_of_six():
    found = people_page.initial(now())
    assert found == {"people": 1, "promised": 48, "messages": 300, "minutes": 5.0, "hours": 25}


def test_what_it_does_not_know_stays_empty():
    unknown = SimpleNamespace(result={"messages_week": None, "minutes_each": None}, answers={})
    assert people_page.initial(unknown) == {"people": 1, "promised": 24}


def test_without_an_answer_there_is_one_person_and_a_day():
    assert people_page.initial(SimpleNamespace(result=None, answers={})) == {"people": 1, "promised": 24}


# -- calls


@pytest.mark.parametrize("none", [None, 0])
def test_no_calls_no_answer(none):
    assert calls(calls=none) is None


@pytest.mark.parametrize("name", ["call_minutes", "share"])
def test_an_empty_number_counts_as_its_default(name):
    default = people_page.CallForm.DEFAULTS[name]
    assert calls(**{name: None}) == calls(**{name: default})


def test_at_once_is_a_number_too():
    """Within 0 seconds is not the default of 20: more people are needed."""
    assert calls(within=0, share=88)["headline"] == "15 people at the same time."
    assert calls(within=None, share=88) == calls(within=20, share=88)
    assert calls(share=88)["headline"] == "14 people at the same time."


def test_the_same_work_in_other_numbers_needs_the_same_people():
    assert calls(calls=100, call_minutes=6)["rows"][1]["busy"] == calls()["rows"][1]["busy"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0 s"), (0.34, "0.3 s"), (7.8, "8 s"), (89.4, "89 s"), (90, "1.5 min"), (3600, "60 min")],
)
def test_a_wait_is_said_in_seconds_or_minutes(seconds, said):
    assert people_page._wait(seconds) == said


def test_more_people_never_answer_later():
    for share in (10, 50, 90, 99):
        in_time = [int(row["in_time"]) for row in calls(share=share)["rows"]]
        assert in_time == sorted(in_time)


def test_exactly_one_row_is_what_is_needed():
    assert [row["needed"] for row in calls()["rows"]] == [False, True, False]


@given(st.floats(0.1, 2000), st.floats(0.1, 60), st.floats(0, 3600), st.floats(1, 99.9))
def test_whatever_the_form_of_calls_lets_in_is_answered(rate, minutes, within, share):
    found = people_page.calls_answer(
        CALLS | {"calls": rate, "call_minutes": minutes, "within": within, "share": share}
    )
    assert sum(row["needed"] for row in found["rows"]) == 1
    assert len(found["rows"]) in {2, 3}


# -- help desks


def desks(data=None, **prices):
    tools = [
        Listed(kind="tool", key=key, price=price, currency="USD", position=n)
        for n, (key, price) in enumerate(prices.items())
    ]
    return desk_page.DeskForm(data, tools=tools)


def test_only_opened_it_reckons_with_two():
    (row,) = desk_page.rows(desks(zendesk=49))
    assert (row["name"], row["month"], row["year"], row["quoted"]) == ("Zendesk", "$98", "$1,176", True)


def test_cents_are_shown_where_there_are_some():
    (row,) = desk_page.rows(desks({"people": "3", "price-zendesk": "0.35"}, zendesk=49))
    assert (row["month"], row["year"], row["quoted"]) == ("$1.05", "$12.60", False)


def test_the_quoted_price_typed_again_is_as_quoted():
    (row,) = desk_page.rows(desks({"people": "3", "price-zendesk": "49,00"}, zendesk=49))
    assert (row["month"], row["quoted"]) == ("$147", True)


def test_nothing_for_nothing():
    (row,) = desk_page.rows(desks({"people": "3", "price-zendesk": "0"}, zendesk=49))
    assert (row["month"], row["quoted"]) == ("$0", False)


@pytest.mark.parametrize(
    "data", [{"people": ""}, {"people": "x"}, {"people": "0"}, {"people": "2", "price-zendesk": "-1"}]
)
def test_with_a_wrong_number_nothing_is_reckoned_and_every_field_stays(data):
    form = desks(data, zendesk=49, gorgias=None)
    assert form.people_given() is None
    assert [row["month"] for row in desk_page.rows(form)] == ["", ""]


def test_an_empty_list_has_no_rows():
    assert desk_page.rows(desks()) == []


# -- hours


def hours(**given):
    return hours_page.answer({"hours": 20, "value": None, "weeks": None, "currency": "EUR"} | given)


@pytest.mark.parametrize(
    ("given", "headline", "weeks"),
    [
        ({}, "20 hours a week are 920 hours a year.", "That is 23 working weeks of 40 hours."),
        (
            {"hours": 1, "weeks": 40},
            "1 hour a week is 40 hours a year.",
            "That is 1 working week of 40 hours.",
        ),
        (
            {"hours": 7.5, "weeks": 52},
            "7.5 hours a week are 390 hours a year.",
            "That is 9.8 working weeks of 40 hours.",
        ),
    ],
)
def test_hours_in_a_year(given, headline, weeks):
    found = hours(**given)
    assert (found["headline"], found["weeks"]) == (headline, weeks)


@pytest.mark.parametrize("value", [None, 0])
def test_without_a_value_no_price_is_named(value):
    assert hours(value=value)["worth"] == ""


def test_with_one_the_year_has_a_price():
    assert hours(value=37.5)["worth"] == "At €37.50 an hour they are worth €34,500 a year."


@given(st.floats(0.5, 168), st.floats(1, 52), st.floats(0.01, 10**8))
def test_whatever_the_form_of_hours_lets_in_is_answered(a_week, weeks, value):
    found = hours(hours=a_week, weeks=weeks, value=value)
    assert all(found.values())


@pytest.mark.parametrize("language", ["fi", "sv", "pl", "ar", "zh-hans"])
def test_every_language_can_say_all_of_it(language):
    with translation.override(language):
        assert all([*mail(backlog=9)["people"], *mail(backlog=9)["pile"], *hours(value=9).values()])
        assert len(calls(patience=5)["rows"]) == 3
