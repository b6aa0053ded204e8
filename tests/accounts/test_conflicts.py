"""Two who edit the same thing: the second sees both versions, and says what counts."""

import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from accounts import conflicts
from accounts.forms import CompanyForm
from accounts.models import Company
from onboarding.forms import DetailsForm
from onboarding.models import Onboarding
from tests.onboarding.factories import make_onboarding

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def typed(form, **changes) -> dict:
    """What a browser sends of this unbound form when only `changes` were typed."""
    values = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else str(value) for name, value in values.items()} | changes


def use_mine(client, url, answer):
    fields = [pair for pair in HIDDEN.findall(answer.content.decode()) if pair[0] != "csrfmiddlewaretoken"]
    return client.post(url, dict(fields))


def details(plan):
    return DetailsForm(instance=Onboarding.objects.get(pk=plan.pk), invitation_waits=False)


@pytest.fixture
def shop(owner):
    return Company.objects.get(pk=owner.company_id)


def test_the_second_tab_of_the_shops_details_shows_both(shop, owner, sign_in):
    client, url = sign_in(owner), reverse("accounts:company")
    first, second = (
        typed(CompanyForm(instance=shop), name="One"),
        typed(CompanyForm(instance=shop), name="Two"),
    )
    assert client.post(url, first).status_code == 302
    answer = client.post(url, second)
    page = answer.content.decode()
    assert (answer.status_code, Company.objects.get(pk=shop.pk).name) == (409, "One")
    assert (">Two</p>" in page, ">One</p>" in page, page.count("<section")) == (True, True, 1)
    assert use_mine(client, url, answer).status_code == 302
    assert Company.objects.get(pk=shop.pk).name == "Two"


def test_a_choice_is_shown_by_its_name(shop, owner, sign_in):
    client, url = sign_in(owner), reverse("accounts:company")
    stale = typed(CompanyForm(instance=shop), language="fi")
    client.post(url, typed(CompanyForm(instance=shop), language="sv"))
    page = client.post(url, stale).content.decode()
    assert (">suomi</p>" in page, ">svenska</p>" in page) == (True, True)


def test_saving_nothing_makes_nobody_stale(shop, owner, sign_in):
    sign_in(owner).post(reverse("accounts:company"), typed(CompanyForm(instance=shop)))
    assert Company.objects.get(pk=shop.pk).revision == 1


def test_the_details_keep_what_another_page_set_meanwhile(shop, owner, sign_in):
    stale = typed(CompanyForm(instance=shop), name="One")
    Company.objects.filter(pk=shop.pk).update(is_demo=True)
    sign_in(owner).post(reverse("accounts:company"), stale)
    assert Company.objects.filter(pk=shop.pk, name="One", is_demo=True).exists()


def test_the_second_tab_of_a_first_day_shows_both(owner, hire, sign_in):
    plan = make_onboarding(owner.company, hire, owner)
    client, url = sign_in(owner), reverse("onboarding:details", args=[plan.pk])
    first, second = typed(details(plan), place="Door A"), typed(details(plan), place="Door B")
    client.post(url, first)
    answer = client.post(url, second)
    assert (answer.status_code, Onboarding.objects.get(pk=plan.pk).place) == (409, "Door A")
    use_mine(client, url, answer)
    assert Onboarding.objects.get(pk=plan.pk).place == "Door B"


@pytest.mark.parametrize(("seen", "raises"), [(None, False), (3, False), (2, True), (0, True), (4, True)])
def test_a_form_says_which_revision_it_was_made_from(seen, raises):
    row = Company(pk=1, revision=3)
    if raises:
        with pytest.raises(conflicts.Changed) as caught:
            conflicts.check(row, seen)
        assert caught.value.row is row
    else:
        assert conflicts.check(row, seen) is None


def test_what_was_posted_goes_along_without_the_token():
    data = QueryDict("csrfmiddlewaretoken=x&seen=1&a=1&a=2&b=")
    assert conflicts._posted(data, 7) == [("seen", "7"), ("a", "1"), ("a", "2"), ("b", "")]
