"""A shop's two colours: whether they can be read (WCAG 2.2), and the nearest that can. No Django in here."""

import re

READABLE, VISIBLE = 4.5, 3.0  # WCAG 2.2: text (1.4.3), shapes (1.4.11)
# The grounds of our pages as static/app.css has them (surface, ground, sunken), light and dark.
LIGHT = ("#ffffff", "#f5f6f3", "#eceeea")
DARK = ("#1a211e", "#111614", "#0c100e")
WHITE, BLACK = "#ffffff", "#000000"
OURS = ("#b8400f", WHITE)  # of Firsthire itself, on light pages
_HEX = re.compile(r"#[0-9a-f]{6}")
_STEPS = 100


def is_colour(text: str) -> bool:
    """Six hexadecimal digits after a #, in small letters: nothing else may reach a style sheet."""
    return bool(_HEX.fullmatch(text))


def parts(colour: str) -> tuple[int, int, int]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (value / 255 for value in parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """1 to 21 (WCAG 2.2, "contrast ratio")."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other` in it."""
    mixed = (round(a + (b - a) * share) for a, b in zip(parts(colour), parts(other), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def passes(colour: str, grounds, ratio: float) -> bool:
    return all(contrast(colour, ground) >= ratio for ground in grounds)


def nearest(colour: str, grounds, ratio: float = READABLE) -> str:
    """The colour itself, or the least darkened or lightened one that has `ratio` against every ground.

    When none has, black or white, whichever is further from the grounds.
    """
    for step in range(_STEPS + 1):
        for end in (BLACK, WHITE):
            if passes(found := mix(colour, end, step / _STEPS), grounds, ratio):
                return found
    return max((BLACK, WHITE), key=lambda end: min(contrast(end, ground) for ground in grounds))


def tokens(accent: str, on_accent: str) -> dict:
    """token of static/app.css -> (light, dark): every one readable or visible where our pages use it."""
    return dict(
        zip(
            _NAMES,
            zip(_side(accent, on_accent, LIGHT), _side(accent, on_accent, DARK), strict=True),
            strict=True,
        )
    )


_NAMES = (
    "fh-accent", "fh-on-accent", "fh-accent-strong", "fh-accent-ink", "fh-accent-soft", "fh-link",
)  # fmt: skip


def _side(accent, on_accent, grounds) -> tuple:
    shape = nearest(accent, grounds, VISIBLE)
    soft = mix(grounds[0], accent, 0.12)
    ink = nearest(accent, (*grounds, soft))
    strong = ink
    text = next(text for text in (on_accent, WHITE, BLACK) if passes(text, [shape], READABLE))
    return shape, text, strong, ink, soft, ink


def sheet(accent: str, on_accent: str) -> str:
    """The style sheet of a shop: our tokens and its main button. Raises ValueError for anything but colours."""
    if not (is_colour(accent) and is_colour(on_accent)):
        raise ValueError("not a colour")
    found = tokens(accent, on_accent)
    lines = [f"  --{name}: light-dark({light}, {dark});" for name, (light, dark) in found.items()]
    pressed = nearest(mix(accent, BLACK, 0.12), [on_accent])
    return _SHEET.format(tokens="\n".join(lines), accent=accent, text=on_accent, pressed=pressed)


def pages(accent: str, on_accent: str) -> list[dict]:
    """How a light and a dark page would look: colours by what they are for."""
    found = tokens(accent, on_accent)
    grounds = {"ground": (LIGHT[0], DARK[0]), "ink": ("#17211c", "#e9efeb")}
    every = found | grounds | {"fh-button": (accent, accent), "fh-button-text": (on_accent, on_accent)}
    return [
        {name.removeprefix("fh-").replace("-", "_"): pair[side] for name, pair in every.items()}
        for side in (0, 1)
    ]


_SHEET = """\
:root {{
{tokens}
}}
.fh-header {{ border-block-end: 4px solid {accent}; }}
.btn-primary {{
  --bs-btn-bg: {accent}; --bs-btn-color: {text}; --bs-btn-border-color: var(--fh-accent);
  --bs-btn-hover-bg: {pressed}; --bs-btn-hover-color: {text}; --bs-btn-hover-border-color: var(--fh-accent-strong);
  --bs-btn-active-bg: {pressed}; --bs-btn-active-color: {text}; --bs-btn-active-border-color: var(--fh-accent-strong);
  --bs-btn-disabled-bg: {accent}; --bs-btn-disabled-color: {text}; --bs-btn-disabled-border-color: var(--fh-accent);
}}
"""
