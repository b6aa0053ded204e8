"""Archives from strangers, byte by byte: what the headers claim is compared, what comes out is counted."""

import io
import struct
import zipfile
import zlib
from encodings.aliases import aliases

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vault.samples import zipped
from vault import unzip
from vault.unfit import Unfit
from vault.unzip import Archive, Elements


def archive(data, entries=unzip.MAX_ENTRIES, unpacked=unzip.MAX_UNPACKED) -> Archive:
    return Archive(io.BytesIO(data), unzip.Limits(entries, unpacked))


def refused(act, *args):
    """The code of the refusal."""
    with pytest.raises(Unfit) as unfit:
        act(*args)
    return unfit.value.code


def unpack(data, **limits):
    opened = archive(data, **limits)
    return {name: opened.read(name) for name in opened.entries}


def changed(data, old, new, count=-1):
    assert old in data
    return data.replace(old, new, count)


def patched(data, magic, offset, value, size="<H"):
    """Every header that begins with `magic` says `value` at `offset`."""
    out, at = bytearray(data), data.find(magic)
    assert at >= 0
    while at >= 0:
        struct.pack_into(size, out, at + offset, value)
        at = data.find(magic, at + 4)
    return bytes(out)


LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
PLAIN = zipped({"a.txt": "hello", "b/c.txt": "x" * 1000})


# -- what is well made is read


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_stored_and_packed_entries_come_out_as_they_went_in(method):
    data = zipped({"a.txt": "hello", "b/c.txt": "", "Żółw 王.txt": "w"}, method=method)
    assert unpack(data) == {"a.txt": b"hello", "b/c.txt": b"", "Żółw 王.txt": b"w"}


def test_an_entry_of_many_blocks_comes_whole():
    content = bytes(range(256)) * 2_000
    assert unpack(zipped({"a": content})) == {"a": content}


def test_an_archive_written_to_a_pipe_is_read():
    """Such an entry says its size only behind its data."""
    pipe = io.BytesIO()
    pipe.seekable = lambda: False
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("a.txt", "hello")
    assert unpack(pipe.getvalue()) == {"a.txt": b"hello"}


@given(
    st.dictionaries(
        st.text("abcäß王/.", min_size=1, max_size=8), st.binary(max_size=200), min_size=1, max_size=5
    )
)
@settings(max_examples=40)
def test_whatever_python_packs_is_read_back_or_refused_by_its_name(entries):
    bad = [name for name in entries if name.startswith("/") or ".." in name.split("/")]
    if bad:
        assert refused(archive, zipped(entries)) == "broken"
    else:
        assert unpack(zipped(entries)) == entries


@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
@settings(max_examples=80)
def test_one_changed_byte_never_gives_other_content(at, by):
    """Either it is refused, or the byte did not matter."""
    damaged = bytearray(PLAIN)
    damaged[at] ^= by
    try:
        found = unpack(bytes(damaged))
    except Unfit:
        return
    assert sorted(found.values()) == sorted(unpack(PLAIN).values())


# -- headers that lie


@pytest.mark.parametrize(
    ("magic", "offset", "size"), [(CENTRAL, 24, "<I"), (CENTRAL, 16, "<I"), (CENTRAL, 42, "<I")]
)
def test_a_size_a_checksum_or_a_place_that_lies(magic, offset, size):
    assert refused(unpack, patched(PLAIN, magic, offset, 7, size)) in {"broken", "two_in_one"}


@pytest.mark.parametrize("counted", [0, 1, 3, 0xFFFE])
def test_a_number_of_entries_that_is_another(counted):
    """One program goes by the number, another by the list: the second entry would be looked into by nobody."""
    assert refused(unpack, patched(PLAIN, b"PK\x05\x06", 10, counted)) == "broken"


def test_an_entry_hidden_in_the_comment_of_another():
    second = PLAIN.rindex(CENTRAL)
    hidden = patched(PLAIN[:second], CENTRAL, 32, len(PLAIN) - 22 - second) + PLAIN[second:]
    assert [info.filename for info in zipfile.ZipFile(io.BytesIO(hidden)).infolist()] == ["a.txt"]
    assert refused(unpack, hidden) == "broken"


def test_a_packed_size_beyond_the_file():
    assert refused(unpack, patched(PLAIN, CENTRAL, 20, 1_000_000, "<I")) == "bomb"


def test_an_entry_whose_own_header_has_another_name():
    data = changed(PLAIN, b"a.txt", b"z.txt", 1)
    assert refused(unpack, data) == "broken"


def test_an_entry_without_a_header_of_its_own():
    assert refused(unpack, changed(PLAIN, LOCAL, b"PK\x00\x00")) == "broken"


@pytest.mark.parametrize("method", [1, 9, 12, 14, 93, 99])
def test_a_way_of_packing_that_documents_do_not_use(method):
    assert refused(archive, patched(PLAIN, CENTRAL, 10, method)) == "broken"


@pytest.mark.parametrize("flag", [0x1, 0x1 | 0x40])
def test_protected_entries(flag):
    assert refused(archive, patched(PLAIN, CENTRAL, 8, flag)) == "protected"


def test_an_entry_that_ends_in_the_middle_of_its_packing():
    data = zipped({"a": bytes(range(256)) * 40})
    packed = zipfile.ZipFile(io.BytesIO(data)).infolist()[0].compress_size
    assert refused(unpack, patched(data, CENTRAL, 20, packed // 2, "<I")) == "broken"


@pytest.mark.parametrize(
    "name",
    ["../a", "a/../../b", "/etc/passwd", "\\windows", "..\\a", "a\\..\\b", "C:/a", "c:\\a", "a:stream/x"],
)
def test_a_name_that_leads_elsewhere(name):
    assert refused(archive, zipped({"ok": "a", name: "b"})) == "broken"


@pytest.mark.parametrize("name", ["a..b", "a/b..", "...", "a/b:c", "word/.rels", "ä/ö"])
def test_a_name_that_only_looks_odd(name):
    assert unpack(zipped({name: "b"})) == {name: b"b"}


def test_two_entries_of_one_name():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as out:
        out.writestr("a", "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            out.writestr("a", "two")
    assert refused(archive, buffer.getvalue()) == "broken"


def test_an_archive_of_nothing():
    assert refused(archive, zipped({})) == "broken"


@pytest.mark.parametrize("data", [b"", b"PK", b"x" * 100])
def test_what_is_no_archive(data):
    assert refused(archive, data) == "two_in_one"


@pytest.mark.parametrize("wrapped", [b"MZ" + PLAIN, PLAIN + b"<html>", PLAIN[:-2] + b"\x05\x00hello"])
def test_something_before_or_behind_is_another_file(wrapped):
    assert refused(archive, wrapped) == "two_in_one"


# -- limits, counted while it streams


def test_as_many_entries_as_allowed_and_one_more():
    assert len(archive(zipped({str(n): "" for n in range(3)}), entries=3).entries) == 3
    assert refused(archive, zipped({str(n): "" for n in range(4)}), 3) == "bomb"


def test_all_entries_share_one_limit():
    assert len(unpack(zipped({"a": "x" * 1_000, "b": "y" * 1_000}), unpacked=2_000)) == 2
    opened = archive(zipped({"a": "x" * 1_000, "b": "y" * 1_001}), unpacked=2_000)
    opened.read("a")
    assert refused(opened.read, "b") == "bomb"


def test_reading_one_entry_again_and_again_is_counted_too():
    opened = archive(zipped({"a": "x" * 1_000}), unpacked=2_500)
    opened.read("a")
    opened.read("a")
    assert refused(opened.read, "a") == "bomb"


def test_too_dense_is_refused_from_a_size_on(monkeypatch):
    monkeypatch.setattr(unzip, "RATIO_FROM", 100_000)
    assert refused(unpack, zipped({"a": b"\0" * 300_000})) == "bomb"
    monkeypatch.setattr(unzip, "RATIO_FROM", 400_000)
    assert len(unpack(zipped({"a": b"\0" * 300_000}))["a"]) == 300_000


def test_a_bomb_stops_before_it_is_unpacked():
    """The limit is reached in the middle of the entry: no more than a block beyond it was ever made."""
    opened, pieces = archive(zipped({"a": b"\0" * 5_000_000}), unpacked=200_000), []
    with pytest.raises(Unfit, match="bomb"):
        pieces.extend(len(piece) for piece in opened.stream("a"))
    assert sum(pieces) <= 200_000 + unzip.BLOCK
    assert max(pieces) <= unzip.BLOCK


def test_one_part_alone_has_a_limit():
    opened = archive(zipped({"a": "x" * 100}))
    assert opened.read("a", limit=100) == b"x" * 100
    assert refused(opened.read, "a", 99) == "bomb"


# -- XML


class Seen(Elements):
    def __init__(self):
        super().__init__()
        self.found = []

    def start(self, local, attrs):
        self.found.append((self.space, local, attrs))

    def end(self, local):
        self.found.append(f"/{local}")

    def characters(self, content):
        self.found.append(content)


def parsed(text):
    seen = Seen()
    unzip.parse(text if isinstance(text, bytes) else text.encode(), seen)
    return seen.found


def test_names_are_local_and_spaces_are_known():
    assert parsed('<w:a xmlns:w="urn:w" w:b="1" c="2">x<w:d/></w:a>') == [
        ("urn:w", "a", {"b": "1", "c": "2"}), "x", ("urn:w", "d", {}), "/d", "/a",
    ]  # fmt: skip


def test_a_text_in_pieces_comes_as_one():
    assert parsed("<a>one &amp; two &#x738B;</a>")[1] == "one & two 王"


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a PUBLIC "-//x" "http://evil.example/x.dtd">',
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://evil.example/x"> %p;]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE a [<!ELEMENT a ANY>]>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_no_document_type_in_any_dress(doctype, encoding):
    text = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}<a/>'
    assert refused(parsed, text.encode(encoding)) == "doctype"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        "</a>",
        "<a></b>",
        "<a b=1/>",
        "<a/><b/>",
        "<a>&x;</a>",
        "<a>\x00</a>",
        "<a",
        "x",
        "<a b='1' b='2'/>",
    ],
)
def test_what_is_no_xml(text):
    assert refused(parsed, text) == "broken"


def test_an_encoding_nobody_knows_is_a_broken_part():
    assert refused(parsed, '<?xml version="1.0" encoding="x-nonsense"?><a/>') == "broken"


def test_no_encoding_python_knows_brings_another_error():
    """Some are no encodings of text at all, some have letters of many bytes: read or refused, each of them."""
    outcomes = set()
    for name in sorted({*aliases.values(), "utf-8-sig", "idna", "x" * 500}):
        try:
            outcomes.add(str(parsed(f'<?xml version="1.0" encoding="{name.replace("_", "-")}"?><a/>')))
        except Unfit as unfit:
            outcomes.add(unfit.code)
    assert outcomes == {"broken", str([("", "a", {}), "/a"])}


@pytest.mark.parametrize(
    ("limit", "most", "good", "bad"),
    [
        ("MAX_DEPTH", 3, "<a><a><a/></a></a>", "<a><a><a><a/></a></a></a>"),
        ("MAX_ELEMENTS", 3, "<a><b/><b/></a>", "<a><b/><b/><b/></a>"),
        ("MAX_ATTRIBUTES", 2, '<a b="" c=""/>', '<a b="" c="" d=""/>'),
    ],
)
def test_depth_number_and_attributes_have_an_end(monkeypatch, limit, most, good, bad):
    monkeypatch.setattr(unzip, limit, most)
    assert parsed(good)
    assert refused(parsed, bad) == "bomb"


def test_the_number_of_elements_is_one_for_all_parts(monkeypatch):
    monkeypatch.setattr(unzip, "MAX_ELEMENTS", 5)
    opened = archive(zipped({"a.xml": "<a><b/><b/></a>", "b.xml": "<a><b/><b/></a>"}))
    opened.parse("a.xml", Seen())
    assert refused(opened.parse, "b.xml", Seen()) == "bomb"


def test_packing_that_is_no_packing():
    data = zipped({"a": "hello hello hello hello"})
    packed = zlib.compress(b"hello hello hello hello")[2:-4]
    assert refused(unpack, changed(data, packed, b"\xff" * len(packed))) == "broken"
