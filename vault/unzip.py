"""Zip archives from strangers. Sizes are counted while unpacking: what the headers say is only compared.

Imports no Django: the extracting child uses it too.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

from vault.unfit import Unfit

BLOCK = 65_536
MAX_ENTRIES = 2_000
MANY = 0xFFFF  # the number of entries stands elsewhere
MAX_UNPACKED = 100_000_000  # bytes, all entries together
MAX_XML = 10_000_000  # bytes, one part
MAX_RATIO = 200  # unpacked to packed; a text of one letter reaches 1,000
RATIO_FROM = 5_000_000  # below this a high ratio harms nobody
MAX_ELEMENTS = 300_000
MAX_ATTRIBUTES = 500
MAX_DEPTH = 250
_LOCAL, _END = b"PK\x03\x04", b"PK\x05\x06"


@dataclass(frozen=True)
class Limits:
    """Of one archive: how many entries, how many bytes they unpack to together."""

    entries: int = MAX_ENTRIES
    unpacked: int = MAX_UNPACKED


DOCUMENT = Limits()


class Archive:
    """Entries of one archive, each streamed; the limits hold for all that was read from it together."""

    def __init__(self, file, limits: Limits = DOCUMENT):
        self.file, self.limits = file, limits
        self.size = file.seek(0, 2)
        self.unpacked = self.elements = 0
        try:
            self.entries = {info.filename: info for info in self._infos()}
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as exc:
            raise Unfit("broken") from exc

    def _infos(self) -> list[zipfile.ZipInfo]:
        self.file.seek(max(0, self.size - 22))
        end = self.file.read(22)
        if end[:4] != _END:  # something follows the archive: it is another kind of file as well
            raise Unfit("two_in_one")
        infos = zipfile.ZipFile(self.file).infolist()
        counted = int.from_bytes(end[10:12], "little")
        if len(infos) != counted != MANY:
            raise Unfit("broken")  # another program would find entries that we have not looked into
        if len(infos) > self.limits.entries or sum(info.compress_size for info in infos) > self.size:
            raise Unfit("bomb")  # the second: entries that share their packed bytes
        if len({info.filename for info in infos}) != len(infos) or not infos:
            raise Unfit("broken")
        for info in infos:
            _check_entry(info)
        if min(info.header_offset for info in infos) != 0:
            raise Unfit("two_in_one")
        return infos

    def stream(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of one entry in pieces. Raises Unfit: bomb, broken."""
        info = self.entries[name]
        seen = checksum = 0
        try:
            for piece in self._pieces(info):
                seen, checksum = seen + len(piece), zlib.crc32(piece, checksum)
                self._count(len(piece))
                yield piece
        except zlib.error as exc:
            raise Unfit("broken") from exc
        if seen != info.file_size or checksum != info.CRC:
            raise Unfit("broken")

    def read(self, name: str, limit: int = MAX_XML) -> bytes:
        data = bytearray()
        for piece in self.stream(name):
            data += piece
            if len(data) > limit:
                raise Unfit("bomb")
        return bytes(data)

    def parse(self, name: str, elements: "Elements") -> None:
        """One part of XML; the number of elements is limited for all parts together."""
        parse(self.read(name), elements)
        self.elements += elements.count
        if self.elements > MAX_ELEMENTS:
            raise Unfit("bomb")

    def _count(self, length: int) -> None:
        self.unpacked += length
        too_dense = self.unpacked > RATIO_FROM and self.unpacked > MAX_RATIO * self.size
        if self.unpacked > self.limits.unpacked or too_dense:
            raise Unfit("bomb")

    def _pieces(self, info) -> Iterator[bytes]:
        if info.compress_type == zipfile.ZIP_STORED:
            yield from self._packed(info)
            return
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        for block in self._packed(info):
            while block and not engine.eof:
                yield engine.decompress(block, BLOCK)
                block = engine.unconsumed_tail
        if not engine.eof:
            raise Unfit("broken")

    def _packed(self, info) -> Iterator[bytes]:
        at, left = self._data_offset(info), info.compress_size
        while left:
            self.file.seek(at)
            block = self.file.read(min(left, BLOCK))
            if not block:
                raise Unfit("broken")
            at, left = at + len(block), left - len(block)
            yield block

    def _data_offset(self, info) -> int:
        """Behind the entry's own header, which must be there and carry the same name as the directory."""
        self.file.seek(info.header_offset)
        header = self.file.read(30)
        if len(header) < 30 or header[:4] != _LOCAL:
            raise Unfit("broken")
        name, extra = int.from_bytes(header[26:28], "little"), int.from_bytes(header[28:30], "little")
        if self.file.read(name) != (
            info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437")
        ):
            raise Unfit("broken")
        return info.header_offset + 30 + name + extra


def _check_entry(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 0x1:
        raise Unfit("protected")
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unfit("broken")
    parts = info.orig_filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or "\0" in info.orig_filename or ":" in parts[0]:
        raise Unfit("broken")


class Elements:
    """Counts what it is fed; subclasses look at `start(local, attrs)`. Names are local; those of attributes too.

    `space` is the namespace of the element being started.
    """

    space = ""

    def __init__(self):
        self.depth = self.count = 0

    def begin(self, name, attrs):
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > MAX_DEPTH or self.count > MAX_ELEMENTS or len(attrs) > MAX_ATTRIBUTES:
            raise Unfit("bomb")
        self.space, _, local = name.rpartition(" ")
        self.start(local, {key.rpartition(" ")[2]: value for key, value in attrs.items()})

    def finish(self, name):
        self.depth -= 1
        self.end(name.rpartition(" ")[2])

    def start(self, local, attrs): ...

    def end(self, local): ...

    def characters(self, content): ...


def _no_doctype(*args):
    raise Unfit("doctype")


def parse(data: bytes, elements: Elements) -> None:
    """Reads a part of XML without a document type, so without entities. Raises Unfit: doctype, broken, bomb.

    In one go: older parsers look at an unfinished tag again with every piece they are fed.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _no_doctype
    parser.ExternalEntityRefHandler = _no_doctype
    parser.StartElementHandler, parser.EndElementHandler = elements.begin, elements.finish
    parser.CharacterDataHandler = elements.characters
    parser.buffer_text = True
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as exc:  # the last: an encoding nobody knows
        raise Unfit("broken") from exc
