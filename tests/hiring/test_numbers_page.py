"""The page of numbers and its sheet: figures with their definitions and n beside them, of the jobs one may see."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from hiring import funnel, numbers, numbers_words, reading_log
from hiring.models import Application, JobMember, Offer, Stage
from tests.hiring.adverts import make_published
from tests.hiring.factories import bring, go, make_application, make_job, make_offer
from tests.hiring.placed import came_by, make_placement

PAGE, SHEET = reverse("hiring:numbers"), reverse("hiring:numbers_sheet")
pytestmark = pytest.mark.django_db


def text(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


@pytest.fixture
def job(company):
    return make_job(company)


@pytest.fixture
def boss(sign_in, owner):
    return sign_in(owner)


# -- as words


@pytest.mark.parametrize(
    ("good", "n", "words"),
    [
        (0, 0, ""),
        (2, 3, "2 of 3"),
        (3, 10, "3 of 10, 30 % (between 11 % and 60 %)"),
        (5, 5, "5 of 5, 100 % (between 57 % and 100 %)"),
    ],
)
def test_a_share_has_its_range_once_there_are_five(good, n, words):
    assert numbers_words.share(funnel.Share(good, n)) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, ""), (0, "0 days"), (1.04, "1 day"), (3.24, "3.2 days"), (9.96, "10 days"), (41.6, "42 days")],
)
def test_days_are_as_exact_as_they_deserve(value, words):
    assert numbers_words.days(value).replace(".0 ", " ") == words


def test_numbers_are_written_as_the_reader_writes_them():
    with translation.override("fi"):
        assert numbers_words.days(3.2).startswith("3,2")


# -- gathered


def offered(person, by, state, version=1):
    Offer.objects.filter(pk=make_offer(person, by).pk).update(
        state=state,
        version=version,
        contract_text="Words.",
        contract_sha256="0" * 64,
        sent_at=timezone.now(),
        signed_name="Ada",
        answered_at=timezone.now(),
    )


def test_of_several_versions_the_last_answer_counts(job, owner):
    ada, bo, cy = (bring(make_application(job), Stage.OFFER, owner) for _ in range(3))
    offered(ada, owner, "declined")
    offered(ada, owner, "accepted", version=2)
    offered(bo, owner, "expired")
    offered(cy, owner, "sent")
    assert numbers.gather([job]).accepted == funnel.Share(1, 2)


def test_a_test_of_ones_own_is_in_no_offer(job, owner):
    ada = bring(make_application(job), Stage.OFFER, owner)
    offered(ada, owner, "accepted")
    Application.objects.filter(pk=ada.pk).update(is_test=True)
    assert numbers.gather([job]).accepted.n == 0


def test_time_to_fill_begins_when_the_job_was_first_open(company, owner):
    job = make_job(company, first_opened_at=timezone.now() - timedelta(days=20))
    bring(make_application(job), Stage.HIRED, owner)
    found = numbers.gather([job])
    assert (round(found.to_fill.days), round(found.to_hire.days), found.to_fill.n) == (20, 0, 1)


def test_a_place_has_its_price_for_each(owner):
    job = make_published(owner)
    came_by(make_placement(job, owner, price="170"), 2)
    [source] = numbers.gather([job]).sources
    assert (source.code, source.people, source.each) == ("wwr", 2, Decimal("85.00"))


def test_money_of_two_kinds_is_not_added_up(owner):
    job, other = make_published(owner), make_published(owner)
    came_by(make_placement(job, owner, price="170"))
    make_placement(other, owner, price="200", currency="USD")
    found = numbers.gather([job, other])
    assert (found.sources[0].each, found.spent) == (None, {"EUR": Decimal(170), "USD": Decimal(200)})
    cost = numbers.cost(found, currency="EUR", tools=Decimal(5), hours=Decimal(2), rate=Decimal(10))
    assert cost.total == 195


def test_hours_of_reading_are_those_that_were_measured(job, owner):
    for seconds in (600, 1200, None):
        reading_log.keep(make_application(job), by=owner, seconds=seconds)
    assert numbers.gather([job]).reading_hours == Decimal("0.5")


# -- the page


def test_before_anybody_applied_it_says_so(boss, job):
    page = text(boss.get(PAGE))
    assert ("Numbers begin with the first application" in page, "As a spreadsheet" in page) == (True, False)


def test_it_tells_the_stages_with_their_n(boss, job, owner):
    for _ in range(2):
        go(make_application(job), Stage.PHONE, owner)
    bring(make_application(job), Stage.HIRED, owner)
    page = text(boss.get(PAGE))
    assert ("1 of 1" in page, "n = 3" in page, "Still open" in page) == (True, True, True)


def test_one_job_alone(boss, company, owner):
    one, other = make_job(company, title="One"), make_job(company, title="Other")
    make_application(one, source="wwr")
    make_application(other, source="linkedin")
    response = boss.get(PAGE, {"job": one.pk})
    assert [line["name"] for line in response.context["sources"]] == ["We Work Remotely"]


def test_cost_and_scenario_are_reckoned_from_what_is_typed(boss, owner):
    job = make_published(owner)
    make_placement(job, owner, price="100")
    bring(make_application(job), Stage.HIRED, owner)
    typed = {"hours": "10", "rate": "40", "tools": "50", "loss": "10000", "chance": "20"}
    page = text(boss.get(PAGE, typed))
    assert ("€550: €550 for 1 hire." in page, "€2,000 of risk" in page) == (True, True)


def test_other_money_stands_beside_the_sum(boss, owner):
    job = make_published(owner)
    make_application(job)
    make_placement(job, owner, price="200", currency="USD")
    assert "$200 more was paid in other money" in text(boss.get(PAGE))


@pytest.mark.parametrize("wrong", [{"hours": "-1"}, {"rate": "x"}, {"chance": "101"}, {"loss": "1e99"}])
def test_something_wrong_is_told_and_kept(boss, job, wrong):
    make_application(job)
    [(name, value)] = wrong.items()
    response = boss.get(PAGE, wrong | {"tools": "77"})
    assert (response.status_code, name in response.context["form"].errors) == (422, True)
    assert 'value="77"' in text(response)
    assert f'value="{value}"' in text(response)


@pytest.mark.parametrize("job", ["0", "x", "999999999999999999999", "\0"])
def test_an_unknown_job_is_said_to_be_none(boss, db, job):
    assert boss.get(PAGE, {"job": job}).status_code == 422


def test_another_shops_job_is_not_there(boss, rival, job):
    theirs = make_job(rival.company)
    make_application(theirs)
    response = boss.get(PAGE, {"job": theirs.pk})
    assert (response.status_code, response.context["numbers"].is_empty) == (422, True)


def test_a_manager_counts_the_jobs_they_are_on(sign_in, company, manager):
    mine, other = make_job(company), make_job(company)
    JobMember.objects.create(company=company, job=mine, membership=manager)
    make_application(mine, source="wwr")
    make_application(other, source="linkedin")
    response = sign_in(manager).get(PAGE)
    assert [line["name"] for line in response.context["sources"]] == ["We Work Remotely"]
    assert sign_in(manager).get(PAGE, {"job": other.pk}).status_code == 422


def test_others_do_not_see_them(sign_in, interviewer, hire):
    assert [sign_in(who).get(page).status_code for who in (interviewer, hire) for page in (PAGE, SHEET)] == [
        403
    ] * 4


@pytest.mark.parametrize("n", [1, 3])
def test_queries(boss, company, owner, django_assert_num_queries, n):
    for _ in range(n):
        bring(make_application(make_job(company), source="wwr"), Stage.HIRED, owner)
    boss.get(PAGE)
    with django_assert_num_queries(3 + 7):
        boss.get(PAGE)


# -- the sheet


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_sheet_holds_the_same_figures(boss, job, owner):
    for _ in range(5):
        go(make_application(job, source="wwr"), Stage.PHONE, owner)
    bring(make_application(job, source="wwr"), Stage.HIRED, owner)
    head, *lines = rows(boss.get(SHEET, {"job": job.pk}))
    assert head == ["What", "Of", "Value", "Of how many", "At least", "At most"]
    assert ["Came into the stage", "CV", "6", "", "", ""] in lines
    assert ["Went on", "CV", "1.0", "1", "0.2065", "1"] in [[*line[:5], line[5][:1]] for line in lines]
    assert ["Hired", "We Work Remotely", "1", "6", "", ""] in lines


def test_a_place_that_is_a_formula_is_none_in_the_sheet(boss, owner, job):
    from accounts import listed

    row = listed.add(company=owner.company, kind="channel", name="=1+1", price=None, position=0)
    make_application(job, source=listed.code(row))
    assert ["Applications", "'=1+1", "1", "", "", ""] in rows(boss.get(SHEET))


def test_the_sheet_of_nothing(boss, job):
    assert len(rows(boss.get(SHEET))) == 1 + 4 * len(Stage) + 3
