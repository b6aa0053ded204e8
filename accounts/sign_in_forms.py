"""The forms of the sign-in package and its refusals in our words: those it brings have a tone of their own."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def _forgot() -> str:
    return format_html('<a href="{}">{}</a>', reverse("account_reset_password"), _("Forgot your password?"))


FORGOT = lazy(_forgot, str)()
LONG_ENOUGH = _("At least 12 characters. A few words are best.")


class Worded:
    """Labels and hints by field; no text inside the field, which goes as soon as somebody types."""

    WORDS: dict = {}
    HINTS: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)  # typed once, as at sign-up: who mistypes it asks for a new one
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.WORDS.get(name, field.label)
            field.help_text = self.HINTS.get(name, field.help_text)


class Login(Worded, account.LoginForm):
    WORDS = {"login": _("E-mail"), "password": _("Password")}
    HINTS = {"password": FORGOT}


class Reauthenticate(Worded, account.ReauthenticateForm):
    WORDS = {"password": _("Password")}
    HINTS = {"password": FORGOT}


class ChangePassword(Worded, account.ChangePasswordForm):
    WORDS = {"oldpassword": _("Your password now"), "password1": _("New password")}
    HINTS = {"oldpassword": FORGOT, "password1": LONG_ENOUGH}


class SetPassword(Worded, account.SetPasswordForm):
    WORDS = {"password1": _("New password")}
    HINTS = {"password1": LONG_ENOUGH}


class ResetPassword(Worded, account.ResetPasswordForm):
    WORDS = {"email": _("E-mail")}


class NewPassword(Worded, account.ResetPasswordKeyForm):
    WORDS = SetPassword.WORDS
    HINTS = SetPassword.HINTS


class ChangeAddress(Worded, account.AddEmailForm):
    WORDS = {"email": _("New address")}


CODE = {"code": _("Six digits, or a code on paper")}


class Authenticate(Worded, mfa.AuthenticateForm):
    WORDS = CODE


class ReauthenticateByCode(Worded, mfa.ReauthenticateForm):
    WORDS = CODE


class ActivateApp(Worded, totp.ActivateTOTPForm):
    WORDS = {"code": _("Six digits from the app")}


KEY_NAME = {"name": pgettext_lazy("of a key", "Name")}


class AddKey(Worded, webauthn.AddWebAuthnForm):
    WORDS = KEY_NAME | {"passwordless": _("Sign in with it alone, without the password")}
    HINTS = {"passwordless": _("It asks for your finger, face or code each time.")}


class RenameKey(Worded, webauthn.EditWebAuthnForm):
    WORDS = KEY_NAME


# What can go wrong at the door, by the package's own codes.
REFUSALS = {
    "account_inactive": _("This account is closed. Ask the owner of the shop, if that should not be so."),
    "cannot_remove_primary_email": _("You sign in with this address, so it stays until you have another."),
    "duplicate_email": _("This is your address already."),
    "email_password_mismatch": _("No account has this address and this password. Look at both once more."),
    "email_taken": _("Another account has this address."),
    "enter_current_password": _("This is not your password now."),
    "incorrect_password": _("This is not your password."),
    "invalid_login": _("No account has this address and this password. Look at both once more."),
    "invalid_or_expired_key": _("This link does not work any more."),
    "invalid_password_reset": _("This link does not work any more."),
    "rate_limited": _("That was a lot of tries. Please wait five minutes."),
    "same_as_current": _("This is what you have already."),
    "too_many_login_attempts": _("That was a lot of tries. Please wait five minutes."),
    "unverified_primary_email": _(
        "Please confirm this address first: follow the link in the mail we sent there."
    ),
    "incorrect_code": _(
        "This code does not fit. Codes of the app change every half minute: type the next one."
    ),
    "add_email_blocked": _("Turn your second factor off before you change the address."),
    "cannot_delete_authenticator": _("The shop asks everybody for a second factor, so this one stays on."),
    "cannot_generate_recovery_codes": _("Turn on the app or add a key first: the codes stand in for them."),
    "unverified_email": _("Please confirm your e-mail address first."),
}
# Ways to prove who one is, by the package's own names.
WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use the app or a code on paper"),
    "mfa_reauthenticate:webauthn": _("Use a passkey or security key"),
}
