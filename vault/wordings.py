"""The words of a DOCX or ODT part in reading order, tables included. Imports no Django."""

from vault.unzip import Elements


class Styles(Elements):
    """word/styles.xml: what a style is for. Its id is in the writer's language, the name of a built-in one is not."""

    NAMES = {"heading": "heading", "title": "heading", "list": "item"}

    def __init__(self):
        super().__init__()
        self.kinds, self.style = {}, ""

    def start(self, local, attrs):
        if local == "style":
            self.style = attrs.get("styleId", "")
        elif local == "name":
            first = attrs.get("val", "").lower().partition(" ")[0]
            self.kinds[self.style] = self.NAMES.get(first, "")


class Word(Elements):
    """word/document.xml and its like; `kinds` says which styles are headings and items."""

    BREAKS = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "tc": "\t"}

    def __init__(self, text, kinds=()):
        super().__init__()
        self.text, self.inside, self.skipped = text, False, 0
        self.kinds = dict(kinds)

    def start(self, local, attrs):
        # Text boxes come twice: for today's Word, and as a fallback for the one before.
        self.skipped += local == "Fallback"
        self.inside = local == "t"
        if local in {"tab", "br", "cr"} and not self.skipped:
            self.text.add(self.BREAKS[local])
        kind = "item" if local == "numPr" else local == "pStyle" and self.kinds.get(attrs.get("val", ""))
        if kind and not self.skipped:
            self.text.mark(kind)

    def end(self, local):
        self.inside = False
        self.skipped -= local == "Fallback"
        if local in {"p", "tc"} and not self.skipped:
            self.text.add(self.BREAKS[local])

    def characters(self, content):
        if self.inside and not self.skipped:
            self.text.add(content)


class OpenText(Elements):
    """content.xml of an OpenDocument text."""

    BLOCKS = ("p", "h")
    KINDS = {"h": "heading", "list-item": "item"}

    def __init__(self, text):
        super().__init__()
        self.text, self.blocks, self.skipped = text, 0, 0

    def start(self, local, attrs):
        self.skipped += local == "tracked-changes"
        self.blocks += local in self.BLOCKS
        if local in self.KINDS and not self.skipped:
            self.text.mark(self.KINDS[local])
        blank = {"tab": "\t", "line-break": "\n", "s": " "}.get(local)
        if blank and self.blocks and not self.skipped:
            self.text.add(blank)

    def end(self, local):
        self.skipped -= local == "tracked-changes"
        if local in self.BLOCKS:
            self.blocks -= 1
            self.text.add("\n")

    def characters(self, content):
        if self.blocks and not self.skipped:
            self.text.add(content)
