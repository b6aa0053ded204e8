"""One cell and one line of a list that comes back from a spreadsheet."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hiring import requirement_sheet, suggestions
from hiring.models import Level, Requirement
from hiring.models.requirements import RequirementKind
from hiring.models.requirements import TestedIn as Where
from hiring.requirement_sheet import COLUMNS, Unfit, _Bad, _cell, _column, _Reader, _short, _weight
from vault import sheets

KEY = min(suggestions.BY_KEY)
LANGUAGES = ["en", "fi", "sv", "pl", "ar", "zh-hans"]


@pytest.fixture
def reader(monkeypatch):
    """Of a job that looks for one thing of its own and one of ours."""
    rows = [
        Requirement(pk=1, text="Loves tea", level="nice", weight=2),
        Requirement(pk=2, key=KEY, level="must", weight=3, kind=suggestions.BY_KEY[KEY].kind),
    ]
    monkeypatch.setattr(requirement_sheet.requirements, "listed", lambda _job: rows)
    return _Reader(None, {name: at for at, name in enumerate(COLUMNS)})


def line(**said) -> list[str]:
    return [said.get(name, "") for name in COLUMNS]


def plan(reader, *lines):
    return reader.read(list(enumerate(lines, 2)))


# -- a cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("'twas", "'twas"),
        (" a\r\nb ", "a\nb"),
        ("a\0b", "ab"),
        ("'", "'"),
        ("", ""),
    ],
)
def test_a_cell_is_what_was_in_it_before_it_was_kept_from_being_a_formula(cell, text):
    assert _cell(cell) == text


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=30).map(str.strip))
def test_what_is_kept_from_being_a_formula_is_read_as_it_was(text):
    assert _cell(str(sheets.cell(text))) == _cell(text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_column_is_known_by_its_name_in_every_language(language):
    with translation.override(language):
        names = {name: str(word) for name, word in COLUMNS.items()}
    assert {name: _column(f"  {word.upper()} ") for name, word in names.items()} == {
        name: name for name in COLUMNS
    }


@pytest.mark.parametrize("cell", ["", "Notes", "Levels", "code code"])
def test_another_column_is_none_of_ours(cell):
    assert _column(cell) == ""


@pytest.mark.parametrize("said", ["0", "6", "1.0", "٣", "²", "-1", "", "11", "many"])
def test_what_is_no_weight(said):
    with pytest.raises(_Bad, match="no weight"):
        _weight(said)


@pytest.mark.parametrize("said", "12345")
def test_what_is_a_weight(said):
    assert _weight(said) == int(said)


@pytest.mark.parametrize(("length", "fits"), [(0, True), (5, True), (6, False)])
def test_a_text_may_be_as_long_as_its_place(length, fits):
    if fits:
        assert _short("x" * length, 5) == "x" * length
    else:
        with pytest.raises(_Bad, match="longer than 5"):
            _short("x" * length, 5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "choices"), [("level", Level), ("kind", RequirementKind), ("tested_in", Where)]
)
def test_every_choice_is_known_by_its_word_in_every_language(reader, language, name, choices):
    with translation.override(language):
        said = [str(choice.label) for choice in choices]
    assert [reader._word(name, word.upper()) for word in said] == choices.values


@pytest.mark.parametrize("separator", [",", ";", "،", "、", "\n", " , ; "])
def test_places_stand_behind_any_separator(reader, separator):
    assert reader._checked("tested_in", f"CV{separator}phone call") == ["cv", "phone"]


# -- a line


def test_a_word_nobody_knows_is_said_short(reader):
    [bad] = plan(reader, line(code="r1", level="y" * 500)).bad
    assert bad == f"Line 2: “{'y' * 40}” is no level. Write must have, nice to have or bonus."


@pytest.mark.parametrize("code", ["r1", "R1", " r1 "])
def test_its_code_says_which_line_it_is(reader, code):
    assert plan(reader, line(code=code, text="Loves coffee")).change.rows[1] == {"text": "Loves coffee"}


def test_without_a_code_its_words_do(reader):
    assert plan(reader, line(text="LOVES  tea", level="must")).change.rows[1]["level"] == "must"


@pytest.mark.parametrize(("said", "weight"), [({}, suggestions.WEIGHTS["must"]), ({"weight": "1"}, 1)])
def test_the_weight_follows_the_level_unless_it_is_there(reader, said, weight):
    found = plan(reader, line(code="r1", text="Loves tea", level="must", **said)).change.rows[1]
    assert found == {"level": "must", "weight": weight}


def test_ones_own_words_are_never_emptied(reader):
    assert plan(reader, line(code="r1")).change.rows == {}


def test_a_code_of_another_list_is_a_new_line(reader):
    found = plan(reader, line(code="r999", text="Knows coffee")).change
    assert ([row["text"] for row in found.added], sorted(found.removed)) == (["Knows coffee"], [1, 2])


def test_both_codes_for_one_line_count_once(reader):
    told = plan(reader, line(code="r1", text="Loves tea"), line(text="Loves tea", level="must"))
    assert (told.bad, told.change.rows) == (["Line 3: the same as line 2."], {})


def test_an_empty_table_would_take_everything_off_and_says_so(reader):
    told = plan(reader)
    assert (told.change.removed, told.removed[0][0]) == ([1, 2], "Loves tea")


@given(st.lists(st.lists(st.text(max_size=8), max_size=11), max_size=5))
def test_no_line_is_lost_without_a_word(lines):
    own = Requirement(pk=1, text="Loves tea", level="nice", weight=2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requirement_sheet.requirements, "listed", lambda _job: [own])
        told = plan(_Reader(None, {name: at for at, name in enumerate(COLUMNS)}), *lines)
    change = told.change
    assert len(told.bad) + len(change.added) + len(change.rows) <= len(lines)
    assert len(told.added) == len(change.added)
    assert len(told.changed) == len(change.rows)


@pytest.mark.parametrize("code", ["empty", "workbook", "no_columns", "no_rows", "whatever"])
def test_every_refusal_of_a_file_is_a_sentence(code):
    said = str(Unfit(requirement_sheet._unreadable(code)))
    assert (said[0].isupper(), said[-1] in ".?") == (True, True)
