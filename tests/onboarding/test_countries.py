"""What a country asks for: dated steps, keyed to the country of the shop."""

from datetime import date

import pytest

from accounts.models import Company
from onboarding import countries, defaults, plans
from onboarding.kinds import Part, Rule
from tests.factories import make_company, make_member
from tests.onboarding.factories import make_onboarding, step_of

pytestmark = pytest.mark.django_db


def shop_in(code):
    company = make_company(f"Shop {code}")
    Company.objects.filter(pk=company.pk).update(country=code)
    company.refresh_from_db()
    return company


def keys(plan):
    return set(plan.steps.filter(key__in=countries.KEYS).values_list("key", flat=True))


@pytest.mark.parametrize(
    ("code", "prefixes"),
    [
        ("US", {"us"}),
        ("FI", {"fi", "eu"}),
        ("SE", {"se", "eu"}),
        ("PL", {"pl", "eu"}),
        ("CN", {"cn"}),
        ("AE", {"arab"}),
        ("EG", {"arab"}),
        ("DE", {"any", "eu"}),
        ("BR", {"any"}),
    ],
)
def test_a_plan_holds_the_steps_of_the_shops_country(code, prefixes, clock):
    plan = make_onboarding(shop_in(code))
    assert {key.partition("_")[0] for key in keys(plan)} == prefixes


def test_somebody_who_works_abroad_is_not_under_the_shops_orders(company, owner, clock):
    assert keys(make_onboarding(company, manager=owner, country="US")) == {"eu_privacy"}


@pytest.mark.parametrize("row", countries.EVERY, ids=lambda row: row.key)
def test_each_is_the_managers_and_dated(row):
    assert (row.owner, row.required, row.number != 0) == (Part.MANAGER, True, True)
    assert row.rule in {Rule.DAY, Rule.CALENDAR}
    assert -10 <= row.number <= 30


def test_each_has_a_key_and_a_title_of_its_own():
    rows = [*defaults.PLAN, *countries.EVERY]
    titles = [str(row.title) for row in countries.EVERY if row.title]
    assert len({row.key for row in countries.EVERY}) == len(countries.EVERY)
    assert len(titles) == len(countries.EVERY)
    assert {row.key for row in defaults.PLAN} & countries.KEYS == set()
    assert all(len(row.key) <= 40 and len(str(row.title)) <= 200 for row in rows)


def test_no_text_holds_an_amount_or_a_percentage():
    texts = [
        f"{row.title} {row.body}".replace("PIT-2", "").replace("I-9", "").replace("W-4", "")
        for row in countries.EVERY
    ]
    assert [text for text in texts if any(sign.isdigit() or sign in "%€$" for sign in text)] == []


@pytest.mark.parametrize(
    ("code", "key", "due"),
    [
        ("US", "us_w4", date(2026, 12, 7)),
        ("US", "us_i9_check", date(2026, 12, 9)),
        ("PL", "pl_zus", date(2026, 12, 14)),
        ("PL", "pl_doctor", date(2026, 12, 2)),
        ("FI", "fi_insurance", date(2026, 11, 30)),
        ("SE", "se_terms", date(2026, 12, 14)),
    ],
)
def test_its_day_is_before_the_start_on_it_or_soon_after(code, key, due, clock):
    clock.move_to("2026-11-20 08:00 +0000")
    assert step_of(make_onboarding(shop_in(code)), key).due_on == due


def test_what_is_asked_of_a_first_employer_is_asked_once(clock):
    shop = shop_in("PL")
    owner = make_member(shop, "owner")
    first, second = (make_onboarding(shop, manager=owner) for _ in range(2))
    assert keys(first) - keys(second) == {"pl_payer"}


def test_only_these_say_that_they_are_no_legal_advice():
    assert (countries.is_order("fi_terms"), countries.is_order("values")) == (True, False)


def test_a_step_of_a_country_is_edited_like_every_other(company, clock):
    row = plans.default_version(company).steps.get(ref="fi_terms")
    assert (row.country, row.label) == ("FI", "See that the terms of work are there in writing")
    row.title = "Our terms"
    assert (row.label, row.text) == ("Our terms", "")
