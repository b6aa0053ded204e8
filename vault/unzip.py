"""Zip archives from strangers. Sizes are counted while unpacking: what the headers say is only compared.

Imports no Django: the extracting child uses it too.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from xml.sax import SAXException, handler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import create_parser

from vault.unfit import Unfit

BLOCK = 65_536
MAX_ENTRIES = 2_000
MAX_UNPACKED = 100_000_000  # bytes, all entries together
MAX_XML = 20_000_000  # bytes, one part
MAX_RATIO = 200  # unpacked to packed; a text of one letter reaches 1,000
RATIO_FROM = 5_000_000  # below this a high ratio harms nobody
MAX_ELEMENTS = 1_000_000
MAX_DEPTH = 250
_LOCAL, _END = b"PK\x03\x04", b"PK\x05\x06"


class Archive:
    """Entries of one archive, each streamed; the limits hold for all that was read from it together."""

    def __init__(self, file):
        self.file = file
        self.size = file.seek(0, 2)
        self.unpacked = 0
        try:
            self.entries = {info.filename: info for info in self._infos()}
        except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as exc:
            raise Unfit("broken") from exc

    def _infos(self) -> list[zipfile.ZipInfo]:
        self.file.seek(max(0, self.size - 22))
        if self.file.read(4) != _END:  # something follows the archive: it is another kind of file as well
            raise Unfit("two_in_one")
        infos = zipfile.ZipFile(self.file).infolist()
        if len(infos) > MAX_ENTRIES or sum(info.compress_size for info in infos) > self.size:
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

    def _count(self, length: int) -> None:
        self.unpacked += length
        too_dense = self.unpacked > RATIO_FROM and self.unpacked > MAX_RATIO * self.size
        if self.unpacked > MAX_UNPACKED or too_dense:
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


class Elements(handler.ContentHandler):
    """Counts what it is fed; subclasses look at `start(name, attributes)`, names as (namespace, local)."""

    def __init__(self):
        super().__init__()
        self.depth = self.count = 0

    def startElementNS(self, name, qname, attrs):
        self.depth, self.count = self.depth + 1, self.count + 1
        if self.depth > MAX_DEPTH or self.count > MAX_ELEMENTS:
            raise Unfit("bomb")
        self.start(name, attrs)

    def endElementNS(self, name, qname):
        self.depth -= 1
        self.end(name)

    def start(self, name, attrs): ...

    def end(self, name): ...


def parse(pieces: Iterable[bytes], elements: Elements) -> None:
    """Feeds XML as it comes. Raises Unfit: doctype, broken, bomb."""
    parser = create_parser(namespaceHandling=1, forbid_dtd=True)
    parser.setFeature(handler.feature_external_ges, False)
    parser.setContentHandler(elements)
    size = 0
    try:
        for piece in pieces:
            size += len(piece)
            if size > MAX_XML:
                raise Unfit("bomb")
            parser.feed(piece)
        parser.close()
    except DefusedXmlException as exc:
        raise Unfit("doctype") from exc
    except (SAXException, ValueError) as exc:
        raise Unfit("broken") from exc
