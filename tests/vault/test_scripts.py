"""Names and words in twelve scripts: shown whole, handed out whole, and cut for the search as both databases cut."""

import unicodedata
from urllib.parse import unquote

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.factories import make_file
from vault import files, folding
from vault.naming import LONGEST, clean

NAMES = {
    "Latin": "Zoë Müller-Łukasiewicz",
    "Vietnamese": "Nguyễn Thị Ánh",
    "Greek": "Αλέξανδρος Παπαδόπουλος",
    "Cyrillic": "Иван Ёлкин",
    "Arabic": "سارة العلي",
    "Hebrew": "יעל כהן",
    "Devanagari": "सीता शर्मा",
    "Thai": "สมชาย ใจดี",
    "Chinese": "王小明",
    "Japanese": "田中さくら",
    "Korean": "김민준",
    "Georgian": "ნინო ბერიძე",
    "Tamil": "அருண் குமார்",
    "emoji": "Ann 👩🏽‍💼 🇫🇮",
}
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
ORDER_MARKS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
INVISIBLE = "\u200b\u2060\ufeff\u00ad\U000e0041"


# -- the name of a file


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_the_world_stays_what_it_is(name):
    assert clean(f"{name}.pdf", (".pdf",)) == unicodedata.normalize("NFC", f"{name}.pdf")


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_long_name_of_the_world_is_cut_between_its_characters(name):
    shown = clean(name * 40 + ".pdf", (".pdf",))
    assert len(shown) <= LONGEST
    stem = shown.removesuffix(".pdf")
    following = unicodedata.normalize("NFC", name * 40)[len(stem) :].lstrip()
    assert not (following and unicodedata.combining(following[0]))
    assert not stem.endswith("\u200d")


@pytest.mark.parametrize("mark", [*CONTROLS, *ORDER_MARKS, *INVISIBLE], ids=lambda mark: f"U+{ord(mark):04X}")
def test_what_cannot_be_seen_is_not_in_a_name(mark):
    assert mark not in clean(f"cv{mark}fdp.exe", (".pdf",))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("cv.tar.gz", "cv.tar.gz"), ("a" * 200, "a" * 120), ("a." + "b" * 30, "a." + "b" * 30),
        ("~$cv.docx", "~$cv.docx"), ("cv%00.pdf", "cv_00.pdf"), ("a\u2028b.pdf", "a b.pdf"),
        ("\u202e", "file"), ("..", "file"), ("NUL.tar.gz", "_NUL.tar.gz"), ("com1", "_com1"), ("company", "company"),
        ("C:cv.pdf", "C_cv.pdf"), ("a/b\\c.pdf", "c.pdf"), ("a/", "file"), ("cv.pdf ", "cv.pdf"),
    ],
)  # fmt: skip
def test_odd_names(sent, shown):
    assert clean(sent) == shown


@given(st.text(min_size=1, max_size=300), st.sampled_from([(".pdf",), (".jpg", ".jpeg"), (".txt", ".md")]))
@settings(max_examples=60)
def test_any_name_can_be_written_in_utf_8_and_ends_right(sent, extensions):
    shown = clean(sent, extensions)
    assert shown.encode("utf-8", "surrogatepass").decode("utf-8") == shown
    assert shown.lower().endswith(extensions)
    assert shown == shown.strip()


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_the_world_is_handed_out_whole(name, rf):
    answer = files.response(make_file(name=f"{name}.pdf"), rf.get("/"))
    answer.close()
    header = answer["Content-Disposition"]
    assert header.isascii()
    assert unquote(header.partition("''")[2]) == unicodedata.normalize("NFC", f"{name}.pdf")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ['a"; filename="b.exe', "a\r\nX-Evil: 1", "a;b=c", "a\\b\\", "%0d%0aX: y"])
def test_no_name_adds_to_the_header(name, rf):
    answer = files.response(make_file(name=name), rf.get("/"))
    answer.close()
    assert "X-Evil" not in answer.headers
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["Content-Disposition"].count('"') in {0, 2}


# -- words for the search


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_of_the_world_is_found_by_itself_and_by_its_plain_form(name):
    asked = name if name.startswith("Ann") else unicodedata.normalize("NFD", name.swapcase())
    assert set(folding.terms(asked)) <= set(folding.fold(f"x {name} y").split())
    assert folding.terms(name) != []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("иван елкин", "Иван Ёлкин"), ("αλεξανδρος", "ΑΛΈΞΑΝΔΡΟΣ"), ("nguyen thi anh", "Nguyễn Thị Ánh"),
        ("hafthor", "Hafþór"), ("gudrun", "Guðrún"), ("oeuvre", "Œuvre"), ("istanbul", "İstanbul"),
        ("isik", "Işık"), ("cesme", "Çeşme"), ("ssss", "ßß"), ("fi", "ﬁ"), ("２０２４", "2024"), ("१२३", "123"),
        ("ساره", "سارة"), ("موسي", "موسى"), ("الى", "إلى"), ("اسراء", "إسراء"), ("کتاب", "كتاب"), ("ﻣﺤﻤﺪ", "محمد"),
        ("ｶﾅ", "カナ"), ("㈱", "(株)"), ("①", "1"), ("ångström", "ÅNGSTRÖM"),
    ],
)  # fmt: skip
def test_spellings_that_mean_the_same(typed, written):
    assert set(folding.terms(typed)) <= set(folding.fold(written).split())


@pytest.mark.parametrize("text", ["", "   ", "!?…", "\u0301", "\u200d", "_", "--", "٪", "。、", "\x00"])
def test_without_a_word_there_is_nothing_to_look_for(text):
    assert (folding.terms(text), folding.fold(text), folding.sort_key(text)) == ([], "", "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("王", "王"), ("王小", "王 小 王小"), ("a王b", "a 王 b"), ("王 小", "王 小"), ("々〇", "々 〇 々〇"),
        ("𠮷野", "𠮷 野 𠮷野"), ("カタカナ", "カ タ カ ナ カタ タカ カナ"), ("한국어", "한국어"),
    ],
)  # fmt: skip
def test_where_words_have_no_spaces(text, words):
    assert folding.fold(text) == words


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_the_case_of_what_is_typed_is_irrelevant(text):
    assert set(folding.terms(text.lower().upper().lower())) == set(folding.terms(text.upper().lower()))


@given(st.lists(st.text("ab王小é łß", min_size=1, max_size=6), max_size=5))
@settings(max_examples=40)
def test_sorting_by_the_folded_name_is_an_order(names):
    ordered = sorted(names, key=folding.sort_key)
    assert [folding.sort_key(name) for name in ordered] == sorted(map(folding.sort_key, names))


TEXTS = [
    *NAMES.values(),
    "ann-marie@lumi.example C++/node.js_x 3.5 1,000",
    "客服经理 VIP客服",
    "a" * 300,
    "x'y\"z",
]


@pytest.mark.postgres
@pytest.mark.django_db
@pytest.mark.parametrize("text", TEXTS)
def test_postgresql_cuts_folded_text_where_we_cut_it(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", [folding.fold(text)])
        assert sorted(cursor.fetchone()[0]) == sorted(folding.terms(text))


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_cuts_folded_text_where_we_cut_it():
    with connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE temp.cut USING fts5(text, tokenize='unicode61')")
        cursor.execute("CREATE VIRTUAL TABLE temp.seen USING fts5vocab('temp', 'cut', 'instance')")
        cursor.executemany("INSERT INTO temp.cut VALUES (%s)", [(folding.fold(text),) for text in TEXTS])
        cursor.execute("SELECT doc, term FROM temp.seen")
        found = [set() for _ in TEXTS]
        for row, term in cursor.fetchall():
            found[row - 1].add(term)
        cursor.execute("DROP TABLE temp.seen")
        cursor.execute("DROP TABLE temp.cut")
    assert [sorted(words) for words in found] == [sorted(folding.terms(text)) for text in TEXTS]
