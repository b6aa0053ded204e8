"""What people fill in on the decision memo, and before somebody is given something to read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring import extracts
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


class StrikeForm(forms.Form):
    """Every line that would be read out; those in somebody's own words with a field for why they are left out."""

    names = forms.BooleanField(label=_("With the names of those who wrote it"), required=False)

    def __init__(self, *args, sections, **kwargs):
        super().__init__(*args, auto_id="strike_%s", **kwargs)
        self.sections = sections
        for line in self._free():
            self.fields[line.key] = forms.CharField(
                label=_("Why it is left out"), required=False, max_length=200,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )  # fmt: skip

    @property
    def struck(self) -> dict[str, str]:
        """{key: why} of the lines that stay out."""
        keys = [line.key for line in self._free()]
        return {key: self.cleaned_data[key] for key in keys if self.cleaned_data.get(key)}

    def _free(self) -> list:
        return [line for section in self.sections for line in section.lines if line.free]

    @property
    def parts(self) -> list[dict]:
        """The sections with the field of each line."""
        return [
            {
                "title": section.title,
                "lines": [(line, self[line.key] if line.free else None) for line in section.lines],
            }
            for section in self.sections
        ]


class ExtractForm(forms.Form):
    """A qualification a line; nothing in it may tell who was hired."""

    text = forms.CharField(
        label=_("What they will read"), max_length=extracts.LONGEST, widget=area(12),
        help_text=_("One qualification a line. Take out whatever could tell who it is."),
        error_messages={"required": _("Write at least one line.")},
    )  # fmt: skip

    def __init__(self, *args, hired, **kwargs):
        super().__init__(*args, **kwargs)
        self.hired = hired

    def clean_text(self):
        text = self.cleaned_data["text"]
        if telling := extracts.gives_away(text, self.hired):
            raise forms.ValidationError(telling)
        return text
