"""Somebody who has applied before is noticed, never put together by itself; people group, undo and ungroup."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts import undoing
from hiring import addresses, contact, duplicates, subjects, tasks
from hiring.models import Application, PersonKey, Said, SamePerson
from tests.hiring.factories import make_application, make_job
from vault import erasing
from vault.models import Erasure, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


def applied(job, **fields):
    """Somebody, looked at by the background work; nobody of the others is like them."""
    row = make_application(job, **{"name": "Ada Lind", "email": "ada@mail.example"} | fields)
    duplicates.run()
    return row


def twice(job, **fields):
    """Ada twice, and the question about her."""
    rows = applied(job), applied(job, **fields)
    return *rows, SamePerson.objects.get(first=rows[0], second=rows[1])


def pairs() -> list[tuple]:
    rows = SamePerson.objects.order_by("pk")
    return [(pair.first_id, pair.second_id, pair.reasons) for pair in rows]


def candidates(*rows) -> list[int]:
    found = dict(Application.everything.values_list("pk", "candidate"))
    return [found[row.pk] for row in rows]


class TestFinding:
    @pytest.mark.parametrize(
        ("fields", "reasons"),
        [
            ({"name": "Otto Berg"}, ["email"]),
            ({"name": "Otto Berg", "email": "ADA@MAIL.EXAMPLE"}, ["email"]),
            ({"name": "Otto Berg", "email": "o@mail.example", "phone": "+358 40 1234567"}, ["phone"]),
            ({"name": "Lind Ada", "email": "o@mail.example"}, ["name"]),
            ({"phone": "0401234567"}, ["email", "phone", "name"]),
        ],
    )
    def test_by_address_phone_and_name(self, company, job, fields, reasons):
        type(company).objects.filter(pk=company.pk).update(country="FI")
        first = applied(job, phone="040 123 4567")
        second = applied(job, **fields)
        assert pairs() == [(first.pk, second.pk, reasons)]

    @pytest.mark.parametrize(
        "fields",
        [{"email": "a.da@mail.example"}, {"email": "ada+shop@mail.example"}, {"email": ""}, {"phone": "x"}],
    )
    def test_somebody_else_is_not_asked_about(self, job, fields):
        applied(job, phone="x")
        applied(job, **{"name": "Otto Berg", "email": "o@mail.example"} | fields)
        assert pairs() == []

    @pytest.mark.parametrize(("others", "asked"), [(1, True), (2, True), (3, False)])
    def test_a_common_name_with_another_address_is_no_question(self, job, others, asked):
        names = ["Ada Lind", "Bo Lind", "Cai Lind"][:others]
        for n, name in enumerate(names):
            applied(job, name=name, email=f"{n}@mail.example")
        last = applied(job, email="new@mail.example")
        assert SamePerson.objects.filter(second=last).exists() == asked

    def test_one_person_who_applied_often_does_not_make_a_name_common(self, job):
        for n in range(4):
            row = applied(job, name="Bo Lind", email=f"{n}@mail.example")
            Application.everything.filter(pk=row.pk).update(
                candidate=Application.everything.earliest("pk").candidate
            )
        applied(job)
        last = applied(job, email="new@mail.example")
        assert SamePerson.objects.get(second=last).reasons == ["name"]

    def test_a_common_name_without_an_address_to_compare_is_asked_about(self, job):
        for n in range(4):
            applied(job, name=f"{'ABCD'[n]}o Lind", email=f"{n}@mail.example")
        first, second = applied(job), applied(job, email="")
        assert pairs() == [(first.pk, second.pk, ["name"])]

    def test_a_first_name_alone_is_no_question(self, job):
        applied(job, name="Ada")
        applied(job, name="Ada", email="new@mail.example")
        assert pairs() == []

    def test_nothing_is_put_together_by_itself(self, job):
        first, second, _pair = twice(job, email="ADA@mail.example")
        assert len(set(candidates(first, second))) == 2

    def test_also_across_the_jobs_of_a_company_never_beyond_it(self, company, job, rival):
        first = applied(job)
        applied(make_job(rival.company))
        second = applied(make_job(company))
        assert [pair[:2] for pair in pairs()] == [(first.pk, second.pk)]

    def test_ones_own_test_is_nobody(self, job):
        applied(job)
        applied(job, is_test=True)
        assert pairs() == []

    def test_a_corrected_address_is_looked_at_again(self, job, owner):
        first = applied(job)
        second = applied(job, name="Otto Berg", email="typo@mail.example")
        addresses.correct(second.pk, "ada@mail.example", owner)
        duplicates.run()
        assert pairs() == [(first.pk, second.pk, ["email"])]

    def test_so_is_somebody_entered_by_hand_and_corrected(self, job, owner):
        first = applied(job)
        second = applied(job, name="Otto Berg", email="typo@mail.example", by=owner)
        contact.correct(second, by=owner, email="ada@mail.example")
        duplicates.run()
        assert pairs() == [(first.pk, second.pk, ["email"])]

    def test_the_work_may_run_twice(self, job):
        twice(job)
        Application.everything.update(keys_due=True)
        tasks.find_same_people()
        assert (len(pairs()), duplicates.run()) == (1, 0)

    def test_nobody_is_asked_about_more_than_a_few(self, job):
        for _ in range(duplicates.MOST + 3):
            make_application(job, name="Ada Lind", email="agency@mail.example")
        last = applied(job, name="Otto Berg", email="agency@mail.example")
        assert SamePerson.objects.filter(second=last).count() == duplicates.MOST

    def test_of_an_erased_person_nothing_is_left(self, job, owner):
        first, second, _pair = twice(job)
        erasing.erase("candidate", first.candidate_id, company_id=first.company_id, by_id=None, source="shop")
        assert (pairs(), list(PersonKey.objects.values_list("pk", flat=True))) == ([], [second.pk])
        Application.everything.update(keys_due=True)
        assert duplicates.run() == 1


class TestDeciding:
    def test_same_person_groups_and_changes_no_word_of_either(self, job, owner):
        first, second, pair = twice(job, email="ADA@mail.example", phone="1")
        duplicates.same(pair, by=owner)
        assert candidates(first, second) == [first.candidate_id] * 2
        second.refresh_from_db()
        assert (second.email, second.phone) == ("ADA@mail.example", "1")
        assert TrailEntry.objects.filter(action="candidate.grouped", subject_id=second.pk).count() == 1

    def test_a_group_takes_its_others_along(self, job, owner):
        first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        third = applied(job)
        duplicates.same(SamePerson.objects.filter(second=third).first(), by=owner)
        assert candidates(first, second, third) == [first.candidate_id] * 3
        assert not SamePerson.objects.open().exists()

    def test_somebody_else_is_not_asked_again_of_any_of_theirs(self, job, owner):
        first, _second, pair = twice(job)
        duplicates.same(pair, by=owner)
        third = applied(job)
        duplicates.somebody_else(SamePerson.objects.filter(second=third).first(), by=owner)
        Application.everything.update(keys_due=True)
        duplicates.run()
        assert not SamePerson.objects.open().exists()
        assert candidates(third) != candidates(first)

    @pytest.mark.parametrize("verb", [duplicates.same, duplicates.somebody_else])
    def test_the_second_answer_changes_nothing(self, job, owner, verb):
        _first, _second, pair = twice(job)
        duplicates.somebody_else(pair, by=owner)
        with pytest.raises(duplicates.Decided) as decided:
            verb(pair, by=owner)
        assert (decided.value.pair.said, decided.value.pair.said_by) == (Said.OTHER, owner)

    def test_who_is_to_be_erased_is_mixed_with_nobody(self, job, owner):
        _first, second, pair = twice(job)
        erasing.plan(
            "candidate", second.candidate_id, company_id=job.company_id, on=timezone.localdate(),
            source=Erasure.Source.PERSON,
        )  # fmt: skip
        with pytest.raises(duplicates.Refused, match="to be erased"):
            duplicates.same(pair, by=owner)

    def test_nor_is_who_is_held(self, job, owner):
        first, _second, pair = twice(job)
        until = timezone.localdate() + timedelta(days=9)
        erasing.hold(
            "candidate", first.candidate_id, company_id=job.company_id, reason="x", until=until, by_id=None
        )
        with pytest.raises(duplicates.Refused, match="kept for a reason"):
            duplicates.same(pair, by=owner)

    def test_the_clock_alone_stops_nobody(self, job, owner):
        first, second, pair = twice(job)
        erasing.plan(
            "candidate", second.candidate_id, company_id=job.company_id, on=timezone.localdate(),
            source=Erasure.Source.CLOCK,
        )  # fmt: skip
        duplicates.same(pair, by=owner)
        assert candidates(second) == candidates(first)

    def test_nobody_is_grouped_with_somebody_gone(self, job, owner):
        first, _second, pair = twice(job)
        Application.everything.filter(pk=first.pk).update(erased_at=timezone.now())
        with pytest.raises(duplicates.Refused, match="gone"):
            duplicates.same(pair, by=owner)


class TestTakingBack:
    def back(self, row, what, by):
        row.refresh_from_db()
        duplicates.take_back(row, undoing.offered(row, what, by), by=by)

    def test_a_grouping(self, job, owner):
        first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        self.back(second, "grouped", owner)
        assert candidates(first, second) == [first.candidate_id, pair.second.candidate_id]
        assert SamePerson.objects.open().get() == pair

    def test_somebody_else(self, job, owner):
        _first, second, pair = twice(job)
        duplicates.somebody_else(pair, by=owner)
        self.back(second, "apart", owner)
        assert SamePerson.objects.open().get() == pair

    def test_not_after_ten_minutes(self, job, owner, settings):
        _first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        second.refresh_from_db()
        mark = undoing.offered(second, "grouped", owner)
        settings.UNDO_MINUTES = 0
        with pytest.raises(undoing.Refused):
            duplicates.take_back(second, mark, by=owner)

    def test_not_when_they_were_grouped_otherwise_since(self, job, owner):
        _first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        duplicates.ungroup(Application.objects.get(pk=second.pk), by=owner)
        with pytest.raises(undoing.Gone):
            self.back(second, "grouped", owner)

    def test_an_ungrouping(self, job, owner):
        first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        duplicates.ungroup(Application.objects.get(pk=second.pk), by=owner)
        self.back(second, "ungrouped", owner)
        assert candidates(second) == candidates(first)
        assert SamePerson.objects.get().said == Said.SAME

    def test_nothing_to_take_back(self, job, owner):
        with pytest.raises(undoing.Gone):
            duplicates.take_back(applied(job), "grouped-00000000", by=owner)


class TestUngroup:
    def test_an_application_stands_alone_and_is_not_asked_about_again(self, job, owner):
        first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        duplicates.ungroup(Application.objects.get(pk=second.pk), by=owner)
        assert candidates(second) != candidates(first)
        assert SamePerson.objects.get().said == Said.OTHER
        Application.everything.update(keys_due=True)
        duplicates.run()
        assert not SamePerson.objects.open().exists()

    def test_one_that_stands_alone_already_does_not(self, job, owner):
        with pytest.raises(duplicates.Refused, match="stands alone"):
            duplicates.ungroup(applied(job), by=owner)


def test_one_person_is_erased_with_all_their_applications(job, owner):
    first, _second, pair = twice(job)
    duplicates.same(pair, by=owner)
    erasing.erase("candidate", first.candidate_id, company_id=job.company_id, by_id=None, source="shop")
    assert set(Application.everything.values_list("name", flat=True)) == {""}
    assert not SamePerson.objects.exists()


def test_locking_nobody_locks_nothing(db):
    subjects.lock()
