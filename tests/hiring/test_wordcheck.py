"""Words that keep people away: found as words of their language, and never inside innocent ones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import wordcheck
from vault import folding

LANGUAGES = sorted(wordcheck.LANGUAGES)
text_of = st.text(max_size=300)


def kinds(text, language="en"):
    return [(hit.kind, hit.said) for hit in wordcheck.in_text(text, language)]


FOUND = [
    ("en", "We want a YOUNG rockstar", [("age", "YOUNG"), ("sex", "rockstar")]),
    ("en", "A salesman, native speaker.", [("sex", "salesman"), ("origin", "native speaker")]),
    ("en", "Recent graduates, unattached and fit", ["age", "family", "health"]),
    ("en", "work hard, play hard", [("strain", "work hard, play hard")]),
    ("fi", "Haemme nuorta ja energistä osaajaa", [("age", "nuorta"), ("age", "energistä")]),
    ("fi", "Äidinkielenä suomi, NUOREKKAASEEN tiimiin", ["origin", "age"]),
    ("fi", "äidinkielenä", ["origin"]),
    ("fi", "aidinkielena", ["origin"]),  # typed without its dots
    ("sv", "Vi söker en ung, stresstålig säljman", ["age", "health", "sex"]),
    ("pl", "Szukamy młodej osoby, bez zobowiązań", [("age", "młodej"), ("family", "bez zobowiązań")]),
    ("pl", "mloda, odporność na stres", ["age", "health"]),
    ("ar", "نبحث عن شابّ حسن المظهر", [("age", "شابّ"), ("looks", "حسن المظهر")]),
    ("ar", "لغته الأم العربية", ["origin"]),
    ("ar", "لغتـه الام", ["origin"]),  # with a stretched letter, without the hamza
    ("zh-hans", "要求年轻，３５岁以下", [("age", "年轻"), ("age", "岁以下")]),
    ("zh-hans", "男 性", ["sex"]),
    ("ar", "وشباب، للرجال، بالعزباء", ["age", "sex", "family"]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), FOUND)
def test_finds(language, text, wanted):
    found = kinds(text, language)
    assert (found if isinstance(wanted[0], tuple) else [kind for kind, _said in found]) == wanted


INNOCENT = {
    "en": [
        "A benefit for everybody, profit shared, outfits sold.",
        "Our office is in Youngstown, near Shelby and Hersham.",
        "Does the job fit your week? You fit in and are a good fit.",
        "We sell healthy snacks and slim fit shirts to young customers.",
        "This theory, there, the other, heritage, chef.",
        "Attractive pay, a bachelor's degree is not needed, perfect gifts for you are a perfect gift.",
        "Salesforce, agility, manual, human, management, women's history.",
        "Godfather films, Christmas parcels, a hostel, a heroine's story.",
        "Answer customers within 24 hours, seven days a week.",
        "We grind coffee; the fine grind sells best. Outstanding orders are yours.",
    ],
    "fi": [
        "Energian säästö ja uusiutuva energia kiinnostavat asiakkaita.",
        "Vastaat asiakkaille sähköpostilla ja puhelimessa.",
        "Terveisin koko tiimi. Tervetuloa!",
        "Myymme valokuvakehyksiä, nuorten vaatteita ja kauniita tuotteita.",
        "Pojan ja Poriin, sankoja, kaverikuva.",
    ],
    "sv": [
        "Hantera ärenden, ungefär tjugo om dagen, ungern och tunga paket.",
        "Du får friskvård och attraktiv lön, hongkong och hanverk.",
        "Vi säljer kläder för unga kunder.",
        "Det är ett hån, hånfull ton tål vi inte.",
    ],
    "pl": [
        "Półka z książkami, półkami i polkowicki magazyn.",
        "Atrakcyjne wynagrodzenie i zdrowa żywność w kuchni.",
        "Dla młodych klientów i klientów z Ukrainy.",
        "Ładnie piszesz i odpowiadasz na wiadomości.",
    ],
    "ar": [
        "راتب جذاب وخمس نجوم من عملائنا",
        "ترد على رسائل العملاء وتحل مشكلاتهم",
        "منتجات جميلة للشباب",
        "رجلان، نجومية، شبابيك، حملة إعلانية، والدك، كامل",
    ],
    "zh-hans": [
        "回复年轻顾客的来信，24小时内回复。",
        "男士服装和女士香水的售后。",
        "处理退款和物流问题。",
        "高压锅的使用说明。",
    ],
}


@pytest.mark.parametrize(
    ("language", "text"), [(code, text) for code, texts in INNOCENT.items() for text in texts]
)
def test_leaves_innocent_sentences_alone(language, text):
    assert kinds(text, language) == []


@pytest.mark.parametrize(
    ("text", "said"), [("Young Street 5", "Young"), ("young-at-heart", "young-at-heart")]
)
def test_a_word_is_a_word_whatever_stands_beside_it(text, said):
    assert [hit.said for hit in wordcheck.in_text(text, "en")] == [said]


def test_the_longest_says_it_all_and_each_word_is_told_once():
    assert kinds("young team, young Team, young") == [("age", "young team"), ("age", "young")]


def test_accents_may_be_left_out_and_must_be_right_where_they_are_typed():
    assert [kinds(text, "pl") for text in ("Polka", "półka", "POLKA")] == [
        [("origin", "Polka")],
        [],
        [("origin", "POLKA")],
    ]


def test_a_composed_letter_and_its_parts_are_the_same():
    assert kinds("a\u0308idinkieli", "fi") == [("origin", "äidinkieli")]


def test_a_language_without_a_list_finds_nothing():
    assert [wordcheck.in_text("young", "de"), wordcheck.in_question("How old?", "de")] == [[], []]


ASKED = [
    ("en", "Do you have children, and how old are you?", ["family", "age"]),
    ("en", "Which church do you go to?", ["faith"]),
    ("en", "Where are you from?", ["origin"]),
    ("fi", "Onko sinulla lapsia?", ["family"]),
    ("sv", "Har du barn?", ["family"]),
    ("pl", "Czy planuje pani dzieci?", ["family"]),
    ("ar", "هل أنت متزوج؟", ["family"]),
    ("zh-hans", "你结婚了吗？", ["family"]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), ASKED)
def test_questions_are_looked_at_more_closely(language, text, wanted):
    hits = wordcheck.in_question(text, language)
    assert ([hit.kind for hit in hits], wordcheck.is_protected(hits)) == (wanted, True)


def test_what_an_advert_may_say_a_question_may_not_ask():
    text = "We sell toys for children."
    assert (wordcheck.in_text(text, "en"), [hit.said for hit in wordcheck.in_question(text, "en")]) == (
        [],
        ["children"],
    )


@pytest.mark.parametrize(
    "text", ["Which tea do you like best?", "Can you work these hours?", "When can you begin?"]
)
def test_good_questions_hear_nothing(text):
    assert wordcheck.in_question(text, "en") == []


def test_a_word_of_both_lists_is_told_once():
    hits = wordcheck.in_question("Is English your mother tongue?", "en")
    assert [hit.said for hit in hits] == ["mother tongue"]
    assert not wordcheck.is_protected(wordcheck.in_text("a superstar", "en"))


# -- the lists themselves


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_long_enough_and_every_line_is_whole(language):
    found = wordcheck.entries(language)
    assert len(found) >= (40 if language == "en" else 20)
    assert {entry.kind for entry in found} <= set(wordcheck.KINDS)
    assert all(entry.phrases and entry.instead for entry in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_that_laws_speak_of_is_in_every_language(language):
    words, asks = wordcheck.entries(language), wordcheck.entries(language, "ASKS")
    assert {"age", "sex", "origin", "family", "health", "faith"} <= {entry.kind for entry in words}
    assert {entry.kind for entry in asks} == {*wordcheck.PROTECTED, "money"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_found_where_it_stands_alone(language):
    for entry in wordcheck.entries(language):
        for phrase in entry.phrases:
            text = " ".join(word.typed for word in phrase)
            assert wordcheck.in_text(text, language), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_beginning_is_so_short_that_it_fits_anything(language):
    stems = [
        word
        for entry in wordcheck.entries(language)
        for phrase in entry.phrases
        for word in phrase
        if word.stem
    ]
    assert [word.folded for word in stems if len(word.folded) < 3] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_proposed_instead_is_not_advised_against(language):
    clumsy = [entry.instead for entry in wordcheck.entries(language) if kinds(entry.instead, language)]
    assert clumsy == []


# -- whatever is typed


@given(text_of, st.sampled_from(LANGUAGES))
def test_any_text_is_read_and_every_hit_stands_in_it(text, language):
    for hit in wordcheck.in_question(text, language):
        assert hit.said in unicodedata.normalize("NFC", text)
        assert hit.word == folding.sort_key(hit.said) != ""


@given(st.sampled_from(["young", "salesman", "native speaker"]), st.text("abcxyz", min_size=1, max_size=5))
def test_letters_around_a_word_make_another_word(word, letters):
    assert word not in [hit.said for hit in wordcheck.in_text(f"{letters}{word}{letters}", "en")]


@given(text_of)
def test_the_same_text_says_the_same_twice_as_loud(text):
    assert {hit.word for hit in wordcheck.in_text(text.upper().lower(), "en")} == {
        hit.word for hit in wordcheck.in_text(text.lower().upper(), "en")
    } or not text.isascii()
