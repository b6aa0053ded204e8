"""What was written about an applicant, read out on request: all that was handed in, nothing that was not."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import strip_tags
from pypdf import PdfReader

from hiring import notes, written
from hiring.models import CvCheck, Rating, ReadOut, SampleRating, WorkSample
from mailroom import outbox
from mailroom.models import Mail
from tests.hiring.acts import deliver, refuse, url
from tests.hiring.acts import text as body
from tests.hiring.factories import make_application, make_card, make_job, make_reference, make_screen
from vault import links
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return make_application(job, name="Ada Lind", email="ada@mail.example")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def note(ada, owner):
    return notes.add(ada, by=owner, text="Friendly, and Bo is slower")


def lines(application) -> list[str]:
    return [line.text for section in written.gather(application) for line in section.lines]


def said(application) -> str:
    return " | ".join(lines(application))


def page(client, application) -> str:
    return " ".join(strip_tags(body(client.get(url("written", application))).replace("<", " <")).split())


def post(client, application, do="send", **fields):
    return client.post(url("written", application), {"do": do} | fields)


def token_of(mail_text) -> str:
    return mail_text.split("/my/written/")[1].split("/")[0]


def link_to(row, days=14) -> str:
    token = links.mint(purpose="written", subject=("read_out", row.pk), company_id=row.company_id, days=days)
    return f"/my/written/{token}/"


class TestWhatIsRead:
    def test_notes_with_their_day(self, ada, owner):
        with time_machine.travel("2026-03-05 12:00", tick=False):
            notes.add(ada, by=owner, text="Friendly")
        assert lines(ada) == ["March 5, 2026: Friendly"]

    def test_a_deleted_note_is_not(self, ada, owner, note):
        notes.delete(note, by=owner)
        assert lines(ada) == []

    def test_the_call(self, ada):
        make_screen(ada, direct="no", direct_note="twice", notes="Good English", plans_note="A year")
        assert "Do they answer questions directly? No. twice" in said(ada)
        assert "Good English" in said(ada)
        assert "for the next year or two? A year" in said(ada)

    def test_scorecards_with_every_rating(self, ada, owner):
        card = make_card(ada, owner, levels=(4, None), trust="Yes, alone")
        Rating.objects.filter(scorecard=card, level=4).update(note="Good letter")
        assert lines(ada) == [
            "Writes clearly: 4. Good letter",
            "Stays calm: no evidence",
            "Recommendation: Yes. Yes, alone",
        ]

    def test_the_newest_version_alone(self, ada, owner):
        make_card(ada, owner, trust="zebra")
        make_card(ada, owner, version=2, trust="lion")
        assert ("zebra" in said(ada), "lion" in said(ada)) == (False, True)

    def test_those_of_two_are_told_apart_without_names(self, ada, owner, manager):
        for who in (owner, manager):
            make_card(ada, who)
        assert [section.title for section in written.gather(ada)] == ["Scorecard 1", "Scorecard 2"]

    def test_no_draft_of_anybody(self, ada, owner, manager):
        for who in (owner, manager):
            make_card(ada, who, levels=(1,), submitted=False, trust="zebra")
        rate(ada, manager, submitted=False)
        assert written.gather(ada) == []

    def test_the_rating_of_a_sample(self, ada, owner):
        rate(ada, owner)
        assert ("Solved: 4" in lines(ada), "Kind words" in lines(ada)) == (True, True)

    def test_marks_on_the_cv(self, ada, job, owner):
        CvCheck.objects.create(
            company=owner.company, application=ada, requirement=job.requirements.first(), mark="not_met"
        )
        assert lines(ada) == ["Writes clearly: Not met"]

    def test_why_it_was_decided_so(self, ada, owner):
        refuse(ada, owner, text="We need mornings")
        assert lines(ada)[0].endswith("The working hours do not fit. We need mornings")

    def test_what_referees_said_is_withheld(self, ada):
        make_reference(ada, notes="zebra", hesitation=True, hesitation_note="lion", candidate_said="tiger")
        assert written.gather(ada) == []

    def test_nothing_of_somebody_else(self, ada, job, owner):
        notes.add(make_application(job), by=owner, text="zebra")
        assert written.gather(ada) == []


def rate(application, rater, *, submitted=True):
    now = timezone.now()
    sample = WorkSample.objects.create(
        company_id=application.company_id, application=application, job=application.job, number=1, batch="b",
        expires_at=now, finished_at=now, answer_1="Hello",
    )  # fmt: skip
    SampleRating.objects.create(
        company_id=application.company_id, sample=sample, rater=rater, note="Kind words",
        submitted_at=now if submitted else None, **dict.fromkeys(("solved", "policy", "tone", "next_step"), "4"),
    )  # fmt: skip


class TestPage:
    def test_says_when_nothing_was_written(self, boss, ada):
        assert "Nothing was written about this person yet." in page(boss, ada)

    def test_shows_every_line_with_who_wrote_it(self, boss, ada, note):
        assert "Friendly, and Bo is slower · Olga" in page(boss, ada)

    def test_is_in_the_applicants_language(self, boss, job, owner):
        row = make_application(job, language="fi")
        notes.add(row, by=owner, text="Ystävällinen")
        assert 'lang="fi" dir="auto"' in body(boss.get(url("written", row)))

    def test_what_a_colleague_rated_is_closed_until_ones_own_is_in(self, boss, ada, note, owner, manager):
        make_card(ada, manager, trust="zebra")
        assert ("zebra" in page(boss, ada), "when yours is in" in page(boss, ada)) == (False, True)
        assert (post(boss, ada).status_code, ReadOut.objects.count()) == (409, 0)
        make_card(ada, owner)
        assert "zebra" in page(boss, ada)

    def test_or_until_it_is_decided(self, boss, ada, owner, manager):
        make_card(ada, manager, trust="zebra")
        refuse(ada, owner)
        assert "zebra" in page(boss, ada)

    def test_a_colleagues_draft_closes_nothing_and_is_nowhere(self, boss, ada, note, manager):
        make_card(ada, manager, submitted=False, trust="zebra")
        assert ("zebra" in page(boss, ada), "Colleagues" in page(boss, ada)) == (False, False)

    @pytest.mark.parametrize(
        ("role", "status"), [("manager", 200), ("interviewer", 403), ("hire", 403), ("rival", 404)]
    )
    def test_is_for_who_leads_the_job(self, request, sign_in, ada, role, status):
        assert sign_in(request.getfixturevalue(role)).get(url("written", ada)).status_code == status


class TestSending:
    def test_leaves_in_ten_minutes_with_a_link(self, boss, ada, note):
        assert post(boss, ada).status_code == 302
        mail = Mail.objects.get(message="read_out")
        assert mail.recipient == "ada@mail.example"
        assert mail.due_at > timezone.now() + timedelta(minutes=9)

    def test_the_words_are_those_that_were_looked_over(self, boss, client, ada, owner, note):
        post(boss, ada)
        notes.add(ada, by=owner, text="zebra")
        shown = body(client.get(link_to(ReadOut.objects.get())))
        assert ("Friendly, and Bo is slower" in shown, "zebra" in shown) == (True, False)

    @pytest.mark.parametrize(("names", "told"), [({"names": "on"}, True), ({}, False)])
    def test_names_of_those_who_wrote_are_a_switch(self, boss, client, ada, note, names, told):
        post(boss, ada, **names)
        assert ("Olga" in body(client.get(link_to(ReadOut.objects.get())))) == told

    def test_a_struck_line_stays_out_and_its_reason_is_told(self, boss, client, ada, owner, note):
        notes.add(ada, by=owner, text="Writes well")
        post(boss, ada, **{f"note-{note.pk}": "About another applicant"})
        row = ReadOut.objects.get()
        shown = body(client.get(link_to(row)))
        assert ("slower" in shown, "Writes well" in shown) == (False, True)
        assert "About another applicant" in shown
        assert row.struck == [{"title": "Notes", "why": "About another applicant"}]

    def test_with_every_line_struck_nothing_is_sent(self, boss, ada, note):
        answer = post(boss, ada, **{f"note-{note.pk}": "About Bo"})
        assert (answer.status_code, ReadOut.objects.count()) == (422, 0)
        assert ("Nothing is left to read" in body(answer), "About Bo" in body(answer)) == (True, True)

    def test_a_level_alone_tells_of_nobody_else_and_cannot_be_struck(self, boss, ada, owner, note):
        card = make_card(ada, owner, levels=(4,))
        key = f"rating-{card.ratings.get().pk}"
        assert (f"strike_{key}" in body(boss.get(url("written", ada)))) is False
        post(boss, ada, **{key: "no"})
        assert "Writes clearly: 4" in ReadOut.objects.get().sections[1]["lines"]

    def test_a_reason_that_is_too_long_is_refused_and_stays(self, boss, ada, note):
        answer = post(boss, ada, **{f"note-{note.pk}": "x" * 201})
        assert (answer.status_code, "x" * 201 in body(answer)) == (422, True)

    def test_without_an_address_there_is_the_file(self, boss, job, owner):
        row = make_application(job, email="")
        notes.add(row, by=owner, text="Kind")
        assert "Send it to them" not in page(boss, row)
        assert post(boss, row).status_code == 422
        assert post(boss, row, do="pdf").status_code == 200

    def test_is_in_the_trail_without_a_word_of_it(self, boss, ada, owner, note):
        post(boss, ada)
        entry = TrailEntry.objects.get(action="read_out.sent")
        assert (entry.actor_id, entry.subject_id, entry.fields) == (owner.user_id, ada.pk, [])


class TestTakingBack:
    @pytest.fixture
    def sent(self, ada, owner, note):
        return written.send(ada, by=owner, kind="written", sections=[{"title": "T", "lines": ["x"]}])

    def undo(self, client, row):
        mark = row.undoable["sent"]["mark"]
        return client.post(f"{url('written_take_back', row.application)}?mark={mark}")

    def test_while_the_mail_waits(self, boss, client, sent):
        address = link_to(sent)
        assert self.undo(boss, sent).status_code == 302
        assert outbox.state(about=("read_out", sent.pk), message="read_out") == "cancelled"
        assert (ReadOut.objects.count(), client.get(address).status_code) == (0, 404)

    def test_not_after_it_has_left(self, boss, client, sent):
        deliver("read_out")
        self.undo(boss, sent)
        assert (ReadOut.objects.count(), client.get(link_to(sent)).status_code) == (1, 200)

    def test_not_after_ten_minutes(self, boss, sent):
        with time_machine.travel(timezone.now() + timedelta(minutes=11)):
            self.undo(boss, sent)
        assert ReadOut.objects.count() == 1

    def test_twice_is_told(self, boss, sent):
        assert [self.undo(boss, sent).status_code for _n in range(2)] == [302, 409]


class TestLink:
    @pytest.fixture
    def sent(self, ada, owner, note):
        return written.send(
            ada, by=owner, kind="written", sections=[{"title": "Notes", "lines": ["<b>Kind</b> {{ x }}"]}]
        )

    def test_is_for_two_weeks(self, client, sent):
        address = link_to(sent)
        with time_machine.travel(timezone.now() + timedelta(days=13)):
            assert client.get(address).status_code == 200
        with time_machine.travel(timezone.now() + timedelta(days=15)):
            assert client.get(address).status_code == 404

    def test_shows_words_as_words(self, client, sent):
        assert "&lt;b&gt;Kind&lt;/b&gt; {{ x }}" in body(client.get(link_to(sent)))

    def test_another_link_does_not_open_it(self, client, sent):
        token = links.mint(
            purpose="status", subject=("read_out", sent.pk), company_id=sent.company_id, days=5
        )
        assert client.get(f"/my/written/{token}/").status_code == 404

    def test_of_somebody_erased_shows_nothing(self, client, sent, ada):
        type(ada).objects.filter(pk=ada.pk).update(erased_at=timezone.now())
        assert client.get(link_to(sent)).status_code == 404

    def test_stays_out_of_caches(self, client, sent):
        assert client.get(link_to(sent))["Cache-Control"] == "no-store, private"

    def test_its_file_says_the_same(self, client, sent):
        answer = client.get(f"{link_to(sent)}pdf/")
        reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
        assert "<b>Kind</b> {{ x }}" in reader.pages[0].extract_text()
        assert TrailEntry.objects.filter(action="read_out.downloaded", by_link="written").count() == 1


class TestFile:
    def test_has_the_lines_without_the_struck_ones(self, boss, ada, owner, note):
        notes.add(ada, by=owner, text="Writes well")
        answer = post(boss, ada, do="pdf", **{f"note-{note.pk}": "Others"})
        said = PdfReader(BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text()
        assert ("Writes well" in said, "slower" in said) == (True, False)
        assert TrailEntry.objects.filter(action="read_out.downloaded", actor_id=owner.user_id).count() == 1

    def test_sends_nothing(self, boss, ada, note):
        post(boss, ada, do="pdf")
        assert (ReadOut.objects.count(), Mail.objects.filter(message="read_out").count()) == (0, 0)


def cost(client, application) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url("written", application)).status_code == 200
    return len(queries)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_one_line_and_for_three(boss, ada, owner, manager, interviewer, n):
    make_screen(ada)
    for who in (owner, manager, interviewer)[:n]:
        make_card(ada, who, levels=(4, 3))
        notes.add(ada, by=who, text="Kind")
        written.send(ada, by=who, kind="written", sections=[{"title": "T", "lines": ["x"]}])
    cost(boss, ada)
    assert cost(boss, ada) == 16
