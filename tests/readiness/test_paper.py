"""The answer as PDF: what its page says, and who may take it along."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from readiness import answer_page, assessments, paper
from readiness.assessments import Current
from readiness.models import Assessment
from tests.readiness.factories import BUSY, CALM, make_assessment
from tests.vault.papers import WORDS

WHEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
EMPTY = dict.fromkeys(BUSY) | {"breath": 3, "trend": "more", "ratings": "same", "help": "no"}


def shown(answers=BUSY, plan=""):
    result = assessments.compute(answers)
    row = Assessment(answers=answers, measured={}, result=result, pk=1, created_at=WHEN)
    return answer_page.context(Current(answers, result, plan, row))


def made(page, language="en", company=None, today=date(2026, 11, 23)) -> bytes:
    return paper.recommendation(page, company=company, language=language, answered_at=WHEN, today=today)


def read(data) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def flat(text) -> str:
    return " ".join(str(text).split())


@pytest.mark.parametrize("answers", [BUSY, CALM, EMPTY], ids=["busy", "calm", "few"])
def test_what_the_page_says_is_on_paper(answers):
    page = shown({key: value for key, value in answers.items() if value is not None})
    said = read(made(page))
    sentences = [page["headline"], page["firmness"], *page["reasons"], *page["against"]]
    sentences += [signal["label"] for signal in page["signals"]] + [
        value for _name, _label, value in page["told"]
    ]
    assert [each for each in map(flat, sentences) if each not in said] == []


def test_each_sign_has_its_size_and_its_share():
    said = read(made(shown()))
    page = shown()["signals"][0]
    assert f"{page['score']} of 100" in said
    assert f"It makes {page['contribution']} % of the need for help." in said


def test_a_sign_of_which_nothing_is_known_says_so():
    assert "Nothing known yet." in read(made(shown()))


def test_what_would_change_it_is_a_table_or_a_sentence():
    page = shown()
    assert "No single number would change the answer." in read(made(page | {"flips": []}))
    flip = {"label": "Hours", "now": None, "to": "12", "becomes": "Not yet"}
    assert "If this changes Now To The answer becomes Hours 12 Not yet" in read(
        made(page | {"flips": [flip]})
    )


def test_what_was_counted_stands_beside_what_was_said():
    page = shown() | {
        "beside": [("Messages", None, "300"), ("Growth", "5", None)],
        "measured_note": "Counted.",
    }
    said = read(made(page))
    assert "Messages open 300 Growth 5 not counted Counted." in said


def test_the_plan_is_on_it_when_there_is_one():
    assert "What the hours are for" not in read(made(shown()))
    assert "New <b>products</b>" in read(made(shown(plan="New <b>products</b>")))


def test_open_answers_and_the_busy_hours_are_named():
    page = shown() | {"open": [{"label": "Money", "page": "check"}], "heat": {"caption": "Mondays at nine"}}
    said = read(made(page | {"until_full": "Full in May.", "robustness": None}))
    assert "These open answers could still change it: Money" in said
    assert "Full in May." in said
    assert "When customers write Mondays at nine" in said
    assert "1,000 other ways" not in said


def test_the_day_and_the_configuration_are_on_it():
    said = read(made(shown()))
    assert "November 23, 2026" in said
    assert (
        f"Answered on November 22, 2026, computed with configuration {shown()['result']['version']}." in said
    )


@pytest.mark.parametrize("language", WORDS)
def test_it_is_made_in_every_language(language):
    with translation.override(language):
        page = shown()
    reader = PdfReader(BytesIO(made(page, language)))
    assert reader.metadata.title == page["headline"]
    assert reader.trailer["/Root"]["/Lang"] == {"zh-hans": "zh-Hans"}.get(language, language)


def test_the_same_answer_gives_the_same_bytes():
    assert made(shown()) == made(shown())


@pytest.mark.parametrize(
    ("headline", "name"),
    [
        ("Hire now.", "Hire now.pdf"),
        ("Not yet", "Not yet.pdf"),
        ("20 h/week?", "20 h-week_.pdf"),
        ("لا.", "لا.pdf"),
    ],
)
def test_the_file_is_called_as_the_answer(headline, name):
    assert paper.name({"headline": headline}) == name


# -- who gets it


@pytest.fixture
def row(company, owner):
    return make_assessment(company, by=owner.user)


def url(row):
    return reverse("readiness:pdf", args=[row.pk])


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.django_db
def test_owner_and_manager_take_it_along(row, company, owner, manager, sign_in):
    for member in (owner, manager):
        answer = sign_in(member).get(url(row))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].startswith("attachment; filename")
        assert company.name in read(body(answer))


@pytest.mark.django_db
def test_nobody_else_does(row, interviewer, hire, rival, client, sign_in):
    answers = [sign_in(member).get(url(row)).status_code for member in (interviewer, hire, rival)]
    assert [*answers, client.get(url(row)).status_code] == [403, 403, 404, 302]


@pytest.mark.django_db
def test_posting_makes_nothing(row, owner, sign_in):
    assert sign_in(owner).post(url(row)).status_code == 405


@pytest.mark.django_db
def test_the_page_to_print_offers_it(row, owner, sign_in):
    page = sign_in(owner).get(reverse("readiness:print", args=[row.pk])).content.decode()
    assert url(row) in page


@pytest.mark.django_db
def test_the_number_of_queries_is_the_same_for_one_answer_and_three(row, company, owner, sign_in):
    client = sign_in(owner)
    counts = []
    for _ in range(2):
        client.get(url(row))
        with CaptureQueriesContext(connection) as seen:
            body(client.get(url(row)))
        counts.append(len(seen))
        make_assessment(company, by=owner.user)
        make_assessment(company, by=owner.user)
    assert counts == [6, 6]
