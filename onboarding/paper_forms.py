"""Forms of bank, identity and tax numbers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from onboarding import iban
from onboarding.models import PaperKind

LEAST = {PaperKind.BANK: 5, PaperKind.IDENTITY: 4, PaperKind.TAX: 4}
HELP = {
    PaperKind.BANK: _("An IBAN, or the account number with what your bank puts before it."),
    PaperKind.IDENTITY: _("Only what payroll needs."),
    PaperKind.TAX: _("As it stands on your tax papers."),
}


class NumberForm(forms.Form):
    number = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, auto_id=f"{kind}_%s", **kwargs)
        self.kind = PaperKind(kind)
        self.fields["number"].label = self.kind.label
        self.fields["number"].help_text = HELP[self.kind]

    def clean_number(self):
        number = " ".join(self.cleaned_data["number"].split())
        if len(iban.compact(number)) < LEAST[self.kind]:
            raise forms.ValidationError(_("This is too short. Is something missing?"))
        if self.kind == PaperKind.BANK and iban.looks_like_one(number):
            if not iban.is_right(number):
                raise forms.ValidationError(_("This IBAN has a slip in it. Please compare it sign by sign."))
            return iban.compact(number)
        return number


class UntilForm(forms.Form):
    day = forms.DateField(
        label=_("Keep until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
