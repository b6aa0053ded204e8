"""The one field of "My calendar"."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring import calendar_fetching, calendar_reading


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("Private address of your calendar"),
        max_length=calendar_fetching.LONGEST,
        strip=True,
        help_text=_("It begins with https:// or webcal:// and mostly ends in .ics."),
        widget=forms.TextInput(
            attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false", "dir": "ltr"}
        ),
    )

    def clean_address(self) -> str:
        try:
            return calendar_fetching.target(self.cleaned_data["address"]).address
        except calendar_fetching.Unread as exc:
            raise forms.ValidationError(calendar_reading.sentence(exc.code)) from None
