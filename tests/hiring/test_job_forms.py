"""The editor's forms by themselves: pay, hours, days, blanks, a full list; and who makes another job of one."""

import json
from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts import deleting
from accounts.models import Role
from hiring import copying, questions, requirements
from hiring.job_forms import Editor, JobForm, OpeningsForm, refuse_odd_pay
from hiring.models import Job, JobTemplate, Question
from tests.factories import make_member
from tests.hiring.adverts import make_draft, make_published, typed

pytestmark = pytest.mark.django_db
TODAY = date(2027, 3, 10)


def url(name, row=None):
    return reverse(f"hiring:{name}", args=[row.pk] if row else [])


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def draft(owner):
    return make_draft(owner)


# -- pay


def wrong_pay(low, high) -> list:
    told = []
    form = SimpleNamespace(add_error=lambda field, _said: told.append(field))
    refuse_odd_pay(form, {"pay_min": low, "pay_max": high})
    return told


PAY = [
    (None, None, []),
    ("0.01", None, []),
    (None, "5", []),
    ("5", "5", []),
    ("0", None, ["pay_min"]),
    (None, "0", ["pay_max"]),
    ("5", "4.99", ["pay_max"]),
    ("-1", "-2", ["pay_min", "pay_max", "pay_max"]),
]


@pytest.mark.parametrize(("low", "high", "fields"), PAY)
def test_odd_pay_is_said_beside_its_field(low, high, fields):
    assert wrong_pay(low and Decimal(low), high and Decimal(high)) == fields


amounts = st.decimals("0.01", "1000000", places=2)


@given(amounts, amounts)
def test_a_range_is_fine_in_one_direction_only(one, other):
    low, high = sorted((one, other))
    assert wrong_pay(low, high) == []
    assert bool(wrong_pay(high, low)) == (low != high)


# -- hours and the last day


def cleaned(field, value, **initial):
    form = JobForm(instance=Job(), today=TODAY, initial=initial)
    form.cleaned_data = {field: value}
    return getattr(form, f"clean_{field}")()


@pytest.mark.parametrize("hours", [None, Decimal("0.5"), Decimal(20), Decimal(80)])
def test_hours_somebody_can_work(hours):
    assert cleaned("hours_week", hours) == hours


@pytest.mark.parametrize("days", [0, 1, 400])
def test_today_is_not_over(days):
    day = TODAY + timedelta(days=days)
    assert cleaned("answer_by", day) == day


def test_a_day_that_passed_stays_only_if_it_was_there(draft):
    passed = TODAY - timedelta(days=1)
    said = []
    for there in (passed, passed - timedelta(days=1)):
        draft.answer_by = there
        form = JobForm({**typed(draft), "answer_by": f"{passed}"}, instance=draft, today=TODAY)
        said.append("answer_by" in form.errors)
    assert said == [False, True]


@pytest.mark.parametrize(
    ("hours", "shown"), [(Decimal("20.0"), "20"), (Decimal("7.5"), "7.5"), (None, "None")]
)
def test_hours_are_shown_as_people_write_them(hours, shown):
    assert str(JobForm(instance=Job(hours_week=hours), today=TODAY)["hours_week"].value()) == shown


@pytest.mark.parametrize("name", JobForm.BLANKS)
def test_a_blank_is_yellow_until_something_stands_in_it(name):
    there = {"hours_week": 5, "pay_min": 5, "pay_max": 5, "answer_by": TODAY}.get(name, "x")
    forms = [JobForm(instance=job, today=TODAY) for job in (Job(), Job(**{name: there}))]
    assert [form.fields[name].widget.attrs.get("class") == "fh-blank" for form in forms] == [True, False]


def test_every_field_says_why_it_is_asked():
    assert set(JobForm.WHY) == set(JobForm.Meta.fields)


@pytest.mark.parametrize(
    ("number", "fits"), [("1", True), ("99", True), ("0", False), ("100", False), ("", False)]
)
def test_how_many_people(number, fits):
    assert OpeningsForm({"openings": number}).is_valid() == fits


# -- a list that is full


@pytest.fixture
def _full(monkeypatch):
    monkeypatch.setattr(requirements, "MOST_ROWS", 10)


FULL = {"add-requirement": "One too many", "city": "Oulu"}


@pytest.mark.usefixtures("_full")
@pytest.mark.parametrize("name", ["job_edit", "job_preview"])
def test_a_full_list_is_said_beside_the_field_and_nothing_is_lost(boss, draft, name):
    answer = boss.post(url(name, draft), typed(draft, **FULL))
    draft.refresh_from_db()
    assert (answer.status_code in {200, 422}, draft.city, draft.requirements.count()) == (True, "", 10)


@pytest.mark.usefixtures("_full")
def test_a_full_list_keeps_what_was_typed(boss, draft):
    page = boss.post(url("job_edit", draft), typed(draft, **FULL)).content.decode()
    assert ["A list holds at most 10 lines." in page, "One too many" in page, "Oulu" in page] == [True] * 3


@pytest.mark.usefixtures("_full")
def test_a_full_list_still_takes_questions_and_texts(boss, draft):
    boss.post(url("job_edit", draft), typed(draft, city="Oulu", **{"add-question": "Which tea?"}))
    draft.refresh_from_db()
    assert (draft.city, len(questions.asked(draft))) == ("Oulu", 3)


def test_every_form_of_the_page_says_its_own_mistakes(draft):
    row = requirements.listed(draft)[0]
    editor = Editor(draft, typed(draft, title="", **{f"r{row.pk}-level": "vital", "add-question": "x" * 401}))
    assert (editor.is_valid(), editor.error_count()) == (False, 3)


def test_an_editor_nobody_has_sent_is_neither_right_nor_wrong(draft):
    editor = Editor(draft)
    assert (editor.is_bound, editor.is_valid(), editor.error_count()) == (False, False, 0)


@pytest.mark.parametrize("number", [0, 3])
def test_the_editor_costs_the_same_however_long_the_lists(
    boss, draft, owner, number, django_assert_num_queries
):
    for n in range(number):
        requirements.add(draft, text=f"More {n}", by=owner)
        questions.add(draft, text=f"More {n}?", by=owner)
    boss.get(url("job_edit", draft))
    with django_assert_num_queries(6):  # three for who it is; the job, its list, its questions
        boss.get(url("job_edit", draft))


# -- another job of its words


def test_what_is_taken_down_is_plain_text_and_back_again(owner):
    job = make_published(owner)
    plain = json.loads(json.dumps(copying.taken_down(job), cls=DjangoJSONEncoder))
    made = copying.write_out(plain, company=owner.company, by=owner)
    again = json.loads(json.dumps(copying.taken_down(Job.objects.get(pk=made.pk)), cls=DjangoJSONEncoder))
    assert again == plain


def test_when_a_question_was_asked_first_stays_with_its_job(owner, draft):
    Question.objects.filter(job=draft).update(created_at=None)
    made = copying.copy(draft, by=owner)
    assert None not in set(made.questions.values_list("created_at", flat=True))


def test_no_column_of_a_copy_names_a_person_or_a_moment():
    names = {field.name for model in copying.ROWS.values() for field in copying._columns(model)}
    assert not names & {"id", "job", "company", "retired_by", "retired_at", "created_at"}


@pytest.mark.parametrize("number", [1, 3])
def test_a_copy_costs_the_same_however_long_the_lists(owner, draft, number, django_assert_num_queries):
    for n in range(number):
        questions.add(draft, text=f"More {n}?", by=owner)
    job = Job.objects.select_related("company").get(pk=draft.pk)
    with django_assert_num_queries(COPY):
        copying.copy(job, by=owner)


COPY = 9  # two for the transaction; both lists read; job, member, both lists and trail written

TEMPLATE_POSTS = ["job_template_use", "job_template_rename", "job_template_delete"]
JOB_POSTS = ["job_copy", "job_template_save"]


@pytest.fixture
def template(draft, owner):
    return copying.save_template(draft, name="Tea", by=owner)


def left_alone(template) -> bool:
    return (
        list(JobTemplate.objects.values_list("pk", "name")) == [(template.pk, "Tea")]
        and Job.objects.count() == 1
    )


@pytest.mark.parametrize("role", [Role.INTERVIEWER, Role.HIRE])
@pytest.mark.parametrize("name", TEMPLATE_POSTS + JOB_POSTS)
def test_who_runs_no_hiring_makes_none_of_it(company, sign_in, template, draft, name, role):
    row = template if name in TEMPLATE_POSTS else draft
    answer = sign_in(make_member(company, role)).post(url(name, row), {"name": "x"})
    assert (answer.status_code, left_alone(template)) == (403, True)


@pytest.mark.parametrize("name", JOB_POSTS)
def test_another_shops_job_is_neither_copied_nor_kept(rival, sign_in, template, draft, name):
    answer = sign_in(rival).post(url(name, draft), {"name": "x"})
    assert (answer.status_code, left_alone(template)) == (404, True)


@pytest.mark.parametrize("name", JOB_POSTS)
def test_a_deleted_job_is_neither_copied_nor_kept(boss, owner, template, draft, name):
    deleting.stamp(draft, by=owner)
    draft.save(update_fields=deleting.STAMP)
    assert boss.post(url(name, draft), {"name": "x"}).status_code == 404


@pytest.mark.parametrize("name", TEMPLATE_POSTS + JOB_POSTS)
def test_looking_makes_nothing(boss, template, draft, name):
    row = template if name in TEMPLATE_POSTS else draft
    assert (boss.get(url(name, row)).status_code, left_alone(template)) == (405, True)


def test_a_manager_keeps_the_shops_templates_too(sign_in, manager, template):
    sign_in(manager).post(url("job_template_rename", template), {"name": "Coffee"})
    assert JobTemplate.objects.get().name == "Coffee"


def test_another_shop_puts_no_template_back(rival, sign_in, template, owner):
    copying.delete_template(template, by=owner)
    sign_in(rival).post(reverse("deleted_put_back", args=["template", template.pk]))
    assert JobTemplate.objects.count() == 0
