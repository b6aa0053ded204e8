from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from accounts import sign_in_forms, signup
from accounts.addresses import absolute
from accounts.models import User
from vault import fields


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | sign_in_forms.REFUSALS

    def is_open_for_signup(self, request):
        return signup.is_open()

    def clean_email(self, email):
        """allauth lets through what does not fit its own column."""
        MaxLengthValidator(User._meta.get_field("email").max_length)(email)
        return email

    def send_mail(self, template_prefix, email, context):
        """The addresses in mails are the configured site's, whatever Host a browser sent."""
        ours = {
            name: _on_our_site(value) if name.endswith("_url") else value for name, value in context.items()
        }
        site = {"name": "Firsthire", "domain": urlsplit(settings.SITE_URL).netloc}
        super().send_mail(template_prefix, email, ours | {"current_site": site})

    def render_mail(self, template_prefix, email, context, headers=None):
        """Both parts, as every mail has them: the second is laid out from the text."""
        message = super().render_mail(template_prefix, email, context, headers)
        values = {"text": message.body, "subject": message.subject, "company": None}
        message.attach_alternative(render_to_string("emails/_from_text.html", values), "text/html")
        return message

    def get_reauthentication_methods(self, user):
        ways = super().get_reauthentication_methods(user)
        return [way | {"description": sign_in_forms.WAYS[way["id"]]} for way in ways]

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:profile")


def _on_our_site(url: str) -> str:
    return absolute(urlsplit(url)._replace(scheme="", netloc="").geturl())


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted like every other field that hurts."""

    error_messages = DefaultMFAAdapter.error_messages | sign_in_forms.REFUSALS

    def encrypt(self, text: str) -> str:
        return fields.encrypt(text)

    def generate_authenticator_name(self, user, type):
        """What stands in the field before anybody types."""
        return gettext("My key")

    def decrypt(self, encrypted_text: str) -> str:
        return fields.decrypt(encrypted_text)
