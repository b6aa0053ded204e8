"""kill -9 while a file is read and a log is counted: both are finished once, by the next worker."""

import pytest
from django.utils import timezone

from readiness import imports
from readiness import tasks as readiness
from readiness.models import TicketImport
from tests.readiness import logs
from tests.vault.factories import make_file
from vault import tasks as vault
from vault.models import StoredFile, TrailEntry
from vault.work import State

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
EVENTS = {"shape": "events", "case": 0, "created": 2, "resolved": None, "order": "ymd"}
POINTS = ["text-begun", "text-done", "import-begun", "import-done"]


def start_import(owner):
    body = logs.event_log(logs.growing_and_cut())
    row, _ = imports.receive(company=owner.company, by=owner.user, upload=logs.upload(body))
    imports.start(row, mapping=EVENTS, by=owner.user)
    return row


def test_killed_work_is_done_once(forge, redis_url, owner):
    file = make_file(owner.company_id)
    start_import(owner)
    forge = forge(redis_url)
    (forge.var / "marks").write_text(" ".join(POINTS))

    def revive():
        for model in (StoredFile, TicketImport):
            model.objects.filter(state=State.RUNNING).update(lease_until=timezone.now())
        forge.send(vault.sweep_texts)
        forge.send(readiness.sweep)

    read = StoredFile.objects.filter(pk=file.pk)  # the import's own file goes when it is counted
    rows = [read, TicketImport.objects.all()]
    forge.until(lambda: [row.get().state for row in rows] == ["done", "done"], revive=revive)
    assert sorted(path.name for path in forge.var.glob("killed-*")) == sorted(f"killed-{p}" for p in POINTS)
    assert read.get().text
    assert TicketImport.objects.get().cases == 1587
    assert TrailEntry.objects.filter(action="import.counted").count() == 1
