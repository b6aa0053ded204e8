"""Good and hostile files, made here in code so that everybody can read what is in them."""

import io
import struct
import zipfile
import zlib

from fpdf import FPDF

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODT_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def zipped(entries: dict, *, method=zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of name -> str or bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def content_types(kind=WORD_TYPE) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
    )


def word_xml(*paragraphs, raw="") -> str:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    return f"<w:document {W}><w:body>{body}{raw}</w:body></w:document>"


def relations(kind: str, target: str, *, external=True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{RELS}/{kind}" Target="{target}"{mode}/></Relationships>'
    )


def docx(*paragraphs, raw="", kind=WORD_TYPE, extra=None) -> bytes:
    parts = {
        "[Content_Types].xml": content_types(kind),
        "word/document.xml": word_xml(*(paragraphs or ("Anna Smith", "Answers e-mails")), raw=raw),
    }
    return zipped(parts | (extra or {}))


def odt(*paragraphs, raw="", extra=None) -> bytes:
    body = "".join(f"<text:p>{text}</text:p>" for text in paragraphs or ("Anna Smith", "Answers e-mails"))
    content = (
        f"<office:document-content {ODT_NAMES}><office:body><office:text>{body}{raw}"
        "</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": ODT_TYPE, "content.xml": content} | (extra or {}))


def printed_pdf(*lines) -> bytes:
    """As a real program writes one."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", size=12)
    for line in lines or ("Anna Smith", "Answers e-mails"):
        pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def pdf(
    *objects: bytes,
    catalog: bytes = b"",
    page: bytes = b"",
    content: bytes = b"BT ET",
    kids: bytes = b"3 0 R",
    trailer=b"",
) -> bytes:
    """A small PDF by hand: `objects` are numbered from 5."""
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, kids.count(b"R")),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + page + b" >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *objects,
    ]
    data, offsets = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    data += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(bodies) + 1,
        trailer,
        start,
    )
    return bytes(data)


def packed(*objects: bytes, name=b"/ObjStm", filters=b"/FlateDecode") -> bytes:
    """An object stream holding `objects`, numbered from 50."""
    index, bodies = b"", b""
    for number, body in enumerate(objects, 50):
        index += b"%d %d " % (number, len(bodies))
        bodies += body + b" "
    data = zlib.compress(index + bodies)
    head = b"<< /Type %s /N %d /First %d /Filter %s /Length %d >>" % (
        name, len(objects), len(index), filters, len(data)
    )  # fmt: skip
    return head + b"\nstream\n" + data + b"\nendstream"


def png(width=3, height=2, tail=b"") -> bytes:
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 20)) + chunk(b"IEND", b"") + tail
    )  # fmt: skip


def jpeg(width=3, height=2, tail=b"") -> bytes:
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, height, width, 1) + b"\x01\x11\x00"
    return (
        b"\xff\xd8\xff\xe0\x00\x04ab" + frame + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00abc\xff\xd9" + tail
    )


def lying_size(*, claimed=10) -> bytes:
    """A DOCX one entry of which unpacks to 20 MB while both its headers say `claimed` bytes."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = b"".join(body.compress(b" " * 1_000_000) for _ in range(20)) + body.flush()
    good = docx()
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        start = archive.start_dir
    name = b"word/media/a.bin"
    sizes = struct.pack("<III", 0, len(stream), claimed)
    local = (
        b"PK\x03\x04"
        + struct.pack("<HHHHH", 20, 0, 8, 0, 0)
        + sizes
        + struct.pack("<HH", len(name), 0)
        + name
    )
    central = (
        b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        + struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, start) + name
    )  # fmt: skip
    directory = good[start:-22] + central
    end = struct.pack("<HHHHIIH", 0, 0, 3, 3, len(directory), start + len(local) + len(stream), 0)
    return good[:start] + local + stream + directory + b"PK\x05\x06" + end


def overlapping(copies=200) -> bytes:
    """An archive whose directory names one packed entry many times over."""
    data = bytearray(
        zipped({"[Content_Types].xml": content_types(), "word/document.xml": word_xml("a" * 50_000)})
    )
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = archive.start_dir
        info = archive.infolist()[1]
    directory = bytes(data[start:-22])
    entry = directory[directory.rfind(b"PK\x01\x02") :]
    name = info.filename.encode()
    more = b"".join(entry.replace(name, b"word/documen%04d" % n + b"l") for n in range(copies))
    size = len(directory) + len(more)
    end = struct.pack("<HHHHIIH", 0, 0, copies + 2, copies + 2, size, start, 0)
    return bytes(data[:start]) + directory + more + b"PK\x05\x06" + end


def set_flag(data: bytes) -> bytes:
    """Marks every entry of an archive as encrypted."""
    out = bytearray(data)
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = out.find(magic)
        while at >= 0:
            out[at + offset] |= 1
            at = out.find(magic, at + 4)
    return bytes(out)
