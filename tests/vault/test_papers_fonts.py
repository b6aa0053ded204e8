"""The shipped fonts are those that are written down, and enough for six languages."""

import hashlib
import re
from pathlib import Path

import pytest
from babel.numbers import get_currency_symbol, list_currencies

from tests.vault.papers import WORDS
from vault.papers import letters

README = (letters.FONTS / "README.md").read_text(encoding="utf-8")
SHIPPED = sorted(letters.FONTS.glob("*.ttf"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_font_is_the_one_that_is_written_down(path):
    size, checksum = re.search(rf"\| {path.name} \|.*\| ([\d,]+) \| `(\w+)` \|", README).groups()
    assert int(size.replace(",", "")) == path.stat().st_size
    assert checksum == hashlib.sha256(path.read_bytes()).hexdigest()


def test_every_font_named_is_shipped_with_its_licence_in_six_megabytes():
    assert {path.name for path in SHIPPED} == set(letters.FILES.values())
    assert sum(path.stat().st_size for path in SHIPPED) < 6_000_000
    assert "SIL OPEN FONT LICENSE Version 1.1" in (letters.FONTS / "OFL.txt").read_text(encoding="utf-8")


def drawn(text, bold=False):
    have = {script: set(letters.face(script, bold).unicodes) for script, b in letters.FILES if b == bold}
    return [char for char in text if ord(char) not in set().union(*have.values())]


@pytest.mark.parametrize("language", WORDS)
def test_every_letter_of_the_six_languages_is_there(language):
    assert drawn(WORDS[language]) == []


@pytest.mark.parametrize(
    "text",
    [
        "ąćęłńóśźżĄĆĘŁŃÓŚŹŻåäöÅÄÖŠšŽžßøæéñç",
        "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىًٌٍَُِّْ٠١٢٣٤٥٦٧٨٩،؛؟پچژگ",
        "，。、；：？！“”‘’（）《》【】—…·￥％０１２ＡＢ",
        "Ελληνικά Кириллица",
        "–—…·•€£$¥₽₺zł№§©®™×÷±≤≥≠→←",
    ],
)
def test_letters_signs_and_arrows(text):
    assert drawn(text) == []


def test_every_character_of_gb_2312():
    rows = (bytes([high, low]) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", "ignore") for pair in rows)
    assert len(characters) == 6763
    assert drawn(characters) == []


def test_bold_letters_are_those_of_the_regular_ones():
    for script in (letters.LATIN, letters.ARABIC):
        assert set(letters.face(script, True).unicodes) == set(letters.face(script, False).unicodes)


def test_currency_signs_of_euro_countries_and_beyond():
    common = [
        get_currency_symbol(code, "en") for code in ("EUR", "USD", "SEK", "PLN", "CNY", "GBP", "INR", "EGP")
    ]
    assert drawn("".join(common)) == []
    assert len(list_currencies()) > 100


def test_no_font_is_served():
    root = Path(letters.FONTS).parent.parent
    assert not list((root / "static").rglob("Noto*"))
