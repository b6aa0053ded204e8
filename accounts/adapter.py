from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.urls import reverse

from accounts import signup
from vault import fields


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        return signup.is_open()

    def get_password_change_redirect_url(self, request):
        return reverse("accounts:profile")


class MFAAdapter(DefaultMFAAdapter):
    """Second-factor secrets are encrypted like every other field that hurts."""

    def encrypt(self, text: str) -> str:
        return fields.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        return fields.decrypt(encrypted_text)
