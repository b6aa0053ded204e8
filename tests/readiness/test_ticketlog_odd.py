"""Logs as they really come: clocks that went back, dates nobody could write, torn rows, huge files, NULs."""

import datetime
import tracemalloc
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import ticketlog
from readiness.ticketlog import EVENTS, TICKETS
from tests.readiness import logs
from tests.readiness.test_ticketlog import UTC, WHOLE, packed, read
from vault import moments, tablefile
from vault.tablefile import Unreadable

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")
HEADER = ["Ticket", "Created", "Solved"]


def one(created, solved="", *, zone=UTC, order="ymd"):
    """(cases, codes of what was left out) of a log of one ticket."""
    reading, _ = read(logs.as_csv(HEADER, [("a", created, solved)]), WHOLE | {"order": order}, zone=zone)
    return reading.cases, [code for _, code, _ in reading.rejected]


def at(*parts):
    return datetime.datetime(*parts)


# -- the hour that comes twice, and the one that never comes


def test_solved_in_the_second_of_two_equal_hours_is_no_fault():
    """In Helsinki the clock says 3:50 and twenty minutes later 3:10."""
    cases, left_out = one("2024-10-27T00:50:00Z", "2024-10-27T01:10:00Z", zone=HELSINKI)
    assert (cases, left_out) == ([(at(2024, 10, 27, 3, 50), at(2024, 10, 27, 3, 50))], [])


def test_with_offsets_of_two_zones_it_is_the_moment_that_counts():
    assert one("2024-03-04T12:00:00+02:00", "2024-03-04T11:30:00+01:00")[1] == []
    assert one("2024-03-04T12:00:00+02:00", "2024-03-04T10:30:00+01:00")[1] == ["ends_before"]


def test_without_an_offset_the_wall_is_all_there_is():
    assert one("2024-10-27 03:50", "2024-10-27 03:10", zone=HELSINKI)[1] == ["ends_before"]


def test_solved_in_the_moment_of_its_creation_is_possible():
    assert one("2024-03-04 12:00", "2024-03-04 12:00")[1] == []


def test_the_hour_that_is_left_out_in_spring_is_taken_as_written():
    assert one("2024-03-31 03:30", zone=HELSINKI)[0] == [(at(2024, 3, 31, 3, 30), None)]


# -- dates that cannot be


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31T23:59:59-05:00",
        "0001-01-01T00:00:00+05:00",
        "9999-12-31 23:59:59",
        "0001-01-01 00:00:00",
        "1989-12-31 23:59:59",
        "2027-01-01 00:00:01",
    ],
)
@pytest.mark.parametrize("zone", ["Pacific/Auckland", "America/St_Johns"])
def test_no_date_of_another_age_stops_the_counting(text, zone):
    assert one(text, zone=zoneinfo.ZoneInfo(zone)) == ([], ["impossible_date"])


def test_the_first_and_the_last_possible_moment():
    assert one("1990-01-01 00:00:00")[1] == []
    assert one("2027-01-01 00:00:00")[1] == []


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2023-02-29", "ymd"), ("29/02/2023", "dmy"), ("02/29/2023", "mdy"), ("2024-00-10", "ymd"),
        ("2024-06-31", "ymd"), ("00/01/2024", "dmy"), ("13/13/2024", "dmy"), ("12:30", "ymd"),
        ("2024-03-04 24:00", "ymd"), ("2024-03-04 12:60", "ymd"), ("2024-03-04T12:00+25:00", "ymd"),
        ("2024-03-04T12:00:00+99:99", "ymd"), ("45352", "ymd"), ("1709553338", "dmy"), ("29 Feb 2023", "ymd"),
    ],
)  # fmt: skip
def test_what_no_calendar_has(text, order):
    assert moments.moment(text, order) is None


def test_the_leap_day():
    assert moments.moment("29/02/2024", "dmy") == moments.moment("2024-02-29", "ymd") == at(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "hour"), [("12:00 am", 0), ("12:59 AM", 0), ("1:00 a.m.", 1), ("12:00 pm", 12), ("11:59 PM", 23)]
)
def test_noon_and_midnight_of_half_days(text, hour):
    assert moments.moment(f"3/4/2024 {text}", "mdy").hour == hour


@given(st.datetimes(at(1991, 1, 1), at(2026, 12, 30)), st.integers(-12 * 4, 14 * 4))
@settings(max_examples=40)
def test_an_offset_never_changes_the_moment(when, quarters):
    zone = datetime.timezone(datetime.timedelta(minutes=15 * quarters))
    aware = when.replace(microsecond=0, tzinfo=zone)
    [(created, _)], left_out = one(aware.isoformat())
    assert (created.replace(tzinfo=datetime.UTC), left_out) == (aware, [])


# -- rows


def test_a_row_that_is_too_short_or_too_long():
    raw = b"Ticket,Created,Solved\na\nb,2024-01-01\nc,2024-01-01,2024-01-02,more,and more\n"
    reading, rejected = read(raw)
    assert (len(reading.cases), rejected, reading.rejected) == (2, 1, [[2, "missing", ""]])


def test_lines_are_counted_as_an_editor_counts_them():
    raw = b'Ticket,Created,Solved\r\n"a\r\nb\r\nc",2024-01-01,\r\n\r\nd,x,\r\n'
    assert read(raw)[0].rejected == [[6, "no_date", "x"]]


def test_the_same_ticket_twice_is_one_with_its_earliest_and_latest():
    rows = [("a", "2024-01-03", ""), ("a", "2024-01-01", "2024-01-05"), ("a", "2024-01-02", "2024-01-04")]
    assert read(logs.as_csv(HEADER, rows))[0].cases == [(at(2024, 1, 1), at(2024, 1, 5))]


def test_an_open_row_of_a_solved_ticket_opens_nothing():
    rows = [("a", "2024-01-01", "2024-01-05"), ("a", "2024-01-01", "")]
    for order in (rows, rows[::-1]):
        assert read(logs.as_csv(HEADER, order))[0].cases == [(at(2024, 1, 1), at(2024, 1, 5))]


def test_an_event_without_a_case_is_left_out():
    rows = [("", "2024-01-01"), ("a", "2024-01-02"), ("a", "2024-01-03")]
    mapping = {"shape": EVENTS, "case": 0, "created": 1, "resolved": None, "order": "ymd"}
    reading, rejected = read(logs.as_csv(["Case", "Time"], rows), mapping)
    assert (reading.cases, rejected) == ([(at(2024, 1, 2), at(2024, 1, 3))], 1)


@given(st.permutations([at(2024, 1, day) for day in (1, 3, 4, 9)]))
@settings(max_examples=24)
def test_events_of_a_case_in_any_order_begin_and_end_alike(times):
    mapping = {"shape": EVENTS, "case": 0, "created": 1, "resolved": None, "order": "ymd"}
    reading, _ = read(logs.as_csv(["Case", "Time"], [("a", when) for when in times]), mapping)
    assert reading.cases == [(at(2024, 1, 1), at(2024, 1, 9))]


def test_blanks_around_a_cell_mean_nothing():
    assert one("  2024-01-01 10:00 ", "\t2024-01-02\u00a0")[0] == [(at(2024, 1, 1, 10), at(2024, 1, 2))]


def test_what_a_wrong_cell_says_is_kept_short_and_without_nul():
    """PostgreSQL refuses a NUL in what is kept of a row; the first 4,096 bytes are looked at for one."""
    rows = [(n, "2024-01-01", "") for n in range(400)] + [("x", "a\0b" + "c" * 99, "")]
    [[line, code, said]] = read(logs.as_csv(HEADER, rows))[0].rejected
    assert (line, code, said) == (402, "no_date", "ab" + "c" * 57)


# -- the file


def test_the_mark_at_the_beginning_is_no_part_of_the_first_name():
    table = tablefile.layout(packed(logs.as_csv(HEADER, [(1, "2024-01-01", "")], encoding="utf-8-sig")))
    assert table.header == HEADER


def test_wide_text_without_a_mark_in_another_script():
    raw = logs.as_csv(["Билет", "Created"], [(n, "2024-01-01") for n in range(30)], encoding="utf-16-le")
    table = tablefile.layout(packed(raw))
    assert (table.encoding, table.header[0]) == ("utf-16-le", "Билет")


def test_a_broken_letter_far_down_makes_it_an_older_encoding():
    good = logs.as_csv(HEADER, [(n, "2024-01-01", "") for n in range(6000)])
    assert tablefile.layout(packed(good)).encoding == "utf-8"
    assert tablefile.layout(packed(good + "ä,2024-01-01,\r\n".encode("cp1252"))).encoding == "cp1252"


def test_a_letter_across_two_blocks_is_one_letter():
    raw = b"Ticket,Created\r\n" + b"a" * ((1 << 16) - 17) + "ä,2024-01-01\r\n".encode()
    assert tablefile.layout(packed(raw)).encoding == "utf-8"


def test_separators_inside_quotation_marks_part_nothing():
    rows = [(n, "one; two; three; four", "2024-01-01", "2024-01-02") for n in range(9)]
    raw = logs.as_csv(["Ticket", "Tags", "Created", "Solved"], rows)
    assert tablefile.layout(packed(raw)).delimiter == ","


def test_a_decimal_comma_does_not_win_over_the_semicolon():
    rows = [(n, "1,5", "2024-01-01") for n in range(9)]
    raw = logs.as_csv(["Ticket", "Hours", "Created"], rows, delimiter=";")
    assert tablefile.layout(packed(raw)).delimiter == ";"


def test_names_of_columns_are_cut_in_length():
    header = tablefile.layout(logs.as_csv(["x" * 500, "y"], [["2024-01-01"] * 2])).header
    assert header == ["x" * 80, "y"]


def test_a_table_of_five_hundred_columns_is_taken():
    assert len(tablefile.layout(logs.as_csv(range(500), [["2024-01-01"] * 500])).header) == 500


@pytest.mark.parametrize("columns", [501, 1_000_000])
def test_a_table_has_columns_a_person_can_choose_from(columns):
    with pytest.raises(Unreadable, match="too_many_columns"):
        tablefile.layout((b"x" + b"," * (columns - 1) + b"\n") * 2)


def test_a_cell_larger_than_any_cell_is_refused_with_its_line():
    with pytest.raises(Unreadable) as refusal:
        read(b"Ticket,Created\r\na," + b"9" * 140_000 + b"\r\n")
    assert (refusal.value.code, refusal.value.line) == ("broken", 2)


@pytest.mark.parametrize(
    ("length", "refused"), [(tablefile.LONGEST_LINE - 100, False), (3 * tablefile.LONGEST_LINE, True)]
)
def test_a_line_without_end_is_refused(length, refused):
    raw = b"id,created\n1," + b"9" * length + b"\n2,2024-01-01\n"
    with pytest.raises(Unreadable) as refusal:
        tablefile.layout(raw)
    assert refusal.value.code == ("long_line" if refused else "broken")


@pytest.mark.parametrize("head", tablefile.PACKED)
def test_what_is_packed_is_never_unpacked(head):
    """A packed file of a few KB may hold terabytes."""
    with pytest.raises(Unreadable, match="packed"):
        tablefile.layout(head + b"x" * 100)


@given(st.binary(max_size=300))
@settings(max_examples=80)
def test_any_bytes_are_a_table_or_refused_with_a_known_code(raw):
    known = {"empty", "packed", "workbook", "binary", "no_columns", "no_rows", "broken"}
    refused = None
    try:
        table = tablefile.layout(packed(raw))
    except Unreadable as refusal:
        refused = refusal.code
    assert refused in known if refused else (len(table.header) >= 2 and table.samples)


@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=5), min_size=2, max_size=6))
@settings(max_examples=60)
def test_whatever_the_cells_say_it_is_read_to_the_end(rows):
    raw = logs.as_csv(["Ticket", "Created"], rows)
    try:
        reading, rejected = read(raw, {**WHOLE, "case": 0, "created": 1, "resolved": None})
    except Unreadable:
        return
    assert len(reading.cases) <= reading.rows - rejected
    assert bool(reading.cases) == (reading.rows > rejected)


def test_a_large_file_is_never_in_memory_as_a_whole():
    """Four million bytes of two cases: what is kept is the cases."""
    note = "n" * 1500
    raw = logs.as_csv(["Case", "Note", "Time"], [(n % 2, note, "2024-01-01 10:00:00") for n in range(2_500)])
    body = packed(raw)
    mapping = {"shape": EVENTS, "case": 0, "created": 2, "resolved": None, "order": "ymd"}
    tracemalloc.start()
    ticketlog.read(
        body, encoding="utf-8", delimiter=",", mapping=mapping, zone=UTC, latest=at(2027, 1, 1)
    )  # fmt: skip
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < len(raw) / 8


# -- the first guess


@pytest.mark.parametrize(
    ("header", "guessed"),
    [
        (["Ticket ID", "Created at", "Closed at"], {"case": 0, "created": 1, "resolved": 2}),
        (["Closed", "Opened", "Number"], {"case": 2, "created": 1, "resolved": 0}),
        (["Key", "Updated", "Created", "Resolved"], {"case": 0, "created": 2, "resolved": 3}),
        (["#", "Date", "End date"], {"case": 0, "created": 1, "resolved": 2}),
        (["Subject", "Start", "Finish"], {"case": None, "created": 1, "resolved": 2}),
        (["Kunde", "Angelegt", "Fertig"], {"case": None, "created": 1, "resolved": None}),
    ],
)
def test_columns_are_guessed_by_name_and_content(header, guessed):
    dates = [name for name in header if name not in {"Ticket ID", "Number", "Key", "#", "Subject", "Kunde"}]
    rows = [["2024-01-02" if name in dates else f"T{n}" for name in header] for n in range(5)]
    found = ticketlog.guess(tablefile.layout(packed(logs.as_csv(header, rows))))
    assert found == {"shape": TICKETS} | guessed


def test_one_date_and_numbers_that_do_not_repeat_are_tickets():
    rows = [(n, "2024-01-02") for n in range(9)]
    assert ticketlog.guess(tablefile.layout(packed(logs.as_csv(["Case", "Time"], rows))))["shape"] == TICKETS


def test_a_few_empty_cells_are_still_a_column_of_dates():
    cells = ["2024-01-02"] * 9 + [""] * 5 + ["never"]
    assert moments.orders_that_fit(cells) == ["ymd"]
    assert moments.orders_that_fit([*cells, "never"]) == []
