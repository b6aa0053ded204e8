import pytest
from django import forms
from django.test.html import parse_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy, override

from hiring.templatetags.choices import radios

CHOICES = [
    ("", "---"),
    (1, "One"),
    ("<b>", "<i>'\"&"),
    ("safe", mark_safe("<i>So</i>")),
    ("n", gettext_lazy("Name")),
]


class Form(forms.Form):
    free = forms.ChoiceField(choices=CHOICES, required=False, widget=forms.RadioSelect)
    needed = forms.ChoiceField(choices=CHOICES, initial=1, widget=forms.RadioSelect(attrs={"class": "a&b"}))
    locked = forms.ChoiceField(choices=CHOICES, disabled=True, initial="<b>", widget=forms.RadioSelect)


def one_by_one(field):
    return "".join(str(radio) for radio in field)


@pytest.mark.parametrize("name", Form.base_fields)
@pytest.mark.parametrize(
    "data", [None, {}, {"free": "1", "needed": "<b>"}, {"free": "nonsense", "needed": ""}]
)
@pytest.mark.parametrize("auto_id", ["id_%s", "card_%s"])
def test_all_at_once_are_what_they_are_one_by_one(name, data, auto_id):
    field = Form(data, auto_id=auto_id)[name]
    assert parse_html(radios(field)) == parse_html(one_by_one(field))


def test_in_the_language_of_the_reader():
    with override("ar"):
        field = Form()["free"]
        assert parse_html(radios(field)) == parse_html(one_by_one(field))


def test_exactly_the_chosen_one_is_checked():
    html = str(radios(Form({"needed": "1"})["needed"]))
    assert (html.count(" checked"), 'value="1" class="a&amp;b"' in html) == (1, True)


def test_a_choice_never_becomes_markup():
    assert "<i>'" not in radios(Form()["free"])
