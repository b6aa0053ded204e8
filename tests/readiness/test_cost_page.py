"""The page "What would it cost?": open to strangers, everything in the address, nothing converted."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from mailroom.models import Mail
from readiness import assessments, cost_page, quoted
from readiness.money import money
from tests.factories import PASSWORD
from tests.readiness.factories import make_assessment, typed

pytestmark = pytest.mark.django_db
COSTS = reverse("readiness:costs")
EXAMPLE = {
    "wage": "20.591346",
    "hours": "10",
    "on_cost": "30",
    "seat": "49",
    "up_front": "4350",
    "tenure": "12",
    "currency": "USD",
}


def text(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def page(client, **changes):
    return text(client.get(COSTS, EXAMPLE | changes))


def test_the_worked_example_in_words(client):
    shown = page(client)
    assert "About $1,571 a month for 10 hours a week." in shown
    assert "It pays as soon as an hour of yours is worth more than $36.26." in shown
    for label, sum in [
        ("Wage with what comes on top", "$1,160"),
        ("Help desk seat", "$49"),
        ("Hiring and onboarding, spread over 12 months", "$362"),
        ("Together, a month", "<strong>$1,571</strong>"),
    ]:
        assert f'<th scope="row">{label}</th> <td class="fh-num">{sum}</td>' in shown


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("40", "Hiring is cheaper than doing nothing by $162 a month."),
        ("20", "Doing nothing is cheaper than hiring by $705 a month, in money."),
        ("36.265", "Both cost the same: what else speaks for it decides."),
    ],
)
def test_beside_doing_nothing(client, value, verdict):
    assert verdict in page(client, value=value)


def test_payback_is_said_or_denied(client):
    assert "it has paid for itself after 8 months." in page(client, value="45")
    assert "it does not pay for itself within ten years." in page(client, value="20")


def test_a_wrong_hire_is_counted_only_when_asked(client):
    assert "The chance of a wrong hire" not in page(client)
    assert '<td class="fh-num">$50</td>' in page(client, risk="10", loss="6000")


def test_nothing_is_said_before_there_is_a_wage(client):
    shown = text(client.get(COSTS))
    assert ("a month for" in shown, "Write a wage, and this side says the rest." in shown) == (False, True)
    assert 'name="wage" maxlength="30"' in shown.replace(' value=""', "")


@pytest.mark.parametrize("wage", ["", "0", "-3", "free", "9" * 40, "a\0b"])
def test_a_wage_that_is_none_is_refused_beside_it_and_the_rest_is_kept(client, wage):
    shown = page(client, wage=wage, hours="17")
    assert ('id="id_wage_error"' in shown, 'value="17"' in shown, "a month for" in shown) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("name", ["hours", "tenure", "on_cost", "currency", "risk"])
def test_a_wrong_default_opens_its_fold_or_says_so_at_the_field(client, name):
    shown = page(client, **{name: "wrong"})
    assert f'id="id_{name}_error"' in shown
    assert ('<details class="fh-fold" open>' in shown) == (name != "hours")


def test_a_stranger_starts_with_the_hours_of_the_answer(client):
    client.post(reverse("readiness:check"), typed())
    shown = text(client.get(COSTS))
    assert 'name="hours" value="15"' in shown
    assert "Your answer suggests 15 hours a week." in shown


def test_without_an_answer_twenty_hours_are_the_example(client):
    assert f'name="hours" value="{quoted.HOURS}"' in text(client.get(COSTS))


@pytest.mark.parametrize(
    ("country", "currency", "seat", "on_cost"),
    [("FI", "EUR", "42", "20"), ("SE", "SEK", "440", "31.42"), ("US", "USD", "49", "10")],
)
def test_defaults_are_those_of_the_shops_place(sign_in, owner, country, currency, seat, on_cost):
    owner.company.country, owner.company.currency = country, currency
    owner.company.save()
    shown = text(sign_in(owner).get(COSTS))
    assert f'name="seat" value="{seat}"' in shown
    assert f'name="on_cost" value="{on_cost}"' in shown
    assert f'<option value="{currency}" selected>' in shown


def test_where_no_figure_exists_the_dollars_stand_beside_an_empty_field(sign_in, owner):
    owner.company.country, owner.company.currency = "CN", "CNY"
    owner.company.save()
    shown = text(sign_in(owner).get(COSTS))
    assert "Quoted: up to $4,000. Write it in your money." in shown
    assert 'name="seat" value=' not in shown
    assert "we have none for China." in shown


def test_money_is_written_as_the_reader_writes_it():
    with translation.override("fi"):
        assert money(1571.48, "EUR").replace("\xa0", " ") == "1 571 €"
        assert money(36.264, "EUR", cents=True).replace("\xa0", " ") == "36,26 €"


def test_a_comma_and_arabic_digits_are_numbers_too(client):
    assert "for 12.5 hours a week." in page(client, wage="٢٠,٥", hours="12,5")


def test_the_answer_leads_here_and_back(sign_in, owner):
    row = make_assessment(owner.company, by=owner.user)
    client, address = sign_in(owner), reverse("readiness:show", args=[row.pk])
    assert f'href="{COSTS}">What would it cost?' in text(client.get(address))
    assert f'<a href="{address}">The answer</a>' in text(client.get(COSTS))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(sign_in, owner, django_assert_num_queries, rows):
    for hours in range(rows):
        make_assessment(owner.company, by=owner.user, support_hours=20 + hours)
    client = sign_in(owner)
    client.get(COSTS)
    with django_assert_num_queries(4):
        client.get(COSTS, EXAMPLE)


def test_every_number_says_why_it_is_asked():
    form = cost_page.CostForm(country="FI", defaults=cost_page.initial(country="FI", currency="EUR"))
    assert sorted(form.WHY) == sorted(form.fields)


# -- every way beside the others
WAYS = {
    "value": "40",
    "tool_price": "49",
    "tool_people": "2",
    "set_up": "12",
    "deflected": "2",
    "messages": "60",
}


def ways(shown) -> list:
    """[(label, together)] as the list shows them, from the cheapest to the dearest."""
    rows = re.findall(r'<p class="fh-way"><span>(.*?)</span><strong class="fh-numbers">(.*?)</strong>', shown)
    return [(re.sub("<.*", "", label).strip(), sum) for label, sum in rows]


def test_every_way_from_the_cheapest_to_the_dearest(client):
    """10 hours at 40 are 1,733. Tools: 98 + 12 x 40 / 12 + 8 hours. Outside: 60 messages at 5."""
    assert ways(page(client, **WAYS, price="5")) == [
        ("Help from outside", "$1,300"),
        ("Tools", "$1,525"),
        ("Hiring, 10 hours a week", "$1,571"),
        ("Doing nothing", "$1,733"),
        ("Part-time, 5 hours a week", "$1,858"),
    ]


def test_the_cheapest_way_says_so_once(client):
    shown = page(client, **WAYS)
    assert (shown.count(">cheapest<"), 'Tools <span class="fh-chip fh-chip-ok">cheapest' in shown) == (
        1,
        True,
    )


def test_what_is_paid_and_what_stays_with_the_founder(client):
    assert "Paid: $875. Hours of yours that stay: $1,040." in page(client, value="40", part_hours="4")


def test_without_a_price_nobody_stands_in_for_help_from_outside(client):
    shown = page(client, **WAYS)
    assert "Help from outside" not in [label for label, _ in ways(shown)]
    assert "Write what an agency or a freelancer asks" in shown


@pytest.mark.parametrize(
    ("asked", "sum"),
    [
        ({"price": "5", "minimum": "2000"}, "$2,000"),
        ({"rate": "25"}, "$1,083"),
        ({"minimum": "700"}, "$700"),
        ({"price": "5", "messages": "", "minimum": "700"}, "$700"),
    ],
)
def test_what_outside_asks(client, asked, sum):
    assert ("Help from outside", sum) in ways(page(client, **WAYS | asked))


def test_a_price_without_messages_says_nothing(client):
    assert "Help from outside" not in dict(ways(page(client, **WAYS | {"price": "5", "messages": ""})))


def test_from_when_tools_and_outside_pay(client):
    shown = page(client, **WAYS, price="5")
    assert "The tools pay as soon as an hour of yours is worth more than $12.78." in shown
    assert "At $5.00 a message, a hire is cheaper from 73 messages a week on." in shown


def test_tools_that_save_nothing_never_pay(client):
    shown = page(client, **WAYS | {"deflected": "0"})
    assert "The tools take more hours than they save: they never pay." in shown


def test_the_share_that_tools_save_is_our_judgement_unless_said(client):
    """One hour in five of ten is two, as in WAYS."""
    assert dict(ways(page(client, **WAYS | {"deflected": ""})))["Tools"] == "$1,525"


@pytest.mark.parametrize("part", ["10", "12"])
def test_part_time_is_fewer_hours_than_the_hire(client, part):
    assert [
        label for label, _ in ways(page(client, value="40", part_hours=part)) if "Part-time" in label
    ] == []


@pytest.mark.parametrize("name", ["part_hours", "tool_people", "price", "minimum", "deflected"])
@pytest.mark.parametrize("wrong", ["-1", "NaN", "1e18", "much"])
def test_a_wrong_number_of_another_way_opens_its_fold_and_is_kept(client, name, wrong):
    shown = page(client, **WAYS | {name: wrong})
    assert (f'id="id_{name}_error"' in shown, f'value="{wrong}"' in shown, ways(shown)) == (True, True, [])
    assert shown.count('<details class="fh-fold" open>') == 1


def test_the_messages_of_the_answer_stand_there(client):
    client.post(reverse("readiness:check"), typed())
    assert 'name="messages" value="300"' in text(client.get(COSTS))


# -- "Ask me again in four weeks", for somebody without an account
AGAIN = reverse("readiness:ask_again")
SHOP = {"email": "olga@lumi.example", "password1": PASSWORD, "shop_name": "Lumi"}


def asked_again() -> list:
    return [mail.recipient for mail in Mail.objects.filter(message="readiness_ask_again")]


def test_a_stranger_is_asked_again_once_there_is_an_address(client):
    client.post(reverse("readiness:check"), typed())
    response = client.post(AGAIN)
    assert response.url == "/accounts/signup/?next=/readiness/"
    client.post(response.url, SHOP)
    assert asked_again() == [SHOP["email"]]


def test_the_wish_outlives_a_changed_answer(client):
    client.post(reverse("readiness:check"), typed())
    client.post(AGAIN)
    client.post(reverse("readiness:check"), typed(support_hours=30))
    assert client.session[assessments.SESSION]["ask_again"] is True


def test_who_did_not_ask_is_not_asked_again(client):
    client.post(reverse("readiness:check"), typed())
    client.post("/accounts/signup/", SHOP)
    assert asked_again() == []


def test_without_an_answer_there_is_nothing_to_ask_again(client):
    assert client.post(AGAIN).url == reverse("readiness:check")


def test_a_member_is_asked_again_about_the_latest(sign_in, owner):
    row = make_assessment(owner.company, by=owner.user)
    assert sign_in(owner).post(AGAIN).url == reverse("readiness:show", args=[row.pk])
    assert asked_again() == [owner.email]


def test_staff_may_neither_reckon_nor_ask(sign_in, interviewer):
    client = sign_in(interviewer)
    assert [client.get(COSTS).status_code, client.post(AGAIN).status_code] == [403, 403]
