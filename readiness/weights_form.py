"""The form of all weights and thresholds, built from `settable`: one number a field, ours beside it."""

from django import forms

from readiness import settable, words
from readiness.fields import NumberField
from readiness.scoring import DEFAULT
from readiness.words import weights as said


def name_of(path) -> str:
    return path.replace(".", "__")


class WeightsForm(forms.Form):
    """`config` fills the fields, `seen` is the version the page was made from. An empty field means our number."""

    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, config=DEFAULT, seen=0, editable=True):
        super().__init__(data)
        self.initial["seen"] = seen
        for path, setting in settable.SETTINGS.items():
            field = NumberField(
                low=setting.low, high=setting.high, label=said.label(path), help_text=said.about(path)
            )
            field.disabled = not editable
            self.fields[name_of(path)] = field
            self.initial[name_of(path)] = setting.shown(config)

    def clean(self):
        if not self.errors:
            config = settable.changed(DEFAULT, self.changes(), version="typed")
            for path, code, other in settable.problems(config):
                there = None if other is None else words.number(settable.SETTINGS[other].shown(config), 2)
                self.add_error(name_of(path), said.problem(code, other, there))

    def changes(self) -> dict:
        """{path: value} of what was typed otherwise than ours."""
        found = {}
        for path, setting in settable.SETTINGS.items():
            typed = self.cleaned_data.get(name_of(path))
            if typed is not None and typed != setting.shown(DEFAULT):
                found[path] = setting.stored(typed)
        return found

    def sections(self) -> list[dict]:
        """The page in its order: each section with its fields, those of one sign or question under one heading."""
        return [self._section(code, settings) for code, settings in settable.SECTIONS.items()]

    def _section(self, code, settings) -> dict:
        title, lead = said.SECTIONS[code]
        groups = {}
        for setting in settings:
            key, heading, about = said.group_of(setting.path) or ("", "", "")
            group = groups.setdefault(key, {"heading": heading, "about": about, "fields": []})
            group["fields"].append(self._drawn(setting))
        drawn = [each for group in groups.values() for each in group["fields"]]
        changed = sum(each["changed"] for each in drawn)
        wrong = any(each["field"].errors for each in drawn)
        return {
            "code": code,
            "title": title,
            "lead": lead,
            "groups": list(groups.values()),
            "changed": changed,
            "open": wrong or bool(changed) or code in {"signals", "answers", "work"},
        }

    def _drawn(self, setting) -> dict:
        bound = self[name_of(setting.path)]
        ours = setting.shown(DEFAULT)
        return {
            "field": bound,
            "ours": words.number(ours, 2),
            "low": words.number(setting.low, 2),
            "high": words.number(setting.high, 2),
            "changed": bound.initial != ours,
        }
