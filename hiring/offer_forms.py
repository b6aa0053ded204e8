"""Forms of an offer: its terms, sending it, and what a candidate or somebody with a signed copy answers."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.typed import likely_day
from hiring import contract_templates
from hiring.forms import area
from hiring.models import Condition, ContractCheck, DeclineReason, Offer
from hiring.offers import CHECK, DAYS, TERMS, day_in, day_of
from vault import files

MOST_DAYS = 60  # an offer stands no longer than this
MOST_MONTHS = 24  # of probation
WEEK = 60  # hours; more in one contract is a slip of the finger
NO_REASON = ("", pgettext_lazy("declining an offer", "I would rather not say"))


class OfferForm(forms.ModelForm):
    """The terms. What some countries want named stands in `extras`, each with "does not apply"."""

    MAIN = (
        "job_title", "pay", "currency", "pay_period", "hours_week", "start_date", "place", "benefits", "description",
        "terms",
    )  # fmt: skip
    EXTRAS = (
        "end_date", "working_days", "probation_months", "notice", "leave_days", "training",
        "collective_agreement", "social_security", "conditions",
    )  # fmt: skip
    MAY_NOT_APPLY = ("benefits", *EXTRAS)

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    condition_codes = forms.MultipleChoiceField(
        label=_("The contract holds on these conditions"),
        choices=Condition,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Offer
        fields = [name for name in TERMS if name not in {"not_apply", "condition_codes"}]
        widgets = {
            "start_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "end_date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "benefits": area(2),
            "description": area(3),
            "conditions": area(2),
            "terms": area(6),
        }
        help_texts = {
            "terms": _(
                "Sick leave, secrets, changes, the law that counts. Ask a professional when you are not sure."
            ),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision if self.instance.pk else 0
        self.initial["condition_codes"] = self.instance.condition_codes
        for name in self.MAY_NOT_APPLY:
            self.fields[f"no_{name}"] = forms.BooleanField(
                label=_("There are none") if name == "benefits" else _("Does not apply"),
                required=False,
                initial=name in self.instance.not_apply,
            )

    def clean_start_date(self):
        start = self.cleaned_data["start_date"]
        if start and start < date.today():  # noqa: DTZ011
            raise forms.ValidationError(_("This day is over already."))
        if start:
            likely_day(start)
        return start

    def clean_end_date(self):
        end, start = self.cleaned_data["end_date"], self.cleaned_data.get("start_date")
        if end:
            likely_day(end)
        if end and start and end <= start:
            raise forms.ValidationError(_("The last day comes after the first."))
        return end

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

    def clean_probation_months(self):
        months = self.cleaned_data["probation_months"]
        if months is not None and months > MOST_MONTHS:
            raise forms.ValidationError(_("A probation longer than two years is no probation."))
        return months

    def clean_leave_days(self):
        days = self.cleaned_data["leave_days"]
        if days is not None and not 0 <= days <= 366:
            raise forms.ValidationError(_("A year has no so many days."))
        return days

    def clean(self):
        for name in self.MAY_NOT_APPLY:
            filled = self.cleaned_data.get(name) or (
                name == "conditions" and self.cleaned_data.get("condition_codes")
            )
            if filled and self.cleaned_data.get(f"no_{name}"):
                self.add_error(name, _("Either fill it in, or say that it does not apply."))

    @property
    def main(self):
        return [self[name] for name in self.MAIN]

    @property
    def extras(self):
        """[(field, "does not apply")], in the order of a contract."""
        return [(self[name], self[f"no_{name}"]) for name in self.EXTRAS]

    @property
    def opens_extras(self) -> bool:
        """Something there is filled in, or wrong."""
        names = [*self.EXTRAS, "condition_codes"]
        return any(self[name].errors or self[name].value() for name in names)

    def values(self) -> dict:
        not_apply = [name for name in self.MAY_NOT_APPLY if self.cleaned_data[f"no_{name}"]]
        return {name: self.cleaned_data[name] for name in TERMS if name != "not_apply"} | {
            "not_apply": not_apply
        }


class UntilForm(forms.Form):
    """The last day of an offer, where the shop is."""

    until = forms.DateField(
        label=_("They may answer until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, company, **kwargs):
        super().__init__(*args, **kwargs)
        self.company = company
        self.initial.setdefault("until", day_in(DAYS, company))

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < day_in(0, self.company):
            raise forms.ValidationError(_("This day is over already."))
        if until > day_in(MOST_DAYS, self.company):
            raise forms.ValidationError(_("An offer stands for two months at most."))
        return until


class SendForm(UntilForm):
    """The last look: until when it stands, and once where the words of the contract come from."""

    contract_check = forms.ChoiceField(
        label=_("Where do the words of the contract come from?"),
        choices=ContractCheck,
        widget=forms.RadioSelect,
    )
    signer = forms.CharField(
        label=_("Your name"),
        max_length=200,
        required=False,
        help_text=_("It stands below the contract as the signature of the shop."),
    )
    sign_later = forms.BooleanField(label=_("I sign after they have signed"), required=False)
    checked_who = forms.CharField(label=_("Who looked at it?"), max_length=200, required=False)
    checked_on = forms.DateField(
        label=_("When?"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args, offer, by, **kwargs):
        super().__init__(*args, company=offer.application.job.company, **kwargs)
        self.name = by.name.strip()
        self.unnamed = not self.name  # nobody asked a founder for it before
        if not self.unnamed:
            del self.fields["signer"]
        self.asks = not offer.contract_check
        if not self.asks:
            for name in CHECK:
                del self.fields[name]

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if day and day > day_in(0, self.company):
            raise forms.ValidationError(_("This day is still to come."))
        return day

    def clean(self):
        consultant = self.cleaned_data.get("contract_check") == ContractCheck.CONSULTANT
        if consultant and not self.cleaned_data.get("checked_who", "").strip():
            self.add_error("checked_who", _("Say who looked at it."))
        self.name = self.name or self.cleaned_data.get("signer", "").strip()
        if not self.name and not self.cleaned_data.get("sign_later"):
            self.add_error("signer", _("Write your name, or sign after they have signed."))

    def values(self) -> dict:
        """What offers.send takes."""
        check = {name: self.cleaned_data[name] for name in CHECK} if self.asks else None
        return {"until": self.cleaned_data["until"], "check": check}


class QuestionForm(forms.Form):
    text = forms.CharField(
        label=pgettext_lazy("about an offer", "Your question"), max_length=1_000, widget=area(3)
    )


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=pgettext_lazy("about an offer", "Your answer"), max_length=3_000, widget=area(3)
    )


class CommentForm(forms.Form):
    comment = forms.CharField(label=_("What should change?"), max_length=1_000, widget=area(2))


class TemplateForm(forms.Form):
    """A contract in the shop's own words: what stands for nothing is named with what was probably meant."""

    text = forms.CharField(
        label=_("The words of the contract"), max_length=30_000, widget=area(28), strip=False
    )
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def clean_text(self):
        text = self.cleaned_data["text"]
        if wrong := contract_templates.mistakes(text):
            raise forms.ValidationError(wrong)
        return text


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
    """Signed elsewhere: the copy, whose name is on it, and the day they wrote beside it where the shop is."""

    name = forms.CharField(label=_("Signed by"), max_length=200)
    signed_on = forms.DateField(
        label=pgettext_lazy("a signed copy", "Day of the signature"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer, self.company = offer, offer.application.job.company
        self.initial.setdefault("signed_on", day_in(0, self.company))
        self.fields["file"] = files.FileField(
            label=_("The signed copy"), accept=files.DOCUMENTS, required=True
        )

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > day_in(0, self.company):
            raise forms.ValidationError(_("This day is still to come."))
        if day < day_of(self.offer.created_at, self.company):
            raise forms.ValidationError(_("On this day the offer was not there yet."))
        return day
