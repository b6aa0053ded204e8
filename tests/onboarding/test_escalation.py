"""When to ask first, as rules."""

from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from onboarding import defaults, escalation, steps, words
from onboarding.models import EscalationRule
from onboarding.reply_kinds import About
from tests.onboarding.factories import step_of
from tests.onboarding.test_mine import text
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
FIFTY = {"amount": Decimal(50), "currency": "EUR"}
SHOWN = "{{ x }} <b>z</b> \u202eabc"
HOSTILE = "{{ x }} {% y %} <b>z</b> \u202eabc"


def write(company, owner, code="refund", seen=0, **values):
    return escalation.write(company=company, by=owner, code=code, seen=seen, **values)


def rule(**values) -> EscalationRule:
    return EscalationRule(**({"code": "refund", "about": About.REFUND, "number": 1} | values))


def get(client, name, *args, **data):
    return client.get(reverse(f"onboarding:{name}", args=args), data)


def post(client, name, *args, **data):
    return client.post(reverse(f"onboarding:{name}", args=args), data)


# -- before anybody wrote one


def test_the_suggested_rules_hold_without_a_row(company):
    assert [(found.code, found.on) for found in escalation.current(company.pk)] == [
        (about, True)
        for about in ["refund", "exchange", "custom", "safety", "lawyer", "fraud", "data", "abuse"]
    ]
    assert not EscalationRule.objects.exists()


def test_the_text_is_the_suggested_one(company):
    assert words.ask_first(company.pk) == words.Words("ask_first", 0, defaults.ask_first(), "0")


# -- versions


def test_each_change_is_a_version(company, owner):
    write(company, owner, **FIFTY)
    write(company, owner, seen=1, amount=Decimal(80), currency="EUR")
    assert [row.amount for row in escalation.versions(company.pk, "refund")] == [Decimal(80), Decimal(50)]
    assert [row.number for row in escalation.current(company.pk) if row.code == "refund"] == [2]
    assert TrailEntry.objects.filter(action="escalation.written").count() == 2


def test_the_same_again_is_no_version(company, owner):
    write(company, owner, **FIFTY)
    assert write(company, owner, seen=1, **FIFTY).number == 1


def test_what_is_not_said_stays(company, owner):
    write(company, owner, **FIFTY, meanwhile="One moment")
    row = write(company, owner, seen=1, within="hour")
    assert (row.amount, row.meanwhile, row.within) == (Decimal(50), "One moment", "hour")


def test_a_version_written_meanwhile_is_not_lost(company, owner):
    write(company, owner, **FIFTY)
    with pytest.raises(escalation.Changed):
        write(company, owner, seen=0, amount=Decimal(80), currency="EUR")


def test_a_rule_of_nobodys_is_not_written(company, owner):
    with pytest.raises(LookupError):
        write(company, owner, code="nonsense")


def test_a_rule_of_the_shops_own(company, owner):
    row = escalation.add(company=company, by=owner, title=HOSTILE)
    assert escalation.current(company.pk)[-1] == row
    assert escalation.label(row) == HOSTILE


def test_enough_is_enough(company, owner, monkeypatch):
    monkeypatch.setattr(escalation, "MOST", len(escalation.SUGGESTED))
    assert escalation.add(company=company, by=owner, title="One more") is None


def test_taken_back_the_version_before_holds_again(company, owner):
    write(company, owner, **FIFTY)
    write(company, owner, seen=1, amount=Decimal(80), currency="EUR")
    row = escalation.take_back(company=company, by=owner, code="refund", number=2)
    assert (row.number, row.amount) == (3, Decimal(50))


def test_the_first_version_taken_back_is_the_suggested_rule(company, owner):
    write(company, owner, **FIFTY, title="Our words")
    row = escalation.take_back(company=company, by=owner, code="refund", number=1)
    assert (row.amount, row.title, row.on) == (None, "", True)


def test_an_own_rule_taken_back_is_off(company, owner):
    row = escalation.add(company=company, by=owner, title="Gifts")
    assert not escalation.take_back(company=company, by=owner, code=row.code, number=1).on


def test_another_shops_rules_are_not_ours(company, owner, rival):
    write(rival.company, rival, **FIFTY)
    assert [row.number for row in escalation.current(company.pk)] == [0] * 8


@pytest.mark.parametrize("n", [1, 3])
def test_all_rules_cost_one_query(company, owner, n, django_assert_num_queries):
    for _ in range(n):
        escalation.add(company=company, by=owner, title="Gifts", who=owner)
    with django_assert_num_queries(1):
        [escalation.sentence(row) for row in escalation.current(company.pk)]


# -- would this need approval?


@pytest.mark.parametrize(
    ("amount", "currency", "needed"),
    [
        (Decimal("50.00"), "EUR", False),
        (Decimal("50.01"), "EUR", True),
        (Decimal(10), "EUR", False),
        (Decimal(10), "USD", True),
        (None, "EUR", True),
    ],
)
def test_a_refund_is_compared_with_its_limit(amount, currency, needed):
    limit = rule(**FIFTY)
    assert escalation.ask([limit], "refund", amount=amount, currency=currency).needed is needed


def test_without_a_limit_every_refund_asks():
    assert escalation.ask([rule()], "refund", amount=Decimal(1), currency="EUR").needed


@pytest.mark.parametrize("about", [about for about in About if about != About.REFUND])
def test_other_rules_always_ask(about):
    found = rule(code="x", about=about)
    assert escalation.ask([found], "x", amount=Decimal(1), currency="EUR") == escalation.Verdict(True, found)


@pytest.mark.parametrize("code", ["", "nonsense"])
def test_what_no_rule_names_needs_no_yes(code):
    assert escalation.ask([rule()], code) == escalation.Verdict(False)


def test_a_rule_that_is_off_asks_for_nothing():
    off = rule(on=False)
    assert (escalation.ask([off], "refund").needed, escalation.matching([off], ["refund"])) == (False, [])


@given(st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2))
def test_more_money_never_needs_less_of_a_yes(one, other):
    limit = rule(**FIFTY)
    low, high = sorted([one, other])
    needed = [escalation.holds(limit, amount, "EUR") for amount in (low, high)]
    assert needed in ([False, False], [False, True], [True, True])


# -- hints


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("I want my MONEY BACK", [("refund", "money back")]),
        ("My lawyer will write", [("lawyer", "lawyer")]),
        ("I would like to order more", []),
        ("compressed parcels", []),
        ("The press and a chargeback", [("lawyer", "press"), ("fraud", "chargeback")]),
    ],
)
def test_a_word_is_a_hint_and_no_more(company, message, found):
    rules = escalation.active(company.pk)
    assert [(row.code, word) for row, word in escalation.hints(rules, message)] == found


@given(st.text(max_size=200))
def test_any_text_may_be_looked_through(message):
    rules = [EscalationRule(code=about.value, about=about) for about in escalation.SUGGESTED]
    assert [
        word for _row, word in escalation.hints(rules, message) if word.lower() not in message.lower()
    ] == []


# -- the words people read


def test_the_text_is_made_of_the_rules(company, owner, manager):
    write(company, owner, **FIFTY, who=manager, within="hour", meanwhile="One moment, please.")
    for about in escalation.SUGGESTED[1:]:
        write(company, owner, code=about.value, on=False)
    body, edition = escalation.as_text(company.pk)
    assert body.splitlines() == [
        "Ask before you answer, and before you promise anything, when it is about:",
        "- A refund above €50: Mika answers within an hour.",
        "While you wait you may send: “One moment, please.”",
    ]
    assert edition == "0.8"


def test_each_rule_says_what_may_be_sent_where_they_differ(company, owner):
    write(company, owner, **FIFTY, meanwhile="One moment, please.")
    for about in escalation.SUGGESTED[2:]:
        write(company, owner, code=about.value, on=False)
    assert escalation.as_text(company.pk)[0].splitlines()[1:] == [
        "- A refund above €50: your manager answers the same day.",
        "While you wait you may send: “One moment, please.”",
        "- An exchange or return outside our rules: your manager answers the same day.",
        "While you wait you may send: “Thank you, I am asking a colleague and will write again by tomorrow.”",
    ]


def test_with_every_rule_off_nothing_is_to_be_asked(company, owner):
    for about in escalation.SUGGESTED:
        write(company, owner, code=about.value, on=False)
    said = "Nothing needs a yes before you answer. Ask whenever you are not sure."
    assert escalation.as_text(company.pk) == (said, "0.8")


def test_without_a_name_it_is_the_manager(company, owner):
    row = write(company, owner, **FIFTY)
    assert escalation.sentence(row) == "A refund above €50: your manager answers the same day."


def test_the_shops_own_text_comes_first(company, owner):
    write(company, owner, **FIFTY)
    words.write(company=company, subject=words.Subject.ASK_FIRST, by=owner, body="Just ask.", seen=0)
    assert words.ask_first(company.pk) == words.Words("ask_first", 1, "Just ask.", "1")


def test_only_the_rules_that_were_on_the_screen_are_confirmed(plan, hire, owner, company, sign_in):
    client, step = sign_in(hire), step_of(plan, "ask_first")
    write(company, owner, **FIFTY)
    write(company, owner, seen=1, amount=Decimal(80), currency="EUR")
    old = post(client, "acknowledge", step.pk, number="0.1")
    assert old.status_code == 409
    post(client, "acknowledge", step.pk, number="0.2")
    assert "€80" in plan.acknowledgements.get().body


# -- pages


def test_a_rule_is_written_on_its_page(company, owner, sign_in):
    client = sign_in(owner)
    values = {
        "amount": "50",
        "currency": "EUR",
        "within": "hour",
        "meanwhile": SHOWN,
        "on": "on",
        "seen": 0,
    }
    answer = client.post(reverse("onboarding:rule", args=["refund"]), values, follow=True)
    row = EscalationRule.objects.get()
    assert (row.amount, row.within, row.meanwhile) == (Decimal(50), "hour", SHOWN)
    assert "{{ x }} &lt;b&gt;z&lt;/b&gt; \u202eabc" in answer.content.decode()


def test_two_people_write_one_rule(company, owner, sign_in):
    client = sign_in(owner)
    write(company, owner, **FIFTY)
    values = {
        "amount": "80",
        "currency": "EUR",
        "within": "today",
        "meanwhile": "Mine",
        "on": "on",
        "seen": 0,
    }
    answer = post(client, "rule", "refund", **values)
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert EscalationRule.objects.count() == 1


def test_a_change_is_taken_back_on_the_page(company, owner, sign_in):
    client = sign_in(owner)
    row = write(company, owner, **FIFTY)
    address = reverse("onboarding:rule_take_back", args=["refund"]) + f"?mark={row.number}"
    assert client.post(address).status_code == 302
    assert escalation.current(company.pk)[0].amount is None
    assert client.post(address).status_code == 409


def test_an_own_rule_needs_words(owner, sign_in):
    answer = post(sign_in(owner), "rules", within="today", title=" ")
    assert answer.status_code == 422
    assert not EscalationRule.objects.exists()


def test_a_person_of_another_shop_answers_for_nobody_here(company, owner, rival, sign_in):
    values = {"within": "today", "who": rival.pk, "on": "on", "seen": 0}
    assert post(sign_in(owner), "rule", "custom", **values).status_code == 422


def test_a_negative_amount_is_refused(owner, sign_in):
    values = {"amount": "-1", "currency": "EUR", "within": "today", "on": "on"}
    assert post(sign_in(owner), "rule", "refund", **values).status_code == 422


def test_a_code_of_another_shop_is_not_there(rival, owner, sign_in):
    row = escalation.add(company=rival.company, by=rival, title="Theirs")
    assert get(sign_in(owner), "rule", row.code).status_code == 404


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"kind": "refund", "amount": "60", "currency": "EUR"}, "Yes, ask first. A refund above €50"),
        ({"kind": "refund", "amount": "20", "currency": "EUR"}, "For now each of your replies is looked at"),
        ({"kind": "custom"}, "Yes, ask first. A custom order: your manager answers the same day."),
        ({"kind": ""}, "No rule asks for it."),
    ],
)
def test_the_rules_answer(plan, hire, owner, company, sign_in, asked, said):
    write(company, owner, **FIFTY)
    assert said in text(get(sign_in(hire), "rule_check", **asked).content.decode())


def test_somebody_who_is_free_may_answer(interviewer, sign_in):
    assert "No, you may answer." in text(get(sign_in(interviewer), "rule_check", kind="").content.decode())


def test_a_question_that_makes_no_sense_is_refused(hire, sign_in):
    assert get(sign_in(hire), "rule_check", kind="refund", amount="much").status_code == 422


def test_beside_the_editor_only_the_answer_comes(hire, sign_in):
    answer = sign_in(hire).get(
        reverse("onboarding:rule_check"), {"kind": "custom"}, headers={"HX-Request": "true"}
    )
    assert answer.content.decode().lstrip().startswith('<div id="rule-check"')


def test_a_gate_step_is_not_ticked(plan, owner):
    with pytest.raises(steps.Refused, match="signed on its own page"):
        steps.tick(step_of(plan, "gate_1"), by=owner)
