"""Where a word begins and ends in each of the six languages, whatever stands around it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from hiring import wordcheck

LANGUAGES = sorted(wordcheck.LANGUAGES)
SPACED = sorted(set(LANGUAGES) - wordcheck.UNSPACED)
LISTS = ("WORDS", "ASKS")
# Letters of the language that no word of its lists begins or ends with by themselves.
STRANGE = {"en": "qzx", "fi": "qåx", "sv": "qzw", "pl": "qxv", "ar": "ظضغ"}


def written(phrase) -> str:
    return " ".join(word.typed for word in phrase)


def phrases(language, name="WORDS"):
    return [phrase for entry in wordcheck.entries(language, name) for phrase in entry.phrases]


def look(text, language, name="WORDS"):
    look_at = wordcheck.in_text if name == "WORDS" else wordcheck.in_question
    return look_at(text, language)


def words(text, language, name="WORDS"):
    return {hit.word for hit in look(text, language, name)}


def some_of(languages):
    """(language, phrase of its list)"""
    every = [(language, phrase) for language in languages for phrase in phrases(language)]
    return st.sampled_from(every)


any_text = st.text(max_size=120)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", SPACED)
def test_strange_words_beside_it_change_nothing(language, name):
    for text in map(written, phrases(language, name)):
        assert words(f"qqq {text} qqq", language, name) == words(text, language, name), text


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_capitals_and_loose_accents_are_the_same_word(language, name):
    for text in map(written, phrases(language, name)):
        found = words(text, language, name)
        loose = unicodedata.normalize("NFD", text)
        assert words(text.upper(), language, name) == words(loose, language, name) == found, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_called_innocent_is_innocent_of_its_own_line(language):
    for entry in wordcheck.entries(language):
        for text in map(written, entry.innocent):
            told = [hit.said for hit in wordcheck.in_text(text, language) if hit.instead == entry.instead]
            assert told == [], text


@given(some_of(SPACED), st.data())
def test_one_letter_before_it_makes_another_word(chosen, data):
    language, phrase = chosen
    letter = data.draw(st.sampled_from(STRANGE[language]))
    first = wordcheck.in_text(letter + written(phrase), language)
    assert [hit for hit in first if hit.said.startswith(letter)] == []


@given(st.text(max_size=40), some_of(SPACED))
@examples(max_examples=40)
def test_what_is_said_ends_where_words_end(text, chosen):
    """Nothing is cut out of the middle of a word: on both sides stands no letter, or the text is over."""
    language, phrase = chosen
    whole = unicodedata.normalize("NFC", f"{text} {written(phrase)} {text}")
    for hit in wordcheck.in_text(whole, language):
        assert _stands_free(whole, hit.said), (whole, hit.said)


def _stands_free(text, said) -> bool:
    at, places = text.find(said), []
    while at >= 0:
        before, behind = text[at - 1 : at], text[at + len(said) :][:1]
        places.append(not before.isalnum() and not behind.isalnum())
        at = text.find(said, at + 1)
    return any(places)


@given(any_text, st.sampled_from(LANGUAGES))
def test_places_lie_in_the_text_one_behind_the_other(text, language):
    cut = wordcheck._Run(text) if language in wordcheck.UNSPACED else wordcheck._Spaced(text, language)
    assert all(0 <= begin < end <= len(text) for begin, end in cut.spans)
    assert cut.spans == sorted(cut.spans)


@given(any_text, some_of(LANGUAGES), some_of(LANGUAGES))
def test_each_word_is_told_once_and_where_it_stands_first(text, one, other):
    language = one[0]
    whole = unicodedata.normalize("NFC", f"{written(one[1])} {written(other[1])} {text} {written(one[1])}")
    found = wordcheck.in_text(whole, language)
    assert len({hit.word for hit in found}) == len(found)


def test_the_order_is_that_of_the_first_time():
    hits = wordcheck.in_text("A young rockstar. Young. A native speaker, rockstar!", "en")
    assert [hit.said for hit in hits] == ["young", "rockstar", "native speaker"]


@given(any_text, st.sampled_from(LANGUAGES))
def test_a_question_is_never_looked_at_less_than_an_advert(text, language):
    assert words(text, language) <= words(text, language, "ASKS")


SIX = [
    ("en", "“young”"),
    ("en", "young\u2014and keen"),
    ("fi", "(nuorekas)"),
    ("sv", "säljman/säljare"),
    ("pl", "„młody”"),
    ("ar", "«شاب»"),
    ("zh-hans", "（年轻）"),
]


@pytest.mark.parametrize(("language", "text"), SIX)
def test_signs_beside_a_word_are_no_part_of_it(language, text):
    assert len(said := [hit.said for hit in wordcheck.in_text(text, language)]) >= 1
    assert all(letters.replace(" ", "").isalpha() for letters in said)


@pytest.mark.parametrize("text", ["yo\u200bung", "y o u n g", "you ng", "y-oung", "yöung", "уoung"])
def test_a_word_that_is_cut_or_spelt_otherwise_is_not_it(text):
    assert wordcheck.in_text(text, "en") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [("30", []), ("under 30", ["under 30"]), ("Under  30!", ["Under  30"]), ("under 300", [])],
)
def test_a_number_counts_as_a_whole(text, told):
    assert [hit.said for hit in wordcheck.in_text(text, "sv")] == told


@pytest.mark.parametrize(
    ("kinds", "protected"),
    [(["boast"], False), (["looks", "money", "strain"], False), (["views"], True), (["boast", "age"], True)],
)
def test_only_what_laws_protect_gets_the_strong_word(kinds, protected):
    hits = [wordcheck.Hit(kind, "x", "x", "y") for kind in kinds]
    assert wordcheck.is_protected(hits) == protected


def test_nobody_is_protected_from_nothing():
    assert not wordcheck.is_protected([])


@pytest.mark.parametrize("language", ["", "EN", "en-us", "zh", "tlh", "../en"])
def test_a_code_that_is_no_language_of_ours_reads_nothing(language):
    assert (wordcheck.entries(language), wordcheck.in_text("young", language)) == ((), [])
