"""The pages for shops of every kind: whatever is answered, the answer is a page, and costs add up."""

import math
import random
import re

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import advice, answer_page, assessments, costs, words
from readiness.assessments import Current
from readiness.cost_ways import TEN_YEARS
from readiness.costs import Hire
from readiness.forms import STEPS, CheckForm
from readiness.models import Assessment
from readiness.scoring import DEFAULT
from tests.readiness.factories import BUSY, typed
from tests.readiness.test_views import text

CHECK, ANSWER = (reverse(f"readiness:{name}") for name in ("check", "answer"))
LANGUAGES = ["en", "fi", "sv", "pl", "ar", "zh-hans"]


def shop(seed):
    """Answers of a browser to the check and its steps, chosen by chance but always the same for a seed."""
    draw, answers = random.Random(seed), {}
    for form in (CheckForm(), *(step() for step in STEPS.values())):
        for name, field in form.fields.items():
            if draw.random() < 0.3:
                continue
            if getattr(field, "choices", None):
                answers[name] = draw.choice([str(value) for value, _ in field.choices])
            else:
                answers[name] = str(draw.randint(math.ceil(field.low), int(min(field.high, 90))))
    return answers


def answered(client, seed):
    posted = shop(seed)
    client.post(CHECK, typed() | {name: posted[name] for name in CheckForm().fields if name in posted})
    for name, step in STEPS.items():
        client.post(
            reverse("readiness:step", args=[name]),
            {key: posted[key] for key in step().fields if key in posted},
        )
    return client.get(ANSWER)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(10))
def test_every_shop_gets_a_page_with_all_its_parts(client, seed):
    page = text(answered(client, seed))
    held = client.session[assessments.SESSION]
    assert f"<h1>{words.headline(held['result'])}</h1>".replace("'", "&#x27;") in page
    for reason in held["result"]["reasons"] + held["result"]["against"]:
        assert words.reason(**reason).replace("'", "&#x27;") in page
    assert not re.search(r"%\(|\bNone\b|\bnan\b|\binf\b", re.sub(r"<[^>]+>", " ", page))


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_in_every_language(client, language):
    client.cookies["django_language"] = language
    page = text(answered(client, 3))
    assert f'lang="{language}"' in page
    assert page.count("<h1>") == 1
    assert not re.search(r"%\(", page)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_the_same_answers_are_the_same_page(client, seed):
    first = answered(client, seed)
    token = re.compile(rb"[A-Za-z0-9]{64}|nonce=\"[^\"]+")
    assert token.sub(b"", client.get(ANSWER).content) == token.sub(b"", first.content)


@pytest.mark.parametrize("seed", range(6))
def test_what_the_page_shows_is_what_the_result_says(seed):
    forms = [CheckForm(typed() | shop(seed)), *(step(shop(seed)) for step in STEPS.values())]
    answers = {}
    for form in forms:
        form.is_valid()
        answers |= {name: value for name, value in form.answers().items() if value is not None}
    result = assessments.compute(answers)
    page = answer_page.context(Current(answers, result, "", Assessment(answers=answers, result=result, pk=1)))
    assert page["need"]["low"] <= page["need"]["need"] <= page["need"]["high"]
    assert [signal["code"] for signal in page["signals"]] == list(DEFAULT.signals)
    assert len(page["flips"]) == len(result["flips"])
    assert {each["page"] for each in page["open"]} <= {"check", *DEFAULT.signals}
    assert (page["bridges"] == []) == (result["recommendation"] in {advice.PART_TIME, advice.HIRE_NOW})


def test_a_result_of_a_configuration_that_is_gone_has_no_judgement_to_print():
    assert answer_page.judgement(None) is None


# -- the list


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "listed"), [(1, 1), (3, 3), (60, 50)])
def test_the_list_shows_fifty_at_most_the_newest_first(sign_in, owner, rows, listed):
    result = assessments.compute(BUSY)
    Assessment.objects.bulk_create(
        Assessment(company=owner.company, answers=BUSY, result=result | {"need": n}, config_version="2026-1")
        for n in range(rows)
    )
    page = text(sign_in(owner).get(reverse("readiness:home")))
    found = [int(n) for n in re.findall(r"(\d+) of 100", page)]
    assert (len(found), found[0]) == (listed, rows - 1)
    assert found == sorted(found, reverse=True)


# -- money


hires = st.builds(
    Hire,
    wage=st.floats(1, 200),
    hours=st.floats(1, 60),
    on_cost=st.floats(0, 1),
    seat=st.floats(0, 500),
    up_front=st.floats(0, 50_000),
    tenure=st.floats(1, 120),
    risk=st.floats(0, 1),
    loss=st.floats(0, 100_000),
)


@given(hires)
@settings(max_examples=40)
def test_the_parts_of_a_month_are_the_month(hire):
    parts = costs.monthly(hire)
    assert sum(value for name, value in parts.items() if name != "total") == pytest.approx(parts["total"])
    assert all(value >= 0 for value in parts.values())


@pytest.mark.parametrize("name", ["wage", "hours", "on_cost", "seat", "up_front", "risk", "loss"])
@given(hire=hires, more=st.floats(0.01, 10))
@settings(max_examples=15)
def test_more_of_anything_never_costs_less(name, hire, more):
    most = 1 if name == "risk" else math.inf
    dearer = Hire(**vars(hire) | {name: min(most, getattr(hire, name) + more)})
    assert costs.monthly(dearer)["total"] >= costs.monthly(hire)["total"] - 1e-6


@given(hires)
@settings(max_examples=40)
def test_at_the_break_even_doing_nothing_costs_the_same(hire):
    even = costs.break_even(hire)
    assert costs.doing_nothing(hire.hours, even) == pytest.approx(costs.monthly(hire)["total"])


@given(hires, st.floats(1, 500))
@settings(max_examples=40)
def test_what_pays_back_has_paid_back_by_then_and_not_before(hire, value):
    running = costs.pay(hire) + hire.seat + hire.risk * hire.loss / hire.tenure
    month, back, sums = costs.payback(hire, value), -hire.up_front, []
    for n in range(1, TEN_YEARS + 1):
        share = 0.5 if n == 1 else 0.75 if n == 2 else 1
        back += costs.doing_nothing(hire.hours, value) * share - running
        sums.append(back)
    before = sums[: min(month, TEN_YEARS + 1) - 1]
    assert all(each < 1e-6 for each in before)
    assert month > TEN_YEARS or sums[month - 1] >= -1e-6


@given(hires, st.floats(1, 300))
@settings(max_examples=30)
def test_an_hour_worth_more_never_pays_back_later(hire, value):
    assert costs.payback(hire, value * 1.5) <= costs.payback(hire, value)


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "9" * 40, "\x00", "<b>", "1e9"])
@pytest.mark.django_db
def test_a_wage_that_is_none_is_refused_beside_it(client, value):
    response = client.get(reverse("readiness:costs"), {"wage": value, "hours": "10"})
    assert response.status_code == 200
    assert "wage" in response.context["form"].errors
    assert response.context["answer"] is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["currency", "on_cost", "tenure", "risk", "loss", "seat", "value", "hours"])
@pytest.mark.parametrize("value", ["nonsense", "-1", "\x00", "9" * 40])
def test_any_other_nonsense_in_the_address_is_a_page(client, name, value):
    response = client.get(
        reverse("readiness:costs"), {"wage": "20", "hours": "10", "currency": "EUR"} | {name: value}
    )
    assert response.status_code == 200
    assert name in response.context["form"].errors
