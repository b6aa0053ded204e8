"""How long a CV was read is kept for its reader alone, and told on the line on top, at home and at the end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Role
from hiring import panels, reading_lines, reading_log, reading_pile
from hiring.models import Application, Job, Question, ReadingHabit, ReadingTime, Stage, Told
from hiring.reading_times import LONGEST, Reading
from tests.factories import make_member
from tests.hiring.acts import put, refuse, text, undo, url
from tests.hiring.factories import go, make_application, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def pile(job):
    return [make_application(job, name=name) for name in ("Ada", "Bo", "Cleo")]


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def decide(client, application, decision="talk", **data):
    return client.post(url("decide", application), {"decision": decision, "expected": "cv"} | data)


def read(client, job, **query) -> str:
    return text(client.get(url("read", job), query))


def had_read(job, by, *seconds, ago=0) -> list:
    """So many were decided on, a minute apart, the last one `ago` minutes before now; later, all of them."""
    rows = []
    for nth, each in enumerate(seconds):
        row = make_application(job)
        row.later_at = timezone.now()
        row.save(update_fields=["later_at"])
        at = timezone.now() - timedelta(minutes=ago + len(seconds) - nth)
        ReadingTime.objects.create(
            company_id=job.company_id, application=row, job=job, by=by, seconds=each, position=nth + 1, at=at
        )
        rows.append(row)
    return rows


class TestKeeping:
    @pytest.mark.parametrize("decision", ["talk", "later"])
    def test_the_seconds_come_with_the_decision(self, boss, owner, job, pile, decision):
        decide(boss, pile[0], decision, seconds="95")
        kept = ReadingTime.objects.get()
        assert (kept.application, kept.job, kept.by, kept.seconds, kept.position) == (
            pile[0],
            job,
            owner,
            95,
            1,
        )

    def test_a_refusal_counts_too(self, boss, pile):
        decide(boss, pile[0], "no", seconds="20", reason="hours")
        assert ReadingTime.objects.get().seconds == 20

    def test_also_one_whose_reason_was_asked_on_a_page(self, boss, pile):
        boss.post(
            url("not_select", pile[0]),
            {"reason": "hours", "tell": "morning", "expected": "cv", "how": "queue"},
        )
        assert ReadingTime.objects.get().seconds is None

    @pytest.mark.parametrize(
        ("said", "kept"), [("", None), ("-4", None), ("99999", LONGEST), ("9" * 50, None)]
    )
    def test_what_a_browser_says_is_not_believed(self, boss, pile, said, kept):
        decide(boss, pile[0], seconds=said)
        assert ReadingTime.objects.get().seconds == kept

    def test_nothing_is_kept_of_what_was_not_decided(self, boss, pile):
        for odd in ("", "no", "hire"):
            decide(boss, pile[0], odd, seconds="20")
        decide(boss, put(pile[1], Stage.PHONE), seconds="20")
        assert ReadingTime.objects.count() == 0

    def test_the_position_is_that_of_the_sitting(self, boss, owner, job, pile):
        had_read(job, owner, 60, 60, ago=5)
        decide(boss, pile[0])
        assert ReadingTime.objects.latest("pk").position == 3

    @pytest.mark.parametrize("seconds", [0, LONGEST + 1])
    def test_the_database_takes_no_other_seconds(self, owner, pile, seconds):
        values = {"company_id": owner.company_id, "application": pile[0], "job": pile[0].job, "by": owner}
        with pytest.raises(IntegrityError), transaction.atomic():
            ReadingTime.objects.create(seconds=seconds, position=1, **values)

    def test_ones_own_pace_follows(self, boss, owner, job, pile):
        had_read(job, owner, 60, 70, 80, 90)
        assert ReadingHabit.objects.count() == 0
        decide(boss, pile[0], seconds="500")
        assert ReadingHabit.objects.get(member=owner).pace == 80


class TestTheLine:
    def line(self, left=27, later=False, pace=None, read=()):
        job = Job(last_number=40)
        rows = [Reading(n, each, timezone.now()) for n, each in enumerate(read)]
        return reading_lines.progress(job, left, later=later, read=rows, pace=pace)

    def test_says_minutes_and_what_is_left_at_ones_own_pace(self):
        assert self.line(read=[1260], pace=74) == "14 of 40 · 21 minutes · about 34 left"

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({}, "14 of 40 · 27 left"),
            ({"read": [60]}, "14 of 40 · 1 minute"),
            ({"read": [600]}, "14 of 40 · 10 minutes"),
            ({"pace": 60}, "14 of 40 · about 27 minutes left"),
            ({"pace": 60, "later": True, "left": 5}, "5 left"),
            ({"pace": 60, "left": 1001}, "1,000+ left"),
        ],
    )
    def test_says_what_is_known(self, values, said):
        assert self.line(**values) == said

    def test_is_of_this_sitting(self, boss, owner, job, pile):
        had_read(job, owner, 600, ago=60 * 5)
        had_read(job, owner, 120)
        assert "3 of 5 · 2 minutes" in read(boss, job)

    def test_nobody_sees_anothers(self, boss, sign_in, owner, job, pile):
        had_read(job, owner, 600)
        other = sign_in(make_member(owner.company, Role.OWNER, "ann@lumi.example", name="Ann"))
        assert ["10 minutes" in read(client, job) for client in (boss, other)] == [True, False]

    def test_no_page_of_anybodys_tells_the_seconds(self, sign_in, owner, job, pile):
        had_read(job, owner, 777)
        other = sign_in(make_member(owner.company, Role.OWNER, "ann@lumi.example", name="Ann"))
        pages = [
            read(other, job),
            text(other.get(url("board", job))),
            text(other.get(url("candidate", pile[0]))),
        ]
        assert ["777" in page or "13 minutes" in page for page in pages] == [False] * 3


class TestAtHome:
    def panel(self, member) -> dict:
        return panels.for_member(member)[-1].context

    def test_says_how_many_of_how_many_and_ones_pace(self, owner, job, pile):
        had_read(job, owner, 60)
        ReadingHabit.objects.create(company=owner.company, member=owner, pace=88)
        found = self.panel(owner)
        assert found["unread_text"] == "3 of 4 applications to read"
        assert found["unread_minutes"] == "Last time you took about 90 seconds each."

    def test_goes_on_where_it_stopped(self, owner, sign_in, job, pile):
        had_read(job, owner, 60)
        assert self.panel(owner)["go_on"] == "Go on at 2 of 4"
        assert "Go on at 2 of 4" in text(sign_in(owner).get("/"))

    def test_for_somebody_who_has_not_begun_it_starts(self, owner, company, job, pile):
        had_read(job, owner, 60)
        found = self.panel(make_member(company, Role.OWNER, "ann@lumi.example"))
        assert (found["go_on"], found["unread_minutes"]) == ("", "About 5 minutes.")

    def test_with_a_second_pile_both_are_counted(self, owner, company, job, pile):
        had_read(job, owner, 60)
        make_application(make_job(company))
        found = self.panel(owner)
        assert (found["unread_text"], found["go_on"]) == ("4 applications to read", "")

    def test_nobody_has_applied(self, owner, job):
        assert (self.panel(owner)["unread"], self.panel(owner)["go_on"]) == (0, "")


class TestTheEnd:
    def test_says_how_many_in_how_many_minutes_and_what_became_of_them(self, boss, owner, job, pile):
        decide(boss, pile[0], "talk", seconds="100")
        decide(boss, pile[1], "later", seconds="30")
        decide(boss, pile[2], "no", seconds="20", reason="hours")
        assert "3 read in 3 minutes. 1 to talk to, 1 later, 1 not this time." in read(boss, job)

    def test_without_scripts_no_time_is_told(self, boss, job, pile):
        for row in pile:
            decide(boss, row)
        assert "3 read. 3 to talk to, 0 later, 0 not this time." in read(boss, job)

    def test_whoever_read_nothing_is_told_nothing(self, boss, job, pile, owner):
        for row in pile:
            go(row, Stage.PHONE, owner)
        assert " read." not in read(boss, job)

    def test_what_was_taken_back_and_decided_again_counts_once(self, boss, owner, job, pile):
        for row in pile:
            decide(boss, row, seconds="60")
        undo(pile[0].moves.latest("pk"), owner)
        decide(boss, pile[0], "later", seconds="60")
        assert "3 read in 4 minutes. 2 to talk to, 1 later" in read(boss, job)

    def test_asks_whether_the_last_ten_were_hurried(self, boss, owner, job):
        rows = had_read(job, owner, *[120] * 10, *[50] * 10)
        Application.objects.filter(job=job).update(stage=Stage.PHONE, later_at=None)
        page = read(boss, job)
        assert "The last ten got half the time of the first ten." in page
        assert f"?at={rows[10].pk}" in page

    def test_does_not_where_they_were_not(self, boss, owner, job):
        had_read(job, owner, *[120] * 20)
        assert "got half the time" not in read(boss, job)

    def test_names_those_who_are_talked_to(self, boss, company):
        job = make_job(company, hide_names=True)
        ada, bo = (make_application(job, name=name) for name in ("Ada Lind", "Bo Berg"))
        decide(boss, ada)
        decide(boss, bo, "no", reason="hours")
        page = read(boss, job)
        assert ("Ada Lind" in page, "Bo Berg" in page) == (True, False)

    def test_leads_to_the_calls_and_the_letters(self, boss, job, pile):
        decide(boss, pile[0])
        for row in pile[1:]:
            decide(boss, row, "no", reason="hours")
        page = " ".join(read(boss, job).split())
        assert (
            "Send the 1 a link to book a call <" in page,
            "Read the 2 messages before they go" in page,
        ) == (True, True)


class TestAttention:
    """What somebody left empty is told with the decision, not while their CV is read."""

    @pytest.fixture
    def asked(self, company, job):
        return Question.objects.create(company=company, job=job, text="When can you work?")

    @pytest.mark.parametrize(
        "decision", [{"decision": "talk"}, {"decision": "later"}, {"decision": "no", "reason": "hours"}]
    )
    def test_comes_with_the_decision(self, boss, job, asked, pile, decision):
        assert "of the form empty" not in read(boss, job)
        page = text(boss.post(url("decide", pile[0]), {"expected": "cv"} | decision, follow=True))
        assert "Left 1 question of the form empty." in page

    def test_an_empty_answer_is_not_shown_before(self, boss, company, job, asked, pile):
        pile[0].answers.create(company=company, question=asked, text="")
        assert "left empty" not in read(boss, job)
        decide(boss, pile[0], "later")
        assert "left empty" in read(boss, job, later=1)

    def test_nobody_who_answered_everything_is_spoken_of(self, boss, job, pile):
        assert "of the form empty" not in text(decide(boss, pile[0]))


class TestLookingAround:
    def beside(self, job, application, read=()):
        rows = [Reading(row.pk, 5, timezone.now()) for row in read]
        return reading_pile.beside(job, application, rows)

    def test_goes_along_the_pile(self, job, pile):
        keys = [row.pk for row in pile]
        assert [self.beside(job, row) for row in pile] == [
            (None, keys[1]),
            (keys[0], keys[2]),
            (keys[1], None),
        ]

    def test_before_the_pile_lies_what_was_decided(self, job, pile, owner):
        go(pile[0], Stage.PHONE, owner)
        assert self.beside(job, pile[1], [pile[0]])[0] == pile[0].pk

    def test_and_from_there_it_leads_back(self, job, pile, owner):
        for row in pile[:2]:
            go(row, Stage.PHONE, owner)
        assert self.beside(job, pile[0], pile[:2]) == (None, pile[1].pk)
        assert self.beside(job, pile[1], pile[:2]) == (pile[0].pk, pile[2].pk)

    def test_decided_on_it_is_shown_without_the_buttons(self, boss, job, pile):
        decide(boss, pile[0])
        page = read(boss, job, at=pile[0].pk)
        assert ("Decided: talk to." in page, 'id="decide"' in page, "data-focus>Ada<" in page) == (
            True,
            False,
            True,
        )

    @pytest.mark.parametrize(
        ("decision", "said"),
        [
            ({"decision": "no", "reason": "hours"}, "Decided: not this time."),
            ({"decision": "talk"}, "Decided: talk to."),
        ],
    )
    def test_says_what_was_decided(self, boss, job, pile, decision, said):
        boss.post(url("decide", pile[0]), {"expected": "cv"} | decision)
        assert said in read(boss, job, at=pile[0].pk)

    def test_of_what_a_colleague_decided_it_is_the_next_one(self, boss, job, pile, owner):
        go(pile[0], Stage.PHONE, owner)
        assert "data-focus>Bo<" in read(boss, job, at=pile[0].pk)


class TestKeys:
    def test_are_shown_until_they_are_known(self, boss, owner, job, pile):
        assert "reading-keys" in read(boss, job)
        boss.post(url("reading_keys", job))
        assert "reading-keys" not in read(boss, job)

    def test_are_known_to_one_person(self, owner, sign_in, job, pile):
        reading_log.know_keys(owner)
        other = sign_in(make_member(owner.company, Role.OWNER, "ann@lumi.example"))
        assert "reading-keys" in read(other, job)

    def test_keep_the_pace_beside_them(self, owner):
        ReadingHabit.objects.create(company=owner.company, member=owner, pace=88)
        reading_log.know_keys(owner)
        assert reading_log.habit(owner).pace == 88


def test_nothing_kept_names_a_score(pile, owner):
    """No field of what is kept about reading is a mark on a person."""
    names = {field.name for field in ReadingTime._meta.fields}
    assert names == {"id", "company", "application", "job", "by", "seconds", "position", "at"}


def test_those_refused_elsewhere_are_no_reading(boss, job, pile, owner):
    refuse(pile[0], owner, tell=Told.PHONE)
    assert ReadingTime.objects.count() == 0
