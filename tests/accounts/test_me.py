import pytest
from django.utils import timezone

from accounts.models import Company, Membership, Role, User
from tests.conftest import StrictClient
from tests.factories import PASSWORD, make_company, make_member, make_user

pytestmark = pytest.mark.django_db
ME = "/accounts/me/"


@pytest.fixture
def both(hire, rival):
    """Sara is a hire at Lumi and a manager at Rival."""
    return make_member(rival.company, Role.MANAGER, user=hire.user, name="Sara")


def test_the_account_in_one_place(sign_in, hire):
    page = sign_in(hire).get(ME).content.decode()
    for words in ("sara@lumi.example", "Change the password", "Turn it on", "Sign out elsewhere"):
        assert words in page


def test_name_language_and_zone_are_saved(sign_in, hire, both):
    client = sign_in(hire)
    client.post(ME, {"name": "Sara Sand", "language": "fi", "timezone": "Europe/Warsaw"})
    user = User.objects.get(pk=hire.user_id)
    assert (user.name, user.language, user.timezone) == ("Sara Sand", "fi", "Europe/Warsaw")
    assert set(Membership.objects.filter(user=user).values_list("name", flat=True)) == {"Sara Sand"}
    assert 'lang="fi"' in client.get(ME).content.decode()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"name": ""}, "name", "This field is required."),
        ({"language": "xx"}, "language", "Select a valid choice. xx is not one of the available choices."),
        (
            {"timezone": "Mars"},
            "timezone",
            "Select a valid choice. Mars is not one of the available choices.",
        ),
    ],
)
def test_refusals_say_why(sign_in, hire, change, field, sentence):
    form = {"name": "Sara", "language": "", "timezone": ""}
    response = sign_in(hire).post(ME, form | change)
    assert response.context["form"].errors[field] == [sentence]


def test_nothing_else_can_be_posted(sign_in, hire):
    more = {
        "email": "x@lumi.example",
        "role": "owner",
        "session_epoch": "9",
        "is_active": "",
        "password": "x",
    }
    sign_in(hire).post(ME, {"name": "Sara", "language": "", "timezone": ""} | more)
    user = User.objects.get(pk=hire.user_id)
    assert (user.email, user.session_epoch, user.is_active) == ("sara@lumi.example", 0, True)
    assert user.check_password(PASSWORD)
    assert Membership.objects.get(user=user).role == Role.HIRE


def test_signing_out_elsewhere_keeps_this_one(sign_in, hire):
    here, there = sign_in(hire), sign_in(hire)
    before = here.session.session_key
    here.post("/accounts/me/sign-out-others/")
    assert here.session.session_key != before
    assert here.get(ME).status_code == 200
    assert there.get(ME).status_code == 302


def test_the_switcher_lists_my_companies(sign_in, hire, both):
    page = sign_in(hire).get("/accounts/companies/").content.decode()
    assert "Go to Rival" in page
    assert page.count("You are here") == 1


def test_switching_changes_company_role_and_session_id(sign_in, hire, both):
    client = sign_in(hire)
    before = client.session.session_key
    assert client.get("/accounts/team/").status_code == 403
    assert client.post("/accounts/companies/", {"company": both.company_id}).url == "/"
    assert client.session.session_key != before
    assert "Rita" in client.get("/accounts/team/").content.decode()


@pytest.mark.parametrize("value", ["", "x", "987654321", "-1", "1e3", "9" * 40])
def test_no_company_of_that_number(sign_in, hire, value):
    assert sign_in(hire).post("/accounts/companies/", {"company": value}).status_code == 404


def test_no_way_into_a_company_of_others(sign_in, hire, rival):
    client = sign_in(hire)
    assert client.post("/accounts/companies/", {"company": rival.company_id}).status_code == 404
    session = client.session
    session["company"] = rival.company_id
    session.save()
    assert client.get("/accounts/me/").context["request"].company == hire.company


def test_a_company_one_was_removed_from_is_not_offered(sign_in, hire, both):
    both.removed_at = timezone.now()
    both.save()
    client = sign_in(hire)
    assert "Rival" not in client.get("/accounts/companies/").content.decode()
    assert client.post("/accounts/companies/", {"company": both.company_id}).status_code == 404


def alone() -> StrictClient:
    client = StrictClient()
    client.force_login(make_user("alone@lumi.example", name="Al"))
    return client


def test_somebody_without_company_may_open_one_where_that_is_open(settings, company):
    settings.SIGNUP_OPEN = True
    client = alone()
    assert "Or open one for a shop of your own" in client.get("/accounts/no-company/").content.decode()
    assert client.post("/accounts/no-company/", {"shop_name": "Alone"}).url == "/"
    place = Membership.objects.get(user__email="alone@lumi.example")
    assert (place.role, place.company.name, place.company.slug) == (Role.OWNER, "Alone", "alone")


def test_elsewhere_they_are_told_whom_to_ask(company):
    page = alone().get("/accounts/no-company/").content.decode()
    assert "Ask the owner of the shop to invite you again." in page
    assert "shop_name" not in page
    alone_post = StrictClient()
    alone_post.force_login(User.objects.get(email="alone@lumi.example"))
    alone_post.post("/accounts/no-company/", {"shop_name": "Alone"})
    assert Company.objects.count() == 1


def test_who_has_a_company_does_not_need_another(sign_in, hire):
    assert sign_in(hire).get("/accounts/no-company/").url == "/"


def test_the_chosen_language_stays_with_the_person(sign_in, hire):
    client = sign_in(hire)
    client.post("/accounts/language/", {"language": "sv", "next": ME})
    assert User.objects.get(pk=hire.user_id).language == "sv"
    client.post("/accounts/language/", {"language": "xx", "next": ME})
    assert User.objects.get(pk=hire.user_id).language == "sv"


def test_the_page_of_the_account_costs_the_same_with_more_companies(
    sign_in, hire, both, django_assert_num_queries
):
    client = sign_in(hire)
    client.get(ME)
    with django_assert_num_queries(5):
        client.get(ME)
    make_member(make_company("Third"), user=hire.user)
    with django_assert_num_queries(5):
        client.get(ME)
