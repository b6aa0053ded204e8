"""Headers, words of stages and dates as six languages write them: pure, without a database."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring import import_words, peoplefile
from hiring.import_forms import ColumnsForm, WordsForm
from hiring.import_reading import OUT, REFUSED, standing
from hiring.peoplefile import Person
from vault import moments

# One line for each language: "header = what it is".
HEADERS = [
    "Applicant name = name, E-mail address = email, Cell phone = phone, Submitted at = applied, Pipeline stage = stage",
    "Resume file = cv, Cover letter = letter, Candidate source = source, Overall score = rating, Labels = tags",
    "Koko nimi = name, Sähköpostiosoite = email, Matkapuhelin = phone, Saapunut = applied, Hakemuksen tila = status",
    "Etunimi = first, Sukunimi = last, Ansioluettelo = cv, Saatekirje = letter, Lähde = source, Pisteet = rating",
    "Sökande = name, E-postadress = email, Mobilnummer = phone, Inkommen = applied, Steg = stage, Poäng = rating",
    "Förnamn = first, Efternamn = last, Meritförteckning = cv, Personligt brev = letter, Taggar = tags",
    "Kandydat = name, Adres email = email, Telefon komórkowy = phone, Data zgłoszenia = applied, Stan = status",
    "Imię = first, Nazwisko = last, Życiorys = cv, List motywacyjny = letter, Źródło = source, Ocena = rating",
    "اسم المتقدم = name, بريد إلكتروني = email, رقم الجوال = phone, تاريخ الطلب = applied, حالة الطلب = status",
    "الاسم الأول = first, اسم العائلة = last, السيرة الذاتية = cv, المصدر = source, التقييم = rating, الوسوم = tags",
    "候选人 = name, 电子邮箱 = email, 联系电话 = phone, 申请日期 = applied, 当前阶段 = stage, 来源 = source",
    "姓 = last, 名 = first, 简历文件 = cv, 求职信 = letter, 申请状态 = status, 分数 = rating, 标签 = tags",
    "NAME = name, E-MAIL = email, phone_number = phone, date-applied = applied, CV File Name = cv",
    "Candidate email (private) = email, Mobile telephone no. = phone, Link to resume = cv, Job = , Company = ",
]
STAGES = [
    ("cv", "New, INBOX, Uusi, Ny, Nowe, جديد, 简历筛选, , Talent pool"),
    (
        "phone",
        "Phone interview, Recruiter screen, Puhelinhaastattelu, Telefonintervju, مقابلة هاتفية, 电话面试",
    ),
    ("interview", "On-site, Final Interview, Haastattelu, Intervju, Rozmowa kwalifikacyjna, مقابلة, 面试"),
    ("references", "Reference check, Suosittelijat, Referenser, Referencje, المراجع, 背景调查"),
    ("offer", "Offer extended, Tarjous, Erbjudande, Oferta, عرض عمل, 录用"),
    ("refused", "Not selected, DISQUALIFIED, Ei valittu, Avslag, Odrzucona, غير مقبول, 未通过"),
]


@pytest.mark.parametrize("line", HEADERS)
def test_each_header_is_known(line):
    said = [each.strip(" ").split(" =") for each in line.split(", ")]
    guessed = peoplefile.guess([name for name, _field in said], [])
    found = {column: field for field, column in guessed.items() if column is not None}
    assert [found.get(n, "") for n in range(len(said))] == [field.strip() for _name, field in said]


@pytest.mark.parametrize(("stage", "words"), STAGES)
def test_each_word_of_a_stage_is_known(stage, words):
    assert {word: peoplefile.stage_of(word.strip()) for word in words.split(",")} == dict.fromkeys(
        words.split(","), stage
    )


def test_a_word_stands_for_one_stage_only():
    words = [word for words in peoplefile._STAGES.values() for word in words]
    assert sorted(words) == sorted(set(words))


def test_a_word_stands_for_one_column_only():
    words = [word for words in peoplefile._CALLED.values() for word in words]
    assert sorted(words) == sorted(set(words))


def test_hired_there_is_never_hired_here():
    assert {
        peoplefile.stage_of(word) for word in ("Hired", "Palkattu", "Anställd", "Zatrudniony", "已录用")
    } == {"cv"}


# -- dates, both ways


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3/4/2026", "dmy", (2026, 4, 3)),
        ("3/4/2026", "mdy", (2026, 3, 4)),
        ("03.04.26", "dmy", (2026, 4, 3)),
        ("2026-04-03", "ymd", (2026, 4, 3)),
        ("3 April 2026", "mdy", (2026, 4, 3)),
        ("April 3, 2026", "dmy", (2026, 4, 3)),
    ],
)
def test_a_date_is_read_as_it_was_said(text, order, day):
    assert peoplefile.person(["Ada", text], {"name": 0, "applied": 1}, order).applied == datetime(*day)


@pytest.mark.parametrize(
    ("text", "order"), [("25/4/2026", "mdy"), ("4/25/2026", "dmy"), ("3/4/2026", "ymd"), ("30/2/2026", "dmy")]
)
def test_a_date_that_is_none_in_this_order(text, order):
    with pytest.raises(peoplefile.Broken, match="bad_date"):
        peoplefile.person(["Ada", text], {"name": 0, "applied": 1}, order)


@given(st.dates(min_value=datetime(2000, 1, 1).date(), max_value=datetime(2030, 1, 1).date()))
def test_two_ways_to_read_a_date_are_seen_whenever_there_are_two(day):
    orders = peoplefile.date_orders([f"{day:%d/%m/%Y}"])
    assert orders == (["dmy", "mdy"] if day.day <= 12 else ["dmy"])
    example = moments.ambiguous_example([f"{day:%d/%m/%Y}"])
    assert bool(example) == (day.day <= 12 and day.day != day.month)


def test_one_sure_date_settles_the_others():
    form = columns_form(["1/2/2026", "2/3/2026", "13/2/2026"])
    assert (form.is_valid(), form.cleaned_data["order"]) == (True, "dmy")


@pytest.mark.parametrize(
    ("said", "right"), [("dmy", True), ("mdy", True), ("ymd", False), ("", False), ("x", False)]
)
def test_where_two_ways_fit_one_of_them_is_said(said, right):
    assert columns_form(["1/2/2026", "2/3/2026"], said).is_valid() is right


def columns_form(cells, order=""):
    data = {"column-0": "name", "column-1": "applied", "order": order}
    samples = [["Ada", cell] for cell in cells]
    return ColumnsForm(data, header=["Name", "When"], samples=samples, chosen={})


# -- columns and words, as forms


@pytest.mark.parametrize("fields", [("first", ""), ("", "last"), ("name", ""), ("first", "last")])
def test_any_part_of_a_name_will_do(fields):
    data = {f"column-{n}": field for n, field in enumerate(fields)}
    form = ColumnsForm(data, header=["A", "B"], samples=[["x", "y"]], chosen={})
    assert (form.is_valid(), form.mapping) == (True, {field: n for n, field in enumerate(fields) if field})


@pytest.mark.parametrize("field", ["score", "hired", "__class__", "Name"])
def test_a_column_is_nothing_else(field):
    data = {"column-0": "name", "column-1": field}
    form = ColumnsForm(data, header=["A", "B"], samples=[["x", "y"]], chosen={})
    assert list(form.errors) == ["column-1"]


def test_a_column_without_a_name_has_a_number():
    form = ColumnsForm(None, header=["", "Name"], samples=[["x", "y"]], chosen={"name": 1})
    assert [picker.label for picker in form.pickers()] == ["Column 1", "Name"]
    assert [picker.value() for picker in form.pickers()] == ["", "name"]


def test_nothing_can_be_chosen_as_a_score():
    assert "score" not in import_words.LABELS
    assert str(import_words.LABELS["rating"]) == "Rating (as a note, never a score)"


def words_form(said, data=None, chosen=None):
    return WordsForm(data, said=said, chosen=chosen or {})


def test_a_word_begins_at_the_cv_and_one_for_refused_with_nothing():
    form = words_form({"stage": [("Team lunch", 2), ("Rejected", 1)]})
    assert [form[name].value() for name in form.fields] == ["cv", ""]
    assert [form[name].help_text for name in form.fields] == ["2 people", "1 person"]


def test_what_was_chosen_before_is_shown_again():
    form = words_form({"stage": [("Rejected", 1)]}, chosen={"stage": {"Rejected": "out"}})
    assert form["stage-0"].value() == "out"


def test_words_of_two_columns_are_kept_apart():
    said = {"stage": [("New", 1)], "status": [("New", 1), ("Gone", 1)]}
    form = words_form(said, {"stage-0": "phone", "status-0": "cv", "status-1": "out"})
    assert form.is_valid()
    assert form.words() == {"stage": {"New": "phone"}, "status": {"New": "cv", "Gone": "out"}}


@pytest.mark.parametrize(
    ("stage", "status", "found"),
    [
        ("phone", "cv", ("phone", "")),
        ("cv", "interview", ("interview", "")),
        ("phone", "offer", ("phone", "")),
        ("interview", "refused", ("interview", REFUSED)),
        ("refused", "out", ("cv", OUT)),
        ("out", "refused", ("cv", OUT)),
        ("refused", "phone", ("phone", REFUSED)),
    ],
)
def test_where_somebody_stands_by_two_columns(stage, status, found):
    person = Person("Ada", noted=(("stage", "A"), ("status", "B")))
    assert standing(person, {"stage": {"A": stage}, "status": {"B": status}}) == found


def test_words_nobody_was_asked_about_are_the_cv():
    assert standing(Person("Ada", noted=(("stage", "Odd"),)), {"stage": {"New": "phone"}}) == ("cv", "")
    assert standing(Person("Ada"), {}) == ("cv", "")
