"""Whose CV is it? By what a table says, else by the address or the name in the file's name; never by a guess.

Imports no Django. Files are named by their path in a folder or a zip archive.
"""

import re
import unicodedata
from collections import defaultdict
from pathlib import PurePosixPath
from urllib.parse import unquote

from hiring import peoplefile
from vault import folding, naming

# What people write beside their name.
BESIDE = frozenset(
    "cv resume curriculum vitae lebenslauf ansioluettelo hakemus meritforteckning ansokan zyciorys application "
    "cover letter final new copy version updated en fi sv pl pdf docx doc "
    "简历 个人简历 求职 سيره ذاتيه السيره الذاتيه".split()
)
ENDINGS = (".pdf", ".docx", ".doc", ".odt", ".txt", ".text", ".md", ".rtf")
JUNK = {"thumbs.db", "desktop.ini", ".ds_store"}
_DIGITS = re.compile(r"\d+")
HAN_NAME = range(2, 5)  # characters of a Chinese name


def is_junk(path: str) -> bool:
    """What a computer leaves in every folder."""
    parts = PurePosixPath(path).parts
    return not parts or path.endswith("/") or parts[0] == "__MACOSX" or parts[-1].startswith(".") or (
        parts[-1].lower() in JUNK
    )  # fmt: skip


def base(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def stem(path: str) -> str:
    name = base(path)
    return name[: name.rindex(".")] if name.lower().endswith(ENDINGS) else name


def words(path: str) -> list[str]:
    """The folded words of a file's name, without numbers and what people write beside their name."""
    found = folding.sort_key(_DIGITS.sub(" ", _apart(stem(path)))).split()
    return [word for word in found if word not in BESIDE]


def _apart(text: str) -> str:
    """AnnaBerg -> Anna Berg."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        f" {char}" if n and char.isupper() and text[n - 1].islower() else char for n, char in enumerate(text)
    )


def address(path: str) -> str:
    """The address in a file's name, in lower case; empty without one."""
    return (peoplefile.address(stem(path)) or "").lower()


def name(path: str) -> str:
    """A person's name to begin with: the words of the file's name as they are written, to be corrected."""
    plain = stem(path).replace(peoplefile.address(stem(path)) or "\0", " ")
    parts = [part for part in re.split(r"[\W\d_]+", _apart(plain)) if part]
    kept = [part for part in parts if folding.sort_key(part) not in BESIDE] or parts
    text = " ".join(part.capitalize() if part.isascii() and part.islower() else part for part in kept)
    return text[: peoplefile.LONGEST["name"]] or naming.clean(path)


def match(people, files) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """({line: file}, [(file, code)] of what is nobody's): each file one person's, each person one file.

    `people` are (line, name, address, what the table says of the file). A code is "nobody" or "several": the name
    fits two people, or two files fit one.
    """
    people = list(people)
    claims = _named(people, files)
    taken = {line for lines in claims.values() for line in lines}
    left = [person for person in people if person[0] not in taken]
    finders = (_by_address(left), _by_name(left))
    for file in files:
        for find in finders:
            if file not in claims and (lines := find(file)):
                claims[file] = lines
    return _resolved(claims, files)


def _named(people, files) -> dict:
    """{file: lines} where the table names the file: its path, its name, or that without the ending."""
    by = defaultdict(set)
    for file in files:
        for key in {_key(file), _key(base(file)), _key(stem(file))}:
            by[key].add(file)
    claims = defaultdict(set)
    for line, _name, _address, said in people:
        for key in (_key(said), _key(base(unquote(said)))):
            if said and len(by.get(key, ())) == 1:
                claims[next(iter(by[key]))].add(line)
                break
    return claims


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold().strip().replace("\\", "/")


def _by_address(people):
    index = defaultdict(set)
    for line, _name, email, _said in people:
        if email:
            index[email.lower()].add(line)
    return lambda file: index.get(address(file), set())


def _by_name(people):
    """All words of a name stand in the file's name; a Chinese name within what is written without spaces."""
    index, whole = defaultdict(list), defaultdict(set)
    for line, full, _email, _said in people:
        parts = frozenset(folding.sort_key(full).split())
        if len(parts) > 1:
            index[min(parts)].append((parts, line))
        elif len(full) in HAN_NAME and not full.isascii():
            whole[folding.sort_key(full)].add(line)

    def find(file):
        there = set(words(file))
        found = {line for word in there for parts, line in index.get(word, ()) if parts <= there}
        return found or {line for part in _pieces(file) for line in whole.get(part, ())}

    return find


def _pieces(file):
    """Every piece of a file's name that may be a Chinese name."""
    for run in re.findall(f"[{folding.UNSPACED}]+", folding.sort_key(stem(file))):
        for length in HAN_NAME:
            for at in range(len(run) - length + 1):
                yield run[at : at + length]


def _resolved(claims, files):
    times = defaultdict(int)
    for lines in claims.values():
        for line in lines:
            times[line] += 1
    matched, left = {}, []
    for file in files:
        lines = claims.get(file, ())
        only = next(iter(lines)) if len(lines) == 1 else None
        if only is not None and times[only] == 1:
            matched[only] = file
        else:
            left.append((file, "several" if lines else "nobody"))
    return matched, left
