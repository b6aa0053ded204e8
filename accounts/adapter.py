from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.validators import MaxLengthValidator
from django.urls import reverse

from accounts import signup
from accounts.models import User
from vault import fields


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return signup.is_open()

    def clean_email(self, email):
        """allauth lets through what does not fit its own column."""
        MaxLengthValidator(User._meta.get_field("email").max_length)(email)
        return email

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:profile")


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted like every other field that hurts."""

    def encrypt(self, text: str) -> str:
        return fields.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return fields.decrypt(encrypted_text)
