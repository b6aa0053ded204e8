"""A referee who writes: asked, answering once behind their link, reminded once, forgotten; what the shop sees of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from accounts import undoing
from hiring import reference_letters, references, rules, tasks, written_references
from hiring.addresses import HOLDERS
from hiring.models import Application, Assignment, CvCheck, Referee, ReferenceCall, WrittenReference
from hiring.models.references import Reply
from hiring.pipeline import Refused
from mailroom import lost, outbox
from mailroom.models import Mail, Notice
from tests.hiring.acts import refuse, take_up, text, undo, url, withdraw
from tests.hiring.factories import make_application, make_job
from tests.hiring.referred import SAID, fresh, make_finalist, make_referee, page_of, sent
from tests.hiring.test_samples import words_of
from vault import erasing, keep
from vault.models import Link, TrailEntry

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 16, 12, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def ada(company, manager):
    return make_finalist(company, members=[manager])


@pytest.fixture
def rolf(ada):
    return make_referee(ada)


@pytest.fixture
def written(rolf, owner):
    return sent(rolf, owner)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def mail_state(written, message="reference_ask"):
    return outbox.state(about=("reference", written.pk), message=message)


def reply(written, kind=Reply.WRITTEN, **values):
    return written_references.reply(fresh(written), kind=kind, values=SAID | values)


def state(written) -> str:
    return written_references.state(fresh(written))


class TestSending:
    def test_writes_to_the_referee_in_ten_minutes_for_two_weeks(self, written, rolf):
        mail = Mail.objects.get(message="reference_ask")
        assert (mail.recipient, mail.due_at > timezone.now() + timedelta(minutes=9)) == (rolf.email, True)
        assert written.expires_at - written.sent_at == timedelta(days=14)

    def test_the_mail_names_applicant_job_and_nothing_else(self, company, owner):
        person = make_finalist(company, cover_letter="I was fired", phone="+44 12345")
        sent(make_referee(person), owner)
        words = words_of(Mail.objects.get(message="reference_ask"))
        assert ("Ada Lind" in words, "Support person" in words) == (True, True)
        assert [told for told in ("I was fired", "12345", person.email) if told in words] == []

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"agreed": False}, "not agreed"),
            ({"withdrawn_at": NOON}, "took their agreement back"),
            ({"forgotten_at": NOON}, "asked to be forgotten"),
            ({"email": ""}, "no e-mail address"),
        ],
    )
    def test_is_refused_where_nobody_may_be_asked(self, ada, owner, fields, why):
        with pytest.raises(Refused, match=why):
            written_references.send(make_referee(ada, **fields), by=owner)
        assert WrittenReference.objects.count() == 0

    @pytest.mark.parametrize("end", [withdraw, refuse])
    def test_is_refused_for_somebody_out_of_the_running(self, ada, rolf, owner, end):
        end(ada, owner)
        with pytest.raises(Refused, match="out of the running"):
            written_references.send(rolf, by=owner)

    def test_twice_is_refused(self, written, rolf, manager):
        with pytest.raises(Refused, match="asked in writing already"):
            written_references.send(rolf, by=manager)

    def test_after_its_day_it_may_be_sent_again(self, written, rolf, owner):
        with time_machine.travel(timezone.now() + timedelta(days=15), tick=False):
            again = written_references.send(rolf, by=owner)
        assert (fresh(written).cancelled_at is None, again.is_open) == (False, True)

    def test_the_database_knows_one_standing(self, written):
        with pytest.raises(IntegrityError), transaction.atomic():
            WrittenReference.objects.create(
                company_id=written.company_id, application=written.application, referee=written.referee,
                language="en", expires_at=NOON,
            )  # fmt: skip

    @pytest.mark.parametrize(
        "odd", [{"reply": "written"}, {"replied_at": NOON}, {"reply": "?", "replied_at": NOON}]
    )
    def test_the_database_knows_a_reply_has_its_day(self, written, odd):
        with pytest.raises(IntegrityError), transaction.atomic():
            WrittenReference.objects.filter(pk=written.pk).update(**odd)

    def test_asks_four_questions_and_what_is_unclear(self, ada, rolf, owner):
        must = ada.job.requirements.order_by("position").first()
        CvCheck.objects.create(company=ada.company, application=ada, requirement=must, mark="unclear")
        written = sent(rolf, owner)
        keys = [key for key, _words in written.questions]
        assert keys == ["know", "work", "upset", "help", f"skill{must.pk}"]
        assert "How did they do at this: Writes clearly" in dict(written_references.worded(written))[keys[-1]]

    def test_by_the_button_with_its_undo(self, boss, rolf):
        page = text(boss.post(url("reference_ask", rolf), follow=True))
        assert ("/take-back/?mark=sent-" in page, "Asked in writing on" in page) == (True, True)

    def test_the_button_says_why_not(self, boss, ada):
        page = text(boss.post(url("reference_ask", make_referee(ada, agreed=False)), follow=True))
        assert "has not agreed" in page


class TestTakingBack:
    def test_stops_the_mail_and_kills_the_link(self, written, owner, client):
        address = page_of(written)
        written_references.take_back(written, undoing.offered(written, "sent", owner), by=owner)
        assert (mail_state(written), WrittenReference.objects.count()) == ("cancelled", 0)
        assert client.get(address).status_code == 404

    def test_after_an_answer_is_gone(self, written, owner):
        mark = undoing.offered(written, "sent", owner)
        reply(written)
        with pytest.raises(undoing.Gone):
            written_references.take_back(written, mark, by=owner)
        assert fresh(written).reply == "written"

    def test_by_the_button_once(self, boss, written, owner):
        address = f"{url('reference_ask_take_back', written)}?mark={undoing.offered(written, 'sent', owner)}"
        assert [boss.post(address).status_code for _ in "12"] == [302, 404]


class TestWithTheApplication:
    def test_the_mail_stops_when_it_ends_and_leaves_when_it_goes_on(self, written, ada, owner):
        move = refuse(ada, owner)
        stopped = mail_state(written)
        undo(move, owner)
        assert (stopped, mail_state(written)) == ("cancelled", "waiting")

    def test_taken_up_again_the_page_opens_again(self, written, ada, owner):
        withdraw(ada, owner)
        before = state(written)
        take_up(ada, owner)
        assert (before, state(written)) == ("over", "open")

    def test_what_was_withdrawn_meanwhile_does_not_leave(self, written, rolf, ada, owner):
        move = refuse(ada, owner)
        Referee.objects.filter(pk=rolf.pk).update(withdrawn_at=timezone.now())
        undo(move, owner)
        assert mail_state(written) == "cancelled"


class TestReplying:
    def test_keeps_the_words_once(self, written):
        reply(written)
        row = fresh(written)
        assert (row.reply, row.answers, row.again, row.replied_at is None) == (
            "written", {"know": "Two years"}, "yes", False,
        )  # fmt: skip

    def test_a_second_time_is_closed(self, written):
        reply(written)
        with pytest.raises(written_references.Closed) as closed:
            reply(written, answers={"know": "Other"})
        assert (closed.value.row.answers, state(written)) == ({"know": "Two years"}, "written")

    @pytest.mark.parametrize(
        ("change", "now"),
        [
            (lambda w: WrittenReference.objects.update(expires_at=NOON - timedelta(days=900)), "expired"),
            (lambda w: WrittenReference.objects.update(cancelled_at=NOON), "over"),
            (lambda w: Referee.objects.update(withdrawn_at=NOON), "over"),
            (lambda w: Referee.objects.update(forgotten_at=NOON), "forgotten"),
            (lambda w: Application.objects.update(outcome="withdrawn", ended_at=NOON), "over"),
        ],
    )
    def test_is_closed_once_nobody_waits_for_it(self, written, change, now):
        change(written)
        with pytest.raises(written_references.Closed):
            reply(written)
        assert (state(written), fresh(written).reply) == (now, "")

    def test_is_told_to_those_who_lead_the_job(self, written, ada, owner, manager, interviewer):
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        reply(written)
        told = set(Notice.objects.filter(kind="reference").values_list("member", flat=True))
        assert told == {owner.pk, manager.pk}

    def test_is_in_the_trail_without_words(self, written):
        reply(written)
        entry = TrailEntry.objects.get(action="reference.came_in")
        assert (entry.by_link, "Two years" in str(vars(entry))) == ("reference", False)

    @pytest.mark.parametrize(("kind", "counts"), [(k, k == "written") for k in Reply.values])
    def test_only_words_count_as_a_reference(self, written, ada, kind, counts):
        reply(written, kind)
        assert rules._no_reference(ada, None) is not counts


class TestThePage:
    def test_names_who_asks_about_whom_and_nothing_else(self, company, owner, client):
        person = make_finalist(company, cover_letter="I was fired", phone="+44 12345")
        page = text(client.get(page_of(sent(make_referee(person), owner))))
        assert [w for w in ("Ada Lind", "Support person", "Lumi", "Olga") if w not in page] == []
        assert [w for w in ("I was fired", "12345", person.email) if w in page] == []

    def test_says_what_becomes_of_the_words(self, written, client):
        page = text(client.get(page_of(written)))
        assert ("on request the shop tells them" in page, "to their face" in page) == (True, True)

    @pytest.mark.parametrize(("lang", "words"), [("fi", 'lang="fi"'), ("ar", 'dir="rtl"'), ("", 'lang="en"')])
    def test_is_read_in_the_language_they_choose(self, written, client, lang, words):
        assert words in text(client.get(f"{page_of(written)}?lang={lang}"))

    @pytest.mark.parametrize("odd", ["xx", "../x", "en'><b>", "\x00"])
    def test_an_odd_language_is_the_applications(self, written, client, odd):
        answer = client.get(page_of(written), {"lang": odd})
        assert (answer.status_code, 'lang="en"' in text(answer)) == (200, True)

    def test_opening_changes_nothing(self, written, client):
        before = WrittenReference.objects.values().get()
        address = page_of(written)
        links = Link.objects.count()
        client.get(address), client.head(address)
        assert (WrittenReference.objects.values().get(), Link.objects.count()) == (before, links)

    def test_sends_once(self, written, client):
        address = page_of(written)
        answer = client.post(f"{address}?lang=fi", {"know": "Two years", "again": "unsure"})
        assert (answer.status_code, answer["Location"]) == (302, f"{address}?lang=fi")
        again = client.post(address, {"know": "Other <b>"})
        assert (again.status_code, "Other &lt;b&gt;" in text(again)) == (409, True)
        assert (fresh(written).answers, fresh(written).again) == ({"know": "Two years"}, "unsure")

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            ({}, "at least one of the questions"),
            ({"know": "   "}, "at least one of the questions"),
            ({"know": "Typed", "again": "maybe"}, "maybe is not one of the available choices"),
            ({"know": "Typed", "work": "x" * 2_001}, "at most 2000 characters"),
            ({"do": "talk", "know": "Typed"}, "This field is required."),
            ({"do": "talk", "know": "Typed", "phone": "12"}, "does not look like a phone number"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(self, written, client, body, why):
        answer = client.post(page_of(written), body)
        page = text(answer)
        assert (answer.status_code, why in page, fresh(written).reply) == (422, True, "")
        assert ("Typed" in page) is ("Typed" in str(body))

    @pytest.mark.parametrize(
        ("body", "reply_", "thanks"),
        [
            ({"do": "talk", "phone": "+44 123 456", "when": "Mondays"}, "talk", "calls you"),
            ({"do": "unknown"}, "unknown", "not be asked again"),
            ({"do": "refuse", "know": "Half"}, "refused", "not be asked again"),
        ],
    )
    def test_other_answers(self, written, client, body, reply_, thanks):
        page = text(client.post(page_of(written), body, follow=True))
        assert (fresh(written).reply, thanks in page) == (reply_, True)

    def test_what_they_typed_and_did_not_send_is_not_kept(self, written, client):
        client.post(page_of(written), {"do": "refuse", "know": "Half"})
        assert fresh(written).answers == {}

    def test_whatever_fills_in_the_hidden_field_is_no_person(self, written, client):
        answer = client.post(page_of(written), {"know": "Buy", "website": "spam"})
        assert (answer.status_code, fresh(written).reply) == (302, "")

    def test_too_often_is_told_to_wait(self, written, client, monkeypatch):
        monkeypatch.setattr("hiring.views.reference_link.SENDS", 1)
        address = page_of(written)
        answers = [client.post(address, {}) for _ in "12"]
        assert ([a.status_code for a in answers], "Retry-After" in answers[1]) == ([422, 429], True)

    def test_nul_is_no_error(self, written, client):
        assert client.post(page_of(written), {"know": "a\x00b"}).status_code == 422

    @pytest.mark.parametrize("end", [withdraw, refuse])
    def test_after_the_end_names_nobody(self, written, ada, owner, client, end):
        address = page_of(written)
        end(ada, owner)
        page = text(client.get(address))
        assert ("not needed any more" in page, "Ada Lind" in page) == (True, False)
        assert client.post(address, {"know": "Late"}).status_code == 409

    @pytest.mark.parametrize("name", ["reference", "referees", "status", "sample"])
    def test_a_token_fits_its_own_page_only(self, written, client, name):
        token = page_of(written).rstrip("/").rpartition("/")[2]
        assert client.get(f"/my/{name}/{token}/").status_code == (200 if name == "reference" else 404)

    def test_of_somebody_erased_is_not_there(self, written, ada, client):
        address = page_of(written)
        erasing.erase("candidate", ada.candidate_id, company_id=ada.company_id)
        assert client.get(address).status_code == 404


class TestForgetting:
    def test_takes_name_address_and_words(self, written, rolf, client):
        reply(written, phone="+44 123 456", when="Monday")
        address = page_of(written)
        page = text(client.post(address, {"do": "forget"}, follow=True))
        row = Referee.objects.get()
        assert ("are removed" in page, row.name, row.email, row.forgotten_at is None) == (True, "", "", False)
        assert (fresh(written).answers, fresh(written).phone, fresh(written).when) == ({}, "", "")

    def test_no_mail_names_them_any_more(self, written, rolf):
        written_references.forget(rolf)
        assert Mail.objects.filter(recipient=rolf.email).count() == 0

    def test_what_was_said_on_the_phone_stays_without_their_name(self, rolf, ada, owner, boss):
        references.save_call(rolf, by=owner, values={"overall": "good", "notes": "Calm"})
        written_references.forget(rolf)
        page = text(boss.get(url("candidate", ada)))
        assert (ReferenceCall.objects.get().notes, "Rolf" in page, "asked to be forgotten" in page) == (
            "Calm", False, True,
        )  # fmt: skip

    def test_twice_is_once(self, written, rolf):
        written_references.forget(rolf)
        written_references.forget(rolf)
        assert TrailEntry.objects.filter(action="reference.forgotten").count() == 1

    @pytest.mark.parametrize(("days", "left"), [(29, "rolf@boss.example"), (31, "")])
    def test_how_to_reach_them_goes_thirty_days_after_the_decision(self, rolf, ada, owner, days, left):
        refuse(ada, owner)
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            written_references.forget_contacts()
        row = Referee.objects.get()
        assert (row.email, row.name) == (left, "Rolf Former")

    def test_nobody_in_the_running_is_forgotten(self, rolf):
        with time_machine.travel(timezone.now() + timedelta(days=900), tick=False):
            assert written_references.forget_contacts() == 0

    def test_the_applicants_copy_holds_none_of_it_and_says_why(self):
        rule = keep.rule(WrittenReference)
        assert (rule.export, "said in confidence" in str(rule.withheld)) == (False, True)


class TestReminding:
    @pytest.fixture
    def asked(self, rolf, owner):
        with time_machine.travel(NOON, tick=False):
            return sent(rolf, owner)

    def after(self, days, hours=0):
        return time_machine.travel(NOON + timedelta(days=days, hours=hours), tick=False)

    @pytest.mark.parametrize(
        ("days", "hours", "n"), [(4, 23, 0), (5, 0, 1), (5, 9, 0), (13, 0, 1), (14, 1, 0)]
    )
    def test_once_after_five_days_by_day_while_it_is_open(self, asked, days, hours, n):
        with self.after(days, hours):
            assert written_references.remind() == n
        assert Mail.objects.filter(message="reference_reminder").count() == n

    def test_only_once(self, asked):
        with self.after(5):
            tasks.remind_referees()
            tasks.remind_referees()
        with self.after(7):
            tasks.remind_referees()
        assert Mail.objects.filter(message="reference_reminder").count() == 1

    @pytest.mark.parametrize("why", ["replied", "withdrawn", "forgotten", "ended", "no_address"])
    def test_nobody_who_need_not_answer(self, asked, ada, owner, why):
        with self.after(1):
            {
                "replied": lambda: reply(asked),
                "withdrawn": lambda: Referee.objects.update(withdrawn_at=NOON),
                "forgotten": lambda: written_references.forget(asked.referee),
                "ended": lambda: withdraw(ada, owner),
                "no_address": lambda: Referee.objects.update(email=""),
            }[why]()
        with self.after(6):
            assert written_references.remind() == 0

    def test_has_a_link_of_its_own(self, asked):
        with self.after(5):
            written_references.remind()
            assert "/my/reference/" in words_of(Mail.objects.get(message="reference_reminder"))


class TestLostLink:
    def test_comes_again_once_an_hour(self, written):
        for _ in "12":
            reference_letters.again_to("ROLF@boss.example")
        assert Mail.objects.filter(key__contains="reference_again").count() == 1
        assert reference_letters.again_to in lost.finders

    @pytest.mark.parametrize("why", ["replied", "withdrawn", "ended", "stranger"])
    def test_not_where_nobody_waits(self, written, ada, owner, why):
        {
            "replied": lambda: reply(written),
            "withdrawn": lambda: Referee.objects.update(withdrawn_at=NOON),
            "ended": lambda: withdraw(ada, owner),
            "stranger": lambda: None,
        }[why]()
        reference_letters.again_to("eve@mail.example" if why == "stranger" else "rolf@boss.example")
        assert Mail.objects.filter(key__contains="reference_again").count() == 0

    def test_a_wrong_address_is_corrected_where_it_is_kept(self, written, rolf, owner):
        HOLDERS["reference"](written.pk, "rolf@new.example", owner)
        assert Referee.objects.get().email == "rolf@new.example"

    def test_by_another_company_it_is_not_there(self, written, rival):
        with pytest.raises(LookupError):
            HOLDERS["reference"](written.pk, "x@new.example", rival)


class TestWhatTheShopSees:
    def test_the_answers_beside_the_questions_and_what_was_left_out(self, boss, written, rolf):
        reply(written, answers={"know": "Two <b> years"}, again="unsure")
        page = text(boss.get(url("reference_call", rolf)))
        assert ("Two &lt;b&gt; years" in page, "3 questions left out" in page, "Not sure" in page) == (
            True, True, True,
        )  # fmt: skip

    def test_nothing_is_judged_by_itself(self, written, rolf):
        reply(written, answers={"know": "x"}, again="no")
        assert ReferenceCall.objects.count() == 0

    def test_who_would_rather_talk_is_there_with_their_number(self, boss, written, rolf):
        reply(written, Reply.TALK, phone="+44 123 456", when="Mondays")
        page = text(boss.get(url("reference_call", rolf)))
        assert ("+44 123 456" in page, "Mondays" in page) == (True, True)

    @pytest.mark.parametrize("kind", Reply.values)
    def test_the_panel_says_how_it_stands(self, boss, ada, written, kind):
        reply(written, kind)
        assert str(Reply(kind).label) in text(boss.get(url("candidate", ada)))

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_panel_costs_the_same_for_one_and_for_three(
        self, boss, ada, owner, rows, django_assert_num_queries
    ):
        for n in range(rows):
            row = make_referee(ada, name=f"R{n}", email=f"r{n}@boss.example")
            references.note_try(row, by=owner, values={"outcome": "not_reached"})
            reply(sent(row, owner))
        address = url("candidate", ada)
        boss.get(address)
        with django_assert_num_queries(18):
            first = boss.get(address)
        assert text(first).count("Answered in writing") == rows

    def test_interviewers_read_none_of_it(self, written, ada, rolf, interviewer, sign_in):
        reply(written)
        Assignment.objects.create(company=ada.company, application=ada, membership=interviewer)
        client = sign_in(interviewer)
        page = text(client.get(f"{url('candidate', ada)}?panel=references"))
        assert ("Rolf" in page, "Two years" in page) == (False, False)
        names = ("reference_call", "reference_script")
        assert [client.get(url(name, rolf)).status_code for name in names] == [403, 403]

    @pytest.mark.parametrize("name", ["reference_ask", "reference_try"])
    def test_strangers_to_the_job_ask_nobody(self, rolf, interviewer, rival, company, sign_in, name):
        codes = [sign_in(who).post(url(name, rolf)).status_code for who in (interviewer, rival)]
        assert (codes, WrittenReference.objects.count()) == ([403, 404], 0)

    def test_in_every_language_the_page_of_the_applicants_own_words_stays(self, written):
        for language in ("fi", "sv", "pl", "ar", "zh-hans"):
            with translation.override(language):
                assert len(written_references.worded(written)) == 4


def test_two_jobs_of_one_person_ask_apart(company, owner, manager):
    first = make_finalist(company)
    second = make_application(make_job(company), name="Ada Lind", email=first.email)
    sent(make_referee(first), owner)
    assert written_references.send(make_referee(second), by=owner).pk
