"""The text of one file: `python -m vault.extract KIND SECONDS < file > text`. A process of its own.

It reads what strangers wrote, with parsers that may hang or grow, so it limits itself before it looks: seconds,
memory, no child, no file larger than its answer. It imports no Django, sees no environment, and only ever has
the one file open. Exit code 3: the file cannot be read.
"""

import contextlib
import io
import re
import resource
import signal
import sys
import unicodedata

MAX_CHARS = 200_000
MAX_MEMORY = 768 * 1024 * 1024
MAX_ANSWER = MAX_CHARS * 4  # bytes of UTF-8
UNREADABLE = 3
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")


class Enough(Exception):
    """There is as much text as we keep."""


class Text:
    def __init__(self):
        self.parts, self.length = [], 0

    def add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
        if self.length > MAX_CHARS:
            raise Enough

    def cleaned(self) -> str:
        """Without NUL (PostgreSQL takes none), controls and half characters; at most MAX_CHARS."""
        text = unicodedata.normalize("NFC", "".join(self.parts)[: MAX_CHARS + 1000])
        keep = "".join(
            char
            for char in text
            if char in "\n\t" or unicodedata.category(char)[0] != "C" or char == "\u200d"
        )
        return _BLANK_LINES.sub("\n\n", keep).strip()[:MAX_CHARS]


def limit(seconds: int) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, MAX_ANSWER),
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


def _zipped(file, text: Text, part: re.Pattern, make) -> None:
    from vault.unzip import Archive

    archive = Archive(file)
    for name in sorted(filter(part.fullmatch, archive.entries), key=_reading_order):
        archive.parse(name, make(text))
        text.add("\n")


def _reading_order(name: str) -> tuple[int, str]:
    """Names and addresses of a CV often stand in its header: first."""
    return next((n for n, word in enumerate(("header", "document", "content")) if word in name), 9), name


def docx(file, text: Text) -> None:
    from vault.wordings import Word

    _zipped(file, text, re.compile(r"word/(header|document|footnotes|footer)\d*\.xml"), Word)


def odt(file, text: Text) -> None:
    from vault.wordings import OpenText

    _zipped(file, text, re.compile(r"content\.xml"), OpenText)


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
    sys.stdout.buffer.write(text.cleaned().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
