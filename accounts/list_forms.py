"""The page of a shop's lists: every entry a small form, all saved together."""

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from accounts import listed
from accounts.models import Listed

ABOUT = {
    listed.TOOL: (_("Tools"), _("Help desks and support tools. Prices are for one person and a month.")),
    listed.CHANNEL: (
        _("Places to advertise"),
        _("Where your adverts go, what it costs, and for how many days."),
    ),
}


class EntryForm(forms.ModelForm):
    shown = forms.BooleanField(
        label=pgettext_lazy("an entry of a list", "Show"),
        required=False,
        widget=forms.CheckboxInput({"class": "form-check-input"}),
    )
    currency = forms.ChoiceField(label=_("Currency"))

    class Meta:
        model = Listed
        fields = ["name", "price", "currency", "days", "note"]
        localized_fields = ["price"]

    def __init__(self, data=None, *, instance):
        self.code = listed.code(instance)
        # What another tab has added meanwhile is not on this page, and stays as it is.
        here = data if data is None or f"{self.code}-name" in data else None
        super().__init__(here, instance=instance, prefix=self.code)
        self.initial |= {"name": listed.name_of(instance), "shown": not instance.hidden}
        money = sorted({instance.currency, instance.company.currency, "USD"})
        self.fields["currency"].choices = [(code, code) for code in money]
        self.fields["name"].required = True
        self.fields["price"].min_value = 0
        if instance.kind == listed.CHANNEL:
            self._place_fields()
        else:
            del self.fields["days"], self.fields["note"]

    def clean_name(self):
        """Our own name counts as nobody's: it stays empty in the row and is translated."""
        name, known = self.cleaned_data["name"], listed.BY_KEY.get(self.instance.key)
        return "" if known and name == str(known.name) else name

    def clean_price(self):
        price = self.cleaned_data["price"]
        if price is not None and price < 0:
            raise forms.ValidationError(_("A price is not below nothing."))
        return price

    def _place_fields(self):
        self.initial["note"] = listed.note_of(self.instance)
        self.fields["days"].widget.attrs |= {"min": "1", "max": str(listed.LONGEST)}
        self.fields["note"].widget.attrs["placeholder"] = _("What to know about it")

    def clean_days(self):
        days = self.cleaned_data["days"]
        if days is not None and not 1 <= days <= listed.LONGEST:
            raise forms.ValidationError(_("Between 1 and 366 days, or nothing."))
        return days

    def clean_note(self):
        """Ours counts as nobody's, as a name does."""
        note, known = self.cleaned_data["note"], listed.BY_KEY.get(self.instance.key)
        return "" if known and note == str(known.note) else note

    def keep(self):
        self.instance.hidden = not self.cleaned_data["shown"]
        return self.save()

    @property
    def is_quoted(self) -> bool:
        return listed.is_quoted(self.instance)


class AddForm(forms.Form):
    name = forms.CharField(label=_("Something else"), max_length=60, required=False)
    price = forms.DecimalField(
        label=_("Price"), max_digits=10, decimal_places=2, min_value=0, required=False, localize=True
    )


class ListEditor:
    """One list as the page shows it: `rows` of EntryForm, and `add`."""

    def __init__(self, company, kind, data=None, rows=None):
        self.company, self.kind = company, kind
        self.title, self.about = ABOUT[kind]
        rows = listed.entries(company, kind) if rows is None else rows
        self.rows = [EntryForm(data, instance=row) for row in rows]
        self.add = AddForm(data, prefix=f"add-{kind}")

    @property
    def posted(self) -> list[EntryForm]:
        return [form for form in self.rows if form.is_bound]

    def is_valid(self) -> bool:
        wrong = [form for form in (*self.posted, self.add) if not form.is_valid()]
        full = (
            len(self.rows) >= listed.MOST
            and self.add.is_bound
            and self.add.data.get(self.add.add_prefix("name"))
        )
        if full:
            self.add.add_error(
                "name", ngettext_lazy("At most %d entry.", "At most %d entries.", listed.MOST) % listed.MOST
            )
        return not (wrong or full)

    def save(self, *, do, by):
        """Keeps every row, what was added, and does what the button says: `up-`, `down-` or `remove-` and a code."""
        rows = [form.keep() if form.is_bound else form.instance for form in self.rows]
        added = self.add.cleaned_data
        if added["name"] and added["name"] not in map(listed.name_of, rows):  # sent twice is added once
            place = {"company": self.company, "kind": self.kind, "position": len(rows)}
            rows.append(listed.add(**place, name=added["name"], price=added["price"]))
        listed.arrange(_moved(rows, do))
        listed.note(company=self.company, kind=self.kind, by=by)


def _moved(rows, do) -> list:
    verb, _dash, code = do.partition("-")
    at = next((n for n, row in enumerate(rows) if listed.code(row) == code), None)
    if at is None or verb not in {"up", "down", "remove"}:
        return rows
    row = rows.pop(at)
    if verb != "remove":
        rows.insert(max(0, at - 1) if verb == "up" else at + 1, row)
    elif row.key:
        rows.insert(at, row)  # ours are hidden and never removed
    else:
        row.delete()
    return rows


def change(*, company, kind, data, do, by) -> ListEditor:
    """Saves the page's list; the editor with its errors when something in it is wrong, and then nothing is saved."""
    with transaction.atomic():
        editor = ListEditor(company, kind, data, rows=listed.locked(company, kind))
        if editor.is_valid():
            editor.save(do=do, by=by)
        else:
            transaction.set_rollback(True)
    return editor
