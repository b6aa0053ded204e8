"""Forms of the set-up list."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.why import Explained
from onboarding.models import SetupItem

MOST_SEATS = 500


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=_("The address customers write to"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "placeholder": "support@"}),
    )


class DeskForm(forms.Form):
    name = forms.CharField(max_length=60)
    seats = forms.IntegerField(min_value=1, max_value=MOST_SEATS)

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names

    def clean_name(self):
        if self.cleaned_data["name"] not in self.names:
            raise forms.ValidationError(_("Choose one of the list."))
        return self.cleaned_data["name"]


class AddThingForm(forms.Form):
    title = forms.CharField(label=_("What else has to be ready?"), max_length=200)


class ThingForm(Explained, forms.ModelForm):
    """One thing in the shop's own words."""

    WHY = {
        "title": _("Our words are a suggestion; yours stay."),
        "note": _("A number, a name, a day: for yourself and whoever helps."),
        "link": _("So that nobody searches for the page twice."),
    }

    title = forms.CharField(label=pgettext_lazy("thing to set up", "What"), max_length=200)
    link = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    class Meta:
        model = SetupItem
        fields = ["title", "note", "link"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, data, *, item):
        # A copy of the row: what is typed is for setups.change to write.
        copy = SetupItem(title=item.label, note=item.note, link=item.link)
        super().__init__(data, instance=copy, initial={"seen": item.revision})
        self.explain()

    def clean_link(self):
        link = self.cleaned_data["link"]
        if link and not link.startswith(("http://", "https://")):
            raise forms.ValidationError(_("The link must begin with https://."))
        return link
