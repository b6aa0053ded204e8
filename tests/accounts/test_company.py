import pytest
from django.db import IntegrityError

from accounts import forms
from accounts.models import Company
from tests.factories import make_company
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
ADDRESS = "/accounts/company/"
DETAILS = {
    "name": "Lumi",
    "legal_name": "Lumi Oy",
    "address": "Katu 1\nHelsinki",
    "privacy_contact": "privacy@lumi.example",
    "country": "FI",
    "language": "fi",
    "currency": "EUR",
    "timezone": "Europe/Helsinki",
    "slug": "lumi-shop",
}


def test_details_are_saved_and_the_trail_says_which(sign_in, owner):
    client = sign_in(owner)
    assert client.post(ADDRESS, DETAILS).url == ADDRESS
    company = Company.objects.get()
    assert {name: getattr(company, name) for name in DETAILS} == DETAILS
    entry = TrailEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("company.changed", owner.user_id, company.pk)
    assert {"address", "slug", "timezone"} <= set(entry.fields)
    assert "Helsinki" not in str(entry.fields)


def test_saving_what_is_there_leaves_no_line(sign_in, owner):
    Company.objects.update(**DETAILS)
    sign_in(owner).post(ADDRESS, DETAILS)
    assert TrailEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"slug": "admin"}, "slug", "This address is needed for something else. Please choose another."),
        ({"slug": "rival"}, "slug", "Another shop has this address. Please choose another."),
        (
            {"slug": "a b"},
            "slug",
            "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
        ),
        (
            {"timezone": "Mars/Base"},
            "timezone",
            "Select a valid choice. Mars/Base is not one of the available choices.",
        ),
        ({"currency": "XXX"}, "currency", "Select a valid choice. XXX is not one of the available choices."),
        ({"privacy_contact": "me"}, "privacy_contact", "Enter a valid email address."),
    ],
)
def test_refused_details_say_why_and_keep_what_was_typed(sign_in, owner, change, field, sentence):
    make_company("Rival", slug="rival")
    response = sign_in(owner).post(ADDRESS, DETAILS | change)
    form = response.context["form"]
    assert form.errors[field] == [sentence]
    assert form["address"].value() == DETAILS["address"]
    assert Company.objects.get(pk=owner.company_id).slug != change.get("slug")


def test_the_page_keeps_the_name_in_its_head_after_a_refusal(sign_in, owner):
    """A form that did not save must not change what the rest of the page says."""
    page = sign_in(owner).post(ADDRESS, DETAILS | {"name": "Other", "slug": "admin"}).content.decode()
    assert "<span>Lumi</span>" in page


def test_two_shops_that_take_one_address_at_once(sign_in, owner, monkeypatch):
    """Both looked when it was free; the database decides, and the form says so."""
    make_company("Rival", slug="lumi-shop")
    monkeypatch.setattr(forms, "clean_address", lambda slug, company=None: slug)
    monkeypatch.setattr(forms.CompanyForm, "validate_unique", lambda form: None)
    response = sign_in(owner).post(ADDRESS, DETAILS)
    assert response.context["form"].errors["slug"] == [
        "Another shop has this address. Please choose another."
    ]
    assert Company.objects.get(pk=owner.company_id).slug != "lumi-shop"


def test_fields_the_form_does_not_show_change_nothing(sign_in, owner):
    sign_in(owner).post(ADDRESS, DETAILS | {"is_demo": "on", "id": "77", "created_at": "2001-01-01"})
    company = Company.objects.get()
    assert (company.is_demo, company.pk, company.created_at.year > 2001) == (False, owner.company_id, True)


def test_an_owner_changes_only_the_shop_they_are_in(sign_in, owner, rival):
    sign_in(owner).post(ADDRESS, DETAILS | {"company": rival.company_id, "pk": rival.company_id})
    assert Company.objects.get(pk=rival.company_id).name == "Rival"


def test_addresses_are_unique_in_the_database_too(company):
    with pytest.raises(IntegrityError):
        make_company(slug=company.slug)
