"""What a contract says for each value, what is missing, and what does not apply."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hiring import contract, offers
from hiring.models import JobMember, Stage
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job, make_offer

pytestmark = pytest.mark.django_db

FULL = {
    "end_date": date(2027, 12, 31),
    "working_days": "Monday to Friday",
    "probation_months": 3,
    "notice": "One month",
    "leave_days": Decimal("27.5"),
    "training": "Two days",
    "collective_agreement": "Retail",
    "social_security": "Elo",
    "condition_codes": ["medical"],
    "conditions": "A driving licence",
}
LINES = {
    "end_date": "Last day: December 31, 2027",
    "working_days": "Working days: Monday to Friday",
    "probation_months": "Probation: 3 months, until April 10, 2027",
    "notice": "Notice: One month",
    "leave_days": "Days of leave a year: 27.5",
    "training": "Training: Two days",
    "collective_agreement": "Collective agreement: Retail",
    "social_security": "Social security: Elo",
    "condition_codes": "This contract holds on these conditions: a medical examination",
    "conditions": "This contract holds on these conditions: A driving licence",
}


@pytest.fixture
def ada(company):
    return put(make_application(make_job(company), name="Ada Lind"), Stage.OFFER)


@pytest.mark.parametrize("name", LINES)
def test_each_value_is_a_line_and_none_is_no_line(ada, owner, name):
    with_it = contract.text(make_offer(ada, owner, **{name: FULL[name]}))
    label = LINES[name].partition(":")[0]
    assert LINES[name] in with_it.split("\n")
    without = contract.text(make_offer(ada, owner, **{name: type(FULL[name])() if name in TEXTS else None}))
    assert label not in without


TEXTS = {name for name, value in FULL.items() if isinstance(value, (str, list))}


def test_conditions_of_both_kinds_are_one_line(ada, owner):
    words = contract.text(make_offer(ada, owner, **FULL))
    assert "conditions: a medical examination; A driving licence" in words


def test_one_month_is_one_month(ada, owner):
    assert "Probation: 1 month, until February 10, 2027" in contract.text(
        make_offer(ada, owner, probation_months=1)
    )


def test_no_benefits_is_an_answer(ada, owner):
    draft = make_offer(ada, owner, benefits="", not_apply=["benefits"])
    assert contract.missing(draft) == []
    assert "3. Benefits\nNone\n" in contract.text(draft)
    assert offers.send(draft, by=owner).state == "sent"


def test_no_terms_is_none(ada, owner):
    draft = make_offer(ada, owner, terms="", not_apply=["terms"])
    assert contract.missing(draft) == ["terms"]


def test_the_employers_legal_name_is_needed(ada, owner, company, sign_in):
    company.legal_name = ""
    company.save()
    draft = make_offer(ada, owner)
    with pytest.raises(offers.Refused, match="name of the employer"):
        offers.send(draft, by=owner)
    page = text(sign_in(owner).get(url("candidate", ada)))
    assert "#id_legal_name" in page


def test_a_manager_is_told_who_fills_the_name_in(ada, owner, manager, company, sign_in):
    company.legal_name = ""
    company.save()
    JobMember.objects.create(company=company, job=ada.job, membership=manager)
    make_offer(ada, owner)
    page = text(sign_in(manager).get(url("candidate", ada)))
    assert ("an owner fills it in" in page, "#id_legal_name" in page) == (True, False)


def test_what_is_missing_leads_to_its_field(ada, owner, sign_in):
    make_offer(ada, owner, pay=None, start_date=None)
    page = text(sign_in(owner).get(url("candidate", ada)))
    assert all(f'{url("offer", ada)}#id_{name}"' in page for name in ("pay", "start_date"))


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "€14.50 an hour"), ("fi", "14,50 € tunnilta"), ("zh-hans", "€14.50")],
)
def test_values_speak_the_language(ada, owner, language, line):
    with translation.override(language):
        assert line.split(" ")[0] in contract.values(make_offer(ada, owner))["pay"]


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2027, 1, 11), 12, date(2028, 1, 11)),
        (date(2027, 12, 15), 1, date(2028, 1, 15)),
    ],
)
def test_months_are_counted_by_the_calendar(start, months, later):
    assert contract.months_later(start, months) == later


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 24))
def test_a_probation_ends_after_it_began_and_in_the_right_month(start, months):
    later = contract.months_later(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert timedelta(27 * months) < later - start < timedelta(32 * months)
