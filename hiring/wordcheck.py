"""Words of an advert that keep people away, or that some countries do not allow: found, never forbidden.

Pure: codes and positions come out, sentences are said by hiring.word_advice. The words are hiring.wordlists'.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from vault import folding

# What a word may do, in the order in which it is told. The first six are what laws speak of.
KINDS = ("age", "sex", "origin", "family", "health", "faith", "views", "looks", "money", "strain", "boast")
PROTECTED = frozenset(KINDS[:7])
LANGUAGES = {"en": "en", "fi": "fi", "sv": "sv", "pl": "pl", "ar": "ar", "zh-hans": "zh_hans"}
UNSPACED = frozenset({"zh-hans"})  # written without spaces: what is looked for may stand inside anything
# A word with the marks written over or under its letters.
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f\u064b-\u065f\u0670]*)+")
_JOINED = re.compile(r"^(?:[وف]?(?:ال|بال|كال|لل)|[وفبلك])(?=\w{3})")
_LETTER = re.compile(r"[^\W_]")


@dataclass(frozen=True)
class Word:
    """As `vault.folding` gives it, and as it is typed. `stem`: it stands for its endings."""

    folded: str
    typed: str
    stem: bool = False
    bare: str = ""  # without what Arabic writes onto a word: and, the, for, with

    def is_in(self, other: "Word") -> bool:
        """Accents may be left out, and must be right where they are typed: a shelf, "półka", is no "Polka"."""
        if other.bare and self._begins(other.bare, self.folded):
            return True
        if not self._begins(other.folded, self.folded):
            return False
        return other.typed == other.folded or self._begins(other.typed, self.typed)

    def _begins(self, text: str, with_: str) -> bool:
        return text.startswith(with_) if self.stem else text == with_


Phrase = tuple[Word, ...]


@dataclass(frozen=True)
class Entry:
    kind: str
    phrases: tuple[Phrase, ...]
    instead: str
    innocent: tuple[Phrase, ...]


@dataclass(frozen=True)
class Hit:
    """`said` is what stands in the text, `word` its folded form: who leaves it leaves this."""

    kind: str
    said: str
    word: str
    instead: str


def in_text(text: str, language: str) -> list[Hit]:
    """What an advert says that keeps people away, in the order of the text, each word once."""
    return _found(text, language, "WORDS")


def in_question(text: str, language: str) -> list[Hit]:
    """The same of a question, and what nobody should be asked: family, health, age, faith, origin."""
    asked = _found(text, language, "ASKS")
    known = {hit.word for hit in asked}
    return asked + [hit for hit in in_text(text, language) if hit.word not in known]


def is_protected(hits) -> bool:
    """Is one of them about what laws protect?"""
    return any(hit.kind in PROTECTED for hit in hits)


@lru_cache(maxsize=16)
def entries(language: str, name: str = "WORDS") -> tuple[Entry, ...]:
    """The list of a language; () for one that has none. Read when it is asked for first."""
    if language not in LANGUAGES:
        return ()
    lines = getattr(import_module(f"hiring.wordlists.{LANGUAGES[language]}"), name).strip().splitlines()
    return tuple(_entry(line, language) for line in lines)


def _entry(line: str, language: str) -> Entry:
    kind, phrases, instead, innocent = [part.strip() for part in f"{line} | | ".split("|")][:4]
    return Entry(kind, _phrases(phrases, language), instead, _phrases(innocent, language))


def _phrases(listed: str, language: str) -> tuple[Phrase, ...]:
    one = _run if language in UNSPACED else _phrase
    return tuple(one(phrase, language) for phrase in listed.split(";") if phrase.strip())


def _phrase(written: str, language: str) -> Phrase:
    return tuple(
        word
        for part in written.split()
        for match in _WORD.finditer(part)
        for word in _folded(match[0], language, stem=part.endswith("*"))
    )


def _folded(typed: str, language: str, *, stem=False) -> list[Word]:
    """One word as a rule. Arabic readers do not tell its spellings apart, so there the folded form is all."""
    parts = folding.sort_key(typed).split()
    plain = len(parts) > 1 or language == "ar"
    bare = _JOINED.sub("", parts[0]) if language == "ar" and parts else ""
    return [Word(part, part if plain else typed.casefold(), stem, bare) for part in parts]


def _run(written: str, language: str) -> Phrase:
    folded = _folded_run(written)
    return (Word(folded, folded),)


def _folded_run(text: str) -> str:
    return folding.sort_key(text).replace(" ", "")


# -- finding


def _found(text, language, name) -> list[Hit]:
    text = unicodedata.normalize("NFC", text)  # a letter and its accent are one place
    cut = _Run(text) if language in UNSPACED else _Spaced(text, language)
    hits = {}
    for entry in entries(language, name):
        innocent = [place for phrase in entry.innocent for place in cut.places(phrase)]
        for place in (place for phrase in entry.phrases for place in cut.places(phrase)):
            if not any(_inside(place, other) for other in innocent):
                hits.setdefault(place, _hit(text, place, entry))
    return _longest(hits)


def _hit(text, place, entry) -> Hit:
    said = text[slice(*place)]
    return Hit(entry.kind, said, folding.sort_key(said), entry.instead)


def _longest(hits) -> list[Hit]:
    """ "young team" says all that "young" says: what lies inside another is left out, and each word told once."""
    told = {}
    for place in sorted(hits):
        if not any(_inside(place, other) for other in hits if other != place):
            told.setdefault(hits[place].word, hits[place])
    return list(told.values())


def _inside(place, other) -> bool:
    return other[0] <= place[0] and place[1] <= other[1]


class _Spaced:
    """A text cut into its words, each with where it stands; looked up by its first letter."""

    def __init__(self, text, language):
        found = [(word, m.span()) for m in _WORD.finditer(text) for word in _folded(m[0], language)]
        self.words = [word for word, _span in found]
        self.spans = [span for _word, span in found]
        self.begin = defaultdict(list)
        for n, word in enumerate(self.words):
            for letter in {word.folded[:1], word.bare[:1]}:
                self.begin[letter].append(n)

    def places(self, phrase: Phrase):
        """Where the phrase stands, as places in the text."""
        size = len(phrase)
        for n in self.begin.get(phrase[0].folded[0], ()):
            if n + size <= len(self.words) and all(map(Word.is_in, phrase, self.words[n : n + size])):
                yield self.spans[n][0], self.spans[n + size - 1][1]


class _Run:
    """The folded letters of a text without its spaces; every letter knows where it stands."""

    def __init__(self, text):
        found = [(char, m.span()) for m in _LETTER.finditer(text) for char in _folded_run(m[0])]
        self.letters = "".join(char for char, _span in found)
        self.spans = [span for _char, span in found]

    def places(self, phrase: Phrase):
        wanted = phrase[0].folded
        start = self.letters.find(wanted)
        while start >= 0:
            yield self.spans[start][0], self.spans[start + len(wanted) - 1][1]
            start = self.letters.find(wanted, start + 1)
