import re
from datetime import date

import pytest
from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy, override
from hypothesis import given, settings
from hypothesis import strategies as st

from config.widgets import DRAWN, Renderer
from vault.files import FileField

HOSTILE = "\"><script>alert('1')</script>&amp;"
CHOICES = [("", "---"), (1, "One"), ("two", gettext_lazy("Name")), (1_000, 2_000)]
GROUPED = [("Towns", [("tku", "Turku"), ("hki", "Helsinki")]), ("far", "Far away")]


class EveryWidget(forms.Form):
    """One field of each kind that the product draws."""

    text = forms.CharField(max_length=20, widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Name")}))
    email = forms.EmailField(required=False)
    secret = forms.CharField(widget=forms.PasswordInput(render_value=True))
    hidden = forms.CharField(widget=forms.HiddenInput)
    number = forms.IntegerField(min_value=1_000, max_value=10_000, initial=2_500)
    amount = forms.DecimalField(initial="1234.50", decimal_places=2)
    url = forms.URLField(assume_scheme="https")
    day = forms.DateField(initial=date(2026, 11, 22), widget=forms.DateInput(attrs={"type": "date"}))
    area = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "hidden": True, "disabled": False}))
    box = forms.BooleanField(initial=True)
    radios = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, initial=1)
    boxes = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple, initial=["two"])
    select = forms.ChoiceField(choices=CHOICES, initial=1_000)
    grouped = forms.ChoiceField(choices=GROUPED, initial="hki")
    several = forms.MultipleChoiceField(choices=CHOICES, initial=[1, 1_000])
    upload = FileField(label="File", required=False)


def pair(**kwargs):
    return [EveryWidget(renderer=renderer(), **kwargs) for renderer in (Renderer, TemplatesSetting)]


def squeezed(html) -> str:
    """White space is a matter of taste, but never inside quotes or where a text area shows it."""
    return re.sub(r"\s*([<>])\s*", r"\1", str(html))


def same(ours, djangos):
    assert squeezed(ours) == squeezed(djangos)


@pytest.mark.parametrize("name", EveryWidget.base_fields)
@pytest.mark.parametrize("language", ["en", "ar", "pl"])
def test_each_widget_is_what_django_draws(name, language):
    with override(language):
        ours, djangos = pair()
        same(ours[name], djangos[name])


@pytest.mark.parametrize("name", EveryWidget.base_fields)
def test_each_widget_without_an_id(name):
    ours, djangos = pair(auto_id=False)
    same(ours[name], djangos[name])


@pytest.mark.parametrize("name", ["radios", "boxes"])
def test_each_choice_alone(name):
    for ours, djangos in zip(*[form[name] for form in pair()], strict=True):
        same(ours, djangos)


@settings(max_examples=30, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=30))
def test_whatever_was_typed_is_drawn_as_django_draws_it(typed):
    ours, djangos = pair(data=dict.fromkeys(EveryWidget.base_fields, typed))
    for name in EveryWidget.base_fields:
        same(ours[name], djangos[name])


def test_nothing_typed_becomes_markup():
    form = EveryWidget(dict.fromkeys(EveryWidget.base_fields, HOSTILE), renderer=Renderer())
    assert "<script" not in "".join(str(field) for field in form)


def test_the_text_of_an_area_keeps_its_first_empty_line():
    form = EveryWidget({"area": "\nsecond"}, renderer=Renderer())
    assert str(form["area"]).endswith(">\n\nsecond</textarea>")


def test_errors_stand_beside_the_field_and_nothing_where_there_are_none():
    ours, djangos = pair(data={"text": "x" * 30, "email": "a@b.example"})
    assert (str(ours["email"].errors), str(djangos["email"].errors)) == ("", "")
    same(ours["text"].errors, djangos["text"].errors)
    assert "at most 20 characters (it has 30)" in str(ours["text"].errors)


def test_the_product_uses_it():
    assert type(EveryWidget().renderer) is Renderer


def test_drawn_is_without_any_template(monkeypatch):
    monkeypatch.setattr(Renderer, "get_template", None)
    form = EveryWidget(renderer=Renderer())
    drawn = [name for name, field in form.fields.items() if field.widget.template_name in DRAWN]
    assert (
        len([str(form[name]) for name in drawn]) == len(EveryWidget.base_fields) - 3
    )  # radios, boxes, upload
