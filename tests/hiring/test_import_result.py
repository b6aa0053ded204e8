"""What became of an import, and taking it back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hiring import deleted, details, import_result, judging, notes, pipeline, refusals
from hiring.models import Application, How, JobMember, PeopleImport, Stage, Told
from tests.factories import make_member
from tests.hiring.acts import refuse
from tests.hiring.brought import ADA, BO, CARLA, brought, counted, cv, mapped, people, started
from tests.hiring.factories import make_application, make_interview, make_job, make_offer, make_reference
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(company):
    return make_job(company)


def at(name):
    return Application.objects.get(name=name)


def names():
    return list(Application.objects.order_by("number").values_list("name", flat=True))


def test_taken_back_whole(job, owner):
    row = brought(job, owner, ADA, BO, cvs=[cv("Ada Berg.txt")])
    assert (import_result.undo(row, by=owner), names()) == ((2, 0), [])
    row.refresh_from_db()
    assert (row.undone, row.can_be_undone) == (2, False)


def test_who_was_there_before_stays(job, owner):
    make_application(job, name="There before", email=ADA[1])
    import_result.undo(brought(job, owner, ADA, BO), by=owner)
    assert names() == ["There before"]


WORK = {
    "moved": lambda row, by: pipeline.advance(row, to=Stage.PHONE, by=by, expected="cv", how=How.BOARD),
    "refused": lambda row, by: refuse(row, by),
    "marked": lambda row, by: judging.mark_cv(row, by=by, marks={row.job.requirements.first().pk: "met"}),
    "noted": lambda row, by: notes.add(row, by=by, text="Friendly"),
    "planned": lambda row, by: details.plan_next(row, by=by, what="Call", on=None, who=None),
    "assigned": lambda row, by: details.assign(row, by, by=by),
    "talk": lambda row, by: make_interview(row, by),
    "referee": lambda row, by: make_reference(row),
    "offer": lambda row, by: make_offer(row, by),
    "later": lambda row, by: Application.objects.filter(pk=row.pk).update(later_at=timezone.now()),
}


@pytest.mark.parametrize("act", WORK.values(), ids=WORK)
def test_whoever_somebody_went_on_with_stays(job, owner, act):
    row = brought(job, owner, ADA, BO)
    act(at("Ada Berg"), owner)
    assert (import_result.undo(row, by=owner), names()) == ((1, 1), ["Ada Berg"])


def test_whoever_was_written_to_stays(job, owner):
    row = brought(job, owner, ADA, BO)
    refusals.post(at("Ada Berg"), Told.MAIL, owner, key="by hand")
    assert import_result.undo(row, by=owner) == (1, 1)


def test_the_note_of_the_import_itself_is_no_work(job, owner):
    row = brought(job, owner, ADA, CARLA, words={"stage": {"Rejected": "refused"}})
    assert import_result.undo(row, by=owner) == (2, 0)


def test_taken_back_by_an_owner_or_who_did_it(job, company, owner, manager):
    other = make_member(company, "manager")
    for each in (manager, other):
        JobMember.objects.create(company=company, job=job, membership=each)
    row = brought(job, manager, ADA)
    assert [import_result.may_undo(row, each) for each in (owner, manager, other)] == [True, True, False]
    with pytest.raises(pipeline.Refused, match="cannot be taken back"):
        import_result.undo(row, by=other)
    assert names() == ["Ada Berg"]


def test_not_twice_and_not_after_two_weeks(job, owner):
    row = brought(job, owner, ADA)
    PeopleImport.objects.update(ended_at=timezone.now() - timedelta(days=14))
    with pytest.raises(pipeline.Refused):
        import_result.undo(row, by=owner)
    PeopleImport.objects.update(ended_at=timezone.now() - timedelta(days=13))
    import_result.undo(row, by=owner)
    with pytest.raises(pipeline.Refused):
        import_result.undo(row, by=owner)


def test_not_while_it_runs(job, owner):
    assert import_result.may_undo(started(job, owner, ADA), owner) is False


def test_what_was_stopped_half_way_is_taken_back_too(job, owner):
    row = brought(job, owner, ADA)
    PeopleImport.objects.update(state="cancelled")
    assert import_result.undo(row, by=owner) == (1, 0)


def test_taken_back_is_a_line_for_each(job, owner):
    row = brought(job, owner, ADA, BO)
    import_result.undo(row, by=owner)
    actions = list(TrailEntry.objects.order_by("pk").values_list("action", flat=True))[-3:]
    assert actions == ["application.deleted", "application.deleted", "people_import.undone"]


def test_one_of_them_can_be_put_back(job, owner):
    row = brought(job, owner, ADA, BO)
    import_result.undo(row, by=owner)
    deleted.put_back_person(Application.everything.get(name="Ada Berg"), by=owner)
    assert names() == ["Ada Berg"]


def test_after_taking_back_the_same_table_may_come_again(job, owner):
    import_result.undo(brought(job, owner, ADA, BO), by=owner)
    row = brought(job, owner, ADA, BO)
    assert (counted(row), [a.number for a in Application.objects.order_by("pk")]) == ({"entered": 2}, [3, 4])


def test_taking_back_costs_the_same_for_three_as_for_one(job, owner, django_assert_num_queries):
    for n, start in ((1, 1), (3, 9)):
        row = brought(job, owner, *people(n, start))
        with django_assert_num_queries(10):
            import_result.undo(row, by=owner)


def test_for_good_goes_with_the_cv_and_the_line(job, owner):
    row = brought(job, owner, ADA, cvs=[cv("Ada Berg.txt")])
    import_result.undo(row, by=owner)
    deleted.purge_person(Application.everything.get())
    assert (row.lines.count(), Application.everything.count()) == (0, 0)


def test_a_job_that_goes_takes_its_imports_along(job, owner):
    brought(job, owner, ["", "x"])
    mapped(job, owner, ADA)
    deleted.purge_job(job)
    assert PeopleImport.objects.count() == 0


def test_the_last_import_that_was_started(job, owner):
    assert import_result.latest(job) is None
    row = started(job, owner, ADA)
    mapped(job, owner, BO)
    assert import_result.latest(job) == row
