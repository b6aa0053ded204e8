"""What people fill in around a work sample: whom it goes to, its words, the answers, the rating."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hiring import samples
from hiring.forms import TO_THEIR_FACE, area
from hiring.models import SampleLevel, SampleText, Stage
from hiring.samples_sending import DAYS


class SendForm(forms.Form):
    """`people` are those who can get one; asked-for changes are shown beside their names."""

    days = forms.IntegerField(
        label=gettext_lazy("Days to send it back"), min_value=2, max_value=30, initial=DAYS,
    )  # fmt: skip

    def __init__(self, *args, people, chosen=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people
        pks = [(str(row.pk), row.alias) for row in people]
        ticked = [str(row.pk) for row in people if (row.pk in chosen if chosen else row.stage == Stage.PHONE)]
        self.fields["who"] = forms.MultipleChoiceField(
            label=_("Who gets it"),
            choices=pks,
            initial=ticked,
            error_messages={"required": _("Choose at least one person.")},
        )
        self.fields["relaxed"] = forms.MultipleChoiceField(choices=pks, required=False)

    @property
    def rows(self) -> list[dict]:
        who, relaxed = ({str(pk) for pk in self[name].value() or []} for name in ("who", "relaxed"))
        asked = relaxed if self.is_bound else {str(row.pk) for row in self.people if row.adjustments}
        return [
            {"row": row, "ticked": str(row.pk) in who, "relaxed": str(row.pk) in asked} for row in self.people
        ]

    @property
    def chosen(self) -> list:
        wanted = set(self.cleaned_data["who"])
        return [row for row in self.people if str(row.pk) in wanted]

    @property
    def at_ease(self) -> set[int]:
        return {int(pk) for pk in self.cleaned_data["relaxed"]}


class TextForm(forms.ModelForm):
    """One of ours, or the shop's own words."""

    OWN = ("shop", "policy", "message_1", "points_1", "message_2", "points_2")
    NEEDED = ("policy", "message_1", "message_2")
    key = forms.ChoiceField(label=gettext_lazy("Which one"), widget=forms.RadioSelect)
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    class Meta:
        model = SampleText
        fields = ["key", "shop", "policy", "message_1", "points_1", "message_2", "points_2"]
        widgets = {
            "shop": area(2), "policy": area(7), "message_1": area(6), "points_1": area(3), "message_2": area(6),
            "points_2": area(3),
        }  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        ours = [(row.key, row.name) for row in samples.SETS]
        self.fields["key"].choices = [*ours, (samples.OWN, _("Our own words"))]
        self.initial["seen"] = self.instance.revision if self.instance.pk else 0

    def clean(self):
        data = super().clean()
        if data.get("key") == samples.OWN:
            for name in self.NEEDED:
                if name not in self.errors and not data.get(name, "").strip():
                    self.add_error(name, _("Your own sample needs this."))
        return data

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}


def as_own(key: str, language: str) -> dict:
    """One of our sets as a beginning for one's own words."""
    found = samples.texts(key, language)
    values = {"key": samples.OWN, "shop": found["shop"], "policy": found["policy"]}
    for n, message in enumerate(found["messages"], 1):
        values |= {f"message_{n}": message["text"], f"points_{n}": "\n".join(message["points"])}
    return values


class AnswerForm(forms.Form):
    """What the applicant writes. Either may be left empty; the page asks once whether that is meant."""

    answer_1 = forms.CharField(max_length=8_000, required=False, strip=False, widget=area(10))
    answer_2 = forms.CharField(max_length=8_000, required=False, strip=False, widget=area(10))
    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(self, *args, sample, **kwargs):
        initial = {"answer_1": sample.answer_1, "answer_2": sample.answer_2, "seen": sample.revision}
        super().__init__(*args, initial=initial, **kwargs)
        senders = [message["sender"] for message in sample.texts["messages"]]
        for n, sender in enumerate(senders, 1):
            words = _("Your answer to %(name)s") % {"name": sender} if sender else _("Your answer")
            self.fields[f"answer_{n}"].label = words
            self.fields[f"answer_{n}"].widget.attrs["dir"] = "auto"

    @property
    def answers(self) -> tuple[str, str]:
        data = self.cleaned_data
        return tuple(data[name] if data[name].strip() else "" for name in ("answer_1", "answer_2"))

    @property
    def empty(self) -> int:
        """How many answers have no word in them; of a valid form."""
        return sum(not answer for answer in self.answers)


LEVELS = SampleLevel.choices


class RatingForm(forms.Form):
    """Four anchored criteria, which questions were answered, and a note."""

    answered = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    note = forms.CharField(
        label=gettext_lazy("What made you choose these?"),
        max_length=2_000,
        required=False,
        help_text=TO_THEIR_FACE,
        widget=area(3),
    )

    def __init__(self, *args, sample, rating=None, **kwargs):
        super().__init__(*args, initial=self._initial(rating), **kwargs)
        self.messages = sample.texts["messages"]
        self.fields["answered"].choices = [
            (f"{n}-{m}", point)
            for n, message in enumerate(self.messages)
            for m, point in enumerate(message["points"])
        ]
        for criterion in samples.CRITERIA:
            self.fields[criterion.key] = forms.ChoiceField(
                label=criterion.name, choices=LEVELS, required=False, widget=forms.RadioSelect
            )

    @staticmethod
    def _initial(rating) -> dict:
        names = (*samples.KEYS, "answered", "note")
        return {name: getattr(rating, name) for name in names} if rating else {}

    @property
    def rows(self) -> list[tuple]:
        return [(criterion, self[criterion.key]) for criterion in samples.CRITERIA]

    @property
    def points(self) -> list[list[dict]]:
        """For each customer, what they wanted to know, and whether the rater found it answered."""
        ticked = set(self["answered"].value() or [])
        return [
            [
                {"value": f"{n}-{m}", "label": point, "ticked": f"{n}-{m}" in ticked}
                for m, point in enumerate(message["points"])
            ]
            for n, message in enumerate(self.messages)
        ]

    def values(self) -> dict:
        names = (*samples.KEYS, "answered", "note")
        return {name: self.cleaned_data[name] for name in names}
