"""Deleted: gone from every page at once, put back for 14 days, then gone for good with its files."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.deleting import Refused
from config import deleted
from config.tasks import purge_deleted
from hiring import applying, closing, copying, notes, panels, questions, requirements
from hiring import deleted as hiring
from hiring.models import (
    Application,
    Assignment,
    Candidate,
    Job,
    JobMember,
    JobTemplate,
    Note,
    Offer,
    Question,
    Requirement,
    Stage,
)
from onboarding import handbook, planning
from onboarding.models import HandbookPage, PlanTemplate
from readiness import assessments, bridging
from readiness import deleted as readiness
from readiness.models import Assessment, BridgePlan, TicketImport
from tests.factories import make_member
from tests.hiring.adverts import make_draft, make_published
from tests.hiring.factories import bring, make_application, make_interview, make_job, make_offer
from tests.readiness import logs
from tests.readiness.factories import make_assessment
from tests.readiness.world import make_import
from vault import erasing, files
from vault.models import StoredFile, TrailEntry

pytestmark = pytest.mark.django_db
OVER = timedelta(days=14, seconds=1)


def by_hand(job, by, name="Ann Typed", **fields):
    cv = SimpleUploadedFile("cv.txt", b"Two years in a tea shop. " * 9)
    person = {"name": name, "email": "ann@mail.example"} | fields
    return applying.enter_by_hand(job, person=person, by=by, cv=cv)


def closed(owner, people=1):
    """A closed job with people who applied, one of them by hand with a CV."""
    job = make_published(owner)
    for _ in range(people):
        make_application(job)
    by_hand(job, owner)
    closing.close(job, by=owner)
    return Job.objects.get(pk=job.pk)


def page(sign_in, member) -> str:
    return sign_in(member).get("/deleted/").content.decode()


def put_back(sign_in, member, kind, pk):
    return sign_in(member).post(reverse("deleted_put_back", args=[kind, pk]))


# -- one of each kind: (kind, what is deleted, its model)


def a_draft(owner):
    return hiring.delete_job(make_draft(owner, title="Draft job"), by=owner)


def a_person(owner):
    ann = by_hand(make_published(owner, hide_names=False), owner)
    hiring.delete_person(ann, by=owner)
    return ann


def a_note(owner):
    note = notes.add(make_application(make_job(owner.company), name="Bo Note"), by=owner, text="Kind")
    notes.delete(note, by=owner)
    return note


def a_requirement(owner):
    row = requirements.add(make_draft(owner), text="Loves tea", by=owner)
    requirements.remove(row, by=owner)
    return row


def a_question(owner):
    row = questions.add(make_draft(owner), text="Why tea?", by=owner)
    questions.remove(row, by=owner)
    return row


def a_template(owner):
    row = copying.save_template(make_draft(owner), name="Tea template", by=owner)
    copying.delete_template(row, by=owner)
    return row


def an_answer(owner):
    row = make_assessment(owner.company, by=owner.user)
    readiness.delete(row, by=owner)
    return row


def an_import(owner):
    row = TicketImport.objects.get(pk=make_import(owner, logs.event_log(logs.cases_by_week([3] * 6))))
    readiness.delete(row, by=owner)
    return row


def a_bridge(owner):
    row = bridging.begin(company=owner.company, kind="chatbot", by=owner)
    readiness.delete(row, by=owner)
    return row


def a_plan(owner):
    row = planning.make(owner.company, by=owner, name="Plan for Saturdays")
    planning.delete(row, by=owner)
    return row


def a_page(owner):
    values = {"shelf": "values", "title": "Wool first", "body": "Kind.", "language": "en"}
    row = handbook.create(company=owner.company, by=owner, **values)
    handbook.archive(row, by=owner)
    return row


KINDS = {
    "handbook": (a_page, HandbookPage.everything, "Wool first"),
    "plan": (a_plan, PlanTemplate.everything, "Plan for Saturdays"),
    "job": (a_draft, Job.everything, "Draft job"),
    "person": (a_person, Application.everything, "Ann Typed"),
    "note": (a_note, Note.everything, "about Bo Note"),
    "requirement": (a_requirement, Requirement.objects, "Loves tea"),
    "question": (a_question, Question.objects, "Why tea?"),
    "template": (a_template, JobTemplate.everything, "Tea template"),
    "answer": (an_answer, Assessment.everything, "·"),
    "import": (an_import, TicketImport.everything, ".csv"),
    "bridge": (a_bridge, BridgePlan.everything, "Tools that take over"),
}


def test_every_kind_is_tried_here():
    assert set(deleted.kinds()) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_it_lies_on_the_page_with_who_and_until_when(owner, rival, sign_in, kind):
    make, _rows, label = KINDS[kind]
    make(owner)
    shown = page(sign_in, owner)
    gone_on = (timezone.localtime() + timedelta(days=14)).strftime("%Y")
    assert [part in shown for part in (label, "deleted by Olga", gone_on)] == [True] * 3
    assert "Nothing was deleted" in page(sign_in, rival)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_put_back_once_by_who_may(owner, interviewer, hire, rival, sign_in, kind):
    make, rows, _label = KINDS[kind]
    row = make(owner)
    stranger, missing = put_back(sign_in, rival, kind, row.pk), put_back(sign_in, rival, kind, 987654321)
    assert (stranger.status_code, stranger.content) == (404, missing.content)
    assert [put_back(sign_in, who, kind, row.pk).status_code for who in (interviewer, hire)] == [403, 403]
    assert [put_back(sign_in, owner, kind, row.pk).status_code for _ in range(2)] == [302, 404]
    now = rows.get(pk=row.pk)
    assert (getattr(now, "deleted_at", None), getattr(now, "retired_at", None)) == (None, None)
    assert TrailEntry.objects.filter(action__endswith=".put_back").count() == 1


@pytest.mark.parametrize("kind", KINDS)
def test_after_14_days_it_goes_for_good_and_not_before(owner, sign_in, kind):
    make, rows, _label = KINDS[kind]
    row = make(owner)
    assert (deleted.purge(), rows.filter(pk=row.pk).count()) == (0, 1)
    with time_machine.travel(timezone.now() + OVER):
        assert put_back(sign_in, owner, kind, row.pk).status_code == 404
        assert (deleted.purge(), deleted.purge()) == (1, 0)
    assert rows.filter(pk=row.pk).count() == 0


@pytest.mark.parametrize("kind", ["nothing", "jobs", "x" * 200])
def test_an_unknown_kind_is_not_there(owner, sign_in, kind):
    assert put_back(sign_in, owner, kind, 1).status_code == 404


def test_the_newest_is_first(owner):
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        a_note(owner)
    an_answer(owner)
    assert [line.kind.code for line in deleted.lines(owner)] == ["answer", "note"]


def test_an_empty_page_says_so_with_one_button(owner, sign_in):
    shown = page(sign_in, owner)
    assert ("Nothing was deleted in the last 14 days." in shown, shown.count("btn-primary")) == (True, 1)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_many(owner, sign_in, n, django_assert_max_num_queries):
    for number in range(n):
        by = make_member(owner.company, "owner", name=f"Owner {number}")
        for make in (a_draft, a_person, a_note, a_question):
            make(by)
    client = sign_in(owner)
    client.get("/deleted/")
    with django_assert_max_num_queries(14):
        shown = client.get("/deleted/").content.decode()
    assert shown.count("Put back") == 4 * n


# -- a job takes everybody with it


def test_a_manager_sees_only_what_is_of_their_jobs(owner, manager, sign_in):
    mine, other = make_draft(owner, title="Mine"), make_draft(owner, title="Other")
    JobMember.objects.create(company=owner.company, job=mine, membership=manager)
    for job in (mine, other):
        hiring.delete_job(job, by=owner)
    shown = page(sign_in, manager)
    assert ("Mine" in shown, "Other" in shown) == (True, False)
    assert put_back(sign_in, manager, "job", other.pk).status_code == 404


def test_a_deleted_job_is_gone_from_every_page(owner, interviewer, sign_in, client):
    job = closed(owner)
    person = Application.objects.order_by("pk").first()
    Assignment.objects.create(company=job.company, application=person, membership=interviewer)
    note = notes.add(person, by=owner, text="Kind")
    interview = make_interview(person, owner)
    status = applying.status_address(person).partition("//")[2].partition("/")[2]
    hiring.delete_job(job, by=owner)
    mine = sign_in(owner)
    paths = [
        reverse(f"hiring:{name}", args=[job.pk]) for name in ("job", "board", "people", "read", "job_edit")
    ]
    paths += [reverse("hiring:candidate", args=[person.pk]), reverse("hiring:note_edit", args=[note.pk])]
    assert [mine.get(path).status_code for path in paths] == [404] * len(paths)
    assert mine.post(reverse("hiring:interview_cancel", args=[interview.pk])).status_code == 404
    public = [reverse("careers:job", args=[job.company.slug, job.slug]), f"/{status}"]
    assert [client.get(path).status_code for path in public] == [404, 404]
    assert job.title not in mine.get("/hiring/").content.decode()
    assert sign_in(interviewer).get(reverse("hiring:candidate", args=[person.pk])).status_code == 404


def test_a_deleted_job_calls_nobody_on_the_first_page(owner, interviewer):
    job = make_published(owner)
    person = make_application(job)
    Assignment.objects.create(company=job.company, application=person, membership=interviewer)
    make_interview(person, owner)
    closing.close(job, by=owner)
    hiring.delete_job(Job.objects.get(pk=job.pk), by=owner)
    assert panels.for_member(owner) == []
    context = panels.for_member(interviewer)[0].context
    assert (context["talks"], context["owed"]) == ([], [])


def test_whoever_went_with_the_job_comes_back_with_it_and_nobody_else(owner, sign_in):
    job = closed(owner, people=2)
    apart = Application.objects.exclude(entered_by=None).get()
    hiring.delete_person(apart, by=owner)
    hiring.delete_job(job, by=owner)
    assert Application.objects.count() == 0
    put_back(sign_in, owner, "job", job.pk)
    assert (Application.objects.count(), Application.everything.count()) == (2, 3)
    assert [line.kind.code for line in deleted.lines(owner)] == ["person"]


def test_a_person_comes_back_only_to_a_job_that_is_there(owner):
    job = closed(owner)
    ann = Application.objects.exclude(entered_by=None).get()
    hiring.delete_person(ann, by=owner)
    hiring.delete_job(job, by=owner)
    with pytest.raises(Refused, match="Put the job back first"):
        hiring.put_back_person(ann, by=owner)


def test_the_address_of_a_deleted_job_is_not_given_away(owner):
    job = closed(owner)
    hiring.delete_job(job, by=owner)
    assert make_published(owner).slug != job.slug


def test_a_deleted_job_goes_with_people_offers_and_files(owner):
    job = closed(owner, people=2)
    paths = [stored.path for stored in StoredFile.objects.all()]
    hiring.delete_job(job, by=owner)
    with time_machine.travel(timezone.now() + OVER):
        purge_deleted()
    left = [model.objects.count() for model in (Candidate, Offer, StoredFile, Requirement, Question)]
    assert (left, Application.everything.count(), Job.everything.count()) == ([0] * 5, 0, 0)
    assert len(paths) == 1


def test_the_bytes_of_a_cv_leave_the_disk(owner, on_commit):
    ann = a_person(owner)
    path = ann.cv.path
    assert path.exists()
    with time_machine.travel(timezone.now() + OVER), on_commit():
        deleted.purge()
    assert not path.exists()


def test_very_many_people_go_some_at_a_time(owner, monkeypatch):
    monkeypatch.setattr(hiring, "BATCH", 2)
    job = closed(owner, people=4)
    hiring.delete_job(job, by=owner)
    left = []
    with time_machine.travel(timezone.now() + OVER):
        for _ in range(3):
            deleted.purge()
            left.append((Application.everything.count(), Job.everything.count()))
    assert left == [(3, 1), (1, 1), (0, 0)]


def test_a_legal_hold_keeps_somebody_until_it_is_lifted(owner):
    ann = a_person(owner)
    held = erasing.hold(
        "candidate",
        ann.candidate_id,
        company_id=ann.company_id,
        reason="A complaint",
        until=timezone.localdate() + timedelta(days=90),
        by_id=owner.user_id,
    )
    with time_machine.travel(timezone.now() + OVER):
        deleted.purge()
        assert Application.everything.filter(pk=ann.pk).exists()
        erasing.lift(held, by_id=owner.user_id)
        deleted.purge()
    assert not Application.everything.filter(pk=ann.pk).exists()


def test_one_that_fails_does_not_hold_up_the_others(owner, monkeypatch, caplog):
    a_note(owner)
    a_draft(owner)
    monkeypatch.setattr(hiring.pipeline, "lock_job", lambda *_a, **_k: 1 / 0)
    with time_machine.travel(timezone.now() + OVER):
        assert deleted.purge() == 1
    assert (Note.everything.count(), Job.everything.count()) == (0, 2)
    assert [
        record.message.partition(" ")[0] for record in caplog.records if record.name == "config.deleted"
    ] == ["job"]


def test_erasing_somebody_finds_them_also_when_deleted(owner):
    ann = a_person(owner)
    erasing.erase("candidate", ann.candidate_id, company_id=ann.company_id, by_id=owner.user_id)
    assert not Application.everything.filter(name="Ann Typed").exists()
    assert StoredFile.objects.count() == 0


# -- what is not deleted


def refused(act, *args, **named) -> str:
    with pytest.raises(Refused) as caught:
        act(*args, **named)
    return str(caught.value)


def test_a_job_on_the_air_is_closed_first(owner):
    job = make_published(owner)
    assert refused(hiring.delete_job, job, by=owner).startswith("Close the job first")
    closing.stop(job, by=owner)
    assert refused(hiring.delete_job, job, by=owner).startswith("Close the job first")


def test_a_draft_with_people_in_the_running_stays(owner):
    draft = make_draft(owner)
    by_hand(draft, owner)
    assert refused(hiring.delete_job, draft, by=owner) == "People are in the running for this job."


def test_a_job_with_a_contract_stays(owner):
    job = make_published(owner)
    bring(make_application(job), Stage.HIRED, owner)
    job.refresh_from_db()
    assert "kept as proof" in refused(hiring.delete_job, job, by=owner)


@pytest.mark.parametrize(("stage", "said"), [(Stage.HIRED, "Only somebody who was entered by hand")])
def test_somebody_hired_stays(owner, stage, said):
    ann = bring(by_hand(make_published(owner), owner), stage, owner)
    assert refused(hiring.delete_person, ann, by=owner).startswith(said)


def test_who_applied_themselves_stays(owner, sign_in):
    ann = make_application(make_published(owner))
    answer = sign_in(owner).post(reverse("hiring:person_delete", args=[ann.pk]))
    assert (answer.status_code, Application.objects.count()) == (302, 1)


def test_a_person_with_a_draft_of_an_offer_may_go(owner):
    ann = bring(by_hand(make_published(owner), owner), Stage.OFFER, owner)
    make_offer(ann, owner)
    hiring.delete_person(ann, by=owner)
    with time_machine.travel(timezone.now() + OVER):
        deleted.purge()
    assert (Application.everything.count(), Offer.objects.count()) == (0, 0)


# -- readiness


def test_without_an_import_the_answers_are_computed_again_and_with_it_once_more(owner):
    make_assessment(owner.company, by=owner.user)
    pk = make_import(
        owner, logs.event_log(logs.cases_by_week([3] * 30, start=logs.mondays_ago(31))), counted=True
    )
    row = TicketImport.objects.select_related("company").get(pk=pk)
    measured = assessments.latest(owner.company).measured
    readiness.delete(row, by=owner)
    assert (measured != {}, assessments.latest(owner.company).measured) == (True, {})
    readiness.put_back(row, by=owner)
    assert assessments.latest(owner.company).measured == measured


def test_the_same_file_can_come_again_and_then_the_old_one_stays_away(owner, sign_in):
    body = logs.event_log(logs.cases_by_week([3] * 6))
    old = TicketImport.objects.get(pk=make_import(owner, body))
    readiness.delete(old, by=owner)
    assert make_import(owner, body) != old.pk
    put_back(sign_in, owner, "import", old.pk)
    assert (TicketImport.objects.count(), TicketImport.everything.count()) == (1, 2)


def test_the_undo_of_deleting_an_answer(owner, sign_in):
    row, client = make_assessment(owner.company, by=owner.user), sign_in(owner)
    client.post(reverse("readiness:answer_delete", args=[row.pk]))
    assert client.get(reverse("readiness:show", args=[row.pk])).status_code == 404
    client.post(reverse("readiness:put_back", args=["answer", row.pk]))
    assert client.get(reverse("readiness:show", args=[row.pk])).status_code == 200


def test_a_deleted_import_is_not_counted_by_a_worker(owner):
    from readiness import imports

    row = an_import(owner)
    TicketImport.everything.filter(pk=row.pk).update(state="waiting")
    imports.run(row.pk)
    assert TicketImport.everything.get(pk=row.pk).state == "waiting"


def test_a_file_of_the_shop_that_nobody_deleted_stays(owner):
    kept = files.store(SimpleUploadedFile("cv.txt", b"Kept. " * 9), company_id=owner.company_id)
    a_person(owner)
    with time_machine.travel(timezone.now() + OVER):
        deleted.purge()
    assert list(StoredFile.objects.values_list("pk", flat=True)) == [kept.pk]
