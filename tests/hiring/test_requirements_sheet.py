"""The list as a spreadsheet: taken along, changed, looked at, brought back."""

import csv
import io
from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from hiring import requirement_sheet, requirements
from hiring.models import Job
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.factories import make_application
from tests.hiring.test_undo import undo_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def address(job, name="requirements_bring"):
    return reverse(f"hiring:{name}", args=[job.pk])


def written(job, language="en") -> str:
    file = io.StringIO()
    with override(language):
        requirement_sheet.write(file, job)
    return file.getvalue()


def table(text) -> list[list]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def sheet(*rows) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def changed(job, line=1, **cells) -> str:
    """The list as it is taken along, with some cells of one line changed."""
    rows, names = table(written(job)), list(requirement_sheet.COLUMNS)
    for name, value in cells.items():
        rows[line][names.index(name)] = value
    return sheet(*rows)


def read(job, text):
    return requirement_sheet.read(text, job)


def listed(job):
    return [(row.key or row.text, row.level) for row in requirements.listed(job)]


def said(response) -> str:
    return " ".join(response.content.decode().split())


# -- taken along


def test_a_line_for_each_with_the_words_that_count(job):
    rows = table(written(job))
    assert len(rows) == 11
    assert rows[0][:5] == ["Code", "Requirement", "Skill or quality", "Level", "Weight"]
    assert rows[1][:5] == ["service", "Likes helping customers, angry ones too", "Skill", "Must have", "3"]
    assert rows[1][6] == "Speaks of customers as a nuisance, or blames them."
    assert (rows[1][9], len(rows[1][10].splitlines())) == ("CV, phone call, interview, reference", 3)


def test_it_is_a_file_a_spreadsheet_opens(boss, job):
    answer = boss.get(address(job, "requirements_sheet"))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="requirements.csv"'
    assert answer.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "-5", "+49"])
def test_no_word_of_it_is_a_formula_and_brought_back_it_is_the_same(job, owner, text):
    row = requirements.add(job, text=text, by=owner)
    assert table(written(job))[-1][1] == f"'{text}"
    assert not read(job, written(job)).change
    assert row.text == text


@pytest.mark.parametrize("language", ["en", "fi", "sv", "pl", "ar", "zh-hans"])
def test_brought_back_unchanged_it_changes_nothing_in_any_language(job, owner, language):
    requirements.add(job, text="Loves tea", by=owner)
    plan = read(job, written(job, language))
    assert (plan.change, plan.bad, plan.removed) == (requirements.Change(), [], [])


# -- what a sheet would change


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        ({"level": "Bonus"}, {"level": "bonus", "weight": 1}),
        ({"level": "bonus", "weight": "5"}, {"level": "bonus", "weight": 5}),
        ({"text": "Loves people"}, {"text": "Loves people"}),
        ({"why": "Because"}, {"why": "Because"}),
        ({"anchor_5": "Shines"}, {"anchor_5": "Shines"}),
        ({"kind": "Quality"}, {"kind": "quality"}),
        ({"tested_in": "phone call; work sample"}, {"tested_in": ["phone", "sample"]}),
        ({"questions": "Why?\nHow?"}, {"questions": "Why?\nHow?"}),
        ({"weight": "2"}, {"weight": 2}),
        ({"level": "", "weight": "", "kind": ""}, None),
        ({"text": "", "why": "", "questions": "", "tested_in": ""}, None),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_changed_cell_is_a_change_of_its_row(job, cells, values):
    row = requirements.listed(job)[0]
    plan = read(job, changed(job, **cells))
    assert plan.change.rows == ({row.pk: values} if values else {})
    assert (plan.bad, plan.removed) == ([], [])


def test_a_change_is_shown_with_before_and_after(job):
    plan = read(job, changed(job, level="Bonus"))
    assert plan.changed == [
        ("Likes helping customers, angry ones too", [("Level", "Must have", "Bonus"), ("Weight", "3", "1")])
    ]


def test_new_lines_are_added_as_nice_or_as_they_say(job):
    text = sheet(["Requirement", "Level"], ["Loves tea", ""], ["Speaks Polish", "must have"])
    assert read(job, text).added == [("Loves tea", "Nice to have"), ("Speaks Polish", "Must have")]


def test_a_suggestion_by_code_or_by_name_is_the_suggestion(job):
    text = sheet(["Code", "Requirement"], ["industry", ""], ["", "Is really interested in what we do"])
    plan = read(job, text)
    assert [values["key"] for values in plan.change.added] == ["industry", "interest"]
    assert [values.get("text", "") for values in plan.change.added] == ["", ""]


def test_what_is_not_in_the_sheet_would_go(job):
    plan = read(job, sheet(["Code", "Level"], ["service", "must"]))
    assert len(plan.removed) == len(plan.change.removed) == 9
    assert plan.removed[0] == ("Writes clearly and without mistakes", "Must have")


def test_a_list_of_another_job_is_understood_by_its_words(job, owner):
    requirements.add(job, text="Loves tea", by=owner)
    other = make_published(owner)
    own = requirements.add(other, text="LOVES  tea", by=owner)
    plan = read(other, written(job))
    assert (plan.added, plan.removed, list(plan.change.rows)) == ([], [], [own.pk])


@pytest.mark.parametrize(
    ("header", "level"),
    [
        (["Requirement", "Level"], "Must have"),
        (["text", "level"], "must"),
        (["  REQUIREMENT ", "LEVEL"], "MUST HAVE"),
    ],
)
def test_columns_are_found_by_what_they_are_called(job, header, level):
    assert read(job, sheet(header, ["Loves tea", level])).added == [("Loves tea", "Must have")]


@pytest.mark.parametrize("delimiter", [";", "\t", ","])
def test_any_separator_will_do(job, delimiter):
    lines = ["Level", "Requirement"], ["bonus", "Loves tea"]
    text = "\n".join(delimiter.join(line) for line in lines)
    assert read(job, text).added == [("Loves tea", "Bonus")]


# -- bad lines


BAD = [
    (["Tea", "vital", ""], "Line 2: “vital” is no level. Write must have, nice to have or bonus."),
    (["Tea", "must", "9"], "Line 2: “9” is no weight. Write 1, 2, 3, 4 or 5."),
    (["", "must", "1"], "Line 2: it does not say what you look for."),
    (["x" * 201, "must", "1"], "Line 2: a text is longer than 200 characters."),
]


@pytest.mark.parametrize(("line", "sentence"), BAD, ids=lambda value: str(value)[:20])
def test_a_bad_line_is_left_out_and_named_and_the_others_are_taken(job, line, sentence):
    plan = read(job, sheet(["Requirement", "Level", "Weight"], line, ["Good", "bonus", "1"]))
    assert plan.bad == [sentence]
    assert plan.added == [("Good", "Bonus")]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"kind": "hobby"}, "neither a skill nor a quality"),
        ({"tested_in": "CV, dream"}, "“dream” is no place where one tests"),
        ({"questions": "\n".join("1234567")}, "At most 6 questions."),
        ({"why": "x" * 501}, "longer than 500 characters"),
    ],
)
def test_a_mistake_in_a_line_takes_its_row_off_nothing(job, cells, words):
    plan = read(job, changed(job, **cells))
    assert (len(plan.bad), words in plan.bad[0]) == (1, True)
    assert not plan.change


def test_the_same_twice_is_said_with_both_lines(job):
    plan = read(job, sheet(["Requirement", "Level"], ["Tea", "must"], ["tea", "nice"]))
    assert plan.bad == ["Line 3: the same as line 2."]


@pytest.mark.parametrize(("lines", "fits"), [(200, True), (201, False)])
def test_two_hundred_lines_are_the_most(job, lines, fits):
    text = sheet(["Requirement", "Level"], *([f"Line {n}", "nice"] for n in range(lines)))
    if fits:
        assert len(read(job, text).added) == 200
    else:
        with pytest.raises(requirement_sheet.Unfit, match="more than 200 lines"):
            read(job, text)


@examples(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_read_or_refused_with_a_sentence(text):
    job = SimpleNamespace(
        requirements=SimpleNamespace(filter=lambda **_: SimpleNamespace(order_by=lambda *_: []))
    )
    with suppress(requirement_sheet.Unfit):
        plan = requirement_sheet.read(f"Requirement;Level\n{text}", job)
        assert plan.removed == []


# -- the page


def upload(client, job, body, name="list.csv"):
    return client.post(address(job), {"file": SimpleUploadedFile(name, body)})


def apply(client, job, text, **more):
    body = {"do": "apply", "sheet": text, "seen": Job.objects.get(pk=job.pk).revision}
    return client.post(address(job), body | more)


def test_first_it_is_only_shown(boss, job):
    page = said(upload(boss, job, changed(job, level="Bonus").encode()))
    assert "<del>Must have</del> <ins>Bonus</ins>" in page
    assert listed(job)[0] == ("service", "must")


def test_applied_it_is_written_and_taken_back_at_once(boss, job):
    text = sheet(["Code", "Requirement", "Level"], ["service", "", "bonus"], ["", "Loves tea", "must"])
    answer = apply(boss, job, text, remove="1")
    assert listed(job) == [("service", "bonus"), ("Loves tea", "must")]
    boss.post(undo_url(answer))
    assert len(listed(job)) == 10
    assert listed(job)[0] == ("service", "must")


def test_what_is_not_in_the_sheet_stays_until_somebody_ticks(boss, job):
    apply(boss, job, sheet(["Requirement", "Level"], ["Loves tea", "must"]))
    assert len(listed(job)) == 11


def test_an_import_after_reading_keeps_the_old_list_once(boss, job):
    make_application(job, read_at=timezone.now())
    apply(boss, job, sheet(["Requirement", "Level"], ["Tea", "must"], ["Coffee", "nice"]), remove="1")
    assert [len(row.listed) for row in job.requirement_versions.all()] == [10]


def test_nothing_new_says_so(boss, job):
    before = Job.objects.get(pk=job.pk).revision
    assert apply(boss, job, written(job)).status_code == 302
    assert Job.objects.get(pk=job.pk).revision == before


@pytest.mark.parametrize("seen", ["0", "x", "", "9" * 30])
def test_changed_meanwhile_it_is_shown_once_more(boss, job, seen):
    answer = apply(boss, job, changed(job, level="Bonus"), seen=seen)
    assert answer.status_code == 409
    assert "This is what your spreadsheet would change now." in said(answer)
    assert listed(job)[0] == ("service", "must")


FILES = [
    (b"", "This file is empty."),
    (b"PK\x03\x04" + b"x" * 90, "This is a workbook."),
    (b"\x00\x01\x02" * 50, "This is no table of text."),
    (b"Requirement\nTea\n", "At least two columns are needed"),
    (b"Requirement;Level\n", "nothing below it"),
    (b"Colour;Size\nred;5\n", "No column is called “Requirement”"),
    (b"Requirement;Level\n" + b"x" * 300_000, "far larger than a list"),
]


@pytest.mark.parametrize(("body", "sentence"), FILES, ids=lambda value: str(value)[:24])
def test_what_is_no_list_gets_its_sentence(boss, job, body, sentence):
    answer = upload(boss, job, body)
    assert (answer.status_code, sentence in said(answer)) == (422, True)


def test_no_file_is_said_too(boss, job):
    assert "Choose a file." in said(boss.post(address(job)))


def test_an_old_encoding_is_read(boss, job):
    page = said(upload(boss, job, "Requirement;Level\nGrüßt freundlich;bonus\n".encode("cp1252")))
    assert "Grüßt freundlich" in page


def test_nothing_of_a_file_is_live(boss, job):
    page = said(
        upload(boss, job, b"Requirement;Level\n<script>alert(1)</script>;must\n</textarea><b>;nice\n")
    )
    assert "<script>alert" not in page
    assert "</textarea><b>" not in page


def test_a_full_list_says_so(boss, job, monkeypatch):
    monkeypatch.setattr(requirements, "MOST_ROWS", 10)
    answer = apply(boss, job, sheet(["Requirement", "Level"], ["Tea", "must"]))
    assert (answer.status_code, "at most 10 lines" in said(answer)) == (422, True)


def test_another_shop_brings_nothing(rival, sign_in, job):
    answer = apply(sign_in(rival), job, sheet(["Requirement", "Level"], ["Tea", "must"]))
    assert (answer.status_code, len(listed(job))) == (404, 10)


def test_a_draft_has_its_spreadsheet_too(boss, owner):
    draft = make_draft(owner)
    assert len(table(boss.get(address(draft, "requirements_sheet")).content.decode())) == 11
