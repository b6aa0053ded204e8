"""A scorecard as a form: what was said, a level for each skill, a recommendation without a middle."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hiring import interview_questions
from hiring.forms import TO_THEIR_FACE, area
from hiring.interview_questions import Asked
from hiring.models import Recommendation, WhyAmended

NO_EVIDENCE = "none"
LEVELS = [*((str(n), str(n)) for n in range(1, 6)), (NO_EVIDENCE, _("No evidence"))]


class ScorecardForm(forms.Form):
    """A rating on every requirement, a recommendation without a middle, and one sentence on trust.

    `card` is what was kept; `asking` that there is room for an answer to each question; `handing_in` that the card is
    to be complete. An amendment (`amending`) says why.
    """

    seen = forms.CharField(required=False, max_length=30, widget=forms.HiddenInput)
    recommendation = forms.ChoiceField(
        label=_("Recommendation"), choices=Recommendation, required=False, widget=forms.RadioSelect
    )
    trust = forms.CharField(
        label=_("Would you let them answer your best customer alone? Why?"),
        required=False,
        max_length=2_000,
        widget=area(3),
        help_text=TO_THEIR_FACE,
    )
    reason = forms.ChoiceField(
        label=_("Why do you change it?"), choices=WhyAmended, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, requirements, card=None, amending=False, handing_in=False, **kwargs):
        super().__init__(*args, initial=self._initial(card), **kwargs)
        self.requirements, self.handing_in, self.amending = requirements, handing_in, amending
        self.asked = self._asked(card)
        if not amending:
            del self.fields["reason"]
        for row in requirements:
            self._add(row)

    def _add(self, row):
        self.fields[f"level_{row.pk}"] = forms.ChoiceField(
            label=row.label, choices=LEVELS, required=False, widget=forms.RadioSelect
        )
        self.fields[f"note_{row.pk}"] = forms.CharField(
            label=_("What did you see or hear?"), required=False, max_length=1_000, widget=area(2)
        )
        for asked in self.asked[row.pk]:
            self.fields[f"said_{row.pk}_{asked.code}"] = forms.CharField(
                label=asked.text, required=False, max_length=2_000, widget=area(1)
            )

    def _asked(self, card) -> dict[int, list[Asked]]:
        """Every question that has an answer stays, also when the list has other questions by now."""
        found = {
            row.pk: {
                asked.code: asked for asked in interview_questions.of(row) + interview_questions.more(row)
            }
            for row in self.requirements
        }
        for answer in card.answers.all() if card else ():
            if answer.requirement_id in found:
                there = found[answer.requirement_id]
                there.setdefault(answer.code, Asked(answer.code, answer.question))
        return {pk: list(asked.values()) for pk, asked in found.items()}

    @staticmethod
    def _initial(card) -> dict:
        if card is None:
            return {}
        values = {"recommendation": card.recommendation, "trust": card.trust, "seen": card.stamp}
        if card.is_draft:
            values["reason"] = card.reason
        for rating in card.ratings.all():
            level = "" if rating.unrated else str(rating.level or NO_EVIDENCE)
            values[f"level_{rating.requirement_id}"] = level
            values[f"note_{rating.requirement_id}"] = rating.note
        for answer in card.answers.all():
            values[f"said_{answer.requirement_id}_{answer.code}"] = answer.note
        return values

    def clean(self):
        """What is handed in is complete: a level for each note, a recommendation, why it is changed."""
        if not self.handing_in:
            return
        for row in self.requirements:
            note, level = self.cleaned_data.get(f"note_{row.pk}"), self.cleaned_data.get(f"level_{row.pk}")
            if note and not level and f"level_{row.pk}" not in self.errors:
                self.add_error(f"note_{row.pk}", _("Choose a level for this note, or “No evidence”."))
        if not self.cleaned_data.get("recommendation") and "recommendation" not in self.errors:
            self.add_error("recommendation", _("Choose a recommendation before you hand it in."))
        if self.amending and not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why you change what you handed in."))

    @property
    def rows(self):
        return [(row, self[f"level_{row.pk}"], self[f"note_{row.pk}"]) for row in self.requirements]

    def values(self) -> dict:
        given = self.cleaned_data
        levels = {row.pk: given[f"level_{row.pk}"] for row in self.requirements}
        notes = {row.pk: given[f"note_{row.pk}"] for row in self.requirements}
        return {
            "recommendation": given["recommendation"],
            "trust": given["trust"],
            "reason": given.get("reason", ""),
            "ratings": {pk: (_level(level), notes[pk]) for pk, level in levels.items() if level},
            "words": {pk: note for pk, note in notes.items() if note and not levels[pk]},
            "answers": {
                (pk, asked.code): (asked.text, given[f"said_{pk}_{asked.code}"])
                for pk, several in self.asked.items()
                for asked in several
                if given[f"said_{pk}_{asked.code}"]
            },
        }


def _level(level: str) -> int | None:
    return None if level == NO_EVIDENCE else int(level)


class SharesForm(forms.Form):
    """Who asks about which skill; empty is everybody."""

    def __init__(self, *args, rows, hosts, there=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        choices = [
            ("", pgettext_lazy("who asks", "Everybody")),
            *((member.pk, str(member)) for member in hosts),
        ]
        for row in rows:
            self.fields[f"asks_{row.pk}"] = forms.TypedChoiceField(
                label=row.label,
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=(there or {}).get(row.pk, ""),
            )

    def values(self) -> dict:
        return {row.pk: self.cleaned_data[f"asks_{row.pk}"] for row in self.rows}
