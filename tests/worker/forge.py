"""Imports the product once, then forks on each line of its input: `worker` runs a Celery worker, else a function.

A worker is started a dozen times here, and importing everything takes seconds. What runs in the child is what
`celery -A config worker` runs.
"""

import os
import signal
import sys
import traceback
from importlib import import_module

WORKER = ["worker", "-P", "threads", "-c", "1", "-l", "WARNING", "--without-mingle", "--without-gossip"]


def run(line):
    if line == "worker":
        from config import celery_app

        celery_app.worker_main(WORKER)
    else:
        module, _, name = line.partition(":")
        getattr(import_module(module), name)()


def child(line):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    os.dup2(2, 1)
    try:
        run(line)
    except BaseException:
        traceback.print_exc()
    sys.stderr.flush()
    os._exit(0)


def main():
    import_module("config.celery")  # names the settings
    import_module("django").setup()
    import_module("config.celery").app.loader.import_default_modules()
    for name in ("config.urls", "celery.bin.celery", "celery.apps.worker", "tests.worker.marks"):
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: no zombies
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            child(line.strip())
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
