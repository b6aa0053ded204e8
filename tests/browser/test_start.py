"""The product as it starts on somebody's computer."""

import re
import signal

import pytest

from tests.browser.conftest import Product


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    running = Product(tmp_path_factory.mktemp("fresh")).start()
    yield running
    if running.process.poll() is None:
        running.stop()


def test_the_first_page_asks_the_question(fresh, page):
    page.goto(fresh.url)
    assert page.locator("h1").inner_text() == "Is it time to hire your first support person?"
    assert page.get_by_role("link", name="Answer ten questions").is_visible()


def test_it_says_where_it_is_and_listens_only_here(fresh):
    assert fresh.url in fresh.log.read_text()
    assert "127.0.0.1" in " ".join(_listening(fresh.port))


def _listening(port) -> list[str]:
    import psutil

    return [
        c.laddr.ip for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port
    ]


def test_keys_are_private_and_kept(fresh, tmp_path_factory):
    folder = fresh.log.parent / "keys"
    before = {path.name: (path.stat().st_mode & 0o777, path.read_bytes()) for path in folder.iterdir()}
    assert sorted(before) == ["field_keys", "secret_key"]
    assert {mode for mode, _ in before.values()} == {0o600}


def test_a_signal_stops_everything_and_a_second_start_keeps_the_data(tmp_path):
    first = Product(tmp_path)
    first.start()
    key = (tmp_path / "keys" / "secret_key").read_bytes()
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(30) == 0
    assert not first.answers()
    second = Product(tmp_path).start()
    assert (tmp_path / "keys" / "secret_key").read_bytes() == key
    assert second.stop() == 0


def test_the_death_of_the_web_stops_the_worker(tmp_path):
    import psutil

    running = Product(tmp_path).start()
    children = psutil.Process(running.process.pid).children()
    web = next(child for child in children if "gunicorn" in " ".join(child.cmdline()))
    web.kill()
    assert running.process.wait(30) == 1
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []


def test_a_taken_port_is_said_plainly(fresh, tmp_path):
    other = Product(tmp_path)
    other.port = fresh.port
    other.environ["PORT"] = str(fresh.port)
    with pytest.raises(AssertionError, match=re.escape(f"Port {fresh.port} is taken")):
        other.start()
