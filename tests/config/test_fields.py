"""Our short template of a field gives what the package's long one gives."""

from pathlib import Path

import crispy_bootstrap5
import pytest
from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field, as_crispy_form
from django.template import engines
from django.test import override_settings
from django.test.html import parse_html
from django.utils.translation import override

from config.settings import BASE_DIR
from tests.config.test_widgets import EveryWidget

PACKAGE = Path(crispy_bootstrap5.__file__).parent / "templates"
OURS = BASE_DIR / "templates" / "bootstrap5" / "field.html"


@pytest.fixture
def theirs(settings):
    """Draws with the package's own template instead."""

    def draw(draw_it, thing):
        [engine] = settings.TEMPLATES
        with override_settings(TEMPLATES=[engine | {"DIRS": [PACKAGE, *engine["DIRS"]]}]):
            return draw_it(thing)

    return draw


def form(data=None, **kwargs):
    drawn = EveryWidget(data, **kwargs)
    drawn.fields["number"].help_text = "In whole numbers."
    drawn.fields["box"].help_text = "Off is fine too."
    drawn.fields["radios"].help_text = "One of them."
    drawn.fields["upload"].help_text = "A picture."
    return drawn


def test_the_two_are_not_the_same_template(theirs):
    assert engines["django"].get_template("bootstrap5/field.html").origin.name == str(OURS)
    assert theirs(
        lambda name: engines["django"].get_template(name).origin.name, "bootstrap5/field.html"
    ) == str(PACKAGE / "bootstrap5" / "field.html")


@pytest.mark.parametrize(
    "data", [None, {}, {"number": "many", "email": "no", "radios": "1", "grouped": "nowhere"}]
)
def test_a_whole_form(theirs, data):
    assert parse_html(as_crispy_form(form(data))) == parse_html(theirs(as_crispy_form, form(data)))


@pytest.mark.parametrize("name", EveryWidget.base_fields)
@pytest.mark.parametrize("data", [None, {}])
def test_each_field_alone(theirs, name, data):
    ours, package = as_crispy_field(form(data)[name]), theirs(as_crispy_field, form(data)[name])
    assert parse_html(ours) == parse_html(package)


def test_in_a_form_without_ids_and_in_arabic(theirs):
    with override("ar"):
        ours, package = (
            as_crispy_form(form({}, auto_id=False)),
            theirs(as_crispy_form, form({}, auto_id=False)),
        )
    assert parse_html(ours) == parse_html(package)


def test_an_error_is_said_beside_its_field_and_announced_with_it():
    html = as_crispy_field(form({"number": "many"})["number"])
    assert 'aria-invalid="true"' in html
    assert 'id="error_1_id_number"><strong>Enter a whole number.</strong>' in html
