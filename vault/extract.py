"""The text of one file: `python -m vault.extract KIND SECONDS < file > text`. A process of its own.

It reads what strangers wrote, with parsers that may hang or grow, so it limits itself before it looks: seconds,
memory, no child, no file larger than its answer. It imports no Django, sees no environment, and only ever has
the one file open. The answer is the text, a NUL, and as JSON which of its lines are headings and list items.
Exit code 3: the file cannot be read.
"""

import contextlib
import io
import json
import re
import resource
import signal
import sys
import unicodedata

MAX_CHARS = 200_000
MAX_MEMORY = 768 * 1024 * 1024
MAX_MARKS = 10_000
MAX_ANSWER = MAX_CHARS * 4 + MAX_MARKS * 8  # bytes of UTF-8, and of the marks
UNREADABLE = 3
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
# Stand in a line while the text is cleaned: no text has them, for private characters are dropped from it.
MARKS = {"heading": "\ue001", "item": "\ue002"}
_KINDS = {mark: kind for kind, mark in MARKS.items()}
_MARK = re.compile("[\ue001\ue002]")
_EMPTY_MARK = re.compile(r"[\ue001\ue002]+[^\S\n]*(?=\n|\Z)")


class Enough(Exception):
    """There is as much text as we keep."""


class Text:
    def __init__(self):
        self.parts, self.length, self.marks = [], 0, 0

    def add(self, text: str) -> None:
        self.parts.append(_MARK.sub("", text))
        self.length += len(text)
        if self.length > MAX_CHARS:
            raise Enough

    def mark(self, kind: str) -> None:
        """The line that is being written is a "heading" or an "item" of a list."""
        if self.marks < MAX_MARKS:
            self.marks += 1
            self.parts.append(MARKS[kind])

    def cleaned(self) -> str:
        """Without NUL (PostgreSQL takes none), controls and half characters; at most MAX_CHARS."""
        return _MARK.sub("", self._marked())[:MAX_CHARS]

    def lines(self) -> dict[str, list[int]]:
        """Which lines of `cleaned()` are headings, which items; counted from 0."""
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self._marked().split("\n")):
            if mark := _MARK.search(line):
                found.setdefault(_KINDS[mark[0]], []).append(number)
        return found

    def _marked(self) -> str:
        text = unicodedata.normalize("NFC", "".join(self.parts)[: MAX_CHARS + MAX_MARKS + 1000])
        keep = "".join(
            char
            for char in text
            if char in "\n\t\ue001\ue002" or unicodedata.category(char)[0] != "C" or char == "\u200d"
        )
        return _BLANK_LINES.sub("\n\n", _EMPTY_MARK.sub("", keep)).strip()


def limit(seconds: int, answer: int = MAX_ANSWER) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, answer),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # some systems do not know every limit
            resource.setrlimit(what, (most, most))
    signal.alarm(seconds * 2)  # the wall clock too, should the parent be gone


def pdf(file, text: Text) -> None:
    from pypdf import PdfReader

    for page in PdfReader(file).pages:
        text.add(page.extract_text() + "\n\n")


def txt(file, text: Text) -> None:
    from vault.textcodes import decode

    text.add(decode(file.read()).replace("\r\n", "\n").replace("\r", "\n"))


def _zipped(archive, text: Text, part: re.Pattern, make) -> None:
    for name in sorted(filter(part.fullmatch, archive.entries), key=_reading_order):
        archive.parse(name, make(text))
        text.add("\n")


def _reading_order(name: str) -> tuple[int, str]:
    """Names and addresses of a CV often stand in its header: first."""
    return next((n for n, word in enumerate(("header", "document", "content")) if word in name), 9), name


def docx(file, text: Text) -> None:
    from vault.unzip import Archive
    from vault.wordings import Styles, Word

    archive, styles = Archive(file), Styles()
    if "word/styles.xml" in archive.entries:
        archive.parse("word/styles.xml", styles)
    parts = re.compile(r"word/(header|document|footnotes|footer)\d*\.xml")
    _zipped(archive, text, parts, lambda text: Word(text, styles.kinds))


def odt(file, text: Text) -> None:
    from vault.unzip import Archive
    from vault.wordings import OpenText

    _zipped(Archive(file), text, re.compile(r"content\.xml"), OpenText)


def main(kind: str, seconds: str) -> int:
    limit(int(seconds))
    text = Text()
    file = io.BytesIO(sys.stdin.buffer.read())
    try:
        {"pdf": pdf, "docx": docx, "odt": odt, "txt": txt}[kind](file, text)
    except Enough:
        pass
    except Exception:  # whatever a parser throws at a broken file: the file cannot be read
        return UNREADABLE
    sys.stdout.buffer.write(f"{text.cleaned()}\0{json.dumps(text.lines())}".encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
