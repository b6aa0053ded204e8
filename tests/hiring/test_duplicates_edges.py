"""Perhaps one person, at the edges: hidden names, erased and deleted, other companies, what settles what."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import undoing
from hiring import duplicates
from hiring.models import Application, Assignment, PersonKey, Said, SamePerson, Stage
from hiring.views.duplicates import line
from tests.hiring.acts import text, url
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_duplicates import applied, candidates, pairs, twice
from vault.models import Erasure, Hold, TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company, manager):
    return make_job(company, members=[manager], title="Helper")


@pytest.fixture
def boss(owner, sign_in):
    return sign_in(owner)


def change(row, **fields):
    Application.everything.filter(pk=row.pk).update(**fields)
    return Application.everything.get(pk=row.pk)


def look_again() -> None:
    Application.everything.update(keys_due=True)
    duplicates.run()


class TestKeys:
    def test_are_kept_of_each_application(self, company, job):
        type(company).objects.filter(pk=company.pk).update(country="FI")
        applied(job, phone="040 123 4567")
        row = PersonKey.objects.get()
        assert (row.email_key, row.phone_key, row.name_key) == ("ada@mail.example", "358401234567", "lind")

    def test_of_ones_own_test_are_empty(self, job):
        applied(job, is_test=True)
        row = PersonKey.objects.get()
        assert (row.email_key, row.phone_key, row.name_key) == ("", "", "")

    def test_follow_what_was_put_right(self, job):
        change(applied(job), email="new@mail.example")
        look_again()
        assert PersonKey.objects.get().email_key == "new@mail.example"

    def test_of_more_than_a_batch_are_all_looked_at(self, job, monkeypatch):
        monkeypatch.setattr(duplicates, "BATCH", 1)
        for _n in range(3):
            make_application(job, name="Ada Lind", email="ada@mail.example")
        assert (duplicates.run(), SamePerson.objects.count()) == (3, 3)

    def test_without_time_nothing_is_looked_at(self, job):
        make_application(job)
        assert (duplicates.run(seconds=0), Application.objects.get().keys_due) == (0, True)


class TestFinding:
    def test_several_who_wrote_nothing_are_not_one(self, job):
        for name in ("Ada Lind", "Otto Berg"):
            applied(job, name=name, email="", phone="")
        assert pairs() == []

    def test_one_word_alike_is_nobody(self, job):
        applied(job, name="Ada Lind", email="a@mail.example")
        applied(job, name="Otto Lind", email="o@mail.example")
        assert pairs() == []

    def test_sure_ones_come_before_those_of_a_like_name(self, job, monkeypatch):
        monkeypatch.setattr(duplicates, "MOST", 1)
        sure = applied(job, name="Otto Berg")
        applied(job, email="other@mail.example")
        last = make_application(job, name="Ada Lind", email="ada@mail.example")
        duplicates.run()
        assert [pair.first for pair in SamePerson.objects.filter(second=last)] == [sure]

    def test_reasons_are_written_anew(self, job):
        _first, second, pair = twice(job)
        change(second, email="new@mail.example")
        look_again()
        pair.refresh_from_db()
        assert pair.reasons == ["name"]

    def test_what_was_said_stays_when_it_is_found_again(self, job, owner):
        _first, _second, pair = twice(job)
        duplicates.somebody_else(pair, by=owner)
        look_again()
        pair.refresh_from_db()
        assert (pair.said, pair.said_by) == (Said.OTHER, owner)

    def test_who_is_one_person_already_is_not_asked_about(self, job):
        first = applied(job)
        second = make_application(job, name="Ada Lind", email="ada@mail.example")
        change(second, candidate=first.candidate_id)
        duplicates.run()
        assert pairs() == []

    def test_two_shops_have_questions_of_their_own(self, job, rival):
        mine, theirs = twice(job)[2], twice(make_job(rival.company))[2]
        assert SamePerson.objects.for_company(job.company_id).get() == mine
        assert SamePerson.objects.for_company(rival.company_id).get() == theirs


class TestTheTableRefuses:
    @pytest.mark.parametrize("turned", [False, True])
    def test_a_pair_twice_or_the_wrong_way_round(self, job, turned):
        first, second, _pair = twice(job)
        ends = (second, first) if turned else (first, second)
        with pytest.raises(IntegrityError), transaction.atomic():
            SamePerson.objects.create(company=job.company, first=ends[0], second=ends[1])

    def test_a_word_nobody_knows(self, job):
        twice(job)
        with pytest.raises(IntegrityError), transaction.atomic():
            SamePerson.objects.update(said="maybe")


class TestDeciding:
    def test_a_deleted_half_is_gone(self, job, owner):
        _first, second, pair = twice(job)
        change(second, deleted_at=timezone.now())
        for verb in (duplicates.same, duplicates.somebody_else):
            with pytest.raises(duplicates.Refused, match="gone"):
                verb(pair, by=owner)

    def test_two_are_two_even_when_one_is_to_be_erased(self, job, owner):
        first, second, pair = twice(job)
        Erasure.objects.create(
            company_id=job.company_id, subject_kind="candidate", subject_id=second.candidate_id,
            on=timezone.localdate(), source=Erasure.Source.PERSON,
        )  # fmt: skip
        duplicates.somebody_else(pair, by=owner)
        assert candidates(first, second) == [first.candidate_id, second.candidate_id]

    def test_grouped_by_way_of_another_is_decided(self, job, owner):
        first, second, pair = twice(job)
        change(second, candidate=first.candidate_id)
        with pytest.raises(duplicates.Decided):
            duplicates.same(pair, by=owner)

    def test_the_trail_names_who_and_which(self, job, owner):
        _first, second, pair = twice(job)
        duplicates.somebody_else(pair, by=owner)
        entry = TrailEntry.objects.get(action="candidate.told_apart")
        assert (entry.actor_id, entry.subject_id, entry.fields) == (owner.user_id, second.pk, ["candidate"])

    def test_another_pair_of_somebody_else_is_not_spoken_of(self, job, owner):
        twice(job)
        for _n in range(2):
            applied(job, name="Otto Berg", email="otto@mail.example")
        mine, other = SamePerson.objects.order_by("pk")
        duplicates.same(mine, by=owner)
        other.refresh_from_db()
        assert (other.said, other.said_by) == (Said.NOTHING, None)


class TestTakingBack:
    def test_not_by_an_interviewer(self, job, owner, interviewer):
        first, second, pair = twice(job)
        row = duplicates.same(pair, by=owner)
        with pytest.raises(undoing.Refused):
            duplicates.take_back(row, row.undoable["grouped"]["mark"], by=interviewer)
        assert candidates(second) == candidates(first)

    def test_by_another_who_leads(self, job, owner, manager):
        first, second, pair = twice(job)
        row = duplicates.same(pair, by=owner)
        duplicates.take_back(row, undoing.offered(row, "grouped", manager), by=manager)
        assert candidates(second) != candidates(first)

    def test_once(self, job, owner):
        row = duplicates.somebody_else(twice(job)[2], by=owner)
        mark = undoing.offered(row, "apart", owner)
        duplicates.take_back(row, mark, by=owner)
        with pytest.raises(undoing.Gone):
            duplicates.take_back(Application.objects.get(pk=row.pk), mark, by=owner)

    def test_not_once_one_of_them_was_erased(self, job, owner):
        row = duplicates.same(twice(job)[2], by=owner)
        change(row, erased_at=timezone.now())
        with pytest.raises(undoing.Gone):
            duplicates.take_back(row, undoing.offered(row, "grouped", owner), by=owner)

    def test_is_a_line_of_the_trail(self, job, owner):
        row = duplicates.same(twice(job)[2], by=owner)
        duplicates.take_back(row, undoing.offered(row, "grouped", owner), by=owner)
        assert TrailEntry.objects.get(action="candidate.grouping_taken_back").subject_id == row.pk


class TestUngroup:
    @pytest.mark.parametrize("why", ["asked", "held"])
    def test_not_who_is_to_go_or_to_stay(self, job, owner, why):
        first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        of = {"company_id": job.company_id, "subject_kind": "candidate", "subject_id": first.candidate_id}
        today = timezone.localdate()
        if why == "asked":
            Erasure.objects.create(on=today, source=Erasure.Source.PERSON, **of)
        else:
            Hold.objects.create(until=today, reason="x", **of)
        with pytest.raises(duplicates.Refused):
            duplicates.ungroup(Application.objects.get(pk=second.pk), by=owner)
        assert candidates(second) == candidates(first)

    def test_of_three_the_other_two_stay_together(self, job, owner):
        first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        third = applied(job)
        duplicates.same(SamePerson.objects.filter(second=third).first(), by=owner)
        duplicates.ungroup(Application.objects.get(pk=second.pk), by=owner)
        one, apart, other = candidates(first, second, third)
        assert (one == other, one == apart) == (True, False)

    def test_from_a_page_that_is_older_than_another_ungrouping(self, job, owner):
        _first, second, pair = twice(job)
        duplicates.same(pair, by=owner)
        stale = Application.objects.get(pk=second.pk)
        duplicates.ungroup(stale, by=owner)
        with pytest.raises(duplicates.Refused):
            duplicates.ungroup(stale, by=owner)


class TestBeside:
    def test_what_is_asked_and_what_is_theirs(self, job, owner):
        first, second, pair = twice(job)
        [row] = duplicates.beside(first, owner)
        assert (row.pk, row.pair, row.reasons) == (second.pk, pair.pk, ["email", "name"])
        duplicates.same(pair, by=owner)
        [row] = duplicates.beside(Application.objects.get(pk=first.pk), owner)
        assert (row.pk, row.pair) == (second.pk, None)

    def test_nothing_once_they_are_two(self, job, owner):
        first, second, pair = twice(job)
        duplicates.somebody_else(pair, by=owner)
        assert (duplicates.beside(first, owner), duplicates.beside(second, owner)) == ([], [])

    @pytest.mark.parametrize("role", ["interviewer", "hire"])
    def test_nobody_sees_beside_what_they_may_not(self, request, job, role):
        first, _second, _pair = twice(job)
        member = request.getfixturevalue(role)
        Assignment.objects.create(company=job.company, application=first, membership=member)
        assert duplicates.beside(first, member) == []

    @pytest.mark.parametrize("field", ["erased_at", "deleted_at"])
    def test_nobody_who_is_gone(self, job, owner, field):
        first, second, _pair = twice(job)
        change(second, **{field: timezone.now()})
        assert duplicates.beside(first, owner) == []

    @pytest.mark.parametrize("n", [1, 3])
    def test_one_query(self, job, owner, n, django_assert_num_queries):
        first = applied(job)
        for _n in range(n):
            applied(job)
        with django_assert_num_queries(1):
            assert len(duplicates.beside(first, owner)) == n


class TestLine:
    @pytest.mark.parametrize(
        ("fields", "named"),
        [({}, False), ({"stage": Stage.PHONE}, True), ({"name_shown_at": "2026-01-01T00:00Z"}, True)],
    )
    def test_names_both_or_neither(self, company, job, fields, named):
        hidden = make_job(company, hide_names=True, title="Packer")
        first, second = applied(hidden), applied(job)
        change(first, **fields)
        shown = line(SamePerson.objects.select_related("first__job", "second__job").get(second=second))
        assert ["Ada" in half["text"] for half in shown["people"]] == [named, named]
        assert [bool(half["url"]) for half in shown["people"]] == [named, named]


class TestPages:
    def decide(self, client, pair, **data):
        return client.post(reverse("hiring:same_person", args=[pair.pk]), data)

    @pytest.mark.parametrize("role", ["interviewer", "hire"])
    def test_only_for_those_who_lead(self, request, sign_in, job, role):
        _first, second, pair = twice(job)
        client = sign_in(request.getfixturevalue(role))
        answers = [client.get("/hiring/duplicates/"), client.post(url("ungroup", second))]
        answers.append(self.decide(client, pair, said="same"))
        assert [answer.status_code for answer in answers] == [403] * 3

    def test_reading_decides_nothing(self, boss, job):
        _first, second, pair = twice(job)
        where = [reverse("hiring:same_person", args=[pair.pk]), url("ungroup", second)]
        assert [boss.get(place).status_code for place in where] == [405, 405]

    def test_a_manager_does_not_ungroup_in_another_job(self, company, owner, manager, sign_in):
        first, second, pair = twice(make_job(company))
        duplicates.same(pair, by=owner)
        assert sign_in(manager).post(url("ungroup", second)).status_code == 403
        assert candidates(second) == candidates(first)

    def test_who_is_to_be_erased_is_said_and_nothing_done(self, boss, job):
        first, second, pair = twice(job)
        Erasure.objects.create(
            company_id=job.company_id, subject_kind="candidate", subject_id=first.candidate_id,
            on=timezone.localdate(), source=Erasure.Source.PERSON,
        )  # fmt: skip
        answer = boss.post(
            reverse("hiring:same_person", args=[pair.pk]), {"said": "same", "at": second.pk}, follow=True
        )
        assert "One of the two is to be erased soon." in text(answer)
        assert len(set(candidates(first, second))) == 2

    def test_who_decided_and_left_the_team_is_somebody(self, boss, job, manager):
        _first, _second, pair = twice(job)
        duplicates.somebody_else(pair, by=manager)
        SamePerson.objects.update(said_by=None)
        assert "Somebody has said already" in text(self.decide(boss, pair, said="same"))

    def test_a_name_is_words_and_no_page(self, boss, job):
        applied(job, name="<b>Ada</b> Lind")
        applied(job, name="<b>Ada</b> Lind")
        assert "<b>Ada" not in text(boss.get("/hiring/duplicates/"))

    def test_the_page_of_a_person_asks_the_same_for_one_and_three(self, boss, job):
        first, counts = applied(job), []
        for more in (1, 2):
            for _n in range(more):
                applied(job)
            boss.get(url("candidate", first))
            with CaptureQueriesContext(connection) as found:
                boss.get(url("candidate", first))
            counts.append(len(found))
        assert counts[0] == counts[1]
