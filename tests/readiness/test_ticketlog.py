import datetime
import random
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import ticketlog
from readiness.ticketlog import EVENTS, TICKETS
from tests.readiness import logs
from vault import moments, tablefile
from vault.tablefile import Unreadable

LATEST = datetime.datetime(2027, 1, 1)
UTC = zoneinfo.ZoneInfo("UTC")
CASES = logs.cases_by_week([3, 4])
WHOLE = {"shape": TICKETS, "case": 0, "created": 1, "resolved": 2, "order": "ymd"}


def packed(raw):
    return raw


def read(raw, mapping=WHOLE, *, zone=UTC, **options):
    body = packed(raw)
    table = tablefile.layout(body)
    reading = ticketlog.read(
        body,
        encoding=table.encoding,
        delimiter=table.delimiter,
        mapping=mapping,
        zone=zone,
        latest=LATEST,
        **options,
    )
    return reading, reading.rejected_count


def refused(raw):
    with pytest.raises(Unreadable) as refusal:
        tablefile.layout(packed(raw))
    return refusal.value.code


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_encoding_and_delimiter(encoding, delimiter):
    rows = [(n, "Größe, \u201cSmörgås\u201d", created, ended) for n, (created, ended) in enumerate(CASES)]
    raw = logs.as_csv(["Nr", "Über", "Created", "Solved"], rows, delimiter=delimiter, encoding=encoding)
    table = tablefile.layout(packed(raw))
    assert (table.delimiter, table.header) == (delimiter, ["Nr", "Über", "Created", "Solved"])
    assert table.samples[0][1] == "Größe, \u201cSmörgås\u201d"
    reading, rejected = read(raw, WHOLE | {"created": 2, "resolved": 3})
    assert (sorted(reading.cases), rejected) == (sorted(CASES), 0)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"PK\x03\x04 workbook", "workbook"),
        (b"\xd0\xcf\x11\xe0 old workbook", "workbook"),
        (b"%PDF-1.7", "workbook"),
        (b"a,b\n1,\x00\x01\x02", "binary"),
        (bytes(range(256)) * 9, "binary"),
        (b"one column\n1\n2\n", "no_columns"),
        (b"id,created\n", "no_rows"),
        (b"id,created\n\n,\n", "no_rows"),
    ],
)
def test_what_is_no_table_is_refused(raw, code):
    assert refused(raw) == code


def test_a_missing_quotation_mark_names_its_line():
    raw = b'id,created\n1,2024-01-01\n2,"' + b"x" * 200_000
    with pytest.raises(Unreadable) as refusal:
        list(tablefile.rows_of(packed(raw), encoding="utf-8", delimiter=","))
    assert (refusal.value.code, refusal.value.line) == ("broken", 3)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2024-03-04 16:55:38", "ymd", "2024-03-04T16:55:38"),
        ("2024-03-04T16:55:38.123", "ymd", "2024-03-04T16:55:38"),
        ("2024/3/4", "ymd", "2024-03-04T00:00:00"),
        ("2024-03-04T16:55:38Z", "ymd", "2024-03-04T16:55:38+00:00"),
        ("2024-03-04 16:55:38 +0200", "ymd", "2024-03-04T16:55:38+02:00"),
        ("2024-03-04T16:55-05:30", "ymd", "2024-03-04T16:55:00-05:30"),
        ("4/3/2024 16:55", "dmy", "2024-03-04T16:55:00"),
        ("4/3/2024 16:55", "mdy", "2024-04-03T16:55:00"),
        ("04.03.24, 16.55", "dmy", "2024-03-04T16:55:00"),
        ("3/4/2024 4:55:10 PM", "mdy", "2024-03-04T16:55:10"),
        ("3/4/2024 12:05 am", "mdy", "2024-03-04T00:05:00"),
        ("4 Mar 2024 16:55", "dmy", "2024-03-04T16:55:00"),
        ("March 4, 2024", "ymd", "2024-03-04T00:00:00"),
        ("04-Mar-2024", "mdy", "2024-03-04T00:00:00"),
    ],
)
def test_dates_as_exports_write_them(text, order, expected):
    assert moments.moment(text, order).isoformat() == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2024-13-01",
        "31/2/2024",
        "2024-03-04 25:00",
        "2024-03-04 noon",
        "4-3/2024",
        "4 Foo 2024",
        "9" * 99,
    ],
)
@pytest.mark.parametrize("order", moments.ORDERS)
def test_what_is_no_date(text, order):
    assert moments.moment(text, order) is None


@given(st.text(max_size=70), st.sampled_from(moments.ORDERS))
def test_any_text_is_a_date_or_none(text, order):
    assert moments.moment(text, order) is None or isinstance(moments.moment(text, order), datetime.datetime)


@given(st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2026, 12, 31)))
def test_every_date_survives_every_way_of_writing_it(when):
    when = when.replace(microsecond=0)
    written = {"ymd": "%Y-%m-%d %H:%M:%S", "dmy": "%d/%m/%Y %H:%M:%S", "mdy": "%m/%d/%Y %H:%M:%S"}
    text = {"ymd": f"{when:%Y-%m-%d %H:%M:%S}".zfill(19)}
    for order, form in written.items():
        assert moments.moment(text.get(order) or when.strftime(form), order) == when


def test_ambiguous_dates_are_noticed():
    cells = ["03/04/2024", "", "05/06/2024"]
    assert moments.orders_that_fit(cells) == ["dmy", "mdy"]
    assert moments.ambiguous_example(cells) == "03/04/2024"
    assert moments.orders_that_fit([*cells, "25/06/2024"]) == ["dmy"]
    assert moments.ambiguous_example(["05/05/2024", "31/12/2024"]) is None
    assert moments.orders_that_fit(["", " "]) == []


def test_the_two_shapes_are_guessed():
    events = tablefile.layout(packed(logs.event_log(CASES)))
    assert ticketlog.guess(events) == {"shape": EVENTS, "case": 0, "created": 2, "resolved": None}
    tickets = tablefile.layout(packed(logs.ticket_log(CASES)))
    assert ticketlog.guess(tickets) == {"shape": TICKETS, "case": 0, "created": 1, "resolved": 2}


def test_a_table_without_dates_has_no_guess():
    assert ticketlog.guess(tablefile.layout(packed(b"a,b\n1,2\n"))) == {}


def test_events_first_is_created_last_is_ended():
    events = WHOLE | {"shape": EVENTS, "created": 2, "resolved": None}
    reading, rejected = read(logs.event_log(CASES), events)
    assert (sorted(reading.cases), rejected, reading.rows) == (sorted(CASES), 0, 21)


def test_one_event_is_no_end():
    raw = logs.as_csv(["Case", "Time"], [(1, "2024-01-01"), (2, "2024-01-02"), (2, "2024-01-01")])
    reading, _ = read(raw, {"shape": EVENTS, "case": 0, "created": 1, "resolved": None, "order": "ymd"})
    first, second = datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 2)
    assert reading.cases == [(first, None), (first, second)]


def test_wrong_rows_are_left_out_with_their_lines():
    raw = logs.as_csv(
        ["Ticket", "Created", "Solved"],
        [
            ("a", "2024-01-02 10:00", "2024-01-03 10:00"),
            ("b", "2024-01-05 10:00", "2024-01-04 10:00"),
            ("c", "", "2024-01-04"),
            ("d", "yesterday", ""),
            ("e", "1970-01-01", ""),
            ("f", "2031-01-01", ""),
            ("g\nh", "2024-01-06", "later"),
            ("i",),
            ("j", "2024-01-07", ""),
        ],
    )
    reading, rejected = read(raw)
    assert [(line, code) for line, code, _ in reading.rejected] == [
        (3, "ends_before"), (4, "missing"), (5, "no_date"), (6, "impossible_date"), (7, "impossible_date"),
        (8, "no_date"), (10, "missing"),
    ]  # fmt: skip
    assert (rejected, len(reading.cases), reading.rows) == (7, 2, 9)


def test_only_the_first_wrong_lines_are_kept_but_all_are_counted():
    raw = logs.as_csv(["Ticket", "Created", "Solved"], [(n, "x", "") for n in range(9)])
    reading, rejected = read(raw, keep=3)
    assert (len(reading.rejected), rejected) == (3, 9)


def test_times_with_an_offset_are_told_in_the_shops_zone():
    raw = logs.as_csv(["Ticket", "Created", "Solved"], [("a", "2024-01-01T23:30:00Z", "")])
    reading, _ = read(raw, zone=zoneinfo.ZoneInfo("Europe/Helsinki"))
    assert reading.cases == [(datetime.datetime(2024, 1, 2, 1, 30), None)]


def test_tickets_without_a_number_are_each_their_own():
    raw = logs.as_csv(["Created", "Solved"], [("2024-01-01", ""), ("2024-01-01", "")])
    reading, _ = read(raw, {"shape": TICKETS, "case": None, "created": 0, "resolved": None, "order": "ymd"})
    assert len(reading.cases) == 2


@given(st.integers(0, 10_000))
@settings(max_examples=25)
def test_the_order_of_the_rows_is_irrelevant(seed):
    rows = [
        (n % 5, f"2024-01-{n + 1:02} 10:00", "" if n % 3 else f"2024-02-{n + 1:02} 10:00") for n in range(9)
    ]
    other = list(rows)
    random.Random(seed).shuffle(other)
    header = ["Ticket", "Created", "Solved"]
    one, two = (read(logs.as_csv(header, each))[0].cases for each in (rows, other))
    assert sorted(one, key=str) == sorted(two, key=str)


def test_tick_is_called_and_may_stop():
    raw = logs.as_csv(["Ticket", "Created", "Solved"], [(n, "2024-01-01", "") for n in range(5000)])
    seen = []
    read(raw, tick=seen.append)
    assert seen == [min(len(raw), seen[0])]
    assert seen[0] >= 4096 * len(raw) // 5001
