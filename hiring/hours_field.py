"""A week to tick: seven days of morning, afternoon, evening and night, as a table of checkboxes.

Works without scripts, and by keyboard. The value is the stored text of hiring.hours ("" for nothing ticked).
"""

from django import forms

from hiring import hours, hours_words


class HoursTable(forms.SelectMultiple):
    """`counts`: how much was counted in each part of the week ({code: number}), shown in its cell; none without.

    `needed`: a sentence above the table. It is read, and compared with nothing.
    """

    template_name = "hiring/_hours_table.html"
    use_fieldset = True
    counts = None
    needed = ""

    def id_for_label(self, id_, index=None):
        return ""  # a table has no one box to point at; the fieldset's legend names it

    def value_omitted_from_data(self, data, files, name):
        return False  # boxes that are not ticked are not sent

    def get_context(self, name, value, attrs):
        chosen = set(value or ())
        table = {
            "name": name,
            "needed": self.needed,
            "id": attrs.get("id", ""),
            "parts": [hours_words.PARTS[part] for part in hours.PARTS],
            "days": [
                {"name": day[0], "short": day[1], "cells": self._cells(code, day[0], chosen)}
                for code, day in zip(hours.DAYS, hours_words.weekdays(), strict=True)
            ],
        }
        return {"widget": self, "table": table}

    def _cells(self, day, day_name, chosen):
        highest = max(self.counts.values(), default=0) if self.counts else 0
        for part in hours.PARTS:
            code = f"{day}-{part}"
            count = self.counts[code] if self.counts else None
            yield {
                "code": code,
                "day": day_name,
                "part": hours_words.PARTS[part],
                "checked": code in chosen,
                "count": count,
                "step": -(-count * 5 // highest) if highest else 0,
            }


class HoursField(forms.MultipleChoiceField):
    """Cleans to the stored text; initial values are stored texts too."""

    widget = HoursTable

    def __init__(self, **kwargs):
        super().__init__(choices=hours_words.choices, **{"required": False} | kwargs)

    def prepare_value(self, value):
        return hours.from_text(value) if isinstance(value, str) else hours.parse(value or ())

    def clean(self, value):
        return hours.to_text(super().clean(value))

    def has_changed(self, initial, data):
        return (initial or "") != hours.to_text(hours.parse(data or ()))
