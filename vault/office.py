"""Word (DOCX) and OpenDocument (ODT) texts: is it one, and does it carry anything that acts by itself?"""

import re

from vault.unfit import Unfit
from vault.unzip import MAX_XML, Archive, Elements

_TYPES = "[Content_Types].xml"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ODT = b"application/vnd.oasis.opendocument.text"
# ActiveX controls, OLE objects and pasted web pages can run or load something; a chart's own sheet cannot.
_ACTIVE_PARTS = re.compile(r"(activex/|embeddings/.*\.bin$|oleobject)", re.IGNORECASE)
_MACRO_PARTS = re.compile(r"(vbaproject|vbadata|^basic/|^scripts/.)", re.IGNORECASE)
_ACTIVE_RELATIONS = ("/oleObject", "/aFChunk", "/control", "/activeXControlBinary", "/attachedToolbars")
_LOCAL_FILE = re.compile(r"file:(///|/)?[A-Za-z]:|file:///|[A-Za-z]:|/|\.|[^:]*$")
_UNC = re.compile(r"(file:)?[/\\]{2,}[^/\\]|file:[/\\]{4,}")
_DDE = re.compile(r"\bDDE(AUTO)?\b", re.IGNORECASE)


def is_remote(target: str) -> bool:
    """Would opening this address reach another computer? Word keeps the path of its template on the disk."""
    target = target.strip().replace("%5C", "\\").replace("%5c", "\\")
    if target.lower().startswith("file:///") and not re.match(r"file:/{4,}", target.lower()):
        return target[8:9] in {"\\", "/"}
    return bool(_UNC.match(target)) or not _LOCAL_FILE.match(target)


class _ContentTypes(Elements):
    def __init__(self):
        super().__init__()
        self.mains, self.macros = [], False

    def start(self, local, attrs):
        kind, part = attrs.get("ContentType", ""), attrs.get("PartName", "")
        self.macros |= "macroEnabled" in kind or "vbaProject" in kind
        if kind == _WORD:
            self.mains.append(part.lstrip("/"))


class _Relations(Elements):
    def start(self, local, attrs):
        kind = attrs.get("Type", "")
        if kind.endswith(_ACTIVE_RELATIONS):
            raise Unfit("embedded")
        outside = attrs.get("TargetMode", "").lower() == "external" and is_remote(attrs.get("Target", ""))
        if outside and not kind.endswith("/hyperlink"):
            raise Unfit("remote")


class _Word(Elements):
    """Field instructions, which Word may spread over several runs."""

    def __init__(self):
        super().__init__()
        self.instructions, self.inside = [], False

    def start(self, local, attrs):
        self.inside = local == "instrText"
        if local == "fldSimple":
            self.instructions.append(attrs.get("instr", ""))

    def end(self, local):
        self.inside = False

    def characters(self, content):
        if self.inside:
            self.instructions.append(content)


class _OpenText(Elements):
    LINKS = ("a", "bookmark", "bibliography-mark")

    def start(self, local, attrs):
        if local == "encryption-data":
            raise Unfit("protected")
        if local in {"event-listener", "script"} and "script" in self.space:
            raise Unfit("macros")
        if local in {"object-ole", "plugin", "applet", "floating-frame"}:
            raise Unfit("embedded")
        if local not in self.LINKS and is_remote(attrs.get("href", "")):
            raise Unfit("remote")


def check(archive: Archive) -> str:
    """ "docx" or "odt". Raises Unfit; reads every entry to its end, so the limits of unzip hold for all."""
    names = archive.entries
    if any(_MACRO_PARTS.search(name) for name in names):
        raise Unfit("macros")
    if any(_ACTIVE_PARTS.search(name) for name in names):
        raise Unfit("embedded")
    kind = _kind(archive)
    for name in names:
        if name.lower().endswith((".xml", ".rels")):
            _look(archive, name, kind)
        else:
            for _ in archive.stream(name):
                pass
    return kind


def _kind(archive: Archive) -> str:
    names = archive.entries
    if _TYPES in names:
        types = _ContentTypes()
        archive.parse(_TYPES, types)
        if types.macros:
            raise Unfit("macros")
        if len(types.mains) == 1 and types.mains[0] in names and types.mains[0].endswith(".xml"):
            return "docx"
    elif {"mimetype", "content.xml"} <= set(names) and archive.read("mimetype", 100).strip() == _ODT:
        return "odt"
    raise Unfit("type")


def _look(archive: Archive, name: str, kind: str) -> None:
    if archive.entries[name].file_size > MAX_XML:
        raise Unfit("bomb")
    if name.lower().endswith(".rels"):
        archive.parse(name, _Relations())
        return
    elements = _Word() if kind == "docx" else _OpenText()
    archive.parse(name, elements)
    if kind == "docx" and _DDE.search("".join(elements.instructions)):
        raise Unfit("macros")
