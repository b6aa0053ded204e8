"""Quick find: what each role finds, what nobody may, and what it costs."""

import pytest
from django.db import connection

from accounts import find as accounts_find
from accounts.models import Role
from config import find
from hiring.models import Application, Assignment, Candidate
from tests.factories import make_company, make_member
from tests.hiring.factories import make_application, make_job
from tests.onboarding.factories import make_onboarding
from vault import folding

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper in the shop")


def found(member, query) -> dict:
    """{group: its labels}"""
    labels = {str(label): key for key, label in find.GROUPS.items()}
    return {
        labels[str(group["label"])]: [line.label for line in group["lines"]]
        for group in find.gather(member, query)
    }


# -- what is found


@pytest.mark.parametrize("query", ["ada", "LIND", "lin ad", "ada@mail", "040 12", "Łind", "  ada  "])
def test_a_person_is_found_by_the_beginnings_of_name_address_and_phone(job, owner, query):
    make_application(job, name="Ada Lind", email="ada@mail.example", phone="040 1234", submission_key=None)
    make_application(job, name="Bo Falk", email="bo@other.example")
    assert found(owner, query)["people"] == ["Ada Lind"]


@pytest.mark.parametrize("query", ["da", "nobody", "ada%", "ada_", "'\"<", "ad ad ad x", "\x00", "e" * 300])
def test_the_middle_of_a_word_and_odd_signs_find_nothing_or_what_they_say(job, owner, query, sign_in):
    make_application(job, name="Ada Lind", email="a@mail.example")
    expected = {"ada%": ["Ada Lind"], "ada_": ["Ada Lind"]}.get(query, [])
    assert found(owner, query.replace("\x00", "")).get("people", []) == expected
    assert sign_in(owner).get("/find/", {"q": query}).status_code == 200


@pytest.mark.parametrize(
    ("name", "query"), [("王小明", "小明"), ("أحمد علي", "احمد"), ("Zoë Øst", "zoe ost")]
)
def test_names_of_other_scripts_are_found_as_people_type_them(job, owner, name, query):
    make_application(job, name=name)
    assert found(owner, query)["people"] == [name]


def test_a_hidden_name_is_found_by_its_number_alone(company, owner):
    application = make_application(make_job(company, hide_names=True), name="Ada Lind")
    assert "people" not in found(owner, "ada")
    assert found(owner, str(application.number))["people"] == ["Applicant 1"]


def test_jobs_colleagues_plans_pages_and_help_are_found(job, owner, hire):
    make_onboarding(owner.company, hire, owner)
    assert found(owner, "helper")["jobs"] == ["Helper in the shop"]
    assert found(owner, "mik")["team"] == ["Mika"]
    assert found(owner, "sara") == {"plans": ["Sara"], "team": ["Sara"]}
    assert found(owner, "what we tell")["pages"] == ["What we tell you"]
    assert found(owner, "onboarding")["pages"] == ["Onboarding"]
    assert len(found(owner, "first day")["help"]) >= 1


def test_five_of_each_are_shown_and_that_there_are_more(job, owner, sign_in):
    for n in range(7):
        make_application(job, name=f"Ada {n}")
    assert found(owner, "ada")["people"] == [f"Ada {n}" for n in (6, 5, 4, 3, 2)]
    assert "There are more" in sign_in(owner).get("/find/?q=ada").content.decode()


def test_no_question_no_answer(job, owner):
    make_application(job)
    assert [find.gather(owner, query) for query in ("", "   ", "!!!")] == [[], [], []]


# -- who may


def test_each_role_finds_what_it_may_see(job, owner, manager, interviewer, hire):
    mine = make_application(job, name="Ada Mine")
    make_application(make_job(job.company, title="Helper elsewhere"), name="Ada Other")
    Assignment.objects.create(company=job.company, application=mine, membership=interviewer)
    people = [found(member, "ada").get("people", []) for member in (owner, manager, interviewer, hire)]
    assert people == [["Ada Other", "Ada Mine"], ["Ada Mine"], ["Ada Mine"], []]
    jobs = [found(member, "helper").get("jobs", []) for member in (owner, manager, interviewer, hire)]
    assert jobs == [["Helper elsewhere", "Helper in the shop"], ["Helper in the shop"], [], []]
    team = ["team" in found(member, "mika") for member in (owner, manager, interviewer, hire)]
    assert team == [True, True, False, False]


@pytest.mark.parametrize(
    ("role", "seen"), [("owner", True), ("manager", False), ("interviewer", False), ("hire", False)]
)
def test_settings_of_the_shop_are_the_owners(company, role, seen):
    member = make_member(company, role)
    assert [
        "Shop details" in found(member, "shop").get("pages", []),
        "Trail" in found(member, "tra").get("pages", []),
    ] == [seen] * 2


def test_every_address_that_is_found_opens_for_whoever_found_it(
    job, manager, owner, interviewer, hire, sign_in
):
    application = make_application(job, name="Ada Lind")
    Assignment.objects.create(company=job.company, application=application, membership=interviewer)
    make_onboarding(owner.company, hire, owner)
    for member in (owner, manager, interviewer, hire):
        client = sign_in(member)
        lines = [
            line
            for letter in "abcdefghijklmnopqrstuvwxyz"
            for group in find.gather(member, letter)
            for line in group["lines"]
        ]
        opened = {line.url: client.get(line.url).status_code for line in lines}
        assert {url: status for url, status in opened.items() if status not in (200, 302)} == {}


def test_another_company_is_never_found(job, rival, owner, hire):
    make_application(job, name="Ada Lind")
    make_onboarding(owner.company, hire, owner)
    assert [found(rival, query) for query in ("ada", "helper", "mika", "sara")] == [{}, {}, {}, {}]


def test_who_has_left_is_not_found(owner, manager):
    from accounts import team

    team.remove(manager, by=owner)
    assert "team" not in found(owner, "mika")


# -- the page


def test_the_page_works_without_scripts_and_says_what_it_found(job, owner, sign_in):
    make_application(job, name="Ada Lind")
    page = sign_in(owner).get("/find/?q=ada").content.decode()
    assert '<p role="status" class="fh-quiet">1 thing found.</p>' in page
    assert f'href="/hiring/people/{Application.objects.get().pk}/"' in page


def test_the_dialog_gets_the_same_lines_and_the_sentence_beside_them(job, owner, sign_in):
    make_application(job, name="Ada Lind")
    part = sign_in(owner).get("/find/?q=ada", headers={"hx-request": "true"}).content.decode()
    assert ("<html" in part, "Ada Lind" in part, 'hx-swap-oob="innerHTML">1 thing found.</p>' in part) == (
        False,
        True,
        True,
    )


def test_what_was_typed_is_text(owner, sign_in):
    page = sign_in(owner).get("/find/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_every_page_of_a_member_has_the_way_in_and_a_strangers_has_none(owner, sign_in, client):
    assert "data-find-open" in sign_in(owner).get("/accounts/me/").content.decode()
    assert "data-find-open" not in client.get("/").content.decode()


# -- what it costs


@pytest.mark.parametrize("n", [1, 3])
def test_a_search_costs_eight_queries_at_most(job, owner, n, sign_in, django_assert_num_queries):
    for i in range(n):
        make_application(job, name=f"Ada {i}")
        make_onboarding(owner.company, make_member(owner.company, Role.HIRE, name=f"Ada N {i}"), owner)
    client = sign_in(owner)
    client.get("/find/")
    with django_assert_num_queries(8):
        client.get("/find/?q=ada")


def bulk(company, n):
    """Applicants as the form enters them, by the thousand."""
    job = make_job(company)
    person = Candidate.objects.create(company=company)
    Application.objects.bulk_create(
        Application(
            company=company, job=job, candidate=person, number=i, name=f"Person {i}", cover_letter="x" * 500,
            search=folding.fold(f"Person {i} p{i}@mail.example"),
        )
        for i in range(1, n + 1)
    )  # fmt: skip


def test_the_plan_reads_no_other_companys_rows(company, owner):
    bulk(company, 50)
    bulk(make_company("Big"), 3_000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = Application.objects.for_company(company.pk).filter(accounts_find.begins("search", ["zzz"]))
    plan = rows.order_by("-pk")[:6].explain()
    assert (
        "SEARCH hiring_application USING INDEX" in plan or "Index" in plan,
        "SCAN hiring_application" in plan,
    ) == (
        True,
        False,
    )
    assert "Seq Scan" not in plan
