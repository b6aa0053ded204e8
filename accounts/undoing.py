"""Taking back what was just done: for ten minutes a row remembers what its last changes overwrote.

The module that owns a state has the verb that reverses it; here is only what those verbs share.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _


class Refused(Exception):
    """Cannot be taken back: too late, or somebody else's. `str()` is a sentence for people."""


class Gone(Refused):
    """It was taken back already, or something newer stands on it (409)."""


class Undoable(models.Model):
    # {what: {"mark", "by" (a membership), "at", "values" as they were before}}
    undoable = models.JSONField(default=dict, blank=True, editable=False, encoder=DjangoJSONEncoder)
    undo_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


FIELDS = ["undoable", "undo_until"]


@dataclass(frozen=True)
class Taken:
    what: str
    values: dict


def remember(row, what: str, values: dict, *, by, **more) -> str:
    """Notes on `row` what `what` is about to overwrite, and gives the mark that takes it back. Saves nothing.

    An earlier change of the same `what` can no longer be taken back: this one stands on it.
    """
    mark = f"{what}-{secrets.token_hex(4)}"
    entry = {"mark": mark, "by": by.pk, "at": timezone.now().isoformat(), "values": values} | more
    row.undoable = {**row.undoable, what: entry}
    row.undo_until = timezone.now() + timedelta(minutes=settings.UNDO_MINUTES)
    return mark


def offered(row, what: str, member) -> str:
    """The mark to show this member an Undo with; empty when there is nothing (any more) for them to take back."""
    entry = row.undoable.get(what)
    return entry["mark"] if entry and _theirs(entry, member) and in_time(_at(entry)) else ""


def take(row, mark: str, *, by) -> Taken:
    """What stood there before. The caller has locked the row, puts the values back and saves FIELDS too.

    Raises Gone and Refused.
    """
    what = mark.partition("-")[0]
    entry = row.undoable.get(what)
    if entry is None or entry["mark"] != mark:
        raise Gone(_("This was taken back already, or something newer stands on it. Nothing was changed."))
    check(by, entry["by"], _at(entry))
    row.undoable = {name: other for name, other in row.undoable.items() if name != what}
    return Taken(what, entry["values"])


def check(by, actor_id: int | None, at: datetime) -> None:
    """One's own act, or anybody's for those who lead; within the minutes. Raises Refused."""
    if actor_id != by.pk and not by.is_boss:
        raise Refused(_("Only your own last step can be taken back."))
    if not in_time(at):
        raise Refused(_("The ten minutes for taking this back are over."))


def may(by, actor_id: int | None, at: datetime) -> bool:
    return (actor_id == by.pk or by.is_boss) and in_time(at)


def in_time(at: datetime) -> bool:
    return timezone.now() < at + timedelta(minutes=settings.UNDO_MINUTES)


def _at(entry) -> datetime:
    return datetime.fromisoformat(entry["at"])


def _theirs(entry, member) -> bool:
    return entry["by"] == member.pk or member.is_boss


def forget() -> int:
    """Drops what was remembered and cannot be taken back any more; how many rows."""
    models_ = [model for model in apps.get_models() if issubclass(model, Undoable)]
    over = [model._base_manager.filter(undo_until__lt=timezone.now()) for model in models_]
    return sum(rows.update(undoable={}, undo_until=None) for rows in over)
