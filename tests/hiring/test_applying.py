from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localdate
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from hiring import adverts, applying, closing, pipeline, questions
from hiring.apply_forms import ApplicationForm
from hiring.models import Answer, Application, Candidate
from hiring.views import apply as view
from mailroom.models import Mail
from tests.factories import make_company, make_member
from tests.hiring.adverts import address, application, make_draft, make_published
from tests.vault.samples import printed_pdf
from vault.models import Link, StoredFile, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


def said(response) -> str:
    return response.content.decode()


def upload(name="cv.pdf", data=None):
    return SimpleUploadedFile(name, printed_pdf("Two years in a tea shop") if data is None else data)


def send(client, job, **changes):
    return client.post(address(job), application(job, **changes))


def mail_text() -> str:
    message = message_from_bytes(bytes(Mail.objects.latest("pk").body), policy=policy.default)
    return message.get_body(("plain",)).get_content()


class TestSending:
    def test_makes_an_application_with_its_answers(self, client, job):
        answer = send(client, job, phone="+358 40 1234567", adjustments="A quiet room")
        row = Application.objects.get()
        assert answer.url == address(job, "thanks")
        assert [row.name, row.email, row.phone] == ["Ann Applicant", "ann@mail.example", "+358 40 1234567"]
        assert [row.cv_text, row.cover_letter] == ["Two years in a tea shop.", "I like your tea."]
        assert [row.adjustments, row.stage, row.number] == ["A quiet room", "cv", 1]
        answers = row.answers.order_by("question__position").values_list("text", flat=True)
        assert list(answers) == ["Mon to Tue: mornings", "Mornings."]

    def test_thanks_and_says_what_comes_next(self, client, job):
        page = said(client.get(send(client, job).url))
        assert "Thank you, your application has arrived." in page
        assert "A mail is on its way to you" in page

    def test_sends_a_receipt_in_the_jobs_language_with_a_link_that_works(self, client, job):
        send(client, job)
        mail = Mail.objects.get()
        row = Application.objects.get()
        assert [mail.recipient, mail.about_kind, mail.about_id] == ["ann@mail.example", "application", row.pk]
        link = mail_text().split("/my/status/")[1].split()[0]
        assert "Your application has arrived" in said(client.get(f"/my/status/{link}"))

    def test_answers_to_the_receipt_reach_who_made_the_job(self, client, job):
        send(client, job)
        message = message_from_bytes(bytes(Mail.objects.get().body), policy=policy.default)
        assert message["Reply-To"] == "Olga <olga@lumi.example>"

    def test_history_and_trail_begin(self, client, job):
        send(client, job)
        move = Application.objects.get().moves.get()
        assert [move.from_stage, move.to_stage, move.how] == ["", "cv", "form"]
        entry = TrailEntry.objects.get(action="application.received")
        assert [entry.actor_id, entry.subject_id] == [None, move.application_id]

    def test_keeps_the_notices_version_and_no_consent_that_was_not_given(self, client, job):
        send(client, job)
        row = Application.objects.get()
        assert [row.consent_version, row.keep_longer_until] == [applying.NOTICE, None]

    def test_keeping_longer_is_a_box_of_its_own(self, client, job):
        assert 'name="keep_longer"' in said(client.get(address(job)))
        assert not ApplicationForm(job=job, questions=[])["keep_longer"].value()
        send(client, job, keep_longer="on")
        assert Application.objects.get().keep_longer_until == localdate() + timedelta(days=365)

    def test_tells_who_uses_the_data(self, client, job):
        page = said(client.get(address(job)))
        assert "Lumi Oy uses what you send here to choose somebody for this job" in page
        assert f"Whom to ask: {job.company.privacy_contact}" in page

    def test_signed_in_colleagues_get_the_same_answer(self, client, job, sign_in):
        answers = [send(one, job, key=str(n) * 32) for n, one in enumerate((client, sign_in(job.created_by)))]
        assert answers[0].url == answers[1].url
        first, second = Application.objects.order_by("pk")
        assert [first.entered_by, second.entered_by] == [None, None]

    def test_fields_the_form_does_not_show_change_nothing(self, client, job):
        send(
            client,
            job,
            stage="hired",
            outcome="withdrawn",
            company="1",
            is_test="on",
            number="77",
            entered_by="1",
        )
        row = Application.objects.get()
        assert [row.stage, row.outcome, row.is_test, row.number, row.entered_by] == [
            "cv",
            "active",
            False,
            1,
            None,
        ]

    def test_another_jobs_question_is_not_answered(self, client, job, owner):
        foreign = questions.asked(make_published(owner))[0]
        send(client, job, **{f"question-{foreign.pk}": "Mine"})
        assert not Answer.objects.filter(question=foreign).exists()

    def test_a_test_of_ones_own_is_marked(self, client, job):
        page = said(client.get(address(job), {"test": adverts.mark_of_test(job)}))
        assert adverts.mark_of_test(job).split(":")[0] in page
        send(client, job, test=adverts.mark_of_test(job))
        assert Application.objects.get().is_test

    def test_nobody_marks_themselves_as_a_test(self, client, job):
        send(client, job, test="1")
        assert not Application.objects.get().is_test

    @pytest.mark.parametrize("name", ["X", "ف", "陈", "O" * 200, "Łucja-Zoë O’Neil", "<b>Ann</b>"])
    def test_every_name(self, client, job, name):
        send(client, job, name=name)
        assert Application.objects.get().name == name

    def test_the_form_speaks_the_jobs_language(self, client, owner):
        job = make_published(owner, language="ar")
        assert '<html lang="ar" dir="rtl">' in said(client.get(address(job)))
        assert send(client, job).url == address(job, "thanks")
        assert Application.objects.get().language == "ar"


class TestSamePerson:
    def test_a_second_application_overwrites_nobody(self, client, job, owner):
        other = make_published(owner)
        send(client, job)
        send(client, other, email="ANN@mail.example", name="Somebody else", key="z" * 32)
        first, second = Application.objects.order_by("pk")
        assert [first.name, first.email] == ["Ann Applicant", "ann@mail.example"]
        assert [second.name, second.candidate == first.candidate] == ["Somebody else", False]

    def test_the_answer_never_tells_whether_an_address_applied_before(self, client, job):
        new, again = (send(client, job, key=key * 32) for key in "ab")
        assert [new.status_code, new.url, new.content] == [again.status_code, again.url, again.content]
        assert Application.objects.count() == 2

    def test_the_same_form_twice_is_one_application_and_the_same_page(self, client, job):
        answers = [send(client, job) for _ in range(3)]
        assert {answer.url for answer in answers} == {address(job, "thanks")}
        assert [Application.objects.count(), Mail.objects.count(), Candidate.objects.count()] == [1, 1, 1]

    def test_the_same_key_at_another_job_is_another_application(self, client, job, owner):
        send(client, job)
        send(client, make_published(owner))
        assert Application.objects.count() == 2

    def test_sent_again_after_closing_still_gets_the_thanks(self, client, job, owner):
        send(client, job)
        closing.close(job, by=owner)
        assert send(client, job).url == address(job, "thanks")

    @pytest.mark.parametrize("key", ["", "short", "x" * 101, "spaces are not ours at all"])
    def test_a_key_that_is_none_of_ours_does_not_hinder(self, client, job, key):
        assert send(client, job, key=key).status_code in {302, 422}

    def test_the_race_of_two_same_forms_leaves_one_file(self, job):
        person = {"name": "Ann", "email": "ann@mail.example"}
        rows = [applying.apply(job, person=person, answers={}, key="k", cv=upload()).pk for _ in range(2)]
        assert rows[0] == rows[1]
        assert StoredFile.objects.count() == 1


class TestCv:
    def test_is_stored_with_the_application(self, client, job):
        client.post(address(job), application(job, cv=upload("my cv.pdf")))
        row = Application.objects.get()
        assert [row.cv.original_name, row.cv.company_id] == ["my cv.pdf", job.company_id]

    def test_survives_an_error_in_another_field(self, client, job):
        answer = client.post(address(job), application(job, email="no address", cv=upload("kept.pdf")))
        page = said(answer)
        assert answer.status_code == 422
        assert "kept.pdf" in page
        token = page.split('name="cv-kept" value="')[1].split('"')[0]
        send(client, job, **{"cv-kept": token})
        assert Application.objects.get().cv.original_name == "kept.pdf"

    def test_survives_the_question_about_empty_fields(self, client, job):
        page = said(client.post(address(job), application(job, cv=upload("kept.pdf"), **no_answers(job))))
        assert "2 things are left empty: send anyway?" in page
        token = page.split('name="cv-kept" value="')[1].split('"')[0]
        send(client, job, do="anyway", **{"cv-kept": token}, **no_answers(job))
        assert Application.objects.get().cv.original_name == "kept.pdf"

    def test_a_kept_one_sent_twice_gets_the_thanks_twice(self, client, job):
        page = said(client.post(address(job), application(job, name="", cv=upload())))
        token = page.split('name="cv-kept" value="')[1].split('"')[0]
        answers = [send(client, job, **{"cv-kept": token}).url for _ in range(2)]
        assert answers == [address(job, "thanks")] * 2

    def test_of_another_job_cannot_be_taken_up(self, client, job, owner):
        other = make_published(owner)
        page = said(client.post(address(other), application(other, name="", cv=upload())))
        token = page.split('name="cv-kept" value="')[1].split('"')[0]
        assert send(client, job, **{"cv-kept": token}).status_code == 422

    @pytest.mark.parametrize(
        ("name", "data"),
        [("cv.pdf", b"<html>hi</html>"), ("cv.exe", b"MZ\x90\x00\x03\x00"), ("cv.docx", b"PK\x03\x04broken")],
    )
    def test_wrong_files_get_a_sentence_and_keep_the_rest(self, client, job, name, data):
        answer = client.post(address(job), application(job, cv=upload(name, data)))
        assert answer.status_code == 422
        assert "I like your tea." in said(answer)
        assert [Application.objects.count(), StoredFile.objects.count()] == [0, 0]

    def test_is_gone_when_the_job_closed_meanwhile(self, job, owner):
        closing.close(job, by=owner)
        with pytest.raises(pipeline.NotOpen):
            applying.apply(
                job, person={"name": "Ann", "email": "a@b.example"}, answers={}, key="k", cv=upload()
            )
        assert StoredFile.objects.count() == 0


def no_answers(job) -> dict:
    return {f"question-{row.pk}": [] if row.kind == "hours" else "" for row in questions.asked(job)}


class TestLeftOut:
    def test_asks_once_and_names_what_is_empty(self, client, job):
        page = said(send(client, job, cv_text="", **no_answers(job)))
        assert "3 things are left empty: send anyway?" in page
        assert "<li>Your CV</li><li>When can you work, on which days and at what hours?</li>" in page
        assert "I like your tea." in page
        assert Application.objects.count() == 0

    def test_sends_anyway(self, client, job):
        send(client, job, cv_text="", do="anyway", **no_answers(job))
        assert Application.objects.get().answers.count() == 0

    def test_one_thing_is_said_in_the_singular(self, client, job):
        assert "1 thing is left empty: send anyway?" in said(send(client, job, cv_text=""))


class TestWrongInput:
    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("name", "", "This field is required."),
            ("name", "n" * 201, "at most 200 characters"),
            ("name", "An\x00n", "Null characters are not allowed."),
            ("email", "", "This field is required."),
            ("email", "ann@", "Enter a valid email address."),
            ("email", "ann@mail.example\nBcc: all@mail.example", "Enter a valid email address."),
            ("email", "a" * 250 + "@mail.example", "at most 254 characters"),
            ("phone", "12", "This does not look like a phone number."),
            ("phone", "1" * 41, "at most 40 characters"),
            ("cv_text", "x" * 50_001, "at most 50000 characters"),
            ("cover_letter", "x\x00", "Null characters are not allowed."),
            ("adjustments", "x" * 2_001, "at most 2000 characters"),
        ],
        ids=lambda value: str(value)[:16],
    )
    def test_gets_a_sentence_beside_the_field_and_keeps_the_rest(self, client, job, field, value, sentence):
        changes = {"cover_letter": "Every word of mine"} | {field: value}
        answer = send(client, job, **changes)
        page = said(answer)
        assert [answer.status_code, sentence in page, Application.objects.count()] == [422, True, 0]
        assert ("Every word of mine" in page) == (field != "cover_letter")

    def test_everything_wrong_at_once(self, client, job):
        page = said(send(client, job, name="", email="x", phone="1", cv_text="\x00"))
        assert page.count('class="invalid-feedback"') == 4

    def test_ten_thousand_characters_are_taken(self, client, job):
        send(client, job, cover_letter="x" * 10_000)
        assert len(Application.objects.get().cover_letter) == 10_000

    def test_a_filled_trap_gets_thanks_and_leaves_nothing(self, client, job):
        assert send(client, job, website="https://spam.example").url == address(job, "thanks")
        assert [Application.objects.count(), Mail.objects.count()] == [0, 0]

    def test_get_stores_nothing(self, client, job):
        client.get(address(job), {"name": "Ann", "email": "ann@mail.example"})
        assert [Application.objects.count(), Link.objects.count()] == [0, 0]


class TestTooOften:
    @pytest.fixture(autouse=True)
    def _two(self, monkeypatch):
        monkeypatch.setattr(view, "SENDS", 2)

    def test_is_a_429_that_says_when_to_come_back(self, client, job):
        answers = [send(client, job, key=str(n) * 32) for n in range(3)]
        assert [answer.status_code for answer in answers] == [302, 302, 429]
        assert 0 < int(answers[-1]["Retry-After"]) <= 3600
        assert "everything you typed is still there" in said(answers[-1])
        assert Application.objects.count() == 2

    def test_a_forged_header_does_not_evade(self, client, job):
        codes = [
            client.post(
                address(job), application(job, key=str(n) * 32), headers={"x-forwarded-for": f"10.0.0.{n}"}
            ).status_code
            for n in range(3)
        ]
        assert codes == [302, 302, 429]

    def test_another_address_is_not_held_up(self, client, job):
        for n in range(3):
            send(client, job, key=str(n) * 32)
        answer = client.post(address(job), application(job, key="z" * 32), REMOTE_ADDR="10.1.1.1")
        assert answer.status_code == 302

    def test_reading_is_never_held_up(self, client, job):
        for n in range(3):
            send(client, job, key=str(n) * 32)
        assert "Your application" in said(client.get(address(job)))


class TestClosedMeanwhile:
    @pytest.mark.parametrize("end", [closing.stop, closing.close])
    def test_is_told_kindly_with_the_text_to_keep(self, client, job, owner, end):
        end(job, by=owner)
        answer = send(client, job)
        page = said(answer)
        assert answer.status_code == 410
        assert "It closed while you were writing." in page
        for text in ("I like your tea.", "Two years in a tea shop.", "Mornings."):
            assert text in page
        assert Application.objects.count() == 0

    def test_between_the_look_and_the_lock(self, client, job, owner, monkeypatch):
        """The page saw an open job; by the time it holds the lock somebody has stopped it."""
        monkeypatch.setattr(
            view,
            "_receive",
            lambda *args, receive=view._receive: (closing.stop(job, by=owner), receive(*args))[1],
        )
        answer = send(client, job)
        assert [answer.status_code, Application.objects.count(), Mail.objects.count()] == [410, 0, 0]

    def test_the_form_of_a_stopped_job_is_gone(self, client, job, owner):
        closing.stop(job, by=owner)
        assert client.get(address(job)).status_code == 410

    def test_a_draft_takes_nothing(self, client, owner):
        draft = make_draft(owner)
        assert client.post(address(draft), application(draft)).status_code == 404
        assert Application.objects.count() == 0


class TestByHand:
    def url(self, job):
        return f"/hiring/jobs/{job.pk}/people/add/"

    def test_is_marked_with_who_and_where_from_and_nobody_is_written_to(self, job, owner, sign_in):
        data = {
            "name": "Bea",
            "email": "",
            "phone": "",
            "cv": upload(),
            "source": "friend",
            "cover_letter": "Met her",
        }
        answer = sign_in(owner).post(self.url(job), data)
        row = Application.objects.get()
        assert answer.url == f"/hiring/people/{row.pk}/"
        assert [row.entered_by, row.source, row.cover_letter] == [owner, "friend", "Met her"]
        assert [row.cv.original_name, row.cv.actor_id] == ["cv.pdf", owner.user_id]
        assert Mail.objects.count() == 0

    def test_a_manager_on_the_job_may(self, job, manager, sign_in):
        job.job_members.create(company=job.company, membership=manager)
        sign_in(manager).post(self.url(job), {"name": "Bea"})
        assert Application.objects.get().entered_by == manager

    def test_may_be_entered_while_the_form_is_stopped(self, job, owner, sign_in):
        closing.stop(job, by=owner)
        sign_in(owner).post(self.url(job), {"name": "Bea"})
        assert Application.objects.get().name == "Bea"

    def test_not_into_a_closed_job(self, job, owner, sign_in):
        closing.close(job, by=owner)
        page = said(sign_in(owner).post(self.url(job), {"name": "Bea", "cover_letter": "Kept"}))
        assert "This job is closed. Open it again to enter somebody." in page
        assert "Kept" in page

    @pytest.mark.parametrize(
        ("field", "value", "sentence"),
        [
            ("name", "", "This field is required."),
            ("email", "x", "Enter a valid email address."),
            ("source", "moon", "not one of the available choices"),
        ],
    )
    def test_wrong_input(self, job, owner, sign_in, field, value, sentence):
        answer = sign_in(owner).post(self.url(job), {"name": "Bea", "cover_letter": "Kept"} | {field: value})
        assert [answer.status_code, sentence in said(answer), "Kept" in said(answer)] == [422, True, True]

    def test_no_other_company(self, job, rival, sign_in):
        assert sign_in(rival).post(self.url(job), {"name": "Bea"}).status_code == 404
        assert Application.objects.count() == 0


class TestAnyText(TestCase):
    """Whatever is typed: either it is refused with a sentence or it is stored as it is."""

    @settings(max_examples=30, deadline=None)
    @given(st.text(max_size=250), st.text(max_size=300))
    def test_is_refused_or_stored_whole(self, name, letter):
        owner = make_member(make_company())
        job = make_published(owner)
        data = application(job, name=name, cover_letter=letter)
        form = ApplicationForm(data, {}, job=job, questions=questions.asked(job))
        if not form.is_valid():
            assert set(form.errors) <= {"name", "cover_letter"}
            return
        row = applying.apply(job, person=form.person, answers=form.answers, key="k")
        row.refresh_from_db()
        assert [row.name, row.cover_letter] == [name.strip(), letter.strip()]
