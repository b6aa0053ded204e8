"""The page of a job's list: two prompts, hours, every requirement with its "Refine"; saved together."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hiring import hours, requirements, suggestions
from hiring.hours_field import HoursField
from hiring.models import Job, Level, Requirement
from hiring.models.requirements import TestedIn

MOST_QUESTIONS, LONGEST_QUESTION = 6, 300
REFINED = ("why", "anchor_1", "anchor_3", "anchor_5", "weight", "tested_in", "questions", "kind")
WEIGHTS = (
    (1, gettext_lazy("1: decides only between two who are alike")),
    (2, gettext_lazy("2: counts a little")),
    (3, gettext_lazy("3: counts as much as most")),
    (4, gettext_lazy("4: counts more than most")),
    (5, gettext_lazy("5: what you would choose by if you had one thing only")),
)


class PromptsForm(forms.ModelForm):
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    cover_hours = HoursField(
        label=gettext_lazy("Hours to be covered"),
        help_text=gettext_lazy("Tick when somebody has to be there. Nobody is sorted or left out by it."),
    )

    class Meta:
        model = Job
        fields = ["good_at", "also_helps", "cover_hours"]
        widgets = {
            "good_at": forms.Textarea(attrs={"rows": 2}),
            "also_helps": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "good_at": gettext_lazy("For yourself, when you choose. It is not shown to applicants."),
            "also_helps": gettext_lazy(
                "Parcels, product texts, social media? Whatever it is belongs on the list."
            ),
        }

    def __init__(self, *args, counts=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision
        self.fields["cover_hours"].widget.counts = counts

    def values(self) -> dict:
        """What was changed."""
        if "good_at" not in self.data:
            return {}  # not from our page
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "seen"}


class RowForm(forms.ModelForm):
    """One requirement. What says the same as our suggestion, or nothing, stays empty in the row and is translated."""

    tested_in = forms.MultipleChoiceField(
        label=gettext_lazy("Where it is tested"),
        choices=TestedIn.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    weight = forms.TypedChoiceField(
        label=gettext_lazy("How much it counts"),
        choices=WEIGHTS,
        coerce=int,
        required=False,
        empty_value=None,
    )

    class Meta:
        model = Requirement
        fields = list(requirements.SAID)
        labels = {
            "why": gettext_lazy("Why it matters"),
            "anchor_1": gettext_lazy("What a 1 looks like"),
            "anchor_3": gettext_lazy("What a 3 looks like"),
            "anchor_5": gettext_lazy("What a 5 looks like"),
            "kind": gettext_lazy("Skill or quality"),
        }
        widgets = {
            "text": forms.Textarea(attrs={"class": "form-control fh-grows", "rows": 1}),
            "level": forms.Select(attrs={"class": "form-select"}),
            "why": forms.Textarea(attrs={"rows": 2}),
            "anchor_1": forms.Textarea(attrs={"rows": 2}),
            "anchor_3": forms.Textarea(attrs={"rows": 2}),
            "anchor_5": forms.Textarea(attrs={"rows": 2}),
            "questions": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {"questions": gettext_lazy("One a line, at most six.")}

    def __init__(self, data=None, *, row):
        self.row, self.code = row, f"r{row.pk}"
        self.was = {name: getattr(row, name) for name in requirements.SAID}
        # A line that came since the page was opened is not in what was posted: nothing is wrong with it.
        here = data if data is not None and f"{self.code}-text" in data else None
        super().__init__(here, prefix=self.code, instance=row)
        self.suggestion = row.suggestion
        self.name, self.reason = str(row.label), row.reason  # as they are kept
        self.initial |= {"text": self.name, "tested_in": list(row.places)}
        self.fields["text"].required = self.suggestion is None
        self.fields["kind"].required = self.fields["level"].required = False  # not sent is not changed
        if self.suggestion:
            self._show_ours()

    def _show_ours(self):
        """Our words stand in the fields until somebody writes their own."""
        ours = {
            "text": self.suggestion.name,
            "why": self.suggestion.why,
            "questions": "\n".join(map(str, self.suggestion.questions)),
        } | {f"anchor_{n}": text for n, text in self.suggestion.anchors.items()}
        for name, text in ours.items():
            self.fields[name].widget.attrs["placeholder"] = text

    @property
    def refined(self) -> bool:
        """Something behind the fold is wrong: it opens."""
        return any(name in self.errors for name in REFINED)

    def clean_weight(self):
        return self.cleaned_data["weight"] or self.was["weight"]

    def clean_kind(self):
        return self.cleaned_data["kind"] or self.was["kind"]

    def clean_level(self):
        return self.cleaned_data["level"] or self.was["level"]

    def clean_text(self):
        text = " ".join(self.cleaned_data["text"].split())
        return "" if self.suggestion and text == str(self.suggestion.name) else text

    def clean_tested_in(self):
        ours = self.suggestion.tested if self.suggestion else (TestedIn.INTERVIEW.value,)
        said = self.cleaned_data["tested_in"]
        return [] if set(said) == set(ours) else said

    def clean_questions(self):
        return clean_questions(self.cleaned_data["questions"])

    def values(self) -> dict:
        """What was changed. The weight follows the level unless it was chosen too."""
        if not self.is_bound:
            return {}
        said = {name: self.cleaned_data[name] for name in requirements.SAID}
        if said["level"] != self.was["level"] and said["weight"] == self.was["weight"]:
            said["weight"] = suggestions.WEIGHTS[said["level"]]
        return {name: value for name, value in said.items() if value != self.was[name]}


def clean_questions(text: str) -> str:
    """One a line without empty ones. Raises ValidationError."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_QUESTIONS:
        raise forms.ValidationError(
            ngettext("At most %(number)d question.", "At most %(number)d questions.", MOST_QUESTIONS)
            % {"number": MOST_QUESTIONS}
        )
    if any(len(line) > LONGEST_QUESTION for line in lines):
        raise forms.ValidationError(
            _("A question of more than %(number)d characters is two: split it.")
            % {"number": LONGEST_QUESTION}
        )
    return "\n".join(lines)


class AddForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Something else you look for"), max_length=200, required=False)
    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=Level.choices, initial=Level.NICE, required=False
    )

    def values(self) -> list[dict]:
        text, level = self.cleaned_data["text"], self.cleaned_data["level"] or Level.NICE
        return [{"text": text, "level": level, "weight": suggestions.WEIGHTS[level]}] if text else []


class ListPage:
    """All forms of the page as one; `counts`: how much was counted in each part of the week."""

    def __init__(self, job, data=None, *, counts=None):
        self.job, self.hours = job, hours.from_text(job.cover_hours)  # as they are kept
        self.prompts = PromptsForm(data, instance=job, counts=counts)
        self.rows = [RowForm(data, row=row) for row in requirements.listed(job)]
        self.add = AddForm(data, prefix="add")

    @property
    def forms(self) -> list:
        return [self.prompts, *self.rows, self.add]

    def is_valid(self) -> bool:
        bound = [form for form in self.forms if form.is_bound]
        return not [form for form in bound if not form.is_valid()]  # each says what is wrong with it

    @property
    def is_wrong(self) -> bool:
        return self.prompts.is_bound and any(form.errors for form in self.forms)

    def change(self) -> requirements.Change:
        rows = {form.row.pk: values for form in self.rows if (values := form.values())}
        return requirements.Change(job=self.prompts.values(), rows=rows, added=self.add.values())

    def named(self) -> list:
        """The forms as the page of a conflict shows them: every field says of which requirement it is."""
        for form in self.rows:
            for bound in form:
                bound.label = f"{form.name}: {bound.label}"
        return self.forms
