"""The calculators: open to strangers, everything in the address, nothing kept."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts import listed
from accounts.models import Listed
from readiness import assessments, people_page
from readiness.models import Assessment
from tests.readiness.factories import make_assessment, typed

pytestmark = pytest.mark.django_db
INDEX, PEOPLE, DESKS, HOURS = (
    reverse(f"readiness:{name}") for name in ("calculators", "people", "help_desks", "hours_back")
)
MAIL = {"messages": "400", "minutes": "7", "hours": "40"}
CALLS = MAIL | {"calls": "200", "call_minutes": "3", "within": "20", "share": "80"}


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def page(client, address, **given):
    return text(client.get(address, given))


def cells(shown) -> list:
    return re.findall(r'<td class="fh-num">(.*?)</td>', shown)


# -- the index


def test_the_index_leads_to_each(client):
    shown = text(client.get(INDEX))
    for address in (PEOPLE, DESKS, HOURS, reverse("readiness:costs")):
        assert f'<a href="{address}">' in shown


def test_home_leads_to_each(sign_in, owner):
    shown = text(sign_in(owner).get(reverse("readiness:home")))
    assert [f'href="{address}"' in shown for address in (PEOPLE, DESKS, HOURS)] == [True] * 3


@pytest.mark.parametrize("address", [INDEX, PEOPLE, DESKS, HOURS])
def test_staff_may_not_reckon(sign_in, interviewer, hire, address):
    assert [sign_in(who).get(address).status_code for who in (interviewer, hire)] == [403, 403]


@pytest.mark.parametrize("address", [PEOPLE, DESKS, HOURS])
def test_nothing_is_kept_of_what_a_stranger_types(client, address):
    client.get(address, MAIL | {"people": "3", "value": "40"})
    assert (Assessment.objects.count(), dict(client.session)) == (0, {})


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("address", "queries"), [(INDEX, 4), (PEOPLE, 4), (DESKS, 5), (HOURS, 4)])
def test_queries(sign_in, owner, django_assert_num_queries, address, queries, rows):
    for n in range(rows):
        make_assessment(owner.company, by=owner.user, support_hours=20 + n)
        listed.add(company=owner.company, kind=listed.TOOL, name=f"Tool {n}", price=n, position=n)
    client = sign_in(owner)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address, MAIL | {"people": "2", "value": "40"})


# -- people for mail


def test_what_the_check_knows_is_worked_out_at_once(sign_in, owner):
    client = sign_in(owner)
    answered = {"support_hours": "25", "messages_day": "60", "brand_hours": "12", "manageable_day": "40"}
    client.post(reverse("readiness:check"), answered)
    assert "hours of answering a week" in page(client, PEOPLE)


def test_without_a_check_the_page_asks_first(client):
    assert "this side says the rest" in page(client, PEOPLE)


def test_the_example_in_words(client):
    shown = page(client, PEOPLE, **MAIL)
    for sentence in [
        "46.7 hours of answering a week.",
        "With breaks, holidays and quiet spells that is 78.4 paid hours.",
        "At 40 hours each: 2 people.",
        "Your support week is 117 % full.",
        "More comes in than can be answered: the pile grows by 57 messages a week.",
        "The promise does not hold.",
        "Within 24 h you answer 0 of 100 messages.",
    ]:
        assert sentence in shown


def test_a_promise_that_holds_is_said_so(client):
    shown = page(client, PEOPLE, messages="40", minutes="6", hours="8", promised="24")
    assert "The promise holds.</strong>" in shown
    assert "each person needs" not in shown


def test_a_promise_that_does_not_says_what_would_keep_it(client):
    shown = page(client, PEOPLE, messages="40", minutes="6", hours="5", promised="24")
    assert "Within 24 h you answer 89 of 100 messages." in shown
    assert "For 95 of 100 each person needs 5.4 hours a week." in shown


def test_a_longer_promise_is_easier(client):
    given = {"messages": "40", "minutes": "6", "hours": "5"}
    assert "The promise holds." in page(client, PEOPLE, **given, promised="48")


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("15", "What waits today is cleared in 1.5 weeks."),
        ("10", "What waits today is never cleared with these hours."),
        ("100", "What waits today is cleared within a week."),
    ],
)
def test_what_waits_is_cleared_or_not(client, hours, sentence):
    assert sentence in page(client, PEOPLE, messages="100", minutes="6", hours=hours, backlog="75")


def test_a_pile_breaks_the_promise_until_it_is_gone(client):
    given = {"messages": "100", "minutes": "6", "hours": "15"}
    assert "Until then the promise does not hold." in page(client, PEOPLE, **given, backlog="75")
    assert "Until then" not in page(client, PEOPLE, **given, backlog="5")


def test_just_full_is_not_growing(client):
    shown = page(client, PEOPLE, messages="100", minutes="6", hours="10")
    assert "Just as much comes in as can be answered" in shown


def test_people_who_answer_share_the_work(client):
    assert "Your support week is 58 % full." in page(client, PEOPLE, **MAIL, people="2")


def test_nothing_is_said_before_something_is_typed(client):
    shown = text(client.get(PEOPLE))
    assert ("Write how many messages there are" in shown, "Calls and chats<" in shown) == (True, False)


def test_the_check_fills_in_what_it_knows(client):
    client.post(reverse("readiness:check"), typed())
    shown = text(client.get(PEOPLE))
    assert [
        f'name="{name}" value="{value}"' in shown for name, value in (("messages", 300), ("hours", 25))
    ] == [
        True,
        True,
    ]


HOSTILE = ["", "-1", "NaN", "1e18", "9" * 40, "many", "a\0b", "inf"]


@pytest.mark.parametrize("name", MAIL)
@pytest.mark.parametrize("wrong", HOSTILE)
def test_a_wrong_number_gets_a_sentence_and_the_rest_is_kept(client, name, wrong):
    shown = page(client, PEOPLE, **MAIL | {name: wrong, "backlog": "17"})
    assert (f'id="id_{name}_error"' in shown, 'value="17"' in shown, "of answering a week" in shown) == (
        True,
        True,
        False,
    )


def test_other_digits_and_a_comma_are_understood(client):
    assert "46.7 hours of answering" in page(client, PEOPLE, messages="٤٠٠", minutes="7,0", hours="40")


@pytest.mark.parametrize(
    ("more", "is_open"),
    [
        ({}, False),
        ({"people": "1", "promised": "24"}, False),
        ({"people": "2"}, True),
        ({"promised": "x"}, True),
    ],
)
def test_the_fold_is_open_when_something_in_it_was_said(client, more, is_open):
    shown = page(client, PEOPLE, **MAIL | {"people": "1", "promised": "24", "backlog": ""} | more)
    assert ('<details class="fh-fold" open> <summary>Your promise' in shown) is is_open


# -- people for calls and chats


def test_one_fewer_and_one_more_beside_what_is_needed(client):
    """200 calls of 3 minutes an hour: 14 people, 20 to employ at 30 %."""
    shown = page(client, PEOPLE, **CALLS)
    assert "14 people at the same time." in shown
    assert "With breaks, holidays and illness: 20 people to employ." in shown
    assert re.findall(r'<th scope="row">(\d+)', shown) == ["13", "14", "15"]
    assert cells(shown)[3:6] == ["88", "8 s", "71"]


@pytest.mark.parametrize(("people", "roster"), [(21, 30), (14, 20), (7, 10)])
def test_a_roster_is_not_rounded_up_twice(people, roster):
    assert people_page.staffing.roster(people) == roster
    assert people_page._to_employ(roster) == f"With breaks, holidays and illness: {roster} people to employ."


def test_too_few_people_never_end(client):
    shown = page(client, PEOPLE, **CALLS | {"calls": "30", "call_minutes": "4", "share": "50"})
    assert cells(shown)[:3] == ["0", "The queue never ends", "100"]


def test_one_person_has_nobody_fewer(client):
    shown = page(client, PEOPLE, **CALLS | {"calls": "1", "call_minutes": "1"})
    assert re.findall(r'<th scope="row">(\d+)', shown) == ["1", "2"]
    assert "1 person at the same time." in shown


def test_who_hangs_up_is_counted_only_when_asked(client):
    assert "Hang up, of 100" not in page(client, PEOPLE, **CALLS)
    shown = page(client, PEOPLE, **CALLS, patience="5")
    assert ("Hang up, of 100" in shown, cells(shown)[7]) == (True, "1.4")


def test_a_mean_wait_in_minutes(client):
    shown = page(client, PEOPLE, **CALLS | {"share": "30"})
    assert "11 people at the same time." in shown
    assert cells(shown)[4] == "2 min"


def test_left_empty_the_defaults_count(client):
    shown = page(client, PEOPLE, **MAIL, calls="10", call_minutes="", within="", share="")
    assert "3 people at the same time." in shown


def test_without_calls_nothing_is_said_of_them(client):
    assert "at the same time" not in page(client, PEOPLE, **CALLS | {"calls": ""})


@pytest.mark.parametrize("name", ["calls", "call_minutes", "within", "share", "patience"])
@pytest.mark.parametrize("wrong", ["-1", "NaN", "1e18", "soon"])
def test_a_wrong_call_opens_its_fold_and_leaves_the_mail_alone(client, name, wrong):
    shown = page(client, PEOPLE, **CALLS | {name: wrong})
    assert (f'id="id_{name}_error"' in shown, "at the same time." in shown) == (True, False)
    assert '<details class="fh-fold" open> <summary>We also answer by chat or phone' in shown
    assert "46.7 hours of answering a week." in shown


@pytest.mark.parametrize("patience", ["", "0.1", "120"])
def test_the_largest_office_is_answered(client, patience):
    shown = page(
        client, PEOPLE, **CALLS | {"calls": "2000", "call_minutes": "60", "share": "99.9"}, patience=patience
    )
    assert len(re.findall(r'<th scope="row">2\d{3}', shown)) == 3
    assert (len(cells(shown)), "people at the same time." in shown) == (12 if patience else 9, True)


# -- help desks


def test_strangers_get_the_quoted_prices_for_two(client):
    shown = text(client.get(DESKS))
    assert "<strong>$98</strong> a month, $1,176 a year" in shown
    assert (shown.count(">as quoted<"), "January 2026" in shown) == (3, True)
    assert "Change this list" not in shown


def test_a_price_one_types_is_no_longer_as_quoted(client):
    shown = page(client, DESKS, people="3", **{"price-zendesk": "55,5", "price-helpscout": "20"})
    assert "<strong>$166.50</strong> a month, $1,998 a year" in shown
    assert (shown.count(">as quoted<"), "<strong>$60</strong>" in shown) == (1, True)


def test_without_a_price_nothing_is_reckoned(client):
    shown = page(client, DESKS, people="3", **{"price-zendesk": ""})
    assert "a month, " not in shown
    assert shown.count("No price known") == 5


def test_a_shop_sees_its_own_list_in_its_own_order(sign_in, owner):
    for entry in listed.locked(owner.company, listed.TOOL):
        entry.hidden = entry.key != "zendesk"
        entry.save()
    Listed.objects.filter(key="zendesk").update(name="Our desk", price=Decimal("30"), currency="EUR")
    shown = page(sign_in(owner), DESKS)
    assert "Our desk, EUR" in shown
    assert ("<strong>€60</strong>" in shown, "Help Scout" in shown, "as quoted<" in shown) == (
        True,
        False,
        False,
    )
    assert 'href="/accounts/lists/#tool"' in shown


def test_a_rival_does_not_see_it(sign_in, owner, rival):
    listed.add(company=owner.company, kind=listed.TOOL, name="Secret desk", price=1, position=1)
    assert "Secret desk" not in page(sign_in(rival), DESKS)


@pytest.mark.parametrize("name", ["people", "price-zendesk"])
@pytest.mark.parametrize("wrong", ["-1", "NaN", "1e18", "cheap", "a\0b"])
def test_a_wrong_price_gets_a_sentence_and_the_others_stay(client, name, wrong):
    shown = page(client, DESKS, **{"people": "3", "price-frontapp": "21", name: wrong})
    assert (f'id="id_{name}_error"' in shown, 'value="21"' in shown, "a year" in shown) == (True, True, False)


# -- hours


def test_twenty_hours_are_the_example(client):
    shown = text(client.get(HOURS))
    assert "Twenty hours a week are often quoted as an example." in shown
    assert "20 hours a week are 920 hours a year." in shown
    assert "That is 23 working weeks of 40 hours." in shown


def test_what_the_hours_are_worth(client):
    shown = page(client, HOURS, hours="10", value="40", weeks="50", currency="EUR")
    assert "At €40.00 an hour they are worth €20,000 a year." in shown


def test_the_hours_of_the_answer_come_first(client):
    client.post(reverse("readiness:check"), typed())
    shown = text(client.get(HOURS))
    assert "These are the hours of your answer." in shown
    assert "15 hours a week are 690 hours a year." in shown


def test_what_one_would_do_is_kept_beside_the_answer(client):
    client.post(reverse("readiness:check"), typed())
    assert f'action="{reverse("readiness:plan")}"' in text(client.get(HOURS))
    client.post(reverse("readiness:plan"), {"plan": "New <b>photos</b>"})
    assert client.session[assessments.SESSION]["plan"] == "New <b>photos</b>"
    assert 'value="New &lt;b&gt;photos&lt;/b&gt;"' in text(client.get(HOURS))


def test_without_an_answer_the_check_is_offered(client):
    shown = text(client.get(HOURS))
    assert (reverse("readiness:plan") in shown, "Answer ten questions" in shown) == (False, True)


@pytest.mark.parametrize("name", ["hours", "value", "weeks", "currency"])
@pytest.mark.parametrize("wrong", ["-1", "NaN", "1e18", "x"])
def test_a_wrong_hour_gets_a_sentence(client, name, wrong):
    given = {"hours": "10", "value": "40", "weeks": "46", "currency": "EUR"}
    shown = page(client, HOURS, **given | {name: wrong})
    assert (f'id="id_{name}_error"' in shown, "hours a year" in shown) == (True, False)


# -- quick find


@pytest.mark.parametrize(
    ("typed_text", "address"),
    [
        ("calc", INDEX),
        ("people", PEOPLE),
        ("help desk", DESKS),
        ("hours", HOURS),
        ("bridge", "/readiness/#bridges"),
    ],
)
def test_quick_find_knows_the_pages_for_those_who_may_open_them(
    sign_in, owner, interviewer, typed_text, address
):
    found = [
        f'href="{address}"' in page(sign_in(who), reverse("find"), q=typed_text)
        for who in (owner, interviewer)
    ]
    assert found == [True, False]
