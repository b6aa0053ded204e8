"""Words that are kept while somebody types them: what an Undo takes back is the last minutes, not the last letters."""

from datetime import datetime

from accounts import undoing


def remember(row, what: str, now: dict, *, by, typing: bool) -> None:
    """As undoing.remember, for values that are about to be overwritten by hand or, with `typing`, by themselves.

    What one person types within ten minutes is one change; keeping it by hand then makes all of it one Undo.
    """
    entry = row.undoable.get(what)
    going_on = _goes_on(entry, by)
    if going_on and typing:
        return
    undoing.remember(row, what, entry["values"] if going_on else now, by=by, typing=typing)


def _goes_on(entry, by) -> bool:
    if not entry or not entry.get("typing") or entry["by"] != by.pk:
        return False
    return undoing.in_time(datetime.fromisoformat(entry["at"]))
