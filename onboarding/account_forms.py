"""Forms of the list of accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.why import Explained
from onboarding.models import AccountGiven
from onboarding.models.accounts_given import SHOP


class AddAccountForm(forms.Form):
    title = forms.CharField(label=_("What else do they sign in to?"), max_length=120)
    may = forms.CharField(label=_("What may it do?"), max_length=300, required=False)


class AccountForm(Explained, forms.ModelForm):
    """One account: where, and what it may do. Never a password."""

    WHY = {
        "title": _("So that everybody finds it again on the day it is taken back."),
        "may": _("As little as the work needs. No passwords here: those are nobody else's."),
        "refund_limit": _("Above it the new colleague asks first. Leave it empty for no refunds at all."),
    }

    title = forms.CharField(label=pgettext_lazy("account", "Where"), max_length=120)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    class Meta:
        model = AccountGiven
        fields = ["title", "may", "refund_limit"]
        widgets = {"may": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, data, *, row):
        # A copy of the row: what is typed is for accounts_given.change to write.
        copy = AccountGiven(title=row.label, may=row.rights, refund_limit=row.refund_limit)
        super().__init__(data, instance=copy, initial={"seen": row.revision})
        if row.key != SHOP:
            del self.fields["refund_limit"]
        else:
            money = row.currency or row.onboarding.company.currency
            self.fields["refund_limit"].label = _("Refunds up to, in %(money)s") % {"money": money}
            self.fields["refund_limit"].min_value = 0
        self.explain()

    def clean_refund_limit(self):
        limit = self.cleaned_data["refund_limit"]
        if limit is not None and limit < 0:
            raise forms.ValidationError(_("A limit is 0 or more."))
        return limit
