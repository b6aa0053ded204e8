"""An import's way, with every wrong turn: out of order, twice, by the wrong person, while it runs, after its end."""

import itertools
from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from readiness import assessments, deleted, imports, measured, tasks, ticketlog
from readiness.import_forms import ColumnsForm
from readiness.models import TicketImport
from tests.readiness import logs
from tests.readiness.factories import make_assessment
from tests.readiness.test_imports import BODY, EVENTS, counted, received
from tests.readiness.test_races import in_a_thread
from tests.readiness.test_views import text
from vault import tablefile, work
from vault.models import TrailEntry
from vault.work import State

NAMES = ("upload", "import", "columns", "progress", "cancel", "delete")
CHOSEN = {"shape": "events", "created": "2", "case": "0"}
SMALL = logs.ticket_log(logs.cases_by_week([3] * 6, start=logs.mondays_ago(8)))
TICKETS = {"shape": "tickets", "case": 0, "created": 1, "resolved": 2, "order": "ymd"}
pytestmark = pytest.mark.django_db


def at(name, row=None):
    return reverse(f"readiness:{name}", args=[row.pk] if row else [])


def fresh(row):
    row.refresh_from_db()
    return row


def waiting(member, body=SMALL, mapping=TICKETS):
    row = received(member, body)
    imports.start(row, mapping=mapping, by=member.user)
    return fresh(row)


def actions():
    return list(
        TrailEntry.objects.filter(kind="ticketimport").order_by("pk").values_list("action", flat=True)
    )


# -- who may


@pytest.mark.parametrize("name", NAMES)
def test_who_is_not_signed_in_is_asked_to(client, owner, name):
    row = None if name == "upload" else received(owner)
    assert client.post(at(name, row)).url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("who", ["interviewer", "hire"])
def test_staff_and_new_hires_may_nothing(sign_in, owner, request, name, who):
    row = None if name == "upload" else received(owner)
    assert sign_in(request.getfixturevalue(who)).post(at(name, row)).status_code == 403
    assert TicketImport.objects.filter(state=State.PARKED).count() == (row is not None)


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_manager_may_what_an_owner_may(sign_in, manager, name):
    assert sign_in(manager).post(at(name, received(manager))).status_code in {200, 302}


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_rivals_import_and_none_look_the_same(sign_in, owner, rival, name):
    row, client = received(owner), sign_in(rival)
    theirs = client.post(at(name, row))
    none = client.post(reverse(f"readiness:{name}", args=[row.pk + 1000]))
    assert (theirs.status_code, none.status_code, theirs.content) == (404, 404, none.content)
    assert fresh(row).unmapped


@pytest.mark.parametrize("name", ["cancel", "delete"])
def test_looking_gives_nothing_up(sign_in, owner, name):
    row = counted(owner)
    assert sign_in(owner).get(at(name, row)).status_code == 405
    assert fresh(row).state == State.DONE


@pytest.mark.parametrize("name", ["import", "columns", "progress"])
def test_looking_changes_nothing(sign_in, owner, name):
    row = received(owner)
    before = TicketImport.objects.values().get()
    sign_in(owner).get(at(name, row))
    assert TicketImport.objects.values().get() == before
    assert actions() == ["import.received"]


# -- steps out of order


def test_columns_chosen_twice_are_counted_once(sign_in, owner):
    row, client = received(owner), sign_in(owner)
    assert [client.post(at("columns", row), CHOSEN).url for _ in range(2)] == [at("import", row)] * 2
    imports.run(row.pk)
    imports.run(row.pk)
    assert actions() == ["import.received", "import.started", "import.counted"]


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.DONE, State.CANCELLED])
def test_columns_are_chosen_only_while_they_are_asked_for(sign_in, owner, state):
    row = received(owner)
    TicketImport.objects.update(state=state)
    assert sign_in(owner).post(at("columns", row), CHOSEN).url == at("import", row)
    assert (fresh(row).state, row.mapping) == (state, {})


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.DONE, State.CANCELLED])
def test_only_what_waits_for_its_columns_is_started(owner, state):
    row = received(owner)
    TicketImport.objects.update(state=state)
    assert imports.start(row, mapping=EVENTS, by=owner.user) is False
    assert actions() == ["import.received"]


def test_a_file_that_is_gone_is_not_started(owner):
    row = received(owner)
    TicketImport.objects.update(file=None)
    assert imports.start(row, mapping=EVENTS, by=owner.user) is False


@pytest.mark.parametrize("state", [State.PARKED, State.WAITING, State.RUNNING])
def test_what_is_not_done_is_given_up_with_its_file(owner, state):
    row = received(owner)
    TicketImport.objects.update(state=state, lease_until=timezone.now())
    imports.cancel(row, by=owner.user)
    assert (fresh(row).state, row.file, row.lease_until) == (State.CANCELLED, None, None)
    assert actions() == ["import.received", "import.cancelled"]


def test_given_up_twice_is_given_up_once(sign_in, owner):
    row, client = received(owner), sign_in(owner)
    for _ in range(2):
        assert client.post(at("cancel", row)).url == reverse("readiness:home")
    assert actions().count("import.cancelled") == 1


def test_deleted_twice_is_missing_the_second_time(sign_in, owner):
    row, client = counted(owner), sign_in(owner)
    assert [client.post(at("delete", row)).status_code for _ in range(2)] == [302, 404]


def test_deleted_while_it_is_counted_leaves_nothing(owner, monkeypatch):
    row, real = waiting(owner), ticketlog.read

    def read(*args, tick, **options):
        deleted.delete(row, by=owner)
        tick(1)
        return real(*args, tick=tick, **options)

    monkeypatch.setattr(ticketlog, "read", read)
    imports.run(row.pk)
    assert not TicketImport.objects.exists()
    assert "import.counted" not in actions()


def test_deleted_after_the_last_look_leaves_nothing_either(owner, monkeypatch):
    """The worker has counted everything and is about to write it down."""
    row, real = waiting(owner), measured.log_of

    def log_of(*args, **options):
        deleted.delete(row, by=owner)
        return real(*args, **options)

    monkeypatch.setattr(measured, "log_of", log_of)
    make_assessment(owner.company, by=owner.user)
    imports.run(row.pk)
    assert not TicketImport.objects.exists()
    assert assessments.latest(owner.company).measured == {}


def test_a_lease_that_ran_out_meanwhile_gives_the_row_to_another(owner, monkeypatch):
    row, real = waiting(owner), ticketlog.read
    taken = []

    def read(*args, tick, **options):
        if not taken:
            TicketImport.objects.update(lease_until=timezone.now())
            taken.append(work.claim(TicketImport, row.pk))
            tick(1)
        return real(*args, tick=tick, **options)

    monkeypatch.setattr(ticketlog, "read", read)
    imports.run(row.pk)
    assert (fresh(row).state, row.tries) == (State.RUNNING, 2)
    assert actions() == ["import.received", "import.started"]


def test_while_it_counts_the_lease_is_kept(owner, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    row = work.claim(TicketImport, waiting(owner).pk, lease=imports.LEASE)
    time_machine.shift(timedelta(minutes=4))
    imports._tick(row, 1)
    assert fresh(row).lease_until == timezone.now() + imports.LEASE


@pytest.mark.parametrize(("rows", "of", "percent"), [(0, 100, 0), (50, 100, 50), (100, 100, 95), (7, 0, 95)])
def test_how_far_it_is_never_says_done_before_it_is(owner, rows, of, percent):
    row = work.claim(TicketImport, waiting(owner).pk)
    row.size = of
    imports._tick(row, rows)
    assert fresh(row).percent == percent


# -- the same file again


@pytest.mark.parametrize("state", [State.PARKED, State.WAITING, State.RUNNING, State.DONE])
def test_the_same_bytes_again_are_the_same_import(owner, state):
    row = received(owner)
    TicketImport.objects.update(state=state)
    again, is_new = imports.receive(company=owner.company, by=owner.user, upload=logs.upload(BODY, "b.csv"))
    assert (again, is_new, fresh(row).name, row.state) == (row, False, "log.csv", state)


def test_a_file_sent_again_after_its_week_has_a_week_again(owner):
    row = received(owner)
    TicketImport.objects.update(created_at=timezone.now() - 2 * imports.UNFINISHED_FOR)
    assert imports.forget() == 1
    again = received(owner)
    assert (again.pk, imports.forget(), fresh(row).unmapped) == (row.pk, 0, True)


def test_a_deleted_file_may_come_back_as_a_new_import(owner):
    row = counted(owner)
    deleted.delete(row, by=owner)
    assert counted(owner).pk != row.pk


@pytest.mark.parametrize(
    ("days", "state", "forgotten"),
    [
        (6, State.PARKED, 0),
        (8, State.PARKED, 1),
        (8, State.WAITING, 0),
        (8, State.RUNNING, 0),
        (8, State.DONE, 0),
    ],
)
def test_only_files_nobody_went_on_with_are_forgotten(owner, days, state, forgotten):
    received(owner)
    TicketImport.objects.update(state=state, created_at=timezone.now() - timedelta(days=days))
    assert (imports.forget(), imports.forget()) == (forgotten, 0)


def test_what_the_sweeper_queues_expires_before_the_next_sweep(owner, monkeypatch):
    row, queued = waiting(owner), []
    monkeypatch.setattr(tasks.count, "apply_async", lambda args, expires: queued.append((*args, expires)))
    tasks.sweep()
    assert queued == [(row.pk, tasks.SWEEP_SECONDS)]


# -- what goes wrong


@pytest.mark.parametrize(
    ("bad", "good", "state"), [(1, 1, State.DONE), (2, 1, State.PARKED), (0, 3, State.DONE)]
)
def test_half_of_the_rows_may_be_wrong_and_no_more(owner, bad, good, state):
    rows = [(n, "2024-01-02", "") for n in range(good)] + [(f"x{n}", "never", "") for n in range(bad)]
    row = counted(owner, logs.as_csv(["Ticket", "Created", "Solved"], rows), TICKETS)
    assert (row.state, row.rejected_count) == (state, bad if state == State.DONE else 0)


def test_a_refusal_is_shown_and_keeps_the_file_for_another_choice(sign_in, owner):
    row = counted(owner, BODY, EVENTS | {"created": 1})
    page = text(sign_in(owner).get(at("columns", row)))
    assert row.file.path.exists()
    assert "Nothing was imported." in text(sign_in(owner).get(at("import", row)))
    assert '<option value="2" selected>CompleteTimestamp</option>' in page


def test_an_accident_is_tried_later_and_said_without_its_words(sign_in, owner, monkeypatch):
    row = waiting(owner)
    monkeypatch.setattr(measured, "log_of", lambda *args, **options: {}["canary"])
    with pytest.raises(KeyError):
        imports.run(row.pk)
    assert (fresh(row).state, row.last_error) == (State.WAITING, "KeyError")
    assert 50 < (row.due_at - timezone.now()).total_seconds() <= 60
    assert "canary" not in text(sign_in(owner).get(at("import", row)))


def test_a_nul_far_down_in_a_file_is_only_a_wrong_row(owner):
    """PostgreSQL refuses a NUL in JSON; nobody finds it in the first bytes of the file."""
    rows = [(n, "2024-01-02 10:00", "") for n in range(300)] + [("x", "ne\0ver", "")]
    row = counted(owner, logs.as_csv(["Ticket", "Created", "Solved"], rows), TICKETS)
    assert (row.state, row.rejected) == (State.DONE, [[302, "no_date", "never"]])


def test_the_ticket_numbers_and_words_of_a_log_are_kept_nowhere(owner):
    rows = [(f"CANARY-{n}", "2024-01-02 10:00", "", "Anna CANARY") for n in range(9)]
    row = counted(owner, logs.as_csv(["Ticket", "Created", "Solved", "Customer"], rows), TICKETS)
    kept = str(TicketImport.objects.values().get(pk=row.pk))
    assert (row.state, "CANARY" in kept) == (State.DONE, False)
    assert "CANARY" not in str(list(TrailEntry.objects.values()))


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "Pacific/Auckland", "America/St_Johns", "", "Not/AZone"])
def test_a_ticket_of_this_very_minute_is_possible_in_every_zone(owner, zone):
    owner.company.timezone = zone
    owner.company.save()
    now = timezone.now().replace(microsecond=0)
    cells = [(1, (now - timedelta(hours=n)).isoformat(), "") for n in range(3)]
    row = counted(owner, logs.as_csv(["Ticket", "Created", "Solved"], cells), TICKETS)
    assert (row.state, row.rejected_count) == (State.DONE, 0)


# -- the form of the columns


def form_of(raw, **data):
    table = tablefile.layout(raw)
    return ColumnsForm(data, table=table)


EITHER = logs.as_csv(
    ["Ticket", "Created", "Solved"], [(n, f"0{n}/04/2024", f"0{n}/05/2024") for n in range(1, 9)]
)
SURE = logs.as_csv(["Ticket", "Created", "Solved"], [(1, "03/04/2024", "25/04/2024")])


@pytest.mark.parametrize(
    ("raw", "order", "chosen"),
    [
        (EITHER, "dmy", "dmy"), (EITHER, "mdy", "mdy"), (EITHER, "", None), (EITHER, "ymd", None),
        (SURE, "", "dmy"), (SURE, "dmy", "dmy"), (SURE, "mdy", None), (SMALL, "", "ymd"),
    ],
)  # fmt: skip
def test_how_dates_are_written_is_asked_only_where_it_is_open(raw, order, chosen):
    form = form_of(raw, shape="tickets", created="1", resolved="2", case="0", order=order)
    assert form.is_valid() is (chosen is not None)
    assert (form.mapping()["order"] if chosen else list(form.errors)) == (chosen or ["order"])


def test_created_and_solved_must_be_written_alike():
    raw = logs.as_csv(["Ticket", "Created", "Solved"], [(1, "13/04/2024", "04/25/2024")])
    form = form_of(raw, shape="tickets", created="1", resolved="2", case="0")
    assert list(form.errors) == ["order"]


def test_the_column_of_solved_means_nothing_where_rows_are_events():
    form = form_of(BODY, shape="events", created="2", resolved="1", case="0")
    assert form.is_valid()
    assert form.mapping() == EVENTS


@pytest.mark.parametrize("missing", ["shape", "created"])
def test_what_has_to_be_chosen(missing):
    data = {"shape": "tickets", "created": "1", "case": "0"} | {missing: ""}
    assert list(form_of(SMALL, **data).errors) == [missing]


def test_names_that_are_empty_or_equal_can_still_be_chosen():
    raw = logs.as_csv(["", "When", "When"], [(1, "2024-01-01", "2024-01-02")])
    form = form_of(raw, shape="tickets", created="1", resolved="2", case="0")
    assert [label for _, label in form.fields["created"].choices] == ["1", "When", "When"]
    assert form.is_valid()


# -- the page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_no_more_queries_with_more_imports(sign_in, owner, rows, django_assert_num_queries):
    for n in range(rows):
        counted(owner, logs.ticket_log(logs.cases_by_week([3 + n] * 5)), TICKETS)
    client = sign_in(owner)
    client.get("/")
    with django_assert_num_queries(6):
        client.get(reverse("readiness:home"))


def test_progress_takes_few_queries_because_it_is_asked_every_second(
    sign_in, owner, django_assert_num_queries
):
    row, client = waiting(owner), sign_in(owner)
    client.get("/")
    with django_assert_num_queries(4):
        client.get(at("progress", row))


def test_no_page_reads_the_file_of_an_import(sign_in, owner, django_assert_num_queries):
    row, client = waiting(owner), sign_in(owner)
    client.get("/")
    with django_assert_num_queries(4) as seen:
        client.get(at("import", row))
    assert not [query for query in seen if "importedweek" in query["sql"]]


def test_at_most_a_hundred_wrong_lines_are_listed(sign_in, owner):
    rows = [(n, "2024-01-02", "") for n in range(150)] + [(f"x{n}", "never", "") for n in range(120)]
    row = counted(owner, logs.as_csv(["Ticket", "Created", "Solved"], rows), TICKETS)
    page = text(sign_in(owner).get(at("import", row)))
    assert (page.count("no date that can be read"), page.count("<strong>120</strong>")) == (100, 1)


def test_a_drawing_has_its_table_beside_it(sign_in, owner):
    row = counted(owner, SMALL, TICKETS)
    page = text(sign_in(owner).get(at("import", row)))
    assert page.count('<rect class="bar"') == 2 * len(row.series["weeks"])
    assert page.count('<th scope="row">') == 2 * len(row.series["weeks"]) + 1  # told and counted
    assert page.count('role="img"') == page.count("<figcaption") == 2


@pytest.mark.parametrize("language", ["fi", "ar"])
def test_a_drawing_is_drawn_in_every_language(sign_in, owner, language):
    """A decimal comma in an SVG's attribute would draw nothing at all."""
    row = counted(owner, SMALL, TICKETS)
    owner.user.language = language
    owner.user.save()
    page = sign_in(owner).get(at("import", row)).content.decode()
    drawn = [part.split("></rect>")[0] for part in page.split('<rect class="bar"')[1:]]
    assert drawn != []
    assert not [part for part in drawn if "," in part or not part.isascii()]


# -- two at once


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_people_who_choose_the_columns_at_once_start_it_once(owner):
    row = received(owner, SMALL)
    with transaction.atomic():
        assert imports.start(row, mapping=TICKETS, by=owner.user) is True
        second = in_a_thread(lambda: imports.start(row, mapping=TICKETS, by=owner.user))
        assert second(0.3) is None
    assert second(10) is False
    assert actions().count("import.started") == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_giving_up_waits_for_the_end_of_counting_and_changes_nothing_then(owner):
    row = waiting(owner)
    mine = work.claim(TicketImport, row.pk)
    with transaction.atomic():
        assert work.done(mine, percent=100, file=None)
        second = in_a_thread(lambda: imports.cancel(row, by=owner.user) or "over")
        assert second(0.3) is None
    assert second(10) == "over"
    assert fresh(row).state == State.DONE


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_one_import(owner):
    def send():
        return imports.receive(company=owner.company, by=owner.user, upload=logs.upload(SMALL))

    with transaction.atomic():
        first, is_new = send()
        second = in_a_thread(send)
        assert second(0.3) is None
    assert (second(10), is_new) == ((first, False), True)
    assert TicketImport.objects.count() == 1


@pytest.mark.parametrize("order", [*itertools.permutations(["cancel", "run", "delete"])], ids="-".join)
def test_in_whatever_order_it_ends_nothing_is_half_there(owner, order):
    row = waiting(owner)
    steps = {
        "cancel": lambda: imports.cancel(row, by=owner.user),
        "run": lambda: imports.run(row.pk),
        "delete": lambda: deleted.delete(row, by=owner),
    }
    for step in order:
        steps[step]()
    assert not TicketImport.objects.exists()
    assert assessments.measured_of(owner.company) == {}
