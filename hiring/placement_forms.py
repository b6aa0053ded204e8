"""What somebody notes of an advert that was posted."""

from datetime import timedelta

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LONGEST = timedelta(days=400)


class DayInput(forms.DateInput):
    def __init__(self):
        super().__init__({"type": "date"}, format="%Y-%m-%d")


class PlacementForm(forms.Form):
    """Filled in from the shop's list: posted today, at the list's price, for the days the price is for."""

    posted_on = forms.DateField(label=gettext_lazy("Posted on"), widget=DayInput())
    price = forms.DecimalField(
        max_digits=10,
        decimal_places=2,
        min_value=0,
        required=False,
        localize=True,
    )
    expires_on = forms.DateField(label=gettext_lazy("Runs until"), required=False, widget=DayInput())

    def __init__(self, data=None, *, code, entry=None, row=None, currency="", today=None):
        self.today = today or localdate()
        self.currency = (row and row.currency) or (entry.currency if entry else currency)
        # What is typed for one place is not read into the form of another.
        here = data if data is not None and data.get("place") == code else None
        super().__init__(here, prefix=code, initial=_noted(row) if row else self._usual(entry))
        self.fields["price"].label = _("Paid, %(currency)s") % {"currency": self.currency}

    def _usual(self, entry) -> dict:
        price = entry.price if entry else None
        days = entry.days if entry else None
        until = self.today + timedelta(days=days) if days else None
        return {"posted_on": self.today, "price": price, "expires_on": until}

    def clean_posted_on(self):
        day = self.cleaned_data["posted_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        if day < self.today - LONGEST:
            raise forms.ValidationError(_("This is more than a year ago. Is the year right?"))
        return day

    def clean(self):
        posted, until = self.cleaned_data.get("posted_on"), self.cleaned_data.get("expires_on")
        if posted and until and until < posted:
            self.add_error("expires_on", _("It cannot end before it was posted."))
        if until and until > self.today + LONGEST:
            self.add_error("expires_on", _("This is more than a year away. Is the year right?"))
        return self.cleaned_data

    @property
    def values(self) -> dict:
        """placements.DETAILS; of a valid form."""
        return self.cleaned_data | {"currency": self.currency}


def _noted(row) -> dict:
    return {"posted_on": row.posted_on, "price": row.price, "expires_on": row.expires_on}
