"""What applicants ask for behind their link."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hiring import applying, pipeline, wishes
from hiring.models import Application, How, Reason, Told
from mailroom.models import Mail
from tests.accounts.post import last_mail, link_in
from tests.hiring.adverts import make_published
from tests.hiring.factories import make_application
from tests.vault import planted
from vault import erasing, exports
from vault.models import Erasure, Export, Link, TrailEntry

pytestmark = pytest.mark.django_db
ANNA, NELE = "qwzanna", "qwznele"


@pytest.fixture
def anna(owner):
    return planted.make_applicant(make_published(owner), ANNA, owner, offered=False)


@pytest.fixture
def token(anna):
    return applying.status_address(anna).rstrip("/").rpartition("/")[2]


def at(token, name="status_data") -> str:
    return reverse(f"hiring_links:{name}", args=[token])


def page(client, token, name="status_data") -> str:
    return client.get(at(token, name)).content.decode()


def do(client, token, action) -> list[str]:
    response = client.post(at(token), {"do": action}, follow=True)
    return [str(message) for message in response.context["messages"]]


def refuse(application, owner):
    application.refresh_from_db()
    pipeline.not_select(
        application,
        by=owner,
        expected=application.standing,
        reason=Reason.HOURS,
        tell=Told.PHONE,
        how=How.PAGE,
    )


class TestPage:
    def test_it_says_what_is_held_what_for_and_how_long(self, client, token):
        shown = page(client, token)
        for words in (
            "This is what Lumi holds of you",
            "Choose somebody for a role",
            "Answers",
            "in confidence",
        ):
            assert words in shown

    def test_it_does_not_say_what_was_written(self, client, token, anna):
        assert f"{ANNA} seems nice" not in page(client, token)

    def test_the_status_page_leads_to_it(self, client, token):
        assert f'href="{at(token)}"' in page(client, token, "status")

    def test_a_token_for_something_else_opens_nothing(self, client, token):
        for name in ("status_data", "status_erase"):
            assert "This link does not work any more." in page(client, f"{token}x", name)
        assert client.get(at(token, "copy")).content == client.get(at("unknown", "copy")).content

    def test_reading_and_buttons_nobody_made_change_nothing(self, client, token):
        for name in ("status_data", "status_erase"):
            client.get(at(token, name))
            client.head(at(token, name))
        client.post(at(token), {"do": "everything"})
        assert (Export.objects.count(), Erasure.objects.count()) == (0, 0)


class TestCopy:
    def make(self, client, token) -> str:
        """The address in the mail."""
        do(client, token, "copy")
        exports.run(Export.objects.latest("pk").pk)
        return link_in(last_mail(f"{ANNA}@mail.example"))

    def test_the_link_goes_to_the_address_they_applied_with(self, client, token, anna):
        assert do(client, token, "copy") == [
            "A mail with the link to your copy comes to the address you applied with."
        ]
        address = self.make(client, token)
        assert address.startswith("/my/data/")
        assert [mail.recipient for mail in Mail.objects.filter(message="data_copy")] == [
            f"{ANNA}@mail.example"
        ]

    def test_it_hands_the_file_out_once(self, client, token):
        address = self.make(client, token)
        assert "The button works once." in client.get(address).content.decode()
        client.head(address)
        copy = zipfile.ZipFile(io.BytesIO(b"".join(client.post(address))))
        assert ANNA in copy.read("person.json").decode()
        again = client.post(address)
        assert (again.status_code, "does not work any more" in again.content.decode()) == (404, True)

    def test_the_trail_says_that_the_link_took_it(self, client, token, anna):
        assert b"".join(client.post(self.make(client, token)))
        entry = TrailEntry.objects.get(action="person.copy_taken")
        assert (entry.by_link, entry.actor_id, entry.subject_id) == ("data", None, anna.candidate_id)

    def test_after_a_week_it_is_gone(self, client, token, time_machine):
        address = self.make(client, token)
        time_machine.move_to(timezone.now() + timedelta(days=8))
        assert client.post(address).status_code == 404

    def test_used_expired_and_unknown_links_answer_alike(self, client, token):
        address = self.make(client, token)
        assert b"".join(client.post(address))
        used, unknown = client.get(address), client.get("/my/data/unknown/")
        assert used.content == unknown.content

    def test_asked_again_while_it_is_made_it_is_one(self, client, token):
        do(client, token, "copy")
        assert do(client, token, "copy") == ["You asked for this already. Please look into your mail."]
        assert Export.objects.count() == 1

    def test_three_a_day_are_enough(self, client, token, time_machine):
        for _time in range(3):
            self.make(client, token)
        assert do(client, token, "copy") == ["You asked for this already. Please look into your mail."]
        time_machine.move_to(timezone.now() + timedelta(hours=25))
        assert "A mail with the link" in do(client, token, "copy")[0]

    def test_without_an_address_there_is_no_mail(self, client, owner):
        nobody = make_application(make_published(owner), email="")
        token = applying.status_address(nobody).rstrip("/").rpartition("/")[2]
        assert do(client, token, "copy") == [
            "The shop has no address of yours to send it to. Please ask the shop."
        ]
        assert Export.objects.count() == 0

    def test_what_the_owner_asks_for_is_not_mailed_to_anybody(self, anna, owner):
        exports.ask(
            "candidate", anna.candidate_id, company_id=anna.company_id, by_id=owner.user_id, language="en"
        )
        exports.run(Export.objects.get().pk)
        assert Mail.objects.filter(message="data_copy").count() == 0


class TestErasing:
    def ask(self, client, token):
        return client.post(at(token, "status_erase"))

    def test_the_page_says_what_happens_before_anything_does(self, client, token, anna):
        shown = page(client, token, "status_erase")
        assert "Your application is taken back at once." in shown
        assert "on Nov" in shown or str(timezone.localdate().year) in shown
        anna.refresh_from_db()
        assert anna.outcome == "active"

    def test_taken_back_at_once_and_erased_today(self, client, token, anna):
        self.ask(client, token)
        anna.refresh_from_db()
        row = erasing.planned("candidate", anna.candidate_id)
        assert (anna.outcome, row.on, row.source) == ("withdrawn", timezone.localdate(), "person")
        assert "All of it is erased on" in page(client, token)

    def test_whoever_was_refused_waits_until_they_can_no_longer_complain(self, client, token, anna, owner):
        refuse(anna, owner)
        self.ask(client, token)
        row = erasing.planned("candidate", anna.candidate_id)
        assert row.on == timezone.localdate() + timedelta(days=365)  # Finland

    def test_one_receipt_however_often_they_ask(self, client, token):
        for _time in range(2):
            self.ask(client, token)
        mails = Mail.objects.filter(message="data_erasing")
        assert [mail.recipient for mail in mails] == [f"{ANNA}@mail.example"]
        assert Erasure.objects.count() == 1

    def test_then_nothing_is_left_of_them_and_the_link_is_dead(self, client, token, anna):
        self.ask(client, token)
        erasing.erase("candidate", anna.candidate_id, company_id=anna.company_id)
        planted.sweep_files()
        assert planted.found_in_rows(ANNA) == []
        assert "This link does not work any more." in page(client, token, "status")

    def test_an_earlier_day_that_the_shop_set_stays(self, client, token, anna, owner):
        refuse(anna, owner)
        soon = timezone.localdate() + timedelta(days=3)
        erasing.plan("candidate", anna.candidate_id, company_id=anna.company_id, on=soon, source="shop")
        self.ask(client, token)
        row = erasing.planned("candidate", anna.candidate_id)
        assert (row.on, row.source) == (soon, "person")

    def test_whoever_works_here_asks_the_shop(self, client, owner):
        hired = planted.make_hired(make_published(owner), ANNA, owner)
        token = applying.status_address(hired).rstrip("/").rpartition("/")[2]
        assert "You work here" in page(client, token, "status_erase")
        assert self.ask(client, token).status_code == 200
        assert erasing.planned("candidate", hired.candidate_id) is None


def test_links_of_other_people_stay_alive(client, anna, owner, token):
    nele = planted.make_applicant(anna.job, NELE, owner, offered=False)
    wishes.ask_erasing(Application.objects.get(pk=nele.pk))
    erasing.erase("candidate", nele.candidate_id, company_id=nele.company_id)
    assert client.get(at(token)).status_code == 200
    assert Link.objects.filter(subject_id=anna.pk, subject_kind="application").exists()
