"""Every number one can type in the check and its steps: what cannot be gets a sentence beside it and stays typed."""

import pytest
from django.urls import reverse

from readiness.fields import NumberField
from readiness.forms import STEPS, CheckForm
from tests.readiness.factories import typed
from tests.readiness.test_views import text

FORMS = {"check": CheckForm, **STEPS}
FIELDS = [
    (form, name)
    for form, made in FORMS.items()
    for name, field in made().fields.items()
    if isinstance(field, NumberField)
]
CANNOT_BE = ["-1", "many", "1" + "0" * 18, "NaN", "inf", "1e3", "1.2.3", "--4", "<script>", "\x00", "½"]
WORLD = [("٤", 4), ("۴", 4), ("４", 4), ("४", 4), ("3,5", 3.5), ("٣٫٥", 3.5), (" 4 ", 4)]


def address(form):
    return reverse("readiness:check") if form == "check" else reverse("readiness:step", args=[form])


def test_there_are_numbers_on_the_check_and_on_every_step():
    assert {form for form, _ in FIELDS} == set(FORMS)


@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_a_number_that_cannot_be_has_a_sentence_beside_it_and_stays(form, name):
    for value in CANNOT_BE:
        bound = FORMS[form]({name: value})
        assert (bound.is_valid(), len(bound.errors[name])) == (False, 1)
        assert bound[name].value() == value


@pytest.mark.django_db
@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_the_page_comes_back_with_what_was_typed(client, form, name):
    start = typed() if form == "check" else {}
    page = text(client.post(address(form), start | {name: "12 apples"}))
    assert 'value="12 apples"' in page
    assert f'id="id_{name}_error"' in page


@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_empty_is_open_and_not_nothing(form, name):
    bound = FORMS[form]({name: "  "})
    bound.is_valid()
    assert name not in bound.errors
    assert bound.cleaned_data[name] is None


@pytest.mark.parametrize(("form", "name"), FIELDS)
def test_digits_of_the_world_and_a_comma_are_understood(form, name):
    for value, number in WORLD:
        bound = FORMS[form]({name: value})
        bound.is_valid()
        assert name not in bound.errors
        assert bound.cleaned_data[name] == number
