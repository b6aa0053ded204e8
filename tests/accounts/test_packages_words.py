"""Everything the sign-in package shows, says or sends is in our words: none of its own templates is ever used."""

import re
from pathlib import Path

import allauth
import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template import engines
from django.test.signals import template_rendered

from accounts import sign_in_forms
from accounts.adapter import AccountAdapter, MFAAdapter
from tests.accounts.keys import make_key
from tests.accounts.test_packages_pages import address, names
from tests.accounts.test_second_factor import code, prove, turn_on
from tests.conftest import StrictClient
from tests.factories import PASSWORD

OURS = settings.BASE_DIR / "templates"
THEIRS = Path(allauth.__file__).parent / "templates"
# What no setting of ours lets anybody reach, by what it is for.
UNREACHED = {
    "account/base_confirm_code.html",  # codes by mail instead of links
    "account/confirm_email_verification_code.html",
    "account/confirm_login_code.html",
    "account/confirm_password_reset_code.html",
    "account/request_login_code.html",
    "account/email/email_confirmation_signup_message.txt",
    "account/email/email_confirmation_signup_subject.txt",
    "account/email/login_code_message.txt",
    "account/email/login_code_subject.txt",
    "account/email/password_reset_code_message.txt",
    "account/email/password_reset_code_subject.txt",
    "account/messages/login_code_sent.txt",
    "account/base_manage_phone.html",  # telephone numbers
    "account/confirm_phone_verification_code.html",
    "account/phone_change.html",
    "account/messages/phone_verification_sent.txt",
    "account/messages/phone_verified.txt",
    "account/email.html",  # several addresses: ACCOUNT_CHANGE_EMAIL keeps one
    "account/snippets/warn_no_email.html",
    "account/verified_email_required.html",  # a decorator we do not use
    "account/signup_by_passkey.html",  # accounts have a password
    "mfa/webauthn/signup_form.html",
    "mfa/trust.html",  # browsers are not trusted instead of a factor
    "account/snippets/already_logged_in.html",  # social sign-in
    # Between its pages and the layouts; ours extend the layouts.
    "account/base_entrance.html",
    "account/base_manage.html",
    "account/base_manage_email.html",
    "account/base_manage_password.html",
    "mfa/base_entrance.html",
    "mfa/base_manage.html",
    "mfa/recovery_codes/base.html",
    "mfa/totp/base.html",
    "mfa/webauthn/base.html",
}


def of_package() -> set[str]:
    files = [path for app in ("account", "mfa") for path in (THEIRS / app).rglob("*") if path.is_file()]
    return {str(path.relative_to(THEIRS)) for path in files}


def ours() -> set[str]:
    return {name for name in of_package() if (OURS / name).is_file()}


def test_each_template_of_the_package_is_ours_or_out_of_reach():
    assert of_package() - ours() == UNREACHED


def test_nothing_of_ours_is_written_for_what_nobody_reaches():
    assert UNREACHED & ours() == set()


def test_each_of_ours_is_the_one_that_is_found():
    found = {name: engines["django"].get_template(name).origin.name for name in ours()}
    assert found == {name: str(OURS / name) for name in ours()}


@pytest.fixture
def used():
    """The files of all templates rendered during the test."""
    found = []

    def note(sender, template, **kwargs):
        found.append(template.origin.name)

    template_rendered.connect(note)
    yield found
    template_rendered.disconnect(note)


@pytest.fixture
def theirs(used):
    return lambda: sorted({name for name in used if name.startswith(str(THEIRS))})


@pytest.fixture
def secured(owner):
    """The owner, signed in, with an app and codes on paper."""
    client = StrictClient()
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    client.secret = turn_on(client)
    return client


@pytest.mark.django_db
def test_pages_for_strangers_are_ours(client, theirs):
    for name in names():
        client.get(address(name), follow=True)
    assert theirs() == []


@pytest.fixture
def pages(secured, owner):
    """name -> what a member with every kind of factor gets."""
    key = make_key(owner.user)

    def look(name):
        page = address(name).replace("/1/", f"/{key.pk}/") if "webauthn" in name else address(name)
        return secured.get(page, follow=True)

    # Signing out would end the walk.
    return {name: look(name) for name in names() if name != "account_logout"}


PLAIN = re.compile(
    r"authenticator|reauthenticate|recovery code|two-factor|passwordless|e-?mail address\(es\)"
)


@pytest.mark.django_db
def test_pages_for_members_are_ours_and_speak_plainly(theirs, pages):
    assert theirs() == []
    texts = {
        name: re.sub(r"<script.*?</script>|<[^>]*>", " ", page.content.decode().lower(), flags=re.S)
        for name, page in pages.items()
    }
    assert {name: PLAIN.findall(text) for name, text in texts.items() if PLAIN.search(text)} == {}
    assert {page.status_code for page in pages.values()} <= {200, 404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/accounts/2fa/reauthenticate/", "/accounts/2fa/webauthn/reauthenticate/"])
def test_proving_it_by_a_factor_is_ours(secured, owner, theirs, page):
    make_key(owner.user)
    html = secured.get(page).content.decode()
    assert "Is it still you?" in html
    assert theirs() == []


@pytest.mark.django_db
def test_the_ways_to_prove_it_have_our_names(secured, owner):
    make_key(owner.user)
    html = secured.get("/accounts/reauthenticate/").content.decode()
    assert "Use the app or a code on paper" in html
    assert "Use a passkey or security key" in html


@pytest.mark.django_db
def test_the_second_step_of_signing_in_is_ours(secured, owner, theirs):
    other = StrictClient()
    to = other.post("/accounts/login/", {"login": owner.email, "password": PASSWORD}, follow=True)
    assert "Your second factor" in to.content.decode()
    assert theirs() == []


@pytest.mark.django_db
def test_codes_on_paper_are_shown_saved_and_renewed(secured, theirs):
    shown = secured.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    saved = secured.get("/accounts/2fa/recovery-codes/download/").content.decode().strip().split("\n")
    assert (saved[0][:10], saved[2:]) == ("Firsthire:", shown)
    renewed = secured.post("/accounts/2fa/recovery-codes/generate/", follow=True)
    assert not set(renewed.context["unused_codes"]) & set(shown)
    assert theirs() == []


@pytest.mark.django_db
def test_used_up_codes_say_so(secured, owner):
    codes = Authenticator.objects.get(user=owner.user, type="recovery_codes").wrap()
    for each in codes.get_unused_codes():
        codes.validate_code(each)
    assert "You have used them all." in secured.get("/accounts/2fa/recovery-codes/").content.decode()


@pytest.mark.django_db
def test_a_key_is_listed_renamed_and_removed(secured, owner, theirs):
    key = make_key(owner.user)
    assert "Not used yet." in secured.get("/accounts/2fa/webauthn/").content.decode()
    renamed = secured.post(f"/accounts/2fa/webauthn/keys/{key.pk}/edit/", {"name": "Desk"}, follow=True)
    assert "Desk" in renamed.content.decode()
    asked = secured.get(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/").content.decode()
    assert "Remove “Desk”?" in asked
    secured.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
    assert "You have none yet." in secured.get("/accounts/2fa/webauthn/").content.decode()
    assert theirs() == []


def words(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.django_db
def test_messages_are_ours_and_name_nobody(client, owner, theirs):
    signed = client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD}, follow=True)
    assert words(signed) == ["You are signed in."]
    changed = client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": "another long sentence"},
        follow=True,
    )
    assert words(changed) == ["Your new password counts from now on."]
    out = client.post("/accounts/logout/", follow=True)
    assert words(out) == ["You are signed out."]
    assert theirs() == []


@pytest.mark.django_db(transaction=True)
def test_messages_of_factors_are_ours(client, owner, theirs):
    client.post("/accounts/login/", {"login": owner.email, "password": PASSWORD})
    client.get("/accounts/me/")
    prove(client)
    client.get("/accounts/2fa/totp/activate/")
    on = client.post(
        "/accounts/2fa/totp/activate/", {"code": code(client.session["mfa.totp.secret"])}, follow=True
    )
    # The same moment makes the codes on paper, too.
    assert words(on)[0] == "The app is on: signing in asks for its six digits from now on."
    off = client.post("/accounts/2fa/totp/deactivate/", follow=True)
    assert words(off) == ["The app is off."]
    assert theirs() == []


@pytest.mark.django_db
def test_changing_the_address_is_ours(sign_in, owner, theirs):
    client = sign_in(owner)
    asked = client.post("/accounts/email/", {"email": "new@lumi.example", "action_add": ""}, follow=True)
    assert words(asked) == ["We sent you a mail. Follow its link to confirm the address."]
    row = EmailAddress.objects.get(email="new@lumi.example")
    done = client.post(f"/accounts/confirm-email/{EmailConfirmationHMAC(row).key}/", follow=True)
    assert "Your address is confirmed." in words(done)
    assert theirs() == []


@pytest.mark.django_db
def test_mails_are_ours(client, owner, theirs):
    client.post("/accounts/password/reset/", {"email": owner.email})
    client.post("/accounts/password/reset/", {"email": "nobody@lumi.example"})
    assert theirs() == []


REFUSED = [
    ("/accounts/login/", {"login": "olga@lumi.example", "password": "wrong"}, "__all__",
     "No account has this address and this password. Look at both once more."),
    ("/accounts/login/", {"login": "nobody@lumi.example", "password": "wrong"}, "__all__",
     "No account has this address and this password. Look at both once more."),
    ("/accounts/reauthenticate/", {"password": "wrong"}, "password", "This is not your password."),
    ("/accounts/password/change/", {"oldpassword": "wrong", "password1": "another long sentence"}, "oldpassword",
     "This is not your password now."),
]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(("page", "typed", "field", "sentence"), REFUSED)
def test_refusals_are_ours(client, sign_in, owner, page, typed, field, sentence):
    visitor = client if "login" in page else sign_in(owner)
    assert visitor.post(page, typed).context["form"].errors[field] == [sentence]


@pytest.mark.parametrize("adapter", [AccountAdapter, MFAAdapter])
def test_every_refusal_of_the_package_has_our_words(adapter):
    # Names and telephone numbers are not what anybody signs in with here.
    of_others = {code for code in adapter.error_messages if "phone" in code or "username" in code}
    of_others |= {"max_email_addresses", "select_only_one", "unknown_email"}
    assert set(adapter.error_messages) - of_others <= set(sign_in_forms.REFUSALS)


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_fields_carry_a_label_and_no_text_inside(client, page):
    form = client.get(page).context["form"]
    assert [name for name, field in form.fields.items() if "placeholder" in field.widget.attrs] == []
    assert [
        name for name, field in form.fields.items() if not field.label and not field.widget.is_hidden
    ] == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "pl", "ar", "zh-hans"])
def test_pages_of_the_door_open_in_each_language(client, language):
    for page in ("/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"):
        assert client.get(page, headers={"Accept-Language": language}).status_code == 200


@pytest.mark.django_db
def test_each_page_has_one_clear_button(client, sign_in, owner, settings):
    """One filled button: what most people came for."""
    settings.SIGNUP_OPEN = True
    member = sign_in(owner)
    for visitor, page in [
        (client, "/accounts/login/"),
        (client, "/accounts/signup/"),
        (client, "/accounts/password/reset/"),
        (member, "/accounts/logout/"),
        (member, "/accounts/password/change/"),
        (member, "/accounts/email/"),
        (member, "/accounts/reauthenticate/"),
        (member, "/accounts/2fa/"),
        (member, "/accounts/2fa/webauthn/"),
    ]:
        main = visitor.get(page).content.decode().partition("<main")[2].partition("</main>")[0]
        assert (page, len(re.findall(r'class="btn btn-primary', main))) == (page, 1)
