"""What a file is, by its content alone."""

from vault import images, office, pdfs, textcodes
from vault.unfit import Unfit
from vault.unzip import Archive

_ZIP, _OLD_OFFICE, _RTF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf"
DOCUMENTS, IMAGES = frozenset({"pdf", "docx", "odt", "txt"}), frozenset({"png", "jpeg"})

EXTENSIONS = {
    "pdf": (".pdf",),
    "docx": (".docx",),
    "odt": (".odt",),
    "txt": (".txt", ".text", ".md"),
    "png": (".png",),
    "jpeg": (".jpg", ".jpeg"),
}


def family(head: bytes) -> str:
    """What its first bytes claim: pdf, zip, png, jpeg, or txt for anything else. Raises Unfit."""
    if not head:
        raise Unfit("empty")
    if head.startswith(_OLD_OFFICE):
        raise Unfit("old_word")
    if head.startswith(_RTF):
        raise Unfit("rtf")
    known = {b"%PDF-": "pdf", _ZIP: "zip", images.PNG: "png", images.JPEG: "jpeg"}
    return next((kind for magic, kind in known.items() if head.startswith(magic)), "txt")


def inspect(file, accept: frozenset[str]) -> tuple[str, list[str]]:
    """(kind, cautions) of an open binary file, one of `accept`. Raises Unfit with the code of a sentence.

    Only the wanted families are looked into, so that a form for pictures never unpacks an archive.
    """
    file.seek(0)
    kind = family(file.read(16))
    if not accept & ({"docx", "odt"} if kind == "zip" else {kind}):
        raise Unfit("type")
    if kind == "zip":
        kind = office.check(Archive(file))
        if kind not in accept:
            raise Unfit("type")
        return kind, []
    file.seek(0)
    data = file.read()
    if kind == "pdf":
        return kind, pdfs.check(data)
    (textcodes if kind == "txt" else images).check(data)
    return kind, []
