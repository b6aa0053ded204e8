"""A table of text, as somebody's program wrote it: its encoding, separator, columns and first rows.

Imports no Django. A source is a path or the bytes themselves; it is read piece by piece and never held whole.
"""

import codecs
import csv
import io
import re
from dataclasses import dataclass

from vault import textcodes

DELIMITERS = ",;\t|"
SAMPLE = 2000
MOST_COLUMNS = 500
LONGEST_LINE = 1 << 20  # bytes; no row of an export is that long, and it would be held in memory
PIECE = 1 << 16

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c", b"\x28\xb5\x2f\xfd", b"Rar!")
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
OLDER = {"cp1252", "cp1250", "cp1251", "cp1256", "gb18030"}
LINE_ENDS = re.compile("\r\n|\r|\n")


class Unreadable(Exception):
    """The file as a whole is refused. `code` says why, `line` where, if that is known."""

    def __init__(self, code, line=None):
        super().__init__(code)
        self.code, self.line = code, line


@dataclass(frozen=True)
class Layout:
    encoding: str
    delimiter: str
    header: list
    samples: list


def opened(source):
    """The source as an open binary file, to be used with `with`."""
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def head_of(source) -> bytes:
    """Its first bytes. Raises Unreadable for what is no text at all, and cannot become any by another choice."""
    with opened(source) as raw:
        head = raw.read(4096)
    if not head.strip():
        raise Unreadable("empty")
    if head.startswith(PACKED):
        raise Unreadable("packed")
    if head.startswith(WORKBOOKS):
        raise Unreadable("workbook")
    return head


def layout(source) -> Layout:
    """How the file is written. Raises Unreadable when it is no table of text."""
    encoding = _encoding(source)
    return sample(source, encoding=encoding, delimiter=_delimiter(_first_lines(source, encoding)))


def sample(source, *, encoding, delimiter) -> Layout:
    """Its header and first rows, once it is known how it is written. Raises Unreadable where there are none."""
    rows = rows_of(source, encoding=encoding, delimiter=delimiter)
    header = next(rows, (0, []))[1]
    if len(header) < 2:
        raise Unreadable("no_columns")
    if len(header) > MOST_COLUMNS:
        raise Unreadable("too_many_columns")
    samples = [cells[:MOST_COLUMNS] for _, (_, cells) in zip(range(SAMPLE), rows, strict=False)]
    if not samples:
        raise Unreadable("no_rows")
    return Layout(encoding, delimiter, [cell.replace("\0", "").strip()[:80] for cell in header], samples)


def _encoding(source):
    head = head_of(source)
    for mark, encoding in MARKS:
        if head.startswith(mark):
            _look_through(source, None)
            return encoding
    encoding = _wide(head) if b"\x00" in head else "utf-8"
    fits = _look_through(source, encoding)
    return encoding if fits or encoding != "utf-8" else _older(source)


def _older(source) -> str:
    """An encoding from before Unicode, by what the first of its strange letters would say in it."""
    with opened(source) as raw:
        # What came before is ASCII, so that no piece with strange letters begins within one.
        strange = next((piece for piece in iter(lambda: raw.read(PIECE), b"") if not piece.isascii()), b"")
    found = textcodes.encoding(strange)
    return found if found in OLDER else "cp1252"


def _wide(head):
    """UTF-16 without a mark has its zeros on one side only; anything else with zeros is no text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) / 4 and min(even, odd) < len(head) / 50:
        return "utf-16-le" if odd > even else "utf-16-be"
    raise Unreadable("binary")


def _look_through(source, encoding) -> bool:
    """Once through all of it: does it decode? Raises Unreadable("long_line")."""
    decoder = codecs.getincrementaldecoder(encoding)() if encoding else None
    since, fits = 0, True
    with opened(source) as raw:
        while piece := raw.read(PIECE):
            since = 0 if b"\n" in piece or b"\r" in piece else since + len(piece)
            if since > LONGEST_LINE:
                raise Unreadable("long_line")
            fits = fits and (decoder is None or _decodes(decoder, piece))
    return fits and (decoder is None or _decodes(decoder, b"", final=True))


def check_lines(source) -> None:
    """Raises Unreadable("long_line") for what would be held in memory whole."""
    _look_through(source, None)


def _decodes(decoder, piece, *, final=False) -> bool:
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def text_of(source, encoding):
    """The source as lines of text; what does not decode becomes a replacement character."""
    return io.TextIOWrapper(opened(source), encoding=encoding, errors="replace", newline="")


def _first_lines(source, encoding):
    with text_of(source, encoding) as stream:
        return [line for line in (stream.readline(LONGEST_LINE) for _ in range(50)) if line]


def _delimiter(head):
    """The one that cuts the first lines into the same number of columns, and into most of them."""
    best, most = ",", 1
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(head, delimiter=delimiter) if row]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count) if widths else 0
        if common > most and widths.count(common) >= 0.8 * len(widths):
            best, most = delimiter, common
    return best


def rows_of(source, *, encoding, delimiter):
    """(line number, cells) of each row, empty ones skipped. Raises Unreadable("broken") with the line."""
    with text_of(source, encoding) as stream:
        yield from rows_in(stream, delimiter)


def rows_in(stream, delimiter):
    """The same of a stream of lines that is open already."""
    reader, line = csv.reader(stream, delimiter=delimiter), 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        raise Unreadable("broken", line=reader.line_num) from None


def line_of(reader, cells) -> int:
    """The line on which the row began that a csv reader has just given."""
    return reader.line_num - sum(len(LINE_ENDS.findall(cell)) for cell in cells)


def column(samples, index):
    return [cells[index] for cells in samples if index < len(cells)]
