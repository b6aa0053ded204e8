"""Calls, interviews and references: times that cannot be, who is written to, and what somebody typed meanwhile."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from hiring import references, rules, screens
from hiring.contract import when
from hiring.models import Interview, Outcome, PhoneScreen, Referee, ReferenceCall, Stage
from hiring.pipeline import Refused
from mailroom import outbox
from mailroom.models import Mail
from tests.hiring.acts import put, refuse, text, url, withdraw
from tests.hiring.factories import (
    make_application,
    make_interview,
    make_job,
    make_reference,
    make_screen,
)
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind", email="ada@mail.example"), Stage.PHONE)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def soon(**ahead) -> str:
    return (timezone.localtime() + timedelta(**(ahead or {"days": 2}))).strftime("%Y-%m-%dT%H:%M")


def time(**changes) -> dict:
    return {
        "starts_at": soon(), "minutes": "30", "kind": "video", "place": "", "invite": "on", "panel": "phone",
    } | changes  # fmt: skip


def invited(interview) -> str | None:
    return outbox.state(about=("interview", interview.pk), message="interview_invitation")


class TestAgreeingATime:
    def test_invites_whoever_it_is_about(self, boss, ada):
        boss.post(url("plan", ada), time(place="https://meet.example/x"))
        mail = Mail.objects.get(message="interview_invitation")
        assert (mail.recipient, b"meet.example/x" in bytes(mail.body)) == ("ada@mail.example", True)

    def test_or_does_not(self, boss, ada):
        boss.post(url("plan", ada), {k: v for k, v in time().items() if k != "invite"})
        assert (Interview.objects.count(), Mail.objects.count()) == (1, 0)

    def test_without_an_address_nobody_is_written_to(self, boss, job):
        boss.post(url("plan", make_application(job, email="")), time())
        assert (Interview.objects.count(), Mail.objects.count()) == (1, 0)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"starts_at": ""},
            {"starts_at": "2020-01-01T09:00"},
            {"starts_at": "9999-12-31T23:50"},
            {"starts_at": "0001-01-01T00:00"},
            {"starts_at": "2027-02-30T09:00"},
            {"starts_at": "tomorrow"},
            {"minutes": ""},
            {"minutes": "4"},
            {"minutes": "481"},
            {"minutes": "ten"},
            {"minutes": "1e3"},
            {"kind": "fax"},
            {"place": "x" * 301},
            {"place": "a\x00b"},
        ],
    )
    def test_an_impossible_one_is_refused_beside_the_field(self, boss, ada, wrong):
        answer = boss.post(url("plan", ada), time(**wrong))
        assert (answer.status_code, "invalid-feedback" in text(answer)) == (422, True)
        assert (Interview.objects.count(), Mail.objects.count()) == (0, 0)

    @pytest.mark.parametrize("minutes", [5, 480])
    def test_the_edges_are_taken(self, boss, ada, minutes):
        boss.post(url("plan", ada), time(minutes=str(minutes)))
        assert Interview.objects.get().minutes == minutes

    def test_an_hour_that_the_clock_skips_is_refused(self, boss, ada, owner):
        """On 28 March 2027 there is no half past three in Helsinki."""
        type(owner.user).objects.filter(pk=owner.user_id).update(timezone="Europe/Helsinki")
        answer = boss.post(url("plan", ada), time(starts_at="2027-03-28T03:30"))
        assert (answer.status_code, Interview.objects.count()) == (422, 0)

    def test_is_the_readers_own_hour(self, boss, ada, owner):
        type(owner.user).objects.filter(pk=owner.user_id).update(timezone="Europe/Helsinki")
        boss.post(url("plan", ada), time(starts_at="2027-01-11T10:00"))
        planned = Interview.objects.get()
        assert (planned.starts_at.isoformat(), planned.zone) == (
            "2027-01-11T08:00:00+00:00",
            "Europe/Helsinki",
        )

    @pytest.mark.parametrize("end", ["refused", "withdrawn", "hired"])
    def test_nobody_out_of_the_running_is_invited(self, boss, ada, owner, end):
        if end == "refused":
            refuse(ada, owner)
        elif end == "withdrawn":
            withdraw(ada)
        else:
            put(ada, Stage.HIRED)
        answer = boss.post(url("plan", ada), time(place="Room 5"))
        assert (answer.status_code, Interview.objects.count()) == (422, 0)
        assert ("not in the running" in text(answer), "Room 5" in text(answer)) == (True, True)

    def test_leads_back_to_the_panel_it_came_from(self, boss, ada):
        found = [
            boss.post(url("plan", ada), time(panel=panel, anyway="1"))["Location"] for panel in ("phone", "x")
        ]
        assert [address.rpartition("=")[2] for address in found] == ["phone", "interview"]

    def test_is_not_for_interviewers_or_other_companies(self, sign_in, interviewer, rival, ada):
        ada.assignments.create(company=ada.company, membership=interviewer)
        answers = [sign_in(who).post(url("plan", ada), time()).status_code for who in (interviewer, rival)]
        assert (answers, Interview.objects.count()) == ([403, 404], 0)

    def test_the_database_knows_how_long_talks_are(self, ada, owner):
        for minutes in (4, 481):
            with pytest.raises(IntegrityError), transaction.atomic():
                make_interview(ada, owner, minutes=minutes)


class TestCancelling:
    @pytest.fixture
    def planned(self, boss, ada):
        boss.post(url("plan", ada), time())
        return Interview.objects.get()

    def told(self, planned):
        return outbox.state(about=("interview", planned.pk), message="interview_cancelled")

    def test_in_time_stops_the_invitation_and_says_nothing(self, boss, planned):
        Mail.objects.update(state="waiting")
        boss.post(url("interview_cancel", planned))
        assert (invited(planned), self.told(planned)) == ("cancelled", None)

    def test_after_it_has_left_is_told(self, boss, planned):
        Mail.objects.update(state="done")
        boss.post(url("interview_cancel", planned))
        assert self.told(planned) is not None

    def test_twice_is_told_once(self, boss, planned):
        Mail.objects.update(state="done")
        for _ in range(2):
            boss.post(url("interview_cancel", planned))
        planned.refresh_from_db()
        assert (planned.sequence, Mail.objects.filter(message="interview_cancelled").count()) == (1, 1)

    def test_of_one_nobody_was_invited_to_says_nothing(self, boss, ada, owner):
        planned = make_interview(ada, owner)
        boss.post(url("interview_cancel", planned))
        assert self.told(planned) is None

    def test_is_off_the_panel(self, boss, ada, planned):
        boss.post(url("interview_cancel", planned))
        assert url("interview_cancel", planned) not in text(boss.get(url("candidate", ada)))

    def test_keeps_its_number_for_the_calendar(self, boss, planned):
        uid = planned.uid
        boss.post(url("interview_cancel", planned))
        planned.refresh_from_db()
        assert planned.uid == uid

    def test_is_a_post_of_those_on_the_job(self, boss, sign_in, interviewer, rival, planned):
        answers = [
            boss.get(url("interview_cancel", planned)).status_code,
            sign_in(interviewer).post(url("interview_cancel", planned)).status_code,
            sign_in(rival).post(url("interview_cancel", planned)).status_code,
        ]
        planned.refresh_from_db()
        assert (answers, planned.cancelled_at) == ([405, 403, 404], None)


@pytest.mark.parametrize(
    ("zone", "language", "said"),
    [
        ("Europe/Helsinki", "en", "Monday, December 7, 2026, 9:00\u202fAM (Europe/Helsinki)"),
        ("Europe/Helsinki", "fi", "maanantai 7. joulukuuta 2026, 9.00 (Europe/Helsinki)"),
        ("America/New_York", "pl", "poniedziałek, 7 grudnia 2026, 02:00 (America/New_York)"),
        ("Pacific/Kiritimati", "en", "Monday, December 7, 2026, 9:00\u202fPM (Pacific/Kiritimati)"),
    ],
)
def test_a_time_is_said_with_its_zone(zone, language, said):
    moment = datetime.fromisoformat("2026-12-07T07:00:00+00:00")
    assert when(moment, zone, language).replace(" AM", "\u202fAM").replace(" PM", "\u202fPM") == said


class TestTheCall:
    def test_judgements_are_from_closed_lists(self, boss, ada):
        answer = boss.post(url("phone", ada), {"direct": "perhaps", "notes": "Kept words", "seen": ""})
        assert (answer.status_code, "Kept words" in text(answer)) == (422, True)
        assert PhoneScreen.objects.count() == 0

    @pytest.mark.parametrize(
        ("given", "complete"),
        [
            ({}, False),
            ({"direct": "yes"}, False),
            ({"direct": "yes", "polite": "no"}, False),
            ({"direct": "yes", "polite": "no", "interested": "unsure"}, True),
        ],
    )
    def test_three_judgements_are_complete(self, ada, given, complete):
        blank = {"direct": "", "polite": "", "interested": ""}
        assert make_screen(ada, **(blank | given)).is_complete is complete

    def test_is_written_on_by_the_same_person(self, boss, ada):
        boss.post(url("phone", ada), {"notes": "First", "seen": ""})
        seen = screens.stamp(PhoneScreen.objects.get())
        boss.post(url("phone", ada), {"notes": "First and second", "seen": seen})
        assert PhoneScreen.objects.get().notes == "First and second"

    @pytest.mark.parametrize("seen", ["", "yesterday", "2026-01-01T00:00:00+00:00", "x" * 300])
    def test_an_older_page_wins_nothing_and_keeps_its_words(self, boss, ada, seen):
        boss.post(url("phone", ada), {"notes": "First", "seen": ""})
        answer = boss.post(url("phone", ada), {"notes": "Second", "seen": seen})
        assert (answer.status_code, "Second" in text(answer)) == (409, True)
        assert PhoneScreen.objects.get().notes == "First"

    @pytest.mark.parametrize(("field", "most"), [("notes", 5_000), ("direct_note", 500)])
    def test_words_have_an_end(self, boss, ada, field, most):
        assert boss.post(url("phone", ada), {field: "x" * (most + 1), "seen": ""}).status_code == 422
        assert boss.post(url("phone", ada), {field: "x" * most, "seen": ""}).status_code == 302

    def test_of_one_person_says_nothing_about_another(self, boss, ada, job):
        boss.post(url("phone", ada), {"notes": "Ada only", "seen": ""})
        other = put(make_application(job), Stage.PHONE)
        assert "Ada only" not in text(boss.get(url("candidate", other)))

    def test_is_not_seen_by_interviewers(self, boss, sign_in, interviewer, ada):
        boss.post(url("phone", ada), {"notes": "Between us", "seen": ""})
        ada.assignments.create(company=ada.company, membership=interviewer)
        pages = [
            text(sign_in(interviewer).get(url("candidate", ada), {"panel": panel}))
            for panel in ("phone", "references", "offer", "cv", "interview")
        ]
        assert ["Between us" in page for page in pages] == [False] * 5


class TestReferences:
    @pytest.fixture
    def rolf(self, ada):
        return Referee.objects.create(company=ada.company, application=ada, name="Rolf Former")

    def test_nobody_is_called_before_the_applicant_agreed(self, rolf, owner):
        with pytest.raises(Refused, match="not agreed"):
            references.save_call(rolf, by=owner, values={"overall": "good"})
        assert ReferenceCall.objects.count() == 0

    def test_agreeing_is_noted_with_its_day(self, boss, rolf):
        boss.post(url("reference_call", rolf), {"overall": "good", "agreed": "on"})
        rolf.refresh_from_db()
        assert (rolf.agreed_at is None, rolf.call.overall) == (False, "good")

    def test_the_first_agreement_stays(self, boss, ada, rolf):
        agreed = timezone.now() - timedelta(days=3)
        Referee.objects.filter(pk=rolf.pk).update(agreed_at=agreed)
        boss.post(url("reference_call", rolf), {"overall": "good", "agreed": "on"})
        rolf.refresh_from_db()
        assert rolf.agreed_at == agreed

    def test_a_call_is_corrected_in_place(self, boss, rolf):
        for overall in ("good", "mixed"):
            boss.post(url("reference_call", rolf), {"overall": overall, "agreed": "on"})
        assert ReferenceCall.objects.get().overall == "mixed"

    @pytest.mark.parametrize("overall", ["", "excellent", "GOOD"])
    def test_the_whole_is_one_of_four(self, boss, rolf, overall):
        answer = boss.post(url("reference_call", rolf), {"overall": overall, "agreed": "on", "notes": "Kept"})
        assert (answer.status_code, "Kept" in text(answer), ReferenceCall.objects.count()) == (422, True, 0)

    @pytest.mark.parametrize("note", ["", "   "])
    def test_a_difference_has_to_be_named(self, boss, rolf, note):
        data = {"overall": "mixed", "agreed": "on", "deviation": "on", "deviation_note": note}
        assert boss.post(url("reference_call", rolf), data).status_code == 422

    def test_hesitation_is_a_field_and_needs_no_words(self, boss, rolf):
        boss.post(url("reference_call", rolf), {"overall": "mixed", "agreed": "on", "hesitation": "on"})
        assert ReferenceCall.objects.get().hesitation is True

    def test_somebody_not_reached_counts_as_called(self, ada):
        make_reference(ada, overall="not_reached")
        assert rules._no_reference(ada, None) is False

    @pytest.mark.parametrize(
        "wrong",
        [{"name": ""}, {"name": "x" * 201}, {"email": "no address"}, {"name": "a\x00b"}, {"phone": "1" * 41}],
    )
    def test_a_referee_with_odd_values_is_refused(self, boss, ada, wrong):
        answer = boss.post(url("referee", ada), {"name": "Rolf", "relation": "Boss for years"} | wrong)
        assert (answer.status_code, "Boss for years" in text(answer)) == (422, True)
        assert Referee.objects.count() == 0

    def test_are_not_for_interviewers_and_strangers(self, sign_in, interviewer, rival, ada, rolf):
        ada.assignments.create(company=ada.company, membership=interviewer)
        answers = [
            sign_in(who).post(url("reference_call", rolf), {"overall": "good", "agreed": "on"}).status_code
            for who in (interviewer, rival)
        ]
        assert (answers, ReferenceCall.objects.count()) == ([403, 404], 0)

    def test_the_trail_says_that_they_were_called_and_not_what_they_said(self, boss, rolf):
        boss.post(url("reference_call", rolf), {"overall": "bad", "agreed": "on", "notes": "Secret"})
        entry = TrailEntry.objects.get(action="reference.called")
        assert "Secret" not in f"{entry.fields}{entry.kind}"

    def test_a_stale_outcome_does_not_hinder_writing_down(self, boss, ada, rolf):
        put(ada, Stage.REFERENCES, Outcome.WITHDRAWN)
        boss.post(url("reference_call", rolf), {"overall": "good", "agreed": "on"})
        assert ReferenceCall.objects.count() == 1
