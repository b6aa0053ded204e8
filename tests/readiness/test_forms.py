import pytest

from readiness.forms import STEPS, CheckForm, MetricsForm, PlanForm
from tests.readiness.factories import BUSY, typed


def test_the_check_gives_plain_values():
    form = CheckForm(typed(oldest_days=2.5))
    assert form.is_valid()
    assert {name: value for name, value in form.answers().items() if value is not None} == BUSY


def test_ten_cards():
    assert len(CheckForm().cards()) == 10


def test_the_box_beside_a_number_wins():
    form = CheckForm(typed() | {"support_hours-unknown": "1"})
    assert form.is_valid()
    assert form.answers()["support_hours"] is None


def test_everything_may_stay_open():
    form = CheckForm({})
    assert form.is_valid()
    assert set(form.answers().values()) == {None}


def test_not_sure_is_an_open_answer():
    form = CheckForm(typed(afford="dont_know"))
    assert form.is_valid()
    assert form.answers()["afford"] is None


def test_an_error_keeps_what_was_typed():
    form = CheckForm(typed(support_hours="a lot", brand_hours="12,5"))
    assert not form.is_valid()
    assert form.errors == {"support_hours": ["Write a number, such as 12 or 2.5."]}
    assert form["support_hours"].value() == "a lot"


@pytest.mark.parametrize("name", STEPS)
def test_every_step_may_stay_empty(name):
    assert STEPS[name]({}).is_valid()


def test_more_satisfied_than_asked():
    form = MetricsForm({"asked": "10", "satisfied": "11"})
    assert form.errors == {"satisfied": ["No more can be satisfied than have answered."]}
    assert MetricsForm({"asked": "10", "satisfied": "10"}).is_valid()


@pytest.mark.parametrize(
    ("text", "valid"), [("Write a book", True), ("", True), ("x" * 501, False), ("a\x00b", False)]
)
def test_plan(text, valid):
    assert PlanForm({"plan": text}).is_valid() is valid


def test_minutes_that_were_not_asked_stay_as_they_were():
    form = CheckForm(typed())
    assert form.is_valid()
    assert "handle_minutes" not in form.answers()
    emptied = CheckForm(typed(handle_minutes=""))
    assert emptied.is_valid()
    assert emptied.answers()["handle_minutes"] is None
