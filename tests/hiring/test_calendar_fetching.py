"""Fetching from an address that somebody typed: what is asked, and what is never asked. No database."""

import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hiring.calendar_fetching import MAX_BYTES, Answer, Unread, Way, fetch, is_public, target
from tests.hiring.https_server import HERE, Server, answer, drop_by_drop, endless, redirect


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    yield server
    server.stop()


def code(act, *args, **fields) -> str:
    with pytest.raises(Unread) as refused:
        act(*args, **fields)
    return refused.value.code


def asks(server, path="/mine.ics", **fields):
    return fetch(server.url(path), way=server.way(), **fields)


# -- addresses


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://calendar.example/a.ics", "https://calendar.example/a.ics"),
        ("webcal://calendar.example/a.ics", "https://calendar.example/a.ics"),
        ("  WEBCALS://Calendar.Example/a.ics?key=1&b=%20 ", "https://calendar.example/a.ics?key=1&b=%20"),
        ("https://calendar.example", "https://calendar.example/"),
        ("https://calendar.example:443/a#top", "https://calendar.example/a"),
        ("https://calendar.example.:8443/a", "https://calendar.example:8443/a"),
        ("https://bücher.example/käse.ics", "https://xn--bcher-kva.example/k%C3%A4se.ics"),
        ("https://8.8.8.8/a.ics", "https://8.8.8.8/a.ics"),
        ("https://[2606:4700::1111]/a.ics", "https://[2606:4700::1111]/a.ics"),
    ],
)
def test_an_address_is_read_as_it_is_meant(typed, meant):
    assert target(typed).address == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("http://calendar.example/a.ics", "https"),
        ("file:///etc/passwd", "address"),
        ("ftp://calendar.example/a.ics", "https"),
        ("calendar.example/a.ics", "address"),
        ("", "address"),
        ("https://", "address"),
        ("https:///a.ics", "address"),
        ("https://calendar.example:99999/", "address"),
        ("https://[::1/", "address"),
        ("https://a b.example/", "address"),
        ("https://calendar.example/a\r\nHost: evil", "address"),
        ("https://calendar.example/\u202ea", "address"),
        (f"https://{'a' * 64}.example/", "address"),
        (f"https://calendar.example/{'a' * 2_000}", "address"),
        ("https://olga:secret@calendar.example/a.ics", "password_inside"),
        ("https://@calendar.example/a.ics", "password_inside"),
        ("https://localhost/a.ics", "private"),
        ("https://intranet/a.ics", "private"),
        ("https://printer.local/a.ics", "private"),
        ("https://metadata.google.internal/", "private"),
        ("https://x.localhost/", "private"),
        ("https://calendar.example:22/", "private"),
        ("https://127.0.0.1/a.ics", "private"),
        ("https://169.254.169.254/latest/meta-data/", "private"),
        ("https://[::1]/", "private"),
        ("https://2130706433/", "private"),
        ("https://0x7f000001/", "private"),
    ],
)
def test_what_is_no_address_of_the_open_internet_is_refused_at_once(typed, why):
    assert code(target, typed) == why


@given(st.text(max_size=60))
def test_anything_typed_is_taken_or_refused(typed):
    for address in (typed, f"https://{typed}", f"https://calendar.example/{typed}"):
        try:
            meant = target(address).address
        except Unread:
            continue
        assert meant.startswith("https://")
        assert meant.isascii()
        assert target(meant).address == meant


PRIVATE = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
192.168.1.1 198.18.0.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1
::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::1 2002:7f00:1:: 2002:a00:1::1 2001:db8::1 2001::1 fc00::1
fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1""".split()
PUBLIC = (
    "8.8.8.8 1.1.1.1 93.184.216.34 2606:4700::1111 2a00:1450:400f::8a ::ffff:8.8.8.8 64:ff9b::808:808".split()
)


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address):
    assert is_public(address) is False


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address):
    assert is_public(address) is True


# -- the answer


def test_a_calendar_is_fetched(server):
    server.say = answer(b"BEGIN:VCALENDAR", ETag='"one"')
    assert asks(server, "/mine.ics?key=a%20b") == Answer(b"BEGIN:VCALENDAR", '"one"')
    ((path, headers),) = server.asked
    assert path == "/mine.ics?key=a%20b"
    assert (headers["Host"], headers["User-Agent"]) == (f"calendar.example:{server.port}", "Firsthire")
    assert "If-None-Match" not in headers
    assert "Cookie" not in headers


def test_one_that_has_not_changed_is_not_fetched_again(server):
    server.say = answer(b"", status=304)
    assert asks(server, etag='"one"') == Answer(None)
    assert server.asked[0][1]["If-None-Match"] == '"one"'


@pytest.mark.parametrize("mark", ["x" * 201, "caf\u00e9", "a\x01b", ""])
def test_a_mark_that_is_none_is_forgotten(server, mark):
    server.say = answer(b"BEGIN:VCALENDAR", ETag=mark)
    assert asks(server) == Answer(b"BEGIN:VCALENDAR", "")


@pytest.mark.parametrize(
    ("status", "why"),
    [(401, "password"), (403, "password"), (404, "gone"), (410, "gone"), (500, "trouble"), (204, "trouble")],
)
def test_other_answers_have_their_sentence(server, status, why):
    server.say = answer(b"", status=status)
    assert code(asks, server) == why


def test_what_is_not_http_is_told(server):
    server.say = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n")
    assert code(asks, server) == "unreachable"


def test_a_promise_of_more_than_comes_is_told(server):
    server.say = answer(b"BEGIN", Content_Length="500")
    assert code(asks, server) == "unreachable"


# -- size and time


def test_the_largest_is_taken_and_one_byte_more_is_not(server):
    server.say = answer(b"x" * MAX_BYTES)
    assert len(asks(server).body) == MAX_BYTES
    server.say = answer(b"x" * (MAX_BYTES + 1))
    assert code(asks, server) == "large"


def test_six_megabytes_without_a_length_are_refused(server):
    server.say = endless()
    assert code(asks, server) == "large"


@pytest.mark.parametrize("headers", [False, True], ids=["body", "headers"])
def test_a_server_that_drips_is_cut(server, headers):
    server.say = drop_by_drop(6, headers=headers)
    began = time.monotonic()
    assert code(asks, server, seconds=0.8) == "slow"
    assert time.monotonic() - began < 4


def test_a_server_that_says_nothing_is_cut():
    with socket.create_server((HERE, 0)) as silent:
        began = time.monotonic()
        way = Way(look_up=lambda host, port: [HERE], allowed=lambda address: True)
        port = silent.getsockname()[1]
        assert code(fetch, f"https://calendar.example:{port}/", way=way, seconds=0.8) == "slow"
        assert time.monotonic() - began < 4


def test_all_redirects_share_one_time(server):
    def slowly(handler):
        time.sleep(0.4)
        redirect("/again")(handler)

    server.say = slowly
    assert code(asks, server, seconds=0.6) == "slow"


def test_no_thread_is_left_behind(server):
    server.say = answer(b"BEGIN:VCALENDAR")
    asks(server)
    time.sleep(0.1)
    assert not [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


# -- redirects


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(server, status):
    server.say = lambda handler: (
        redirect("/new.ics", status) if handler.path == "/mine.ics" else answer(b"here")
    )(handler)
    assert asks(server).body == b"here"
    assert [path for path, _headers in server.asked] == ["/mine.ics", "/new.ics"]


def test_three_are_followed_and_a_fourth_is_not(server):
    def hops(until):
        def say(handler):
            hop = int(handler.path.strip("/"))
            (redirect(f"/{hop + 1}") if hop < until else answer(b"here"))(handler)

        return say

    server.say = hops(3)
    assert asks(server, "/0").body == b"here"
    server.say = hops(4)
    assert code(asks, server, "/0") == "redirects"


@pytest.mark.parametrize(
    "where",
    [
        "https://127.0.0.1:{port}/secret",
        "https://localhost:{port}/secret",
        "https://[::1]:{port}/secret",
        "https://[::ffff:127.0.0.1]:{port}/secret",
        "https://169.254.169.254/latest/",
        "//10.0.0.1/secret",
    ],
)
def test_a_redirect_inside_is_refused(server, where):
    server.say = redirect(where.format(port=server.port))
    assert code(asks, server) == "private"
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("where", "why"), [("http://calendar.example/", "https"), ("file:///etc/passwd", "address")]
)
def test_a_redirect_to_another_kind_of_address_is_refused(server, where, why):
    server.say = redirect(where)
    assert code(asks, server) == why


def test_a_redirect_to_a_name_that_lies_inside_is_refused(server):
    server.say = redirect(f"https://inside.example:{server.port}/secret")
    looked = {"calendar.example": [HERE], "inside.example": ["127.0.0.1"]}
    way = server.way(look_up=lambda host, port: looked[host])
    assert code(fetch, server.url(), way=way) == "private"
    assert len(server.asked) == 1


# -- names


@pytest.mark.parametrize("found", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1", "8.8.8.8"]])
def test_a_name_with_an_address_inside_is_never_asked(server, found):
    assert code(fetch, server.url(), way=server.way(look_up=lambda host, port: found)) == "private"
    assert server.asked == []


def test_the_name_is_looked_up_once_and_that_address_is_asked(server):
    """What a name means the second time does not count."""
    answers = iter([[HERE], ["127.0.0.1"], ["127.0.0.1"]])
    server.say = answer(b"here")
    assert fetch(server.url(), way=server.way(look_up=lambda host, port: next(answers))).body == b"here"
    assert next(answers) == ["127.0.0.1"]


def test_the_next_address_is_tried_when_one_does_not_answer(server):
    server.say = answer(b"here")
    way = server.way(look_up=lambda host, port: ["127.0.0.3", HERE], allowed=lambda address: True)
    assert fetch(server.url(), way=way).body == b"here"


def test_the_products_own_way_refuses_this_computer():
    way = Way(look_up=lambda host, port: ["127.0.0.1"])
    assert code(fetch, "https://calendar.example/", way=way) == "private"


@pytest.mark.parametrize("name", ["no-such-host.invalid", "a..example"])
def test_a_name_that_nobody_has(name):
    assert code(fetch, f"https://{name}/a.ics") in {"no_host", "address"}


def test_a_name_without_an_address(server):
    assert code(fetch, server.url(), way=server.way(look_up=lambda host, port: [])) == "no_host"


def test_a_certificate_that_nobody_vouches_for(server):
    way = Way(look_up=lambda host, port: [HERE], allowed=lambda address: True)
    assert code(fetch, server.url(), way=way) == "certificate"


def test_a_certificate_of_another_name(server):
    assert code(fetch, server.url(host="other.example"), way=server.way()) == "certificate"
    assert server.asked == []


def test_a_closed_door(server):
    with socket.create_server((HERE, 0)) as closed:
        port = closed.getsockname()[1]
    assert code(fetch, f"https://calendar.example:{port}/", way=server.way()) == "unreachable"
