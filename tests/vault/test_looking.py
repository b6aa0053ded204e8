"""What a file is and whether it acts by itself: PDF, pictures, Word, OpenDocument and plain text, each by its bytes."""

import io
import re
import struct
import zlib
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault import samples as s
from vault import images, office, pdfs, refusals, sniff, textcodes
from vault.unfit import Unfit
from vault.unzip import Archive

VAULT = Path(refusals.__file__).parent
URI = b"<< /S /URI /URI (http://evil.example) >>"


def code(act, *args):
    """The code of a refusal, or "" when there is none."""
    try:
        act(*args)
    except Unfit as unfit:
        return unfit.code
    return ""


def pdf(*args, **kwargs):
    return code(pdfs.check, s.pdf(*args, **kwargs))


# -- which kind


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4", "pdf"),
        (b"PK\x03\x04\x14", "zip"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"\xff\xd8\xff\xe1", "jpeg"),
        (b"\xff\xd8", "txt"),
        (b" %PDF-1.4", "txt"),
        (b"PK\x05\x06", "txt"),
        (b"Anna", "txt"),
    ],
)
def test_the_first_bytes_name_the_family(head, kind):
    assert sniff.family(head) == kind


@pytest.mark.parametrize(
    ("data", "accept", "refused"),
    [
        (s.printed_pdf(), {"pdf"}, ""),
        (s.printed_pdf(), {"docx"}, "type"),
        (s.docx(), {"odt"}, "type"),
        (s.odt(), {"odt"}, ""),
        (s.odt(), {"docx"}, "type"),
        (s.docx(), {"png"}, "type"),
        (s.png(), {"jpeg"}, "type"),
        (s.jpeg(), {"jpeg"}, ""),
        (b"Anna", {"pdf"}, "type"),
        (b"Anna", {"txt"}, ""),
    ],
)
def test_only_what_is_asked_for_is_taken(data, accept, refused):
    assert code(sniff.inspect, io.BytesIO(data), frozenset(accept)) == refused


def test_a_form_for_pictures_never_opens_an_archive(monkeypatch):
    monkeypatch.setattr(sniff, "Archive", lambda file: 1 / 0)
    assert code(sniff.inspect, io.BytesIO(s.docx()), sniff.IMAGES) == "type"


def test_every_kind_has_its_endings():
    assert set(sniff.EXTENSIONS) == sniff.DOCUMENTS | sniff.IMAGES
    assert all(re.fullmatch(r"\.[a-z]{2,5}", end) for ends in sniff.EXTENSIONS.values() for end in ends)


# -- PDF: what acts


@pytest.mark.parametrize(
    "name",
    ["JavaScript", "Launch", "ImportData", "SubmitForm", "GoToE", "GoToR", "Rendition", "Movie", "Sound"],
)
@pytest.mark.parametrize(
    "way", [b"<< /S /%s >>", b"<</S/%s>>", b"<< /S\r\n\t/%s >>", b"<< /S %%c\n/%s /X 1 >>"]
)
def test_each_action_in_each_way_of_writing_it(name, way):
    assert pdf(way % name.encode()) == "active"


@pytest.mark.parametrize("name", ["RichMedia", "3D", "Movie", "Screen", "Sound"])
def test_what_plays_is_an_action(name):
    assert pdf(b"<< /Type /Annot /Subtype /%s >>" % name.encode()) == "active"


@pytest.mark.parametrize(
    "harmless",
    [
        b"<< /S /GoTo /D [3 0 R /Fit] >>",
        b"<< /S /Named /N /NextPage >>",
        URI,
        b"<< /Title (How to /Launch a shop) >>",
        b"<< /Title (about /S and /JavaScript) >>",
        b"<< /JavaScripts 1 >>",
        b"<< /Type /Annot /Subtype /Link >>",
        b"<< /Subtype /Type1 /BaseFont /Soundex >>",
    ],
)
def test_what_is_only_a_word_or_a_link_is_taken(harmless):
    assert pdf(harmless) == ""


@pytest.mark.parametrize("name", [b"/J#61v#61Script", b"/#4aavaScript", b"/#4AavaScript", b"/JavaScrip#74"])
def test_names_behind_escapes(name):
    assert pdf(b"<< /S %s /JS (x) >>" % name) == "active"


@pytest.mark.parametrize(
    ("catalog", "refused"),
    [
        (b"/OpenAction [3 0 R /Fit]", ""),
        (b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", ""),
        (b"/OpenAction " + URI, "active"),
        (b"/OpenAction%c\n" + URI, "active"),
        (b"/OpenAction 5 0 R", "active"),
        (b"/OpenAction 6 0 R", ""),
        (b"/Names << /Dests 6 0 R >>", ""),
    ],
)
def test_what_happens_on_opening(catalog, refused):
    assert pdf(URI, b"<< /S /GoTo /D [3 0 R /Fit] >>", catalog=catalog) == refused


def test_a_link_that_follows_the_opening_is_not_part_of_it():
    """The dictionary is read to its own closing bracket, not to the next one that opens an address."""
    catalog = b"/OpenAction << /S /GoTo /D << /X 1 >> >> /Other " + URI
    assert pdf(catalog=catalog) == ""


@pytest.mark.parametrize("filters", [b"[ /FlateDecode ]", b"/FlateDecode", b"[/FlateDecode]"])
def test_objects_packed_as_programs_pack_them(filters):
    assert pdf(s.packed(b"<< /Type /Font >>", filters=filters)) == ""
    assert pdf(s.packed(b"<< /S /Launch >>", filters=filters)) == "active"


@pytest.mark.parametrize("filters", [b"/LZWDecode", b"[ /ASCII85Decode /FlateDecode ]", b"/Fl#61teDecodeX"])
def test_objects_packed_as_nobody_packs_them(filters):
    assert pdf(s.packed(b"<< /Type /Font >>", filters=filters)) in {"active", ""}
    assert pdf(s.packed(b"<< /S /Launch >>", filters=filters)) == "active"


def test_objects_in_a_stream_that_is_not_packed_at_all():
    body = b"50 0 << /S /Launch >>"
    stream = b"<< /Type /ObjStm /N 1 /First 5 /Length %d >>\nstream\n%s\nendstream" % (len(body), body)
    assert pdf(stream) == "active"


def test_a_damaged_packing_gives_what_stands_before_the_damage():
    packed = s.packed(b"<< /S /Launch >>", b"".join(b"<< /N %d >> " % n**9 for n in range(900)))
    at = len(packed) // 2
    assert pdf(packed[:at] + b"\xff" * 4 + packed[at + 4 :]) == "active"


def test_many_packed_objects_have_an_end(monkeypatch):
    monkeypatch.setattr(pdfs, "MAX_OBJECTS", 10_000)
    assert pdf(s.packed(b"<< /Type /Font >> " * 900)) == "bomb"
    monkeypatch.setattr(pdfs, "MAX_STREAMS", 3)
    assert pdf(*[s.packed(b"<< /A 1 >>")] * 5) == "bomb"


@pytest.mark.parametrize(
    "trailer", [b"/Encrypt 5 0 R", b"/Encrypt << /V 1 >>", b"/Encrypt%c\n5 0 R", b"/Encr#79pt 5 0 R"]
)
def test_protected_in_each_way_of_writing_it(trailer):
    assert pdf(b"<< /Filter /Standard >>", trailer=trailer) == "protected"


def test_a_title_about_encryption_is_no_protection():
    assert pdf(trailer=b"/Info << /Title (/Encryption for shops) >>") == ""


@pytest.mark.parametrize("data", [b"<< /Type /EmbeddedFile >>", b"<< /Subtype /FileAttachment >>"])
def test_files_inside_are_a_caution(data):
    assert pdfs.check(s.pdf(data)) == ["attachments"]
    assert pdfs.check(s.pdf(s.packed(data))) == ["attachments"]
    assert pdfs.check(s.pdf()) == []


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (lambda data: data[:-8], "cut_off"),
        (lambda data: data + b"\n\x00\r\n", ""),
        (lambda data: data + b"%comment", "two_in_one"),
        (lambda data: data + data, ""),
        (lambda data: data.replace(b"startxref", b"startXref"), "cut_off"),
        (lambda data: data.replace(b"%PDF-1.7", b"%PDF-2.0"), ""),
        (lambda data: data.replace(b"%PDF-1.7", b"%PDF-3.0"), "type"),
        (lambda data: data.replace(b"/Root", b"/Rooz"), "broken"),
        (lambda data: data.replace(b"/Pages", b"/Pagez"), "broken"),
        (lambda data: data.replace(b"%\xe2\xe3", b"%<HTML>"), "two_in_one"),
        (lambda data: data.replace(b"%\xe2\xe3", b"%<?php "), "two_in_one"),
    ],
)
def test_the_frame_of_a_pdf(change, refused):
    assert code(pdfs.check, change(s.pdf())) == refused


# -- pictures


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def frame(marker=0xC0, width=3, height=2):
    return segment(marker, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")


@pytest.mark.parametrize("marker", sorted(images._FRAMES))
def test_every_kind_of_jpeg_frame_says_its_size(marker):
    big = b"\xff\xd8\xff\xe0\x00\x04ab" + frame(marker, 60_000, 60_000) + b"\xff\xd9"
    assert code(images.check, big) == "pixels"


@pytest.mark.parametrize(
    "before",
    [b"", segment(0xE1, b"Exif\0\0" + b"\xff\xc0" * 9), segment(0xC4, b"\0" * 40), b"\xff\xff", b"\xff\x01"],
    ids=["nothing", "exif", "huffman", "filling", "bare"],
)
def test_what_stands_before_the_frame_is_stepped_over(before):
    """A preview inside EXIF has a frame of its own, and a smaller one."""
    assert code(images.check, b"\xff\xd8" + before + frame() + b"\xff\xd9") == ""
    assert (
        code(images.check, b"\xff\xd8" + before + frame(width=60_000, height=60_000) + b"\xff\xd9")
        == "pixels"
    )


@pytest.mark.parametrize(
    ("width", "height", "refused"),
    [
        (8_000, 5_000, ""),
        (8_001, 5_000, "pixels"),
        (1, 40_000_001, "pixels"),
        (0, 5, "broken"),
        (5, 0, "broken"),
    ],
)
def test_the_number_of_pixels_has_an_end(width, height, refused):
    assert code(images.check, s.png(width=width, height=height)) == refused


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (s.png(), ""),
        (s.png(tail=b"\0\r\n"), ""),
        (s.png(tail=b"<?php"), "two_in_one"),
        (b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b""), "broken"),
        (b"\x89PNG\r\n\x1a\n", "cut_off"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff\xff\xff\xff" + b"IDAT" + b"x" * 50, "cut_off"),
        (s.jpeg(tail=b"\0\r\n"), ""),
        (s.jpeg(tail=b"alert(1)"), "two_in_one"),
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xd9", "broken"),
        (b"\xff\xd8\xff\xd9", "broken"),
    ],
)
def test_the_ends_of_a_picture(data, refused):
    assert code(images.check, data) == refused


@given(st.binary(max_size=120))
@settings(max_examples=60)
def test_any_bytes_behind_a_pictures_beginning_end_in_an_answer(tail):
    for head in (images.PNG, images.JPEG, images.PNG + chunk(b"IHDR", struct.pack(">II", 9, 9))):
        assert code(images.check, head + tail) in {"", "cut_off", "two_in_one", "pixels", "broken"}


# -- Word and OpenDocument


@pytest.mark.parametrize(
    ("target", "remote"),
    [
        ("http://evil.example/t.dotm", True), ("HTTPS://evil.example", True), ("ftp://evil.example/a", True),
        ("\\\\evil.example\\share\\t.dotm", True), ("//evil.example/t.dotm", True), ("mhtml:http://e.example", True),
        ("file://evil.example/share/t.dotm", True), ("file:////evil.example/t.dotm", True),
        ("file:\\\\evil.example\\t.dotm", True), ("%5C%5Cevil.example%5Ct.dotm", True), ("/\\evil.example\\x", True),
        ("file:///\\evil.example\\x", True), ("  http://evil.example", True), ("javascript:alert(1)", True),
        ("data:text/html,x", True),
        ("file:///C:\\Users\\Anna\\Resume.dotx", False), ("C:\\Templates\\a.dotx", False), ("/home/anna/a.ott", False),
        ("file:///home/anna/a.ott", False), ("../media/image1.png", False), ("media/image1.png", False), ("", False),
        ("#bookmark", False), ("Normal.dotm", False),
    ],
)  # fmt: skip
def test_would_opening_it_reach_another_computer(target, remote):
    assert office.is_remote(target) is remote


def look(data):
    return code(lambda: office.check(Archive(io.BytesIO(data))))


@pytest.mark.parametrize(
    "kind", ["attachedTemplate", "image", "oleLink", "frame", "subDocument", "externalLink"]
)
@pytest.mark.parametrize(
    "part", ["word/_rels/document.xml.rels", "_rels/.rels", "word/_rels/header9.xml.rels"]
)
def test_nothing_is_loaded_from_elsewhere_by_any_part(kind, part):
    assert look(s.docx(extra={part: s.relations(kind, "http://evil.example/x")})) == "remote"
    assert look(s.docx(extra={part: s.relations(kind, "media/x.png", external=False)})) == ""


@pytest.mark.parametrize(
    "kind", ["oleObject", "aFChunk", "control", "activeXControlBinary", "attachedToolbars"]
)
def test_what_acts_is_refused_wherever_it_lies(kind):
    part = {"word/_rels/document.xml.rels": s.relations(kind, "x.bin", external=False)}
    assert look(s.docx(extra=part)) == "embedded"


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/VBADATA.xml", "xl/vbaProject.bin", "Basic/x.xml"]
)
def test_macros_by_the_name_of_their_part(name):
    assert look(s.docx(extra={name: "<a/>"})) == "macros"


@pytest.mark.parametrize(
    ("field", "refused"),
    [
        ("DDE", "macros"), ("ddeauto", "macros"), (" DDEAUTO c:\\x", "macros"), ("PAGE", ""), ("TOC \\o", ""),
        ("ADDENDUM", ""), ("MERGEFIELD DDEX", ""),
    ],
)  # fmt: skip
def test_commands_in_fields(field, refused):
    assert look(s.docx(raw=f"<w:r><w:instrText>{field}</w:instrText></w:r>")) == refused
    assert look(s.docx(raw=f'<w:fldSimple w:instr="{field}"/>')) == refused


def test_a_text_that_names_dde_is_only_text():
    assert look(s.docx("I know DDEAUTO and macros")) == ""


@pytest.mark.parametrize(
    ("raw", "refused"),
    [
        ('<text:p><text:a xlink:href="https://anna.example">me</text:a></text:p>', ""),
        ('<draw:image xlink:href="Pictures/1.png"/>', ""),
        ('<draw:image xlink:href="//evil.example/1.png"/>', "remote"),
        ('<text:section-source xlink:href="http://evil.example/x.odt"/>', "remote"),
        ("<draw:plugin/>", "embedded"),
        ("<draw:applet/>", "embedded"),
        ("<draw:floating-frame/>", "embedded"),
        ("<script:event-listener/>", "macros"),
        ("<text:script/>", ""),
    ],
)
def test_opendocument_parts(raw, refused):
    assert look(s.odt(raw=raw)) == refused


def test_two_documents_in_one_are_none():
    types = s.content_types().replace(
        "</Types>", f'<Override PartName="/word/other.xml" ContentType="{s.WORD_TYPE}"/></Types>'
    )
    assert look(s.docx(extra={"[Content_Types].xml": types, "word/other.xml": s.word_xml("a")})) == "type"


@pytest.mark.parametrize("mimetype", ["application/vnd.oasis.opendocument.spreadsheet", "", "text/plain"])
def test_another_opendocument_is_not_taken(mimetype):
    assert look(s.zipped({"mimetype": mimetype, "content.xml": "<a/>"})) == "type"


# -- plain text


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("Größe, Straße, Ärger", "cp1252", "cp1252"), ("Señor Núñez – 50 €", "cp1252", "cp1252"),
        ("Zażółć gęślą jaźń", "cp1250", "cp1250"), ("Příliš žluťoučký kůň", "cp1250", "cp1250"),
        ("السيرة الذاتية", "cp1256", "cp1256"), ("Опыт работы", "cp1251", "cp1251"),
        ("客服经理，五年经验", "gb18030", "gb18030"), ("Żółw 王 سارة", "utf-8", "utf-8"),
        ("plain", "ascii", "utf-8"), ("Anna", "utf-16", "utf-16"), ("Anna", "utf-32", "utf-32"),
    ],
)  # fmt: skip
def test_encodings_people_have(text, encoding, told):
    data = text.encode(encoding)
    assert textcodes.encoding(data) == told
    assert textcodes.decode(data).lstrip("\ufeff") == text


@pytest.mark.parametrize(
    ("data", "refused"),
    [
        (b"Anna\tSmith\r\n\x0c", ""), (b"Anna\x1a", ""), (b"Anna\x08", "type"), (b"\x7f", "type"),
        ("Anna\u0085".encode(), "type"), (b"\xef\xbb\xbf", "empty"), (b" \r\n\t ", "empty"),
        (b"#!/bin/sh", "markup"), (b"  <?XML version", "markup"), (b"<%@ page", "markup"), (b"<SCRIPT>", "markup"),
        (b"\xef\xbb\xbf<html>", "markup"), ("<html>".encode("utf-16"), "markup"), (b"a <html>", ""),
        (b"<Anna Smith>", ""),
    ],
)  # fmt: skip
def test_text_for_people(data, refused):
    assert code(textcodes.check, data) == refused


@given(st.binary(max_size=200))
@settings(max_examples=60)
def test_any_bytes_have_an_encoding(data):
    assert isinstance(textcodes.decode(data), str)
    assert code(textcodes.check, data) in {"", "type", "markup", "empty"}


# -- sentences


def codes_in_the_code():
    source = "".join(path.read_text(encoding="utf-8") for path in VAULT.glob("*.py"))
    return set(re.findall(r'(?:Unfit|Refused)\("(\w+)"', source))


def test_every_refusal_has_a_sentence_and_every_sentence_a_refusal():
    assert codes_in_the_code() == set(refusals.SENTENCES)


@pytest.mark.parametrize("language", ["en", "fi", "sv", "pl", "ar", "zh-hans"])
def test_a_refusal_is_said_in_the_readers_language_with_its_values(language):
    with translation.override(language):
        said = [str(refusals.Refused("large", max_mb=7)), str(refusals.Refused("type", kinds="DOCX, PDF"))]
    assert ("7" in said[0], "DOCX, PDF" in said[1], "%(" in "".join(said)) == (True, True, False)
