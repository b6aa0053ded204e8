"""PNG and JPEG pictures, told from their own structure; nothing is decoded here."""

from vault.unfit import Unfit

MAX_PIXELS = 40_000_000
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # JPEG segments that begin with height and width
_BARE = {0x01, *range(0xD0, 0xD8)}  # segments without a length


def check(data: bytes) -> None:
    """Raises Unfit: cut_off, two_in_one (something stands behind the picture), bomb (too many pixels), broken."""
    width, height = _png(data) if data.startswith(PNG) else _jpeg(data)
    if not width or not height:
        raise Unfit("broken")
    if width * height > MAX_PIXELS:
        raise Unfit("pixels")


def _number(data: bytes, start: int, length: int) -> int:
    return int.from_bytes(data[start : start + length], "big")


def _png(data: bytes) -> tuple[int, int]:
    at, size = len(PNG), (0, 0)
    while at + 12 <= len(data):
        length, kind = _number(data, at, 4), data[at + 4 : at + 8]
        if kind == b"IHDR":
            size = _number(data, at + 8, 4), _number(data, at + 12, 4)
        at += 12 + length
        if kind == b"IEND":
            if data[at:].strip(b"\x00\r\n"):
                raise Unfit("two_in_one")
            return size
    raise Unfit("cut_off")


def _jpeg(data: bytes) -> tuple[int, int]:
    end = data.rfind(b"\xff\xd9")
    if end < 0:
        raise Unfit("cut_off")
    if data[end + 2 :].strip(b"\x00\r\n") or b"PK\x05\x06" in data[-65_600:]:
        raise Unfit("two_in_one")
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind in _FRAMES:
            return _number(data, at + 7, 2), _number(data, at + 5, 2)
        at += 2 if kind in _BARE else 1 if kind == 0xFF else 2 + _number(data, at + 2, 2)
    raise Unfit("broken")
