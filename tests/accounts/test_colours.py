import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts import colours

SHEET = (Path(__file__).parents[2] / "static/app.css").read_text()
PAIRS = st.tuples(
    st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}"), st.sampled_from(["#ffffff", "#000000", "#17211c"])
)


def token(name):
    return re.search(rf"--fh-{name}: light-dark\((#\w{{6}}), (#\w{{6}})\)", SHEET).groups()


def test_the_grounds_are_those_of_the_sheet():
    names = ("surface", "ground", "sunken")
    assert list(zip(colours.LIGHT, colours.DARK, strict=True)) == [token(name) for name in names]


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
    ],
)  # the last two: the well-known edge of WCAG
def test_contrast(one, other, ratio):
    assert (round(colours.contrast(one, other), 2), round(colours.contrast(other, one), 2)) == (ratio, ratio)


@pytest.mark.parametrize(
    ("text", "answer"),
    [("#b8400f", True), ("#B8400F", False), ("b8400f", False), ("#fff", False), ("red", False), ("", False),
     ("#b8400f;}", False), ("#b8400f\n", False)],
)  # fmt: skip
def test_what_a_colour_is(text, answer):
    assert colours.is_colour(text) == answer


def test_what_passes_already_is_left_alone():
    assert colours.nearest("#b8400f", ["#ffffff"]) == "#b8400f"


def test_nearest_darkens_on_white_and_lightens_on_black():
    darker, lighter = colours.nearest("#888888", ["#ffffff"]), colours.nearest("#444444", ["#000000"])
    assert (
        colours.luminance(darker) < colours.luminance("#888888"),
        colours.luminance(lighter) > colours.luminance("#444444"),
    ) == (True, True)


def test_nothing_reads_on_black_and_white_at_once():
    assert colours.nearest("#808080", ["#ffffff", "#000000"], 5) in {"#ffffff", "#000000"}


@settings(max_examples=60)
@given(PAIRS)
def test_every_token_can_be_read_where_it_is_used(pair):
    found = colours.tokens(*pair)
    for side, grounds in enumerate((colours.LIGHT, colours.DARK)):
        one = {name: value[side] for name, value in found.items()}
        assert colours.passes(one["fh-link"], grounds, 4.5)
        assert colours.passes(one["fh-accent-ink"], [*grounds, one["fh-accent-soft"]], 4.5)
        assert colours.passes(one["fh-accent"], grounds, 3)
        assert colours.contrast(one["fh-on-accent"], one["fh-accent"]) >= 4.5


@settings(max_examples=30)
@given(PAIRS)
def test_a_proposal_passes(pair):
    accent, text = pair
    assert colours.contrast(colours.nearest(accent, [text]), text) >= 4.5


def test_a_sheet_is_made_of_colours_only():
    sheet = colours.sheet("#123456", "#ffffff")
    assert "--bs-btn-bg: #123456; --bs-btn-color: #ffffff;" in sheet
    assert sheet.count("{") == sheet.count("}") == 3


@pytest.mark.parametrize("pair", [("red", "#ffffff"), ("#123456", "#fff"), ("#123456;} body {", "#ffffff")])
def test_nothing_else_gets_into_a_sheet(pair):
    with pytest.raises(ValueError, match="not a colour"):
        colours.sheet(*pair)
