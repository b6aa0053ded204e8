"""The page behind the link, in every hand it may fall into."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts import invitations, team
from accounts.models import Membership, Role, User
from mailroom import delivery
from tests.accounts.post import invitation_path, last_mail
from tests.factories import PASSWORD, make_member
from vault import links
from vault.models import Link

pytestmark = pytest.mark.django_db
IRIS = "iris@lumi.example"
COME_IN = {"name": "Iris Sand", "password": "a quiet lake at dawn"}


@pytest.fixture
def place(owner):
    return team.invite(company=owner.company, email=IRIS, name="Iris", role=Role.INTERVIEWER, by=owner)


@pytest.fixture
def path(place):
    return invitation_path(IRIS)


@pytest.fixture
def iris(rival):
    """Somebody who has an account with the invited address, from another company."""
    return make_member(rival.company, Role.HIRE, IRIS, name="Iris elsewhere")


def free(place):
    place.refresh_from_db()
    return place.user_id is None


def test_the_mail_says_who_where_and_as_what(place):
    mail = last_mail(IRIS)
    text = delivery.text_of(mail)
    assert mail.subject == "Olga invites you to Lumi"
    assert "Olga invites you to Lumi. Your role: Interviewer." in text
    assert f"The link is for {IRIS} only" in text
    assert "http://localhost:8000/my/invitation/" in text
    assert (mail.company, mail.about_kind, mail.about_id) == (place.company, "membership", place.pk)


def test_the_mail_speaks_the_shops_language_or_the_persons(owner, iris, monkeypatch):
    owner.company.language = "fi"
    monkeypatch.setattr(iris.user, "language", "pl")
    iris.user.save()
    for email in ("new@lumi.example", IRIS):
        team.invite(company=owner.company, email=email, name="", role=Role.HIRE, by=None)
    assert last_mail("new@lumi.example").language == "fi"
    assert last_mail(IRIS).language == "pl"


def test_names_cannot_add_headers_or_markup(owner):
    owner.company.name = "Lumi & <b>Co</b>\nBcc: x@evil.example"
    owner.name = "Ol\r\nga"
    place = team.invite(company=owner.company, email=IRIS, name="<i>I</i>", role=Role.HIRE, by=owner)
    mail = last_mail(IRIS)
    assert mail.subject == "Ol ga invites you to Lumi & <b>Co</b> Bcc: x@evil.example"
    assert b"\r\nBcc:" not in bytes(mail.body).partition(b"\r\n\r\n")[0]
    assert "<i>I</i>" not in invitations._mail(place.invitations.get(), "t").alternatives[0].content


def test_a_stranger_sees_the_address_and_one_password_field(client, path):
    page = client.get(path).content.decode()
    assert f"This invitation is for {IRIS}. Your role: Interviewer." in page
    assert 'value="Iris"' in page
    assert page.count('type="password"') == 1


def test_one_password_and_in(client, path, place):
    response = client.post(path, COME_IN)
    place.refresh_from_db()
    user = User.objects.get(email=IRIS)
    assert response.url == "/"
    assert (place.user, user.name) == (user, "Iris Sand")
    assert user.check_password(COME_IN["password"])
    assert client.get("/").context["request"].membership == place


def test_the_answered_mail_confirms_the_address(client, path, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.post(path, COME_IN)
    assert EmailAddress.objects.filter(email=IRIS, primary=True, verified=True).count() == 1
    assert client.get("/accounts/me/").context["form"].instance.email == IRIS


def test_invited_people_come_in_while_sign_up_is_closed(client, path, place):
    assert "belongs to one shop" in client.get("/accounts/signup/").content.decode()
    client.post(path, COME_IN)
    assert not free(place)


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        (
            {"password": "short"},
            "password",
            "This password is too short. It must contain at least 12 characters.",
        ),
        ({"password": "iris@lumi.example"}, "password", "The password is too similar to the e-mail."),
        ({"password": ""}, "password", "This field is required."),
        ({"name": ""}, "name", "This field is required."),
    ],
)
def test_a_refused_password_says_why(client, path, place, change, field, sentence):
    response = client.post(path, COME_IN | change)
    assert response.context["form"].errors[field] == [sentence]
    assert free(place)


def test_the_link_does_not_say_which_role_or_company_to_take(client, path, place, rival):
    client.post(path, COME_IN | {"role": "owner", "company": rival.company_id, "email": "evil@lumi.example"})
    place.refresh_from_db()
    assert (place.role, place.company_id, place.user.email) == (Role.INTERVIEWER, place.company_id, IRIS)
    assert Membership.objects.filter(company=rival.company).count() == 1


def test_looking_uses_nothing_up(client, path, place):
    for _ in range(3):
        client.get(path)
        client.head(path)
    assert Link.objects.get().used_at is None
    assert free(place)


def dead_links(owner, place):
    """One of each way for a link not to work."""
    subject = ("membership", place.pk)
    used, revoked, old, other = (
        links.mint(purpose=purpose, subject=subject, company_id=owner.company_id, days=days)
        for purpose, days in [("invitation", 1), ("invitation", 1), ("invitation", -1), ("status", 1)]
    )
    links.use(links.find(purpose="invitation", token=used))
    Link.objects.filter(pk=links.find(purpose="invitation", token=revoked).pk).update(
        revoked_at=timezone.now()
    )
    good = links.mint(purpose="invitation", subject=subject, company_id=owner.company_id, days=1)
    altered = good[:-1] + ("A" if good[-1] != "A" else "B")
    return {
        "used": used,
        "revoked": revoked,
        "old": old,
        "other": other,
        "altered": altered,
        "unknown": "x" * 43,
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_links_that_do_not_work_are_all_alike(client, owner, place, method):
    answers = {
        name: getattr(client, method)(f"/my/invitation/{token}/", COME_IN)
        for name, token in dead_links(owner, place).items()
    }
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({answer.content for answer in answers.values()}) == 1
    assert "does not work any more" in answers["used"].content.decode()
    assert free(place)


def test_a_link_is_used_once(client, path, place, sign_in):
    client.post(path, COME_IN)
    again = client.post(path, COME_IN)
    assert (again.status_code, User.objects.filter(email=IRIS).count()) == (404, 1)


def test_coming_in_ends_the_older_links_too(client, owner, path, place):
    team.invite_again(place, by=owner)
    client.post(invitation_path(IRIS), COME_IN)
    assert client.get(path).status_code == 404


def test_a_link_lives_14_days(client, path):
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=13, hours=23)):
        assert "This invitation is for" in client.get(path).content.decode()
    with time_machine.travel(now + timedelta(days=14, minutes=1)):
        assert client.get(path).status_code == 404


def test_an_invitation_taken_back_is_gone(client, owner, path, place):
    team.remove(place, by=owner)
    assert client.post(path, COME_IN).status_code == 404
    assert not User.objects.filter(email=IRIS).exists()


def test_a_page_of_a_link_is_kept_by_nobody(client, path):
    response = client.get(path)
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "no-store, private"
    assert response["X-Robots-Tag"] == "noindex"


def test_who_has_an_account_signs_in_and_comes_in(client, iris, path, place):
    assert "You have an account with this address already." in client.get(path).content.decode()
    response = client.post(path)
    assert response.url == "/accounts/login/?next=%2Faccounts%2Fcome-in%2F"
    response = client.post(response.url, {"login": IRIS, "password": PASSWORD, "next": "/accounts/come-in/"})
    assert response.url == "/accounts/come-in/"
    assert free(place)
    client.post("/accounts/come-in/")
    place.refresh_from_db()
    assert place.user == iris.user
    assert client.get("/").context["request"].membership == place


def test_a_password_alone_does_not_take_over_an_account(client, iris, path, place):
    client.post(path, COME_IN)
    iris.user.refresh_from_db()
    assert iris.user.check_password(PASSWORD)
    assert "_auth_user_id" not in client.session
    assert free(place)


def test_who_is_signed_in_already_just_comes_in(sign_in, iris, path, place):
    client = sign_in(iris)
    assert "Come in" in client.get(path).content.decode()
    assert free(place)
    assert client.post(path).url == "/"
    assert not free(place)


@pytest.mark.parametrize("who", ["owner", "rival", "hire"])
def test_another_person_is_told_so_and_cannot_come_in(sign_in, request, path, place, who):
    member = request.getfixturevalue(who)
    client = sign_in(member)
    for answer in (client.get(path), client.post(path)):
        assert f"You are signed in as {member.email}." in answer.content.decode()
    assert free(place)


def test_another_person_signs_out_there_and_stays_on_the_page(sign_in, hire, path):
    client = sign_in(hire)
    response = client.post(path, {"sign_out": ""})
    assert (response.url, response["Clear-Site-Data"]) == (path, '"cache"')
    assert 'type="password"' in client.get(path).content.decode()


def test_who_signed_in_as_somebody_else_cannot_come_in_there_either(client, iris, owner, path, place):
    client.post(path)
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    assert f"You are signed in as {owner.email}." in client.post("/accounts/come-in/").content.decode()
    assert free(place)


def test_nobody_waits_without_a_link(sign_in, iris, place):
    assert sign_in(iris).post("/accounts/come-in/").status_code == 404
    assert free(place)


def test_who_is_in_the_team_under_another_address_stays_as_they_are(sign_in, owner, hire, place, path):
    hire.user.email = IRIS
    hire.user.save()
    assert sign_in(hire).post(path).url == "/"
    assert free(place)


def test_forms_of_pages_without_referrer_are_taken(path, place):
    """Browsers call the origin of such a page "null"; the form's own token is still asked for."""
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.get(path)
    token = client.cookies["csrf"].value
    assert client.post(path, COME_IN, headers={"Origin": "null"}).status_code == 403
    assert free(place)
    sent = client.post(path, COME_IN | {"csrfmiddlewaretoken": token}, headers={"Origin": "null"})
    assert sent.url == "/"
    assert not free(place)


@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://testserver.evil.example"])
def test_other_pages_take_no_form_from_elsewhere(owner, origin):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.get("/accounts/login/")
    form = {"login": owner.email, "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["csrf"].value}
    assert client.post("/accounts/login/", form, headers={"Origin": origin}).status_code == 403
    assert client.post("/accounts/login/", form, headers={"Origin": "http://testserver"}).url == "/"
