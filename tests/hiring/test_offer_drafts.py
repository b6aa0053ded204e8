"""Writing an offer: the form, two tabs, versions, and what changed from one to the next."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.conflicts import Changed
from hiring import offer_words, offers
from hiring.models import Offer, Stage
from hiring.offer_forms import OfferForm
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_job, make_offer, offer_values
from vault import links

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada(company):
    return put(make_application(make_job(company), name="Ada Lind"), Stage.OFFER)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def posted(**values):
    return {name: str(value) for name, value in offer_values().items()} | values


def my(offer):
    token = links.mint(purpose="offer", subject=("offer", offer.pk), company_id=offer.company_id, days=9)
    return reverse("hiring_links:offer", args=[token])


# -- the form


EXTRAS = {
    "end_date": "2027-12-31", "working_days": "Mon-Fri", "probation_months": "3", "notice": "One month",
    "leave_days": "27.5", "training": "Two days", "collective_agreement": "Retail", "social_security": "Elo",
    "conditions": "A licence",
}  # fmt: skip


def test_everything_typed_is_kept(boss, ada):
    boss.post(url("offer", ada), posted(**EXTRAS, condition_codes=["medical"], no_benefits="", seen="0"))
    offer = Offer.objects.get()
    assert (offer.leave_days, offer.end_date, offer.condition_codes) == (
        Decimal("27.5"),
        date(2027, 12, 31),
        ["medical"],
    )
    assert [getattr(offer, name) for name in ("notice", "training", "conditions")] == [
        "One month",
        "Two days",
        "A licence",
    ]


@pytest.mark.parametrize("name", OfferForm.MAY_NOT_APPLY)
def test_does_not_apply_is_an_answer(boss, ada, name):
    boss.post(url("offer", ada), posted(**{name: "", f"no_{name}": "on"}))
    assert Offer.objects.get().not_apply == [name]
    assert f'name="no_{name}"' in text(boss.get(url("offer", ada)))


@pytest.mark.parametrize("name", EXTRAS)
def test_both_at_once_is_asked_about(boss, ada, name):
    answer = boss.post(url("offer", ada), posted(**{name: EXTRAS[name], f"no_{name}": "on"}))
    assert (answer.status_code, "Either fill it in" in text(answer)) == (422, True)
    assert Offer.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"),
    [("end_date", "2027-01-11"), ("end_date", "2027-01-10"), ("end_date", "9999-01-01"), ("probation_months", "25"),
     ("probation_months", "-1"), ("leave_days", "367"), ("leave_days", "-1"), ("leave_days", "NaN"),
     ("condition_codes", "luck"), ("notice", "x" * 301), ("training", "x" * 1_001)],
)  # fmt: skip
def test_odd_terms_are_refused_beside_the_field(boss, ada, field, value):
    answer = boss.post(url("offer", ada), posted(**{field: value}))
    assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)
    assert Offer.objects.count() == 0


@pytest.mark.parametrize(
    ("country", "said", "unsaid"),
    [
        ("FI", "generally binding agreement", "Form I-9"),
        ("US", "Form I-9", "generally binding"),
        ("PL", "ZUS", "I-9"),
    ],
)
def test_the_form_says_what_the_country_asks_of_it(boss, ada, company, country, said, unsaid):
    company.country = country
    company.save()
    shown = text(boss.get(url("offer", ada)))
    assert (said in shown, unsaid in shown, "not legal advice" in shown) == (True, False, True)


# -- two tabs


def test_whoever_kept_it_meanwhile_is_seen_beside_ones_own(boss, ada, manager):
    make_offer(ada, manager, notice="Two months")
    answer = boss.post(url("offer", ada), posted(notice="Three months", seen="0"))
    assert (answer.status_code, "Two months" in text(answer), "Three months" in text(answer)) == (
        409,
        True,
        True,
    )
    assert Offer.objects.get().notice == "Two months"


@pytest.mark.parametrize(("seen", "refused"), [(None, False), (1, False), (0, True), (2, True)])
def test_only_the_state_that_was_read_is_written_over(ada, owner, seen, refused):
    make_offer(ada, owner)
    values = offer_values(pay=Decimal(20))
    if refused:
        with pytest.raises(Changed):
            offers.save_draft(ada, by=owner, values=values, seen=seen)
    else:
        assert offers.save_draft(ada, by=owner, values=values, seen=seen).revision == 2


def test_the_same_values_raise_no_revision(ada, owner):
    assert [make_offer(ada, owner).revision for _ in range(2)] == [1, 1]


# -- versions


def test_the_next_version_begins_with_all_of_the_last(ada, owner):
    offers.send(make_offer(ada, owner, notice="One month", not_apply=["training"]), by=owner)
    draft = offers.draft_for(ada)
    assert (draft.notice, draft.not_apply, draft.contract_check) == ("One month", ["training"], "standard")


def second(ada, owner, **values):
    offers.send(make_offer(ada, owner), by=owner)
    return make_offer(ada, owner, **values)


@pytest.mark.parametrize(
    ("values", "label", "after"),
    [
        ({"start_date": date(2027, 2, 1)}, "first day", "February 1, 2027"),
        ({"pay": Decimal("15.00")}, "pay", "€15.00 an hour"),
        ({"currency": "SEK"}, "pay", "SEK14.50 an hour"),
        ({"pay_period": "month"}, "pay", "€14.50 a month"),
        ({"hours_week": Decimal("37.5")}, "hours a week", "37.5"),
        ({"notice": "One month"}, "notice", "One month"),
        ({"not_apply": ["training"]}, "training", "does not apply"),
        ({"condition_codes": ["medical"]}, "holds on these conditions", "a medical examination"),
        ({"probation_months": 2}, "probation in months", "2 months, until March 10, 2027"),
    ],
)
def test_what_changed_is_said_in_words(ada, owner, values, label, after):
    (change,) = offer_words.changed(Offer.objects.get(pk=second(ada, owner, **values).pk))
    assert (change.label, change.after) == (label, after)


def test_the_first_version_has_nothing_to_compare(ada, owner):
    assert offer_words.changed(make_offer(ada, owner)) == []


def test_a_version_that_never_left_is_none_to_them(ada, owner):
    draft = second(ada, owner, pay=Decimal(15))
    Offer.objects.filter(pk=draft.pk).update(version=5)
    assert [change.label for change in offer_words.changed(Offer.objects.get(pk=draft.pk))] == ["pay"]


def test_both_sides_read_what_changed(ada, owner, boss, client):
    draft = second(ada, owner, start_date=date(2027, 2, 1), pay=Decimal(15))
    assert "February 1, 2027" in text(boss.get(url("candidate", ada)))
    sent = offers.send(draft, by=owner)
    assert "Changed since the last one: pay, first day" in text(client.get(my(sent)))


def test_the_first_offer_says_nothing_of_changes(ada, owner, client):
    sent = offers.send(make_offer(ada, owner), by=owner)
    assert "Changed since" not in text(client.get(my(sent)))


@pytest.mark.parametrize("versions", [1, 3])
def test_the_panel_asks_as_often_for_one_version_as_for_three(ada, owner, boss, versions):
    for n in range(versions):
        offers.send(make_offer(ada, owner, notice=f"{n} months"), by=owner)
    if versions == 1:
        Offer.objects.update(version=2)  # so that it looks for the one before, too
    boss.get(url("candidate", ada))
    with CaptureQueriesContext(connection) as seen:
        boss.get(url("candidate", ada))
    assert len(seen) == QUERIES


QUERIES = 14
