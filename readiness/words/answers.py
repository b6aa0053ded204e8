"""The founder's own answers, as the forms ask and show them."""

from django.utils.translation import gettext_lazy as _

from readiness.forms import STEPS, CheckForm
from readiness.words.written import number

# Questions that lean on the one before them.
ALONE = {
    "helpers": _("How many people help you answer"),
    "team_keeping_up": _("Whether those who help are keeping up"),
}


def fields():
    """{name: field} of every question, in the order they are asked."""
    found = dict(CheckForm.base_fields)
    for form in STEPS.values():
        found = {**form.base_fields, **found}
    order = [name for form in (CheckForm, *STEPS.values()) for name in form.base_fields]
    return {name: found[name] for name in dict.fromkeys(order)}


def told(answers):
    """[(name, question, answer)] of what was answered; names that no form asks any more are left out."""
    return [
        (name, ALONE.get(name, field.label), said(field, answers[name]))
        for name, field in fields().items()
        if answers.get(name) is not None
    ]


def said(field, value):
    """An answer as it was chosen or typed."""
    for key, label in getattr(field, "choices", ()):
        if key == str(value) or (isinstance(value, float | int) and key == f"{value:g}"):
            return str(label)
    return number(value, 2) if isinstance(value, float | int) else str(value)
