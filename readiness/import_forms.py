from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from readiness import import_words, imports, ticketlog

SHAPES = [
    (ticketlog.TICKETS, _("One row for each ticket")),
    (ticketlog.EVENTS, _("Several rows for each ticket, one for each thing that happened")),
]
ORDERS = [
    (ticketlog.YEAR_FIRST, pgettext_lazy("how dates are written", "Year first: 2026-03-04")),
    (ticketlog.DAY_FIRST, pgettext_lazy("how dates are written", "Day first: 4/3/2026 is 4 March")),
    (ticketlog.MONTH_FIRST, pgettext_lazy("how dates are written", "Month first: 4/3/2026 is 3 April")),
]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("Ticket export (CSV)"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        error_messages={"required": _("Choose a file.")},
    )

    def __init__(self, *args, company, by, **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        self.company, self.by = company, by
        self.row = self.is_new = None

    def clean_file(self):
        upload = self.cleaned_data["file"]
        try:
            self.row, self.is_new = imports.receive(company=self.company, by=self.by, upload=upload)
        except ticketlog.Unreadable as refused:
            raise forms.ValidationError(import_words.refusal(refused.code, refused.line)) from refused
        return upload


class ColumnsForm(forms.Form):
    """Which column is what. Checked against the first rows of the file, so that a wrong choice shows at once."""

    shape = forms.ChoiceField(label=_("How is the file built?"), choices=SHAPES, widget=forms.RadioSelect)
    created = forms.TypedChoiceField(label=_("When it was created, or happened"), coerce=int)
    resolved = forms.TypedChoiceField(
        label=_("When it was solved"), coerce=int, required=False, empty_value=None
    )
    case = forms.TypedChoiceField(label=_("Ticket number"), coerce=int, required=False, empty_value=None)
    order = forms.ChoiceField(
        label=_("How are dates written?"), choices=ORDERS, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, table, **kwargs):
        super().__init__(
            *args, initial=ticketlog.guess(table), use_required_attribute=False, label_suffix="", **kwargs
        )
        self.table = table
        columns = [(i, name or str(i + 1)) for i, name in enumerate(table.header)]
        self.fields["created"].choices = columns
        for name in ("resolved", "case"):
            self.fields[name].choices = [("", pgettext_lazy("no column", "None")), *columns]

    def clean(self):
        chosen = super().clean()
        if chosen.get("shape") == ticketlog.EVENTS:
            chosen["resolved"] = None
            if chosen.get("case") is None:
                self.add_error(
                    "case", _("With several rows for each ticket, say which column has its number.")
                )
        if "created" in chosen and "created" not in self.errors:
            self._check_dates(chosen)
        return chosen

    def _check_dates(self, chosen):
        names = [name for name in ("created", "resolved") if chosen.get(name) is not None]
        fits = set(ticketlog.ORDERS)
        for name in names:
            cells = [cell for cell in ticketlog.column(self.table.samples, chosen[name]) if cell.strip()]
            found = ticketlog.orders_that_fit(cells)
            if not found:
                self.add_error(name, import_words.no_dates(cells))
            fits &= set(found)
        if not self.errors:
            chosen["order"] = self._order(chosen, fits)

    def _order(self, chosen, fits):
        """Asked only where the dates can be read in two ways."""
        if chosen.get("order") in fits:
            return chosen["order"]
        if len(fits) == 1 and not chosen.get("order"):
            return fits.pop()
        cells = ticketlog.column(self.table.samples, chosen["created"])
        self.add_error("order", import_words.which_order(ticketlog.ambiguous_example(cells)))
        return None

    def pickers(self):
        return [self[name] for name in ("created", "resolved", "case")]

    def mapping(self):
        return {name: self.cleaned_data[name] for name in ("shape", "created", "resolved", "case", "order")}
