"""The question on the person's page and on the list: who is asked, what it tells, and what it never tells."""

import pytest
from django.urls import reverse

from hiring import details, duplicates
from hiring.models import Application, Assignment, JobMember, SamePerson
from tests.hiring.acts import text, url
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_applying import address, application

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper")


@pytest.fixture
def other_job(company):
    return make_job(company, title="Packer")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def ada(job, **fields):
    row = make_application(job, **{"name": "Ada Lind", "email": "ada@mail.example"} | fields)
    duplicates.run()
    return row


def decide(client, said="same", **data):
    return client.post(
        reverse("hiring:same_person", args=[SamePerson.objects.get().pk]), {"said": said, **data}
    )


def people() -> int:
    return len(set(Application.everything.values_list("candidate", flat=True)))


class TestAsked:
    def test_on_the_pages_of_both(self, boss, job, other_job):
        first, second = ada(other_job), ada(job)
        page = text(boss.get(url("candidate", second)))
        assert "This may be the same person as:" in page
        assert "Ada Lind, applicant 1 of Packer" in page
        assert "(same e-mail address, similar name)" in page
        assert "Ada Lind, applicant 1 of Helper" in text(boss.get(url("candidate", first)))

    def test_on_one_list(self, boss, job, other_job):
        assert "Nobody seems to have applied twice" in text(boss.get("/hiring/duplicates/"))
        ada(other_job), ada(job)
        page = text(boss.get("/hiring/duplicates/"))
        assert ("applicant 1 of Packer" in page, "applicant 1 of Helper" in page) == (True, True)

    def test_the_list_goes_on_by_key(self, boss, job, monkeypatch):
        monkeypatch.setattr("hiring.views.duplicates.ROWS", 1)
        ada(job), ada(job), ada(job)
        first, second, third = SamePerson.objects.order_by("-pk")
        page = text(boss.get("/hiring/duplicates/"))
        assert (f"/{first.pk}/" in page, f"/{second.pk}/" in page) == (True, False)
        page = text(boss.get(f"/hiring/duplicates/?before={first.pk}", headers={"HX-Request": "true"}))
        assert ("<html" in page, f"duplicates/{second.pk}/" in page, f"/{third.pk}/" in page) == (
            False,
            True,
            False,
        )

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣"])
    def test_an_odd_place_in_the_list_is_its_beginning(self, boss, job, before):
        ada(job), ada(job)
        assert "Same person" in text(boss.get("/hiring/duplicates/", {"before": before}))

    @pytest.mark.parametrize("n", [1, 3])
    def test_queries_do_not_grow(self, owner, sign_in, job, n, django_assert_num_queries):
        for at in range(n):
            ada(job, name=f"Otto {at}", email=f"o{at}@mail.example")
            ada(job, name=f"Berg {at}", email=f"o{at}@mail.example")
        client = sign_in(owner)
        client.get("/hiring/duplicates/")
        with django_assert_num_queries(4):
            client.get("/hiring/duplicates/")


class TestHidden:
    @pytest.fixture
    def hidden(self, company):
        return make_job(company, hide_names=True, title="Packer")

    def test_neither_is_named_and_nothing_leads_to_a_name(self, boss, job, hidden):
        first, second = ada(hidden), ada(job)
        for page in (boss.get("/hiring/duplicates/"), boss.get(url("candidate", first))):
            assert "Ada" not in text(page)
            assert f'href="/hiring/people/{second.pk}/"' not in text(page)
            assert "pplicant 1 of Helper" in text(page)

    def test_once_the_name_is_shown_both_are(self, boss, owner, job, hidden):
        first, second = ada(hidden), ada(job)
        details.show_name(first, by=owner)
        assert f'href="/hiring/people/{second.pk}/"' in text(boss.get(url("candidate", first)))

    def test_other_applications_are_no_way_around(self, boss, owner, job, hidden):
        first, second = ada(hidden), ada(job)
        duplicates.same(SamePerson.objects.get(), by=owner)
        page = text(boss.get(url("candidate", first)))
        assert ("Helper" in page, f'href="/hiring/people/{second.pk}/"' in page) == (True, False)


class TestWho:
    def test_a_manager_does_not_learn_of_jobs_they_are_not_on(self, manager, sign_in, job, other_job):
        mine, theirs = ada(job), ada(other_job)
        client = sign_in(manager)
        for page in (client.get(url("candidate", mine)), client.get("/hiring/duplicates/")):
            assert ("Packer" in text(page), "same person" in text(page)) == (False, False)
        assert (decide(client).status_code, people()) == (403, 2)
        JobMember.objects.create(company=job.company, job=other_job, membership=manager)
        assert "applicant 1 of Packer" in text(client.get(url("candidate", mine)))
        assert theirs.pk

    def test_nor_of_what_an_owner_grouped(self, owner, manager, sign_in, job, other_job):
        mine, _theirs = ada(job), ada(other_job)
        duplicates.same(SamePerson.objects.get(), by=owner)
        assert "Packer" not in text(sign_in(manager).get(url("candidate", mine)))

    @pytest.mark.parametrize("name", ["data", "data_copy", "data_take", "data_erase"])
    def test_nor_gets_the_data_of_all_of_it(self, owner, manager, sign_in, job, other_job, name):
        mine, _theirs = ada(job), ada(other_job)
        duplicates.same(SamePerson.objects.get(), by=owner)
        assert sign_in(manager).get(url(name, mine)).status_code == 403

    def test_an_interviewer_is_not_asked(self, interviewer, sign_in, job):
        first, _second = ada(job), ada(job)
        Assignment.objects.create(company=job.company, application=first, membership=interviewer)
        assert "same person" not in text(sign_in(interviewer).get(url("candidate", first)))
        assert decide(sign_in(interviewer)).status_code == 403

    def test_another_company_finds_nothing(self, rival, sign_in, job):
        first, _second = ada(job), ada(job)
        client = sign_in(rival)
        assert "applicant" not in text(client.get("/hiring/duplicates/"))
        assert (decide(client).status_code, client.post(url("ungroup", first)).status_code) == (404, 404)


class TestAnswers:
    def test_same_person_shows_the_other_application_with_a_way_back(self, boss, job, other_job):
        ada(other_job)
        second = ada(job)
        page = text(boss.post(url_of_pair(), {"said": "same", "at": second.pk}, follow=True))
        assert "The same person's other applications:" in page
        assert f"{url('take_back', second)}?mark=grouped-" in page
        assert people() == 1

    def test_undo_from_the_page(self, boss, job):
        ada(job)
        second = ada(job)
        decide(boss, at=second.pk)
        mark = Application.objects.get(pk=second.pk).undoable["grouped"]["mark"]
        boss.post(f"{url('take_back', second)}?mark={mark}")
        assert people() == 2

    def test_somebody_else_is_said_once(self, boss, job):
        ada(job), ada(job)
        assert "Nobody is asked again" in text(boss.post(url_of_pair(), {"said": "other"}, follow=True))
        assert "Same person" not in text(boss.get("/hiring/duplicates/"))

    @pytest.mark.parametrize(("said", "words"), [("same", "one person"), ("other", "two people")])
    def test_who_comes_second_is_told_who_was_first(self, boss, manager, job, said, words):
        ada(job), ada(job)
        {"same": duplicates.same, "other": duplicates.somebody_else}[said](
            SamePerson.objects.get(), by=manager
        )
        answer = decide(boss)
        assert answer.status_code == 409
        assert f"Mika has said already that they are {words}" in text(answer)

    @pytest.mark.parametrize("said", ["", "yes", "SAME"])
    def test_another_word_changes_nothing(self, boss, job, said):
        ada(job), ada(job)
        assert (decide(boss, said).status_code, people()) == (302, 2)

    @pytest.mark.parametrize("at", ["", "x", "999999", "https://evil.example"])
    def test_the_way_back_is_ours(self, boss, job, at):
        ada(job), ada(job)
        assert decide(boss, at=at)["Location"] == "/hiring/duplicates/"

    def test_ungroup(self, boss, owner, job):
        ada(job)
        second = ada(job)
        duplicates.same(SamePerson.objects.get(), by=owner)
        assert "stands alone now" in text(boss.post(url("ungroup", second), follow=True))
        assert people() == 2
        assert "stands alone already" in text(boss.post(url("ungroup", second), follow=True))

    def test_why_not_is_said(self, boss, job):
        first, _second = ada(job), ada(job)
        Application.everything.filter(pk=first.pk).update(deleted_at=first.submitted_at)
        assert decide(boss).status_code == 403


def url_of_pair() -> str:
    return reverse("hiring:same_person", args=[SamePerson.objects.get().pk])


class TestFaultsElsewhere:
    """Seen in other systems: the public form tells, or writes to whoever applied before."""

    def form(self, client, job, **fields):
        sent = application(
            job, **{"name": "Eve", "email": "ADA@mail.example", "phone": "+358 40 7654321"} | fields
        )
        return client.post(address(job), sent, follow=True)

    def test_typing_the_same_address_overwrites_nobody(self, client, job):
        first = ada(job)
        self.form(client, job)
        kept = Application.objects.get(pk=first.pk)
        assert (kept.name, kept.email, kept.phone) == ("Ada Lind", "ada@mail.example", "")
        assert (Application.objects.count(), people()) == (2, 2)

    def test_the_form_says_the_same_to_whoever_applied_before(self, client, job):
        fresh = text(self.form(client, job, email="new@mail.example"))
        ada(job)
        again = text(self.form(client, job, key="another-form-0123456789"))
        assert [word in again for word in ("already", "before", "duplicate")] == [
            word in fresh for word in ("already", "before", "duplicate")
        ]

    def test_an_address_in_capitals_is_a_question_not_a_second_person_for_ever(self, client, job, boss):
        ada(job)
        self.form(client, job)
        duplicates.run()
        assert "same e-mail address" in text(boss.get("/hiring/duplicates/"))
