"""What the numbers are of, and what the shop knows of its cost: read from the address, so that a page can be kept."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiring.models import Job

PERCENT = Decimal(100)


class NumbersForm(forms.Form):
    """`jobs`: a queryset of those this person may see. Nothing typed is right as well."""

    job = forms.ModelChoiceField(
        label=pgettext_lazy("which job the numbers are of", "Job"),
        queryset=Job.objects.none(),
        required=False,
        empty_label=_("All jobs"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    hours = forms.DecimalField(label=_("Your hours"), min_value=0, max_value=10_000, required=False)
    rate = forms.DecimalField(
        label=_("What an hour of yours is worth"), min_value=0, max_value=100_000, required=False
    )
    tools = forms.DecimalField(
        label=_("Tools and anything else"), min_value=0, max_value=10**8, required=False
    )
    loss = forms.DecimalField(
        label=_("What a wrong hire would cost"), min_value=0, max_value=10**10, required=False
    )
    chance = forms.DecimalField(label=_("How likely, in %"), min_value=0, max_value=100, required=False)

    def __init__(self, *args, jobs, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["job"].queryset = jobs.order_by("-pk")

    def amount(self, name) -> Decimal:
        return self.cleaned_data.get(name) or Decimal(0)

    @property
    def scenario(self) -> tuple[Decimal, Decimal] | None:
        """(what it would cost, how likely from 0 to 1), once both are said."""
        loss, chance = self.cleaned_data.get("loss"), self.cleaned_data.get("chance")
        return None if loss is None or chance is None else (loss, chance / PERCENT)
