"""The shop's own data: all of it in one file, two weeks to change one's mind, then nothing; the other shop stays."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from accounts import closing
from accounts.models import Company, User
from hiring import applying
from hiring.models import Application
from mailroom.models import Mail
from tests.accounts.post import link_in
from tests.accounts.test_team_page import prove
from tests.hiring import adverts
from tests.hiring.adverts import make_published
from tests.vault import planted
from vault import exports, keep
from vault.models import Export, StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
ANNA, NELE = "qwzanna", "qwznele"
DATA, CLOSE = "/accounts/data/", "/accounts/data/close/"


@pytest.fixture
def boss(sign_in, owner):
    return prove(sign_in(owner))


@pytest.fixture
def closed(owner):
    closing.ask(owner.company, by=owner)
    owner.company.refresh_from_db()
    return owner.company


def page(client, address=DATA) -> str:
    return client.get(address).content.decode()


def told(response, client) -> list[str]:
    return [str(message) for message in client.get(response.url).context["messages"]]


class TestEverything:
    def test_asked_made_and_taken(self, boss, owner):
        make_published(owner, summary="XTEA")
        boss.post(DATA, {"do": "copy"})
        assert "0 % done." in page(boss)
        exports.run(Export.objects.get().pk)
        assert "Download" in page(boss)
        copy = zipfile.ZipFile(io.BytesIO(b"".join(boss.get("/accounts/data/take/"))))
        assert b"XTEA" in copy.read("csv/hiring.job.csv")
        assert TrailEntry.objects.filter(action="data.copy_taken", actor_id=owner.user_id).count() == 1

    def test_given_up(self, boss):
        boss.post(DATA, {"do": "copy"})
        assert told(boss.post(DATA, {"do": "give_up"}), boss) == ["The copy was given up."]
        assert Export.objects.get().state == "cancelled"

    def test_it_asks_for_the_password_when_that_was_long_ago(self, sign_in, owner):
        client = sign_in(owner)
        client.post(DATA, {"do": "copy"})
        exports.run(Export.objects.get().pk)
        assert client.get("/accounts/data/take/").url.startswith("/accounts/reauthenticate/")

    def test_only_who_asked_for_it_takes_it(self, boss, rival, sign_in):
        boss.post(DATA, {"do": "copy"})
        exports.run(Export.objects.get().pk)
        assert prove(sign_in(rival)).get("/accounts/data/take/").status_code == 404

    def test_the_sample_shop_says_no_kindly(self, boss, owner):
        Company.objects.update(is_demo=True)
        assert "The sample shop has nothing to take along." in page(boss)
        assert told(boss.post(DATA, {"do": "copy"}), boss)[0].startswith("The sample shop has nothing")
        assert Export.objects.count() == 0

    def test_owners_alone(self, sign_in, manager):
        client = prove(sign_in(manager))
        for address in (DATA, CLOSE, "/accounts/data/record/", "/accounts/data/take/"):
            assert client.get(address).status_code == 403


class TestRecord:
    def test_it_says_all_that_the_register_says(self, boss, owner):
        shown = page(boss, "/accounts/data/record/")
        for rule in keep.rules():
            if rule.personal:
                assert str(rule.purpose) in shown.replace("&#x27;", "'"), rule.model
                assert keep.readers(rule), rule.model
        for words in (owner.company.legal_name, owner.company.privacy_contact, "applicants", "cover letter"):
            assert words in shown


class TestAsking:
    def test_the_page_says_what_happens_and_what_the_law_keeps(self, boss, owner):
        planted.make_hired(make_published(owner), ANNA, owner)
        shown = page(boss, CLOSE)
        for words in (
            "After 14 days",
            "Signed contract: Support person",
            "until Jan. 8, 2037",
            "Close the shop",
        ):
            assert words in shown
        assert Company.objects.get().closes_at is None

    def test_without_a_contract_it_says_so(self, boss):
        assert "There is no signed contract here" in page(boss, CLOSE)

    def test_it_asks_for_the_password_when_that_was_long_ago(self, sign_in, owner):
        assert sign_in(owner).post(CLOSE).url.startswith("/accounts/reauthenticate/")
        assert Company.objects.get().closes_at is None

    def test_fourteen_days_from_now_and_everybody_hears_of_it_once(self, boss, owner, manager, time_machine):
        time_machine.move_to(timezone.now(), tick=False)
        for _time in range(2):
            boss.post(CLOSE)
        assert Company.objects.get(pk=owner.company_id).closes_at == timezone.now() + timedelta(days=14)
        mails = Mail.objects.filter(message="shop_closing").order_by("recipient")
        assert [mail.recipient for mail in mails] == [manager.email, owner.email]
        assert [b"/accounts/data/" in bytes(mail.body) for mail in mails] == [False, True]
        assert TrailEntry.objects.filter(action="data.closing").count() == 1

    def test_the_sample_shop_goes_another_way(self, boss):
        Company.objects.update(is_demo=True)
        assert "goes with one button" in told(boss.post(CLOSE), boss)[0]
        assert Company.objects.get().closes_at is None

    def test_kept_open_all_is_as_it_was(self, boss, closed):
        assert "This shop is erased on" in page(boss)
        assert told(boss.post("/accounts/data/keep/"), boss) == ["The shop stays. Everything is as it was."]
        assert Company.objects.get().closes_at is None
        assert boss.post("/accounts/me/", {"name": "Olga"}).status_code == 302
        boss.post("/accounts/data/keep/")
        assert TrailEntry.objects.filter(action="data.kept_open").count() == 1


class TestFrozen:
    @pytest.fixture
    def job(self, owner):
        return make_published(owner)

    def test_reading_goes_on_and_nothing_is_changed(self, job, closed, boss, manager, sign_in):
        client = sign_in(manager)
        answer = client.post(reverse("readiness:check"), {"support_hours": "5"})
        assert (answer.status_code, "This shop is being closed" in answer.content.decode()) == (409, True)
        assert boss.post(reverse("hiring:job_state", args=[job.pk]), {"do": "stop"}).status_code == 409
        job.refresh_from_db()
        assert job.status == "open"
        assert boss.get(reverse("hiring:home")).status_code == 200

    def test_every_page_says_so_and_the_owner_can_change_their_mind(self, closed, boss, manager, sign_in):
        assert "This shop is being closed. It is frozen" in page(boss, "/accounts/me/")
        assert "Keep the shop" in page(boss, "/accounts/me/")
        assert "Keep the shop" not in page(sign_in(manager), "/accounts/me/")

    def test_ones_own_account_and_ones_data_stay_in_reach(self, closed, boss):
        assert boss.post("/accounts/me/", {"name": "Olga N"}).status_code == 302
        boss.post(DATA, {"do": "copy"})
        assert Export.objects.count() == 1
        assert boss.post("/accounts/logout/").status_code == 302

    def test_adverts_are_closed_and_nobody_applies(self, client, job, closed):
        assert client.get(adverts.address(job, "job")).status_code == 410
        assert job.title not in client.get(reverse("careers:company", args=[closed.slug])).content.decode()
        assert client.post(adverts.address(job), adverts.application(job)).status_code == 410
        assert Application.objects.count() == 0

    def test_links_that_sign_something_do_not_work_and_ones_own_data_does(self, client, owner, job):
        anna = planted.make_applicant(job, ANNA, owner)
        closing.ask(owner.company, by=owner)
        status = applying.status_address(anna).removeprefix("http://localhost:8000")
        assert client.get(status).status_code == 200
        assert client.post(f"{status}erase/").status_code == 302
        mail = Mail.objects.get(message="offer")
        assert client.post(f"{link_in(mail)}accept/", {"name": "Anna"}).status_code == 404

    def test_another_shop_goes_on(self, closed, sign_in, rival):
        client = sign_in(rival)
        assert client.post("/accounts/me/", {"name": "Rita"}).status_code == 302
        assert "is being closed" not in page(client, "/accounts/me/")


class TestErased:
    @pytest.fixture
    def both(self, owner, rival):
        """The same in both shops; ours is to be erased."""
        for boss, word in ((owner, ANNA), (rival, NELE)):
            job = make_published(boss)
            planted.make_applicant(job, word, boss)
            planted.make_hired(make_published(boss), f"{word}two", boss)
            planted.make_newcomer(boss.company, f"{word}three", boss)
        closing.ask(owner.company, by=owner)

    def after(self, time_machine, **delta):
        time_machine.move_to(timezone.now() + timedelta(**delta))
        return closing.erase_due()

    def test_not_before_the_fourteen_days_are_over(self, both, time_machine):
        assert self.after(time_machine, days=13, hours=23) == 0
        assert Company.objects.count() == 2

    def test_then_nothing_of_it_is_left_and_the_other_shop_is_whole(self, both, owner, rival, time_machine):
        before = planted.found_in_rows(NELE), planted.found_in_files(NELE)
        pk = owner.company_id
        assert self.after(time_machine, days=14, minutes=1) == 1
        planted.sweep_files()
        assert (planted.found_in_rows(ANNA), planted.found_in_files(ANNA)) == ([], [])
        assert (planted.found_in_rows(NELE), planted.found_in_files(NELE)) == before
        assert not User.objects.filter(pk=owner.user_id).exists()
        assert rows_of(pk) == {"vault.TrailEntry"}

    def test_run_twice_it_is_once(self, both, time_machine):
        assert [self.after(time_machine, days=15), closing.erase_due()] == [1, 0]

    def test_whoever_changed_their_mind_keeps_everything(self, both, owner, time_machine):
        closing.keep_open(owner.company, by=owner)
        assert self.after(time_machine, days=30) == 0
        assert planted.found_in_rows(ANNA) != []

    def test_a_person_of_both_shops_keeps_their_account(self, both, owner, rival, time_machine):
        owner.user.memberships.create(company=rival.company, role="manager", email=owner.email)
        self.after(time_machine, days=15)
        assert User.objects.filter(pk=owner.user_id).exists()

    def test_files_go_from_the_disk(self, both, owner, time_machine):
        paths = [stored.path for stored in StoredFile.objects.filter(company_id=owner.company_id)]
        self.after(time_machine, days=15)
        planted.sweep_files()
        assert paths
        assert not any(path.exists() for path in paths)


def rows_of(company_id) -> set[str]:
    """Models that still have rows of this company."""
    names = [
        (model, column.name) for model in apps.get_models() for column in model._meta.local_concrete_fields
    ]
    return {
        model._meta.label
        for model, name in names
        if name in {"company", "company_id"} and model._base_manager.filter(**{name: company_id}).exists()
    }
