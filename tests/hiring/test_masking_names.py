"""What stays readable while names are hidden, and what does not, in every script people write their names in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hiring import masking
from hiring.masking import HIDDEN, mask
from hiring.models import Application
from tests.hiring.acts import text, url
from tests.hiring.factories import make_application, make_job
from vault.models import StoredFile

X = HIDDEN
# name, what the CV says, what a reader sees
SCRIPTS = [
    ("Ada Lind", "I am Ada Lind.", f"I am {X} {X}."),
    ("Łukasz Wróbel", "Lukasz Wrobel, Kraków", f"{X} {X}, Kraków"),
    ("José Núñez", "Jose\u0301 NUNEZ", f"{X} {X}"),
    ("Søren Ærø", "SØREN ÆRØ / Soren", f"{X} {X} / {X}"),
    ("İpek Işık", "ipek ışık", f"{X} {X}"),
    ("Jürgen Groß", "JURGEN GROSS", f"{X} {X}"),
    ("Αννα Παππά", "Είμαι η ΆΝΝΑ Παππα", f"Είμαι η {X} {X}"),
    ("Иван Петров", "Меня зовут ИВАН Петров", f"Меня зовут {X} {X}"),
    ("أحمد علي", "اسمي أحمد وعلي", f"اسمي {X} {X}"),
    ("דוד לוי", "שמי דוד ולוי", f"שמי {X} {X}"),
    ("प्रिया शर्मा", "मेरा नाम प्रिया शर्मा है", f"मेरा नाम {X} {X} है"),
    ("王小明", "我叫王小明，今年毕业", f"我叫{X}，今年毕业"),
    ("王 伟", "我是王伟。", f"我是{X}。"),
    ("田中 太郎", "田中太郎と申します。田中です。", f"{X}と申します。{X}です。"),
    ("김민수", "김민수는 상담원입니다", f"{X}는 상담원입니다"),
    ("สมชาย ใจดี", "ผมชื่อสมชายใจดีครับ", f"ผมชื่อ{X}ครับ"),
    ("Բագրատ Սարյան", "Ես Բագրատն եմ, Սարյան", f"Ես Բագրատն եմ, {X}"),
    ("ნინო ბერიძე", "მე ვარ ნინო ბერიძე", f"მე ვარ {X} {X}"),
]


@pytest.mark.parametrize(("name", "cv", "seen"), SCRIPTS, ids=[row[0] for row in SCRIPTS])
def test_a_name_is_covered_in_its_own_script(name, cv, seen):
    assert mask(cv, name=name) == seen


@pytest.mark.parametrize(
    ("name", "cv"),
    [
        ("Ada Lind", "Adam Linder of Lindau adapts"),
        ("Mark Hill", "Marketing, Uphill"),
        ("Li Na", "Lima, national, Linus"),
        ("A B", "a plan B"),
        ("", "Nobody in particular"),
        ("-- ..", "punctuation -- only .."),
        ("李", "李子 is a plum"),
    ],
)
def test_words_that_only_look_like_it_stay(name, cv):
    assert mask(cv, name=name) == cv


@pytest.mark.parametrize(
    ("cv", "seen"),
    [
        ("Ada-Lind", f"{X}-{X}"),
        ("ada_lind", f"{X}_{X}"),
        ("LIND, ADA", f"{X}, {X}"),
        ("Ada’s shop", f"{X}’s shop"),
        ("(Ada)", f"({X})"),
        ("AdaLind", "AdaLind"),
    ],
)
def test_beside_punctuation(cv, seen):
    assert mask(cv, name="Ada Lind") == seen


def test_a_name_with_an_apostrophe_is_found_with_any_other():
    assert mask("O’Brien, O'BRIEN, Brien", name="Pat O'Brien") == f"O’{X}, O'{X}, {X}"


@pytest.mark.parametrize(
    "telling",
    [
        "ada@lind.example",
        "ada.lind+cv@mail.co.uk",
        "иван@почта.рф",
        "https://ada.example/cv",
        "http://x.y",
        "www.adalind.example",
        "WWW.ADALIND.EXAMPLE/ME",
        "linkedin.com/in/adalind42",
        "fi.linkedin.com/in/adalind42",
        "github.com/al42",
        "instagram.com/al.42",
        "t.me/al42",
        "@adalind42",
    ],
)
def test_addresses_and_profiles_are_covered(telling):
    assert mask(f"See {telling} please", name="Somebody Else") == f"See {X} please"


@pytest.mark.parametrize(
    "phone",
    ["+358 40 123 4567", "(040) 123-4567", "040.123.4567", "0401234567", "+49/30/1234567", "٠٥٠١٢٣٤٥٦٧"],
)
def test_phone_numbers_are_covered(phone):
    assert X in mask(f"Call {phone} now", name="Ada")
    assert "4567" not in mask(f"Call {phone} now", name="Ada")


@pytest.mark.parametrize(
    "plain",
    [
        "2019-2021",
        "2019 – 2021",
        "1999/2001",
        "24/7",
        "500,000 customers",
        "12 000 tickets",
        "ASP.NET/C#",
        "and/or",
        "e.g. chat",
        "60 %",
        "a@b",
    ],
)
def test_what_the_work_was_stays_readable(plain):
    assert mask(f"I did {plain} there", name="Ada Lind") == f"I did {plain} there"


@settings(max_examples=40)
@given(before=st.text(max_size=40), name=st.text(min_size=1, max_size=30))
def test_what_stands_beside_any_name_stays(before, name):
    assert mask(f"{before} {name} \n zebra", name=name).endswith(" zebra")


WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäößłé", min_size=2, max_size=12)


@settings(max_examples=30)
@given(first=WORD, last=WORD, rest=st.lists(WORD, max_size=6))
def test_the_name_itself_is_never_left(first, last, rest):
    words = [*rest, first.upper(), last.title()]
    seen = mask(" ".join(words), name=f"{first} {last}").split(" ")
    assert seen[-2:] == [X, X]


def test_a_long_cv_is_read_in_good_time():
    import time

    cv = " ".join(f"word{n} ticket Ada" for n in range(4_000))
    began = time.perf_counter()
    assert mask(cv, name="Ada Lind").count(X) == 4_000
    assert time.perf_counter() - began < 2


@pytest.mark.parametrize("evil", ["(" * 40, "a" * 10_000, "1 " * 5_000, "@" * 5_000, "\\", "[", "(?P<"])
def test_no_text_makes_it_stand_still(evil):
    assert mask(f"{evil} zebra", name=evil[:50]).endswith(" zebra")


@pytest.mark.django_db
class TestOnThePages:
    @pytest.fixture
    def job(self, company):
        return make_job(company, hide_names=True)

    @pytest.fixture
    def ada(self, job):
        return make_application(
            job,
            name="Ada Lind",
            email="ada@secret.example",
            phone="+358 40 1234567",
            cv_text="Ada Lind, ada@secret.example",
            cover_letter="Yours, Ada",
        )

    @pytest.fixture
    def boss(self, owner, sign_in):
        return sign_in(owner)

    @pytest.mark.parametrize("page", ["candidate", "not_select"])
    def test_nothing_tells_who_it_is(self, boss, ada, page):
        found = text(boss.get(url(page, ada)))
        assert [word for word in ("Ada", "Lind", "secret.example", "1234567") if word in found] == []

    @pytest.mark.parametrize("page", ["board", "people", "read", "job"])
    def test_nor_do_the_pages_of_the_job(self, boss, ada, job, page):
        found = text(boss.get(url(page, job)))
        assert [word for word in ("Ada", "Lind", "secret.example") if word in found] == []

    def test_nor_home(self, boss, ada):
        assert "Ada" not in text(boss.get("/"))

    def test_nor_the_notice_after_a_decision(self, boss, ada):
        make_application(ada.job, name="Bo Berg")  # else the end follows, which names those to talk to
        answer = boss.post(url("decide", ada), {"decision": "talk", "expected": "cv"}, follow=True)
        assert ("Applicant 1: talk to." in text(answer), "Ada" in text(answer)) == (True, False)

    def test_the_name_returns_with_the_next_stage(self, boss, ada):
        boss.post(url("decide", ada), {"decision": "talk", "expected": "cv"})
        assert "Ada Lind" in text(boss.get(url("candidate", ada)))

    def test_going_back_to_reading_hides_it_again(self, boss, ada):
        boss.post(url("decide", ada), {"decision": "talk", "expected": "cv"})
        data = {"to": "cv", "expected": "phone", "ask_back": "mistake"}
        boss.post(url("advance", ada), data)
        assert Application.objects.select_related("job").get(pk=ada.pk).name_hidden is True

    def test_a_job_that_shows_names_shows_them(self, boss, company):
        person = make_application(make_job(company), name="Bo Berg", cv_text="Bo Berg")
        assert "Bo Berg" in text(boss.get(url("read", person.job)))


@pytest.mark.django_db
class TestTheOriginal:
    def cv(self, company, **fields):
        values = {"kind": "pdf", "size": 9, "state": "done", "text": "Words", "stored_name": "a1"} | fields
        return StoredFile.objects.create(company_id=company.pk, original_name="Ada_Lind.pdf", **values)

    def may(self, company, *, hide=True, cv=None, **fields):
        row = make_application(make_job(company, hide_names=hide), cv=cv, **fields)
        return masking.may_open_original(row)

    def test_stays_closed_while_its_text_can_be_read(self, company):
        assert self.may(company, cv=self.cv(company)) is False

    def test_opens_where_names_are_shown(self, company):
        assert self.may(company, hide=False, cv=self.cv(company)) is True

    @pytest.mark.parametrize("state", ["waiting", "running"])
    def test_waits_for_the_text(self, company, state):
        assert self.may(company, cv=self.cv(company, text="", state=state)) is False

    def test_a_scan_opens_as_it_is(self, company):
        assert self.may(company, cv=self.cv(company, text="")) is True

    def test_a_scan_beside_a_typed_cv_stays_closed(self, company):
        assert self.may(company, cv=self.cv(company, text=""), cv_text="Typed") is False

    def test_without_a_file_there_is_nothing_to_open(self, company):
        assert self.may(company) is False

    def test_its_name_is_nowhere_while_names_are_hidden(self, company, owner, sign_in):
        row = make_application(make_job(company, hide_names=True), cv=self.cv(company))
        assert "Ada_Lind" not in text(sign_in(owner).get(url("candidate", row)))

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"state": "waiting", "text": ""}, "is being read"),
            ({"kind": "png", "text": ""}, "is a picture"),
            ({"text": ""}, "probably it is a scan"),
        ],
    )
    def test_why_there_are_no_words_is_said(self, company, fields, said):
        assert said in masking.without_words(self.cv(company, **fields))
