"""Parts of the week: kept, said, compared, and ticked in a table."""

from itertools import pairwise

import pytest
from django import forms
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from hiring import hours, hours_words
from hiring.hours import CODES, Piece
from hiring.hours_field import HoursField

weeks = st.frozensets(st.sampled_from(CODES))
WORKDAYS = tuple(
    f"{day}-{part}" for day in ("mo", "tu", "we", "th", "fr") for part in ("morning", "afternoon")
)


def test_a_week_has_28_parts_each_once():
    assert (len(CODES), len(set(CODES)), CODES[0], CODES[-1]) == (28, 28, "mo-morning", "su-night")


def test_the_parts_of_a_day_are_its_24_hours():
    hours_of = [hour for first, end in hours.HOURS.values() for hour in range(first, end)]
    assert sorted(hours_of) == list(range(24))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([], ()),
        (["tu-night", "mo-morning", "tu-night"], ("mo-morning", "tu-night")),
        (["mo-noon", "xx", "", "MO-MORNING", None, 7], ()),
    ],
)
def test_parse_keeps_what_it_knows_in_the_order_of_the_week(said, kept):
    assert hours.parse(said) == kept


@given(weeks)
def test_stored_and_read_again_it_is_the_same(week):
    assert hours.from_text(hours.to_text(week)) == hours.parse(week)


@given(st.text(max_size=9))
def test_any_text_is_read_as_a_week_or_as_none(text):
    week = hours.from_text(text)
    assert week == () or hours.to_text(week) == text


@pytest.mark.parametrize(
    ("codes", "stored"),
    [
        ((), ""),
        (("mo-morning",), "1000000"),
        (("su-night",), "0000008"),
        (WORKDAYS, "3333300"),
        (CODES, "fffffff"),
    ],
)
def test_what_is_stored(codes, stored):
    assert hours.to_text(codes) == stored


@pytest.mark.parametrize("stored", ["", "123456", "12345678", "000000g", "FFFFFFF", "1 00000", "١000000"])
def test_what_was_not_stored_by_us_is_no_hours(stored):
    assert hours.from_text(stored) == ()


def test_nothing_stored_by_zeros_either():
    assert hours.from_text("0000000") == ()


# -- pieces and words


@given(weeks)
def test_the_pieces_are_the_week_again(week):
    again = {
        f"{hours.DAYS[day]}-{part}"
        for piece in hours.words(week)
        for day in range(piece.first, piece.last + 1)
        for part in piece.parts
    }
    assert again == week


@given(weeks)
def test_neighbouring_pieces_differ(week):
    pieces = hours.words(week)
    for one, other in pairwise(pieces):
        assert one.last < other.first
        assert one.last + 1 < other.first or one.parts != other.parts


def test_days_alike_are_one_piece():
    assert hours.words((*WORKDAYS, "su-evening")) == [
        Piece(0, 4, ("morning", "afternoon")),
        Piece(6, 6, ("evening",)),
    ]


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        ((), []),
        (WORKDAYS, ["Mon to Fri: mornings and afternoons"]),
        (("sa-night",), ["Sat: nights"]),
        (CODES, ["Every day: day and night"]),
        (("mo-evening", "we-evening"), ["Mon: evenings", "Wed: evenings"]),
        (("fr-morning", "sa-morning", "su-evening"), ["Fri to Sat: mornings", "Sun: evenings"]),
    ],
)
def test_a_week_in_words(codes, said):
    assert hours_words.said(codes) == said


@given(weeks)
def test_every_week_has_words(week):
    assert len(hours_words.said(week)) == len(hours.words(week))


# -- two weeks beside each other


@pytest.mark.parametrize(
    ("can", "wanted", "numbers"),
    [
        ((), (), (0, 0)),
        (CODES, (), (0, 0)),
        ((), WORKDAYS, (0, 10)),
        (WORKDAYS[:8], WORKDAYS, (8, 10)),
        (CODES, WORKDAYS, (10, 10)),
        (["mo-morning", "nonsense"], ["mo-morning", "nonsense"], (1, 1)),
    ],
)
def test_how_much_is_covered(can, wanted, numbers):
    assert hours.overlap(can, wanted) == numbers


@given(weeks, weeks)
def test_never_more_covered_than_there_is(can, wanted):
    there, asked = hours.overlap(can, wanted)
    assert 0 <= there <= min(len(can), asked)
    assert asked == len(wanted)


@pytest.mark.parametrize(
    ("can", "wanted", "sentence"),
    [
        (WORKDAYS[:8], WORKDAYS, "Covers 8 of the 10 parts of the week you asked for."),
        (WORKDAYS, WORKDAYS[:1], "Covers 1 of the 1 part of the week you asked for."),
        (("su-night",), WORKDAYS, "Covers 0 of the 10 parts of the week you asked for."),
        ((), WORKDAYS, ""),
        (WORKDAYS, (), ""),
    ],
)
def test_the_sentence_is_there_when_both_have_said_something(can, wanted, sentence):
    assert hours_words.covered(can, wanted) == sentence


# -- beside what was counted

one_hour = [[0] * 24 for _ in range(7)]
one_hour[0] = [*([0] * 6), 3, *([0] * 17)]


@given(st.lists(st.lists(st.integers(0, 9), min_size=24, max_size=24), min_size=7, max_size=7))
def test_every_message_falls_into_one_part(heat):
    assert sum(hours.in_parts(heat).values()) == sum(map(sum, heat))


def test_six_in_the_morning_is_the_morning():
    assert {code: count for code, count in hours.in_parts(one_hour).items() if count} == {"mo-morning": 3}


@pytest.mark.parametrize(("codes", "share"), [(CODES, 1), ((), 0), (("mo-night",), 0), (("mo-morning",), 1)])
def test_the_share_of_the_messages_in_some_parts(codes, share):
    assert hours.share(one_hour, codes) == share


def test_no_share_of_nothing():
    assert hours.share([[0] * 24] * 7, CODES) is None


# -- the table


class Form(forms.Form):
    week = HoursField(label="Hours")


class Counted(Form):
    def __init__(self, *args, counts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["week"].widget.counts = counts


@pytest.mark.parametrize(
    ("sent", "stored"), [([], ""), (["mo-morning"], "1000000"), (list(CODES), "fffffff")]
)
def test_what_is_ticked_is_stored(sent, stored):
    form = Form({"week": sent})
    assert form.is_valid()
    assert form.cleaned_data["week"] == stored


def test_a_part_that_does_not_exist_is_refused_beside_the_field():
    form = Form({"week": ["mo-noon", "mo-morning"]})
    assert not form.is_valid()
    assert [list(form.errors), str(form["week"]).count(" checked")] == [["week"], 1]


@pytest.mark.parametrize(
    ("before", "sent", "changed"),
    [
        ("", [], False),
        (None, [], False),
        ("1000000", ["mo-morning"], False),
        ("", ["mo-morning"], True),
        ("1000000", [], True),
    ],
)
def test_only_a_change_is_one(before, sent, changed):
    assert bool(Form({"week": sent}, initial={"week": before}).changed_data) == changed


def test_the_stored_week_is_ticked():
    html = str(Form(initial={"week": "1000008"})["week"])
    assert [html.count(" checked"), html.count('type="checkbox"')] == [2, 28]


def test_every_box_has_its_name_in_its_label():
    html = str(Form()["week"])
    assert html.count("<label") == 28
    for name in ("Monday, Morning", "Sunday, Night"):
        assert name in html


def test_days_and_parts_head_the_table():
    html = str(Form()["week"])
    assert [html.count('scope="row"'), html.count('scope="col"')] == [7, 4]


def test_in_the_readers_language():
    with override("fi"):
        assert "maanantai" in str(Form()["week"])


def test_counts_stand_beside_the_boxes_and_the_fullest_is_darkest():
    html = str(Counted(counts=hours.in_parts(one_hour))["week"])
    assert [html.count("fh-week-count"), html.count('data-step="5"'), html.count('data-step="0"')] == [
        28,
        1,
        27,
    ]


def test_no_counts_no_numbers():
    assert "fh-week-count" not in str(Form()["week"])


def test_counts_of_nothing_have_no_step():
    html = str(Counted(counts=dict.fromkeys(CODES, 0))["week"])
    assert html.count('data-step="0"') == 28


def test_a_fieldset_names_the_table():
    assert Form()["week"].use_fieldset
    assert Form()["week"].id_for_label == ""
