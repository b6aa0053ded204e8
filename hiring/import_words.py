"""What the pages of an import say: why a file or a line is refused, and what columns and stages are called."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hiring import cvbox
from hiring.import_reading import MOST_MB, MOST_ROWS, OUT, REFUSED
from hiring.models import Stage
from vault import refusals
from vault.tablefile import MOST_COLUMNS

FIELDS = (
    ("name", pgettext_lazy("of a person", "Name")),
    ("first", gettext_lazy("First name")),
    ("last", gettext_lazy("Last name")),
    ("email", gettext_lazy("E-mail")),
    ("phone", gettext_lazy("Phone")),
    ("applied", gettext_lazy("Applied on")),
    ("cv", gettext_lazy("File name of the CV")),
    ("letter", gettext_lazy("Cover letter")),
    ("stage", pgettext_lazy("column", "Stage")),
    ("status", pgettext_lazy("column", "Status")),
    ("source", gettext_lazy("Where from")),
    ("note", gettext_lazy("Note")),
    ("rating", gettext_lazy("Rating (as a note, never a score)")),
    ("tags", gettext_lazy("Tags (as a note)")),
)
LABELS = dict(FIELDS)
STAGES = (Stage.CV, Stage.PHONE, Stage.INTERVIEW, Stage.REFERENCES, Stage.OFFER)
MEANINGS = (
    *((stage.value, stage.label) for stage in STAGES),
    (REFUSED, gettext_lazy("Not selected, and told there")),
    (OUT, gettext_lazy("Leave these people out")),
)
LINES = {
    "no_name": gettext_lazy("no name"),
    "long_name": gettext_lazy("the name is longer than 200 characters"),
    "bad_email": gettext_lazy("the e-mail address cannot be right"),
    "bad_date": gettext_lazy("the date cannot be read"),
    "impossible_date": gettext_lazy("a date in the future, or more than 20 years ago"),
    "more_cells": gettext_lazy("more cells than columns: is a quotation mark missing?"),
}
LOOSE = {
    "nobody": gettext_lazy("fits nobody"),
    "several": gettext_lazy("fits more than one person, or is one of several for the same person"),
}
BECAME = {
    "already": gettext_lazy("this address has applied for this job already"),
    "left_out": gettext_lazy("left out, as you chose for this stage"),
}


def refusal(code, line=None) -> str:
    """Why a whole file is refused."""
    if code == "broken":
        return _("Line %(line)s cannot be read: is a quotation mark missing?") % {"line": line}
    return {
        "too_large": _("This table is larger than %(most)s MB.") % {"most": MOST_MB},
        "too_many_rows": _("This table has more than %(most)s rows. Please part it.")
        % {"most": f"{MOST_ROWS:,}"},
        "empty": _("This file is empty."),
        "packed": _("This file is packed. Unpack it and choose the table inside."),
        "workbook": _("This is a workbook, a PDF or an archive. Save the table as CSV and choose that."),
        "binary": _("This is not a table of text. Save it as CSV and choose that."),
        "long_line": _("A line of this file never ends. Is it really a table?"),
        "no_columns": _("This table has one column only. A name and an address need two."),
        "too_many_columns": _("This table has more than %(most)s columns.") % {"most": MOST_COLUMNS},
        "no_rows": _("This table has a first line and nothing below it."),
        "zip_bomb": _("This archive unpacks to far more than CVs need. Please choose the files themselves."),
        "zip_broken": _(
            "This archive cannot be read, or has names that lead outside it. Please pack the files again."
        ),
        "zip_two_in_one": _(
            "Something else stands before or after this archive. Please pack the files again."
        ),
        "zip_protected": _("This archive has a password. Please pack the files without one."),
        "zip_no_files": _("There is no file in this archive."),
        "zip_many": _("This archive has more than %(most)s files. Please part it.")
        % {"most": f"{cvbox.MOST:,}"},
        "job_over": _("This job is closed. Open it again to go on."),
    }.get(code, _("Something went wrong on the way."))


def why(line) -> str:
    """Why a line was not brought in, or its CV was not."""
    if line.became in BECAME:
        return str(BECAME[line.became])
    return str(LINES.get(line.code, ""))


def cv_why(code) -> str:
    if code == "not_sent":
        return _("no such file among the CVs")
    kinds = "PDF, DOCX, ODT, TXT"
    return str(refusals.SENTENCES[code]) % {"kinds": kinds, "max_mb": 10}


def loose_why(code) -> str:
    return str(LOOSE[code])
