"""Mail as it really comes: broken words in headers, brackets without end, two shops in one box, clocks that differ."""

import datetime
import io
import zoneinfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import mailbox, measured
from tests.readiness.test_mailbox import ANNA, BEN, HELSINKI, HOUR, LATEST, SHOP, box, mail, talks

DATE = b"Date: Mon, 4 Mar 2024 09:00:00 +0000\n"
GOOD = mail(ANNA, SHOP, "Fine", id="g")


def raw(*lines):
    """One mail of an mbox from header lines as bytes."""
    return b"From a\n" + b"".join(lines) + b"\nBody\n\n"


def one(*lines):
    (message,) = box(raw(*lines)).messages
    return message


# -- a header that is broken spoils one mail at most


@pytest.mark.parametrize(
    "subject",
    [
        b"=?utf-8?b?a?=", b"=?utf-8?b?YWJj", b"=?utf-8?x?abc?=", b"=?x\0y?q?a?=", b"=?utf-8?q?=ff=fe?=", b"\xff\xfe",
        b"=?base64?b?YQ==?=", b"=?utf-16?b?YQ==?=", b"=?" * 500, b"?=" * 500, b"=?utf-8?b?" + b"a" * 5001 + b"?=",
    ],
)  # fmt: skip
def test_a_broken_subject_is_kept_as_it_is(subject):
    message = one(b"From: anna@one.example\n", DATE, b"Subject: " + subject + b"\n")
    assert (message.sender, len(message.subject) <= 200) == (ANNA, True)


@pytest.mark.parametrize("depth", [10, 5_000, 20_000])
def test_brackets_without_end_leave_out_one_mail_only(depth):
    found = box(raw(b"From: " + b"(" * depth + b"a@b.example\n", DATE), GOOD)
    assert (len(found.messages), found.left_out["no_sender"]) == (1, 1)


@pytest.mark.parametrize("depth", [10, 20_000])
def test_readers_in_brackets_without_end_are_nobody(depth):
    message = one(b"From: anna@one.example\n", b"To: " + b"(" * depth + b"\n", DATE)
    assert message.recipients == ()


@pytest.mark.parametrize(
    "date",
    [b"Fri, 31 Dec 9999 23:59:59 -0500", b"9" * 400, b"Mon, 4 Mar 2024 09:00:00 +" + b"9" * 30,
     b"Mon, 4 Mar 2024 99:00:00 +0000", b"\xff", b"0"],
)  # fmt: skip
def test_a_date_of_no_calendar_leaves_out_one_mail_only(date):
    found = box(raw(b"From: anna@one.example\n", b"Date: " + date + b"\n"), GOOD)
    assert ([message.subject for message in found.messages], found.left_out.total()) == (["Fine"], 1)


@given(st.lists(st.sampled_from([b"From", b"To", b"Subject", b"Date", b"References", b"Message-ID"]), max_size=5),
       st.lists(st.binary(max_size=60), min_size=5, max_size=5))  # fmt: skip
@settings(max_examples=60)
def test_whatever_stands_in_the_headers_the_next_mail_is_read(names, values):
    """A line break within a value makes another header, or the body: that is what it means in a file."""
    head = b"".join(name + b": " + value + b"\n" for name, value in zip(names, values, strict=False))
    found = box(b"From a\n" + head + b"\nBody\n\n" + GOOD)
    assert found.messages[-1].subject == "Fine"


# -- when


@pytest.mark.parametrize(
    ("zone", "local"),
    [
        ("Europe/Helsinki", (2024, 3, 31, 4, 30)),
        ("America/St_Johns", (2024, 3, 30, 23, 0)),
        ("Pacific/Auckland", (2024, 3, 31, 14, 30)),
        ("UTC", (2024, 3, 31, 1, 30)),
    ],
)
def test_times_are_those_of_the_wall_of_the_shop(zone, local):
    head = raw(b"From: anna@one.example\n", b"Date: Sun, 31 Mar 2024 01:30:00 +0000\n")
    found = mailbox.read(io.BytesIO(head), zone=zoneinfo.ZoneInfo(zone), latest=LATEST)
    assert found.messages[0].at == datetime.datetime(*local)


@pytest.mark.parametrize("offset", ["+0000", "+0200", "-0500", "GMT", "EST"])
def test_an_offset_never_changes_the_moment_of_an_answer(offset):
    at = {"+0000": 9, "+0200": 11, "-0500": 4, "GMT": 9, "EST": 4}[offset]
    message = one(b"From: anna@one.example\n", f"Date: Mon, 4 Mar 2024 {at:02}:00:00 {offset}\n".encode())
    assert message.at == datetime.datetime(2024, 3, 4, 11)


def test_an_answer_dated_before_its_question_is_no_answer():
    """A clock that is wrong: the shop's mail would be the first of the thread, and nobody asked for it."""
    early = mail(SHOP, ANNA, "Re: Where?", -2, id="s", answers="a")
    assert talks(mail(ANNA, SHOP, "Where?", id="a"), early) == []


# -- who


def test_names_and_cases_of_an_address_mean_nothing():
    message = one(
        b'From: "Anna, One" <ANNA@One.Example>\n', b"To: Help <HELP@shop.example>, b@c.example\n", DATE
    )
    assert (message.sender, message.recipients) == (ANNA, (SHOP, "b@c.example"))


def test_copies_are_readers_too():
    assert one(b"From: a@b.c\n", b"Cc: help@shop.example\n", DATE).recipients == (SHOP,)


def test_of_two_addresses_of_the_shop_each_answers_for_the_other():
    info = "info@shop.example"
    (talk,) = talks(
        mail(ANNA, SHOP, "Where?", id="a"), mail(info, ANNA, "Re: Where?", 2, answers="a"), own=(SHOP, info)
    )
    assert talk.answered - talk.began == 2 * HOUR


@pytest.mark.parametrize(
    "header",
    [b"Auto-Submitted: auto-replied\n", b"Auto-Submitted: AUTO-generated\n", b"Precedence: bulk\n",
     b"Precedence: List\n", b"List-Id: <news.example>\n", b"List-Unsubscribe: <mailto:x@y.example>\n"],
)  # fmt: skip
def test_what_machines_send_is_no_question(header):
    assert one(b"From: anna@one.example\n", DATE, header).machine is True


@pytest.mark.parametrize("header", [b"Auto-Submitted: no\n", b"Precedence: first-class\n", b"X-Auto: yes\n"])
def test_what_people_send_is_one(header):
    assert one(b"From: anna@one.example\n", DATE, header).machine is False


@pytest.mark.parametrize(
    ("sender", "machine"),
    [
        ("noreply@a.example", True), ("no-reply@a.example", True), ("do_not_reply@a.example", True),
        ("donotreply@a.example", True), ("mailer-daemon@a.example", True), ("bounces@a.example", True),
        ("notifications@a.example", True), ("noreplyman@a.example", True), ("anoreply@a.example", False),
        ("norey@a.example", False), ("bouncer@a.example", False),
    ],
)  # fmt: skip
def test_senders_who_read_nothing(sender, machine):
    assert one(f"From: {sender}\n".encode(), DATE).machine is machine


def test_a_machines_answer_is_no_answer():
    away = mail(SHOP, ANNA, "Re: Where?", 0.1, answers="a", Auto_Submitted="auto-replied")
    (talk,) = talks(mail(ANNA, SHOP, "Where?", id="a"), away)
    assert talk.answered is None


# -- what belongs together


@pytest.mark.parametrize(("days", "conversations"), [(29, 1), (31, 2)])
def test_the_same_subject_again_is_the_same_matter_for_a_month(days, conversations):
    mails = mail(ANNA, SHOP, "Refund"), mail(ANNA, SHOP, "Re: Refund", 24 * days)
    assert len(talks(*mails)) == conversations


def test_a_thread_grows_as_long_as_it_is_written_in():
    mails = [mail(ANNA, SHOP, "Refund", 24 * 25 * n) for n in range(4)]
    assert len(talks(*mails)) == 1


def test_the_same_subject_of_two_people_is_two_matters():
    assert len(talks(mail(ANNA, SHOP, "Refund"), mail(BEN, SHOP, "Refund", 1))) == 2


def test_an_id_that_is_named_wins_over_the_subject():
    mails = [
        mail(ANNA, SHOP, "One", id="1"),
        mail(ANNA, SHOP, "Two", 1, id="2"),
        mail(ANNA, SHOP, "One", 2, id="3", answers="2"),
    ]
    assert sorted(talk.subject for talk in talks(*mails)) == ["One", "Two"]


@given(st.permutations(range(5)))
@settings(max_examples=15)
def test_the_order_in_the_file_changes_nothing(order):
    mails = [
        mail(ANNA, SHOP, "Where?", id="a"), mail(SHOP, ANNA, "Re: Where?", 1, id="b", answers="a"),
        mail(ANNA, SHOP, "Re: Where?", 2, id="c", answers="b"), mail(BEN, SHOP, "Refund", 3, id="d"),
        mail(SHOP, BEN, "Re: Refund", 9, id="e", answers="d"),
    ]  # fmt: skip
    assert talks(*(mails[n] for n in order)) == talks(*mails)


def test_conversations_are_counted_like_tickets():
    mails = [mail(ANNA, SHOP, f"Question {n}", 24 * 3 * n, id=f"q{n}") for n in range(12)]
    mails += [mail(SHOP, ANNA, f"Re: Question {n}", 24 * 3 * n + 5, answers=f"q{n}") for n in range(12)]
    found = measured.summarise(mailbox.cases(talks(*mails)), shape="tickets")
    assert (found["cases"], found["open"]) == (12, 0)


# -- what is asked again and again


@pytest.mark.parametrize(("times", "share"), [(2, 0), (3, 1)])
def test_three_times_is_again_and_again(times, share):
    mails = [mail((ANNA, BEN)[n % 2], SHOP, f"Order {1000 + n} late", 24 * 40 * n) for n in range(times)]
    found, subjects = mailbox.repeated(talks(*mails))
    assert found == share
    assert subjects == ([("Order … late", 3)] if share else [])


def test_at_most_five_subjects_are_shown_the_most_frequent_first():
    mails = [
        mail(f"c{n}{m}@x.example", SHOP, f"Subject {'abcdefg'[m]}") for m in range(7) for n in range(3 + m)
    ]
    _, subjects = mailbox.repeated(talks(*mails))
    assert [count for _, count in subjects] == [9, 8, 7, 6, 5]


def test_nothing_asked_is_nothing_repeated():
    assert mailbox.repeated([]) == (0.0, [])
    assert mailbox.first_reply_hours([]) is None


def test_a_box_far_from_here_is_read_in_its_own_days():
    assert HELSINKI.key == "Europe/Helsinki"
    assert box(GOOD).messages[0].at.date() == datetime.date(2024, 3, 4)
