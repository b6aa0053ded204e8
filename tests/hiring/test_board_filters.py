"""What an address may ask of the board and the list, and that the answer tells nothing it should not."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from hiring import filter_words, filtering, filters, placements
from hiring.filters import Filter, parse
from hiring.models import Answer, Application, Assignment, CvCheck, Question, Stage
from tests.factories import make_member
from tests.hiring.acts import put, refuse, text, url
from tests.hiring.factories import make_application, make_card, make_job

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
KNOWN = {
    "show": filters.SHOWS,
    "source": (*filters.SOURCES, "7"),
    "rating": filters.RATINGS,
    "waiting": filters.WAITING,
    "flag": filters.FLAGS,
    "who": (*filters.PEOPLE, "12"),
}


class TestAddress:
    @pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in KNOWN.items() for v in values])
    def test_takes_what_is_offered(self, name, value):
        assert parse({name: value}).said() == {name: value}

    @pytest.mark.parametrize("name", KNOWN)
    @pytest.mark.parametrize("value", ["", "x", "-1", "1e3", "²", "9" * 30, "' OR 1=1", "\x00", "None"])
    def test_takes_what_was_never_offered_for_nothing(self, name, value):
        assert parse({name: value}).is_empty

    def test_knows_nothing_of_availability_or_age(self):
        assert parse({"age": "30", "hours": "20", "overlap": "50", "gender": "x"}).is_empty

    def test_shortens_the_words(self):
        assert parse({"q": " \x00" + "x" * 500}).q == "x" * filters.LONGEST_QUERY

    def test_is_empty_for_everybody(self):
        assert (Filter().address, Filter().more, Filter().narrows) == ("", "", ())

    def test_goes_behind_another_parameter(self):
        assert Filter(q="a&b", show="phone").more == "&q=a%26b&show=phone"

    def test_one_thing_is_taken_away_and_the_rest_stays(self):
        wanted = Filter(q="ann", show="phone", waiting="7")
        assert wanted.without("show") == Filter(q="ann", waiting="7")
        assert wanted.narrows == ("show", "waiting")

    @given(st.dictionaries(st.sampled_from(["q", *KNOWN, "select", "page"]), st.text(max_size=120)))
    def test_never_breaks_and_comes_back_from_its_own_address(self, given_):
        wanted = parse(given_)
        again = parse(dict(parse_qsl(wanted.address.removeprefix("?"), keep_blank_values=True)))
        assert again == wanted

    @given(st.integers(0, 400), st.integers(1, 365), st.integers(0, 86_399))
    def test_longer_is_more_whole_days_in_python_as_in_the_database(self, days, limit, seconds):
        entered = NOW - timedelta(days=days, seconds=seconds)
        assert filters.waits_longer(entered, limit, NOW) == (entered <= filters.before(NOW, limit))
        assert filters.waits_longer(entered, limit, NOW) == (days > limit)


pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def names(job, reader, **said) -> list[str]:
    rows = filtering.narrow(job, parse(said), reader)
    return sorted(rows.values_list("name", flat=True))


def change(application, **fields):
    Application.objects.filter(pk=application.pk).update(**fields)
    return application


class TestSource:
    @pytest.fixture
    def everybody(self, job, owner):
        posted = placements.post(job, "linkedin", values=_posted(), by=owner)
        make_application(job, name="Linked", placement=posted)
        make_application(job, name="Direct")
        make_application(job, name="Hand", by=owner)
        return posted

    def test_by_an_advert(self, job, owner, everybody):
        assert names(job, owner, source=str(everybody.pk)) == ["Linked"]

    @pytest.mark.parametrize(("source", "found"), [("direct", ["Direct"]), ("hand", ["Hand"])])
    def test_by_no_advert(self, job, owner, everybody, source, found):
        assert names(job, owner, source=source) == found

    def test_another_jobs_advert_has_brought_nobody(self, job, company, owner, everybody):
        other = placements.post(make_job(company), "linkedin", values=_posted(), by=owner)
        assert names(job, owner, source=str(other.pk)) == []

    def test_is_called_what_the_shop_calls_it(self, job, owner, everybody):
        form = filter_words.fields(job, parse({"source": str(everybody.pk)}), owner)
        [chip] = filter_words.chips(parse({"source": str(everybody.pk)}), form)
        assert (chip.label, chip.away) == ("LinkedIn", "")


def _posted() -> dict:
    day = timezone.localdate()
    return {"posted_on": day, "expires_on": day + timedelta(days=30), "price": None, "currency": ""}


class TestRating:
    def test_goes_by_the_mean_of_cards_that_are_in(self, job, owner):
        for name, levels in (("Good", (5, 4)), ("Fair", (3, 4)), ("Low", (1, 2))):
            make_card(make_application(job, name=name), owner, levels=levels)
        make_application(job, name="Nobody saw")
        assert [names(job, owner, rating=key) for key in ("good", "fair", "low")] == [
            ["Good"],
            ["Fair"],
            ["Low"],
        ]

    def test_never_by_a_draft(self, job, owner):
        make_card(make_application(job), owner, submitted=False, levels=(5, 5), recommendation="")
        assert names(job, owner, rating="good") == []

    def test_never_by_a_colleagues_card_before_ones_own_is_in(self, job, owner, manager):
        ada = make_application(job, name="Ada")
        make_card(ada, manager, levels=(5, 5))
        assert (names(job, owner, rating="good"), names(job, manager, rating="good")) == ([], ["Ada"])
        make_card(ada, owner, levels=(5, 5))
        assert names(job, owner, rating="good") == ["Ada"]

    def test_counts_the_newest_version_of_a_card(self, job, owner):
        ada = make_application(job, name="Ada")
        make_card(ada, owner, levels=(1, 1))
        make_card(ada, owner, levels=(5, 5), version=2)
        assert (names(job, owner, rating="good"), names(job, owner, rating="low")) == (["Ada"], [])

    def test_no_evidence_is_no_rating(self, job, owner):
        make_card(make_application(job), owner, levels=(None, None))
        assert [names(job, owner, rating=key) for key in ("good", "fair", "low")] == [[], [], []]

    @pytest.mark.parametrize(
        ("marks", "found"), [(("met", "met"), ["Ada"]), (("met",), []), (("met", "unclear"), []), ((), [])]
    )
    def test_highlighted_is_every_must_have_met(self, job, owner, marks, found):
        ada = make_application(job, name="Ada")
        for mark, requirement in zip(marks, job.requirements.order_by("position"), strict=False):
            CvCheck.objects.create(company=job.company, application=ada, requirement=requirement, mark=mark)
        assert names(job, owner, rating="marked") == found

    def test_without_a_must_have_nobody_is_highlighted(self, company, owner):
        job = make_job(company, musts=())
        make_application(job)
        assert names(job, owner, rating="marked") == []


class TestWaiting:
    def test_counts_whole_days_in_the_stage(self, job, owner):
        for days in (2, 3, 4, 8, 15):
            ada = make_application(job, name=f"{days:02}")
            change(ada, stage_entered_at=timezone.now() - timedelta(days=days, minutes=5))
        assert names(job, owner, waiting="3") == ["04", "08", "15"]
        assert names(job, owner, waiting="7") == ["08", "15"]
        assert names(job, owner, waiting="14") == ["15"]

    def test_whoever_ended_or_is_hired_waits_for_nothing(self, job, owner):
        gone, hired = make_application(job), make_application(job)
        refuse(gone, owner)
        put(hired, Stage.HIRED)
        Application.objects.update(stage_entered_at=timezone.now() - timedelta(days=30))
        assert names(job, owner, waiting="3") == []


class TestFlags:
    @pytest.fixture
    def question(self, job):
        return Question.objects.create(company=job.company, job=job, text="Why us?")

    def mark(self, application):
        requirement = application.job.requirements.first()
        CvCheck.objects.create(
            company_id=application.company_id, application=application, requirement=requirement, mark="met"
        )

    def answer(self, application, question, words):
        Answer.objects.create(
            company_id=application.company_id, application=application, question=question, text=words
        )

    def test_an_empty_answer_is_told_only_once_the_cv_has_a_mark(self, job, owner, question):
        ada = make_application(job, name="Ada")
        before = names(job, owner, flag="empty")
        self.mark(ada)
        assert (before, names(job, owner, flag="empty")) == ([], ["Ada"])

    @pytest.mark.parametrize(("words", "found"), [("Because", []), ("", ["Ada"])])
    def test_an_answer_without_words_is_empty(self, job, owner, question, words, found):
        ada = make_application(job, name="Ada")
        self.mark(ada)
        self.answer(ada, question, words)
        assert names(job, owner, flag="empty") == found

    def test_a_question_no_longer_asked_is_nobodys_fault(self, job, owner, question):
        self.mark(make_application(job))
        Question.objects.update(retired_at=timezone.now())
        assert names(job, owner, flag="empty") == []

    def test_whoever_was_entered_by_hand_was_asked_nothing(self, job, owner, question):
        self.mark(make_application(job, by=owner))
        assert names(job, owner, flag="empty") == []

    def test_read_with_an_older_list(self, job, owner):
        change(make_application(job, name="Old"), read_at=timezone.now(), rubric_version=1)
        change(make_application(job, name="New"), read_at=timezone.now(), rubric_version=2)
        change(make_application(job, name="Unread"), rubric_version=1)
        type(job).objects.filter(pk=job.pk).update(rubric_version=2)
        job.refresh_from_db()
        assert names(job, owner, flag="before") == ["Old"]

    def test_later_and_tests(self, job, owner):
        change(make_application(job, name="Later"), later_at=timezone.now())
        make_application(job, name="Test", is_test=True)
        make_application(job, name="Plain")
        assert (names(job, owner, flag="later"), names(job, owner, flag="test")) == (["Later"], ["Test"])


class TestWho:
    @pytest.fixture
    def everybody(self, job, interviewer, owner):
        meets = make_application(job, name="Meets")
        Assignment.objects.create(company=job.company, application=meets, membership=interviewer)
        change(make_application(job, name="Step"), next_step_who=owner)
        make_application(job, name="Nobody")

    def test_by_colleague(self, job, owner, interviewer, everybody):
        assert names(job, owner, who=str(interviewer.pk)) == ["Meets"]

    @pytest.mark.parametrize(("who", "found"), [("me", ["Step"]), ("nobody", ["Nobody"])])
    def test_by_me_and_by_nobody(self, job, owner, everybody, who, found):
        assert names(job, owner, who=who) == found

    def test_a_stranger_looks_after_nobody(self, job, owner, rival, everybody):
        assert names(job, owner, who=str(rival.pk)) == []


class TestHiddenNames:
    @pytest.fixture
    def job(self, company):
        return make_job(company, hide_names=True)

    @pytest.mark.parametrize("page", ["board", "people", "people_print"])
    def test_no_filter_finds_or_shows_one(self, job, owner, sign_in, page):
        make_application(job, name="Ada Hidden", email="ada@hidden.example", phone="040 123")
        client = sign_in(owner)
        for asked in (
            {},
            {"q": "ada"},
            {"q": "hidden"},
            {"show": "cv", "q": "040"},
            {"flag": "test", "q": "ada"},
        ):
            found = text(client.get(url(page, job), asked))
            assert ("Ada Hidden" in found, "hidden.example" in found, "040 123" in found) == (
                False,
                False,
                False,
            )

    @pytest.mark.parametrize("page", ["board", "people"])
    def test_words_find_nobody_and_numbers_do(self, job, owner, sign_in, page):
        make_application(job, name="Ada Hidden")
        answers = [text(sign_in(owner).get(url(page, job), {"q": words})) for words in ("hidden", "1")]
        assert [("Applicant 1" in answer) for answer in answers] == [False, True]


class TestPages:
    @pytest.fixture
    def boss(self, owner, sign_in):
        return sign_in(owner)

    def crowd(self, job, n=50):
        return [make_application(job, name=f"P{k:02}") for k in range(n)]

    @pytest.mark.parametrize(("n", "shown"), [(49, False), (50, True)])
    @pytest.mark.parametrize("page", ["board", "people"])
    def test_below_fifty_nothing_but_the_search(self, job, boss, page, n, shown):
        first = make_application(job)
        copies = [
            Application(
                company=job.company,
                job=job,
                candidate=first.candidate,
                number=k,
                name=f"P{k}",
                email="",
                words_due=False,
            )
            for k in range(2, n + 1)
        ]
        Application.objects.bulk_create(copies)
        found = text(boss.get(url(page, job)))
        assert ('type="search"' in found, 'data-key="f"' in found) == (True, shown)

    @pytest.mark.parametrize("page", ["board", "people"])
    def test_what_is_chosen_stands_above_and_goes_one_by_one(self, job, boss, page):
        make_application(job, is_test=True)
        context = boss.get(url(page, job), {"show": "cv", "flag": "test", "odd": "1"}).context
        assert [(chip.label, chip.away) for chip in context["chips"]] == [
            ("CV", "?flag=test"), ("A test of your own", "?show=cv"),
        ]  # fmt: skip

    def test_a_chip_of_somebody_who_is_gone_can_be_taken_away(self, job, boss):
        [chip] = boss.get(url("people", job), {"who": "987654"}).context["chips"]
        assert (chip.label, chip.away) == ("Somebody or something that is gone", "")

    def test_a_filter_goes_from_the_board_to_the_list_and_to_paper(self, job, boss):
        make_application(job)
        page = text(boss.get(url("board", job), {"show": "cv"}))
        assert f'{url("people", job)}?show=cv"' in page
        assert f'{url("people_print", job)}?show=cv"' in text(boss.get(url("people", job), {"show": "cv"}))

    @pytest.mark.parametrize(
        ("show", "stages"),
        [("phone", ["phone"]), ("unread", ["cv"]), ("later", ["cv"]), ("odd", 6), ("", 6), ("ended", 6)],
    )
    def test_the_board_shows_the_columns_that_were_asked_for(self, job, boss, show, stages):
        for stage in (Stage.CV, Stage.PHONE):
            put(make_application(job), stage)
        found = [
            column["stage"].value for column in boss.get(url("board", job), {"show": show}).context["columns"]
        ]
        assert (len(found) if isinstance(stages, int) else found) == stages

    def test_columns_count_who_the_filter_leaves(self, job, boss):
        for n in range(3):
            make_application(job, is_test=not n)
        context = boss.get(url("board", job), {"flag": "test"}).context
        assert (context["columns"][0]["count"], context["shown_text"]) == ("1", "1")

    def test_nobody_fits_is_said_with_a_way_out(self, job, boss):
        make_application(job)
        page = text(boss.get(url("board", job), {"flag": "test"}))
        assert ("Nobody fits." in page, "Show everybody" in page) == (True, True)

    def test_more_cards_keep_the_filter(self, job, boss):
        for n in range(17):
            make_application(job, name=f"T{n:02}", is_test=True)
        make_application(job, name="Plain")
        page = boss.get(url("board", job), {"flag": "test"})
        assert "&amp;flag=test" in text(page)
        key = page.context["columns"][0]["next"]
        more = text(boss.get(url("column", job), {"stage": "cv", "after": key, "flag": "test"}))
        assert [name in more for name in ("T14", "T15", "T16", "Plain")] == [False, True, True, False]

    def test_a_managers_filter_reaches_their_jobs_only(self, company, job, sign_in):
        stranger = sign_in(make_member(company, Role.MANAGER))
        answers = [
            stranger.get(url(page, job), {"rating": "good"}).status_code for page in ("board", "people")
        ]
        assert answers == [403, 403]


QUERIES = [
    ("show=cv", 4),
    ("waiting=7", 4),
    ("flag=later", 4),
    ("flag=empty", 4),
    ("who=me", 4),
    ("rating=good", 4),
]


class TestQueries:
    @pytest.mark.parametrize("n", [1, 3])
    @pytest.mark.parametrize(("query", "more"), QUERIES)
    def test_a_filter_costs_its_form_and_one_count(
        self, job, owner, sign_in, django_assert_num_queries, n, query, more
    ):
        for _ in range(n):
            make_application(job)
        client = sign_in(owner)
        client.get(url("board", job))
        columns = 1 if query == "show=cv" else 6
        with django_assert_num_queries(3 + 1 + columns + more):
            client.get(f"{url('board', job)}?{query}")
        with django_assert_num_queries(3 + 2 + 3):
            client.get(f"{url('people', job)}?{query}")

    def test_words_cost_one_count_and_no_form(self, job, owner, sign_in, django_assert_num_queries):
        make_application(job)
        client = sign_in(owner)
        client.get(url("board", job))
        with django_assert_num_queries(3 + 1 + 6 + 1):
            client.get(f"{url('board', job)}?q=person")
