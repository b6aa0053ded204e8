"""The call: its agenda, what the CV left open, hours and plans asked of all alike, and words that keep themselves."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts import undoing
from hiring import judging, phone_agenda, screens
from hiring.models import CallCheck, CvCheck, PhoneScreen, Stage
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_interview, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
FACE = "Write what you would say to their face; they may ask to read it."


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind", phone="+358 (0)40 555-01"), Stage.PHONE)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def rows(application):
    return list(application.job.requirements.order_by("position"))


def mark(application, n, mark):
    row = rows(application)[n]
    CvCheck.objects.create(company=application.company, application=application, requirement=row, mark=mark)
    return row


def shown(client, application) -> str:
    return text(client.get(url("candidate", application), {"panel": "phone"}))


def screen(application):
    return PhoneScreen.objects.get(application=application)


class TestTheAgenda:
    def test_is_three_steps_where_the_advert_names_pay(self, job):
        job.pay_min = Decimal(14)
        assert [step.key for step in phone_agenda.steps(job)] == ["job", "history", "questions"]

    def test_begins_with_pay_where_it_named_none(self, job):
        assert phone_agenda.steps(job)[0].label == "The advert named no pay: say it first"

    def test_an_upper_end_alone_is_pay(self, job):
        job.pay_max = Decimal(16)
        assert phone_agenda.names_no_pay(job) is False

    def test_says_the_job_in_its_first_sentences(self, job):
        job.summary = "You answer mail.  You call back! Do you like tea? We do. And more."
        step = next(step for step in phone_agenda.steps(job) if step.key == "job")
        assert step.says == "You answer mail. You call back! Do you like tea?"

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("", ""),
            ("No stop at all", "No stop at all"),
            ("你好。我们卖茶。欢迎!再见。好的。", "你好。我们卖茶。欢迎!再见。"),
            ("هل تحب الشاي؟ نعم. لا. ربما.", "هل تحب الشاي؟ نعم. لا."),
            ("14.50 an hour. Yes.", "14.50 an hour. Yes."),
        ],
    )
    def test_sentences_end_as_they_do_in_each_script(self, words, said):
        assert phone_agenda.first_sentences(words) == said

    @given(st.text(max_size=300))
    def test_what_is_said_is_a_beginning_of_what_stands_there(self, words):
        squeezed = "".join(words.split())
        assert squeezed.startswith("".join(phone_agenda.first_sentences(words).split()))

    def test_a_tick_is_kept_and_shown_again(self, boss, ada):
        boss.post(url("phone", ada), {"seen": "", "covered": ["pay", "job"]})
        assert screen(ada).covered == ["pay", "job"]
        page = shown(boss, ada)
        assert [f'value="{key}" checked' in page for key in ("pay", "job", "history")] == [True, True, False]

    def test_a_step_nobody_knows_is_refused(self, boss, ada):
        answer = boss.post(url("phone", ada), {"seen": "", "covered": ["age"], "notes": "Kept"})
        assert (answer.status_code, "Kept" in text(answer)) == (422, True)


class TestReaching:
    def test_the_number_is_one_thumb_away(self, boss, ada):
        assert 'href="tel:+35804055501"' in shown(boss, ada)

    def test_nobody_without_a_number_is_called(self, boss, job):
        other = put(make_application(job, phone=""), Stage.PHONE)
        assert "tel:" not in shown(boss, other)

    @pytest.mark.parametrize(
        ("place", "linked"),
        [
            ("https://meet.example/abc", True),
            ("Room 4", False),
            ("javascript:alert(1)", False),
            ("https://meet.example/abc ", True),
            ("see https://meet.example", False),
        ],
    )
    def test_only_an_address_opens(self, boss, ada, owner, place, linked):
        make_interview(ada, owner, hours=1, place=place)
        page = shown(boss, ada)
        assert ("Open the video call" in page, 'href="javascript' in page) == (linked, False)

    def test_a_talk_that_is_over_opens_nothing(self, boss, ada, owner):
        make_interview(ada, owner, hours=-5, place="https://meet.example/abc")
        assert "Open the video call" not in shown(boss, ada)


class TestWhatTheCvLeftOpen:
    def test_is_asked_about_and_nothing_else_is(self, boss, ada):
        mark(ada, 0, "unclear")
        mark(ada, 1, "met")
        page = shown(boss, ada)
        assert [f'name="check_{row.pk}"' in page for row in rows(ada)] == [True, False]

    def test_gets_a_mark_and_a_note_beside_the_cvs_own(self, boss, ada):
        row = mark(ada, 0, "unclear")
        boss.post(
            url("phone", ada),
            {"seen": "", f"check_{row.pk}": "met", f"check_note_{row.pk}": "Wrote for a shop"},
        )
        check = CallCheck.objects.get()
        assert (check.mark, check.note, ada.cv_checks.get().mark) == ("met", "Wrote for a shop", "unclear")

    def test_stays_on_the_page_when_the_cv_is_marked_otherwise(self, boss, ada):
        row = mark(ada, 0, "unclear")
        boss.post(url("phone", ada), {"seen": "", f"check_{row.pk}": "met"})
        ada.cv_checks.update(mark="met")
        assert f'name="check_{row.pk}"' in shown(boss, ada)

    def test_an_empty_one_is_no_row(self, boss, ada):
        row = mark(ada, 0, "unclear")
        boss.post(url("phone", ada), {"seen": "", f"check_{row.pk}": "", f"check_note_{row.pk}": ""})
        assert CallCheck.objects.count() == 0

    def test_another_mark_is_refused(self, boss, ada):
        row = mark(ada, 0, "unclear")
        answer = boss.post(url("phone", ada), {"seen": "", f"check_{row.pk}": "perhaps"})
        assert (answer.status_code, CallCheck.objects.count()) == (422, 0)

    def test_of_another_job_is_left_out(self, ada, company, owner):
        foreign = make_job(company).requirements.first()
        screens.save(ada, by=owner, values={}, checks={foreign.pk: ("met", "")}, seen="")
        assert CallCheck.objects.count() == 0

    def test_comes_back_with_an_undo(self, ada, owner):
        first = mark(ada, 0, "unclear")
        row = screens.save(ada, by=owner, values={}, checks={first.pk: ("met", "Yes")}, seen="")
        again = screens.stamp(row)
        row = screens.save(ada, by=owner, values={}, checks={first.pk: ("not_met", "")}, seen=again)
        screens.take_back(ada, undoing.offered(row, "call", owner), by=owner)
        assert CallCheck.objects.values_list("mark", "note").get() == ("met", "Yes")

    @pytest.mark.parametrize(
        ("cv", "call", "unmet"),
        [
            ("not_met", "", True),
            ("unclear", "", False),
            ("unclear", "not_met", True),
            ("unclear", "met", False),
            ("not_met", "met", False),
        ],
    )
    def test_what_the_call_showed_counts_for_a_refusals_reason(self, ada, owner, cv, call, unmet):
        row = mark(ada, 0, cv)
        screens.save(ada, by=owner, values={}, checks={row.pk: (call, "")}, seen="")
        assert judging.unmet_must(ada) == (row if unmet else None)


class TestQuestionsForEverybody:
    def test_hours_to_cover_are_said(self, boss, ada):
        type(ada.job).objects.filter(pk=ada.job_id).update(cover_hours="1000000")
        page = shown(boss, ada)
        assert ("Can you work these hours?" in page, "The hours we need" in page) == (True, True)

    @pytest.mark.parametrize(
        ("hours", "said"), [(Decimal("20.0"), "About 20 hours a week."), (Decimal(1), "About 1 hour a week.")]
    )
    def test_else_the_hours_a_week(self, job, hours, said):
        job.hours_week = hours
        assert phone_agenda.hours_to_cover(job) == said

    def test_nothing_is_made_up(self, job):
        job.hours_week = None
        assert phone_agenda.hours_to_cover(job) == ""

    def test_plans_are_asked_in_one_wording(self, boss, ada):
        assert "What would make it right for you for the next year or two?" in shown(boss, ada)

    def test_answers_are_kept(self, boss, ada):
        boss.post(url("phone", ada), {"seen": "", "hours_note": "Mornings", "plans_note": "To learn"})
        assert (screen(ada).hours_note, screen(ada).plans_note) == ("Mornings", "To learn")

    def test_the_page_says_what_is_never_asked_and_who_may_read(self, boss, ada):
        page = shown(boss, ada)
        assert ("Never ask about family, health, age, faith or origin" in page, FACE in page) == (True, True)


class TestKeepingItself:
    def type(self, client, ada, **data):
        return client.post(url("phone", ada), {"typing": "1", "seen": ""} | data)

    def test_answers_with_the_time_and_the_next_stamp(self, boss, ada):
        answer = self.type(boss, ada, notes="Half a sen")
        assert (answer.status_code, answer.json()["seen"]) == (200, screens.stamp(screen(ada)))
        assert ":" in answer.json()["time"]

    def test_goes_on_from_its_own_answer(self, boss, ada):
        seen = self.type(boss, ada, notes="Half a sen").json()["seen"]
        self.type(boss, ada, notes="Half a sentence", seen=seen)
        assert screen(ada).notes == "Half a sentence"

    def test_a_colleagues_words_are_not_overwritten(self, boss, ada, manager, sign_in):
        self.type(sign_in(manager), ada, notes="Theirs")
        answer = self.type(boss, ada, notes="Mine")
        assert (answer.status_code, screen(ada).notes) == (409, "Theirs")
        assert "meanwhile" in answer.json()["said"]

    def test_sent_by_hand_then_shows_both(self, boss, ada, manager, sign_in):
        self.type(sign_in(manager), ada, notes="Theirs")
        page = text(boss.post(url("phone", ada), {"seen": "", "notes": "Mine"}))
        assert ("Theirs" in page, "Mine" in page, "Use mine" in page) == (True, True, True)

    def test_what_is_wrong_is_said_and_nothing_is_kept(self, boss, ada):
        answer = self.type(boss, ada, notes="x" * 5_001)
        assert (answer.status_code, bool(answer.json()["said"])) == (422, True)
        assert PhoneScreen.objects.count() == 0

    def test_is_in_the_trail_once_it_is_kept_by_hand(self, boss, ada):
        seen = self.type(boss, ada, notes="Half").json()["seen"]
        boss.post(url("phone", ada), {"seen": seen, "notes": "Whole"})
        assert TrailEntry.objects.filter(action="screen.saved").count() == 1

    def test_one_undo_takes_back_what_was_typed_in_one_go(self, ada, owner):
        row = screens.save(ada, by=owner, values={"notes": "Before"}, seen="")
        for notes in ("Before a", "Before ab"):
            row = screens.save(ada, by=owner, values={"notes": notes}, seen=screens.stamp(row), typing=True)
        row = screens.save(ada, by=owner, values={"notes": "Before abc"}, seen=screens.stamp(row))
        screens.take_back(ada, undoing.offered(row, "call", owner), by=owner)
        assert screen(ada).notes == "Before"

    def test_but_no_more_than_ten_minutes_of_it(self, ada, owner):
        with time_machine.travel(timezone.now()) as clock:
            row = screens.save(ada, by=owner, values={"notes": "One"}, seen="", typing=True)
            clock.shift(timedelta(minutes=11))
            row = screens.save(ada, by=owner, values={"notes": "Two"}, seen=screens.stamp(row), typing=True)
            row = screens.save(ada, by=owner, values={"notes": "Three"}, seen=screens.stamp(row))
            screens.take_back(ada, undoing.offered(row, "call", owner), by=owner)
        assert screen(ada).notes == "One"

    def test_a_colleagues_typing_is_a_change_of_its_own(self, ada, owner, manager):
        row = screens.save(ada, by=manager, values={"notes": "Theirs"}, seen="", typing=True)
        row = screens.save(ada, by=owner, values={"notes": "Mine"}, seen=screens.stamp(row))
        screens.take_back(ada, undoing.offered(row, "call", owner), by=owner)
        assert screen(ada).notes == "Theirs"

    def test_is_for_those_who_lead(self, ada, interviewer, rival, sign_in):
        ada.assignments.create(company=ada.company, membership=interviewer)
        answers = [self.type(sign_in(who), ada, notes="x").status_code for who in (interviewer, rival)]
        assert (answers, PhoneScreen.objects.count()) == ([403, 404], 0)
