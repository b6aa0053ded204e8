"""One requirement as it is typed, one list beside another, and what a line says: without a page."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from hiring import requirements, suggestions
from hiring.models import Level, Requirement
from hiring.models.requirements import TestedIn as Where
from hiring.requirement_forms import MOST_QUESTIONS, AddForm, RowForm, clean_questions
from hiring.requirement_versions import Listed, between, name_of
from hiring.requirements import Change

KEYS = sorted(suggestions.BY_KEY)


def own(**fields) -> Requirement:
    return Requirement(pk=5, **{"text": "Loves tea", "level": "nice", "weight": 2} | fields)


def ours(key, **fields) -> Requirement:
    return Requirement(
        pk=7, key=key, kind=suggestions.BY_KEY[key].kind, **{"level": "nice", "weight": 2} | fields
    )


def typed(row, **changes) -> dict:
    """What is posted of the row when only `changes` were typed."""
    found = {bound.name: bound.value() for bound in RowForm(row=row)}
    return {f"r{row.pk}-{name}": value for name, value in (found | changes).items() if value is not None}


def values(row, **changes) -> dict:
    form = RowForm(typed(row, **changes), row=row)
    form.full_clean()
    return form.values()


# -- one row


@pytest.mark.parametrize("key", KEYS)
def test_every_suggestion_posted_as_it_stands_changes_nothing(db, key):
    assert values(ours(key)) == {}


@pytest.mark.parametrize("language", ["fi", "sv", "pl", "ar", "zh-hans"])
def test_nor_does_it_in_another_language(db, language):
    with translation.override(language):
        assert [values(ours(key)) for key in KEYS[:3]] == [{}, {}, {}]


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"level": "must"}, {"level": "must", "weight": suggestions.WEIGHTS["must"]}),
        ({"level": "must", "weight": "5"}, {"level": "must", "weight": 5}),
        ({"weight": "4"}, {"weight": 4}),
        ({"level": ""}, {}),
        ({"weight": ""}, {}),
        ({"kind": ""}, {}),
        ({"text": "  Loves \t tea "}, {}),
        ({"tested_in": ["interview"]}, {}),
        ({"tested_in": ["cv", "phone"]}, {"tested_in": ["cv", "phone"]}),
        ({"questions": "\n\n"}, {}),
    ],
    ids=str,
)
def test_what_counts_as_a_change(db, changes, wanted):
    assert values(own(), **changes) == wanted


def test_a_row_that_came_after_the_page_was_opened_is_not_looked_at():
    form = RowForm({"good_at": "x"}, row=own())
    assert (form.is_bound, form.values(), form.refined) == (False, {}, False)


@pytest.mark.parametrize(("row", "needed"), [(own(), True), (ours(KEYS[0]), False)], ids=["own", "ours"])
def test_only_ones_own_needs_words(row, needed):
    assert RowForm(row=row).fields["text"].required == needed


@pytest.mark.parametrize("key", KEYS)
def test_our_words_stand_in_empty_fields(key):
    fields, ours_ = RowForm(row=ours(key)).fields, suggestions.BY_KEY[key]
    assert str(fields["why"].widget.attrs["placeholder"]) == str(ours_.why)
    assert str(fields["anchor_3"].widget.attrs["placeholder"]) == str(ours_.anchors[3])


def test_ones_own_has_no_words_of_ours():
    fields = RowForm(row=own()).fields.values()
    assert [field for field in fields if "placeholder" in field.widget.attrs] == []


# -- questions, one a line


@pytest.mark.parametrize(("number", "fits"), [(0, True), (MOST_QUESTIONS, True), (MOST_QUESTIONS + 1, False)])
def test_six_questions_are_the_most(number, fits):
    text = "\n".join(f"Why {n}?" for n in range(number))
    if fits:
        assert clean_questions(text) == text
    else:
        with pytest.raises(ValidationError, match="At most 6"):
            clean_questions(text)


@given(st.lists(st.text(max_size=20), max_size=5).map("\r\n".join))
def test_questions_cleaned_once_are_clean(text):
    try:
        once = clean_questions(text)
    except ValidationError:
        return  # what ends a line made more of them
    assert clean_questions(once) == once
    assert all(line == line.strip() != "" for line in once.splitlines())


# -- one more


@pytest.mark.parametrize(
    ("data", "added"),
    [
        ({"text": ""}, []),
        ({"text": "  "}, []),
        ({"text": "Tea"}, [("Tea", "nice")]),
        ({"text": "Tea", "level": "must"}, [("Tea", "must")]),
    ],
)
def test_nothing_typed_adds_nothing(data, added):
    form = AddForm(data)
    assert form.is_valid()
    assert [(row["text"], row["level"]) for row in form.values()] == added
    assert all(row["weight"] == suggestions.WEIGHTS[row["level"]] for row in form.values())


@pytest.mark.parametrize(("data", "field"), [({"text": "x" * 201}, "text"), ({"level": "vital"}, "level")])
def test_what_cannot_be_added(data, field):
    assert list(AddForm(data).errors) == [field]


# -- a change, and whether there is one


@pytest.mark.parametrize(
    "change",
    [{"job": {"good_at": ""}}, {"rows": {1: {"level": "must"}}}, {"added": [{"text": "x"}]}, {"removed": [1]},
     {"back": [1]}],
)  # fmt: skip
def test_any_part_makes_a_change(change):
    assert (bool(Change(**change)), bool(Change())) == (True, False)


@pytest.mark.parametrize(
    ("musts", "told"), [(0, 0), (suggestions.MOST_MUSTS, 0), (suggestions.MOST_MUSTS + 1, 5)]
)
def test_too_many_musts_are_counted_without_the_others(musts, told):
    rows = [Requirement(level="must")] * musts + [Requirement(level="nice")] * 9
    assert requirements.too_many_musts(rows) == told


# -- what a line says


def test_ones_own_is_asked_about_in_the_interview_and_says_no_more():
    row = own()
    assert (row.places, row.reason, row.anchors) == (("interview",), "", {1: "", 3: "", 5: ""})
    assert (str(row), row.suggestion) == ("Loves tea", None)


@pytest.mark.parametrize("number", [1, 3, 5])
def test_one_anchor_of_ones_own_leaves_the_others_ours(number):
    row = ours(KEYS[0], **{f"anchor_{number}": "Mine"})
    theirs = row.suggestion.anchors
    assert row.anchors == {n: "Mine" if n == number else theirs.get(n, "") for n in (1, 3, 5)}


def test_own_words_before_ours():
    row = ours(KEYS[0], text="Mine", why="Because", tested_in=[Where.CV.value])
    assert (str(row.label), row.reason, row.places) == ("Mine", "Because", ("cv",))


# -- two lists beside each other


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "row": st.integers(1, 6),
            "key": st.just(""),
            "text": st.sampled_from(["Tea", "Coffee", "Milk"]),
            "level": st.sampled_from(Level.values),
        }
    ),
    max_size=6,
    unique_by=lambda line: line["row"],
)


def a_list(lines) -> Listed:
    return Listed(1, lines, 0)


@given(LINES)
def test_a_list_differs_in_nothing_from_itself_however_ordered(lines):
    assert not between(a_list(lines), a_list(lines[::-1]))


@given(LINES, LINES)
def test_there_and_back_swaps_what_came_and_what_went(one, other):
    there, back = between(a_list(one), a_list(other)), between(a_list(other), a_list(one))
    assert (there.added, there.removed) == (back.removed, back.added)
    assert len(there.levels) == len(back.levels)
    assert {(b, a) for a, b in there.worded} == set(back.worded)


@given(LINES, LINES)
def test_every_line_is_told_or_the_same(one, other):
    told = between(a_list(one), a_list(other))
    both = {line["row"] for line in one} & {line["row"] for line in other}
    assert (len(told.added), len(told.removed)) == (len(other) - len(both), len(one) - len(both))
    assert len(told.levels) <= len(both)


@given(LINES, LINES)
def test_only_lines_and_levels_make_another_list(one, other):
    """As the versions are kept: neither order nor words end a list."""
    said = between(a_list(one), a_list(other))
    same = requirements._shape(one) == requirements._shape(other)
    assert same == (not (said.added or said.removed or said.levels))


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ({"key": "", "text": "Tea"}, "Tea"),
        ({"key": KEYS[0], "text": "Mine"}, "Mine"),
        ({"key": KEYS[0], "text": ""}, str(suggestions.BY_KEY[KEYS[0]].name)),
        ({"key": "given-up-since", "text": ""}, ""),
    ],
)
def test_a_line_kept_long_ago_still_has_its_name(line, name):
    assert name_of(line) == name


def test_what_is_kept_of_a_row():
    row = SimpleNamespace(pk=1, key="", text="Tea", level="must", weight=3, why="hidden")
    kept = {"row": 1, "key": "", "text": "Tea", "level": "must", "weight": 3}
    assert requirements.snapshot([row]) == [kept]
