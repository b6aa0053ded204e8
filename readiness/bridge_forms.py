"""Forms of a bridge plan."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.typed import likely_day
from readiness.fields import NumberField
from readiness.models import Bridge, BridgeStep, Provider


class DetailsForm(forms.Form):
    """Who helps and for how much is asked only where somebody from outside does."""

    provider = forms.ChoiceField(
        label=gettext_lazy("Who helps"),
        choices=[("", gettext_lazy("Not decided yet")), *Provider.choices],
        required=False,
    )
    fee = NumberField(label=gettext_lazy("Fee a month"), high=10**9)
    look_on = forms.DateField(
        label=gettext_lazy("Look again on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[likely_day],
    )

    def __init__(self, data=None, *, plan):
        initial = {"provider": plan.provider, "fee": plan.fee, "look_on": plan.look_on}
        super().__init__(data, initial=initial, use_required_attribute=False, label_suffix="")
        self.plan = plan
        if plan.fee is not None:
            self.initial["fee"] = float(plan.fee)
        if plan.kind != Bridge.OUTSOURCE:
            del self.fields["provider"], self.fields["fee"]
        else:
            self.fields["fee"].label = _("Fee a month, %(currency)s") % {"currency": plan.company.currency}

    def clean_fee(self):
        """As the column keeps it: cents, and nothing finer."""
        fee = self.cleaned_data["fee"]
        return None if fee is None else Decimal(str(fee)).quantize(Decimal("0.01"))

    def clean_look_on(self):
        day = self.cleaned_data["look_on"]
        if day != self.plan.look_on and day <= timezone.localdate():
            raise ValidationError(_("Choose a day to come."))
        return day

    def values(self) -> dict:
        kept = {"provider": self.plan.provider, "fee": self.plan.fee}
        return kept | self.cleaned_data


class StepForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Another step"),
        strip=True,
        validators=[
            MaxLengthValidator(BridgeStep._meta.get_field("text").max_length),
            ProhibitNullCharactersValidator(),
        ],
        error_messages={"required": gettext_lazy("Write what is to do.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, data=None):
        super().__init__(data, use_required_attribute=False, label_suffix="")
