"""How many job pages a second one web process gives out, asked for over HTTP by four visitors at once."""

import http.client
import re
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

from tests.web_memory import Visitor, running

VISITORS, SECONDS = 4, 5
TEXT = """One web process of `manage.py up` gives out {each_second} job pages a second (100 asked for), each {kb} kB, to
{visitors} visitors who ask again as soon as they are answered; they share the machine with it.
"""


def measured() -> dict:
    with running() as (site, _web):
        [path, *_] = re.findall(r'href="(/careers/lumi/[\w-]+/)"', Visitor(site).get("/careers/lumi/"))
        size = len(_ask(_line(site), path))
        with ThreadPoolExecutor(VISITORS) as visitors:
            counts = list(visitors.map(lambda _: _as_often_as_possible(site, path), range(VISITORS)))
    return {
        "each_second": round(sum(counts) / SECONDS),
        "kb": round(size / 1000, 1),
        "visitors": VISITORS,
    }


def _line(site):
    return http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)


def _ask(line, path) -> bytes:
    line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered {answer.status}")
    return body


def _as_often_as_possible(site, path) -> int:
    line, limit, count = _line(site), time.monotonic() + SECONDS, 0
    while time.monotonic() < limit:
        _ask(line, path)
        count += 1
    return count


if __name__ == "__main__":
    print(TEXT.format(**measured()))
