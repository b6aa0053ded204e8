"""What people fill in on the decision memo, and before somebody is given something to read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring.forms import TO_THEIR_FACE, area
from hiring.models import DecisionMemo


class MemoForm(forms.Form):
    """One's own words, made from a memo as it was (`seen` is its revision)."""

    why = forms.CharField(
        label=_("Why this person"), required=False, max_length=2_000, help_text=TO_THEIR_FACE, widget=area(4)
    )
    doubts = forms.CharField(
        label=_("What are you not sure of, and what do you do about it?"), required=False, max_length=2_000,
        widget=area(3),
    )  # fmt: skip
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, memo: DecisionMemo, **kwargs):
        initial = {"why": memo.why, "doubts": memo.doubts, "seen": memo.revision}
        super().__init__(*args, initial=initial, **kwargs)

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("why", "doubts")}
