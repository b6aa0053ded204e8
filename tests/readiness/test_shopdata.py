"""Orders and reviews from a shop's files: which column is what, sums as people write them, now beside before."""

import datetime
import random
import zoneinfo
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness import amounts, shopdata
from tests.readiness.logs import as_csv
from tests.sample_data import sample
from vault import tablefile
from vault.moments import time_of

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")
MONDAY = datetime.datetime(2024, 1, 1, 12)
LATEST = datetime.datetime(2026, 1, 1)
SHOPIFY = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Total",
    "Created at",
    "Cancelled at",
    "Lineitem name",
]


def packed(body):
    return body


def read(body, kind, *, mapping=None, tick=None):
    body = packed(body)
    table = tablefile.layout(body)
    mapping = shopdata.guess(table, kind) | (mapping or {})
    return shopdata.read(
        body, table=table, kind=kind, mapping=mapping, order="ymd", zone=HELSINKI, latest=LATEST, tick=tick
    )


def entries(found):
    """What counts, with times as people say them."""
    return [(time_of(when), *more) for part in shopdata.entries(found) for when, *more in part]


def week(n, day=0):
    return MONDAY + datetime.timedelta(weeks=n, days=day)


def shopify(*rows):
    """(name, email, total, created, cancelled) -> an export with a second line for a second thing in the basket."""
    lines = []
    for name, email, total, created, cancelled in rows:
        lines.append(
            (name, email, "paid", created, total, f"{created:%Y-%m-%d %H:%M:%S} +0200", cancelled, "Tea")
        )
        lines.append((name, email, "", "", "", "", "", "Cup"))
    return as_csv(SHOPIFY, lines)


def orders(counts, *, total="10.00"):
    """`counts[w]` orders in week w, each by somebody new."""
    return shopify(
        *(
            (f"#{w}-{n}", f"{w}.{n}@x.example", total, week(w, n % 7), "")
            for w, count in enumerate(counts)
            for n in range(count)
        )
    )


def reviews(stars):
    """`stars[w]` the reviews of week w."""
    rows = [(f"{w}-{n}", each, week(w, n % 7)) for w, some in enumerate(stars) for n, each in enumerate(some)]
    return as_csv(["review_id", "review_score", "review_creation_date"], rows)


# -- which column is what


def test_the_columns_of_a_shop_system_are_known():
    table = tablefile.layout(packed(orders([1, 1])))
    named = {role: table.header[i] for role, i in shopdata.guess(table, "orders").items()}
    assert named == {
        "when": "Created at",
        "key": "Name",
        "amount": "Total",
        "customer": "Email",
        "cancelled": "Cancelled at",
    }


@pytest.mark.parametrize(
    ("kind", "header", "guessed"),
    [
        ("orders", ["Order", "Order date", "Amount"], {"key": 0, "when": 1, "amount": 2}),
        ("orders", ["id", "date"], {"key": 0, "when": 1, "amount": None, "customer": None}),
        ("reviews", ["Date", "Stars"], {"when": 0, "stars": 1, "key": None}),
        ("reviews", ["product rating (1-5)", "created"], {"stars": 0, "when": 1}),
        ("reviews", ["updated", "scored"], {"when": None, "stars": None}),
    ],
)
def test_other_names_are_guessed(kind, header, guessed):
    table = tablefile.layout(packed(as_csv(header, [["1"] * len(header)])))
    found = shopdata.guess(table, kind)
    assert {role: found[role] for role in guessed} == guessed


@pytest.mark.parametrize(("kind", "role"), [("orders", "when"), ("reviews", "when"), ("reviews", "stars")])
def test_a_needed_column_must_be_named(kind, role):
    body = orders([1]) if kind == "orders" else reviews([[5]])
    with pytest.raises(tablefile.Unreadable, match="unmapped"):
        read(body, kind, mapping={role: None})


# -- orders


def test_a_basket_of_two_is_one_order():
    found = read(orders([2]), "orders")
    assert (found.rows, len(entries(found)), found.rejected_count) == (4, 2, 0)


def test_a_cancelled_order_does_not_count():
    found = read(shopify(("#1", "", "5", week(0), "2024-01-02"), ("#2", "", "5", week(0), "")), "orders")
    assert len(entries(found)) == 1


def test_the_time_is_the_shops():
    found = read(shopify(("#1", "", "5", datetime.datetime(2024, 1, 1, 23, 30), "")), "orders")
    assert entries(found)[0][0] == datetime.datetime(2024, 1, 1, 23, 30)


def test_without_a_number_each_line_is_an_order():
    body = as_csv(["order date", "total"], [(week(0), 5), (week(0), 5)])
    assert len(entries(read(body, "orders"))) == 2


def test_nobodys_address_is_kept():
    assert "x.example" not in repr(read(orders([3]), "orders"))


def test_now_is_beside_before():
    numbers = shopdata.summarise(read(orders([0, *[4] * 26, *[6] * 8, 1]), "orders"), "orders")
    assert (numbers["before"]["orders_week"], numbers["now"]["orders_week"]) == (4, 6)
    assert (numbers["before"]["sales_week"], numbers["now"]["sales_week"]) == (40, 60)


def test_partial_weeks_do_not_count():
    numbers = shopdata.summarise(read(orders([9, 4, 4, 9]), "orders"), "orders")
    assert [row[1:] for row in numbers["weeks"]] == [[4, 40.0], [4, 40.0]]
    assert (numbers["entries"], numbers["first"]) == (26, "2024-01-01")


def test_a_customer_who_comes_again_is_counted_once():
    rows = [(f"#{n}", "Anna@x.example" if n % 2 else "anna@x.example", "5", week(n), "") for n in range(5)]
    now = shopdata.summarise(read(shopify(*rows), "orders"), "orders")["now"]
    assert (now["customers_week"], now["again"]) == (1, 1.0)


def test_without_sums_and_addresses_nothing_is_invented():
    body = as_csv(["order", "date"], [(n, week(n // 2)) for n in range(20)])
    now = shopdata.summarise(read(body, "orders"), "orders")["now"]
    assert now == {"orders_week": 2.0, "sales_week": None, "customers_week": None, "again": None}


# -- reviews


def test_stars_now_and_before():
    numbers = shopdata.summarise(
        read(reviews([[5], *[[5, 4]] * 26, *[[4, 2]] * 8, [1]]), "reviews"), "reviews"
    )
    assert numbers["before"] == {"n": 52, "stars": 4.5, "low": 0}
    assert numbers["now"] == {"n": 16, "stars": 3.0, "low": 0.5}


def test_too_few_weeks_have_no_before():
    numbers = shopdata.summarise(read(reviews([[5]] * 6), "reviews"), "reviews")
    assert (numbers["before"], numbers["now"]["n"]) == (None, 4)


def test_an_edited_review_is_one():
    body = as_csv(["id", "stars", "date"], [("a", 5, week(0)), ("a", 1, week(1))])
    assert entries(read(body, "reviews")) == [(week(1), 100)]


# -- what the score may use


def test_orders_answer_three_questions():
    numbers = shopdata.summarise(read(orders([0, *[4] * 26, *[6] * 8, 1]), "orders"), "orders")
    assert shopdata.inputs(numbers, "orders") == {
        "orders_before": 4,
        "orders_now": 6,
        "customers_before": 4,
        "customers_now": 6,
        "sales_before": 40,
        "sales_now": 60,
    }


def test_reviews_answer_in_stars_and_points_of_a_hundred():
    numbers = shopdata.summarise(
        read(reviews([[5], *[[5, 4]] * 26, *[[4, 2]] * 8, [1]]), "reviews"), "reviews"
    )
    assert shopdata.inputs(numbers, "reviews") == {
        "stars_before": 4.5,
        "stars_now": 3.0,
        "low_before": 0,
        "low_now": 50,
        "reviews_now": 16,
    }


@pytest.mark.parametrize("kind", ["orders", "reviews"])
def test_without_a_before_nothing_is_answered(kind):
    body = orders([2] * 6) if kind == "orders" else reviews([[5]] * 6)
    assert shopdata.inputs(shopdata.summarise(read(body, kind), kind), kind) == {}


# -- what is refused


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("a", 5, "soon"), ["no_date", "soon"]),
        (("a", 5, ""), ["no_date", ""]),
        (("a", 5, "1970-01-01"), ["impossible_date", "1970-01-01"]),
        (("a", 5, "2044-01-01"), ["impossible_date", "2044-01-01"]),
        (("a", 0, week(0)), ["no_stars", "0"]),
        (("a", 6, week(0)), ["no_stars", "6"]),
        (("a", "", week(0)), ["no_stars", ""]),
        (("a", "many", week(0)), ["no_stars", "many"]),
    ],
)
def test_a_line_that_cannot_be_is_named(row, why):
    found = read(as_csv(["id", "stars", "date"], [("b", 5, week(0)), row]), "reviews")
    assert (found.rejected, found.rejected_count, len(entries(found))) == ([[3, *why]], 1, 1)


def test_a_sum_nobody_can_read_is_named():
    found = read(shopify(("#1", "", "free", week(0), "")), "orders")
    assert entries(found) == []
    assert found.rejected[0] == [2, "no_amount", ""]


def test_of_many_wrong_lines_some_are_kept_and_all_counted():
    found = read(as_csv(["id", "stars", "date"], [("a", 9, week(0))] * 700), "reviews")
    assert (len(found.rejected), found.rejected_count) == (500, 700)


def test_nothing_left_is_said():
    with pytest.raises(tablefile.Unreadable, match="nothing_left"):
        shopdata.summarise(read(as_csv(["id", "stars", "date"], [("a", 9, week(0))]), "reviews"), "reviews")


def test_somebody_may_stop_it():
    def tick(done):
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read(reviews([[5] * 7] * 300), "reviews", tick=tick)


# -- sums


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,50", "12.50"),
        ("1,234.50", "1234.50"),
        ("1.234,50", "1234.50"),
        ("1.234.567", "1234567"),
        ("1,234", "1234"),
        ("0,125", "0.125"),
        ("1 234,5", "1234.5"),
        ("1\u202f234,50 €", "1234.50"),
        ("1'234.50", "1234.50"),
        ("€ 12", "12"),
        ("-3.20", "-3.20"),
        ("١٢٫٥", "12.5"),
        ("5.", "5"),
    ],
)
def test_sums_as_people_write_them(text, value):
    assert amounts.amount(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "free", "-", "1 of 2x3", "9" * 30, "NaN", "inf", "1e18x9", "9" * 50])
def test_what_is_no_sum(text):
    assert amounts.amount(text) is None


@given(st.text(max_size=50))
def test_any_text_is_a_sum_or_none(text):
    value = amounts.amount(text)
    assert value is None or abs(value) < 10**12


@given(st.integers(-(10**9), 10**9), st.integers(0, 99))
def test_all_ways_of_writing_are_the_same_sum(whole, cents):
    value = Decimal(f"{whole}.{cents:02}")
    grouped = f"{whole:,}.{cents:02}"
    swapped = grouped.translate(str.maketrans(",.", ".,"))
    spaced = grouped.replace(",", "\u202f").replace(".", ",")
    assert {amounts.amount(each) for each in (grouped, swapped, spaced)} == {value}


@given(st.randoms(use_true_random=False))
def test_the_order_of_lines_is_irrelevant(draw: random.Random):
    rows = [(f"{w}-{n}", 1 + (w + n) % 5, week(w, n)) for w in range(12) for n in range(3)]
    shuffled = draw.sample(rows, len(rows))
    numbers = [
        shopdata.summarise(read(as_csv(["id", "stars", "date"], each), "reviews"), "reviews")
        for each in (rows, shuffled)
    ]
    assert numbers[0] == numbers[1]


# -- real files


@pytest.mark.sample_data
@pytest.mark.parametrize(("name", "kind"), [("shop_orders.csv", "orders"), ("shop_reviews.csv", "reviews")])
def test_real_files_are_read_whole(name, kind):
    found = read(sample(name).read_bytes(), kind)
    numbers = shopdata.summarise(found, kind)
    assert found.rejected_count == 0
    assert numbers["entries"] > 500
    assert numbers["now"] is not None
