"""A draft of a scorecard is its author's: no page, search, copy or feed shows a word of it to anybody else."""

import io
import json
import zipfile

import pytest
from django.db import transaction
from django.urls import reverse

from hiring import cards
from hiring.models import Application, Scorecard
from tests.conftest import StrictClient, signed_in
from tests.hiring.acts import url
from tests.hiring.factories import make_card
from tests.test_routes import ROWS, address
from tests.world import ROLES, make_world
from vault import exports

MARKER = "zebrafinch"
AUTHOR = "manager"
OTHERS = [role for role in (*ROLES, "anonymous") if role != AUTHOR]
pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make_world()
    plant(Application.objects.get(pk=world["assigned"]), world[AUTHOR])
    return world


def plant(application, author):
    """A draft with the word in everything one can write."""
    row = application.job.requirements.first()
    values = {
        "recommendation": "definitely_not",
        "trust": f"{MARKER} all over",
        "ratings": {row.pk: (1, f"{MARKER} seen")},
        "answers": {(row.pk, "s0"): ("What then?", f"{MARKER} said")},
    }
    return cards.save(application, by=author, values=values)


def visitor(world, role):
    return StrictClient() if role == "anonymous" else signed_in(world[role])


def body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        copy = zipfile.ZipFile(io.BytesIO(content))
        content = b"\n".join(copy.read(name) for name in copy.namelist())
    return content.decode(errors="replace").lower()


def pages(world) -> set:
    return {address(row, world) for row in ROWS if row["method"] == "GET"}


@pytest.mark.timeout(300)
@pytest.mark.parametrize("role", OTHERS)
def test_no_address_shows_it(world, role):
    client, found = visitor(world, role), []
    client.raise_request_exception = False
    for page in sorted(pages(world)):
        with transaction.atomic():
            if MARKER in body(client.get(page)):
                found.append(page)
            transaction.set_rollback(True)
    assert found == []


def test_the_crawl_would_find_it(world):
    page = url("kit", Application.objects.get(pk=world["assigned"]))
    assert MARKER in body(signed_in(world[AUTHOR]).get(page))


@pytest.mark.parametrize("role", ["owner", "interviewer"])
@pytest.mark.parametrize("name", ["find", "hiring:search"])
def test_no_search_finds_it(world, role, name):
    answer = signed_in(world[role]).get(reverse(name), {"q": MARKER})
    shown = body(answer).replace(f'value="{MARKER}"', "")
    assert (reverse("hiring:candidate", args=[world["assigned"]]) in shown, f"{MARKER} " in shown) == (
        False,
        False,
    )


@pytest.mark.parametrize("panel", ["cv", "phone", "interview", "references", "offer"])
def test_no_panel_shows_it(world, panel):
    page = reverse("hiring:candidate", args=[world["assigned"]])
    assert MARKER not in body(signed_in(world["owner"]).get(page, {"panel": panel}))


@pytest.mark.parametrize("of", ["candidate", "shop"])
def test_no_copy_holds_it(world, of):
    person = Application.objects.get(pk=world["assigned"])
    pk = person.candidate_id if of == "candidate" else person.company_id
    row = exports.ask(of, pk, company_id=person.company_id, language="en")
    exports.run(row.pk)
    row.refresh_from_db()
    copy = zipfile.ZipFile(row.file.path)
    words = "".join(copy.read(name).decode("utf-8-sig", errors="replace") for name in copy.namelist())
    assert (MARKER in words.lower(), len(words) > 100) == (False, True)


def test_handed_in_it_is_the_applicants_to_read(world):
    person = Application.objects.get(pk=world["assigned"])
    Scorecard.objects.all().delete()
    card = make_card(person, world[AUTHOR], levels=[3], trust=f"{MARKER} calm")
    card.answers.create(
        company=person.company,
        requirement=person.job.requirements.first(),
        code="s0",
        question="Why?",
        note=f"{MARKER} said",
    )
    row = exports.ask("candidate", person.candidate_id, company_id=person.company_id, language="en")
    exports.run(row.pk)
    row.refresh_from_db()
    data = json.loads(zipfile.ZipFile(row.file.path).read("person.json"))
    assert json.dumps(data).count(MARKER) == 2
