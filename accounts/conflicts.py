"""A form that was open while somebody else saved: what was typed beside what is there now, nothing lost."""

from django.shortcuts import render
from django.utils.encoding import force_str


class Changed(Exception):
    """Somebody saved this row since the form was opened; `row` is as it is now."""

    def __init__(self, row):
        self.row = row
        super().__init__(f"{type(row).__name__} {row.pk} is at {row.revision}")


def check(row, seen: int | None) -> None:
    """`seen` is the revision the form was made from, None when it says nothing. The row is locked. Raises Changed."""
    if seen not in {None, row.revision}:
        raise Changed(row)


def page(request, *, mine, theirs, seen: int, back: str):
    """409: the fields in which the forms of `mine` (bound) differ from those of `theirs` (unbound, of the row now).

    "Use mine" posts again what was posted, now with `seen`; "Keep theirs" leads to `back`.
    """
    context = {
        "rows": differences(mine, theirs),
        "posted": _posted(request.POST, seen),
        "back": back,
    }
    return render(request, "accounts/conflict.html", context, status=409)


def differences(mine, theirs) -> list[dict]:
    """[{label, mine, theirs}], in the order of the forms; a field that is no longer there counts as empty."""
    now = {bound.html_name: bound for form in theirs for bound in form}
    found = []
    for bound in (bound for form in mine for bound in form if not bound.is_hidden):
        typed, there = shown(bound), shown(now[bound.html_name]) if bound.html_name in now else ""
        if typed != there:
            found.append({"label": bound.label, "mine": typed, "theirs": there})
    return found


def shown(bound) -> str:
    """The value as a person reads it: a choice by its name, lines as they break here."""
    value = bound.value()
    names = {str(key): force_str(name) for key, name in getattr(bound.field, "choices", ()) or ()}
    if isinstance(value, list | tuple):
        return "\n".join(names.get(str(each), force_str(each)) for each in bound.field.prepare_value(value))
    text = "" if value is None else force_str(bound.field.prepare_value(value))
    return names.get(text, text.replace("\r\n", "\n").strip())


def _posted(data, seen: int) -> list[tuple[str, str]]:
    """Everything that was sent, once more, as if made from the row as it is now."""
    names = [name for name in data if name not in {"csrfmiddlewaretoken", "seen"}]
    return [("seen", str(seen)), *((name, value) for name in names for value in data.getlist(name))]
