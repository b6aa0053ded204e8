import pytest
from django.utils import timezone

from readiness import assessments, deleted, imports, measured, tasks, ticketlog
from readiness.models import TicketImport
from tests.readiness import logs
from tests.readiness.factories import make_assessment
from vault import work
from vault.models import StoredFile, TrailEntry
from vault.work import State

EVENTS = {"shape": "events", "case": 0, "created": 2, "resolved": None, "order": "ymd"}
BODY = logs.event_log(logs.growing_and_cut())
pytestmark = pytest.mark.django_db


def received(member, body=BODY):
    return imports.receive(company=member.company, by=member.user, upload=logs.upload(body))[0]


def counted(member, body=BODY, mapping=EVENTS):
    row = received(member, body)
    imports.start(row, mapping=mapping, by=member.user)
    imports.run(row.pk)
    row.refresh_from_db()
    return row


def test_a_file_waits_for_its_columns(owner):
    row = received(owner)
    assert (row.unmapped, row.header) == (True, ["CaseID", "ActivityID", "CompleteTimestamp"])
    assert list(work.due(TicketImport)) == []


def test_counted_and_the_file_is_gone(owner):
    row = counted(owner)
    assert (row.state, row.percent, row.cases, row.rejected_count) == (State.DONE, 100, 1587, 0)
    assert [count for _, count, _ in row.series["weeks"]] == [20 + week for week in range(1, 40)]
    assert row.file is None
    assert not StoredFile.objects.exists()


def test_the_same_file_twice_changes_nothing(owner):
    row = counted(owner)
    again, is_new = imports.receive(
        company=owner.company, by=owner.user, upload=logs.upload(BODY, "other.csv")
    )
    assert (again, is_new, TicketImport.objects.count()) == (row, False, 1)
    assert again.name == "log.csv"


def test_the_same_file_in_another_company_is_another_import(owner, rival):
    assert received(owner) != received(rival)


def test_measured_weeks_replace_the_remembered_and_are_taken_back_with_the_import(owner):
    make_assessment(owner.company, by=owner.user)
    row = counted(owner)
    latest = assessments.latest(owner.company)
    assert latest.measured["measured_week"] == 55.5
    assert latest.result["messages_week"] == 55.5
    deleted.delete(row, by=owner)
    assert assessments.latest(owner.company).result["messages_week"] == 300


def test_counting_twice_is_counting_once(owner):
    row = counted(owner)
    imports.run(row.pk)
    assert TrailEntry.objects.filter(action="import.counted").count() == 1


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("1", "x", "never"), ("2", "x", "never")], "nothing_left"),
        ([("1", "x", "never"), ("2", "x", "never"), ("3", "x", "2024-01-01")], "mostly_wrong"),
    ],
)
def test_a_hopeless_file_imports_nothing(owner, rows, code):
    row = counted(owner, logs.as_csv(["Case", "Activity", "Time"], rows))
    assert (row.state, row.last_error, row.series) == (State.PARKED, code, {})


def test_a_refused_file_may_be_mapped_again(owner):
    row = counted(owner, BODY, EVENTS | {"created": 1})
    assert row.last_error == "nothing_left"
    assert imports.start(row, mapping=EVENTS, by=owner.user) is True
    imports.run(row.pk)
    row.refresh_from_db()
    assert row.state == State.DONE


def test_wrong_rows_are_kept_with_their_lines(owner):
    body = logs.ticket_log([*logs.cases_by_week([9] * 5), (logs.START, logs.START - logs.HOUR)])
    row = counted(owner, body, {"shape": "tickets", "case": 0, "created": 1, "resolved": 2, "order": "ymd"})
    assert row.rejected_count == 1
    assert row.rejected[0][:2] == [47, "ends_before"]


def test_cancelled_while_it_runs_leaves_nothing(owner, monkeypatch):
    row = received(owner)
    imports.start(row, mapping=EVENTS, by=owner.user)
    real = ticketlog.read

    def read(*args, tick, **options):
        imports.cancel(row, by=owner.user)
        tick(1)
        return real(*args, tick=tick, **options)

    monkeypatch.setattr(ticketlog, "read", read)
    imports.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.series, row.file) == (State.CANCELLED, {}, None)


def test_a_cancelled_file_may_be_sent_again(owner):
    row = received(owner)
    imports.cancel(row, by=owner.user)
    again, is_new = imports.receive(company=owner.company, by=owner.user, upload=logs.upload(BODY))
    assert (again.pk, is_new, again.unmapped) == (row.pk, True, True)


def test_what_is_done_is_not_cancelled(owner):
    row = counted(owner)
    imports.cancel(row, by=owner.user)
    row.refresh_from_db()
    assert row.state == State.DONE


def test_a_lost_worker_is_followed_by_another(owner):
    row = received(owner)
    imports.start(row, mapping=EVENTS, by=owner.user)
    work.claim(TicketImport, row.pk)
    imports.run(row.pk)
    TicketImport.objects.update(lease_until=timezone.now())
    imports.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.tries) == (State.DONE, 2)


def test_an_accident_is_tried_again_then_set_aside(owner, monkeypatch):
    row = received(owner)
    imports.start(row, mapping=EVENTS, by=owner.user)
    monkeypatch.setattr(measured, "log_of", lambda *args, **options: 1 / 0)
    for _ in range(3):
        TicketImport.objects.update(due_at=timezone.now())
        with pytest.raises(ZeroDivisionError):
            imports.run(row.pk)
    row.refresh_from_db()
    assert (row.state, row.last_error, row.tries) == (State.PARKED, "ZeroDivisionError", 3)


def test_progress_is_shown(owner):
    row = received(owner)
    imports.start(row, mapping=EVENTS, by=owner.user)
    row = work.claim(TicketImport, row.pk)
    imports._tick(row, row.size // 2)
    row.refresh_from_db()
    assert row.percent in {49, 50}


def test_the_sweeper_queues_what_is_due_and_forgets_what_is_old(owner, rival):
    old = received(owner)
    TicketImport.objects.update(created_at=timezone.now() - 2 * imports.UNFINISHED_FOR)
    fresh = received(rival)
    tasks.sweep()
    old.refresh_from_db()
    fresh.refresh_from_db()
    assert (old.state, old.file, fresh.state) == (State.CANCELLED, None, State.PARKED)


def test_starting_hands_the_number_to_the_queue(owner, on_commit):
    row = received(owner)
    with on_commit() as callbacks:
        imports.start(row, mapping=EVENTS, by=owner.user)
    assert len(callbacks) == 1
    tasks.count(row.pk)
    row.refresh_from_db()
    assert row.state == State.DONE


def test_names_are_cleaned():
    assert imports._clean_name("a\x00b\u202e\n.csv") == "ab.csv"
    assert imports._clean_name("") == "log.csv"
    assert len(imports._clean_name("x" * 500)) == 120


def test_a_file_sent_twice_at_once_is_one_row(owner):
    """Both looked before either was written: the second finds the first."""
    first = received(owner)
    late = TicketImport(company=owner.company, sha256=first.sha256, size=1)
    assert imports._save(late, owner.company, owner.user) == (first, False)
