"""Whose CV is it: pure, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import cvnames

ADA, BO, WANG = (2, "Ada Berg", "ada@x.example", ""), (3, "Bo Carlsson", "", ""), (4, "王小明", "", "")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("cvs/Ada_Berg_CV_2026.pdf", "Ada Berg"),
        ("ada-berg.docx", "Ada Berg"),
        ("AdaBerg(1).pdf", "Ada Berg"),
        ("Lebenslauf Jürgen Groß.pdf", "Jürgen Groß"),
        ("王小明.pdf", "王小明"),
        ("سيرة ذاتية أحمد علي.pdf", "أحمد علي"),
        ("cv.pdf", "Cv"),
        ("ada@x.example Ada Berg.pdf", "Ada Berg"),
        ("2026.pdf", "2026.pdf"),
        ("O'Brien.txt", "O Brien"),
    ],
)
def test_a_person_is_named_after_the_file(path, name):
    assert cvnames.name(path) == name


@pytest.mark.parametrize(
    ("path", "junk"),
    [
        ("__MACOSX/._cv.pdf", True),
        (".DS_Store", True),
        ("a/Thumbs.db", True),
        ("folder/", True),
        ("", True),
        ("a/cv.pdf", False),
    ],
)
def test_what_a_computer_leaves_is_no_cv(path, junk):
    assert cvnames.is_junk(path) is junk


@pytest.mark.parametrize(
    ("said", "file"),
    [
        ("a/one.pdf", "a/one.pdf"),
        ("ONE.PDF", "a/one.pdf"),
        ("one", "a/one.pdf"),
        ("https://ats.example/files/one.pdf", "a/one.pdf"),
        ("C:\\CVs\\one.pdf", "a/one.pdf"),
        ("Ada%20Berg.pdf", "Ada Berg.pdf"),
    ],
)
def test_the_table_names_the_file(said, file):
    person = (2, "Xu", "", said)
    assert cvnames.match([person], [file, "b/two.pdf"]) == ({2: file}, [("b/two.pdf", "nobody")])


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("ada@x.example.pdf", 2),
        ("ADA@X.EXAMPLE cv.pdf", 2),
        ("Berg, Ada - CV.pdf", 2),
        ("AdaBerg.pdf", 2),
        ("bo_carlsson_2024.pdf", 3),
        ("简历王小明2024.pdf", 4),
    ],
)
def test_else_the_address_or_the_whole_name_does(file, line):
    assert cvnames.match([ADA, BO, WANG], [file]) == ({line: file}, [])


@pytest.mark.parametrize("file", ["Ada.pdf", "Berg.pdf", "carlsson cv.pdf", "scan0001.pdf", "王.pdf"])
def test_part_of_a_name_is_nobody(file):
    assert cvnames.match([ADA, BO, WANG], [file]) == ({}, [(file, "nobody")])


def test_two_people_of_one_name_are_not_guessed():
    assert cvnames.match([ADA, (9, "Berg Ada", "", "")], ["Ada Berg.pdf"]) == (
        {},
        [("Ada Berg.pdf", "several")],
    )


def test_a_name_within_a_longer_one_is_not_guessed():
    longer = (9, "Ada Maria Berg", "", "")
    assert cvnames.match([ADA, longer], ["Ada Maria Berg.pdf"]) == ({}, [("Ada Maria Berg.pdf", "several")])


def test_two_files_of_one_person_are_not_guessed():
    files = ["Ada Berg 1.pdf", "Ada Berg 2.pdf"]
    assert cvnames.match([ADA], files) == ({}, [(file, "several") for file in files])


def test_a_file_two_rows_name_is_nobodys():
    rows = [(2, "Xu", "", "one.pdf"), (3, "Yi", "", "one.pdf")]
    assert cvnames.match(rows, ["one.pdf"]) == ({}, [("one.pdf", "several")])


def test_of_two_files_with_one_name_only_the_path_tells():
    files = ["a/cv.pdf", "b/cv.pdf"]
    assert cvnames.match([(2, "Xu", "", "cv.pdf")], files)[0] == {}
    assert cvnames.match([(2, "Xu", "", "b/cv.pdf")], files)[0] == {2: "b/cv.pdf"}


def test_what_the_table_says_comes_before_a_name():
    rows = [(2, "Ada Berg", "", "two.pdf"), (3, "Other Name", "", "")]
    assert cvnames.match(rows, ["Ada Berg.pdf", "two.pdf"]) == ({2: "two.pdf"}, [("Ada Berg.pdf", "nobody")])


NAMES = st.lists(st.sampled_from(["Ada Berg", "Bo Carl", "Berg Ada", "Ada", "王明", "x"]), max_size=5)
PATHS = st.lists(
    st.sampled_from(["Ada Berg.pdf", "ada.berg.cv.pdf", "bo carl.pdf", "王明.pdf", "q"]), unique=True
)


@given(NAMES, PATHS)
def test_each_file_is_told_of_once_and_each_person_has_one(names, paths):
    people = [(n, name, "", "") for n, name in enumerate(names)]
    matched, left = cvnames.match(people, paths)
    assert sorted([*matched.values(), *(path for path, _code in left)]) == sorted(paths)


@given(st.text(max_size=60))
def test_any_file_has_a_name_to_begin_with(path):
    assert len(cvnames.name(path or "x")) in range(1, 201)
