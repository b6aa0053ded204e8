"""What applicants put right behind their link, until it is decided."""

import pytest
from django.urls import reverse

from hiring import answers, applying, corrections, questions
from hiring.models import Answer, Application, Stage, Told
from mailroom.models import Mail
from tests.hiring.acts import deliver, put, refuse, text, undo, url, withdraw
from tests.hiring.adverts import make_published
from tests.hiring.asked import KINDS, WORDS, apply, ask, file, posted, said
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(owner):
    return make_published(owner)


@pytest.fixture
def ann(job):
    return apply(job)


def at(application) -> str:
    token = applying.status_address(application).rstrip("/").rpartition("/")[2]
    return reverse("hiring_links:status_correct", args=[token])


def form(application, **changes) -> dict:
    own = {name: getattr(application, name) for name in ("name", "email", "phone")}
    return own | {"seen": corrections.stamp(application)} | changes


def field(question) -> str:
    return f"question-{question.pk}"


def again(application) -> Application:
    return Application.objects.get(pk=application.pk)


class TestDetails:
    def test_are_written_found_and_noted(self, client, ann):
        answer = client.post(at(ann), form(ann, name="Änn Æpplicant", phone="+358 40 1234567"))
        row = again(ann)
        assert (answer.status_code, row.name, row.phone) == (302, "Änn Æpplicant", "+358 40 1234567")
        assert (row.sort_name, row.corrected) == ("ann aepplicant", ["name", "phone"])
        assert "+358 40 1234567".replace(" ", "")[-7:] in row.search.replace(" ", "")
        entry = TrailEntry.objects.get(action="application.put_right")
        assert (entry.actor_id, entry.fields, entry.subject_id) == (None, ["name", "phone"], row.pk)

    def test_a_new_address_gets_a_link_of_its_own(self, client, ann):
        client.post(at(ann), form(ann, email="right@mail.example"))
        mails = Mail.objects.filter(message="application_received").order_by("pk")
        assert [mail.recipient for mail in mails] == ["ann@mail.example", "right@mail.example"]

    def test_an_old_one_gets_nothing_more(self, client, ann):
        client.post(at(ann), form(ann, phone="+358 40 1234567"))
        assert Mail.objects.filter(message="application_received").count() == 1

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"name": ""}, "This field is required."),
            ({"email": ""}, "This field is required."),
            ({"email": "ann@"}, "Enter a valid email address."),
            ({"phone": "12"}, "This does not look like a phone number."),
            ({"name": "A\x00n"}, "Null characters are not allowed."),
        ],
    )
    def test_wrong_ones_are_refused_and_the_rest_is_kept(self, client, ann, changes, sentence):
        answer = client.post(at(ann), form(ann, **{"cv_text": "My own words"} | changes))
        page = text(answer)
        assert (answer.status_code, sentence in page, "My own words" in page) == (422, True, True)
        assert again(ann).corrected_at is None

    def test_nothing_different_is_nothing_changed(self, client, ann):
        answer = client.post(at(ann), form(ann), follow=True)
        assert "Nothing was different, so nothing was changed." in text(answer)
        assert (
            again(ann).corrected_at,
            TrailEntry.objects.filter(action="application.put_right").count(),
        ) == (None, 0)

    def test_of_fields_the_form_does_not_show_nothing_is_written(self, client, ann):
        client.post(
            at(ann), form(ann, stage="hired", cover_letter="x", adjustments="x", told="phone", reason="x")
        )
        row = again(ann)
        assert (row.standing, row.told, row.reason, row.adjustments) == ("cv", "", "", "")


class TestAnswers:
    @pytest.mark.parametrize("kind", KINDS)
    def test_of_each_kind_are_added(self, client, owner, job, kind):
        [question] = ask(job, owner, kind)
        ann = apply(job)
        client.post(at(ann), form(ann, **{field(question): posted(question)}))
        [row] = answers.of(ann)
        assert (answers.words(row), again(ann).corrected) == (WORDS[kind], [f"q{question.pk}"])

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "file"])
    def test_left_as_they_stand_they_are_untouched(self, client, owner, job, kind):
        [question] = ask(job, owner, kind)
        ann = apply(job, {question: said(question)})
        client.post(at(ann), form(ann, **{field(question): posted(question)}))
        assert (again(ann).corrected_at, Answer.objects.count()) == (None, 1)

    def test_other_ends_of_lines_are_no_correction(self, client, owner, job):
        [question] = ask(job, owner, "text")
        ann = apply(job, {question: "One\nTwo"})
        client.post(at(ann), form(ann, **{field(question): "One\r\nTwo"}))
        assert again(ann).corrected_at is None

    def test_may_be_emptied(self, client, owner, job):
        [question] = ask(job, owner, "line")
        ann = apply(job, {question: "Here"})
        client.post(at(ann), form(ann, **{field(question): ""}))
        assert (Answer.objects.count(), again(ann).corrected) == (0, [f"q{question.pk}"])

    def test_to_a_question_of_another_kind_by_now_stay_until_something_is_said(self, client, owner, job):
        [question] = ask(job, owner, "one")
        ann = apply(job, {question: said(question)})
        questions.change(question, values={"kind": "date"}, seen=questions.stamp(question), by=owner)
        client.post(at(ann), form(ann, **{field(question): ""}))
        assert Answer.objects.get().text == "E-mail"

    def test_another_file_takes_the_place_of_the_first(self, client, owner, job):
        [question] = ask(job, owner, "file")
        ann = apply(job, {question: file("first.txt")})
        assert "You sent first.txt. Choose another to replace it." in text(client.get(at(ann)))
        client.post(at(ann), form(ann, **{field(question): file("second.txt")}))
        assert [stored.original_name for stored in StoredFile.objects.all()] == ["second.txt"]
        assert Answer.objects.get().text == "second.txt"

    def test_another_jobs_question_is_not_answered(self, client, owner, ann):
        [foreign] = ask(make_published(owner), owner, "line")
        client.post(at(ann), form(ann, **{field(foreign): "Mine"}))
        assert Answer.objects.count() == 0


class TestAdding:
    def test_a_cv_and_a_letter_that_were_missing(self, client, ann):
        client.post(at(ann), form(ann, cv=file("cv.txt"), cover_letter="I like your tea."))
        row = again(ann)
        assert (row.cv.original_name, row.cover_letter) == ("cv.txt", "I like your tea.")
        assert (sorted(row.corrected), row.words_due) == (["cover_letter", "cv"], True)

    @pytest.mark.parametrize(
        ("sent", "closed"), [("cv_text", ("cv", "cv_text")), ("cover_letter", ("letter",))]
    )
    def test_what_was_sent_is_not_exchanged(self, client, job, sent, closed):
        ann = apply(job, person={sent: "As it was"})
        page = text(client.get(at(ann)))
        assert not any(f'name="{name}"' in page for name in closed)
        client.post(at(ann), form(ann, **{sent: "Something else"}, **{closed[0]: file()}))
        assert (getattr(again(ann), sent), StoredFile.objects.count()) == ("As it was", 0)

    def test_the_file_survives_another_wrong_field(self, client, ann):
        page = text(client.post(at(ann), form(ann, email="no address", cv=file("kept.txt"))))
        token = page.split('name="cv-kept" value="')[1].split('"')[0]
        client.post(at(ann), form(ann, **{"cv-kept": token}))
        assert again(ann).cv.original_name == "kept.txt"

    def test_a_file_that_is_not_kept_any_more_says_so(self, client, ann):
        answer = client.post(at(ann), form(ann, **{"cv-kept": "no token"}))
        assert (answer.status_code, "This file is no longer kept." in text(answer)) == (422, True)


class TestUntilDecided:
    @pytest.mark.parametrize("stage", [Stage.CV, Stage.PHONE, Stage.INTERVIEW, Stage.OFFER])
    def test_each_stage_lets_them(self, client, ann, stage):
        assert client.get(at(put(ann, stage))).status_code == 200

    def test_hired_and_withdrawn_are_over(self, client, job, ann):
        gone = withdraw(apply(job, key="second")).application
        for row in (put(ann, Stage.HIRED), gone):
            assert client.get(at(row)).status_code == 302
            client.post(at(row), form(row, name="Somebody else"))
            assert again(row).name == "Ann Applicant"

    def test_a_refusal_they_have_not_heard_of_shows_nowhere(self, client, ann, owner):
        refuse(ann, owner, tell=Told.MORNING)
        client.post(at(ann), form(ann, name="Änn"))
        assert again(ann).name == "Änn"

    def test_one_they_have_heard_of_ends_it(self, client, ann, owner):
        refuse(ann, owner)
        deliver("not_selected")
        client.post(at(ann), form(ann, name="Änn"))
        assert (again(ann).name, client.get(at(ann)).status_code) == ("Ann Applicant", 302)

    def test_decided_while_they_typed_changes_nothing_and_says_so(self, ann):
        seen = corrections.stamp(ann)
        put(ann, Stage.HIRED)
        with pytest.raises(corrections.Over):
            corrections.correct(ann, person={"name": "Änn"}, given={}, uploads={"cv": file()}, seen=seen)
        assert (again(ann).name, StoredFile.objects.count()) == ("Ann Applicant", 0)

    def test_taken_back_in_time_they_go_on(self, client, ann, owner):
        undo(refuse(ann, owner), owner)
        assert client.get(at(ann)).status_code == 200


class TestTwoWindows:
    def test_the_slower_one_sees_both_and_may_insist(self, client, ann):
        slow = form(ann, name="Slow")
        client.post(at(ann), form(ann, name="Fast"))
        answer = client.post(at(ann), slow)
        page = text(answer)
        assert (answer.status_code, "Slow" in page, "Fast" in page, again(ann).name) == (
            409,
            True,
            True,
            "Fast",
        )
        client.post(at(ann), slow | {"seen": corrections.stamp(again(ann))})
        assert again(ann).name == "Slow"

    def test_a_file_of_the_slower_one_is_kept(self, client, ann):
        slow = form(ann, cv=file("slow.txt"))
        client.post(at(ann), form(ann, name="Fast"))
        page = text(client.post(at(ann), slow))
        token = page.split('name="cv-kept" value="')[1].split('"')[0]
        client.post(at(ann), form(again(ann), **{"cv-kept": token}))
        assert again(ann).cv.original_name == "slow.txt"

    def test_a_cv_added_twice_is_the_first(self, ann):
        corrections.correct(ann, person={}, given={}, uploads={"cv": file("one.txt")}, seen="")
        seen = corrections.stamp(again(ann))
        with pytest.raises(corrections.Changed):
            corrections.correct(ann, person={}, given={}, uploads={"cv": file("two.txt")}, seen=seen)
        assert [stored.original_name for stored in StoredFile.objects.all()] == ["one.txt"]


class TestTheShopSees:
    def test_what_was_put_right_and_when_and_no_old_value(self, client, sign_in, owner, job):
        [question] = ask(job, owner, "line")
        ann = apply(job, {question: "Old words"})
        client.post(at(ann), form(ann, phone="+358 40 1234567", **{field(question): "New words"}))
        page = " ".join(text(sign_in(owner).get(url("candidate", ann))).split())
        assert "Put right by the applicant" in page
        assert "phone, A line?" in page
        assert ("New words" in page, "Old words" in page) == (True, False)

    def test_nothing_where_nothing_was(self, sign_in, owner, ann):
        assert "Put right by the applicant" not in text(sign_in(owner).get(url("candidate", ann)))

    def test_an_answer_that_was_emptied_is_called_an_answer(self, job, owner):
        ann = apply(job)
        ann.corrected = ["q999", "email", "q998"]
        assert corrections.said(ann, []) == ["an answer", "e-mail"]


class TestTheLink:
    def test_stays_out_of_caches_referrers_and_indexes(self, client, ann):
        answer = client.get(at(ann))
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex")
        assert "no-store" in answer["Cache-Control"]

    def test_is_offered_on_the_status_page_while_it_works(self, client, ann):
        page = text(client.get(at(ann).replace("correct/", "")))
        assert "Correct or add something" in page
        put(ann, Stage.HIRED)
        assert "Correct or add something" not in text(client.get(at(ann).replace("correct/", "")))

    def test_too_many_saves_from_one_place_are_slowed(self, client, ann, monkeypatch):
        from hiring.views import apply as view

        monkeypatch.setattr(view, "SENDS", 1)
        place = at(ann)
        found = [client.post(place, form(again(ann), name=name)).status_code for name in ("A", "B")]
        assert (found, again(ann).name) == ([302, 429], "A")

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries(self, client, owner, job, django_assert_num_queries, n):
        given = dict.fromkeys(ask(job, owner, *(["line"] * n)), "Here")
        place = at(apply(job, given))
        with django_assert_num_queries(4):  # the link, the application, the questions, the answers
            client.get(place)
