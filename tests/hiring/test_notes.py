"""Notes: who may change and delete them, and two people who do so at once."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import undoing
from hiring import notes
from hiring.models import Assignment, Note
from tests.factories import make_member
from tests.hiring.factories import make_application, make_job
from tests.hiring.test_undo import actions, undo_url
from vault.models import TrailEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann(company, manager, interviewer):
    ann = make_application(make_job(company, members=[manager]), name="Ann")
    Assignment.objects.create(company=company, application=ann, membership=interviewer)
    return ann


@pytest.fixture
def note(ann, manager):
    return notes.add(ann, by=manager, text="Kind")


def url(name, note):
    return reverse(f"hiring:note_{name}", args=[note.pk])


def test_an_edited_note_says_so_and_can_be_taken_back(note, manager, sign_in):
    client = sign_in(manager)
    undo = undo_url(client.post(url("edit", note), {"text": "Very kind", "seen": 1}))
    note.refresh_from_db()
    assert (note.text, note.revision, note.edited_at is None) == ("Very kind", 2, False)
    client.post(undo)
    note.refresh_from_db()
    assert (note.text, note.revision, actions()[-1]) == ("Kind", 3, "note.taken_back")


def test_saving_the_same_words_is_no_change(note, manager):
    assert notes.edit(note, by=manager, text="Kind", seen=1).revision == 1


@pytest.mark.parametrize("who", ["owner", "interviewer"])
def test_nobody_writes_in_another_persons_name(note, who, request, sign_in):
    member = request.getfixturevalue(who)
    client = sign_in(member)
    found = [
        client.get(url("edit", note)).status_code,
        client.post(url("edit", note), {"text": "X"}).status_code,
    ]
    assert found == [403, 403]
    with pytest.raises(PermissionDenied):
        notes.edit(note, by=member, text="X", seen=1)


@pytest.mark.parametrize(
    ("who", "status", "left"), [("owner", 302, 0), ("manager", 302, 0), ("interviewer", 403, 1)]
)
def test_a_note_is_deleted_by_its_author_or_who_leads(note, who, status, left, request, sign_in):
    answer = sign_in(request.getfixturevalue(who)).post(url("delete", note))
    assert (answer.status_code, Note.objects.count(), Note.everything.count()) == (status, left, 1)


def test_deleting_twice_is_once_and_the_undo_brings_it_back(note, manager, sign_in):
    client = sign_in(manager)
    undo = undo_url(client.post(url("delete", note)))
    assert client.post(url("delete", note)).status_code == 404
    client.post(undo)
    client.post(undo)
    assert list(Note.objects.values_list("text", flat=True)) == ["Kind"]
    found = (
        TrailEntry.objects.filter(action__startswith="note.").order_by("pk").values_list("action", flat=True)
    )
    assert list(found) == ["note.added", "note.deleted", "note.put_back"]


def test_an_interviewer_does_not_put_anothers_note_back(note, manager, interviewer, sign_in):
    notes.delete(note, by=manager)
    assert sign_in(interviewer).post(url("put_back", note)).status_code == 403
    assert Note.objects.count() == 0


def test_an_interviewer_edits_and_deletes_their_own(ann, interviewer, sign_in):
    mine, client = notes.add(ann, by=interviewer, text="Mine"), sign_in(interviewer)
    client.post(url("edit", mine), {"text": "Still mine", "seen": 1})
    assert Note.objects.get().text == "Still mine"
    client.post(url("delete", mine))
    assert Note.objects.count() == 0


def test_a_stale_edit_shows_both_and_use_mine_wins(note, manager, sign_in):
    client = sign_in(manager)
    client.post(url("edit", note), {"text": "Theirs", "seen": 1})
    answer = client.post(url("edit", note), {"text": "Mine", "seen": 1})
    page = answer.content.decode()
    assert (answer.status_code, "Mine" in page, "Theirs" in page) == (409, True, True)
    fields = dict(re.findall(r'<input type="hidden" name="(seen|text)" value="([^"]*)">', page))
    client.post(url("edit", note), fields)
    assert Note.objects.get().text == "Mine"


@pytest.mark.parametrize("body", [{"text": " ", "seen": 1}, {"text": "X"}, {"text": "x" * 5_001, "seen": 1}])
def test_a_refused_edit_keeps_what_was_typed(note, manager, sign_in, body):
    answer = sign_in(manager).post(url("edit", note), body)
    assert (answer.status_code, body["text"].strip().encode() in answer.content) == (422, True)
    assert Note.objects.get().text == "Kind"


def test_an_undo_of_another_note_does_not_fit(ann, note, manager):
    other = notes.add(ann, by=manager, text="Other")
    with pytest.raises(undoing.Gone):
        notes.take_back(note, notes.offered(other, manager), by=manager)


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_costs_the_same_for_many_notes(ann, manager, sign_in, n, django_assert_max_num_queries):
    for number in range(n):
        notes.add(ann, by=make_member(ann.company, "owner"), text=f"Note {number}")
    client = sign_in(manager)
    address = reverse("hiring:candidate", args=[ann.pk])
    client.get(address)
    with django_assert_max_num_queries(16):
        assert client.get(address).content.count(b'class="fh-note"') == n
