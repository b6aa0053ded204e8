"""A mailbox file read as conversations: threads, answers, machines, repeated subjects, and what mail looks like."""

import datetime
import io
import mailbox as stdlib
import tracemalloc
import zoneinfo
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness import mailbox

HELSINKI = zoneinfo.ZoneInfo("Europe/Helsinki")
LATEST = datetime.datetime(2026, 1, 1)
START = datetime.datetime(2024, 3, 4, 9, tzinfo=datetime.UTC)
SHOP, ANNA, BEN = "help@shop.example", "anna@one.example", "ben@two.example"
HOUR = datetime.timedelta(hours=1)


def mail(sender, to, subject, after=0.0, *, id="", answers="", body="Hello", **headers) -> bytes:
    """One mail of an mbox, `after` hours after START."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(START + after * HOUR)
    if id:
        message["Message-ID"] = f"<{id}@x.example>"
    if answers:
        message["In-Reply-To"] = f"<{answers}@x.example>"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return b"From someone Mon Mar  4 09:00:00 2024\n" + message.as_bytes() + b"\n"


def box(*mails, **options):
    options = {"zone": HELSINKI, "latest": LATEST} | options
    return mailbox.read(io.BytesIO(b"".join(mails)), **options)


def talks(*mails, own=(SHOP,)):
    return mailbox.conversations(box(*mails).messages, own=set(own))


ASKED = mail(ANNA, SHOP, "Where is my order?", id="a1")
REPLIED = mail(SHOP, ANNA, "Re: Where is my order?", 3, id="s1", answers="a1")
THANKED = mail(ANNA, SHOP, "Re: Where is my order?", 5, id="a2", answers="s1")
CLOSED = mail(SHOP, ANNA, "Re: Where is my order?", 6, id="s2", answers="a2")


# -- reading


def test_a_mail_keeps_time_people_and_subject():
    (message,) = box(ASKED).messages
    assert message.at == datetime.datetime(2024, 3, 4, 11, 0)
    assert (message.sender, message.recipients) == (ANNA, (SHOP,))
    assert (message.subject, message.machine) == ("Where is my order?", False)


def test_the_standard_librarys_own_mailbox_is_read(tmp_path):
    file = stdlib.mbox(tmp_path / "box", create=True)
    for n in range(3):
        message = EmailMessage()
        message["From"], message["To"], message["Date"] = ANNA, SHOP, format_datetime(START)
        message.set_content(f"From here on line {n}\n\nFrom me, with an empty line before.")
        file.add(message)
    file.close()
    with (tmp_path / "box").open("rb") as stream:
        assert len(mailbox.read(stream, zone=HELSINKI, latest=LATEST).messages) == 3


def test_windows_line_ends_are_line_ends():
    found = box(ASKED.replace(b"\n", b"\r\n"), REPLIED.replace(b"\n", b"\r\n"))
    assert [message.subject for message in found.messages] == ["Where is my order?"] * 2


def test_bodies_are_never_kept():
    found = box(mail(ANNA, SHOP, "Hi", body="PLANTED words"))
    assert "PLANTED" not in repr(found)


def test_headers_in_a_body_are_a_body():
    found = box(mail(ANNA, SHOP, "Hi", body="Subject: Other\n\nSubject: Third"))
    assert [message.subject for message in found.messages] == ["Hi"]


@pytest.mark.parametrize(
    ("subject", "plain"),
    [
        ("=?utf-8?b?VGlsYXVzIG15w7Zow6Rzc8Ok?=", "Tilaus myöhässä"),
        ("=?iso-8859-2?q?Gdzie_moja_przesy=B3ka=3F?=", "Gdzie moja przesyłka?"),
        ("=?nonsense?q?x?=", "=?nonsense?q?x?="),
        ("two\n lines", "two lines"),
        ("x" * 5_000, "x" * 200),
    ],
)
def test_subjects_as_they_come(subject, plain):
    head = f"From a\nFrom: {ANNA}\nTo: {SHOP}\nDate: {format_datetime(START)}\nSubject: {subject}\n\nBody\n"
    assert [message.subject for message in box(head.encode()).messages] == [plain]


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("yesterday", "no_date"),
        ("", "no_date"),
        ("Mon, 99 Mar 2024 09:00:00 +0000", "no_date"),
        ("Mon, 04 Mar 2024 09:00:00 +9999", "no_date"),
        ("Thu, 01 Jan 1970 00:00:00 +0000", "impossible_date"),
        ("Fri, 04 Mar 2044 09:00:00 +0000", "impossible_date"),
    ],
)
def test_a_mail_without_a_possible_time_is_left_out_and_counted(date, reason):
    wrong = f"From a\nFrom: {ANNA}\nTo: {SHOP}\nDate: {date}\nSubject: Hi\n\n".encode()
    found = box(ASKED, wrong)
    assert (len(found.messages), dict(found.left_out)) == (1, {reason: 1})


def test_a_mail_from_nobody_is_left_out():
    found = box(ASKED, mail("no address", SHOP, "Hi"))
    assert dict(found.left_out) == {"no_sender": 1}


def test_a_time_without_a_zone_is_taken_as_utc():
    head = f"From a\nFrom: {ANNA}\nTo: {SHOP}\nDate: Mon, 4 Mar 2024 09:00:00 -0000\n\n"
    assert box(head.encode()).messages[0].at.hour == 11


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "no_mailbox"),
        (b"\n\n", "no_mailbox"),
        (b"id,created\n1,2024-01-01\n", "no_mailbox"),
        (b"PK\x03\x04\0\0", "no_mailbox"),
        (b"From a\nDate: never\n\n", "nothing_left"),
        (b"From ", "nothing_left"),
    ],
)
def test_what_is_no_mailbox_is_refused(body, code):
    with pytest.raises(mailbox.Unreadable, match=code):
        box(body)


def test_endless_headers_are_not_read_on():
    found = box(b"From a\n" + b"X: y\n" * 100_000 + b"Date: x\n\n", ASKED)
    assert (len(found.messages), found.left_out["no_date"]) == (1, 1)


def test_somebody_may_stop_it():
    class Stop(Exception):
        pass

    def tick(done):
        assert done > 500 * len(ASKED) * 0.9
        raise Stop

    with pytest.raises(Stop):
        box(ASKED * 501, tick=tick)


def test_a_long_mail_takes_no_room():
    def lines():
        yield b"From a\n"
        yield from (f"From: {ANNA}\n".encode(), f"Date: {format_datetime(START)}\n".encode(), b"\n")
        yield from (b"x" * 1_000 + b"\n" for _ in range(20_000))

    tracemalloc.start()
    mailbox.read(lines(), zone=HELSINKI, latest=LATEST)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(body):
    assert refusal(b"From a\n" + body) in {"", "nothing_left"}


def refusal(body) -> str:
    try:
        box(body)
    except mailbox.Unreadable as refused:
        return refused.code
    return ""


# -- subjects


@pytest.mark.parametrize(
    "prefix",
    [
        *("Re: ", "RE : ", "Fwd: ", "AW: ", "VS: ", "Sv: ", "Odp: ", "Re[2]: ", "Re(3): "),
        "رد: ",
        "回复:",
        "回复：",
        "Re: Fwd: Re: ",
    ],
)
def test_prefixes_go(prefix):
    assert mailbox.plain_subject(f"{prefix}Late parcel") == "Late parcel"


@pytest.mark.parametrize("kept", ["Return of my order", "Reply needed", "Regards: a question", "svelte", ""])
def test_words_that_begin_alike_stay(kept):
    assert mailbox.plain_subject(kept) == kept


# -- whose box it is


def test_the_shop_is_who_writes_and_is_written_to_by_most():
    found = box(ASKED, REPLIED, mail(BEN, SHOP, "Refund"), mail(SHOP, BEN, "Re: Refund", 1))
    assert mailbox.own_addresses(found.messages) == {SHOP}


def test_one_mail_alone_does_not_tell():
    assert mailbox.own_addresses(box(ASKED).messages) == set()
    assert mailbox.own_addresses(box(ASKED, REPLIED).messages) == set()


# -- conversations


def test_a_conversation_has_its_first_answer_and_its_end():
    (talk,) = talks(ASKED, REPLIED, THANKED, CLOSED)
    began = datetime.datetime(2024, 3, 4, 11)
    assert (talk.began, talk.answered, talk.ended) == (began, began + 3 * HOUR, began + 6 * HOUR)


def test_the_order_of_the_file_does_not_matter():
    assert talks(CLOSED, THANKED, REPLIED, ASKED) == talks(ASKED, REPLIED, THANKED, CLOSED)


def test_a_customer_who_wrote_last_still_waits():
    (talk,) = talks(ASKED, REPLIED, THANKED)
    assert (talk.answered is not None, talk.ended) == (True, None)


def test_nobody_answered_yet():
    (talk,) = talks(ASKED)
    assert (talk.answered, talk.ended) == (None, None)


def test_what_one_writes_first_is_no_conversation_of_a_customer():
    assert (
        talks(mail(SHOP, ANNA, "Our new tea", id="s1"), mail(ANNA, SHOP, "Re: Our new tea", 1, answers="s1"))
        == []
    )


def test_without_ids_subject_and_person_make_a_thread():
    mails = [mail(ANNA, SHOP, "Refund"), mail(SHOP, ANNA, "Re: Refund", 2), mail(BEN, SHOP, "Refund", 3)]
    assert [talk.answered is not None for talk in talks(*mails)] == [True, False]


def test_the_same_subject_a_month_later_is_another_conversation():
    assert len(talks(mail(ANNA, SHOP, "Refund"), mail(ANNA, SHOP, "Refund", 24 * 31))) == 2
    assert len(talks(mail(ANNA, SHOP, "Refund"), mail(ANNA, SHOP, "Refund", 24 * 29))) == 1


def test_an_answer_whose_first_mail_is_missing_joins_by_references():
    first = mail(ANNA, SHOP, "Re: Tea", 1, id="a2", References="<gone@x.example>")
    second = mail(SHOP, ANNA, "Re: Tea", 2, id="s2", References="<gone@x.example> <a2@x.example>")
    assert len(talks(first, second)) == 1


@pytest.mark.parametrize(
    "machine",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<news.x.example>"},
        {"List_Unsubscribe": "<https://x.example>"},
    ],
)
def test_machines_begin_no_conversation(machine):
    assert talks(mail(ANNA, SHOP, "Hello", **machine)) == []


@pytest.mark.parametrize("sender", ["no-reply@x.example", "noreply@x.example", "MAILER-DAEMON@x.example"])
def test_addresses_nobody_reads_begin_none(sender):
    assert talks(mail(sender, SHOP, "Delivered")) == []


@pytest.mark.parametrize("sender", ["noreen@x.example", "nora.reply@x.example"])
def test_people_with_names_like_that_do(sender):
    assert len(talks(mail(sender, SHOP, "Hello"))) == 1


def test_an_out_of_office_note_is_no_answer():
    note = mail(SHOP, ANNA, "Away", 0.1, id="s0", answers="a1", Auto_Submitted="auto-replied")
    (talk,) = talks(ASKED, note, REPLIED)
    assert talk.answered - talk.began == 3 * HOUR


# -- what is counted


def test_cases_are_those_of_a_ticket_log():
    began = datetime.datetime(2024, 3, 4, 11)
    assert mailbox.cases(talks(ASKED, REPLIED)) == [(began, began + 3 * HOUR)]


def test_the_usual_wait_counts_who_was_answered():
    mails = [
        ASKED,
        REPLIED,
        mail(BEN, SHOP, "Refund", id="b1"),
        mail(SHOP, BEN, "Re: Refund", 9, answers="b1"),
    ]
    assert mailbox.first_reply_hours(talks(*mails, mail("c@x.example", SHOP, "Tea"))) == 6
    assert mailbox.first_reply_hours(talks(ASKED)) is None


def asked(*subjects):
    """Each by somebody else."""
    return [mailbox.Conversation(START, subject, who=n) for n, subject in enumerate(subjects)]


def test_numbers_do_not_make_a_subject_new():
    found = asked("Order 1001 late", "order #2002 LATE", "Order 77-8 late", "Tea?")
    assert mailbox.repeated(found) == (0.75, [("Order … late", 3)])


def test_twice_is_not_repeated():
    assert mailbox.repeated(asked("Refund", "Refund", "Tea")) == (0.0, [])


def test_the_five_most_repeated_are_named():
    subjects = [name for n, name in enumerate("abcdefg") for _ in range(3 + n)]
    share, named = mailbox.repeated(asked(*subjects))
    assert (share, named) == (1.0, [("g", 9), ("f", 8), ("e", 7), ("d", 6), ("c", 5)])


def test_the_wording_shown_is_the_usual_one():
    assert mailbox.repeated(asked("REFUND", "Refund", "Refund"))[1] == [("Refund", 3)]


def test_chinese_and_arabic_subjects_are_counted():
    assert mailbox.repeated(asked("退货", "退货", "退货"))[1] == [("退货", 3)]
    assert mailbox.repeated(asked("استرجاع", "استرجاع", "استرجاع"))[0] == 1


def test_nothing_asked_is_nothing_repeated():
    assert mailbox.repeated([]) == (0.0, [])
    assert mailbox.repeated(asked("", "1", "2"))[1] == []
