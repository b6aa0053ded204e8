"""Four kinds of files by one page: recognised, corrected, remembered, put together, and kept free of people."""

import pytest
from django.urls import reverse

from readiness import assessments, counting, deleted, filekinds, imports, mailbox
from readiness.models import Counted, ImportedWeek, ImportKind, TicketImport
from tests.readiness import logs
from tests.readiness.test_imports import received
from tests.readiness.test_mailbox import ANNA, BEN, SHOP, mail
from tests.readiness.test_shopdata import orders, reviews
from tests.readiness.test_views import text
from vault.models import StoredFile

pytestmark = pytest.mark.django_db
TICKETS = {"shape": "tickets", "case": 0, "created": 1, "resolved": 2, "order": "ymd"}
ORDERS = orders([0, *[4] * 26, *[6] * 8, 1])
STARS = reviews([[5], *[[5, 4]] * 26, *[[4, 2]] * 8, [1]])
BOX = b"".join(
    mail(who, SHOP, f"Anna Bell: order {n} late", n) for n, who in enumerate([ANNA, BEN, ANNA, BEN])
) + mail(SHOP, ANNA, "Re: Anna Bell: order 0 late", 5)


def done(member, body, mapping, name="log.csv"):
    upload = logs.upload(body, name)
    row, _ = imports.receive(company=member.company, by=member.user, upload=upload)
    imports.start(row, mapping=mapping, by=member.user)
    imports.run(row.pk)
    row.refresh_from_db()
    return row


def log(start_week, weeks, count, **options):
    cases = logs.cases_by_week([count] * weeks, start=logs.START + start_week * logs.WEEK)
    return logs.ticket_log(cases, **options)


@pytest.mark.parametrize(
    ("header", "system"),
    [
        (["Ticket ID", "Ticket created - Timestamp", "Ticket solved - Timestamp"], "Zendesk"),
        (["Id", "Created at", "Solved at"], "Zendesk"),
        (["Ticket id", "Creation date", "Closed date"], "Gorgias"),
        (["Number", "Created At", "Closed At"], "Help Scout"),
        (["Ticket ID", "Created time", "Resolved time"], "Freshdesk"),
    ],
)
def test_exports_of_help_desks_are_recognised(sign_in, owner, header, system):
    rows = [(n, created, ended) for n, (created, ended) in enumerate(logs.cases_by_week([3] * 5))]
    row = received(owner, logs.as_csv(header, rows))
    page = text(sign_in(owner).get(reverse("readiness:columns", args=[row.pk])))
    assert f"Recognised: an export of {system}." in page
    assert f'<option value="1" selected>{header[1]}</option>' in page


@pytest.mark.parametrize(
    ("body", "kind"),
    [(ORDERS, "orders"), (STARS, "reviews"), (log(0, 5, 3), "tickets"), (BOX, "mailbox")],
)
def test_what_it_is_is_recognised(owner, body, kind):
    assert received(owner, body).kind == kind


def test_orders_are_counted_and_speak(sign_in, owner):
    row, client = received(owner, ORDERS), sign_in(owner)
    address = reverse("readiness:columns", args=[row.pk])
    assert "Recognised: an export of Shopify." in text(client.get(address))
    posted = {"when": "5", "key": "0", "amount": "4", "customer": "1", "cancelled": "6"}
    assert client.post(f"{address}?kind=orders", posted).status_code == 302
    imports.run(row.pk)
    page = text(client.get(reverse("readiness:import", args=[row.pk])))
    assert "6 orders in a week lately; before it was 4." in page
    assert "x.example" not in str(list(ImportedWeek.objects.values())) + page


def test_another_kind_may_be_chosen(sign_in, owner):
    row, client = received(owner, STARS), sign_in(owner)
    address = reverse("readiness:columns", args=[row.pk]) + "?kind=tickets"
    assert "When it was solved" in text(client.get(address))
    client.post(address, {"shape": "tickets", "created": "2", "case": "0"})
    row.refresh_from_db()
    assert (row.kind, row.mapping["created"]) == ("tickets", 2)


def test_the_next_file_with_the_same_columns_is_filled_in(sign_in, owner, rival):
    done(owner, log(0, 9, 3), TICKETS | {"resolved": None})
    row, client = received(owner, log(12, 9, 3)), sign_in(owner)
    page = text(client.get(reverse("readiness:columns", args=[row.pk])))
    assert "A file with the same columns was imported on" in page
    assert '<select name="resolved" class="form-select" id="id_resolved"> <option value="" selected' in page
    theirs = received(rival, log(12, 9, 3))
    other = text(sign_in(rival).get(reverse("readiness:columns", args=[theirs.pk])))
    assert "was imported on" not in other


def test_files_one_after_the_other_are_put_together(owner):
    done(owner, log(0, 6, 5), TICKETS)
    done(owner, log(4, 6, 7), TICKETS)
    series = assessments.series_of(owner.company)
    assert [count for _, count, _ in series["weeks"]] == [5] * 4 + [7] * 4


def test_of_the_same_weeks_somebody_chooses(sign_in, owner):
    first, second = done(owner, log(0, 9, 5), TICKETS), done(owner, log(0, 9, 8), TICKETS)
    client = sign_in(owner)
    assert (first.asking, second.asking) == (False, True)
    assert Counted.objects.get().series["weeks"][0][1] == 5
    address = reverse("readiness:which", args=[second.pk])
    assert "7 weeks that others have too, with 56 counted" in text(client.get(address))
    client.post(address, {"counts": str(second.pk)})
    assert Counted.objects.get().series["weeks"][0][1] == 8
    client.post(address, {"counts": str(first.pk)})
    assert Counted.objects.get().series["weeks"][0][1] == 5
    assert not TicketImport.objects.filter(asking=True).exists()


@pytest.mark.parametrize("counts", ["", "0", "x", "9" * 30])
def test_only_one_of_these_files_is_chosen(sign_in, owner, counts):
    done(owner, log(0, 9, 5), TICKETS)
    row = done(owner, log(0, 9, 8), TICKETS)
    page = text(sign_in(owner).post(reverse("readiness:which", args=[row.pk]), {"counts": counts}))
    assert "Choose" in page
    assert TicketImport.objects.get(pk=row.pk).asking is True


def test_deleting_gives_the_weeks_back_to_the_other(owner):
    first, second = done(owner, log(0, 9, 5), TICKETS), done(owner, log(0, 9, 8), TICKETS)
    deleted.delete(first, by=owner)
    assert Counted.objects.get().series["weeks"][0][1] == 8
    deleted.delete(second, by=owner)
    assert not Counted.objects.exists()


def test_a_mailbox_is_counted_without_its_people(sign_in, owner):
    row = done(owner, BOX, {"own": [SHOP]}, "in.mbox")
    assert (row.state, row.kind, StoredFile.objects.count()) == ("done", ImportKind.MAILBOX, 0)
    kept = str(list(TicketImport.objects.values()) + list(Counted.objects.values()))
    assert "Anna" not in kept and ANNA not in kept  # noqa: PT018


def test_names_addresses_and_numbers_leave_a_subject():
    plain = mailbox.without_people("Anna Bell (anna@x.example) asks about order 12", {"anna", "bell"})
    assert [word for word in ("Anna", "Bell", "@", "12") if word in plain] == []
    assert "asks about order" in plain


def test_what_one_person_alone_repeats_is_not_shown():
    talks = [mailbox.Conversation(logs.START, "My divorce", who=1)] * 5
    assert mailbox.repeated(talks) == (1.0, [])


def test_rows_left_out_are_a_file_no_spreadsheet_runs(sign_in, owner):
    rows = [(n, "2024-01-02", "") for n in range(9)] + [("x", "=1+1", "")]
    row = done(owner, logs.as_csv(["Ticket", "Created", "Solved"], rows), TICKETS)
    sheet = sign_in(owner).get(reverse("readiness:left_out", args=[row.pk]))
    assert sheet.content.decode().splitlines()[1] == "11,no date that can be read,'=1+1"


def test_whose_mailbox_it_is_must_be_an_address(sign_in, owner):
    row, client = received(owner, BOX), sign_in(owner)
    address = reverse("readiness:columns", args=[row.pk])
    assert "not-an-address is not an e-mail address." in text(client.post(address, {"own": "not-an-address"}))
    assert SHOP in text(client.get(address))


def test_large_files_reach_only_who_is_signed_in(rf, owner):
    from django.contrib.auth.models import AnonymousUser

    from vault.uploads import LARGEST_MB, MOST_FILES, _allowed

    asked = rf.post(reverse("readiness:upload"))
    asked.user = owner.user
    assert _allowed(asked) == (imports.LARGEST_MB, MOST_FILES)
    asked.user = AnonymousUser()
    assert _allowed(asked) == (LARGEST_MB, MOST_FILES)


def test_the_place_of_the_first_file_is_in_front(owner):
    row = done(owner, log(0, 9, 5), TICKETS)
    assert (row.precedence, row.asking, counting.overlapping(row)) == (1, False, [])
    assert set(filekinds.READERS) == set(ImportKind)
