"""`make test`: the linters, then the suite on SQLite and on PostgreSQL. Stops at the first failure."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.broker import lacking

BIN = Path(sys.executable).parent
CI = os.environ.get("CI") == "true"
PRODUCTION = {
    "SECRET_KEY": "check-only-" + "0123456789abcdef" * 4,
    "FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
    "DATABASE_URL": "postgres://nobody@127.0.0.1/none",
    "SMTP_URL": "smtp+tls://mail.example.org",
    "SITE_URL": "https://hire.example.org",
}


def step(name, *command, **environ):
    """Runs one command and says how long it took; a failure ends everything."""
    started = time.monotonic()
    print(f"== {name}", flush=True)
    code = subprocess.call([str(BIN / command[0]), *command[1:]], env=os.environ | environ)
    print(
        f"   {name}: {'ok' if code == 0 else f'FAILED ({code})'} in {time.monotonic() - started:.0f} s",
        flush=True,
    )
    if code:
        raise SystemExit(code)


def linters():
    step("ruff", "ruff", "check", "--quiet", ".")
    step("ruff format", "ruff", "format", "--quiet", "--check", ".")
    step("djlint", "djlint", "--quiet", "--lint", "templates")
    step("layers", "lint-imports", "--no-cache")
    step(
        "migrations",
        "python",
        "manage.py",
        "makemigrations",
        "--check",
        "--dry-run",
        "-v",
        "0",
        **throwaway(),
    )
    step(
        "deploy check",
        "python",
        "manage.py",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        **PRODUCTION,
        **throwaway(),
    )


def throwaway():
    return {"VAR_DIR": tempfile.mkdtemp(prefix="firsthire-check-")}


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def suite(engine, *more, **environ):
    parallel = ("-n", os.environ.get("WORKERS", "2"), "--dist", "worksteal")
    try:
        step(f"suite on {engine}", "pytest", *parallel, *more, **environ)
    except SystemExit:
        if not only_in_the_browser(LAST_FAILED):
            raise
        # Said aloud, never silent: somebody has to look why it took two.
        print(f"A SECOND TRY, alone, for: {LAST_FAILED.read_text(encoding='utf-8')}", flush=True)
        step(f"second try on {engine}", "pytest", "-n", "0", "--last-failed", *more, **environ)


LAST_FAILED = Path(".pytest_cache/v/cache/lastfailed")
FEW = 2


def only_in_the_browser(file) -> bool:
    """Whether one or two browser tests are all that failed: two browsers on two cores sometimes starve each other."""
    if not file.exists():
        return False
    failed = json.loads(file.read_text(encoding="utf-8"))
    return 0 < len(failed) <= FEW and all(name.startswith("tests/browser/") for name in failed)


def main():
    linters()
    if "--linters" in sys.argv:
        return
    if not chromium():
        print("No Chromium found: the browser tests are left out.")
        if CI:
            raise SystemExit("CI needs Chromium.")
    if why := lacking():
        print(why)
    os.environ.pop("DATABASE_URL", None)
    given = os.environ.pop("TEST_DATABASE_URL", "")
    suite("SQLite", "-m", "not postgres")
    with postgres(given) as url:
        suite("PostgreSQL", "-m", "not sqlite and not browser", TEST_DATABASE_URL=url)


if __name__ == "__main__":
    from tests.throwaway_postgres import postgres

    main()
