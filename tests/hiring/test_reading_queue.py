"""Reading CVs one after the other: the order, two readers, what Undo brings back, and the end of the pile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from hiring.models import Application, CvCheck, Requirement, Stage, StageMove, Told
from tests.factories import make_member
from tests.hiring.acts import put, refuse, standing, text, url
from tests.hiring.factories import go, make_application, make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def pile(job):
    """Three to read, in the order in which they came."""
    return [make_application(job, name=name) for name in ("Ada", "Bo", "Cleo")]


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


@pytest.fixture
def second(company, sign_in):
    return sign_in(make_member(company, Role.OWNER, "oona@lumi.example", name="Oona"))


def read(client, job, **query) -> str:
    return text(client.get(url("read", job), query))


def shown(page) -> str:
    """Whose CV is on the page."""
    return next((name for name in ("Ada", "Bo", "Cleo", "Dai") if f"data-focus>{name}<" in page), "nobody")


def decide(client, application, decision, **data):
    values = {"decision": decision, "expected": application.standing} | data
    return client.post(url("decide", application), values)


def undo_of(response, client) -> str:
    """The address behind the Undo on the page that follows."""
    page = text(client.get(response["Location"]))
    return page.rsplit('data-toast="success"', 1)[1].split('action="')[1].split('"')[0].replace("&amp;", "&")


class TestOrder:
    def test_the_oldest_comes_first(self, boss, job, pile):
        assert shown(read(boss, job)) == "Ada"

    def test_each_decision_leads_to_the_next(self, boss, job, pile):
        for decision, person, following in (("talk", 0, "Bo"), ("later", 1, "Cleo")):
            answer = decide(boss, pile[person], decision)
            assert shown(text(boss.get(answer["Location"]))) == following

    def test_the_page_after_this_one_can_be_fetched_ahead(self, boss, job, pile):
        page = read(boss, job)
        ahead = page.split('data-next="')[1].split('"')[0]
        assert shown(text(boss.get(ahead))) == "Bo"

    def test_fetching_ahead_decides_nothing(self, boss, job, pile):
        read(boss, job, after=pile[0].pk)
        assert [standing(row) for row in pile] == ["cv", "cv", "cv"]
        assert Application.objects.exclude(read_at=None).count() == 0

    @pytest.mark.parametrize("odd", ["x", "", "-1", "9" * 40, "1 OR 1=1", "١"])
    @pytest.mark.parametrize("name", ["after", "at"])
    def test_an_odd_address_reads_from_the_top(self, boss, job, pile, name, odd):
        assert shown(read(boss, job, **{name: odd})) == "Ada"

    def test_one_person_by_number(self, boss, job, pile):
        assert shown(read(boss, job, at=pile[1].pk)) == "Bo"

    def test_a_number_of_another_job_or_company_is_nothing(self, boss, job, pile, company, rival):
        foreign = [make_application(make_job(place), name="Dai") for place in (company, rival.company)]
        assert [shown(read(boss, job, at=row.pk)) for row in foreign] == ["Ada", "Ada"]

    def test_somebody_decided_on_meanwhile_is_not_shown_again(self, boss, job, pile, owner):
        go(pile[1], Stage.PHONE, owner)
        assert shown(read(boss, job, at=pile[1].pk)) == "Ada"

    def test_progress_counts_the_pile(self, boss, job, pile):
        assert "1 of 3 · 3 left" in read(boss, job)
        decide(boss, pile[0], "talk")
        assert "2 of 3 · 2 left" in read(boss, job)

    def test_people_refused_or_withdrawn_elsewhere_are_not_on_it(self, boss, job, pile, owner):
        refuse(pile[0], owner, tell=Told.PHONE)
        assert shown(read(boss, job)) == "Bo"


class TestDeciding:
    def test_talk_moves_on_and_says_so(self, boss, pile):
        answer = decide(boss, pile[0], "talk")
        assert standing(pile[0]) == "phone"
        assert "Ada: talk to." in text(boss.get(answer["Location"]))

    def test_no_asks_why_first(self, boss, pile):
        answer = decide(boss, pile[0], "no")
        assert (answer["Location"], standing(pile[0])) == (f"{url('not_select', pile[0])}?how=queue", "cv")

    def test_the_refusal_leads_back_to_the_pile(self, boss, job, pile):
        data = {"reason": "hours", "tell": "morning", "expected": "cv", "how": "queue"}
        answer = boss.post(url("not_select", pile[0]), data)
        assert (answer["Location"], standing(pile[0])) == (url("read", job), "cv:not_selected")

    @pytest.mark.parametrize("decision", ["", "hire", "TALK", "x" * 500])
    def test_an_odd_word_decides_nothing(self, boss, job, pile, decision):
        assert decide(boss, pile[0], decision)["Location"] == url("read", job)
        assert standing(pile[0]) == "cv"

    def test_marks_are_kept_with_the_decision(self, boss, job, pile):
        must, other = job.requirements.order_by("position")
        decide(boss, pile[0], "talk", **{f"mark_{must.pk}": "met", f"mark_{other.pk}": "not_met"})
        assert list(CvCheck.objects.order_by("requirement__position").values_list("mark", flat=True)) == [
            "met",
            "not_met",
        ]

    def test_a_must_left_open_is_asked_on_the_phone(self, boss, job, pile):
        must = job.requirements.order_by("position").first()
        decide(boss, pile[0], "talk", **{f"mark_{must.pk}": "met"})
        assert list(CvCheck.objects.filter(mark="unclear").values_list("requirement__text", flat=True)) == [
            "Stays calm"
        ]

    def test_a_mark_taken_off_is_off(self, boss, job, pile):
        must = job.requirements.first()
        decide(boss, pile[0], "", **{f"mark_{must.pk}": "met"})
        decide(boss, pile[0], "", **{f"mark_{must.pk}": ""})
        assert CvCheck.objects.count() == 0

    def test_requirements_taken_off_the_list_are_not_marked(self, boss, job, pile):
        gone = job.requirements.first()
        Requirement.objects.filter(pk=gone.pk).update(retired_at=gone.job.created_at)
        decide(boss, pile[0], "", **{f"mark_{gone.pk}": "met"})
        assert CvCheck.objects.count() == 0

    def test_a_get_decides_nothing(self, boss, pile):
        assert boss.get(url("decide", pile[0])).status_code == 405

    def test_is_for_those_on_the_job(self, sign_in, manager, interviewer, rival, pile):
        answers = [decide(sign_in(who), pile[0], "talk").status_code for who in (manager, interviewer, rival)]
        assert (answers, standing(pile[0])) == ([403, 403, 404], "cv")


class TestTwoReaders:
    @pytest.mark.parametrize("decision", ["talk", "later"])
    def test_the_second_is_told_who_was_faster(self, boss, second, pile, decision):
        decide(boss, pile[0], "talk")
        answer = decide(second, pile[0], decision, expected="cv")
        assert (answer.status_code, "Olga" in text(answer)) == (409, True)
        assert StageMove.objects.filter(to_stage=Stage.PHONE).count() == 1

    def test_late_marks_do_not_overwrite_what_was_decided_on(self, boss, second, job, pile):
        must = job.requirements.first()
        decide(boss, pile[0], "talk", **{f"mark_{must.pk}": "met"})
        decide(second, pile[0], "talk", expected="cv", **{f"mark_{must.pk}": "not_met"})
        assert CvCheck.objects.get(requirement=must).mark == "met"

    def test_later_after_a_colleagues_refusal_hides_nobody(self, second, pile, owner):
        refuse(pile[0], owner, tell=Told.PHONE)
        answer = decide(second, pile[0], "later", expected="cv")
        assert (answer.status_code, Application.objects.get(pk=pile[0].pk).later_at) == (409, None)

    def test_the_same_decision_sent_twice_is_made_once(self, boss, pile):
        first = decide(boss, pile[0], "talk")
        again = decide(boss, pile[0], "talk", expected="cv")
        assert (first.status_code, again.status_code, pile[0].moves.count()) == (302, 409, 2)


class TestUndo:
    def test_of_talk_brings_the_same_cv_back(self, boss, pile):
        address = undo_of(decide(boss, pile[0], "talk"), boss)
        back = boss.post(address)
        assert (shown(text(boss.get(back["Location"]))), standing(pile[0])) == ("Ada", "cv")

    def test_of_later_brings_the_same_cv_back(self, boss, pile):
        address = undo_of(decide(boss, pile[0], "later"), boss)
        back = boss.post(address)
        assert shown(text(boss.get(back["Location"]))) == "Ada"
        assert Application.objects.get(pk=pile[0].pk).later_at is None

    def test_of_a_refusal_brings_the_same_cv_back(self, boss, pile):
        data = {"reason": "hours", "tell": "morning", "expected": "cv", "how": "queue"}
        address = undo_of(boss.post(url("not_select", pile[0]), data), boss)
        back = boss.post(address)
        assert (shown(text(boss.get(back["Location"]))), standing(pile[0])) == ("Ada", "cv")

    def test_brings_it_back_though_an_older_one_waits(self, boss, job, pile, owner):
        """Somebody older went back to the pile meanwhile: Undo still shows whom it was about."""
        decide(boss, pile[0], "talk")
        address = undo_of(decide(boss, pile[1], "talk"), boss)
        put(pile[0], Stage.CV)
        assert shown(text(boss.get(boss.post(address)["Location"]))) == "Bo"

    def test_of_a_refusal_from_the_later_pile(self, boss, pile):
        decide(boss, pile[0], "later")
        data = {"reason": "hours", "tell": "morning", "expected": "cv", "how": "queue"}
        address = undo_of(boss.post(url("not_select", pile[0]), data), boss)
        assert shown(text(boss.get(boss.post(address)["Location"]))) == "Ada"

    def test_keeps_the_marks(self, boss, job, pile):
        must = job.requirements.first()
        boss.post(undo_of(decide(boss, pile[0], "talk", **{f"mark_{must.pk}": "met"}), boss))
        assert CvCheck.objects.get(requirement=must).mark == "met"

    def test_of_later_for_another_company_is_a_404(self, sign_in, rival, boss, pile):
        decide(boss, pile[0], "later")
        assert sign_in(rival).post(url("decide", pile[0]) + "?decision=back").status_code == 404
        assert Application.objects.get(pk=pile[0].pk).later_at is not None

    def test_of_later_by_get_does_nothing(self, boss, pile):
        decide(boss, pile[0], "later")
        assert boss.get(url("decide", pile[0]) + "?decision=back").status_code == 405


class TestLater:
    @pytest.fixture
    def later(self, boss, pile):
        """Bo was put aside before Ada."""
        for row in (pile[1], pile[0]):
            decide(boss, row, "later")
        return pile

    def test_is_out_of_the_pile(self, boss, job, later):
        assert shown(read(boss, job)) == "Cleo"

    def test_is_read_from_the_longest_ago(self, boss, job, later):
        assert shown(read(boss, job, later=1)) == "Bo"

    def test_goes_on_with_the_later_ones(self, boss, job, later):
        answer = decide(boss, later[1], "talk", pile="later")
        assert shown(text(boss.get(answer["Location"]))) == "Ada"

    def test_once_more_later_comes_last_again(self, boss, job, later):
        decide(boss, later[1], "later", pile="later")
        assert shown(read(boss, job, later=1)) == "Ada"

    def test_says_how_many_are_left(self, boss, job, later):
        assert "2 left" in read(boss, job, later=1)

    def test_talking_to_somebody_takes_them_off_for_good(self, boss, job, later, owner):
        go(later[0], Stage.PHONE, owner)
        assert Application.objects.get(pk=later[0].pk).later_at is None


class TestTheEnd:
    def test_counts_what_became_of_them(self, boss, job, pile, owner):
        decide(boss, pile[0], "talk")
        decide(boss, pile[1], "later")
        refuse(pile[2], owner, tell=Told.PHONE)
        page = read(boss, job)
        figures = [part.split("<")[0] for part in page.split("<strong>")[1:4]]
        assert (figures, "Everything is read" in page) == (["1", "1", "1"], True)

    def test_leads_to_the_later_ones_first(self, boss, job, pile):
        for row in pile:
            decide(boss, row, "later")
        assert f"{url('read', job)}?later=1" in read(boss, job)

    def test_leads_to_the_board_when_nobody_waits(self, boss, job):
        page = read(boss, job)
        assert (url("board", job) in page, "later=1" in page) == (True, False)

    def test_of_the_later_ones_is_the_same_page(self, boss, job, pile):
        assert "Everything is read" in read(boss, job, later=1)

    def test_the_page_ahead_of_the_last_one_is_it(self, boss, job, pile):
        for row in pile[:2]:
            decide(boss, row, "talk")
        assert "Everything is read" in read(boss, job, after=pile[2].pk)


class TestWhatItShows:
    def test_hides_the_name_and_says_so(self, boss, company):
        job = make_job(company, hide_names=True)
        make_application(job, name="Ada Lind", cv_text="I am Ada Lind, write to ada@lind.example")
        page = read(boss, job)
        assert ("Applicant 1" in page, "Lind" in page, "lind.example" in page) == (True, False, False)

    def test_shows_it_after_one_recorded_click_and_stays_there(self, boss, company):
        job = make_job(company, hide_names=True)
        first, row = (make_application(job, name=name) for name in ("Ada", "Bo"))
        back = boss.post(url("show_name", row), {"how": "queue"})
        assert first.name_shown_at is None
        assert shown(text(boss.get(back["Location"]))) == "Bo"

    def test_never_shows_what_helps_in_an_interview(self, boss, job):
        make_application(job, name="Ada", adjustments="A quiet room")
        assert "A quiet room" not in read(boss, job)

    def test_shows_markup_as_text(self, boss, job):
        make_application(job, cv_text="<script>alert(1)</script>", cover_letter="<b>Hi</b>")
        page = read(boss, job)
        assert ("<script>alert" in page, "<b>Hi</b>" in page) == (False, False)

    def test_costs_the_same_however_many_wait(self, boss, job, pile):
        def queries():
            with CaptureQueriesContext(connection) as found:
                read(boss, job)
            return len(found)

        read(boss, job)  # the first page of a session notes when somebody was here
        three = queries()
        Application.objects.filter(pk__in=[row.pk for row in pile[1:]]).delete()
        assert (queries(), three) == (three, three)

    def test_of_a_job_of_another_company_does_not_exist(self, sign_in, rival, job):
        assert sign_in(rival).get(url("read", job)).status_code == 404

    def test_needs_somebody_who_runs_the_job(self, sign_in, manager, interviewer, hire, job):
        answers = [sign_in(who).get(url("read", job)).status_code for who in (manager, interviewer, hire)]
        assert answers == [403, 403, 403]


def test_what_helps_somebody_is_told_to_whoever_arranges(boss, sign_in, interviewer, job):
    """They were promised that only whoever arranges the calls sees it."""
    person = put(make_application(job, adjustments="A quiet room <please>"), Stage.PHONE)
    person.assignments.create(company=job.company, membership=interviewer)
    page = text(boss.get(reverse("hiring:candidate", args=[person.pk])))
    other = text(sign_in(interviewer).get(reverse("hiring:candidate", args=[person.pk])))
    assert ("A quiet room &lt;please&gt;" in page, "A quiet room" in other) == (True, False)
