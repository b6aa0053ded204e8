"""kill -9 while people are brought in: within a chunk and after it; each line is one person."""

import pytest
from django.utils import timezone

from hiring import import_result, tasks
from hiring.models import Application, PeopleImport
from tests.hiring.brought import cv, people, started
from tests.hiring.factories import make_job
from vault.work import State

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]
POINTS = ["notes-done", "chunk-done"]


def test_killed_in_the_middle_each_line_is_one_person(forge, redis_url, owner):
    row = started(make_job(owner.company), owner, *people(130), cvs=[cv("Person 1.txt")])
    forge = forge(redis_url)
    (forge.var / "marks").write_text(" ".join(POINTS))

    def revive():
        PeopleImport.objects.filter(state=State.RUNNING).update(lease_until=timezone.now())
        forge.send(tasks.sweep_imports)

    forge.until(lambda: PeopleImport.objects.get().state == State.DONE, revive=revive)
    assert sorted(path.name for path in forge.var.glob("killed-*")) == sorted(f"killed-{p}" for p in POINTS)
    assert list(Application.objects.order_by("number").values_list("number", flat=True)) == [*range(1, 131)]
    assert import_result.counts(row)["entered"] == 130
