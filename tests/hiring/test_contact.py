"""Putting right who somebody is that was entered by hand or brought in."""

import pytest
from django.urls import reverse

from hiring import contact, pipeline
from hiring.models import Application
from tests.hiring.brought import brought, cv
from tests.hiring.factories import make_application, make_job
from vault import files
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
RIGHT = {"name": "Ada Berg", "email": "ada@x.example", "phone": "+358 40 123"}


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def person(job, owner):
    brought(job, owner, cvs=[cv("scan 1.txt")])
    return Application.objects.get()


def address(row):
    return reverse("hiring:contact", args=[row.pk])


def test_put_right(person, owner):
    row = contact.correct(person, by=owner, **RIGHT)
    assert (row.name, row.email, row.sort_name, row.words_due) == (
        "Ada Berg",
        "ada@x.example",
        "ada berg",
        True,
    )
    assert row.search == "ada berg ada x example 358 40 123"
    assert TrailEntry.objects.get(action="application.corrected").fields == ["name", "email", "phone"]


def test_another_cv_takes_the_place_of_the_old_one(person, owner, django_capture_on_commit_callbacks):
    old = person.cv
    with django_capture_on_commit_callbacks(execute=True):
        row = contact.correct(person, by=owner, cv=cv("Ada.txt", "My whole life."), **RIGHT)
    assert (row.cv.original_name, StoredFile.objects.count(), old.path.exists()) == ("Ada.txt", 1, False)


def test_what_stays_the_same_is_no_change(person, owner):
    contact.correct(person, by=owner, name=person.name, email="", phone="")
    assert TrailEntry.objects.filter(action="application.corrected").count() == 0


def test_who_applied_themselves_is_left_alone(job, owner):
    row = make_application(job)
    with pytest.raises(pipeline.Refused, match="applied themselves"):
        contact.correct(row, by=owner, cv=cv("x.txt"), **RIGHT)
    assert StoredFile.objects.count() == 0


def test_a_file_that_is_no_cv_changes_nothing(person, owner):
    with pytest.raises(files.Refused):
        contact.correct(person, by=owner, cv=cv("x.txt", "<html>"), **RIGHT)
    person.refresh_from_db()
    assert person.name == "Scan"


def test_the_page(sign_in, person, manager):
    client = sign_in(manager)
    assert b"scan 1.txt" in client.get(address(person)).content
    assert client.post(address(person), RIGHT).url == reverse("hiring:candidate", args=[person.pk])
    assert Application.objects.get().name == "Ada Berg"


@pytest.mark.parametrize(("field", "value"), [("name", ""), ("email", "x"), ("phone", "12")])
def test_what_is_wrong_is_told_and_the_rest_kept(sign_in, person, owner, field, value):
    shown = sign_in(owner).post(address(person), RIGHT | {field: value})
    other = "email" if field == "name" else "name"
    assert (shown.status_code, RIGHT[other] in shown.content.decode()) == (422, True)


def test_a_hidden_name_is_not_in_the_form(sign_in, person, job, owner):
    type(job).objects.update(hide_names=True)
    client = sign_in(owner)
    assert b'value="Scan"' not in client.get(address(person)).content
    client.post(address(person), RIGHT)
    assert Application.objects.get().name == "Scan"


def test_who_applied_themselves_has_no_form(sign_in, job, owner):
    row = make_application(job)
    assert b'name="email"' not in sign_in(owner).get(address(row)).content
    assert sign_in(owner).post(address(row), RIGHT).status_code == 422


def test_another_company_and_an_interviewer(sign_in, person, rival, interviewer):
    assert [sign_in(each).get(address(person)).status_code for each in (rival, interviewer)] == [404, 403]


def test_the_persons_page_leads_there(sign_in, person, owner, job):
    page = reverse("hiring:candidate", args=[person.pk])
    assert address(person).encode() in sign_in(owner).get(page).content
    other = make_application(job)
    page = reverse("hiring:candidate", args=[other.pk])
    assert address(other).encode() not in sign_in(owner).get(page).content
