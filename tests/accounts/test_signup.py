import pytest
from allauth.account.models import EmailAddress
from django.db import connection, transaction

from accounts import signup
from accounts.models import Company, Membership, Role, User
from tests.accounts.post import last_mail, link_in
from tests.factories import PASSWORD, make_company, make_member
from vault.models import TrailEntry

ADDRESS = "/accounts/signup/"
TOO_LONG = "Ensure this value has at most 254 characters (it has 272)."
SHOP = {"email": "olga@lumi.example", "password1": PASSWORD, "shop_name": "Lumi"}


@pytest.fixture
def hosting(settings):
    """An installation with mail, open to any shop."""
    settings.SIGNUP_OPEN = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def errors(response):
    return response.context["form"].errors


@pytest.mark.django_db
def test_the_form_asks_for_three_things_and_guesses_the_rest(client):
    page = client.get(ADDRESS, headers={"Accept-Language": "en-GB"}).content.decode()
    assert "United Kingdom · British Pound · London · English" in page
    assert page.count("asteriskField") == 3


@pytest.mark.django_db
def test_sign_up_makes_account_company_and_owner(client):
    response = client.post(ADDRESS, SHOP, headers={"Accept-Language": "fi"})
    assert response.url == "/"
    owner = Membership.objects.get()
    company = owner.company
    assert (owner.role, owner.email, owner.user.email) == (Role.OWNER, SHOP["email"], SHOP["email"])
    assert (company.name, company.slug, company.country, company.currency) == ("Lumi", "lumi", "FI", "EUR")
    assert (company.timezone, company.language, owner.user.language) == ("Europe/Helsinki", "fi", "fi")
    assert client.get("/accounts/team/").context["inside"][0]["member"] == owner


@pytest.mark.django_db
def test_where_no_mail_leaves_there_is_nothing_to_confirm(client):
    client.post(ADDRESS, SHOP)
    assert EmailAddress.objects.get().verified
    assert "waits to be confirmed" not in client.get("/accounts/email/").content.decode()


@pytest.mark.django_db
def test_what_was_chosen_counts_more_than_the_guess(client):
    place = {
        "country": "PL",
        "currency": "PLN",
        "timezone": "Europe/Warsaw",
        "language": "pl",
        "slug": "Sklep",
    }
    client.post(ADDRESS, SHOP | place, headers={"Accept-Language": "fi"})
    company = Company.objects.get()
    assert (company.country, company.currency, company.timezone) == ("PL", "PLN", "Europe/Warsaw")
    assert (company.language, company.slug) == ("pl", "sklep")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"email": "no address"}, "email", "Enter a valid email address."),
        ({"email": f"{'o' * 60}@{'l' * 60}.{'u' * 60}.{'m' * 60}.{'i' * 20}.example"}, "email", TOO_LONG),
        ({"shop_name": ""}, "shop_name", "This field is required."),
        (
            {"password1": "short"},
            "password1",
            "This password is too short. It must contain at least 12 characters.",
        ),
        ({"password1": "q1w2e3r4t5y6"}, "password1", "This password is too common."),
        ({"password1": "olga@lumi.example"}, "password1", "The password is too similar to the e-mail."),
        ({"slug": "admin"}, "slug", "This address is needed for something else. Please choose another."),
        ({"country": "XX"}, "country", "Select a valid choice. XX is not one of the available choices."),
        (
            {"timezone": "Mars/Base"},
            "timezone",
            "Select a valid choice. Mars/Base is not one of the available choices.",
        ),
    ],
)
def test_a_refused_form_says_why_and_makes_nothing(client, change, field, sentence):
    response = client.post(ADDRESS, SHOP | change)
    assert errors(response)[field] == [sentence]
    assert (User.objects.count(), Company.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_refused_place_is_shown_open_with_what_was_typed(client):
    page = client.post(ADDRESS, SHOP | {"slug": "admin"}).content.decode()
    assert 'value="admin"' in page
    assert "open>" in page
    assert 'value="Lumi"' in page


@pytest.mark.django_db
def test_fields_the_form_does_not_show_change_nothing(client):
    more = {
        "role": "hire",
        "is_demo": "on",
        "is_active": "",
        "company": "7",
        "session_epoch": "5",
        "is_admin": "1",
    }
    client.post(ADDRESS, SHOP | more)
    owner = Membership.objects.get()
    assert (owner.role, owner.company.is_demo) == (Role.OWNER, False)
    assert (owner.user.is_active, owner.user.session_epoch) == (True, 0)


@pytest.mark.django_db
def test_another_shops_address_is_refused(client, settings):
    settings.SIGNUP_OPEN = True
    make_company(slug="lumi")
    response = client.post(ADDRESS, SHOP | {"slug": "lumi"})
    assert errors(response)["slug"] == ["Another shop has this address. Please choose another."]


@pytest.mark.django_db
def test_the_second_shop_finds_the_door_closed(client, owner):
    assert "belongs to one shop" in client.get(ADDRESS).content.decode()
    assert "belongs to one shop" in client.post(ADDRESS, SHOP).content.decode()
    assert Company.objects.count() == 1


@pytest.mark.django_db
def test_the_sample_shop_keeps_the_door_open(client):
    make_company(is_demo=True)
    client.post(ADDRESS, SHOP)
    assert Company.objects.filter(is_demo=False).get().name == "Lumi"


@pytest.mark.django_db
def test_hosting_keeps_the_door_open(client, company, settings):
    settings.SIGNUP_OPEN = True
    client.post(ADDRESS, SHOP)
    assert Company.objects.count() == 2


@pytest.mark.django_db
def test_a_door_that_closes_meanwhile_makes_nothing(client, monkeypatch):
    """The view looked while it was open; the transaction looks again."""
    answers = iter([True, False])
    monkeypatch.setattr(signup, "is_open", lambda: next(answers))
    response = client.post(ADDRESS, SHOP)
    assert "belongs to one shop" in response.content.decode()
    assert (User.objects.count(), Company.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_other_apps_are_called_with_the_owner(client, monkeypatch):
    called = []
    monkeypatch.setattr(signup, "after_signup", [lambda request, membership: called.append(membership)])
    client.post(ADDRESS, SHOP)
    assert called == [Membership.objects.get()]


@pytest.mark.django_db(transaction=True)
def test_an_app_that_fails_leaves_no_half_shop(client, monkeypatch):
    def fails(request, membership):
        raise RuntimeError("the answer could not be moved")

    monkeypatch.setattr(signup, "after_signup", [fails])
    with pytest.raises(RuntimeError):
        client.post(ADDRESS, SHOP)
    assert (User.objects.count(), Company.objects.count(), EmailAddress.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_the_founding_is_in_the_trail(client):
    client.post(ADDRESS, SHOP)
    entry = TrailEntry.objects.get(action="company.founded")
    assert (entry.company_id, entry.actor_id) == (Company.objects.get().pk, User.objects.get().pk)


@pytest.mark.django_db
def test_known_and_unknown_addresses_get_the_same_answer(client, hosting, on_commit):
    known = make_member(make_company("Rival"), email="rita@rival.example")
    EmailAddress.objects.create(user=known.user, email=known.email, primary=True, verified=True)
    with on_commit():
        new = client.post(ADDRESS, SHOP)
        old = client.post(ADDRESS, SHOP | {"email": "rita@rival.example"})
    assert (new.status_code, new.url) == (old.status_code, old.url)
    assert User.objects.filter(email="rita@rival.example").count() == 1
    assert "lready" in last_mail("rita@rival.example").subject


@pytest.mark.django_db
def test_with_mail_the_address_is_confirmed_before_the_first_sign_in(client, hosting):
    client.post(ADDRESS, SHOP)
    assert client.get("/accounts/team/").status_code == 302
    path = link_in(last_mail(SHOP["email"]))
    client.get(path)
    assert not EmailAddress.objects.get().verified
    client.post(path)
    assert EmailAddress.objects.get().verified


@pytest.mark.django_db
def test_the_browsers_zone_makes_the_line_again(client):
    page = client.get("/accounts/place/", {"zone": "Europe/Warsaw"}).content.decode()
    assert "Poland · Polish Zloty · Warsaw · English" in page
    assert 'data-zone="Europe/Warsaw"' in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres
def test_two_shops_in_one_second_are_one(client):
    """The first sign-up is held open in another connection while the second one tries."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [signup.DOOR])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [signup.DOOR])
            assert cursor.fetchone() == (False,)
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            with pytest.raises(Exception, match="lock timeout"), signup.door():
                pass
            transaction.set_rollback(True)
    finally:
        other.close()
