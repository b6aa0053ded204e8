"""Values that overwrite others in a row that remembers them, and the way back."""

from django.utils.translation import gettext as _

from accounts import undoing


def overwrite(row, what, values, by):
    """Sets the values; what they overwrote is remembered, a row that is new as such."""
    before = {name: getattr(row, name) for name in values} if row.pk else {}
    undoing.remember(row, what, before, by=by)
    for name, value in values.items():
        setattr(row, name, value)


def write_back(row, mark, by):
    """The row as it was before; one that had just been made goes. Raises undoing.Refused."""
    taken = undoing.take(row, mark, by=by)
    if not taken.values:
        row.delete()
        return
    for name, value in taken.values.items():
        setattr(row, name, value)
    row.save()


def to_take_back(model, **which):
    row = model.objects.select_for_update(no_key=True, of=("self",)).filter(**which).first()
    if row is None:
        raise undoing.Gone(_("This was taken back already. Nothing was changed."))
    return row
