"""The kit of one interviewer: what stands in it, for whom, and the card it ends in."""

import pytest
from django.utils import timezone

from accounts import undoing
from hiring import cards, interview_questions, kit, suggestions
from hiring.models import CardAnswer, InterviewHost, KitShare, Rating, Requirement, Scorecard, Stage
from tests.factories import make_member
from tests.hiring.acts import put, text, url
from tests.hiring.factories import make_application, make_card, make_interview, make_job
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db
SEVEN = [skill.key for skill in suggestions.SKILLS]


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


@pytest.fixture
def ada(job):
    return put(make_application(job, name="Ada Lind"), Stage.INTERVIEW)


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def rows(application):
    return list(application.job.requirements.order_by("position"))


def shown(client, application, **query) -> str:
    return text(client.get(url("kit", application), query))


def fill(application, *levels, **data) -> dict:
    chosen = {f"level_{row.pk}": level for row, level in zip(rows(application), levels, strict=False)}
    return {"recommendation": "yes", "seen": ""} | chosen | data


def hand_in(client, application, **data):
    return client.post(url("scorecard", application), fill(application, "4", "3", submit="1") | data)


class TestQuestions:
    @pytest.mark.parametrize("key", SEVEN)
    def test_each_of_the_seven_skills_has_its_own_more_and_some_to_ask_back(self, key):
        row = Requirement(key=key)
        own = [*interview_questions.of(row), *interview_questions.more(row)]
        assert (len(own) >= 5, len(interview_questions.back(row)) >= 5) == (True, True)
        assert len({asked.code for asked in own}) == len({asked.text for asked in own}) == len(own)

    def test_the_shops_own_come_first_and_ours_stay_behind_them(self):
        row = Requirement(key="service", questions="Why us?\n\n  Why now?  \nWhy us?")
        assert [asked.text for asked in interview_questions.of(row)] == ["Why us?", "Why now?"]
        assert len(interview_questions.more(row)) == 5

    def test_a_skill_of_ones_own_has_what_one_asks_back(self):
        row = Requirement(text="Knows tea")
        assert (interview_questions.of(row), interview_questions.more(row)) == ([], [])
        assert "What was your own part in it?" in interview_questions.back(row)

    def test_a_code_stays_when_lines_are_moved(self):
        first = interview_questions.of(Requirement(text="Tea", questions="One?\nTwo?"))
        moved = interview_questions.of(Requirement(text="Tea", questions="Two?\nOne?"))
        assert {asked.code for asked in first} == {asked.code for asked in moved}


class TestThePage:
    def test_has_questions_anchors_first_and_last_words(self, boss, ada):
        Requirement.objects.filter(job=ada.job).update(
            questions="Which letter was hard?", anchor_1="Nothing to show", anchor_5="Shows three"
        )
        page = shown(boss, ada)
        words = ("Which letter was hard?", "Nothing to show", "Shows three", "First words", "last words")
        assert [word in page for word in words] == [True] * 5

    def test_what_shows_elsewhere_is_rated_at_the_end(self, boss, ada):
        Requirement.objects.filter(pk=rows(ada)[0].pk).update(tested_in=["cv"])
        page = shown(boss, ada)
        assert page.index("Stays calm") < page.index("Not asked today") < page.index("Writes clearly")

    def test_says_what_they_answered_in_the_form(self, boss, ada):
        question = ada.job.questions.create(company=ada.company, text="When can you work?")
        ada.answers.create(company=ada.company, question=question, text="Mornings, always")
        assert "Mornings, always" in shown(boss, ada)

    def test_what_would_help_them_is_not_the_raters_business(self, boss, ada):
        type(ada).objects.filter(pk=ada.pk).update(adjustments="A quiet room")
        assert "A quiet room" not in shown(boss, ada)

    def test_a_hidden_name_stays_hidden(self, boss, ada):
        type(ada.job).objects.filter(pk=ada.job_id).update(hide_names=True)
        put(ada, Stage.CV)
        assert "Lind" not in shown(boss, ada)

    def test_is_an_hour_unless_another_time_was_agreed(self, boss, ada, owner):
        before = "60 minutes" in shown(boss, ada)
        make_interview(ada, owner, minutes=45)
        assert (before, "45 minutes" in shown(boss, ada)) == (True, True)

    @pytest.mark.parametrize(
        ("minutes", "parts", "each"), [(60, 6, 7), (60, 7, 6), (60, 1, 45), (10, 3, 2), (60, 0, 0)]
    )
    def test_each_skill_has_its_share_of_it(self, minutes, parts, each):
        assert kit.share_of(minutes, parts) == each

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries(self, boss, ada, owner, n, django_assert_num_queries):
        make_card(ada, owner, submitted=False, levels=[4, 3])
        for _ in range(n):
            make_interview(ada, owner)
            ada.job.requirements.create(company=ada.company, text="More", position=9)
        with django_assert_num_queries(QUERIES):
            boss.get(url("kit", ada))

    def test_alone_there_is_no_word_of_colleagues(self, boss, ada):
        page = shown(boss, ada) + text(boss.get(url("candidate", ada)))
        assert [word in page for word in ("olleague", "blind", "agreement")] == [False] * 3

    def test_an_interviewer_has_one_for_whom_they_see(self, ada, job, interviewer, sign_in):
        other = put(make_application(job), Stage.INTERVIEW)
        ada.assignments.create(company=ada.company, membership=interviewer)
        client = sign_in(interviewer)
        assert [client.get(url("kit", row)).status_code for row in (ada, other)] == [200, 403]

    def test_an_interviewer_reaches_it_from_home(self, ada, interviewer, sign_in):
        ada.assignments.create(company=ada.company, membership=interviewer)
        client = sign_in(interviewer)
        pages = [text(client.get(address)) for address in ("/", "/hiring/")]
        assert [url("kit", ada) in page for page in pages] == [True, True]


QUERIES = 17


class TestWritingDown:
    def test_what_was_said_stays_with_the_question_as_it_was_asked(self, boss, ada):
        row = rows(ada)[0]
        Requirement.objects.filter(pk=row.pk).update(questions="Why us?")
        name = f"said_{row.pk}_{interview_questions.code('Why us?')}"
        boss.post(url("scorecard", ada), fill(ada, **{name: "For the tea"}))
        Requirement.objects.filter(pk=row.pk).update(questions="Why not?")
        assert CardAnswer.objects.values_list("question", "note").get() == ("Why us?", "For the tea")
        page = shown(boss, ada)
        assert ("Why us?" in page, "For the tea" in page, "Why not?" in page) == (True, True, True)

    def test_words_without_a_level_are_kept_in_a_draft(self, boss, ada):
        first = rows(ada)[0].pk
        boss.post(url("scorecard", ada), fill(ada, **{f"note_{first}": "Clear words"}))
        rating = Rating.objects.get()
        assert (rating.level, rating.unrated, rating.note) == (None, True, "Clear words")
        assert "Clear words" in shown(boss, ada)

    def test_and_count_for_nothing(self, boss, ada):
        first = rows(ada)[0].pk
        boss.post(url("scorecard", ada), fill(ada, **{f"note_{first}": "Clear words"}))
        assert kit.rated(Scorecard.objects.get()) == 0

    def test_a_word_too_many_is_refused_beside_its_field(self, boss, ada):
        first = rows(ada)[0].pk
        answer = boss.post(url("scorecard", ada), fill(ada, **{f"note_{first}": "x" * 1_001}))
        assert (answer.status_code, Scorecard.objects.count()) == (422, 0)
        assert "1000" in text(answer)

    def test_keeping_itself_says_when(self, boss, ada):
        answer = boss.post(url("scorecard", ada), fill(ada, "4", typing="1"))
        assert (answer.status_code, answer.json()["seen"]) == (200, "1.1")
        assert Scorecard.objects.get().is_draft

    def test_typing_never_hands_in(self, boss, ada):
        boss.post(url("scorecard", ada), fill(ada, "4", typing="1"))
        assert Scorecard.objects.submitted().count() == 0

    def test_typing_is_once_in_the_trail(self, boss, ada):
        for n in range(3):
            seen = f"1.{n}" if n else ""
            boss.post(url("scorecard", ada), fill(ada, "4", typing="1", seen=seen))
        assert TrailEntry.objects.filter(action="scorecard.saved").count() == 1

    def test_two_windows_do_not_overwrite_each_other(self, boss, ada):
        boss.post(url("scorecard", ada), fill(ada, "4", typing="1"))
        late = boss.post(url("scorecard", ada), fill(ada, "1", typing="1"))
        assert (late.status_code, Rating.objects.get().level) == (409, 4)

    def test_what_the_other_window_kept_is_shown_beside_it(self, boss, ada):
        boss.post(url("scorecard", ada), fill(ada, trust="From here"))
        page = text(boss.post(url("scorecard", ada), fill(ada, trust="From there")))
        assert ("From here" in page, "From there" in page) == (True, True)


class TestHandingIn:
    def test_twice_is_once_and_the_second_is_told(self, boss, ada):
        answers = [hand_in(boss, ada).status_code for _ in range(2)]
        assert (answers, Scorecard.objects.count()) == ([302, 409], 1)

    def test_needs_a_level_for_each_note(self, boss, ada):
        first = rows(ada)[0].pk
        answer = hand_in(boss, ada, **{f"level_{first}": "", f"note_{first}": "Clear words"})
        assert (answer.status_code, "Choose a level for this note" in text(answer)) == (422, True)
        assert "Clear words" in text(answer)

    def test_needs_a_recommendation(self, boss, ada):
        answer = hand_in(boss, ada, recommendation="")
        assert (answer.status_code, "Choose a recommendation" in text(answer)) == (422, True)

    def test_is_too_early_before_the_interview(self, boss, ada, owner):
        make_interview(ada, owner, hours=2)
        answer = hand_in(boss, ada)
        assert (answer.status_code, "has not begun" in text(answer)) == (422, True)
        assert Scorecard.objects.count() == 0

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"hours": -2, "kind": "phone"}, 422),
            ({"hours": -2, "kind": "video"}, 302),
            ({"hours": -2, "outcome": "no_show", "outcome_at": timezone.now()}, 422),
            ({"hours": -2, "kind": "video", "stage": "phone"}, 422),
            ({"hours": -2, "kind": "onsite", "stage": "phone"}, 302),
            ({"hours": -2, "kind": "phone", "stage": "interview"}, 302),
        ],
    )
    def test_a_call_before_or_one_nobody_came_to_is_not_the_interview(
        self, boss, ada, owner, changes, status
    ):
        make_interview(ada, owner, **changes)
        make_interview(ada, owner, hours=2)
        assert hand_in(boss, ada).status_code == status

    def test_then_the_page_shows_it_and_offers_a_change(self, boss, ada):
        hand_in(boss, ada)
        page = shown(boss, ada)
        assert ("Change something" in page, "data-kit" in page) == (True, False)
        assert "data-kit" in shown(boss, ada, change="1")


class TestAmending:
    @pytest.fixture(autouse=True)
    def _handed_in(self, boss, ada):
        hand_in(boss, ada)

    def test_asks_why(self, boss, ada):
        answer = hand_in(boss, ada, seen="1.1")
        assert (answer.status_code, "Say why you change" in text(answer)) == (422, True)
        assert Scorecard.objects.count() == 1

    def test_is_a_second_version_with_its_reason(self, boss, ada):
        hand_in(boss, ada, seen="1.1", reason="recalled", recommendation="no")
        versions = Scorecard.objects.order_by("version").values_list("version", "recommendation", "reason")
        assert list(versions) == [(1, "yes", ""), (2, "no", "recalled")]
        assert "I remembered something" in text(boss.get(url("candidate", ada)))

    def test_another_reason_is_none(self, boss, ada):
        assert hand_in(boss, ada, seen="1.1", reason="because").status_code == 422

    def test_begun_is_a_draft_that_needs_none_yet(self, boss, ada):
        boss.post(url("scorecard", ada), fill(ada, "1", seen="1.1"))
        assert [card.is_draft for card in Scorecard.objects.order_by("version")] == [False, True]

    def test_the_verb_holds_it_too(self, ada, owner):
        values = {"recommendation": "no", "trust": "", "ratings": {}}
        with pytest.raises(cards.Refused, match="why you change"):
            cards.save(ada, by=owner, values=values, submit=True)


class TestWhoAsksWhat:
    @pytest.fixture
    def talk(self, ada, owner, manager):
        talk = make_interview(ada, owner)
        for member in (owner, manager):
            InterviewHost.objects.create(company=ada.company, interview=talk, membership=member)
        return talk

    def test_what_a_colleague_asks_comes_last(self, boss, ada, talk, manager):
        first, second = rows(ada)
        KitShare.objects.create(company=ada.company, interview=talk, requirement=first, membership=manager)
        page = shown(boss, ada)
        order = page.index(f'id="part-{second.pk}"') < page.index(f'id="part-{first.pk}"')
        assert (order, f"{manager.name} asks about this" in page) == (True, True)

    def test_ones_own_part_is_ones_own(self, ada, talk, manager, sign_in):
        share = {"interview": talk, "requirement": rows(ada)[0], "membership": manager}
        KitShare.objects.create(company=ada.company, **share)
        assert "asks about this" not in shown(sign_in(manager), ada)


MARKER = "zebrafinch"


def test_a_colleague_reads_no_draft_on_any_panel(ada, company, owner, sign_in):
    card = make_card(ada, owner, submitted=False, levels=[3], trust=MARKER)
    card.ratings.update(note=MARKER)
    other = make_member(company, "owner", "other@lumi.example")
    make_card(ada, other)
    client = sign_in(other)
    pages = [text(client.get(url("candidate", ada), {"panel": stage})) for stage in Stage.values]
    assert [MARKER in page for page in (*pages, shown(client, ada))] == [False] * (len(pages) + 1)


class TestSharingOut:
    @pytest.fixture
    def talk(self, ada, owner, manager):
        talk = make_interview(ada, owner)
        for member in (owner, manager):
            InterviewHost.objects.create(company=ada.company, interview=talk, membership=member)
        return talk

    def share(self, client, ada, **asks):
        data = {f"asks_{row.pk}": asks.get(f"n{n}", "") for n, row in enumerate(rows(ada))}
        return client.post(url("kit_shares", ada), data)

    def test_is_offered_with_two_who_sit_in(self, boss, ada, talk):
        assert "Who asks what" in shown(boss, ada)
        talk.hosts.first().delete()
        assert "Who asks what" not in shown(boss, ada)

    def test_keeps_who_asks_about_what(self, boss, ada, talk, manager):
        assert self.share(boss, ada, n0=manager.pk).status_code == 302
        assert talk.shares.values_list("requirement", "membership").get() == (rows(ada)[0].pk, manager.pk)

    def test_with_one_there_is_nothing_to_share(self, boss, ada, talk, owner):
        talk.hosts.filter(membership=owner).delete()
        assert self.share(boss, ada).status_code == 404

    def test_nobody_who_does_not_sit_in(self, boss, ada, talk, interviewer):
        assert (self.share(boss, ada, n0=interviewer.pk).status_code, talk.shares.count()) == (422, 0)

    def test_an_undo_brings_back_what_was(self, boss, ada, talk, owner, manager):
        self.share(boss, ada, n0=manager.pk)
        self.share(boss, ada, n0=owner.pk)
        ada.refresh_from_db()
        mark = undoing.offered(ada, "shares", owner)
        boss.post(url("take_back", ada), query_params={"mark": mark})
        assert talk.shares.get().membership == manager

    def test_is_for_those_who_lead(self, ada, talk, interviewer, rival, sign_in):
        ada.assignments.create(company=ada.company, membership=interviewer)
        answers = [self.share(sign_in(who), ada).status_code for who in (interviewer, rival)]
        assert answers == [403, 404]
