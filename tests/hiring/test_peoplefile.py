"""Which column is what, and what one row says: pure, without a database."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hiring import peoplefile
from hiring.peoplefile import Broken, person

COLUMNS = {"name": 0, "email": 1, "phone": 2, "applied": 3, "rating": 4}


def guessed(header, samples=()):
    return {
        field: column for field, column in peoplefile.guess(header, samples).items() if column is not None
    }


def said(*cells, columns=COLUMNS, order="ymd"):
    return person(list(cells), columns, order)


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (
            ["First Name", "Last Name", "Email", "Phone Number", "Date Applied", "Stage", "Resume"],
            ["first", "last", "email", "phone", "applied", "stage", "cv"],
        ),
        (
            [
                "Candidate Name",
                "Candidate Email",
                "Source",
                "Current stage",
                "Overall rating",
                "Tags",
                "Notes",
            ],
            ["name", "email", "source", "stage", "rating", "tags", "note"],
        ),
        (
            ["Nimi", "Sähköposti", "Puhelinnumero", "Hakupäivä", "Vaihe", "Arvosana", "Muistiinpanot"],
            ["name", "email", "phone", "applied", "stage", "rating", "note"],
        ),
        (
            ["Förnamn", "Efternamn", "E-post", "Telefon", "Ansökningsdatum", "Källa", "Betyg"],
            ["first", "last", "email", "phone", "applied", "source", "rating"],
        ),
        (
            ["Imię i nazwisko", "Adres e-mail", "Numer telefonu", "Data aplikacji", "Etap", "Uwagi"],
            ["name", "email", "phone", "applied", "stage", "note"],
        ),
        (
            ["الاسم الكامل", "البريد الإلكتروني", "رقم الهاتف", "تاريخ التقديم", "المرحلة", "ملاحظات"],
            ["name", "email", "phone", "applied", "stage", "note"],
        ),
        (
            ["姓名", "邮箱", "手机号", "投递时间", "阶段", "评分", "备注"],
            ["name", "email", "phone", "applied", "stage", "rating", "note"],
        ),
    ],
)
def test_columns_are_known_by_their_words_in_six_languages(header, found):
    assert guessed(header) == {field: n for n, field in enumerate(found)}


def test_a_name_among_other_words_is_not_a_persons():
    assert guessed(["Company name", "Job name", "Recruiter name"]) == {}


def test_a_file_name_is_the_cv_and_not_the_person():
    assert guessed(["CV file name", "Name"]) == {"cv": 0, "name": 1}


def test_an_address_is_known_by_what_stands_there():
    samples = [["x", "ann@x.example"], ["y", "bo@x.example"], ["z", ""]]
    assert guessed(["A", "B"], samples) == {"email": 1}


def test_first_and_last_name_are_better_than_one_word():
    assert guessed(["Name", "First name", "Last name"]) == {"first": 1, "last": 2}


def test_each_column_is_one_thing():
    assert guessed(["E-mail", "Email address"]) == {"email": 0}


def test_a_row():
    found = said("Ada Berg", "Ada <ada@x.example>", "'+358 40 123", "2026-10-05 08:30", "4")
    assert (found.name, found.email, found.phone) == ("Ada Berg", "ada@x.example", "+358 40 123")
    assert (found.applied, found.noted) == (datetime(2026, 10, 5, 8, 30), (("rating", "4"),))


def test_a_name_in_two_columns():
    assert said("Ada", "Berg", columns={"first": 0, "last": 1}).name == "Ada Berg"
    assert said("", "Berg", columns={"first": 0, "last": 1}).name == "Berg"


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["", "ada@x.example"], "no_name"),
        ([" - "], "no_name"),
        (["x" * 201], "long_name"),
        (["Ada", "ada at x"], "bad_email"),
        (["Ada", "a@x.example b@x.example"], "bad_email"),
        (["Ada", f"{'a' * 250}@x.example"], "bad_email"),
        (["Ada", "", "", "soon"], "bad_date"),
        (["Ada", "", "", "31/12/2026"], "bad_date"),
    ],
)
def test_a_row_that_is_nobody(cells, code):
    with pytest.raises(Broken) as broken:
        said(*cells)
    assert broken.value.code == code


def test_a_zone_stays_with_its_date():
    assert said("Ada", "", "", "2026-10-05T08:30:00+00:00").applied == datetime(
        2026, 10, 5, 8, 30, tzinfo=UTC
    )


def test_no_date_is_no_fault():
    assert said("Ada").applied is None


@pytest.mark.parametrize("text", ["ask her", "1234", "+358 " * 20])
def test_what_is_no_phone_number_is_kept_as_words(text):
    found = said("Ada", "", text)
    assert (found.phone, found.said("phone")) == ("", " ".join(text.split()))


def test_a_note_keeps_its_lines_and_a_rating_is_words():
    found = said("Ada", "Nice\r\n\r\ncall  her", "5/5", columns={"name": 0, "note": 1, "rating": 2})
    assert found.noted == (("rating", "5/5"), ("note", "Nice\n\ncall her"))
    assert found.said("tags") == ""


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  a \x00\u202e b\x07 ", "a b"),
        ("'=1+1", "=1+1"),
        ("'tis", "'tis"),
        ("a\n b", "a b"),
        ("\ufeffAda", "Ada"),
    ],
)
def test_cells_are_cleaned(text, clean):
    assert peoplefile.clean(text) == clean


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("Phone Screen", "phone"),
        ("Haastattelu", "interview"),
        ("Rejected", "refused"),
        ("Hylätty", "refused"),
        ("Odrzucony", "refused"),
        ("مرفوض", "refused"),
        ("淘汰", "refused"),
        ("Offer sent", "offer"),
        ("Team lunch", "cv"),
        ("Hired", "cv"),
    ],
)
def test_stages_are_known_by_their_words(word, stage):
    assert peoplefile.stage_of(word) == stage


def test_dates_that_read_two_ways_have_two_orders():
    assert peoplefile.date_orders(["03/04/2026", "05/06/2026"]) == ["dmy", "mdy"]
    assert peoplefile.date_orders(["03/04/2026", "25/06/2026", ""]) == ["dmy"]
    assert peoplefile.date_orders(["never"]) == []


def test_examples_are_different_and_few():
    samples = [["a"], ["a"], [""], ["b"], ["c"], ["d"], []]
    assert peoplefile.examples(samples, 0) == ["a", "b", "c"]


def test_more_cells_than_columns():
    assert peoplefile.has_more(["a", "b", "c"], 2) is True
    assert peoplefile.has_more(["a", "b", " ", ""], 2) is False


@given(st.lists(st.text(max_size=30), max_size=8))
@example(["Email", "email", "E-Mail"])
def test_a_guess_never_uses_a_column_twice(header):
    taken = list(guessed(header).values())
    assert len(taken) == len(set(taken))
    assert all(0 <= column < len(header) for column in taken)


@given(st.lists(st.text(max_size=80), min_size=1, max_size=5))
@example(["\x00"])
@example(["Ada", "=cmd@x.example"])
def test_a_row_is_somebody_or_broken(cells):
    with contextlib.suppress(Broken):
        found = said(*cells)
        assert 0 < len(found.name) <= 200
        assert "\0" not in "".join([found.name, found.phone, *(text for _name, text in found.noted)])


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2030, 1, 1)),
    st.sampled_from(["dmy", "mdy"]),
)
def test_a_date_comes_back_as_it_was_written(when, order):
    pattern = "%d/%m/%Y %H:%M:%S" if order == "dmy" else "%m/%d/%Y %H:%M:%S"
    assert said("Ada", "", "", f"{when:{pattern}}", order=order).applied == when.replace(microsecond=0)
