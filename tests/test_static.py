"""What is served beside the pages: vendored packages, our sheet, our scripts, our icons."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
SHEET = (STATIC / "app.css").read_text()
RULES = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.S)
OURS = [STATIC / "app.css", *sorted((STATIC / "js").rglob("*.js")), *sorted((STATIC / "css").rglob("*.css"))]


def versions() -> dict[str, str]:
    """file -> sha256, as VERSIONS.md names them."""
    rows = re.findall(
        r"^\| (\S+) \|.*\| ([0-9a-f]{64}) \|$", (STATIC / "vendor/VERSIONS.md").read_text(), re.M
    )
    return dict(rows)


def colours() -> dict[str, tuple[str, str]]:
    """token -> (light, dark)."""
    found = re.findall(r"--(fh-[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", SHEET)
    return {name: (light, dark) for name, light, dark in found}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


def test_what_is_vendored_is_what_versions_md_names():
    sums = {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in versions()}
    assert sums == versions()


def test_every_vendored_file_is_named():
    files = {str(path.relative_to(ROOT)) for path in (STATIC / "vendor").iterdir()}
    own = {"static/vendor/VERSIONS.md", "static/vendor/fetch.sh"}
    assert files - own <= set(versions())


@pytest.mark.parametrize("name", sorted(versions()))
def test_vendored_files_ask_for_no_source_map(name):
    """A source map that is not shipped makes collectstatic fail."""
    assert "sourceMappingURL=" not in (ROOT / name).read_text()


TEXT = [  # text, ground: readable (4.5)
    ("fh-ink", "fh-ground"),
    ("fh-ink", "fh-surface"),
    ("fh-ink", "fh-sunken"),
    ("fh-ink", "fh-warn-soft"),
    ("fh-quiet", "fh-ground"),
    ("fh-quiet", "fh-surface"),
    ("fh-quiet", "fh-sunken"),
    ("fh-on-accent", "fh-accent"),
    ("fh-on-accent", "fh-accent-strong"),
    ("fh-accent-ink", "fh-accent-soft"),
    ("fh-accent-ink", "fh-surface"),
    ("fh-accent-ink", "fh-ground"),
    ("fh-link", "fh-surface"),
    ("fh-link", "fh-ground"),
    ("fh-link", "fh-sunken"),
    ("fh-ok", "fh-ok-soft"),
    ("fh-ok", "fh-surface"),
    ("fh-surface", "fh-ok"),
    ("fh-warn", "fh-warn-soft"),
    ("fh-warn", "fh-surface"),
    ("fh-bad", "fh-bad-soft"),
    ("fh-bad", "fh-surface"),
    ("fh-bad", "fh-ground"),
    ("fh-info", "fh-info-soft"),
]
SHAPES = [  # borders of fields, bars, focus: visible (3)
    ("fh-edge", "fh-surface"),
    ("fh-edge", "fh-ground"),
    ("fh-accent", "fh-sunken"),
    ("fh-bad", "fh-sunken"),
    ("fh-ok", "fh-sunken"),
    ("fh-focus", "fh-surface"),
    ("fh-focus", "fh-ground"),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_readable(text, ground, theme):
    assert contrast(colours()[text][theme], colours()[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_are_visible(shape, ground, theme):
    assert contrast(colours()[shape][theme], colours()[ground][theme]) >= 3


def test_every_token_that_is_used_exists():
    used = set(re.findall(r"var\(--(fh-[a-z-]+)", RULES))
    defined = set(re.findall(r"--(fh-[a-z-]+):", RULES))
    assert used - defined == set()


def test_our_sheet_knows_no_left_and_right():
    """Arabic mirrors by itself only when nothing says left."""
    names = (
        r"[{;\s](?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom)\s*:"
    )
    values = r"(?:text-align|float|clear):\s*(?:left|right)"
    assert re.findall(f"{names}|{values}", RULES) == []


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_nothing_of_ours_names_another_host(path):
    code = re.sub(r"^\s*//.*$", "", path.read_text(), flags=re.M)
    assert re.findall(r"(?:https?:)?//[a-z0-9-]+\.[a-z]{2,}", code) == []


@pytest.mark.parametrize("path", sorted((STATIC / "js").rglob("*.js")), ids=lambda path: path.name)
def test_our_scripts_build_no_code_from_text(path):
    assert (
        re.findall(r"\beval\(|new Function|innerHTML|insertAdjacentHTML|document\.write", path.read_text())
        == []
    )


def test_braces_of_our_sheet_match():
    assert RULES.count("{") == RULES.count("}")
