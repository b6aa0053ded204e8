"""A real Chromium on the real product. A page that logs an error, breaks the CSP or leaves the host fails its test."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import sync_playwright

from tests.run import chromium

# Playwright's loop lives in the test's thread; the tests themselves are plain and may use the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The last two: the browser's own viewer of PDF.
OURS = ("http://localhost:", "http://127.0.0.1:", "data:", "blob:", "chrome-extension:", "chrome:")
ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser):
    """new_page(width=1280, dark=False, scripts=True, locale="en") -> a page of its own, watched for faults."""
    contexts, faults = [], []

    def make(*, width=1280, height=800, dark=False, scripts=True, locale="en-FI", strict=True):
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            locale=locale,
            timezone_id="Europe/Helsinki",
            accept_downloads=True,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        if strict:
            watch(page, faults)
        contexts.append(context)
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


def watch(page, faults):
    def said(message):
        # A 4xx that a test provokes is logged by the browser itself; what our pages do wrong is not of that kind.
        if message.type == "error" and "Failed to load resource" not in message.text:
            faults.append(f"{page.url}: {message.text}")

    def asked(request):
        if not request.url.startswith(OURS):
            faults.append(f"left the host: {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("request", asked)


@pytest.fixture
def page(new_page):
    return new_page()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Product:
    """`manage.py up` in a folder of its own, as a user starts it: web, worker, queue, kept mail."""

    def __init__(self, var: Path, **environ):
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        own = {
            "VAR_DIR": str(var),
            "PORT": str(self.port),
            "DEMO": "0",
            "DEMO_PASSWORD": "sample sample sample",
        }
        drop = {
            "DJANGO_SETTINGS_MODULE",
            "DATABASE_URL",
            "REDIS_URL",
            "SMTP_URL",
            "SITE_URL",
            "TEST_DATABASE_URL",
        }
        self.environ = {k: v for k, v in os.environ.items() if k not in drop} | own | environ
        self.log = var / "up.log"
        self.process = None

    def start(self, seconds=180):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=self.environ, stdout=log, stderr=log
            )
        limit = time.monotonic() + seconds
        while not self.answers():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < limit, self.log.read_text()
            time.sleep(0.1)
        return self

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/healthz", timeout=2) as response:  # noqa: S310
                return response.status == 200
        except (URLError, OSError):
            return False

    def stop(self):
        self.process.terminate()
        return self.process.wait(30)


@pytest.fixture(scope="session")
def product(tmp_path_factory):
    """One running product for the tests that walk whole paths; each makes a company of its own (SIGNUP=open)."""
    running = Product(tmp_path_factory.mktemp("product"), SIGNUP="open").start()
    yield running
    running.stop()
