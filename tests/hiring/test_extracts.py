"""The qualifications of whoever was hired, for somebody who was not: never who it is."""

from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from hiring import extracts, facts
from hiring.models import CvCheck, FactToCheck, ReadOut, Stage
from tests.hiring.acts import put, refuse, url
from tests.hiring.acts import text as body
from tests.hiring.factories import make_application, make_card, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], openings=2)


@pytest.fixture
def hired(job, owner):
    row = make_application(job, name="Zelda Quist", email="zelda@mail.example", phone="+358 40 123 4567")
    make_card(row, owner, levels=(4, 2))
    return put(row, Stage.HIRED)


@pytest.fixture
def ada(job, owner, hired):
    row = make_application(job, name="Ada Lind", email="ada@mail.example")
    refuse(row, owner)
    return row


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def confirm(application, by, quote, kind="other", outcome="confirmed"):
    fact = facts.add_fact(application, by=by, quote=quote, kind=kind)
    FactToCheck.objects.filter(pk=fact.pk).update(outcome=outcome, outcome_at=timezone.now())


def text_of(job) -> list[str]:
    return extracts.of(job).text.splitlines()


def post(client, application, text, do="send"):
    return client.post(url("extract", application), {"text": text, "do": do})


class TestWhatItSays:
    def test_what_was_rated_three_or_more(self, job, hired):
        assert text_of(job) == ["Writes clearly"]

    def test_what_the_cv_showed_where_nobody_rated(self, job, owner, company):
        row = put(make_application(job), Stage.HIRED)
        for requirement, mark in zip(job.requirements.order_by("position"), ("not_met", "met"), strict=True):
            CvCheck.objects.create(company=company, application=row, requirement=requirement, mark=mark)
        assert text_of(job) == ["Stays calm"]

    def test_a_rating_stands_above_the_cv(self, job, hired, company):
        weak = job.requirements.get(text="Stays calm")
        CvCheck.objects.create(company=company, application=hired, requirement=weak, mark="met")
        assert text_of(job) == ["Writes clearly"]

    @pytest.mark.parametrize(
        ("outcome", "told"), [("confirmed", 1), ("differs", 0), ("unverifiable", 0), ("contradicted", 0)]
    )
    def test_facts_that_were_confirmed(self, job, hired, owner, outcome, told):
        confirm(hired, owner, "Five years of support", outcome=outcome)
        assert text_of(job)[1:] == ["Five years of support (checked)"] * told

    def test_facts_without_the_name_in_them(self, job, hired, owner):
        confirm(hired, owner, "Zelda answered 40 mails a day, zelda@mail.example, www.zelda.example")
        assert text_of(job)[1] == "▒▒▒ answered 40 mails a day, ▒▒▒, ▒▒▒ (checked)"

    def test_an_employer_without_its_name(self, job, hired, owner):
        confirm(hired, owner, "Lumberjack Tea Ltd", kind="employer")
        assert text_of(job)[1] == "Worked for another employer before (checked)"

    def test_several_who_were_hired_one_after_the_other(self, job, hired, owner):
        second = put(make_application(job), Stage.HIRED)
        make_card(second, owner, levels=(1, 5))
        assert extracts.of(job).text == "Writes clearly\n\nStays calm"

    def test_nobody_hired_elsewhere(self, job, company, owner):
        put(make_application(make_job(company)), Stage.HIRED)
        assert extracts.of(job).hired == ()


class TestGivingAway:
    @pytest.mark.parametrize(
        "text",
        [
            "Zelda writes clearly",
            "QUIST",
            "See zelda@mail.example",
            "Call +358 40 123 4567",
            "https://zelda.example/me",
        ],
    )
    def test_a_line_that_tells_who_it_is_is_refused_and_stays(self, boss, ada, text):
        answer = post(boss, ada, f"Stays calm\n{text}")
        assert (answer.status_code, ReadOut.objects.count()) == (422, 0)
        assert ("tells who was hired" in body(answer), text in body(answer)) == (True, True)

    def test_other_lines_are_not(self, hired):
        assert extracts.gives_away("Stays calm\n\nWrites in 2019 to 2022", [hired]) == []

    @pytest.mark.parametrize("text", ["", "  \n ", "x" * 5_001])
    def test_nothing_or_too_much_is_refused(self, boss, ada, text):
        assert (post(boss, ada, text).status_code, ReadOut.objects.count()) == (422, 0)


class TestWho:
    def test_somebody_who_was_refused(self, boss, ada):
        assert "Writes clearly" in body(boss.get(url("extract", ada)))

    def test_nobody_who_is_in_the_running(self, boss, job, hired):
        row = make_application(job)
        assert "was not refused" in body(boss.get(url("extract", row)))
        assert (post(boss, row, "Stays calm").status_code, ReadOut.objects.count()) == (409, 0)

    def test_nobody_while_nobody_is_hired(self, boss, company, owner):
        row = make_application(make_job(company))
        refuse(row, owner)
        assert "Nobody was hired for this job yet." in body(boss.get(url("extract", row)))
        assert (post(boss, row, "Stays calm").status_code, ReadOut.objects.count()) == (409, 0)

    @pytest.mark.parametrize(("country", "owed"), [("SE", True), ("FI", False)])
    def test_in_sweden_one_has_to_answer(self, boss, ada, company, country, owed):
        type(company).objects.update(country=country)
        assert ("In Sweden, somebody" in body(boss.get(url("extract", ada)))) == owed

    @pytest.mark.parametrize(
        ("role", "status"), [("manager", 200), ("interviewer", 403), ("hire", 403), ("rival", 404)]
    )
    def test_who_leads_the_job_makes_it(self, request, sign_in, ada, role, status):
        assert sign_in(request.getfixturevalue(role)).get(url("extract", ada)).status_code == status


class TestGiving:
    def test_by_mail_as_it_was_changed(self, boss, client, ada):
        assert post(boss, ada, "Writes clearly\nSpeaks Finnish").status_code == 302
        row = ReadOut.objects.get()
        assert (row.kind, row.sections[0]["lines"]) == ("extract", ["Writes clearly", "Speaks Finnish"])

    def test_the_page_never_names_anybody(self, boss, client, ada):
        from vault import links

        post(boss, ada, "Writes clearly")
        row = ReadOut.objects.get()
        token = links.mint(purpose="written", subject=("read_out", row.pk), company_id=row.company_id, days=1)
        shown = body(client.get(f"/my/written/{token}/"))
        assert ("Writes clearly" in shown, "Zelda" in shown, "Olga" in shown) == (True, False, False)

    def test_as_a_file(self, boss, ada):
        answer = post(boss, ada, "Writes clearly", do="pdf")
        said = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text()
        assert ("Writes clearly" in said, "Zelda" in said, ReadOut.objects.count()) == (True, False, 0)
