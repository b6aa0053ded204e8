"""The pages allauth brings: which of them open to strangers is written down here."""

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

# Pages for people who cannot be signed in yet.
OPEN = {
    "account_login",
    "account_logout",  # leads home
    "account_signup",
    "account_inactive",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_reset_password_from_key",
    "mfa_login_webauthn",  # hands out the challenge of a passkey
}
ARGUMENTS = {
    "account_confirm_email": {"key": "unknown"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "unknown"},
    "mfa_edit_webauthn": {"pk": 1},
    "mfa_remove_webauthn": {"pk": 1},
}
PREFIXES = ("account_", "mfa_")


def names() -> list:
    def walk(resolver):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                # Pages with a namespace are ours (onboarding:account_add); tests/routes has them.
                yield from () if pattern.namespace else walk(pattern)
            elif (pattern.name or "").startswith(PREFIXES):
                yield pattern.name

    return sorted(set(walk(get_resolver())))


def address(name) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return reverse(name, kwargs=ARGUMENTS[name])


def leads_to_sign_in(response) -> bool:
    return response.status_code == 302 and response.url.startswith("/accounts/login/")


def test_the_list_names_pages_that_exist():
    assert set(names()) >= OPEN


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(names()) - OPEN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_are_sent_to_sign_in(client, name, method):
    assert leads_to_sign_in(getattr(client, method)(address(name)))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(OPEN))
def test_open_pages_answer_without_signing_anybody_in(client, name):
    response = client.get(address(name))
    assert response.status_code in {200, 302}
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
@pytest.mark.parametrize("name", names())
def test_members_see_no_broken_page(sign_in, hire, name):
    response = sign_in(hire).get(address(name))
    assert response.status_code in {200, 302, 404, 405}, response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("name", names())
def test_looking_changes_nobodys_account(sign_in, hire, name):
    before = type(hire.user).objects.values().get(pk=hire.user_id)
    sign_in(hire).get(address(name))
    after = type(hire.user).objects.values().get(pk=hire.user_id)
    assert {**after, "last_login": None} == {**before, "last_login": None}


@pytest.mark.django_db
def test_confirming_an_address_takes_a_click(client, hire, settings):
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC

    row = EmailAddress.objects.create(user=hire.user, email="new@lumi.example")
    page = reverse("account_confirm_email", kwargs={"key": EmailConfirmationHMAC(row).key})
    client.get(page)
    client.head(page)
    row.refresh_from_db()
    assert not row.verified
    client.post(page)
    row.refresh_from_db()
    assert row.verified
