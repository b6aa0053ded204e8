"""Composing a form of one's own questions, and filling one in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.typed import likely_day
from onboarding.filling import AT_MOST, KINDS, OPTIONS, YES_NO, Ask
from onboarding.forms import DATE

SHORT = 200


class QuestionsForm(forms.Form):
    """At most ten questions; a row without words is none."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, asks=(), seen=None, **kwargs):
        super().__init__(*args, initial=_as_typed(asks) | {"seen": seen}, **kwargs)
        for n in range(AT_MOST):
            self.fields |= _row(n)

    def rows(self):
        """(number, label, kind, options, required) of each row, as bound fields."""
        names = ("label", "kind", "options", "required")
        return [(n + 1, *(self[f"{name}_{n}"] for name in names)) for n in range(AT_MOST)]

    def clean(self):
        data = super().clean()
        rows = [{name: data.pop(f"{name}_{n}", None) for name in _row(0, "")} for n in range(AT_MOST)]
        asks = [_ask(row) for row in rows if row["label"]]
        for n, row in enumerate(rows):
            if row["label"] and row["kind"] == "choice" and not 2 <= len(_lines(row["options"])) <= OPTIONS:
                self.add_error(f"options_{n}", _("Give two to twelve answers, each on a line of its own."))
        if not asks and not self.errors:
            raise forms.ValidationError(_("Ask at least one question."))
        return data | {"asks": asks}


def _row(n, tail="_{}") -> dict:
    end = tail.format(n)
    options = forms.Textarea(attrs={"rows": 2, "class": "form-control"})
    return {
        f"label{end}": forms.CharField(
            label=gettext_lazy("Question"),
            max_length=SHORT,
            required=False,
            widget=forms.TextInput(attrs={"class": "form-control"}),
        ),
        f"kind{end}": forms.ChoiceField(
            label=gettext_lazy("Answered with"),
            choices=list(KINDS.items()),
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
        ),
        f"options{end}": forms.CharField(
            label=gettext_lazy("Answers to choose from, each on a line of its own"),
            max_length=1000,
            required=False,
            widget=options,
        ),
        f"required{end}": forms.BooleanField(
            label=gettext_lazy("Needs an answer"),
            required=False,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        ),
    }


def _as_typed(asks) -> dict:
    typed = {f"required_{n}": True for n in range(AT_MOST)}
    for n, ask in enumerate(asks):
        typed |= {f"label_{n}": ask.label, f"kind_{n}": ask.kind, f"required_{n}": ask.required}
        typed[f"options_{n}"] = "\n".join(ask.options)
    return typed


def _ask(row) -> Ask:
    options = _lines(row["options"]) if row["kind"] == "choice" else []
    return Ask(row["label"], row["kind"] or "text", options, bool(row["required"]))


def _lines(text) -> list[str]:
    """Each once, in the order they were typed."""
    lines = [line.strip()[:SHORT] for line in (text or "").splitlines()]
    return list(dict.fromkeys(line for line in lines if line))


class ComposeForm(QuestionsForm):
    title = forms.CharField(label=pgettext_lazy("of a step", "Title"), max_length=SHORT)
    body = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    due_on = forms.DateField(
        label=gettext_lazy("Due on"),
        widget=DATE,
        validators=[likely_day],
        help_text=gettext_lazy("Before the first day it may be filled in, and need not be."),
    )

    def above(self):
        return [self[name] for name in ("title", "body", "due_on")]


class FillForm(forms.Form):
    """The questions of one step. `cleaned_values()` in their order."""

    def __init__(self, *args, asks, values=(), **kwargs):
        super().__init__(*args, initial={f"answer_{n}": value for n, value in enumerate(values)}, **kwargs)
        for n, ask in enumerate(asks):
            self.fields[f"answer_{n}"] = FIELDS[ask.kind](ask)

    def cleaned_values(self) -> list:
        return [self.cleaned_data[name] for name in self.fields]


def _choice(ask, choices):
    return forms.ChoiceField(
        label=ask.label, choices=choices, required=ask.required, widget=forms.RadioSelect
    )


FIELDS = {
    "text": lambda ask: forms.CharField(
        label=ask.label,
        max_length=2000,
        required=ask.required,
        widget=forms.Textarea(attrs={"rows": 2}),
    ),
    "choice": lambda ask: _choice(ask, [(option, option) for option in ask.options]),
    "yes": lambda ask: _choice(ask, list(YES_NO.items())),
    "date": lambda ask: forms.DateField(
        label=ask.label, required=ask.required, widget=DATE, validators=[likely_birth]
    ),
}


def likely_birth(day):
    """A birthday may be a long time ago; what else is asked for lies nearer."""
    if not 1900 <= day.year <= 2200:
        raise forms.ValidationError(_("This day is very far away. Is the year right?"))
