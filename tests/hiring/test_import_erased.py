"""Whoever is erased stands in no line of an import any more, while its numbers stay; the same CVs are known again."""

import pytest
from django.urls import reverse

from hiring import cvbox, import_result
from hiring.models import Application, ImportedLine
from tests.hiring.brought import ADA, BO, archive, brought, counted, cv, mapped, received
from tests.hiring.factories import make_application, make_job
from vault import erasing

pytestmark = pytest.mark.django_db
CVS = {"Ada Berg.txt": "Five years of chat.", "Bo Carl.txt": "Two years of phone."}


@pytest.fixture
def job(company):
    return make_job(company)


def forget(application):
    erasing.erase("candidate", application.candidate_id, company_id=application.company_id)


def left(row) -> dict:
    return dict(row.lines.exclude(cells=[]).values_list("line", "cells"))


# -- erased


def test_their_own_line_loses_its_person_and_the_count_stays(job, owner):
    row = brought(job, owner, ADA, BO)
    forget(Application.objects.get(name=ADA[0]))
    assert (counted(row), row.lines.filter(application=None).count()) == ({"entered": 2}, 1)


def test_a_line_that_said_already_there_is_blank_at_once(job, owner):
    there = make_application(job, email=ADA[1])
    row = brought(job, owner, ADA, BO, [BO[0], BO[1]])
    forget(there)
    assert (counted(row), left(row)) == ({"entered": 1, "already": 2}, {4: [BO[0], BO[1]]})


@pytest.mark.parametrize("cell", ["ADA@mail.example", "Ada <ada@mail.example>", "mailto:ada@mail.example"])
def test_an_address_is_found_however_it_is_written(job, owner, cell):
    there = make_application(job, email="Ada@Mail.example")
    row = brought(job, owner, ["Ada", cell])
    forget(there)
    assert (counted(row), left(row)) == ({"already": 1}, {})


@pytest.mark.parametrize("email", ["bada@mail.example", "ada@mail.example.org", "ada@mail.exampl.example"])
def test_an_address_within_a_longer_one_is_somebody_elses(job, owner, email):
    there = make_application(job, email="ada@mail.example")
    row = brought(job, owner, ["", email])
    forget(there)
    assert left(row) == {2: ["", email]}


def test_a_broken_line_and_one_that_was_left_out_go_too(job, owner):
    there = make_application(job, email=ADA[1])
    row = brought(job, owner, ["", ADA[1]], [*ADA[:4], "Closed"], words={"stage": {"Closed": "out"}})
    forget(there)
    assert (counted(row), left(row)) == ({"broken": 1, "left_out": 1}, {})


def test_an_address_in_the_name_of_a_file_is_found(job, owner):
    there = make_application(job, email="ada@mail.example")
    row = brought(job, owner, cvs=[archive({"x/ada@mail.example.txt": "Chat.", "x/Bo.txt": "Phone."})])
    forget(there)
    assert (counted(row)["already"], left(row)) == (1, {})


def test_lines_in_another_job_of_the_shop_too(job, owner, company):
    there = make_application(job, email=ADA[1])
    row = brought(make_job(company), owner, ADA, ADA)
    forget(there)
    assert left(row) == {}


def test_lines_of_another_company_stay(job, owner, rival):
    there = make_application(job, email=ADA[1])
    row = brought(make_job(rival.company), rival, ADA, ADA)
    forget(there)
    assert list(left(row)) == [3]


def test_whoever_has_no_address_takes_nobodys_line(job, owner):
    there = make_application(job, email="")
    row = brought(job, owner, ["", ""], ["", "ada@mail.example"])
    assert import_result.naming(there.candidate_id).count() == 0
    forget(there)
    assert list(left(row)) == [3]


def test_a_cv_that_was_refused_is_named_no_more(sign_in, job, owner):
    row = brought(job, owner, BO, cvs=[cv("Bo Carlsson.txt", "<html>")])
    forget(Application.objects.get())
    line = ImportedLine.objects.get()
    assert (line.cv_name, line.cv_code, line.application) == ("", "", None)
    assert "Bo Carlsson" not in sign_in(owner).get(reverse("hiring:import", args=[row.pk])).content.decode()


def test_what_is_erased_is_not_taken_back_a_second_time(job, owner):
    row = brought(job, owner, ADA, BO)
    forget(Application.objects.get(name=ADA[0]))
    assert import_result.undo(row, by=owner) == (1, 0)


def test_looking_for_an_address_costs_the_same_for_three_lines(job, owner, django_assert_num_queries):
    there = make_application(job, email=ADA[1])
    for n in (1, 3):
        brought(job, owner, *[ADA] * n)
        with django_assert_num_queries(3):
            import_result.naming(there.candidate_id).count()


# -- the same files once more


def again(job, owner, upload):
    return import_result.same_before(mapped(job, owner, cvs=upload))


def test_the_same_archive_twice_says_so_before_it_happens(sign_in, job, owner):
    brought(job, owner, cvs=[archive(CVS)])
    row = mapped(job, owner, cvs=[archive(CVS)])
    shown = sign_in(owner).get(reverse("hiring:import_check", args=[row.pk])).content.decode()
    assert ("These very files were brought into this job on" in shown, "Import 2 people" in shown) == (
        True,
        True,
    )


def test_other_files_say_nothing(sign_in, job, owner):
    brought(job, owner, cvs=[archive(CVS)])
    row = mapped(job, owner, cvs=[archive(CVS | {"Bo Carl.txt": "Three years."})])
    shown = sign_in(owner).get(reverse("hiring:import_check", args=[row.pk])).content.decode()
    assert "These very files" not in shown


def test_packed_otherwise_or_not_at_all_they_are_the_same(job, owner):
    first = brought(job, owner, cvs=[archive(CVS)])
    folder = archive({f"new/{name}": text for name, text in reversed(CVS.items())})
    loose = [cv(name, text) for name, text in CVS.items()]
    assert [again(job, owner, [folder]), again(job, owner, loose)] == [first, first]


def test_only_looked_at_or_given_up_is_not_brought(job, owner):
    mapped(job, owner, cvs=[archive(CVS)])
    assert again(job, owner, [archive(CVS)]) is None


def test_taken_back_they_may_come_again(job, owner):
    import_result.undo(brought(job, owner, cvs=[archive(CVS)]), by=owner)
    assert again(job, owner, [archive(CVS)]) is None


def test_into_another_job_they_are_new(job, owner, company):
    brought(make_job(company), owner, cvs=[archive(CVS)])
    assert again(job, owner, [archive(CVS)]) is None


def test_with_a_table_the_addresses_say_it(job, owner):
    brought(job, owner, cvs=[archive(CVS)])
    assert import_result.same_before(mapped(job, owner, ADA, cvs=[archive(CVS)])) is None


def test_what_a_computer_leaves_makes_no_difference(job, owner):
    rows = [received(job, owner, cvs=[archive(CVS | more)]) for more in ({}, {".DS_Store": "x"})]
    assert rows[0].cvs_digest == rows[1].cvs_digest


@pytest.mark.parametrize("files", [{"Ada Berg.txt": "a"}, {"Ada.txt": "b"}, {"Ada.txt": "a", "Bo.txt": "a"}])
def test_a_name_a_letter_or_a_file_more_is_another_archive(tmp_path, files):
    digests = []
    for n, each in enumerate(({"Ada.txt": "a"}, files)):
        (path := tmp_path / f"{n}.zip").write_bytes(archive(each).read())
        with cvbox.Box(path) as box:
            digests.append(box.digest())
    assert digests[0] != digests[1]
