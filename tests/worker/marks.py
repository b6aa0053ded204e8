"""Loaded into the real worker: it dies by kill -9 at marked points, once for each, told by the mail's reader.

A mail to claimed@kill.example kills the worker that has just claimed it. VAR_DIR/marks lists the points that are
armed, and killed-claimed remembers that it happened.
"""

import os
import signal
import smtplib
from functools import wraps

from celery.signals import task_postrun, task_prerun
from django.conf import settings

from hiring import import_chunks
from mailroom import delivery
from mailroom.models import Mail
from readiness import imports
from vault import extraction


def armed(point) -> bool:
    marks = settings.VAR / "marks"
    return marks.exists() and point in marks.read_text().split() and not _mark(point).exists()


def die(point):
    if armed(point):
        _mark(point).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _mark(point):
    return settings.VAR / f"killed-{point}"


def reader(args) -> str:
    found = Mail.objects.filter(pk=args[0]).values_list("recipient", flat=True).first() or ""
    return found.partition("@")[0]


@task_prerun.connect
def _before(task, args, **_):
    if task.name == "mailroom.tasks.deliver" and reader(args) == "before":
        die("before")
    if task.name == "mailroom.tasks.sweep":
        die("sweep")


@task_postrun.connect
def _before_ack(task, args, **_):
    if task.name == "mailroom.tasks.deliver" and reader(args) == "unacked":
        die("unacked")


def _around(send):
    @wraps(send)
    def sent(recipient, body):
        if recipient == "claimed@kill.example":
            die("claimed")
        send(recipient, body)
        if recipient == "accepted@kill.example":
            die("accepted")

    return sent


def _half(data):
    @wraps(data)
    def sent(self, msg):
        if b"middle@kill.example" in msg and armed("middle"):
            self.docmd("DATA")
            self.send(msg[:200])
            die("middle")
        return data(self, msg)

    return sent


def _between(module, name, point):
    """Deadly when the work begins, and again when it is done but not yet written down."""
    work = getattr(module, name)

    @wraps(work)
    def marked(*args, **kwargs):
        die(f"{point}-begun")
        done = work(*args, **kwargs)
        die(f"{point}-done")
        return done

    setattr(module, name, marked)


delivery.transmit = _around(delivery.transmit)
smtplib.SMTP.data = _half(smtplib.SMTP.data)
_between(extraction, "read", "text")
_between(imports, "_read", "import")
_between(import_chunks, "_enter", "chunk")
_between(import_chunks, "_notes", "notes")  # within the chunk's transaction
