"""A script that sends a form is told where a redirect leads."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from vault.uploads import say_where


def answer(response, **headers):
    return say_where(lambda request: response)(RequestFactory().post("/", headers=headers))


def test_a_redirect_becomes_an_address():
    told = answer(HttpResponseRedirect("/done/?a=1"), X_Upload="1")
    assert (told.status_code, told["HX-Redirect"], "Location" in told) == (204, "/done/?a=1", False)


def test_what_the_answer_sets_stays_set():
    response = HttpResponseRedirect("/done/")
    response.set_cookie("kept", "1")
    assert answer(response, X_Upload="1").cookies["kept"].value == "1"


def test_without_the_script_a_redirect_stays_one():
    plain = answer(HttpResponseRedirect("/done/"))
    assert (plain.status_code, plain["Location"], "HX-Redirect" in plain) == (302, "/done/", False)


@pytest.mark.parametrize("status", [200, 403, 413, 422, 500])
def test_any_other_answer_is_the_page_itself(status):
    page = answer(HttpResponse("page", status=status), X_Upload="1")
    assert (page.status_code, page.content) == (status, b"page")


@pytest.mark.django_db
def test_the_notice_of_the_save_waits_for_the_page_it_leads_to(sign_in, owner):
    client = sign_in(owner)
    told = client.post("/accounts/company/look/", {"accent": "#b8400f"}, headers={"X-Upload": "1"})
    assert told.status_code == 204
    page = client.get(told["HX-Redirect"])
    assert [str(message) for message in page.context["messages"]] == ["Saved."]


@pytest.mark.django_db
def test_a_refusal_comes_as_the_page_with_its_sentence(sign_in, owner):
    page = sign_in(owner).post("/accounts/company/look/", {"accent": "red"}, headers={"X-Upload": "1"})
    assert page.status_code == 422
    assert "accent" in page.context["form"].errors


@pytest.mark.django_db
def test_somebody_signed_out_meanwhile_is_told_to_sign_in(client):
    told = client.post("/accounts/company/look/", {}, headers={"X-Upload": "1"})
    assert told["HX-Redirect"].startswith("/accounts/login/")
