"""Is this a whole PDF, and does it act by itself? Told from its bytes, without a parser that could hang.

Names may hide behind #-escapes, and objects inside compressed object streams; both are undone first.
"""

import re
import zlib

from vault.unfit import Unfit

MAX_OBJECTS = 20_000_000  # bytes of unpacked object streams, all together
MAX_STREAMS = 20_000
MAX_OBJECTS_LISTED = 200_000
BLOCK = 65_536
_BLANKS = b"\x00\t\n\x0c\r "
# White space and comments between two words. Bounded and without a way back, so that no file makes a search slow.
_GAP = rb"(?:[\x00\t\n\x0c\r ]|%[^\r\n]{0,2000}+[\r\n]){0,200}+"
MANY = 1_000  # as many of one kind no program writes


def _words(pattern: str) -> re.Pattern:
    """A pattern in which each blank stands for any gap."""
    return re.compile(pattern.encode("ascii").replace(b" ", _GAP), re.DOTALL)


# "#4a" and "#4A" are ways to write J; only letters and digits matter to us, and each is replaced in one go.
_ESCAPES = {
    form.encode("ascii"): bytes([code])
    for code in range(0x30, 0x7B)
    if chr(code).isalnum()
    for form in {f"#{code:02x}", f"#{code:02X}"}
}
# Found first, because they are rare; then it matters what stands before them.
_ACTIONS = re.compile(
    rb"/(JavaScript|Launch|ImportData|SubmitForm|GoToE|GoToR|Rendition|RichMedia|XFA|3D|Movie|Screen|Sound)\b"
)
_MEANT = (b"/S", b"/Subtype")
_ATTACHED = re.compile(rb"/(EmbeddedFiles?|FileAttachment)\b")
_OPENING = _words(r"/OpenAction (?:(\d{1,10}) \d{1,5} R|(<<.{0,2000}))")
_AWAY = _words(r"/S /URI\b")
_ENCRYPTED = _words(r"/Encrypt (\d|<<)")
_ODD_FILTER = _words(r"/Filter (\[ )?/(?!FlateDecode)")
_STREAM = re.compile(rb"stream\r?\n")
_NUMBERED = re.compile(rb"(?<!\d)(\d{1,10})\s{1,9}\d{1,5}\s{1,9}$")
_LOOKS_PACKED = re.compile(rb"\s*\d+\s+\d+\s")
_DICTIONARY = 2_000  # bytes before "stream" in which its dictionary stands


def _plain(data: bytes) -> bytes:
    for escaped, letter in _ESCAPES.items() if b"#" in data else ():
        data = data.replace(escaped, letter)
    return data


def check(data: bytes) -> list[str]:
    """Cautions for the reader ("attachments"). Raises Unfit: cut_off, two_in_one, protected, active, bomb, broken."""
    _check_frame(data)
    views = [_plain(data), *(_plain(packed) for packed in _object_streams(data))]
    if any(view.count(b"/Encrypt") > MANY or _ENCRYPTED.search(view) for view in views):
        raise Unfit("protected")
    if any(_acts(view) for view in views) or _opens_away(views):
        raise Unfit("active")
    if b"/Root" not in views[0] or not any(b"/Pages" in view for view in views):
        raise Unfit("broken")
    return ["attachments"] if any(_ATTACHED.search(view) for view in views) else []


def _acts(view: bytes) -> bool:
    """Is one of the names there as an action or as something to play, and not in a text about JavaScript?"""
    for number, found in enumerate(_ACTIONS.finditer(view)):
        if number > MANY or found.group(1) == b"XFA" or _is_meant(view, found.start()):
            return True
    return False


def _is_meant(view: bytes, at: int) -> bool:
    before = view[max(0, at - _DICTIONARY) : at]
    for _ in range(20):
        before = before.rstrip(_BLANKS)
        if before.endswith(_MEANT) or (before.endswith(b"obj") and not before.endswith(b"endobj")):
            return True
        line = max(before.rfind(b"\n"), before.rfind(b"\r"))
        if (comment := before.find(b"%", line + 1)) < 0:
            return False
        before = before[:comment]
    return True


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


def _object_streams(data: bytes) -> list[bytes]:
    """The unpacked object streams. Every stream is tried: its dictionary may lie about what it is."""
    found, total = [], 0
    starts = (found for found in _STREAM.finditer(data) if data[found.start() - 3 : found.start()] != b"end")
    for number, match in enumerate(starts):
        head = _plain(data[max(0, match.start() - _DICTIONARY) : match.start()]).rpartition(b"obj")[2]
        packed = b"/ObjStm" in head
        if packed and _ODD_FILTER.search(head):
            raise Unfit("active")  # a way to hide objects that no ordinary program uses
        if unpacked := _objects_in(data, match.end(), sure=packed):
            found.append(unpacked)
            total += len(unpacked)
        if total > MAX_OBJECTS or number > MAX_STREAMS:
            raise Unfit("bomb")
    return found


def _objects_in(data: bytes, start: int, *, sure: bool) -> bytes:
    """What stands in the stream at `start`, when it looks like objects; nothing otherwise."""
    if sure or _LOOKS_PACKED.match(_unpack(data, start, 4096)):
        return _unpack(data, start, MAX_OBJECTS + 1) or data[start : data.find(b"endstream", start)]
    return b""


def _unpack(data: bytes, start: int, limit: int, step: int = BLOCK) -> bytes:
    """At most `limit` bytes. A damaged stream gives what comes before the damage, as in lenient readers."""
    engine, unpacked, at = zlib.decompressobj(), bytearray(), start
    try:
        while at < len(data) and not engine.eof and len(unpacked) < limit:
            unpacked += engine.decompress(data[at : at + step], limit - len(unpacked))
            at += step
    except zlib.error:
        if step == BLOCK:
            return _unpack(data, start, limit, step=64)
    return bytes(unpacked)


def _opens_away(views: list[bytes]) -> bool:
    """Does opening the document do more than go to one of its pages?"""
    if sum(view.count(b"/OpenAction") for view in views) > MANY:
        return True
    openings = {found for view in views for found in _OPENING.findall(view)}
    targets = [_balanced(inline) for number, inline in openings if inline]
    targets += _objects(views, {number for number, _ in openings if number})
    return any(_AWAY.search(target) for target in targets)


def _balanced(data: bytes) -> bytes:
    """The dictionary at the start of `data`, to its own closing brackets."""
    depth = 0
    for bracket in re.finditer(rb"<<|>>", data):
        depth += 1 if bracket.group() == b"<<" else -1
        if depth == 0:
            return data[: bracket.end()]
    return data


def _objects(views: list[bytes], numbers: set[bytes]) -> list[bytes]:
    """Every dictionary that could be one of these objects: standing in the file, or packed in an object stream."""
    found = []
    starts = re.finditer(rb"obj\s{0,9}(?=<<)", views[0]) if numbers else ()
    for number, start in enumerate(starts):
        header = _NUMBERED.search(views[0], max(0, start.start() - 40), start.start())
        if header and header.group(1) in numbers:
            found.append(views[0][start.end() : start.end() + _DICTIONARY])
        if len(found) > MANY or number > MAX_OBJECTS_LISTED:
            raise Unfit("bomb")
    for view in views[1:] if numbers else ():
        index = view[:20_000].split(b"<<")[0].split()
        for number, offset in zip(index[::2], index[1::2], strict=False):
            if number in numbers and offset.isdigit():
                start = max(0, view.find(b"<<")) + int(offset)
                found.append(view[start : start + _DICTIONARY])
    return [_balanced(body) for body in found]
