"""The call, as it is written down while one talks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hiring import phone_agenda
from hiring.forms import TO_THEIR_FACE, area
from hiring.models import PhoneScreen
from hiring.models.judging import Mark

JUDGEMENTS = ("direct", "polite", "interested")
MARKS = [(Mark.MET, _("Met")), (Mark.NOT_MET, _("Not met")), (Mark.UNCLEAR, _("Still unclear"))]


class PhoneForm(forms.ModelForm):
    """`unclear` are requirements the CV left open: each gets a mark and a note."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    covered = forms.MultipleChoiceField(
        label=_("Talked about"),
        required=False,
        choices=list(phone_agenda.STEPS.items()),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = PhoneScreen
        fields = [
            "direct", "direct_note", "polite", "polite_note", "interested", "interested_note", "notes",
            "hours_note", "plans_note", "covered",
        ]  # fmt: skip
        widgets = {
            "direct": forms.RadioSelect,
            "polite": forms.RadioSelect,
            "interested": forms.RadioSelect,
            "notes": area(4),
            "hours_note": area(2),
            "plans_note": area(2),
        }
        help_texts = dict.fromkeys(("notes", "hours_note", "plans_note"), TO_THEIR_FACE)

    def __init__(self, *args, unclear=(), checks=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.unclear = list(unclear)
        for name in JUDGEMENTS:
            self.fields[name].choices = PhoneScreen._meta.get_field(name).choices
            self.fields[f"{name}_note"].widget.attrs["placeholder"] = _("Note")
            self.fields[f"{name}_note"].help_text = TO_THEIR_FACE
        for row in self.unclear:
            self._add_check(row, (checks or {}).get(row.pk, ("", "")))

    def _add_check(self, row, there):
        mark, note = there
        self.fields[f"check_{row.pk}"] = forms.ChoiceField(
            label=row.label, choices=MARKS, required=False, widget=forms.RadioSelect, initial=mark
        )
        self.fields[f"check_note_{row.pk}"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=500,
            initial=note,
            widget=forms.TextInput(attrs={"placeholder": _("Note")}),
        )

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def checks(self) -> dict:
        """{requirement pk: (mark, note)}"""
        given = self.cleaned_data
        return {row.pk: (given[f"check_{row.pk}"], given[f"check_note_{row.pk}"]) for row in self.unclear}

    @property
    def judgements(self):
        return [(self[name], self[f"{name}_note"]) for name in JUDGEMENTS]

    @property
    def open_points(self):
        return [(row, self[f"check_{row.pk}"], self[f"check_note_{row.pk}"]) for row in self.unclear]

    @property
    def ticked(self) -> list[str]:
        return self["covered"].value() or []
