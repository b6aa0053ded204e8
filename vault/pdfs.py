"""Is this a whole PDF, and does it act by itself? Told from its bytes, without a parser that could hang.

Names may hide behind #-escapes, and objects inside compressed object streams; both are undone first.
"""

import re
import zlib

from vault.unfit import Unfit

MAX_OBJECTS = 40_000_000  # bytes of unpacked object streams, all together
BLOCK = 65_536
# White space and comments between two words; bounded, so that no file makes the search quadratic.
_GAP = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]{0,200}[\r\n]){0,200}"


def _words(pattern: str) -> re.Pattern:
    """A pattern in which each blank stands for any gap."""
    return re.compile(pattern.encode("ascii").replace(b" ", _GAP), re.DOTALL)


_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_ACTS = _words(
    r"/S /(JavaScript|Launch|ImportData|SubmitForm|GoToE|GoToR|Rendition|Movie|Sound)\b"
    r"|obj /(JavaScript|Launch|ImportData|SubmitForm)\b|/XFA\b|/Subtype /(RichMedia|3D|Movie|Screen)\b"
)
_ATTACHED = _words(r"/Type /EmbeddedFile\b|/EmbeddedFiles\b|/Subtype /FileAttachment\b")
_OPENING = _words(r"/OpenAction (?:(\d{1,10}) \d{1,5} R|(<<.{0,2000}))")
_AWAY = _words(r"/S /URI\b")
_ENCRYPTED = _words(r"/Encrypt (\d|<<)")
_ODD_FILTER = _words(r"/Filter (\[ )?/(?!FlateDecode)")
_STREAM = _words(r">> stream\r?\n")
_LOOKS_PACKED = re.compile(rb"\s*\d+\s+\d+\s")
_DICTIONARY = 2_000  # bytes before "stream" in which its dictionary stands
_MANY = 50  # as many opening actions no program writes


def _plain(data: bytes) -> bytes:
    return _ESCAPE.sub(lambda found: bytes([int(found.group(1), 16)]), data) if b"#" in data else data


def check(data: bytes) -> list[str]:
    """Cautions for the reader ("attachments"). Raises Unfit: cut_off, two_in_one, protected, active, bomb, broken."""
    _check_frame(data)
    views = [_plain(data), *(_plain(packed) for packed in _object_streams(data))]
    if any(_ENCRYPTED.search(view) for view in views):
        raise Unfit("protected")
    if any(_ACTS.search(view) for view in views) or _opens_away(views):
        raise Unfit("active")
    if not any(b"/Pages" in view for view in views):
        raise Unfit("broken")
    return ["attachments"] if any(_ATTACHED.search(view) for view in views) else []


def _check_frame(data: bytes) -> None:
    if not re.match(rb"%PDF-[12]\.\d", data):
        raise Unfit("type")
    tail = data[-2048:]
    if b"%%EOF" not in tail or not re.search(rb"startxref\s+\d+", tail):
        raise Unfit("cut_off")
    after = tail.rpartition(b"%%EOF")[2]
    if after.strip(b"\x00\t\n\x0c\r ") or b"PK\x05\x06" in data[-65_600:]:
        raise Unfit("two_in_one")
    if re.search(rb"<(html|script|\?php|!doctype|svg)", data[:1024], re.IGNORECASE):
        raise Unfit("two_in_one")
    if b"/Root" not in _plain(data):
        raise Unfit("broken")


def _object_streams(data: bytes) -> list[bytes]:
    """The unpacked object streams. Every stream is tried: its dictionary may lie about what it is."""
    found, total = [], 0
    for match in _STREAM.finditer(data):
        head = _plain(data[max(0, match.start() - _DICTIONARY) : match.start()]).rpartition(b"obj")[2]
        packed = b"/ObjStm" in head
        if packed and _ODD_FILTER.search(head):
            raise Unfit("active")  # a way to hide objects that no ordinary program uses
        unpacked = _inflate(data, match.end(), wanted=packed)
        if unpacked:
            found.append(unpacked)
            total += len(unpacked)
        if total > MAX_OBJECTS:
            raise Unfit("bomb")
    return found


def _inflate(data: bytes, start: int, *, wanted: bool) -> bytes:
    """What stands in the stream at `start`, when it looks like objects; nothing otherwise."""
    try:
        unpacked = _unpack(data, start, 4096)
        if wanted or _LOOKS_PACKED.match(unpacked):
            return _unpack(data, start, MAX_OBJECTS + 1)
    except zlib.error:
        return data[start : data.find(b"endstream", start)] if wanted else b""
    return b""


def _unpack(data: bytes, start: int, limit: int) -> bytes:
    engine, unpacked = zlib.decompressobj(), bytearray()
    while start < len(data) and not engine.eof and len(unpacked) < limit:
        block = data[start : start + BLOCK]
        unpacked += engine.decompress(block, limit - len(unpacked))
        start += BLOCK
    return bytes(unpacked)


def _opens_away(views: list[bytes]) -> bool:
    """Does opening the document do more than go to one of its pages?"""
    openings = {found for view in views for found in _OPENING.findall(view)}
    if len(openings) > _MANY:
        return True
    targets = [_balanced(inline) for number, inline in openings if inline]
    for number in {number for number, _ in openings if number}:
        targets += _objects(views, number)
    return any(_AWAY.search(target) for target in targets)


def _balanced(data: bytes) -> bytes:
    """The dictionary at the start of `data`, to its own closing brackets."""
    depth = 0
    for bracket in re.finditer(rb"<<|>>", data):
        depth += 1 if bracket.group() == b"<<" else -1
        if depth == 0:
            return data[: bracket.end()]
    return data


def _objects(views: list[bytes], number: bytes) -> list[bytes]:
    """Every dictionary that could be object `number`: standing in the file, or packed in an object stream."""
    header = re.compile(rb"(?<!\d)" + number + rb"\s{1,9}\d{1,5}\s{1,9}obj\s{0,9}(?=<<)")
    found = [views[0][match.end() : match.end() + 2000] for match in header.finditer(views[0])]
    for view in views[1:]:
        index = view[:20_000].split(b"<<")[0].split()
        offsets = dict(zip(index[::2], index[1::2], strict=False))
        if offsets.get(number, b"").isdigit():
            start = max(0, view.find(b"<<")) + int(offsets[number])
            found.append(view[start : start + 2000])
    return [_balanced(body) for body in found]
