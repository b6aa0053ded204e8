"""What may stand in a mail's head, and what happens to a mail between the row and the reader's own mail program."""

from datetime import timedelta
from email import message_from_bytes, policy
from email.headerregistry import Address

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from mailroom import compose, delivery, links, outbox, tasks
from mailroom.models import Mail
from tests.mailroom.factories import make_mail
from vault.work import State

pytestmark = pytest.mark.django_db
BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x00", "\x1b"]
EVIL = "Bcc: eve@evil.example"


@pytest.mark.parametrize("mark", BREAKS, ids=lambda mark: mark.encode("unicode_escape").decode())
def test_no_kind_of_line_break_starts_a_header(post, parsed, company, mark):
    company.name = f"Lumi{mark}{EVIL}"
    row = post(context={"name": f"Ann{mark}{EVIL}"}, reply_to=(f"Mika{mark}{EVIL}", "mika@lumi.example"))
    message = parsed(row)
    assert message["Bcc"] is None
    assert b"\nBcc" not in bytes(row.body).partition(b"\r\n\r\n")[0].replace(b"\r", b"\n")
    assert [each.addr_spec for each in message["Reply-To"].addresses] == ["mika@lumi.example"]


@given(st.text(max_size=80))
@settings(max_examples=60)
def test_any_text_for_a_header_is_one_line(text):
    line = compose.one_line(text)
    assert line.splitlines() in ([], [line])
    assert line == line.strip()
    assert compose.one_line(line) == line


@pytest.mark.parametrize("mark", ["\u202e", "\u202d", "\u2066", "\u2069", "\u200e", "\u200f"])
def test_no_mark_turns_the_direction_of_a_subject(mark):
    assert compose.one_line(f"a{mark}b") == "a b"


@pytest.mark.parametrize(
    "text",
    ["a@b.example", " a@b.example ", "a+b@c.example", "ann@työ.example", "o'neil@c.example"],
)
def test_one_plain_address_is_taken(text):
    assert compose.address(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@", "@b.example", "a@b.example,c@d.example", "a@b.example;c@d.example", "Ann <a@b.example>",
     "a@b.example\n", "a@b.example\r\nBcc: x@y.example", "a b@c.example",
     "a@b..example", "a@b.example\x00", "a@-b.example"],
)  # fmt: skip
def test_anything_else_is_refused(text):
    if text.strip() == "a@b.example":
        assert compose.address(text) == "a@b.example"  # blanks at the ends are a slip of the finger
        return
    with pytest.raises(ValueError, match="not a mail address"):
        compose.address(text)


def test_every_mail_has_an_id_of_its_own_at_our_domain(post, settings):
    settings.DEFAULT_FROM_EMAIL = "Firsthire <post@hire.example>"
    ids = {post().message_id for _ in range(5)}
    assert len(ids) == 5
    assert all(each.startswith("<") and each.endswith("@hire.example>") for each in ids)


@pytest.mark.parametrize("name", ['O"Neil & Sons', "Ann, Bob; Co.", "<b>x</b>", "王 Żółw سارة", "a@b", "\\"])
def test_a_shops_name_is_only_a_name(post, parsed, company, name):
    company.name = name
    [sender] = parsed(post())["From"].addresses
    assert (sender.addr_spec, sender.display_name) == ("post@localhost", name)


def test_a_machines_mail_says_so_and_nobody_answers_it_by_machine(post, parsed):
    assert parsed(post())["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("language", ["en", "fi", "sv", "pl", "ar", "zh-hans"])
def test_both_parts_come_in_every_language(post, parsed, language):
    message = parsed(post(language=language))
    kinds = [part.get_content_type() for part in message.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html"]
    html = message.get_body(("html",)).get_content()
    assert f'lang="{language}"' in html
    assert ('dir="rtl"' in html) == (language == "ar")


# -- links


@pytest.mark.parametrize(
    "typed",
    ["http://evil.example", "https://localhost:8000.evil.example/", "ftp://x.example/a", "HTTP://EVIL.example",
     "http://localhost:8000@evil.example/", "http://user:pw@localhost:8000/"],
)  # fmt: skip
def test_what_a_stranger_typed_is_no_link(typed):
    assert "<a" not in links.as_links(f"see {typed} now")
    assert "[link taken out]" in links.without_links(f"see {typed} now")


@pytest.mark.parametrize("end", [".", ",", ")", "?", "!", ";", ":", "]", ").", "?!"])
def test_a_sentence_may_end_behind_an_address(end):
    url = "http://localhost:8000/my/status/abc/"
    assert links.as_links(f"Look: {url}{end}") == f'Look: <a href="{url}">{url}</a>{end}'


@pytest.mark.parametrize("quote", ['"', "'", "<", ">", " ", "\n"])
def test_an_address_ends_where_it_could_leave_its_attribute(quote):
    shown = str(links.as_links(f"http://localhost:8000/a{quote}onmouseover=x"))
    assert '<a href="http://localhost:8000/a">' in shown
    assert shown.count('"') == 2


# -- from the row to the mail server


def due_again(row):
    Mail.objects.filter(pk=row.pk).update(due_at=timezone.now(), lease_until=timezone.now())


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (421, State.WAITING),
        (450, State.WAITING),
        (452, State.WAITING),
        (500, State.PARKED),
        (550, State.PARKED),
        (554, State.PARKED),
    ],
)
@pytest.mark.parametrize("where", ["rcpt", "data"])
def test_four_hundred_is_later_and_five_hundred_never(company, smtp, code, state, where):
    row = make_mail(company)
    setattr(smtp.handler, where, [f"{code} 4.0.0 words"])
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert (row.state, smtp.messages) == (state, [])
    assert row.last_error.startswith(str(code)) or code == 421


def test_what_the_server_says_is_shown_on_one_line_and_short(company, smtp):
    row = make_mail(company)
    smtp.handler.rcpt = ["550-first\r\n550 <b>second</b> " + "x" * 400]
    tasks.deliver(row.pk)
    row.refresh_from_db()
    assert len(row.last_error) <= 300
    assert len(row.last_error.splitlines()) == 1


def test_a_mail_that_was_tried_before_keeps_its_id_its_date_and_its_bytes(company, smtp):
    row = make_mail(company)
    before = bytes(row.body)
    smtp.handler.data = ["451 later"]
    tasks.deliver(row.pk)
    due_again(row)
    tasks.deliver(row.pk)
    [message] = smtp.messages
    sent = message_from_bytes(before, policy=policy.default)
    assert (message["Message-ID"], message["Date"]) == (sent["Message-ID"], sent["Date"])
    assert Mail.objects.get(pk=row.pk).tries == 2


def test_delays_grow_and_end_after_a_day():
    assert list(delivery.DELAYS) == sorted(delivery.DELAYS)
    assert 12 * 3600 < sum(delivery.DELAYS) < 36 * 3600


def test_the_sweeper_takes_the_longest_waiting_and_no_more_than_it_can(company, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks, "SWEEP_ROWS", 2)
    monkeypatch.setattr(tasks.deliver, "apply_async", lambda args, expires: queued.append((*args, expires)))
    rows = [make_mail(company, due_at=timezone.now() - timedelta(hours=n)) for n in range(3)]
    tasks.sweep()
    assert queued == [(rows[2].pk, tasks.SWEEP_SECONDS), (rows[1].pk, tasks.SWEEP_SECONDS)]


def test_sent_once_is_not_sent_by_the_button(company, smtp):
    row = make_mail(company)
    tasks.deliver(row.pk)
    assert outbox.cancel(about=("", None), message="") == 0
    tasks.deliver(row.pk)
    assert len(smtp.messages) == 1


def test_an_address_of_the_world_reaches_the_reader(company, smtp):
    row = make_mail(company, to="sara@työ.example", subject="Żółw 王 سارة", text="王 " * 400)
    tasks.deliver(row.pk)
    [message] = smtp.messages
    assert message["Subject"] == "Żółw 王 سارة"
    assert Address(addr_spec=smtp.handler.taken[0].rcpt_tos[0]).domain == "xn--ty-gka.example"
    assert all(len(line) <= 998 for line in bytes(row.body).split(b"\r\n"))
