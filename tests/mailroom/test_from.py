"""Who a mail is from, who reads the answer, and how its two parts look."""

import re

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from django.core.mail import EmailMessage

from accounts import invitations
from accounts.models import Role
from mailroom.models import Mail
from mailroom.templatetags import mail_text
from tests.factories import make_member

pytestmark = pytest.mark.django_db
LINK = "http://localhost:8000/my/status/abc/"


def who(header) -> list[tuple]:
    return [(address.display_name, address.addr_spec) for address in header.addresses]


def html_of(message) -> str:
    return message.get_body(("html",)).get_content()


@pytest.mark.parametrize(
    "name",
    [
        "Lumi",
        "Lumi, Wool & Co.",
        'The "Best" Shop',
        "Łódź <Søn>",
        "متجر النور",
        "店铺",
        "a@b.example",
        "(Lumi); x:",
        "X" * 120,
    ],
)
def test_it_comes_from_the_shop_by_name_and_from_the_one_address(post, parsed, company, name):
    company.name = name
    assert who(parsed(post())["From"]) == [(name, "post@localhost")]


@pytest.mark.parametrize(
    "name", ["Lumi\r\nBcc: eve@evil.example", "Lumi\nX: y", "Lumi\u2028\x00", "\u202eimuL"]
)
def test_a_name_is_one_line_in_every_header(post, parsed, company, name):
    company.name = name
    message = parsed(post(reply_to=(name, "mika@lumi.example")))
    assert ([message[header] for header in ("Bcc", "X")], len(message["From"].addresses)) == ([None, None], 1)
    assert [address.addr_spec for address in message["Reply-To"].addresses] == ["mika@lumi.example"]


def test_the_answer_goes_to_the_person_responsible(post, parsed):
    assert who(parsed(post(reply_to=("Mika, S.", "mika@lumi.example")))["Reply-To"]) == [
        ("Mika, S.", "mika@lumi.example")
    ]


def test_else_to_the_contact_for_privacy_questions(post, parsed, company):
    assert who(parsed(post())["Reply-To"]) == [("Lumi", company.privacy_contact)]


def test_else_to_the_owner_who_came_first(post, parsed, company, manager, owner):
    make_member(company, Role.OWNER, "second@lumi.example")
    company.privacy_contact = ""
    assert who(parsed(post())["Reply-To"]) == [("Lumi", owner.email)]


def test_never_to_an_owner_who_has_left_or_not_come_in(post, parsed, company, owner):
    company.privacy_contact = ""
    type(owner).objects.update(user=None)
    assert parsed(post())["Reply-To"] is None


def test_our_own_mails_have_nobody_who_answers(post, parsed):
    assert parsed(post(company=None))["Reply-To"] is None


def test_a_machine_wrote_it_and_nobody_is_on_a_list(post, parsed):
    message = parsed(post())
    assert [message[name] for name in ("Auto-Submitted", "List-Unsubscribe")] == ["auto-generated", None]


def test_mails_of_packages_say_so_too(parsed, client):
    EmailMessage("Hello", "Text", None, ["ann@reader.example"]).send()
    assert parsed(Mail.objects.get())["Auto-Submitted"] == "auto-generated"


def test_an_invitation_is_answered_by_who_invited(parsed, company, owner):
    place = make_member(company, Role.HIRE, "new@lumi.example")
    type(place).objects.filter(pk=place.pk).update(user=None)
    place.refresh_from_db()
    invitations.send(place, by=owner)
    invitations.send(place, by=None)
    said = [who(parsed(mail)["Reply-To"]) for mail in Mail.objects.order_by("pk")]
    assert said == [[("Olga", owner.email)], [("", company.privacy_contact)]]


# -- the two parts


def test_the_page_has_no_table_no_picture_and_nothing_from_outside(post, parsed):
    html = html_of(parsed(post()))
    assert re.findall(r"<(?:table|img|script|link)\b|https?://(?!localhost)", html) == []


def test_styles_stand_at_each_piece(post, parsed):
    html = html_of(parsed(post(message="test_plain")))
    bare = re.findall(r"<(?:p|a|h1)(?![^>]*style=)[^>]*>", html)
    assert bare == []


def test_the_direction_stands_inside_too(post, parsed):
    assert html_of(parsed(post(language="ar"))).count('dir="rtl"') == 2


def test_a_shop_of_its_own_colour_has_its_buttons_in_it(post, parsed, company):
    company.accent, company.on_accent = "#1d4f91", "#ffffff"
    assert "background-color:#1d4f91;color:#ffffff" in html_of(parsed(post(message="test_plain")))


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("Hello Ann,\n\nyes.", [{"text": "Hello Ann,"}, {"text": "yes."}]),
        (f"Come in here:\n{LINK}\n\nBye", [{"text": "Come in here:"}, {"url": LINK}, {"text": "Bye"}]),
        (f"Answer: {LINK}", [{"text": f"Answer: {LINK}"}]),
        ("http://evil.example/x", [{"text": "http://evil.example/x"}]),
        ("\n\n\n", []),
    ],
)
def test_a_line_that_is_our_address_becomes_a_button(text, blocks):
    assert mail_text.blocks(text) == blocks


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Hello Ann,\n\nyour application has arrived.", "your application has arrived."),
        (f"مرحبا سارة،\n\n{LINK}\n\nوصل طلبك.", "وصل طلبك."),
        ("Hello,", ""),
        ("x" * 300, "x" * 120),
    ],
)
def test_what_stands_beside_the_subject(text, first):
    assert mail_text.first_sentence(text) == first


# -- mails of the sign-in pages: our words, both parts

SIGN_IN = {
    "account/email/password_reset_key": "Choose a new password",
    "account/email/unknown_account": "No account with this address",
    "account/email/account_already_exists": "You have an account already",
    "account/email/email_confirmation": "Please confirm your address",
    "account/email/email_confirmation_signup": "Please confirm your address",
    "account/email/email_changed": "You sign in with another address now",
    "account/email/email_confirm": "Your address is confirmed",
    "account/email/email_deleted": "An address was taken off your account",
    "account/email/password_changed": "Your password was changed",
    "account/email/password_reset": "Your password was changed",
    "account/email/password_set": "Your account has a password now",
    "mfa/email/recovery_codes_generated": "New recovery codes were made",
    "mfa/email/totp_activated": "Your second factor is on",
    "mfa/email/totp_deactivated": "A second factor was taken off",
    "mfa/email/webauthn_added": "A passkey was added",
    "mfa/email/webauthn_removed": "A passkey was taken off",
}


@pytest.fixture
def values(owner, settings):
    from django.utils import timezone

    links = dict.fromkeys(
        ("password_reset_url", "activate_url", "signup_url"), f"{settings.SITE_URL}/accounts/x/"
    )
    about = {"ip": "192.0.2.7", "user_agent": "Firefox <b>", "timestamp": timezone.now()}
    addresses = {
        "from_email": "old@lumi.example",
        "to_email": "new@lumi.example",
        "deleted_email": "old@lumi.example",
    }
    return {"user": owner.user, "email": owner.email, "code": "", **links, **about, **addresses}


@pytest.mark.parametrize("prefix", SIGN_IN)
def test_mails_about_signing_in_speak_our_words_in_both_parts(parsed, values, prefix, rf):
    with request_context(rf.get("/")):
        get_adapter().send_mail(prefix, "ann@reader.example", values)
    message = parsed(Mail.objects.get())
    text = message.get_body(("plain",)).get_content()
    assert (message["Subject"], who(message["From"])) == (SIGN_IN[prefix], [("Firsthire", "post@localhost")])
    assert re.findall(r"You're receiving|Thank you for using|Two-Factor|testserver|example\.com", text) == []
    assert text.startswith("Hello,")
    assert ("Firefox <b>" in html_of(message), "<html" in html_of(message)) == (False, True)


def test_a_reset_asked_for_on_the_page_arrives_with_its_button(client, owner, parsed):
    client.post("/accounts/password/reset/", {"email": owner.email})
    message = parsed(Mail.objects.get(recipient=owner.email))
    assert ">Open the page</a>" in html_of(message)
    assert "http://localhost:8000/accounts/password/reset/key/" in message.get_body(("plain",)).get_content()
