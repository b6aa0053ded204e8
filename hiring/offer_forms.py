"""Forms of an offer: its terms, sending it, and what a candidate or somebody with a signed copy answers."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.typed import likely_day
from hiring.forms import area
from hiring.models import DeclineReason, Offer
from hiring.offers import DAYS, TERMS
from vault import files

WEEK = 60  # hours; more in one contract is a slip of the finger
NO_REASON = ("", pgettext_lazy("declining an offer", "I would rather not say"))


class OfferForm(forms.ModelForm):
    class Meta:
        model = Offer
        fields = list(TERMS)
        widgets = {
            "start_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "benefits": area(2),
            "description": area(3),
            "terms": area(6),
        }
        help_texts = {
            "terms": _(
                "Trial period, notice, holidays, sick leave. Ask a professional when you are not sure."
            ),
        }

    def clean_start_date(self):
        start = self.cleaned_data["start_date"]
        if start and start < date.today():  # noqa: DTZ011
            raise forms.ValidationError(_("This day is over already."))
        if start:
            likely_day(start)
        return start

    def clean_hours_week(self):
        hours = self.cleaned_data["hours_week"]
        if hours is not None and not 0 < hours <= WEEK:
            raise forms.ValidationError(_("A week of work has between 1 and 60 hours."))
        return hours

    def clean_pay(self):
        pay = self.cleaned_data["pay"]
        if pay is not None and pay <= 0:
            raise forms.ValidationError(_("Pay is more than nothing."))
        return pay

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in TERMS}


class SendForm(forms.Form):
    days = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=60, initial=DAYS)


class SignForm(forms.Form):
    name = forms.CharField(label=_("Your full name"), max_length=200)


class DeclineForm(forms.Form):
    """A no, with a reason of a closed list where they want to give one."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("declining an offer", "What was it?"),
        choices=[NO_REASON, *DeclineReason.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=pgettext_lazy("declining an offer", "Anything you want to tell us"),
        required=False,
        max_length=1_000,
        widget=area(2),
    )


class SignedForm(forms.Form):
    """Signed elsewhere: the copy."""

    name = forms.CharField(label=_("Signed by"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"] = files.FileField(
            label=_("The signed copy"), accept=files.DOCUMENTS, required=True
        )
