"""An extra question as the shop writes it: its kind, its options one a line, the range of a number."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.why import Explained
from hiring import defaults, questions
from hiring.models import Question
from hiring.models.questions import CHOICES

OPTIONS, LONGEST = 50, 200


class QuestionForm(Explained, forms.ModelForm):
    WHY = {
        "kind": gettext_lazy("The form shows what fits: lines, a list, a calendar, a week to tick."),
        "hint": gettext_lazy("Stands in small print below the question."),
    }
    choices = forms.CharField(
        label=gettext_lazy("Options, one a line"),
        help_text=gettext_lazy(
            "An option you change later counts as a new one; who chose the old one keeps it."
        ),
        required=False,
        max_length=OPTIONS * (LONGEST + 2),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ["text", "kind", "choices", "unit", "least", "most", "hint", "seen"]

    class Meta:
        model = Question
        fields = ["text", "kind", "unit", "least", "most", "hint"]
        labels = {
            "text": gettext_lazy("What do you ask?"),
            "unit": gettext_lazy("Unit (optional)"),
            "least": gettext_lazy("Not below (optional)"),
            "most": gettext_lazy("Not above (optional)"),
            "hint": gettext_lazy("Hint (optional)"),
            "kind": gettext_lazy("How is it answered?"),
        }
        help_texts = {"unit": gettext_lazy("Such as hours, years, EUR a month.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        question = self.instance
        self.fields["text"].required = True
        if question.pk:
            self.initial["text"] = str(question.label)
        self.initial["choices"] = "\n".join(option["text"] for option in question.offered)
        self.initial["seen"] = questions.stamp(question)
        self.explain()

    def clean_text(self):
        """Our own question stays ours, in the language of whoever reads it, until its words are changed."""
        text, key = self.cleaned_data["text"], self.instance.key
        return "" if key and text == str(defaults.QUESTIONS[key]) else text

    def clean_choices(self):
        lines = [" ".join(line.split()) for line in self.cleaned_data["choices"].splitlines()]
        lines = list(dict.fromkeys(filter(None, lines)))
        if len(lines) > OPTIONS:
            raise forms.ValidationError(_("At most %(number)s options, please.") % {"number": OPTIONS})
        if any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(
                _("One of the lines is longer than %(number)s characters.") % {"number": LONGEST}
            )
        return lines

    def clean(self):
        data = super().clean()
        self._forget_what_is_hidden(data)
        if data.get("kind") in CHOICES and "choices" in data and len(data["choices"]) < 2:
            self.add_error("choices", _("Write at least two options, each on a line of its own."))
        least, most = data.get("least"), data.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("The highest number is below the lowest."))
        return data

    def _forget_what_is_hidden(self, data):
        """The page shows the fields of the chosen kind only: what was typed into the others before is not wrong."""
        if kind := data.get("kind"):
            uses = questions.USES.get(kind, ())
            for name, nothing in questions.NEEDLESS.items():
                if name not in uses:
                    field = "choices" if name == "options" else name
                    self.errors.pop(field, None)
                    data[field] = nothing

    @property
    def values(self) -> dict:
        """What questions.add and questions.change take."""
        data = {name: self.cleaned_data[name] for name in questions.SAID if name in self.cleaned_data}
        return data | {"options": self.cleaned_data["choices"]}
