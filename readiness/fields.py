"""Form fields that take what people type: any digits, a comma or a point, "I don't know"."""

import math

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.typed import plain_number, western

DONT_KNOW = "dont_know"


def parse_number(text):
    """A float from what was typed. ValueError when it is none."""
    return float(plain_number(text))


class NumberField(forms.CharField):
    """A number in its natural unit (the label says which) or None."""

    def __init__(self, *, low=0, high=10_000, **options):
        self.low, self.high = low, high
        options.setdefault("required", False)
        # Room for a slip of the finger, none for a book.
        super().__init__(max_length=30, strip=True, **options)
        self.error_messages["max_length"] = _("Write a number, such as 12 or 2.5.")
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            number = parse_number(text)
        except ValueError:
            raise ValidationError(_("Write a number, such as 12 or 2.5."), code="invalid") from None
        return self._in_range(number)

    def _in_range(self, number):
        if not math.isfinite(number) or not self.low <= number <= self.high:
            raise ValidationError(
                _("Write a number from %(low)s to %(high)s."),
                code="range",
                params={"low": self.low, "high": self.high},
            )
        return int(number) if number == int(number) else number

    def prepare_value(self, value):
        """As it may be typed again: neither rounded nor as a power of ten."""
        return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else value


class DayField(forms.DateField):
    """A day, in any digits; the browser's own calendar writes 2026-12-31."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def to_python(self, value):
        return super().to_python(western(value) if isinstance(value, str) else value)


class ChoiceField(forms.ChoiceField):
    """Radio buttons as large targets, the last of them "I don't know". Gives the value, or None."""

    widget = forms.RadioSelect

    def __init__(self, *, choices, number=False, **options):
        options.setdefault("required", False)
        self.number = number
        super().__init__(choices=[*choices, (DONT_KNOW, _("I don't know"))], **options)

    def clean(self, value):
        value = super().clean(value)
        if not value or value == DONT_KNOW:
            return None
        return parse_number(value) if self.number else value

    def prepare_value(self, value):
        return f"{value:g}" if isinstance(value, float) else value
