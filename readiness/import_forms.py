import re

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from readiness import import_words, imports, shopdata, ticketlog
from readiness.models import ImportKind
from vault import moments
from vault.tablefile import Unreadable, column

SHAPES = [
    (ticketlog.TICKETS, _("One row for each ticket")),
    (ticketlog.EVENTS, _("Several rows for each ticket, one for each thing that happened")),
]
ORDERS = [
    (moments.YEAR_FIRST, pgettext_lazy("how dates are written", "Year first: 2026-03-04")),
    (moments.DAY_FIRST, pgettext_lazy("how dates are written", "Day first: 4/3/2026 is 4 March")),
    (moments.MONTH_FIRST, pgettext_lazy("how dates are written", "Month first: 4/3/2026 is 3 April")),
]


class UploadForm(forms.Form):
    file = forms.FileField(
        label=_("A file of tickets, orders, reviews or mails"),
        allow_empty_file=True,
        widget=forms.FileInput(
            attrs={"accept": ".csv,.tsv,.txt,.mbox,.mbx,text/csv,text/plain,application/mbox"}
        ),
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
        except Unreadable as refused:
            raise forms.ValidationError(import_words.refusal(refused.code, refused.line)) from refused
        return upload


class DatedForm(forms.Form):
    """Which column is what. Checked against the first rows of the file, so that a wrong choice shows at once."""

    DATED = ()

    order = forms.ChoiceField(
        label=_("How are dates written?"), choices=ORDERS, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, table, chosen, **kwargs):
        super().__init__(*args, initial=chosen, use_required_attribute=False, label_suffix="", **kwargs)
        self.table = table
        columns = [(i, name or str(i + 1)) for i, name in enumerate(table.header)]
        for name in self.COLUMNS:
            nothing = [] if self.fields[name].required else [("", pgettext_lazy("no column", "None"))]
            self.fields[name].choices = [*nothing, *columns]

    def clean(self):
        chosen = super().clean()
        names = [name for name in self.DATED if chosen.get(name) is not None]
        if self.DATED[0] in names:
            self._check_dates(chosen, names)
        return chosen

    def _check_dates(self, chosen, names):
        fits = set(moments.ORDERS)
        for name in names:
            cells = [cell for cell in column(self.table.samples, chosen[name]) if cell.strip()]
            found = moments.orders_that_fit(cells)
            if not found and (cells or name == self.DATED[0]):
                self.add_error(name, import_words.no_dates(cells))
            fits &= set(found) if cells else fits
        if not self.errors:
            chosen["order"] = self._order(chosen, fits)

    def _order(self, chosen, fits):
        """Asked only where the dates can be read in two ways."""
        if chosen.get("order") in fits:
            return chosen["order"]
        if len(fits) == 1 and not chosen.get("order"):
            return fits.pop()
        cells = column(self.table.samples, chosen[self.DATED[0]])
        self.add_error("order", import_words.which_order(moments.ambiguous_example(cells)))
        return None

    def pickers(self):
        return [self[name] for name in self.COLUMNS]

    def mapping(self):
        return {name: self.cleaned_data[name] for name in (*self.COLUMNS, *self.ALSO)}


def _column(label, *, needed=False):
    return forms.TypedChoiceField(label=label, coerce=int, required=needed, empty_value=None)


class ColumnsForm(DatedForm):
    """Of a log of tickets."""

    COLUMNS, ALSO, DATED = ("created", "resolved", "case"), ("shape", "order"), ("created", "resolved")

    shape = forms.ChoiceField(label=_("How is the file built?"), choices=SHAPES, widget=forms.RadioSelect)
    created = _column(_("When it was created, or happened"), needed=True)
    resolved = _column(_("When it was solved"))
    case = _column(_("Ticket number"))

    def __init__(self, *args, table, chosen=None, **kwargs):
        super().__init__(*args, table=table, chosen=chosen or ticketlog.guess(table), **kwargs)

    def clean(self):
        chosen = self.cleaned_data
        if chosen.get("shape") == ticketlog.EVENTS:
            chosen["resolved"] = None
            if chosen.get("case") is None:
                self.add_error(
                    "case", _("With several rows for each ticket, say which column has its number.")
                )
        return super().clean()


class ShopForm(DatedForm):
    DATED, ALSO = ("when",), ("order",)

    when = _column(pgettext_lazy("of an order or a review", "When it was written or placed"), needed=True)

    def __init__(self, *args, table, chosen=None, **kwargs):
        super().__init__(*args, table=table, chosen=chosen or shopdata.guess(table, self.KIND), **kwargs)


class OrdersForm(ShopForm):
    KIND, COLUMNS = shopdata.ORDERS, ("when", "key", "amount", "customer", "cancelled")

    when = _column(_("When it was ordered"), needed=True)
    key = _column(_("Order number"))
    amount = _column(_("Sum of the order"))
    customer = _column(_("Who ordered: only counted, never kept"))
    cancelled = _column(_("When it was cancelled"))


class ReviewsForm(ShopForm):
    KIND, COLUMNS = shopdata.REVIEWS, ("when", "stars", "key")

    when = _column(_("When it was written"), needed=True)
    stars = _column(_("Stars, 1 to 5"), needed=True)
    key = _column(_("Number of the review"))


class MailboxForm(forms.Form):
    """Whose mailbox it is: what these addresses send are answers, what others send are questions."""

    own = forms.CharField(
        label=_("Your own addresses, one on each line"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the address that customers write to.")},
    )

    def __init__(self, *args, chosen, **kwargs):
        initial = {"own": "\n".join(chosen)}
        super().__init__(*args, initial=initial, use_required_attribute=False, label_suffix="", **kwargs)

    def clean_own(self):
        found = sorted(
            {address.lower() for address in re.split(r"[\s,;]+", self.cleaned_data["own"]) if address}
        )
        for address in found:
            try:
                validate_email(address)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("%(text)s is not an e-mail address."), params={"text": address[:60]}
                ) from None
        return found

    def pickers(self):
        return [self["own"]]

    def mapping(self):
        return {"own": self.cleaned_data["own"]}


FORMS = {
    ImportKind.TICKETS: ColumnsForm,
    ImportKind.ORDERS: OrdersForm,
    ImportKind.REVIEWS: ReviewsForm,
    ImportKind.MAILBOX: MailboxForm,
}


class WhichForm(forms.Form):
    """Which of several files counts for the weeks that all of them have."""

    counts = forms.TypedChoiceField(
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a file."), "invalid_choice": _("Choose one of these files.")},
    )

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        self.fields["counts"].choices = [(row.pk, row.name) for row in files]
