"""The sample shop: alive in every stage, apart from others, and gone without a trace."""

import shutil
from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings as configured
from django.core.cache import cache
from django.core.management import call_command

from accounts.models import Company, User
from config import demo_password
from config.demo import applicants, bulk, names
from hiring import channels
from hiring.models import Application, Job, Outcome, Stage, WorkSample
from hiring.sample_forms import RatingForm
from mailroom.models import Mail
from tests.conftest import StrictClient
from tests.factories import make_company
from vault.models import StoredFile, TrailEntry

PASSWORD = "sample sample sample"
pytestmark = pytest.mark.django_db


def demo(*args) -> str:
    out = StringIO()
    call_command("demo", *args, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample shop, made once for all tests of this file; each test's own changes are taken back."""
    from django.db import transaction

    before = configured.PRIVATE_FILES, configured.DEMO_ALLOWED
    patch = pytest.MonkeyPatch()
    patch.setenv("DEMO_PASSWORD", PASSWORD)
    folder = tmp_path_factory.mktemp("sample") / "files"
    configured.PRIVATE_FILES, configured.DEMO_ALLOWED = folder, True
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True
        atomic.__enter__()
        demo()
        yield folder
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)
    configured.PRIVATE_FILES, configured.DEMO_ALLOWED = before
    patch.undo()


@pytest.fixture
def sample(made, db, settings):
    settings.PRIVATE_FILES, settings.DEMO_ALLOWED = made, True
    return Company.objects.get(slug="lumi")


@pytest.fixture
def copied(sample, made, tmp_path, settings):
    """For tests that remove it: a copy of the files, so that those of the module's shop stay."""
    settings.PRIVATE_FILES = shutil.copytree(made, tmp_path / "copy")
    return settings.PRIVATE_FILES


def come_in(email) -> StrictClient:
    cache.clear()
    client = StrictClient()
    client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    return client


def owned():
    """Every model with rows of a company, the trail left out: nothing may delete that."""
    for model in apps.get_models():
        names_of = {field.name for field in model._meta.concrete_fields}
        if names_of & {"company", "company_id"} and model is not TrailEntry:
            yield model


def left() -> dict:
    return {model.__name__: n for model in owned() if (n := model.objects.count())}


def stored(folder) -> list:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_somebody_stands_at_every_stage(sample):
    active = Application.objects.filter(company=sample, outcome=Outcome.ACTIVE)
    assert set(active.values_list("stage", flat=True)) == set(Stage)


def test_its_adverts_stand_where_people_came_from(sample):
    job = Job.objects.filter(company__slug="lumi").latest("pk")
    lines, _feed = channels.lines(job)
    brought = {line.code: (line.applied, line.is_up) for line in lines if line.posted}
    assert brought == {"linkedin": (5, True), "wwr": (3, True), "friend": (3, True)}
    assert next(line.posted[0].each for line in lines if line.code == "wwr") == "€56.67"


def test_some_have_ended(sample):
    assert Application.objects.filter(company=sample, outcome=Outcome.NOT_SELECTED).count() >= 3


def test_one_at_the_interview_has_handed_in_a_work_sample_that_the_manager_rated(sample):
    row = WorkSample.objects.select_related("application").get(company=sample)
    assert (row.application.stage, row.sent_at < row.started_at <= row.finished_at) == (Stage.INTERVIEW, True)
    rating = row.ratings.get()
    assert (rating.rater.role, rating.submitted_at is not None) == ("manager", True)
    assert set(rating.answered) <= {
        value for value, _label in RatingForm(sample=row).fields["answered"].choices
    }


def test_its_page_shows_the_words_without_the_name(sample):
    row = WorkSample.objects.get(company=sample)
    page = come_in("manager@lumi.example").get(f"/hiring/samples/{row.pk}/").content.decode()
    assert ("the last thing you need before a holiday" in page, "Elsa" in page, "Öberg" in page) == (
        True,
        False,
        False,
    )


def test_no_mail_asks_the_invented_person_for_it(sample):
    assert set(Mail.objects.filter(about_kind="sample").values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize("email", demo_password.SAMPLE_PEOPLE)
def test_sample_people_sign_in_with_the_one_password(sample, email):
    assert email in come_in(email).get("/accounts/me/").content.decode()


def test_a_wrong_password_opens_nothing(sample):
    client = StrictClient()
    client.post("/accounts/login/", {"login": "owner@lumi.example", "password": "wrong wrong wrong"})
    assert "_auth_user_id" not in client.session


def test_the_new_hire_sees_today(sample):
    response = come_in("newhire@lumi.example").get("/", follow=True)
    assert response.request["PATH_INFO"] == "/onboarding/today/"
    page = response.content.decode()
    assert ("Sara" in page, "fh-tick" in page) == (True, True)


def test_home_says_what_waits(sample):
    page = come_in("owner@lumi.example").get("/").content.decode()
    assert ("6 applications wait to be read" in page, "Remove the sample shop" in page) == (True, True)


def test_the_rival_sees_only_its_own(sample):
    rival = come_in("owner@rival.example")
    job = Job.objects.for_company(sample).latest("pk")
    assert rival.get(f"/hiring/jobs/{job.pk}/board/").status_code == 404
    assert "Lumi" not in rival.get("/").content.decode()


def test_a_second_demo_changes_nothing(sample):
    before = left() | {"trail": TrailEntry.objects.count()}
    assert (demo(), left() | {"trail": TrailEntry.objects.count()}) == ("", before)


def test_only_reserved_domains(sample):
    addresses = {
        *User.objects.values_list("email", flat=True),
        *Application.objects.values_list("email", flat=True),
        *Mail.objects.values_list("recipient", flat=True),
    }
    assert [address for address in addresses if not address.endswith(".example")] == []
    assert len(addresses) > 20


def test_removing_leaves_the_trail_only(copied, on_commit):
    trail, others = (
        TrailEntry.objects.count(),
        User.objects.exclude(email__in=demo_password.SAMPLE_PEOPLE).count(),
    )
    with on_commit():
        assert demo("--remove") == "Removed 2 sample shops.\n"
    assert (left(), User.objects.count(), TrailEntry.objects.count() >= trail) == ({}, others, True)


def test_removing_takes_the_files(copied, on_commit):
    assert len(stored(copied)) >= StoredFile.objects.count() > 10
    with on_commit():
        demo("--remove")
    assert stored(copied) == []


def test_the_button_removes_it_all(copied):
    client = come_in("owner@lumi.example")
    page = client.post("/sample/remove/", follow=True).content.decode()
    assert "The sample shop is gone." in page
    assert (left(), "_auth_user_id" in client.session) == ({}, False)


@pytest.mark.parametrize(
    "email", ["manager@lumi.example", "interviewer@lumi.example", "newhire@lumi.example"]
)
def test_only_an_owner_removes_it(sample, email):
    assert come_in(email).post("/sample/remove/").status_code == 403
    assert Company.objects.filter(is_demo=True).count() == 2


def test_removing_spares_a_real_shop(copied):
    real = make_company("Real")
    demo("--remove")
    assert list(Company.objects.all()) == [real]


def filled(job, seed) -> list:
    before = job.applications.count()
    demo("--candidates", "50", "--seed", seed)
    return list(job.applications.order_by("number").values_list("name", "stage", "source"))[before:]


def test_the_same_seed_gives_the_same_people(sample):
    from django.db import transaction

    job, runs = Job.objects.filter(company=sample, status="open").latest("pk"), []
    for seed in ("3", "3", "4"):
        with transaction.atomic():
            runs.append(filled(job, seed))
            transaction.set_rollback(True)
    assert (len(runs[0]), runs[0] == runs[1], runs[0] == runs[2]) == (50, True, False)


def test_many_are_on_reserved_domains_too():
    assert {names.email(n, names.name(n)).rpartition("@")[2] for n in range(500)} == {"applicants.example"}


def test_the_sign_ins_are_told_once(db, settings, monkeypatch, tmp_path):
    """`up` tells them at every start, so it makes the shop without a word."""
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    settings.PRIVATE_FILES, settings.DEMO_ALLOWED = tmp_path, True
    assert (demo("--verbosity", "0"), demo("--verbosity", "1")) == ("", "")


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("Oskar Järvinen", "oskar.jarvinen"),
        ("Łucja Dąbrowska", "lucja.dabrowska"),
        ("Søren Öberg", "soren.oberg"),
        ("سارة العلي", "sara.alaly"),
        ("王芳", "wang.fang"),
        ("曹操", "person"),
    ],
)
def test_a_name_in_an_address_keeps_all_its_letters(name, local):
    assert names.local_part(name) == local


def test_nobody_of_the_sample_shop_shares_an_address():
    people = [*applicants.PEOPLE, applicants.HIRED, *applicants.OTHERS]
    assert len({person.email for person in people}) == len(people)


def test_one_more_person_has_a_number_of_their_own(sample):
    job = Job.objects.filter(company=sample, status="open").latest("pk")
    people = [bulk.one(job, Stage.OFFER), bulk.one(job, Stage.CV)]
    assert [person.number for person in people] == [job.last_number, job.last_number + 1]
    assert [person.standing for person in people] == ["offer", "cv"]


def test_names_come_in_several_scripts():
    several = {names.name(n) for n in range(60)}
    assert any(name.isascii() for name in several)
    assert any("\u4e00" <= name[0] <= "\u9fff" for name in several)
