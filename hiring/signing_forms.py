"""The employer's own signature."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CountersignForm(forms.Form):
    name = forms.CharField(label=_("Your full name, as you sign"), max_length=200)
