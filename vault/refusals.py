"""Why a file is refused, in a sentence for the person who chose it."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "active": _("This PDF runs or opens something by itself. Please save it again as an ordinary PDF."),
    "bomb": _("This file unpacks to far more than a document needs. Please save it again, or as a PDF."),
    "broken": _("This file cannot be read. Please open it, save it again and choose it once more."),
    "company": _("This file belongs somewhere else. Please choose it again."),
    "cut_off": _("The end of this file is missing. Please save it again and choose it once more."),
    "doctype": _("This file refers to definitions outside itself. Please save it again, or as a PDF."),
    "embedded": _("Another file or program is hidden in this document. Please save it as a PDF."),
    "empty": _("This file is empty. Please choose another."),
    "gone": _("This file is no longer kept. Please choose it again."),
    "large": _("This file is larger than %(max_mb)s MB. Please choose a smaller one."),
    "macros": _("This document contains macros or commands. Please save it without them, or as a PDF."),
    "markup": _("This is a web page or a program, not a document. Please save it as a PDF."),
    "no_room": _("There is no room for files at the moment. Please try again later."),
    "old_word": _("This is a file of an older Word, or it is protected. Please save it as PDF or DOCX."),
    "pixels": _("This picture is too large. Please choose one with fewer pixels."),
    "protected": _("This file is protected by a password. Please save it without protection."),
    "remote": _("This document loads parts from another computer. Please save it as a PDF."),
    "rtf": _("This is an RTF file. Please save it as PDF or DOCX."),
    "two_in_one": _("This file is more than one kind of file at once. Please save it again as a PDF."),
    "type": _("This kind of file is not taken here. Please choose one of these: %(kinds)s."),
}
CAUTIONS = {"attachments": _("This PDF carries other files inside. Open them only if you expected them.")}
# Reading the text failed; the file itself can still be opened.
UNREADABLE = {
    "slow": _("Reading the text of this file took too long. The file itself can still be opened."),
    "unreadable": _("The text of this file could not be read. The file itself can still be opened."),
    "missing": _("This file is missing from the disk. Please tell whoever runs this installation."),
}


class Refused(Exception):
    """A file we do not take. `str()` is a sentence in the reader's language, `code` its name."""

    def __init__(self, code: str, **values):
        super().__init__(code)
        self.code, self.values = code, values

    def __str__(self):
        return str(SENTENCES[self.code]) % self.values if self.values else str(SENTENCES[self.code])
