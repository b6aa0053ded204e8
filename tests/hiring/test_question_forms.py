"""The form of one question: what each kind needs, what it forgets, and what a change leaves alone."""

import json
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import deleting
from accounts.models import Role
from hiring import defaults, questions
from hiring.models import Job, JobMember, Question
from hiring.question_forms import LONGEST, OPTIONS, QuestionForm
from tests.factories import make_member
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.asked import ask
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
BLANK = {"text": "Which?", "kind": "text", "choices": "", "unit": "", "least": "", "most": "", "hint": ""}


def form(**changes) -> QuestionForm:
    return QuestionForm(BLANK | changes)


def errors(**changes) -> dict:
    return json.loads(form(**changes).errors.as_json())


# -- what is typed


NEEDS_LIST = ("one", "several")
HIDDEN = [("least", "many"), ("most", "1e99"), ("unit", "x" * 31), ("choices", "y" * (LONGEST + 1))]


@pytest.mark.parametrize("kind", ["text", "line", "date", "file", "hours"])
@pytest.mark.parametrize(("field", "value"), HIDDEN, ids=["least", "most", "unit", "choices"])
def test_what_the_kind_does_not_show_is_not_wrong(kind, field, value):
    filled = form(kind=kind, **{field: value})
    assert filled.is_valid()
    assert {name: filled.values[name] for name in questions.NEEDLESS} == questions.NEEDLESS


@pytest.mark.parametrize("kind", NEEDS_LIST)
def test_a_range_left_over_from_a_number_does_not_stop_a_list(kind):
    filled = form(kind=kind, choices="a\nb", least="9", most="1", unit="EUR")
    assert filled.is_valid()
    assert [filled.values[name] for name in ("options", "least", "most", "unit")] == [
        ["a", "b"],
        None,
        None,
        "",
    ]


@pytest.mark.parametrize(("field", "value"), HIDDEN[:3], ids=["least", "most", "unit"])
def test_of_a_number_it_is_wrong(field, value):
    assert list(errors(kind="number", **{field: value})) == [field]


@pytest.mark.parametrize("kind", NEEDS_LIST)
@pytest.mark.parametrize(
    ("number", "fits"), [(0, False), (1, False), (2, True), (OPTIONS, True), (51, False)]
)
def test_how_many_options_there_may_be(kind, number, fits):
    assert form(kind=kind, choices="\n".join(map(str, range(number)))).is_valid() == fits


@pytest.mark.parametrize(("letters", "fits"), [(LONGEST, True), (LONGEST + 1, False)])
def test_how_long_an_option_may_be(letters, fits):
    assert form(kind="one", choices="a\n" + "é" * letters).is_valid() == fits


@pytest.mark.parametrize(
    ("least", "most", "fits"),
    [("1", "1", True), ("", "1", True), ("1", "", True), ("-5", "0", True), ("0", "-5", False)],
)
def test_a_range_may_be_open_and_may_be_one_number(least, most, fits):
    assert form(kind="number", least=least, most=most).is_valid() == fits


def test_an_unknown_kind_says_only_that():
    assert list(errors(kind="colour", least="9", most="10")) == ["kind"]


@given(st.lists(st.text(max_size=12), max_size=OPTIONS).map("\n".join))
def test_options_are_clean_lines_each_once(text):
    filled = form()
    filled.cleaned_data = {"choices": text}
    with suppress(ValidationError):  # characters that end a line make more of them
        lines = filled.clean_choices()
        assert lines == list(dict.fromkeys(lines))
        assert all(line == " ".join(line.split()) != "" for line in lines)


# -- the stamp that tells two tabs apart


CHANGED = [
    {"text": "Other?"},
    {"hint": "Briefly"},
    {"kind": "line"},
    {"unit": "h"},
    {"least": 1},
    {"most": 2},
    {"options": [{"key": "a", "text": "A"}]},
]


@pytest.mark.parametrize("change", CHANGED, ids=lambda change: next(iter(change)))
def test_every_change_is_seen(change):
    assert questions.stamp(Question(text="Why?")) != questions.stamp(Question(**{"text": "Why?"} | change))


def test_where_it_stands_is_no_change():
    assert questions.stamp(Question(text="a", position=1)) == questions.stamp(Question(text="a", position=9))


@given(st.integers(-(10**9), 10**9))
def test_a_number_is_the_same_however_it_was_stored(number):
    stored = Question._meta.get_field("least").to_python(f"{number}.00")
    assert questions.stamp(Question(least=number)) == questions.stamp(Question(least=stored))


# -- our own


@pytest.mark.parametrize("key", defaults.QUESTIONS)
def test_our_words_come_back_as_ours(key):
    kind = defaults.QUESTION_KINDS.get(key, "text")
    row = Question(pk=1, key=key, kind=kind)
    words = QuestionForm(instance=row).initial["text"]
    filled = QuestionForm(BLANK | {"text": words, "kind": kind}, instance=row)
    assert (filled.is_valid(), filled.cleaned_data["text"]) == (True, "")


def test_our_words_typed_into_another_question_are_their_own():
    filled = form(text=str(defaults.QUESTIONS["support"]))
    assert (filled.is_valid(), filled.cleaned_data["text"] != "") == (True, True)


# -- on the page


@pytest.fixture
def job(owner):
    return make_published(owner)


def at(name, row) -> str:
    return reverse(f"hiring:{name}", args=[row.pk])


def test_another_kind_is_saved_over_an_odd_range(owner, sign_in, job):
    [row] = ask(job, owner, "number")
    data = BLANK | {"least": "9", "most": "1", "unit": "EUR", "seen": questions.stamp(row)}
    assert sign_in(owner).post(at("question", row), data).status_code == 302
    row.refresh_from_db()
    assert [row.kind, row.unit, row.least, row.most] == ["text", "", None, None]


@pytest.mark.parametrize("name", ["question", "question_act", "question_back"])
def test_a_deleted_jobs_question_is_not_there(owner, sign_in, job, name):
    [row] = ask(job, owner, "line")
    deleting.stamp(job, by=owner)
    job.save(update_fields=deleting.STAMP)
    assert sign_in(owner).post(at(name, row), BLANK | {"do": "remove"}).status_code == 404


def test_one_taken_off_while_it_was_changed_is_not_there(owner, sign_in, job):
    [row] = ask(job, owner, "line")
    boss, mine = sign_in(owner), BLANK | {"seen": questions.stamp(row)}
    questions.remove(row, by=owner)
    assert [boss.get(at("question", row)).status_code, boss.post(at("question", row), mine).status_code] == [
        404,
        404,
    ]


@pytest.mark.parametrize("name", ["question_act", "question_back"])
def test_looking_changes_nothing(owner, sign_in, job, name):
    assert sign_in(owner).get(at(name, questions.asked(job)[0])).status_code == 405


@pytest.mark.parametrize("name", ["questions", "question"])
def test_who_is_not_signed_in_is_led_to_the_door(client, job, name):
    row = job if name == "questions" else questions.asked(job)[0]
    assert "next=" in client.get(at(name, row))["Location"]


def test_put_back_twice_raises_the_revision_once(owner, sign_in, job):
    row = questions.asked(job)[0]
    questions.remove(row, by=owner)
    before, boss = Job.objects.get(pk=job.pk).revision, sign_in(owner)
    for _time in range(2):
        boss.post(at("question_back", row))
    assert Job.objects.get(pk=job.pk).revision == before + 1


def test_a_manager_taken_off_the_job_gets_in_no_more(company, sign_in, job):
    mika = make_member(company, Role.MANAGER)
    place = JobMember.objects.create(company=company, job=job, membership=mika)
    client = sign_in(mika)
    first = client.get(at("questions", job)).status_code
    place.delete()
    assert [first, client.get(at("questions", job)).status_code] == [200, 403]


@pytest.mark.parametrize("number", [1, 3])
def test_one_question_costs_the_same_however_many_there_are(
    owner, sign_in, job, number, django_assert_num_queries
):
    row = ask(job, owner, *["one"] * number)[0]
    boss = sign_in(owner)
    boss.get(at("question", row))
    with django_assert_num_queries(6):  # three for who it is; the question, its job, the answers counted
        boss.get(at("question", row))


def test_the_trail_says_that_and_not_what(owner, job):
    [row] = ask(job, owner, "line")
    questions.change(row, values={"text": "Secret?"}, seen=questions.stamp(row), by=owner)
    entry = TrailEntry.objects.latest("pk")
    assert [entry.action, entry.fields, entry.actor_id] == ["question.changed", [], owner.user_id]


def test_ends_stay_ends_and_other_jobs_keep_their_order(owner, sign_in, job):
    other, boss = make_draft(owner), sign_in(owner)
    before, first = questions.asked(other), questions.asked(job)[0]
    for _time in range(2):
        boss.post(at("question_act", first), {"do": "up"})
    assert [questions.asked(job)[0], questions.asked(other)] == [first, before]
