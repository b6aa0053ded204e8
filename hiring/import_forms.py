"""Bringing people in, page by page: their files, which column is what, what words mean, and the ground for it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from hiring import cvbox, cvnames, import_words, importing, peoplefile
from hiring.apply_forms import PersonForm
from hiring.import_reading import MOST_MB, REFUSED
from readiness.import_forms import ORDERS
from vault import moments
from vault.tablefile import Unreadable


class Several(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files, as a list."""

    widget = Several

    def clean(self, data, initial=None):
        return [super(FilesField, self).clean(each, initial) for each in data or () if each.name]


class FilesForm(forms.Form):
    table = forms.FileField(
        label=gettext_lazy("Table of people"),
        help_text=gettext_lazy(
            "An export as CSV, with any separator and encoding, up to 20 MB and 10,000 people."
        ),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
    )
    cvs = FilesField(
        label=gettext_lazy("CVs: a ZIP archive, or files"),
        help_text=gettext_lazy(
            "PDF, DOCX, ODT or text; an archive up to 200 MB, or up to 500 files at once."
        ),
        required=False,
        allow_empty_file=True,
        widget=Several(attrs={"accept": ".zip,.pdf,.docx,.odt,.txt"}),
    )
    folder = FilesField(
        label=gettext_lazy("CVs: a whole folder"),
        help_text=gettext_lazy("Where your browser can; otherwise choose the files above."),
        required=False,
        allow_empty_file=True,
        widget=Several(attrs={"webkitdirectory": True}),
    )

    def __init__(self, *args, job, by, known=None, **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        self.job, self.by, self.known = job, by, known

    def clean_table(self):
        upload = self.cleaned_data["table"]
        if upload and upload.size > MOST_MB * 1_000_000:
            raise forms.ValidationError(import_words.refusal("too_large"))
        return upload

    def clean(self):
        chosen = super().clean()
        cvs = [
            each
            for name in ("cvs", "folder")
            for each in chosen.get(name, ())
            if not cvnames.is_junk(each.name)
        ]
        chosen["people"] = cvs
        if not self.errors:
            self._check(chosen.get("table"), cvs)
        return chosen

    def _check(self, table, cvs):
        if not table and not cvs and self.known is None:
            self.add_error("table", _("Choose a table, CVs, or both."))
        if len(cvs) > cvbox.MOST_LOOSE:
            self.add_error("cvs", _("These are more than 500 files. Please pack them into one ZIP archive."))
        elif sum(each.size for each in cvs) > cvbox.LARGEST_MB * 1_000_000:
            self.add_error("cvs", _("These files are larger than 200 MB together."))
        elif len(cvs) > 1 and any(cvbox.is_archive(each) for each in cvs):
            self.add_error("cvs", _("Choose either one archive or the files themselves."))

    def save(self):
        """The import; what was good of it although something else is wrong is kept in `known`. None with errors."""
        self._receive("table", table=self.cleaned_data.get("table"))
        self._receive("cvs", cvs=self.cleaned_data.get("people", []))
        return None if self.errors else self.known

    def _receive(self, field, **uploads):
        if field in self.errors or not any(uploads.values()):
            return
        try:
            self.known = importing.receive(self.job, by=self.by, known=self.known, **uploads)
        except (Unreadable, cvbox.Unreadable) as refused:
            self.add_error(field, import_words.refusal(refused.code, getattr(refused, "line", None)))


class ColumnsForm(forms.Form):
    """What each column is; checked against the first rows, so that a wrong choice shows at once."""

    order = forms.ChoiceField(
        label=gettext_lazy("How are dates written?"), choices=ORDERS, required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args, header, samples, chosen, order="", **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        self.samples = samples
        self.initial["order"] = order
        guessed = {column: field for field, column in chosen.items() if column is not None}
        choices = [("", pgettext_lazy("a column", "Leave out")), *import_words.FIELDS]
        self.columns = [f"column-{n}" for n in range(len(header))]
        for n, name in enumerate(header):
            self.fields[f"column-{n}"] = forms.ChoiceField(
                label=name or _("Column %(n)d") % {"n": n + 1},
                choices=choices,
                required=False,
                initial=guessed.get(n, ""),
                help_text=" · ".join(peoplefile.examples(samples, n)),
            )

    def clean(self):
        chosen = super().clean()
        mapping = {}
        for n, name in enumerate(self.columns):
            if (field := chosen.get(name)) and field in mapping:
                twice = _("Another column is chosen as this already: %(field)s.")
                self.add_error(name, twice % {"field": import_words.LABELS[field]})
            elif field:
                mapping[field] = n
        if not {"name", "first", "last"} & set(mapping) and not self.errors:
            self.add_error(None, _("Say which column holds the name."))
        self.mapping = mapping
        if "applied" in mapping and not self.errors:
            chosen["order"] = self._order(chosen.get("order"), mapping["applied"])
        return chosen

    def _order(self, said, column):
        """Asked only where the dates can be read in two ways."""
        cells = [cell for cell in peoplefile.cells_of(self.samples, column) if cell]
        fits = peoplefile.date_orders(cells)
        if cells and not fits:
            self.add_error(f"column-{column}", _("These are not dates: %(cell)s") % {"cell": cells[0][:60]})
        elif said in fits or not cells:
            return said
        elif len(fits) == 1:
            return fits[0]
        else:
            self._ask(cells)
        return ""

    def _ask(self, cells):
        example = moments.ambiguous_example(cells) or cells[0]
        self.add_error("order", _("Is %(example)s day first or month first?") % {"example": example[:60]})

    def pickers(self):
        return [self[name] for name in self.columns]


class WordsForm(forms.Form):
    """What the other system's words for a stage or a status mean here. A word for "refused" has to be chosen."""

    def __init__(self, *args, said, chosen, **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)
        self.said = said
        for field, words in said.items():
            for n, (word, times) in enumerate(words):
                self.fields[f"{field}-{n}"] = self._choice(field, word, times, chosen.get(field, {}))

    def _choice(self, field, word, times, chosen):
        refused = peoplefile.stage_of(word) == REFUSED
        nothing = [("", _("Choose"))] if refused else []
        return forms.ChoiceField(
            label=word,
            help_text=ngettext("%(n)d person", "%(n)d people", times) % {"n": times},
            choices=[*nothing, *import_words.MEANINGS],
            initial=chosen.get(word) or ("" if refused else "cv"),
            error_messages={"required": _("Say what to do with people who were refused there.")},
        )

    def words(self) -> dict:
        return {
            field: {word: self.cleaned_data[f"{field}-{n}"] for n, (word, _times) in enumerate(words)}
            for field, words in self.said.items()
        }


class AgreeForm(forms.Form):
    agreed = forms.BooleanField(
        label=gettext_lazy("These people applied to us and may be written to about this job."),
        error_messages={"required": gettext_lazy("Without this nobody is brought in.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, use_required_attribute=False, label_suffix="", **kwargs)


class ContactForm(PersonForm):
    """Who somebody is. Without an address they are told by phone."""

    cover_letter = cv_text = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.fields["email"].required = False
