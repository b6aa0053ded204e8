"""Everything one shop needs, in one terminal: migrate, static files, then web and worker together."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Company
from config import catalogues, demo_password
from vault import keys

# In a container everything runs as root; Celery warns, though no pickle is ever accepted here.
QUIET = "ignore:You're running the worker with superuser"


class Command(BaseCommand):
    help = "Prepares the database, then runs web and worker until Ctrl-C."

    def handle(self, **options):
        _port_is_free(settings.PORT)
        catalogues.compile_changed()
        call_command("migrate", verbosity=0, interactive=False)
        _keys_fit()
        _static_files()
        if settings.DEMO_ALLOWED and os.environ.get("DEMO") != "0" and not Company.objects.exists():
            call_command("demo", verbosity=0)  # the sign-ins follow below
        self.stdout.write(f"\n  {settings.SITE_URL}\n")
        if Company.objects.filter(is_demo=True).exists():
            self.stdout.write(demo_password.sign_ins())
        self.stdout.write("  Ctrl-C stops everything; what you did is kept.\n")
        self.stdout.flush()
        raise SystemExit(_run([_web(), _worker()]))


def _port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(f"Port {port} is taken. Try: PORT={port + 1} make run") from None


def _keys_fit() -> None:
    try:
        keys.verify()
    except keys.WrongKey as exc:
        raise CommandError(str(exc)) from exc


def _static_files() -> None:
    """Collected again only when a file changed: hashing and compressing take longer than all the rest."""
    files = [path for path in Path(settings.STATICFILES_DIRS[0]).rglob("*") if path.is_file()]
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    now = f"{len(files)} {max((path.stat().st_mtime_ns for path in files), default=0)}"
    if not stamp.exists() or stamp.read_text() != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now)


def _web() -> list[str]:
    bind, threads = f"127.0.0.1:{settings.PORT}", "8"
    workers = "1" if settings.EMBEDDED else os.environ.get("WEB_WORKERS", "2")
    args = ["--bind", bind, "--worker-class", "gthread", "--workers", workers, "--threads", threads]
    return ["gunicorn", "config.wsgi", *args, "--no-control-socket", "--log-level", "warning"]


def _worker() -> list[str]:
    args = [
        "--pool",
        "threads",
        "--concurrency",
        "2",
        "--loglevel",
        "WARNING",
        "--without-mingle",
        "--without-gossip",
    ]
    beat = ["--beat", "--schedule", str(settings.VAR / "beat")]
    return ["celery", "--app", "config", "--quiet", "worker", *beat, *args]


def _run(commands: list[list[str]]) -> int:
    """Children in sessions of their own, so that Ctrl-C reaches only us and they end in order.

    Returns 0 after a signal, 1 when a child died by itself: the rest is stopped then too.
    """
    stopping = []
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.append(True))
    children = [
        subprocess.Popen([sys.executable, "-W", QUIET, "-m", *command], start_new_session=True)  # noqa: S603
        for command in commands
    ]
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    for child in children:
        child.terminate()
    for child in children:
        _wait(child)
    return 0 if stopping else 1


def _wait(child, seconds: int = 20) -> None:
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
