"""What was sent, as it is: shown in place where the name may be seen, never run, and every look is recorded."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hiring import details, originals
from hiring.models import Assignment
from tests.hiring.acts import text, url
from tests.hiring.factories import make_application, make_job
from tests.sample_data import sample
from tests.vault import samples as s
from vault import extraction, files
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
READ = dict.fromkeys(("pdf", "docx", "odt", "txt"), "Anna Smith\nAnswers e-mails")
KINDS = files.DOCUMENTS | files.IMAGES


def stored(company, name, data, *, words=None, **fields) -> StoredFile:
    """A file whose text was read: by the reader itself, or as `words`."""
    row = files.store(SimpleUploadedFile(name, data), company_id=company.pk, accept=KINDS)
    # A child process for each would be slow; tests/vault has those.
    found = extraction.Read(READ.get(row.kind, "") if words is None else words, {})
    values = {"state": "done", "text": found.text, "lines": found.lines} | fields
    StoredFile.objects.filter(pk=row.pk).update(**values)
    return row


def person(company, name="cv.pdf", data=None, *, hide=False, job=None, **fields):
    cv = stored(company, name, data or s.printed_pdf(), **fields)
    return make_application(job or make_job(company, hide_names=hide), name="Ada Lind", cv=cv)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def piece(client, application):
    return client.get(url("original", application), headers={"HX-Request": "true"})


def looks() -> list[str]:
    return list(TrailEntry.objects.filter(action__startswith="cv.").values_list("action", flat=True))


class TestPlace:
    def test_a_pdf_comes_in_a_frame_of_its_own(self, boss, company):
        application = person(company)
        assert f'<iframe src="{url("original_file", application)}#navpanes=0' in text(
            piece(boss, application)
        )
        answer = boss.get(url("original_file", application))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert (answer["X-Frame-Options"], looks()) == ("SAMEORIGIN", ["cv.shown"])
        assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none';")

    def test_a_picture_is_a_picture(self, boss, company):
        application = person(company, "cv.png", s.png(), words="")
        assert f'<img src="{url("original_file", application)}"' in text(piece(boss, application))

    @pytest.mark.parametrize(
        ("name", "data"),
        [("cv.txt", b"Anna\n- Refunds"), ("cv.docx", s.docx()), ("cv.odt", s.odt())],
    )
    def test_what_can_be_edited_is_drawn_by_us_and_recorded(self, boss, company, name, data):
        application = person(company, name, data)
        shown = text(piece(boss, application))
        assert ("Anna" in shown, "iframe" in shown, looks()) == (True, False, ["cv.shown"])
        assert boss.get(url("original_file", application)).status_code == 404

    def test_without_scripts_it_is_a_page_with_a_way_back(self, boss, company):
        shown = text(boss.get(url("original", person(company))))
        assert ('data-key="o"' in shown, "<h1" in shown) == (True, True)

    def test_keeping_the_file_is_another_record(self, boss, company):
        answer = boss.get(url("cv", person(company)))
        assert b"".join(answer.streaming_content).startswith(b"%PDF")
        assert looks() == ["cv.opened"]

    def test_nothing_of_the_text_becomes_a_page(self, boss, company):
        words = "Anna\n<script>alert(1)</script> https://evil.example"
        application = person(company, "cv.txt", b"Anna", words=words)
        shown = text(piece(boss, application))
        assert "&lt;script&gt;" in shown
        assert "href" not in shown


class TestHidden:
    def test_it_is_closed_while_the_name_is_hidden(self, boss, company):
        application = person(company, hide=True)
        answers = [
            boss.get(url(name, application)).status_code for name in ("original", "original_file", "cv")
        ]
        assert (answers, looks()) == ([302, 404, 302], [])
        assert "The original opens after the CV stage" in text(boss.get(url("candidate", application)))

    def test_it_is_open_once_the_name_is_shown(self, boss, company, owner):
        application = person(company, hide=True)
        details.show_name(application, by=owner)
        assert "iframe" in text(piece(boss, application))

    def test_a_file_without_text_opens_all_the_same_and_says_so(self, boss, company):
        application = person(company, hide=True, words="")
        assert "probably it is a scan" in text(piece(boss, application))
        assert "The file may show the name." in text(boss.get(url("candidate", application)))


class TestWho:
    def test_another_company_finds_nothing(self, company, rival, sign_in):
        application = person(company)
        names = ("original", "original_file", "cv")
        assert [sign_in(rival).get(url(name, application)).status_code for name in names] == [404] * 3

    @pytest.mark.parametrize(("meets", "status"), [(True, 200), (False, 403)])
    def test_interviewers_see_those_they_meet(self, company, interviewer, sign_in, meets, status):
        application = person(company)
        if meets:
            Assignment.objects.create(company=company, application=application, membership=interviewer)
        assert sign_in(interviewer).get(url("original", application)).status_code == status

    def test_a_manager_of_another_job_does_not(self, company, manager, sign_in):
        assert sign_in(manager).get(url("original", person(company))).status_code == 403

    @pytest.mark.parametrize("name", ["original", "original_file", "cv"])
    def test_without_a_file_there_is_nothing(self, boss, company, name):
        assert boss.get(url(name, make_application(make_job(company)))).status_code == 404


class TestSentences:
    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"words": "Anna"}, ""),
            ({"words": ""}, "probably it is a scan"),
            ({"words": "", "state": "waiting"}, "is being read"),
            ({"words": "", "state": "parked", "last_error": "unreadable"}, "could not be read"),
            ({"words": "خدمة العملاء في متجر Zendesk"}, "right to left"),
        ],
    )
    def test_of_a_pdf(self, company, fields, said):
        application = person(company, **fields)
        application.cv.refresh_from_db()
        sentence = originals.of(application).sentence
        assert (said in sentence, bool(sentence)) == (True, bool(said))

    def test_a_broken_word_file_shows_nothing_and_says_why(self, boss, company):
        application = person(company, "cv.docx", s.docx(), words="", state="parked", last_error="unreadable")
        shown = text(piece(boss, application))
        assert ("could not be read" in shown, "fh-paper" in shown) == (True, False)

    def test_no_cv_at_all(self, boss, company):
        shown = text(boss.get(url("candidate", make_application(make_job(company)))))
        assert ("No CV was sent." in shown, 'data-key="o"' in shown) == (True, False)


class TestBlocks:
    def kinds(self, words, **lines):
        return [(block.kind, block.text) for block in originals.blocks(words, lines)]

    def test_lines_are_what_the_file_said(self):
        found = self.kinds("Work\nI sold shoes\nRefunds", heading=[0], item=[2])
        assert found == [("heading", "Work"), ("text", "I sold shoes"), ("item", "Refunds")]

    @pytest.mark.parametrize("line", ["- Refunds", "• Refunds", "  * Refunds", "2. Refunds", "3) Refunds"])
    def test_a_bullet_makes_an_item(self, line):
        assert self.kinds(line) == [("item", "Refunds")]

    @pytest.mark.parametrize("line", ["-5 degrees", "2019. was good"[:4], "a - b", "2021 - 2023"])
    def test_not_everything_with_a_dash_is_one(self, line):
        assert self.kinds(line) == [("text", line)]

    def test_a_list_begins_and_ends_once(self):
        found = originals.blocks("- a\n\n- b\ntext\n- c", {})
        assert [(b.begins, b.ends) for b in found] == [
            (True, False),
            (False, True),
            (False, False),
            (True, True),
        ]


@pytest.mark.parametrize(
    ("words", "is_so"), [("", False), ("Anna", False), ("خدمة", True), ("שירות abc", True)]
)
def test_right_to_left_is_told_from_the_letters(words, is_so):
    assert originals.is_right_to_left(words) == is_so


@pytest.mark.sample_data
@pytest.mark.parametrize("name", ["hrhelper_synthetic.docx", "hrhelper_synthetic.txt", "sample_resume.pdf"])
def test_real_files_are_shown(boss, company, name):
    path = sample(f"cv/{name}")
    words = extraction.read_text(path, path.suffix[1:])
    application = person(company, name, path.read_bytes(), words=words)
    assert text(piece(boss, application)).count("<p") >= 1
