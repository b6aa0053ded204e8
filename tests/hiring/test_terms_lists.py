"""What contracts name by country: which list, what each item says, and what an offer says to it."""

from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import translation

from hiring import terms_lists
from hiring.models import Offer
from hiring.terms_lists import ARAB, ELSEWHERE, EU_LIST, ITEMS, LISTS, of
from hiring.wording import EU

REQUIRED_BY_EU = {
    "place", "start", "end", "hours", "leave", "notice", "probation", "training", "collective", "social",
}  # fmt: skip


def codes(country):
    return {item.code for item in of(country).items}


def offer(country="FI", **fields):
    company = SimpleNamespace(country=country)
    person = SimpleNamespace(job=SimpleNamespace(company=company))
    row = Offer(**fields)
    return SimpleNamespace(**{c: getattr(row, c) for i in ITEMS.values() for c in i.columns}, application=person,
                           not_apply=row.not_apply)  # fmt: skip


@pytest.mark.parametrize(
    ("country", "found"),
    [("US", LISTS["US"]), ("FI", LISTS["FI"]), ("SE", LISTS["SE"]), ("PL", LISTS["PL"]), ("CN", LISTS["CN"]),
     ("AE", ARAB), ("SA", ARAB), ("EG", ARAB), ("DE", EU_LIST), ("IE", EU_LIST), ("GB", ELSEWHERE), ("NZ", ELSEWHERE),
     ("", ELSEWHERE), ("XX", ELSEWHERE)],
)  # fmt: skip
def test_each_country_has_its_list(country, found):
    assert of(country) is found


@pytest.mark.parametrize("country", EU.split())
def test_in_the_eu_everything_the_directive_names_is_on_it(country):
    assert codes(country) >= REQUIRED_BY_EU


@pytest.mark.parametrize("country", ["US", "GB", "FI", "PL", "CN", "AE"])
def test_what_every_contract_has_is_on_every_list(country):
    assert codes(country) >= {"pay", "hours", "start", "benefits"}


@pytest.mark.parametrize(
    ("country", "said"),
    [("PL", "qualified electronic signature"), ("AE", "registered"), ("SA", "registered"), ("FI", "binds"),
     ("US", "binds"), ("CN", "within a month"), ("NZ", "binds")],
)  # fmt: skip
def test_the_form_of_the_signature_is_said(country, said):
    assert said in str(of(country).signature)


def test_hints_are_about_items_of_their_list():
    for found in (*LISTS.values(), ARAB, EU_LIST, ELSEWHERE):
        assert set(found.hints) <= {item.code for item in found.items}
        assert found.checked.year >= 2026


def test_every_item_says_what_it_is_and_which_columns_answer_it():
    columns = {field.name for field in Offer._meta.concrete_fields}
    assert [item.code for item in ITEMS.values() if not str(item.what).endswith(".")] == []
    assert {column for item in ITEMS.values() for column in item.columns} <= columns


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_list_follows_the_country_and_never_the_language(language):
    with translation.override(language):
        assert of("PL") is LISTS["PL"]


@pytest.mark.parametrize(
    ("fields", "state"),
    [({}, "open"), ({"notice": "One month"}, "filled"), ({"not_apply": ["notice"]}, "not")],
)
def test_an_item_is_filled_or_does_not_apply_or_is_open(fields, state):
    assert terms_lists.state(offer(**fields), ITEMS["notice"]) == state


@pytest.mark.parametrize("fields", [{"condition_codes": ["medical"]}, {"conditions": "A licence"}])
def test_one_of_two_columns_is_enough(fields):
    assert terms_lists.state(offer(**fields), ITEMS["conditions"]) == "filled"


def test_what_is_open_is_named_in_the_order_of_the_list():
    found = [line.item.code for line in terms_lists.still_open(offer("US", notice="x", place="Turku"))]
    assert found == ["pay", "hours", "start", "end", "benefits", "leave", "conditions"]
