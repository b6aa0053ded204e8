"""Notes about an applicant: written, edited by whoever wrote them, deleted, put back, taken back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts import deleting, undoing
from hiring.judging import NotThere, locked
from hiring.models import Note
from vault import trail


class Changed(Exception):
    """Somebody saved this note since the form was opened; `note` is as it is now."""

    def __init__(self, note):
        self.note = note
        super().__init__(f"note {note.pk} is at {note.revision}")


def may_edit(note, by) -> bool:
    """Nobody writes in another person's name."""
    return note.author_id == by.pk


def may_delete(note, by) -> bool:
    return note.author_id == by.pk or by.is_boss


@transaction.atomic
def add(application, *, by, text) -> Note:
    note = Note(company_id=application.company_id, application=locked(application), author=by, text=text)
    undoing.remember(note, "added", {}, by=by)
    note.save()
    _trail("note.added", note, by)
    return note


@transaction.atomic
def edit(note, *, by, text, seen: int) -> Note:
    """`seen` is the revision the form was made from. Raises Changed, and PermissionDenied for another's note."""
    note = _locked(note)
    if not may_edit(note, by):
        raise PermissionDenied
    if note.revision != seen:
        raise Changed(note)
    if note.text != text:
        undoing.remember(note, "edited", {"text": note.text}, by=by)
        _write(note, text)
        _trail("note.edited", note, by)
    return note


@transaction.atomic
def delete(note, *, by) -> None:
    """Gone from the page; put back for 14 days. Deleting twice is deleting once."""
    note = _locked(note)
    if not may_delete(note, by):
        raise PermissionDenied
    if note.deleted_at is None:
        deleting.stamp(note, by=by)
        note.save(update_fields=deleting.STAMP)
        _trail("note.deleted", note, by, fields=())


@transaction.atomic
def put_back(note, *, by) -> None:
    note = _locked(note)
    if not may_delete(note, by):
        raise PermissionDenied
    if note.deleted_at:
        deleting.stamp(note, by=None)
        note.save(update_fields=deleting.STAMP)
        _trail("note.put_back", note, by, fields=())


@transaction.atomic
def take_back(note, mark: str, *, by) -> None:
    """The last thing done to it: an added note goes, an edited one says again what it said. Raises undoing.Refused."""
    note = _locked(note)
    taken = undoing.take(note, mark, by=by)
    if taken.what == "edited":
        _write(note, taken.values["text"])
    else:
        deleting.stamp(note, by=by)
        note.save(update_fields=[*undoing.FIELDS, *deleting.STAMP])
    _trail("note.taken_back", note, by)


def purge(note) -> None:
    note.delete()


def offered(note, member) -> str:
    """The mark to show an Undo beside the note with: of its last edit, else of its adding."""
    return undoing.offered(note, "edited", member) or undoing.offered(note, "added", member)


def _write(note, text):
    note.text, note.revision, note.edited_at = text, note.revision + 1, timezone.now()
    note.save(update_fields=["text", "revision", "edited_at", *undoing.FIELDS])


def _locked(note) -> Note:
    """Raises NotThere for one that was erased with its person meanwhile."""
    row = Note.everything.select_for_update(no_key=True, of=("self",)).filter(pk=note.pk).first()
    if row is None:
        raise NotThere
    return row


def _trail(action, note, by, *, fields=("text",)):
    trail.record(
        action,
        company_id=note.company_id,
        actor_id=by.user_id,
        kind="application",
        pk=note.application_id,
        fields=list(fields),
    )
