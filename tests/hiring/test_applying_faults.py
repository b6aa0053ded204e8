"""The public form and what people really send it: odd files, odd names, odd addresses."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hiring import duplicates, masking
from hiring.models import Application, SamePerson
from mailroom.models import Mail
from tests.hiring.acts import text, url
from tests.hiring.adverts import address, application, make_published
from tests.hiring.asked import ask, file
from tests.vault import samples
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
BAD = {
    "25 MB": ("cv.txt", lambda: b"Tea. " * 5_000_000, "larger than 10 MB"),
    "bomb": (
        "cv.docx",
        lambda: samples.docx(extra={"word/media/a.bin": b" " * 120_000_000}),
        "unpacks to far more",
    ),
    "broken pdf": ("cv.pdf", lambda: samples.printed_pdf()[:300], "The end of this file is missing."),
    "web page": ("cv.pdf", lambda: b"<!DOCTYPE html><script>alert(1)</script>", "a web page or a program"),
}


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture(scope="module")
def bad():
    made = {}
    return lambda case: made.setdefault(case, (BAD[case][0], BAD[case][1](), BAD[case][2]))


def send(client, job, **changes):
    return client.post(address(job), application(job, **changes))


@pytest.mark.parametrize("field", ["cv", "letter", "answer"])
@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_gets_its_sentence_beside_its_field_and_takes_no_word(
    client, owner, job, bad, case, field
):
    name, data, sentence = bad(case)
    if field == "answer":
        field = f"question-{ask(job, owner, 'file')[0].pk}"
    answer = send(client, job, cover_letter="Kept words", **{field: SimpleUploadedFile(name, data)})
    page = text(answer)
    [beside] = re.findall(r'class="invalid-feedback".*?</', page, re.DOTALL)
    assert (answer.status_code, sentence in beside, "Kept words" in page) == (422, True, True)
    assert [*answer.context["form"].errors] == [field]
    assert (Application.objects.count(), StoredFile.objects.count()) == (0, 0)


class TestKeptUpload:
    """For a day; after that a sentence, and everything else stays on the page."""

    @pytest.fixture
    def kept(self, client, owner, job):
        """The form's fields for three uploads beside a wrong address."""
        names = ["cv", "letter", f"question-{ask(job, owner, 'file')[0].pk}"]
        page = text(send(client, job, email="x", **{name: file(f"{name}.txt") for name in names}))
        found = {name: re.search(rf'name="({name}-kept)" value="([^"]+)"', page).groups() for name in names}
        return dict(found.values())

    def test_hours_later_it_goes_out_with_the_rest(self, client, job, kept, time_machine):
        time_machine.move_to(timezone.now() + timedelta(hours=23), tick=False)
        assert send(client, job, **kept).status_code == 302
        assert StoredFile.objects.filter(draft_until=None).count() == 3

    def test_a_day_later_each_says_so(self, client, job, kept, time_machine):
        time_machine.move_to(timezone.now() + timedelta(hours=25), tick=False)
        answer = send(client, job, cover_letter="Kept words", **kept)
        page = text(answer)
        assert (answer.status_code, page.count("This file is no longer kept.")) == (422, 3)
        assert ("Kept words" in page, Application.objects.count()) == (True, 0)


NAMES = ["آدا ليند", "\u200fآدا\u200f ليند", "Ada\u200e Lind", "\u202eadA\u202c Lind", "אדה לינד-Smith"]


class TestNames:
    @pytest.mark.parametrize("name", NAMES)
    def test_are_kept_as_typed_and_shown(self, client, sign_in, owner, name):
        job = make_published(owner, hide_names=False)
        send(client, job, name=name)
        row = Application.objects.get()
        assert (row.name, Mail.objects.count()) == (name, 1)
        assert name in text(sign_in(owner).get(url("candidate", row)))

    @pytest.mark.parametrize("name", NAMES)
    def test_are_hidden_where_names_are(self, name):
        plain = re.sub("[\u200e\u200f\u202c\u202e]", "", name)
        assert masking.mask(f"{name}, {plain}", name=name).count(masking.HIDDEN) >= 4

    def test_a_form_in_arabic_reads_from_right_to_left(self, client, owner):
        job = make_published(owner, language="ar")
        page = text(send(client, job, name="آدا ليند", email="ada@"))
        assert ('dir="rtl"' in page, 'value="آدا ليند"' in page) == (True, True)


class TestAddresses:
    @pytest.mark.parametrize(
        "written",
        ["ann+tea@mail.example", "ANN@Mail.Example", "ann@müller.example", "ann@xn--mller-kva.example"],
    )
    def test_are_kept_and_written_to_as_typed(self, client, job, written):
        send(client, job, email=f"  {written} ")
        assert (Application.objects.get().email, Mail.objects.get().recipient) == (written, written)

    @pytest.mark.parametrize(
        ("one", "other", "asked"),
        [
            ("ann@mail.example", "ANN@MAIL.example", True),
            ("ann@müller.example", "Ann@xn--mller-kva.example", True),
            ("ann@mail.example", "ann+tea@mail.example", False),
        ],
    )
    def test_one_mailbox_is_a_question_and_never_one_person(self, client, job, one, other, asked):
        send(client, job, email=one, name="Ann Berg")
        send(client, job, email=other, name="Otto Lind", key="z" * 32)
        duplicates.run()
        assert list(SamePerson.objects.values_list("reasons", flat=True)) == [["email"]] * asked
        assert Application.objects.values("candidate").distinct().count() == 2


class TestAnswers:
    @pytest.mark.parametrize(
        ("kind", "said", "sentence"),
        [
            ("text", "x" * 10_000, ""),
            ("text", "x" * 10_001, "at most 10000 characters"),
            ("text", "x\x00", "Null characters are not allowed."),
            ("line", "x" * 300, ""),
            ("line", "x" * 301, "at most 300 characters"),
            ("line", "x\x00", "Null characters are not allowed."),
            ("one", "x\x00", "not one of the available choices"),
            ("several", ["x\x00"], "not one of the available choices"),
            ("number", "3\x00", "Enter a number."),
            ("number", "NaN", "Enter a number."),
            ("number", "51", "less than or equal to 50."),
            ("date", "2027-02-30", "Enter a valid date."),
        ],
        ids=lambda value: str(value)[:12],
    )
    def test_are_taken_whole_or_refused_in_their_place(self, client, owner, job, kind, said, sentence):
        [question] = ask(job, owner, kind)
        answer = send(client, job, **{f"question-{question.pk}": said})
        assert (answer.status_code, sentence in text(answer)) == (422 if sentence else 302, True)
        found = Application.objects.filter(answers__question=question).values_list("answers__text", flat=True)
        assert list(found) == ([] if sentence else [said])


@pytest.mark.parametrize(
    "unshown",
    [
        {"corrected": "name", "corrected_at": "2026-01-01", "keep_longer_until": "2099-01-01"},
        {"submission_key": "x", "consent_version": "none", "language": "fi", "source": "friend"},
        {"name_shown": "on", "candidate": "1", "placement": "1", "placement_id": "1", "search": "x"},
        {"ended_at": "2026-01-01", "told": "phone", "reason": "hours", "later_at": "2026-01-01"},
        {"question-0": "x", "question-99999": "x", "question-x": "x", "cv_id": "1", "letter_id": "1"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_a_field_the_form_does_not_show_stores_nothing(client, job, unshown):
    """The rows of two forms differ in nothing but what every row has of its own."""
    own = {"id", "number", "candidate_id", "submission_key", "submitted_at", "stage_entered_at", "created_at"}
    send(client, job)
    send(client, job, key="z" * 32, **unshown)
    plain, odd = Application.objects.order_by("pk").values()
    assert {name for name in plain if plain[name] != odd[name]} <= own
    assert TrailEntry.objects.filter(action="application.received").count() == 2
