"""How much memory a web process holds after some hundred pages of the sample shop, asked for as a browser does."""

import http.cookiejar
import os
import re
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

from tests.throwaway_postgres import free_port

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "sample sample sample"
FIELD = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')
LINK = re.compile(r'href="(/(?:hiring|readiness|onboarding|careers|accounts/(?:team|trail|company))/[^"#]*)"')


class Visitor:
    """Somebody with a browser that keeps cookies and sends back the hidden fields of a form."""

    def __init__(self, site, email=""):
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(http.cookiejar.CookieJar()))
        if email:
            self.send("/accounts/login/", login=email, password=PASSWORD)

    def get(self, path) -> str:
        with self.opener.open(self.site + path, timeout=60) as response:
            return response.read().decode("utf-8", "replace")

    def send(self, path, **fields) -> str:
        data = dict(FIELD.findall(self.get(path))) | fields
        body = urlencode(data).encode()
        self.opener.addheaders = [("Referer", self.site + path)]
        with self.opener.open(self.site + path, body, timeout=60) as response:
            return response.read().decode("utf-8", "replace")


def megabytes(pid: int) -> float:
    """Resident memory of a process (Linux)."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


def children(pid: int) -> list[int]:
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def web_process(up: int) -> int:
    """The process that answers: below gunicorn's own, which is a child of `up`."""
    for child in children(up):
        if b"gunicorn" in Path(f"/proc/{child}/cmdline").read_bytes() and (workers := children(child)):
            return workers[0]
    raise RuntimeError("no web process is there")


@contextmanager
def running():
    """`manage.py up` with the sample shop: (its address, the number of its web process)."""
    port = free_port()
    environ = os.environ | {
        "VAR_DIR": tempfile.mkdtemp(prefix="firsthire-memory-"),
        "PORT": str(port),
        "DEMO_PASSWORD": PASSWORD,
    }
    up = subprocess.Popen(
        [sys.executable, "manage.py", "up"], cwd=ROOT, env=environ, stdout=subprocess.DEVNULL
    )
    try:
        site = f"http://localhost:{port}"
        wait_for(f"{site}/healthz")
        yield site, web_process(up.pid)
    finally:
        up.terminate()
        up.wait(60)


def measured(pages: int = 400) -> dict:
    """{"start": .., "end": .., "pages": ..} in MB."""
    with running() as (site, web):
        start = megabytes(web)
        visit(site, pages)
        return {"start": round(start), "end": round(megabytes(web)), "pages": pages}


def wait_for(url, seconds=180):
    limit = time.monotonic() + seconds
    while True:
        try:
            with urlopen(url, timeout=5):  # noqa: S310
                return
        except (URLError, OSError):
            if time.monotonic() > limit:
                raise
            time.sleep(0.3)


def visit(site, pages):
    """Every page that an owner and a new hire find by following links, round and round; and now and then an
    application comes in."""
    owner, hire, stranger = (
        Visitor(site, "owner@lumi.example"),
        Visitor(site, "newhire@lumi.example"),
        Visitor(site),
    )
    rounds = [(owner, path) for path in found(owner)] + [(hire, path) for path in found(hire)]
    [form, *_] = re.findall(r'href="(/careers/lumi/[\w-]+/)"', stranger.get("/careers/lumi/"))
    for number in range(pages):
        visitor, path = rounds[number % len(rounds)]
        try:
            visitor.get(path)
        except HTTPError as error:
            if error.code >= 500:
                raise
        if number % 50 == 0:
            person = {"name": "Bea Bench", "email": f"bea.{number}@applicants.example", "cv_text": "Chat."}
            stranger.send(f"{form}apply/", **person, do="anyway")


def found(visitor) -> list[str]:
    """Addresses within two clicks of the first page."""
    first = sorted(set(LINK.findall(visitor.get("/"))))
    second = {path for page in first for path in LINK.findall(visitor.get(page))}
    return sorted(set(first) | second)


if __name__ == "__main__":
    print(measured())
