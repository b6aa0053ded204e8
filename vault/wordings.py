"""The words of a DOCX or ODT part in reading order, tables included. Imports no Django."""

from vault.unzip import Elements


class Word(Elements):
    """word/document.xml and its like."""

    BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t"}

    def __init__(self, text):
        super().__init__()
        self.text, self.inside, self.skipped = text, False, 0

    def start(self, name, attrs):
        # Text boxes come twice: for today's Word, and as a fallback for the one before.
        self.skipped += name[1] == "Fallback"
        self.inside = name[1] == "t"
        if name[1] in {"tab", "br", "cr"} and not self.skipped:
            self.text.add(self.BREAKS[name[1]])

    def end(self, name):
        self.inside = False
        self.skipped -= name[1] == "Fallback"
        if name[1] in {"p", "tc"} and not self.skipped:
            self.text.add(self.BREAKS[name[1]])

    def characters(self, content):
        if self.inside and not self.skipped:
            self.text.add(content)


class OpenText(Elements):
    """content.xml of an OpenDocument text."""

    BLOCKS = ("p", "h")

    def __init__(self, text):
        super().__init__()
        self.text, self.blocks, self.skipped = text, 0, 0

    def start(self, name, attrs):
        self.skipped += name[1] == "tracked-changes"
        self.blocks += name[1] in self.BLOCKS
        blank = {"tab": "\t", "line-break": "\n", "s": " "}.get(name[1])
        if blank and self.blocks and not self.skipped:
            self.text.add(blank)

    def end(self, name):
        self.skipped -= name[1] == "tracked-changes"
        if name[1] in self.BLOCKS:
            self.blocks -= 1
            self.text.add("\n")

    def characters(self, content):
        if self.blocks and not self.skipped:
            self.text.add(content)
