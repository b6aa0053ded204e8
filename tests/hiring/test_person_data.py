"""A candidate's data on the shop's pages: who may see it, take a copy, hold it, erase it."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring.models import Application, JobMember, Offer
from tests.accounts.test_team_page import prove
from tests.hiring.adverts import make_published
from tests.hiring.factories import make_application
from tests.vault import planted
from vault import erasing, exports
from vault.models import Erasure, Export, Hold, TrailEntry

pytestmark = pytest.mark.django_db
ANNA = "qwzanna"


@pytest.fixture
def anna(owner, manager):
    job = make_published(owner)
    JobMember.objects.create(company=owner.company, job=job, membership=manager)
    return planted.make_applicant(job, ANNA, owner)


@pytest.fixture
def boss(sign_in, owner):
    return prove(sign_in(owner))


def at(application, name="data") -> str:
    return reverse(f"hiring:{name}", args=[application.pk])


def page(client, application, name="data") -> str:
    return client.get(at(application, name)).content.decode()


def do(client, application, action, **values):
    return client.post(at(application), {"do": action, **values})


def told(response, client) -> list[str]:
    return [str(message) for message in client.get(response.url).context["messages"]]


class TestPage:
    def test_it_lists_what_is_held_with_its_purpose_and_time(self, boss, anna):
        shown = page(boss, anna)
        for words in (
            "Applications",
            "Choose somebody for a role",
            "lets a refused applicant complain",
            "Notes",
        ):
            assert words in shown
        assert f"Data of {ANNA} name" in shown

    def test_a_hidden_name_is_not_told_here_either(self, boss, owner):
        hidden = make_application(make_published(owner, hide_names=True), name="Nele")
        assert "Data of Applicant 1" in page(boss, hidden)

    def test_the_candidates_page_leads_to_it(self, boss, anna):
        assert f'href="{at(anna)}"' in boss.get(reverse("hiring:candidate", args=[anna.pk])).content.decode()

    def test_queries_do_not_grow_with_what_is_held(self, boss, anna, django_assert_max_num_queries):
        other = make_application(anna.job)
        with django_assert_max_num_queries(200) as few:
            boss.get(at(other))
        with django_assert_max_num_queries(len(few) + 40):  # one more for each kind of row there is
            boss.get(at(anna))

    def test_managers_hold_but_neither_copy_nor_erase(self, sign_in, manager, anna):
        client = prove(sign_in(manager))
        assert "Keep it for a dispute" in page(client, anna)
        assert "Make a copy" not in page(client, anna)
        for action in ("copy", "give_up", "plan", "call_off"):
            assert do(client, anna, action).status_code == 403
        assert client.get(at(anna, "data_erase")).status_code == 403
        assert (Export.objects.count(), Erasure.objects.count()) == (0, 0)

    def test_a_manager_of_another_job_sees_nothing(self, sign_in, manager, anna):
        JobMember.objects.all().delete()
        assert sign_in(manager).get(at(anna)).status_code == 403

    def test_another_shop_finds_nobody(self, sign_in, rival, anna):
        assert {
            sign_in(rival).get(at(anna, name)).status_code for name in ("data", "data_take", "data_erase")
        } == {404}

    def test_a_button_nobody_made_is_not_there(self, boss, anna):
        assert do(boss, anna, "everything").status_code == 404


class TestCopy:
    def test_asked_made_and_taken(self, boss, anna):
        assert do(boss, anna, "copy").status_code == 302
        assert "0 % done. You may leave this page." in page(boss, anna)
        exports.run(Export.objects.get().pk)
        assert at(anna, "data_take") in page(boss, anna)
        response = boss.get(at(anna, "data_take"))
        copy = zipfile.ZipFile(io.BytesIO(b"".join(response)))
        assert ANNA in copy.read("person.json").decode()
        assert response["Cache-Control"] == "no-store, private"

    def test_taking_it_is_in_the_trail_each_time(self, boss, anna, owner):
        do(boss, anna, "copy")
        exports.run(Export.objects.get().pk)
        for _time in range(2):
            assert b"".join(boss.get(at(anna, "data_take")))
        lines = TrailEntry.objects.filter(action="person.copy_taken", actor_id=owner.user_id)
        assert list(lines.values_list("kind", "subject_id")) == [("candidate", anna.candidate_id)] * 2

    def test_it_asks_for_the_password_when_that_was_long_ago(self, sign_in, owner, anna):
        client = sign_in(owner)
        do(client, anna, "copy")
        exports.run(Export.objects.get().pk)
        assert client.get(at(anna, "data_take")).url.startswith("/accounts/reauthenticate/")

    def test_somebody_elses_copy_is_not_handed_out(self, boss, anna, manager, sign_in):
        exports.ask(
            "candidate", anna.candidate_id, company_id=anna.company_id, by_id=manager.user_id, language="en"
        )
        exports.run(Export.objects.get().pk)
        assert boss.get(at(anna, "data_take")).status_code == 404

    def test_the_progress_asks_again_until_it_is_made(self, boss, anna):
        do(boss, anna, "copy")
        going = boss.get(at(anna, "data_copy"))
        assert ("every 1s" in going.content.decode(), going.headers.get("HX-Refresh")) == (True, None)
        exports.run(Export.objects.get().pk)
        made = boss.get(at(anna, "data_copy"))
        assert ("every 1s" in made.content.decode(), made.headers.get("HX-Refresh")) == (False, "true")

    def test_given_up(self, boss, anna):
        do(boss, anna, "copy")
        assert told(do(boss, anna, "give_up"), boss) == ["The copy was given up."]
        assert Export.objects.get().state == "cancelled"
        assert told(do(boss, anna, "give_up"), boss) == []

    def test_one_that_could_not_be_made_says_so(self, boss, anna):
        do(boss, anna, "copy")
        Export.objects.update(state="parked")
        assert "The copy could not be made." in page(boss, anna)


class TestHold:
    UNTIL = str(timezone.localdate() + timedelta(days=30))

    def test_held_with_reason_day_and_name(self, boss, anna):
        do(boss, anna, "hold", reason="A complaint", until=self.UNTIL)
        row = Hold.objects.get()
        assert (row.reason, str(row.until), row.legal, row.subject_id) == (
            "A complaint", self.UNTIL, True, anna.candidate_id,
        )  # fmt: skip
        assert "A complaint" in page(boss, anna)
        assert "Olga" in page(boss, anna)

    def test_sent_twice_it_is_one(self, boss, anna):
        for _time in range(2):
            do(boss, anna, "hold", reason="A complaint", until=self.UNTIL)
        assert Hold.objects.count() == 1

    @pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "2999-01-01", "\0"])
    def test_a_day_that_cannot_be_is_refused_and_the_reason_kept(self, boss, anna, until):
        response = do(boss, anna, "hold", reason="A complaint", until=until)
        assert (response.status_code, Hold.objects.count()) == (422, 0)
        assert 'value="A complaint"' in response.content.decode()

    def test_it_stops_the_erasing_and_says_so(self, boss, anna):
        do(boss, anna, "hold", reason="A complaint", until=self.UNTIL)
        assert "A legal hold keeps this data." in page(boss, anna, "data_erase")
        assert told(boss.post(at(anna, "data_erase")), boss) == [
            "A legal hold keeps this data. Lift the hold first."
        ]
        anna.refresh_from_db()
        assert anna.name == f"{ANNA} name"

    def test_lifted_once_and_only_ones_own(self, boss, anna, owner):
        do(boss, anna, "hold", reason="A complaint", until=self.UNTIL)
        other = make_application(anna.job)
        do(boss, other, "lift", hold=Hold.objects.get().pk)
        assert Hold.objects.get().lifted_at is None
        for number in ("x", "9" * 30, ""):
            assert do(boss, anna, "lift", hold=number).status_code == 302
        do(boss, anna, "lift", hold=Hold.objects.get().pk)
        assert Hold.objects.get().lifted_at is not None
        assert "A complaint" not in page(boss, anna)


class TestErase:
    def test_the_page_lists_what_goes_and_what_stays(self, boss, anna):
        shown = page(boss, anna, "data_erase")
        for words in (
            "What goes",
            "The words go; the dates stay",
            "What stays",
            "Backups",
            "Erase all this now",
        ):
            assert words in shown

    def test_reading_the_page_erases_nobody(self, boss, anna):
        page(boss, anna, "data_erase")
        boss.head(at(anna, "data_erase"))
        assert Application.objects.get().erased_at is None

    def test_a_signed_contract_stays_and_the_page_says_until_when(self, boss, owner):
        hired = planted.make_hired(make_published(owner), ANNA, owner)
        shown = page(boss, hired, "data_erase")
        assert "A signed contract is proof for both sides" in shown
        assert "Until Jan. 8, 2037." in shown
        assert "This person works here." in page(boss, hired)
        boss.post(at(hired, "data_erase"))
        assert Offer.objects.get().signed_name == f"{ANNA} signs"

    def test_erased_and_back_in_the_list(self, boss, anna):
        response = boss.post(at(anna, "data_erase"))
        assert response.url == reverse("hiring:people", args=[anna.job_id])
        assert told(response, boss) == ["Erased. What stays, stays for the counts and for the law."]
        assert planted.found_in_rows(ANNA) == []
        assert boss.get(at(anna)).status_code == 404
        assert boss.post(at(anna, "data_erase")).status_code == 404

    def test_it_asks_for_the_password_when_that_was_long_ago(self, sign_in, owner, anna):
        client = sign_in(owner)
        assert client.post(at(anna, "data_erase")).url.startswith("/accounts/reauthenticate/")
        assert Application.objects.get().erased_at is None


class TestPlan:
    TOMORROW = str(timezone.localdate() + timedelta(days=1))

    def test_on_a_day_with_a_reason_and_called_off(self, boss, anna):
        do(boss, anna, "plan", on=self.TOMORROW, why="Asked by phone")
        row = erasing.planned("candidate", anna.candidate_id)
        assert (str(row.on), row.reason, row.source) == (self.TOMORROW, "Asked by phone", "shop")
        assert "Asked by phone" in page(boss, anna)
        assert told(do(boss, anna, "call_off"), boss) == ["It is not erased on that day."]
        assert erasing.planned("candidate", anna.candidate_id) is None

    @pytest.mark.parametrize("on", ["", "today", str(timezone.localdate()), "2999-01-01"])
    def test_a_day_that_cannot_be_is_refused_and_the_reason_kept(self, boss, anna, on):
        response = do(boss, anna, "plan", on=on, why="Asked by phone")
        assert (response.status_code, Erasure.objects.count()) == (422, 0)
        assert 'value="Asked by phone"' in response.content.decode()

    def test_what_the_person_asked_for_is_not_called_off_by_the_shop(self, boss, anna):
        on = timezone.localdate() + timedelta(days=9)
        erasing.plan("candidate", anna.candidate_id, company_id=anna.company_id, on=on, source="person")
        assert "The person asked for it behind their link." in page(boss, anna)
        assert "It can wait only under a hold" in told(do(boss, anna, "call_off"), boss)[0]
        assert erasing.planned("candidate", anna.candidate_id).on == on
