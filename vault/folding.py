"""Text as the search sees it: one function for what is stored, and for what is asked.

The output is plain words between single spaces, letters and digits only, so that FTS5's unicode61 and
PostgreSQL's 'simple' cut it at the same places and no extension is needed.
"""

import re
import unicodedata

# Letters that NFKD leaves whole, though people type them plain.
LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h", "ŧ": "t",
        # Arabic: spellings that readers do not tell apart when they search.
        "ٱ": "ا", "ى": "ي", "ی": "ي", "ة": "ه", "ک": "ك", "ـ": None,
    }
)  # fmt: skip
# Han and kana stand without spaces between words.
UNSPACED = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{UNSPACED}]+|[^\\W_{UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{UNSPACED}]")
LONGEST_WORD = 100  # PostgreSQL drops words over 2,047 bytes without a word; nobody searches for one over 100


def _plain(text: str) -> str:
    """Lower case, without accents, compatibility forms (ligatures, full width, Arabic shapes) resolved."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(LETTERS)
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = "".join(str(unicodedata.decimal(char, char)) for char in text)
    return "".join(char if char.isalnum() else " " for char in unicodedata.normalize("NFC", text))


def _words(run: str) -> list[str]:
    """A word as it is; a run of Han or kana as its characters and its pairs."""
    if not _IS_UNSPACED.match(run):
        return [run[:LONGEST_WORD]]
    return [*run, *(run[i : i + 2] for i in range(len(run) - 1))]


def terms(text: str) -> list[str]:
    """The folded words of `text` in order, each once. A row is found when it holds all terms of the question."""
    return list(dict.fromkeys(word for run in _RUN.findall(_plain(text)) for word in _words(run)))


def fold(text: str) -> str:
    """All folded words of `text`: to be stored and indexed. Repeated words stay, for the ranking."""
    return " ".join(word for run in _RUN.findall(_plain(text)) for word in _words(run))


def sort_key(text: str) -> str:
    """A name folded for sorting: like `fold`, without cutting Chinese."""
    return " ".join(_RUN.findall(_plain(text)))
