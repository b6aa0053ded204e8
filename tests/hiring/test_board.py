"""The board and the list: what they show, to whom, and for how many queries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring import adverts, hand_off
from hiring.models import Application, Assignment, How, Reason, Stage
from hiring.pipeline import not_select
from hiring.views import board as views
from onboarding import intake, setups
from onboarding.models import SetupList
from tests.hiring.adverts import make_published
from tests.hiring.factories import bring, go, make_application, make_job

pytestmark = pytest.mark.django_db
IDENTITY = 3  # session, user, membership with its company
BOARD, LIST = 8, 2


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager])


def url(name, job, query=""):
    return reverse(f"hiring:{name}", args=[job.pk]) + query


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_the_board_costs_the_same_however_many_there_are(job, owner, sign_in, django_assert_num_queries, n):
    for stage in (Stage.CV, Stage.PHONE, Stage.INTERVIEW):
        for _ in range(n):
            application = make_application(job)
            if stage != Stage.CV:
                bring(application, stage, owner)
    client = sign_in(owner)
    client.get(url("board", job))
    with django_assert_num_queries(IDENTITY + BOARD):
        response = client.get(url("board", job))
    assert text(response).count("data-card>") == 3 * n


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_costs_the_same_however_many_there_are(job, owner, sign_in, django_assert_num_queries, n):
    names = [make_application(job).name for _ in range(n)]
    client = sign_in(owner)
    client.get(url("people", job))
    with django_assert_num_queries(IDENTITY + LIST):
        page = text(client.get(url("people", job)))
    assert [name in page for name in names] == [True] * n


def test_an_empty_board_says_what_to_do_next(job, owner, sign_in):
    assert "Nobody has applied yet." in text(sign_in(owner).get(url("board", job)))


def test_a_column_shows_fifteen_and_the_rest_on_demand(job, owner, sign_in):
    people = [make_application(job, name=f"Person {n:02}") for n in range(17)]
    client = sign_in(owner)
    page = client.get(url("board", job))
    assert text(page).count("data-card>") == 15
    key = page.context["columns"][0]["next"]
    more = text(client.get(url("column", job), {"stage": "cv", "after": key}))
    assert [person.name in more for person in people] == [False] * 15 + [True] * 2


@pytest.mark.parametrize(
    "key",
    ["", "x", ",", "²,³"]
    + [f"{at},1" for at in ("2026-01-01T00:00:00", "2026-99-01T00:00:00+00:00", "0001-01-01T00:00:00+23:59")],
)
def test_a_key_that_was_never_given_out_starts_at_the_top(job, owner, sign_in, key):
    make_application(job, name="Ada First")
    assert "Ada First" in text(sign_in(owner).get(url("column", job), {"after": key}))


def test_counts_stop_at_a_thousand():
    assert [views.count_text(n) for n in (0, 1_000, 1_001)] == ["0", "1,000", "1,000+"]


def test_who_ended_leaves_the_board_and_stays_in_the_list(job, owner, sign_in):
    application = make_application(job, name="Ada Gone")
    not_select(
        application, by=owner, expected="cv", reason=Reason.HOURS, tell="phone", how=How.BOARD
    )  # fmt: skip
    client = sign_in(owner)
    assert "Ada Gone" not in text(client.get(url("board", job)))
    assert "1 person is not in the running any more" in text(client.get(url("board", job)))
    assert "Ada Gone" in text(client.get(url("people", job, "?show=ended")))


def test_names_stay_hidden_while_cvs_are_read(company, owner, sign_in):
    job = make_job(company, hide_names=True)
    make_application(job, name="Ada Hidden")
    go(make_application(job, name="Bea Known"), Stage.PHONE, owner)
    for name in ("board", "people"):
        page = text(sign_in(owner).get(url(name, job)))
        assert ("Ada Hidden" in page, "Applicant 1" in page, "Bea Known" in page) == (False, True, True)


def test_a_hidden_name_is_not_found_by_searching_for_it(company, owner, sign_in):
    job = make_job(company, hide_names=True)
    make_application(job, name="Ada Hidden")
    client = sign_in(owner)
    assert "Nobody fits." in text(client.get(url("people", job, "?q=hidden")))
    assert "Applicant 1" in text(client.get(url("people", job, "?q=1")))


@pytest.mark.parametrize("query", ["lukasz", "ŁUK", "öberg", "kasia@", "Łukasz Oberg", "+48 600"])
def test_search_finds_folded_words(job, owner, sign_in, query):
    make_application(job, name="Łukasz Öberg", email="kasia@mail.example", phone="+48 600 100 200")
    make_application(job, name="Somebody Else")
    page = text(sign_in(owner).get(url("people", job), {"q": query}))
    assert ("Łukasz Öberg" in page, "Somebody Else" in page) == (True, False)


@pytest.mark.parametrize("query", ["kasz", "' OR 1=1 --", "%", "_", "\x00", "x" * 10_000])
def test_search_takes_anything(job, owner, sign_in, query):
    make_application(job, name="Łukasz Öberg")
    assert "Łukasz Öberg" not in text(
        sign_in(owner).get(url("people", job), {"q": query})
    ) or not query.strip("%_\x00")


def test_the_list_goes_on_by_key(job, owner, sign_in):
    people = [make_application(job, name=f"Person {n:02}") for n in range(27)]
    client = sign_in(owner)
    page = text(client.get(url("people", job)))
    assert people[2].name in page
    assert people[1].name not in page
    rest = text(client.get(url("people", job), {"before": people[2].pk}, headers={"HX-Request": "true"}))
    assert [person.name in rest for person in people[:3]] == [True, True, False]


def test_a_manager_sees_only_the_jobs_they_are_on(job, company, manager, sign_in):
    client = sign_in(manager)
    assert client.get(url("board", make_job(company))).status_code == 403
    assert "Board" in text(client.get(url("board", job)))


def test_an_interviewer_sees_no_board(job, interviewer, sign_in):
    Assignment.objects.create(
        company=interviewer.company, application=make_application(job), membership=interviewer
    )
    assert sign_in(interviewer).get(url("board", job)).status_code == 403


def test_another_companys_people_are_nowhere(job, rival, sign_in, owner):
    theirs = make_application(make_job(rival.company), name="Rita Rival")
    assert "Rita Rival" not in text(sign_in(owner).get(url("people", job)))
    assert sign_in(owner).get(reverse("hiring:candidate", args=[theirs.pk])).status_code == 404


def test_cards_say_how_long_somebody_has_waited(job, owner, sign_in):
    application = make_application(job)
    Application.objects.filter(pk=application.pk).update(stage_entered_at=timezone.now() - timedelta(days=3))
    assert "3 days here" in text(sign_in(owner).get(url("board", job)))


# -- getting the shop ready


def ready(client, job):
    page = client.get(url("board", job))
    return page.context["setup"], "Getting the shop ready" in text(page)


def test_the_board_says_how_far_the_shop_is(company, owner, sign_in):
    job = make_published(owner)
    found, shown = ready(sign_in(owner), job)
    assert (found["ready"], found["total"], shown) == (0, 5, True)
    assert found["url"] in text(sign_in(owner).get(url("board", job)))


def test_publishing_twice_opens_one_list(owner):
    job = make_published(owner)
    adverts.publish(job, by=owner)
    assert SetupList.objects.count() == 1


def test_a_shop_that_is_ready_hears_nothing_more(owner, sign_in):
    job = make_published(owner)
    setup = SetupList.objects.get()
    setups.answer_first(setup, by=owner, first=False)
    for item in setup.items.all():
        setups.mark(item, by=owner, done=True)
    found, shown = ready(sign_in(owner), job)
    assert (found["ready"], found["total"], shown) == (4, 4, False)


@pytest.mark.parametrize("query", ["?show=cv", "?q=anna"])
def test_a_narrowed_board_shows_people_only(owner, sign_in, query):
    job = make_published(owner)
    assert sign_in(owner).get(url("board", job, query)).context["setup"] is None


def test_a_job_without_a_list_says_nothing(job, owner, sign_in):
    assert ready(sign_in(owner), job) == (None, False)


def test_another_shops_list_of_the_same_job_is_not_ours(job, rival, owner, sign_in):
    intake.prepare(company=rival.company, job_ref=hand_off.setup_ref(job), job_title="Theirs")
    assert ready(sign_in(owner), job) == (None, False)
