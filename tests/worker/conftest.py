"""A real Celery worker in a process of its own, over a real broker, on the test's own database."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import kombu
import pytest
import redis
from django.conf import settings as django_settings
from django.db import connection

from tests.broker import GIVEN
from tests.smtp_server import MailServer

ROOT = Path(__file__).parents[2]


class Forge:
    """The product in a process of its own, which knows of the test what `environ` says. See forge.py."""

    def __init__(self, environ, var):
        self.environ, self.var, self.pids = environ, var, []
        with (var / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "tests.worker.forge"],
                cwd=ROOT,
                env=environ,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def start(self, what="worker") -> int:
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()
        pid = int(self.process.stdout.readline() or 0)
        assert pid > 1, self.log
        self.pids.append(pid)
        return pid

    @property
    def log(self) -> str:
        return (self.var / "worker.log").read_text(errors="replace")[-3000:]

    def running(self) -> bool:
        return any(Path(f"/proc/{pid}").exists() for pid in self.pids)

    def kill(self):
        for pid in self.pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        while self.running():
            time.sleep(0.01)
        self.pids.clear()

    def close(self):
        self.kill()
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        self.process.wait(20)
        self.process.stdout.close()

    def send(self, task, *args):
        """Puts a task on the worker's queue, as the product does."""
        with kombu.Connection(self.environ["BROKER"], transport_options={"max_retries": 0}) as link:
            task.apply_async(args, connection=link)

    def until(self, ready, *, seconds=60, revive=None):
        """Waits until ready() is true. A worker that died is followed by another, after revive()."""
        end = time.monotonic() + seconds
        while not ready():
            assert time.monotonic() < end, self.log
            if not self.running():
                assert revive or ready(), self.log
                if revive:
                    revive()
                    self.start()
            time.sleep(0.05)


@pytest.fixture
def mail_server():
    server = MailServer()
    server.start()
    yield server
    server.stop(no_assert=True)


@pytest.fixture
def var(tmp_path):
    (tmp_path / "keys").mkdir()
    return tmp_path


def database(var) -> dict:
    """How the worker finds the test's database: a link to the SQLite file, or the address of the server."""
    stored = connection.settings_dict
    if connection.vendor == "sqlite":
        (var / "firsthire.sqlite3").symlink_to(stored["NAME"])
        return {}
    who = f"{quote(stored['USER'])}:{quote(stored['PASSWORD'])}@{stored['HOST']}:{stored['PORT'] or 5432}"
    return {"DATABASE_URL": f"postgres://{who}/{stored['NAME']}"}


@pytest.fixture
def redis_url(worker_id):
    """The server that is given, in a database of this test process's own; else fakeredis over TCP."""
    if not GIVEN:
        with fake_redis() as url:
            yield url
        return
    number = 8 + int(worker_id.removeprefix("gw") or 0) % 8 if worker_id != "master" else 8
    url = urlunsplit(urlsplit(GIVEN)._replace(path=f"/{number}"))
    with redis.Redis.from_url(url) as server:
        server.flushdb()
    yield url


@contextmanager
def fake_redis(port=0):
    """Redis's protocol over TCP, answered by a thread of ours."""
    import fakeredis

    server = fakeredis.TcpFakeServer(("127.0.0.1", port), server_type="redis")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"redis://127.0.0.1:{server.server_address[1]}/0"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def environ(var, mail_server, transactional_db):
    """The environment of a process that shares the test's database, keys and mail server."""
    names = ("PATH", "HOME", "LANG", "TMPDIR")
    return {
        **{name: os.environ[name] for name in names if name in os.environ},
        **database(var),
        "VAR_DIR": str(var),
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": django_settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(django_settings.FIELD_KEYS),
        "SMTP_URL": f"smtp://127.0.0.1:{mail_server.port}",
    }


@pytest.fixture
def forge(environ, var):
    """forge(broker's address) -> a Forge."""
    made = []

    def make(broker):
        known = {"REDIS_URL": broker} if broker.startswith("redis") else {}
        made.append(Forge(environ | known | {"BROKER": broker}, var))
        return made[-1]

    yield make
    for one in made:
        one.close()
