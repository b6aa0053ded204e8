"""kill -9 at every point: each mail arrives, once, or twice with one Message-ID when only the stamp was lost."""

import json
import socket
from collections import Counter

import pytest
from django.utils import timezone

from mailroom import tasks
from mailroom.models import Mail
from tests.mailroom.factories import make_mail
from tests.worker.conftest import fake_redis
from vault.work import State

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
TWICE = {"accepted@kill.example"}  # the window between the mail server's yes and our stamp


def leases_run_out():
    """As if five minutes had passed since the worker died."""
    Mail.objects.filter(state=State.RUNNING).update(lease_until=timezone.now())


def all_sent():
    return not Mail.objects.exclude(state=State.DONE).exists()


def walk(forge, mail_server, points):
    """Mails to readers that kill the worker, with ordinary ones between; until everything is sent."""
    rows = [make_mail(to=f"{point}@kill.example") for point in points] + [make_mail() for _ in range(3)]
    (forge.var / "marks").write_text(" ".join(points))

    def revive():
        leases_run_out()
        forge.send(tasks.sweep)

    forge.until(all_sent, revive=revive)
    want = {row.message_id: 1 + (row.recipient in TWICE) for row in rows}
    assert Counter(mail_server.message_ids) == want
    assert sorted(path.name for path in forge.var.glob("killed-*")) == sorted(f"killed-{p}" for p in points)
    assert {row.sent_at is not None for row in Mail.objects.all()} == {True}


def test_redis_kill_at_every_point(forge, redis_url, mail_server):
    points = ["before", "claimed", "middle", "accepted", "unacked", "sweep"]
    walk(forge(redis_url), mail_server, points)


def test_embedded_queue_kill(forge, var, mail_server):
    walk(forge(f"sqla+sqlite:///{var}/queue.sqlite3"), mail_server, ["claimed", "middle", "accepted"])


def test_a_dead_queue_delays_mail_and_no_page(forge, var, mail_server, owner, company):
    """The pages answer as usual; when the queue is back the mails leave, one person's in their order."""
    rows = [make_mail(company, to="ann@reader.example", state=State.PARKED) for _ in range(3)]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    dead = forge(f"redis://127.0.0.1:{port}/0")
    dead.start("tests.worker.page:retry_all")
    dead.until((var / "pages.json").exists)
    dead.until(lambda: not dead.running())
    took = json.loads((var / "pages.json").read_text())
    assert [said for _, said in took] == [True] * 3
    assert max(seconds for seconds, _ in took) < 2
    assert Mail.objects.filter(state=State.WAITING).count() == 3
    with fake_redis(port):
        dead.send(tasks.sweep)
        dead.start()
        dead.until(all_sent)
        dead.kill()
    assert mail_server.message_ids == [row.message_id for row in rows]
