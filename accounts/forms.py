from django import forms
from django.utils.translation import gettext_lazy as _


class ShopForm(forms.Form):
    shop_name = forms.CharField(label=_("Shop name"), max_length=120)

    def signup(self, request, user):
        """allauth's hook."""
