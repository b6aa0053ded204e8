"""The day on which somebody wants to be asked again."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from readiness.fields import DayField
from readiness.reminders import FURTHEST


class AskAgainForm(forms.Form):
    on = DayField(label=_("Ask me again on"), error_messages={"required": _("Choose a day.")})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)

    def clean_on(self):
        day, today = self.cleaned_data["on"], localdate()
        if day <= today:
            raise ValidationError(_("This day is past. Choose one from tomorrow on."))
        if day > today + FURTHEST:
            raise ValidationError(_("That is more than two years away. Choose a nearer day."))
        return day
