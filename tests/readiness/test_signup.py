import pytest
from django.urls import reverse

from accounts.models import Membership
from readiness import assessments
from tests.factories import PASSWORD
from tests.readiness.factories import BUSY, typed

SHOP = {"email": "olga@lumi.example", "password1": PASSWORD, "shop_name": "Lumi"}


@pytest.mark.django_db
def test_the_answer_moves_into_the_account(client):
    """From a stranger's check to the row of the new shop, the plan for the hours with it."""
    client.post(reverse("readiness:check"), typed())
    client.post(reverse("readiness:plan"), {"plan": "New photos"})
    client.post("/accounts/signup/?next=/hiring/start/", SHOP)
    owner = Membership.objects.get()
    row = assessments.latest(owner.company)
    assert (row.answers, row.plan, row.created_by) == (BUSY, "New photos", owner.user)
    assert client.get(reverse("readiness:answer")).url == reverse("readiness:show", args=[row.pk])
    assert assessments.SESSION not in client.session


@pytest.mark.django_db
def test_a_shop_without_answers_begins_without_a_result(client):
    client.post("/accounts/signup/", SHOP)
    assert assessments.latest(Membership.objects.get().company) is None
