"""What people type into the check and its steps: digits of the world, slips of the finger, the box beside a number."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import assessments
from readiness.fields import DONT_KNOW, ChoiceField, NumberField, parse_number
from readiness.forms import STEPS, CheckForm, FeedbackForm, GrowthForm, MetricsForm, OverloadForm
from readiness.scoring import Inputs
from tests.readiness.factories import BUSY, typed

ARABIC, PERSIAN, WIDE = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"
DEVANAGARI, BENGALI, THAI = "०१२३४५६७८९", "০১২৩৪৫৬৭৮৯", "๐๑๒๓๔๕๖๗๘๙"


@pytest.mark.parametrize("digits", [ARABIC, PERSIAN, WIDE, DEVANAGARI, BENGALI, THAI])
@given(value=st.integers(0, 10**9))
@settings(max_examples=10)
def test_digits_of_the_world_are_numbers(digits, value):
    assert parse_number(str(value).translate(str.maketrans("0123456789", digits))) == value


@pytest.mark.parametrize(
    ("typed_", "number"),
    [
        ("1 234 567", 1234567), ("1,234,567", 1234567), ("1.234.567,5", 1234567.5), ("1,234,567.5", 1234567.5),
        ("١٬٢٣٤٬٥٦٧٫٥", 1234567.5), ("1’234.5", 1234.5), ("0,5", 0.5), ("0,500", 0.5), ("12,345", 12345),
        ("12,34", 12.34), ("0.000001", 0.000001), ("007", 7), ("-0", 0), ("1\u202f000", 1000),
    ],
)  # fmt: skip
def test_thousands_and_decimals(typed_, number):
    assert parse_number(typed_) == number


@pytest.mark.parametrize(
    "typed_",
    [
        "1.2.3",
        "1,2,3",
        "1,23,456",
        "12-",
        "5 %",
        "€5",
        "1/2",
        "½",
        "٪5",
        "1e3",
        "0x10",
        "1_000",
        "∞",
        "-",
        "+",
        ",",
        "0.0000001",
    ],
)
def test_what_only_looks_like_a_number(typed_):
    with pytest.raises(ValueError, match="not a number"):
        parse_number(typed_)


@given(st.floats(0, 10_000).map(lambda value: round(value, 6)))
@settings(max_examples=60)
def test_a_decimal_survives_its_own_page(value):
    """What the page shows is what is sent again, unless somebody touches it."""
    field = NumberField()
    assert field.clean(str(field.prepare_value(value))) == pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1234567.5, "1234567.5"),
        (0.1, "0.1"),
        (2.5, "2.5"),
        (1e11 + 0.5, "100000000000.5"),
        (12, 12),
        (None, None),
    ],
)
def test_a_number_is_shown_whole(value, shown):
    assert NumberField(high=10**12).prepare_value(value) == shown


def test_a_choice_of_a_number_is_shown_as_its_choice():
    field = ChoiceField(choices=[("0", "today"), ("2.5", "some days")], number=True)
    assert [field.prepare_value(value) for value in (2.5, 0.0, "x", None)] == ["2.5", "0", "x", None]
    assert (field.clean("0"), field.clean("2.5")) == (0, 2.5)


@pytest.mark.parametrize("low", [0, 0.1, 1])
def test_the_ends_of_the_range_belong_to_it(low):
    field = NumberField(low=low, high=168)
    assert (field.clean(str(low)), field.clean("168")) == (low, 168)
    for beyond in (str(low - 0.05), "168.01", "-168"):
        with pytest.raises(ValidationError):
            field.clean(beyond)


def test_open_is_no_number():
    assert [NumberField().clean(text) for text in ("", "   ", None)] == [None, None, None]


# -- the check


@pytest.mark.parametrize("name", ["support_hours", "brand_hours", "messages_day", "well_day"])
def test_the_box_beside_a_number_wins_over_a_wrong_one_too(name):
    form = CheckForm(typed(**{name: "no idea"}) | {f"{name}-unknown": "1"})
    assert form.is_valid()
    assert form.answers()[name] is None


def test_the_box_beside_one_number_leaves_the_others_wrong():
    form = CheckForm(typed(support_hours="x", brand_hours="y") | {"support_hours-unknown": "1"})
    assert list(form.errors) == ["brand_hours"]


def test_a_box_for_what_is_no_card_does_nothing():
    form = CheckForm(typed() | {"company-unknown": "1", "helpers-unknown": "1"})
    assert form.is_valid()
    assert form.answers()["breath"] == BUSY["breath"]


@pytest.mark.parametrize(
    "name", [name for name in CheckForm.CARDS if name not in {"messages_day", "well_day"}]
)
def test_i_dont_know_is_an_open_answer_on_every_card(name):
    field = CheckForm().fields[name]
    posted = (
        typed(**{name: DONT_KNOW}) if isinstance(field, ChoiceField) else typed() | {f"{name}-unknown": "1"}
    )
    form = CheckForm(posted)
    assert form.is_valid()
    assert form.answers()[name] is None


@pytest.mark.parametrize(
    "name", ["breath", "oldest_days", "trend", "ratings", "help", "afford", "team_keeping_up"]
)
@pytest.mark.parametrize("value", ["9", "-1", "yess", "<b>", "0 ", "None"])
def test_a_choice_that_is_not_offered_is_refused_beside_it(name, value):
    form = CheckForm(typed() | {name: value})
    assert list(form.errors) == [name]


def test_each_offered_choice_is_taken():
    for name, field in CheckForm().fields.items():
        for value, _label in field.choices if isinstance(field, ChoiceField) else []:
            assert CheckForm(typed() | {name: value}).is_valid(), (name, value)


def test_a_later_visit_finds_its_answers_on_the_form():
    form = CheckForm(answers=BUSY | {"messages_day": 60.25})
    assert (form["messages_day"].value(), form["breath"].value()) == ("60.25", 3)
    assert form.fields["afford"].choices[-1] == (DONT_KNOW, "Not sure")


# -- the steps


@pytest.mark.parametrize("form", STEPS.values(), ids=STEPS)
def test_every_question_of_a_step_reaches_the_model(form):
    """A question whose answer nothing reads would waste the founder's time."""
    known = {*Inputs.__dataclass_fields__} | {"own_keeping_up", "promised_hours", "target_percent"}
    assert set(form().fields) <= known


@pytest.mark.parametrize("form", [OverloadForm, FeedbackForm, MetricsForm, GrowthForm])
@given(data=st.data())
@settings(max_examples=15)
def test_numbers_within_the_range_are_taken_and_change_the_inputs(form, data):
    name = data.draw(st.sampled_from([n for n, f in form().fields.items() if isinstance(f, NumberField)]))
    field = form().fields[name]
    value = data.draw(st.integers(int(field.low) + 1, int(min(field.high, 10**6))))
    sent = form({name: str(value)})
    sent.is_valid()
    if sent.errors:
        assert "than" in str(sent.errors)  # two numbers that do not go together
    else:
        inputs = assessments.inputs_of(sent.answers())
        assert inputs != Inputs()


@pytest.mark.parametrize(
    ("data", "valid"),
    [
        ({"asked": "10", "satisfied": "10"}, True),
        ({"asked": "10", "satisfied": "11"}, False),
        ({"satisfied": "11"}, True),
        ({"asked": "0", "satisfied": "0"}, True),
        ({"asked": "x", "satisfied": "11"}, False),
    ],
)
def test_satisfied_is_at_most_everybody(data, valid):
    assert MetricsForm(data).is_valid() is valid


@pytest.mark.parametrize(
    ("stars", "valid"), [("0.9", False), ("1", True), ("4,75", True), ("5", True), ("5.01", False)]
)
def test_stars_are_from_one_to_five(stars, valid):
    assert FeedbackForm({"stars_now": stars}).is_valid() is valid


# -- how a field is drawn


def draw(expression, form, **context):
    return Template("{% load readiness %}" + expression).render(Context({"form": form} | context))


def test_a_control_points_at_its_help_and_its_error():
    form = CheckForm(typed(brand_hours="x"))
    shown = draw("{{ form.brand_hours|control }}", form)
    assert 'aria-describedby="id_brand_hours_help id_brand_hours_error"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'class="form-control is-invalid"' in shown


def test_a_control_without_either_points_at_nothing():
    shown = draw("{{ form.messages_before|control }}", GrowthForm())
    assert "aria-" not in shown
    assert 'class="form-control"' in shown


def test_errors_of_a_field_are_escaped():
    class Echo(forms.Form):
        name = forms.CharField()

        def clean_name(self):
            raise ValidationError(self.cleaned_data["name"])

    shown = draw("{{ form.name|errors }}", Echo({"name": "<b>x</b>"}))
    assert "<p>&lt;b&gt;x&lt;/b&gt;</p>" in shown
    assert draw("{{ form.name|errors }}", Echo()) == ""


@pytest.mark.parametrize(
    ("data", "ticked"), [(None, False), ({}, False), ({"support_hours-unknown": "1"}, True)]
)
def test_the_box_stays_as_it_was(data, ticked):
    assert (" checked" in draw("{{ form.support_hours|unknown }}", CheckForm(data))) is ticked


@pytest.mark.parametrize("language", ["en", "fi", "ar", "zh-hans"])
def test_numbers_of_a_drawing_have_a_point_and_the_readers_numbers_do_not(language):
    with translation.override(language):
        assert draw("{{ value|unlocalized }}", None, value=12.5) == "12.5"
        assert draw("{{ value|plain }}", None, value=12.5) == {"fi": "12,5"}.get(language, "12.5").replace(
            ".", {"ar": ","}.get(language, ".")
        )
