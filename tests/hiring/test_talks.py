"""Talks agreed by hand: hosts, what is taken already, the clock; begun this moment; and whether they took place."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from hiring import booking, hosting, panels, talks, waiting
from hiring.models import Application, Assignment, Booking, Interview, Stage
from hiring.pipeline import Refused
from mailroom.models import Mail, Notice
from tests.hiring.acts import put, text, url, withdraw
from tests.hiring.booked import MONDAY, WEDNESDAY_TEN, again, letters_of, offered, words
from tests.hiring.factories import make_application, make_interview, make_job

pytestmark = pytest.mark.django_db
ZONES = ("Europe/Helsinki", "America/New_York", "Africa/Cairo", "Pacific/Auckland", "America/St_Johns")


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.PHONE)


@pytest.fixture
def boss(manager, sign_in):
    return sign_in(manager)


def form(**changes):
    values = {
        "starts_at": "2026-12-09T10:00",
        "minutes": "60",
        "kind": "video",
        "place": "",
        "panel": "phone",
    }
    return values | changes


def hosts(interview) -> set:
    return {host.membership for host in interview.hosts.all()}


class TestWhoSitsIn:
    def test_is_whoever_agrees_it(self, boss, ada, manager):
        boss.post(url("plan", ada), form())
        assert hosts(Interview.objects.get()) == {manager}

    def test_is_whoever_is_ticked_and_may_see_the_person(self, boss, ada, interviewer, owner):
        boss.post(url("plan", ada), form(hosts=[interviewer.pk, owner.pk]))
        assert hosts(Interview.objects.get()) == {interviewer, owner}
        assert [row.membership for row in Assignment.objects.all()] == [interviewer]

    def test_is_told_of_it(self, boss, ada, interviewer):
        boss.post(url("plan", ada), form(hosts=[interviewer.pk]))
        assert interviewer in {notice.member for notice in Notice.objects.filter(kind="interview")}

    def test_stands_in_the_letter(self, boss, ada, interviewer):
        boss.post(url("plan", ada), form(hosts=[interviewer.pk], invite="on"))
        assert "With: Ines" in words("interview_invitation")

    def test_is_never_somebody_who_may_not(self, boss, ada, hire, rival, owner):
        found = [boss.post(url("plan", ada), form(hosts=[who.pk])).status_code for who in (hire, rival)]
        assert (found, Interview.objects.exists()) == ([422, 422], False)

    def test_somebody_alone_is_not_asked(self, company, owner, sign_in):
        ada = put(make_application(make_job(company)), Stage.PHONE)
        assert "Who talks to them" not in text(sign_in(owner).get(url("candidate", ada)))

    def test_changes_with_a_move_and_comes_back_with_its_undo(self, boss, ada, manager, owner):
        row = talks.plan(ada, by=manager, values=values(), invite=False)
        boss.post(url("interview_move", row), form(hosts=[owner.pk], seen="0"))
        assert (hosts(row), again(row).sequence) == ({owner}, 1)
        talks.take_back(again(row), talks.offered(again(row), manager), by=manager)
        assert hosts(row) == {manager}


def values(at=WEDNESDAY_TEN, **fields):
    return {"starts_at": at, "minutes": 60, "kind": "video", "place": ""} | fields


class TestWhatIsTakenAlready:
    @pytest.fixture
    def taken(self, job, manager):
        bo = put(make_application(job, name="Bo Berg"), Stage.PHONE)
        return talks.plan(bo, by=manager, values=values(), invite=False)

    def test_is_told_beside_the_field(self, boss, ada, taken):
        answer = boss.post(url("plan", ada), form(starts_at="2026-12-09T10:30", place="Room 5"))
        found = text(answer)
        assert (answer.status_code, "Mika is taken then" in found, "Room 5" in found) == (422, True, True)
        assert 'name="anyway"' in found

    def test_is_kept_all_the_same_after_one_tap(self, boss, ada, taken):
        boss.post(url("plan", ada), form(starts_at="2026-12-09T10:30", anyway="1"))
        assert Interview.objects.count() == 2

    @pytest.mark.parametrize("at", ["2026-12-09T09:00", "2026-12-09T11:00"])
    def test_is_not_what_ends_or_begins_beside_it(self, boss, ada, taken, at):
        boss.post(url("plan", ada), form(starts_at=at))
        assert Interview.objects.count() == 2

    def test_is_not_what_others_have(self, boss, ada, taken, owner):
        boss.post(url("plan", ada), form(hosts=[owner.pk]))
        assert Interview.objects.count() == 2

    def test_is_not_the_time_that_is_being_moved(self, boss, taken):
        boss.post(url("interview_move", taken), form(starts_at="2026-12-09T10:15", seen="0"))
        assert again(taken).starts_at == WEDNESDAY_TEN + timedelta(minutes=15)

    def test_is_told_on_the_page_of_a_move_too(self, boss, ada, manager, taken):
        mine = talks.plan(ada, by=manager, values=values(WEDNESDAY_TEN + timedelta(days=1)), invite=False)
        answer = boss.post(url("interview_move", mine), form(hosts=[manager.pk], seen="0"))
        assert (answer.status_code, 'name="anyway"' in text(answer)) == (422, True)

    def test_is_what_an_applicant_booked(self, boss, ada, job, manager):
        bo = put(make_application(job), Stage.PHONE)
        booking.book(offered(bo, manager), WEDNESDAY_TEN, zone="")
        assert boss.post(url("plan", ada), form(starts_at="2026-12-09T10:10")).status_code == 422


SKIPPED = {
    "Europe/Helsinki": "2027-03-28T03:30",
    "America/New_York": "2027-03-14T02:30",
    "Africa/Cairo": "2027-04-30T00:30",
    "Pacific/Auckland": "2027-09-26T02:30",
    "America/St_Johns": "2027-03-14T02:30",
}
TWICE = {
    "Europe/Helsinki": "2027-10-31T03:30",
    "America/New_York": "2027-11-07T01:30",
    "Africa/Cairo": "2027-10-28T23:30",
    "Pacific/Auckland": "2027-04-04T02:30",
    "America/St_Johns": "2027-11-07T01:30",
}


# A few days before the clock changes the first time in 2027.
BEFORE_SPRING = {
    "Europe/Helsinki": (3, 22),
    "America/New_York": (3, 10),
    "Africa/Cairo": (4, 28),
    "Pacific/Auckland": (4, 1),
    "America/St_Johns": (3, 10),
}


class TestTheClock:
    def live_in(self, member, zone):
        type(member.user).objects.filter(pk=member.user_id).update(timezone=zone)

    @pytest.mark.parametrize("zone", ZONES)
    def test_an_hour_that_is_skipped_or_comes_twice_is_refused_with_the_reason(
        self, boss, ada, manager, zone
    ):
        self.live_in(manager, zone)
        skipped, twice = (boss.post(url("plan", ada), form(starts_at=at[zone])) for at in (SKIPPED, TWICE))
        assert ("the clock skips this hour" in text(skipped), skipped.status_code) == (True, 422)
        assert ("shows this hour twice" in text(twice), twice.status_code) == (True, 422)

    @pytest.mark.parametrize("day", ["2027-02-15", "2027-06-15", "2027-11-15"])
    @pytest.mark.parametrize("zone", ZONES)
    def test_ten_in_the_morning_stays_ten_whatever_changes_until_then(self, boss, ada, manager, zone, day):
        """Agreed in December; in between the clocks change once, twice, or not at all."""
        self.live_in(manager, zone)
        boss.post(url("plan", ada), form(starts_at=f"{day}T10:00", invite="on"))
        row = Interview.objects.get()
        assert (row.zone, f"{row.starts_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}") == (
            zone,
            f"{day} 10:00",
        )
        assert f"10:00\u202fAM ({zone})" in words("interview_invitation")

    @pytest.mark.parametrize("zone", ZONES)
    def test_what_an_applicant_books_across_a_change_is_what_the_page_showed(self, ada, manager, zone):
        home = ZoneInfo(zone)
        with time_machine.travel(datetime(2027, *BEFORE_SPRING[zone], tzinfo=UTC), tick=False):
            link = offered(ada, manager)
            at = booking.left(link)[-1]
            row = booking.book(link, at, zone=zone)
            shown = at.astimezone(home)
            assert shown.utcoffset() != timezone.now().astimezone(home).utcoffset()
            assert f"{shown:%-I:%M}\u202f{shown:%p} ({zone})" in words("interview_booked")
        assert again(row).starts_at == at


class TestTalkingNow:
    def test_needs_no_booking_and_sends_nothing(self, boss, ada, manager):
        boss.post(url("talk_now", ada))
        row = Interview.objects.get()
        assert (row.starts_at, row.kind, row.minutes, hosts(row)) == (MONDAY, "phone", 20, {manager})
        assert not Mail.objects.exists()

    def test_pressed_twice_is_one(self, boss, ada):
        for _ in range(2):
            boss.post(url("talk_now", ada))
        assert Interview.objects.count() == 1

    def test_is_taken_back(self, boss, ada, manager):
        row = talks.now(ada, by=manager)
        talks.take_back(row, talks.offered(row, manager), by=manager)
        assert not Interview.objects.exists()

    def test_is_offered_on_the_phone_panel_until_one_is_on(self, boss, ada):
        assert url("talk_now", ada) in text(boss.get(url("candidate", ada)))
        boss.post(url("talk_now", ada))
        assert url("talk_now", ada) not in text(boss.get(url("candidate", ada)))

    def test_is_not_for_somebody_out_of_the_running(self, boss, ada, manager):
        withdraw(ada)
        with pytest.raises(Refused):
            talks.now(ada, by=manager)
        assert boss.post(url("talk_now", ada)).status_code == 302
        assert not Interview.objects.exists()


class TestWhetherItTookPlace:
    @pytest.fixture
    def over(self, ada, manager):
        return make_interview(ada, manager, hours=-2)

    def say(self, client, row, outcome, seen=""):
        return client.post(
            url("interview_outcome", row), {"outcome": outcome, "seen": seen, "panel": "phone"}
        )

    @pytest.mark.parametrize("outcome", ["happened", "no_show"])
    def test_is_noted_with_who_and_when_and_can_be_taken_back(self, boss, over, manager, outcome):
        self.say(boss, over, outcome)
        row = again(over)
        assert (row.outcome, row.outcome_by, row.outcome_at) == (outcome, manager, MONDAY)
        talks.take_back(row, talks.offered(row, manager), by=manager)
        assert (again(over).outcome, again(over).outcome_by, again(over).outcome_at) == ("", None, None)

    def test_is_asked_once_it_has_begun(self, boss, ada, manager, over):
        ahead = make_interview(ada, manager, hours=48)
        page = text(boss.get(url("candidate", ada)))
        assert (url("interview_outcome", over) in page, url("interview_outcome", ahead) in page) == (
            True,
            False,
        )

    def test_is_not_known_before(self, boss, ada, manager):
        ahead = make_interview(ada, manager, hours=1)
        self.say(boss, ahead, "happened")
        with pytest.raises(Refused):
            talks.no_show(ahead, by=manager)
        assert again(ahead).outcome == ""

    def test_nor_of_a_time_that_was_called_off(self, ada, manager):
        gone = make_interview(ada, manager, hours=-1, cancelled_at=MONDAY)
        with pytest.raises(Refused):
            talks.happened(gone, by=manager)

    def test_said_otherwise_meanwhile_is_told(self, boss, over, owner):
        talks.no_show(over, by=owner)
        found = text(
            boss.post(url("interview_outcome", over), {"outcome": "happened", "seen": ""}, follow=True)
        )
        assert ("Olga noted meanwhile: Didn&#x27;t come." in found, again(over).outcome) == (True, "no_show")

    def test_twice_the_same_is_once(self, over, manager, owner):
        talks.no_show(over, by=manager)
        assert talks.no_show(over, by=owner).outcome_by == manager

    def test_nonsense_is_nothing(self, boss, over):
        assert self.say(boss, over, "maybe").status_code == 302
        assert again(over).outcome == ""

    def test_may_be_said_by_whoever_sits_in(self, sign_in, interviewer, over):
        assert self.say(sign_in(interviewer), over, "happened").status_code == 403
        hosting.set_hosts(over, [interviewer])
        self.say(sign_in(interviewer), over, "happened")
        assert again(over).outcome_by == interviewer

    def test_who_did_not_come_gets_a_new_link_with_one_tap(self, boss, ada, over, manager):
        talks.no_show(over, by=manager)
        page = text(boss.get(url("candidate", ada)))
        assert "Send a new link" in page
        boss.post(
            url("booking_send", ada),
            {"kind": "video", "minutes": "60", "hosts": [manager.pk], "panel": "phone"},
        )
        assert letters_of("booking_choose") == ["waiting"]
        assert "Send a new link" not in text(boss.get(url("candidate", ada)))


class TestSendingALink:
    def post(self, client, ada, **changes):
        data = {"kind": "phone", "minutes": "20", "place": "", "panel": "phone"} | changes
        return client.post(url("booking_send", ada), data)

    def test_from_the_persons_page(self, boss, ada, owner):
        answer = self.post(boss, ada, hosts=[owner.pk], place="+358 40 1")
        row = Booking.objects.get()
        assert (answer["Location"].endswith("?panel=phone"), row.place) == (True, "+358 40 1")
        assert [host.membership for host in row.hosts.all()] == [owner]

    @pytest.mark.parametrize(
        "wrong", [{"minutes": "4"}, {"minutes": ""}, {"kind": "fax"}, {"hosts": []}, {"place": "a\x00"}]
    )
    def test_is_refused_beside_the_field(self, boss, ada, owner, wrong):
        answer = self.post(boss, ada, **({"hosts": [owner.pk]} | wrong))
        assert (answer.status_code, Booking.objects.exists()) == (422, False)

    def test_to_somebody_without_an_address_is_not_offered(self, boss, job, owner):
        nobody = put(make_application(job, email=""), Stage.PHONE)
        assert url("booking_send", nobody) not in text(boss.get(url("candidate", nobody)))
        assert self.post(boss, nobody, hosts=[owner.pk]).status_code == 422

    def test_stands_on_the_page_with_what_they_wrote(self, boss, ada, manager):
        booking.wish(offered(ada, manager), "Only <i>evenings</i>")
        page = text(boss.get(url("candidate", ada)))
        assert ("Only &lt;i&gt;evenings&lt;/i&gt;" in page, "Has a link to choose a time" in page) == (
            True,
            True,
        )

    def test_is_closed_and_opened_again(self, boss, ada, manager):
        row = offered(ada, manager)
        boss.post(url("booking_end", row))
        assert again(row).ended_at == MONDAY
        mark = again(row).undoable["ended"]["mark"]
        boss.post(url("booking_put_back", row) + f"?mark={mark}")
        assert again(row).ended_at is None

    def test_is_for_those_on_the_job(self, ada, manager, interviewer, rival, sign_in):
        row = offered(ada, manager)
        found = [sign_in(who).post(url("booking_end", row)).status_code for who in (interviewer, rival)]
        assert found == [403, 404]


class TestTheCalls:
    def test_go_to_those_ticked_in_one_act(self, boss, job, ada, manager):
        bo, _eve = (put(make_application(job), Stage.PHONE) for _ in range(2))
        data = {"kind": "phone", "minutes": "20", "place": "", "who": [ada.pk, bo.pk], "hosts": [manager.pk]}
        answer = boss.post(url("read_calls", job), data)
        assert (answer.status_code, {row.application for row in Booking.objects.all()}) == (302, {ada, bo})
        page = text(boss.get(url("read_calls", job)))
        assert (page.count("link sent on"), page.count("checked")) == (2, 2)  # the third, and oneself as host

    def test_are_taken_back_from_there(self, boss, job, ada, manager):
        row = offered(ada, manager)
        boss.post(url("bookings_take_back", job) + f"?mark={row.batch}")
        assert not Booking.objects.exists()

    def test_of_one_person_are_taken_back_to_their_page(self, boss, job, ada, manager):
        row = offered(ada, manager)
        found = [boss.post(url("bookings_take_back", job) + f"?mark={row.batch}") for _ in range(2)]
        assert (found[0]["Location"], found[1].status_code) == (url("candidate", ada), 409)

    def test_need_somebody(self, boss, job, ada, manager):
        data = {"kind": "phone", "minutes": "20", "place": "Room", "hosts": [manager.pk]}
        answer = boss.post(url("read_calls", job), data)
        assert (answer.status_code, "Choose at least one person." in text(answer)) == (422, True)

    def test_are_not_for_people_of_another_job(self, boss, job, company, ada, manager):
        other = put(make_application(make_job(company)), Stage.PHONE)
        data = {"kind": "phone", "minutes": "20", "who": [other.pk], "hosts": [manager.pk]}
        assert boss.post(url("read_calls", job), data).status_code == 422

    def test_show_what_was_booked(self, boss, job, ada, manager):
        booking.book(offered(ada, manager), WEDNESDAY_TEN, zone="")
        assert "fh-chip-ok" in text(boss.get(url("read_calls", job)))


def test_a_talk_of_today_stands_on_the_home_page_of_those_on_the_job(ada, manager):
    talks.now(ada, by=manager)
    mine = Application.objects.for_company(manager.company_id).visible_to(manager)
    assert [row.name for row in waiting.rows(mine, manager.company_id)] == ["Ada Lind"]


def test_an_interviewers_home_page_shows_the_talks_they_sit_in(ada, manager, interviewer, sign_in):
    theirs = make_interview(ada, manager, hours=5)
    hosting.set_hosts(theirs, [interviewer])
    others = make_interview(ada, manager, hours=9)
    hosting.set_hosts(others, [manager])
    make_interview(ada, manager, hours=20)  # nobody was named: for everybody who is to meet the person
    panel = next(panel for panel in panels.for_member(interviewer) if "talks" in panel.context)
    assert [row.starts_at.hour for row in panel.context["talks"]] == [11, 2]
