"""A job's list as a spreadsheet (CSV), and what a spreadsheet that comes back would change.

Columns and values are in the reader's language; those of every language we speak are understood. Nothing is written
here: a Plan holds a requirements.Change, for a person to look at first.
"""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from hiring import requirements, suggestions
from hiring.models import Level, Requirement
from hiring.models.requirements import RequirementKind, TestedIn
from hiring.requirement_forms import clean_questions
from vault import sheets, tablefile

MOST_LINES, MOST_BYTES = 200, 200_000
COLUMNS = {
    "code": pgettext_lazy("column of a list", "Code"),
    "text": pgettext_lazy("column of a list", "Requirement"),
    "kind": pgettext_lazy("column of a list", "Skill or quality"),
    "level": pgettext_lazy("column of a list", "Level"),
    "weight": pgettext_lazy("column of a list", "Weight"),
    "why": pgettext_lazy("column of a list", "Why it matters"),
    "anchor_1": pgettext_lazy("column of a list", "What a 1 looks like"),
    "anchor_3": pgettext_lazy("column of a list", "What a 3 looks like"),
    "anchor_5": pgettext_lazy("column of a list", "What a 5 looks like"),
    "tested_in": pgettext_lazy("column of a list", "Where it is tested"),
    "questions": pgettext_lazy("column of a list", "Questions for the interview"),
}
WORDS = ("why", "anchor_1", "anchor_3", "anchor_5")


def write(file, job) -> None:
    """UTF-8 with the mark that tells spreadsheets so; the words that count, ours included."""
    file.write("\ufeff")
    sheet = sheets.Sheet(file, [str(name) for name in COLUMNS.values()])
    for row in requirements.listed(job):
        sheet.add(_cells(row))


def _cells(row) -> list:
    places = ", ".join(str(TestedIn(place).label) for place in row.places)
    return [
        row.key or f"r{row.pk}",
        str(row.label),
        RequirementKind(row.kind).label,
        Level(row.level).label,
        row.weight,
        str(row.reason),
        *(str(text) for text in row.anchors.values()),
        places,
        "\n".join(map(str, row.interview_questions)),
    ]


# -- read again


class Unfit(Exception):
    """The file as a whole is refused; `str()` is a sentence for people."""


class _Bad(Exception):
    """A line is left out; `str()` says why."""


@dataclass
class Plan:
    """What a file would do. `bad`: a sentence for each line that is left out; the rest are for people to read."""

    change: requirements.Change = field(default_factory=requirements.Change)
    added: list = field(default_factory=list)  # [(name, level)]
    changed: list = field(default_factory=list)  # [(name, [(field, before, after)])]
    removed: list = field(default_factory=list)  # [(name, level)]
    bad: list = field(default_factory=list)


def text_of(upload) -> str:
    """The uploaded file as text. Raises Unfit."""
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unfit(_("This file is far larger than a list of requirements. Is it the right one?"))
    try:
        encoding = tablefile.layout(data).encoding
    except tablefile.Unreadable as refused:
        raise Unfit(_unreadable(refused.code)) from None
    return data.decode(encoding, "replace").removeprefix("\ufeff")


def _unreadable(code) -> str:
    return {
        "empty": _("This file is empty."),
        "workbook": _("This is a workbook. Save it as CSV in your spreadsheet, and bring that."),
        "no_columns": _("At least two columns are needed: what you look for, and its level."),
        "no_rows": _("The file has a first line and nothing below it."),
    }.get(code, _("This is no table of text. Save the sheet as CSV, and bring that."))


def read(text: str, job) -> Plan:
    """What bringing this text in would change. Raises Unfit."""
    data = text.encode()
    try:
        layout = tablefile.layout(data)
        lines = list(tablefile.rows_of(data, encoding=layout.encoding, delimiter=layout.delimiter))
    except tablefile.Unreadable as refused:
        raise Unfit(_unreadable(refused.code)) from None
    (_first, header), *lines = lines
    if len(lines) > MOST_LINES:
        raise Unfit(_("The file has more than %(most)d lines.") % {"most": MOST_LINES})
    columns = {name: at for at, cell in enumerate(header) if (name := _column(cell))}
    if not {"code", "text"} & set(columns):
        raise Unfit(
            _("No column is called “%(name)s”: what you look for has to stand below it.")
            % {"name": COLUMNS["text"]}
        )
    return _Reader(job, columns).read(lines)


def _column(cell) -> str:
    said = _folded(_cell(cell))
    return next((name for name, words in _every(COLUMNS).items() if said in words), "")


def _every(names) -> dict[str, set]:
    """{code: what people call it, folded}: the code itself, and its name in every language."""
    return {str(code): {_folded(str(code)), *_spoken(name)} for code, name in names.items()}


def _spoken(text) -> set:
    """A text of ours in every language, folded."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found.add(_folded(str(text)))
    return found


def _folded(text) -> str:
    return " ".join(text.split()).casefold()


def _cell(text) -> str:
    """As it was before it was kept from being a formula."""
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    return text[1:] if re.match(r"'[-=+@\s]", text) else text


def _labels(choices) -> dict:
    return {member.value: member.label for member in choices}


class _Reader:
    def __init__(self, job, columns):
        self.columns, self.plan, self.seen, self.kept = columns, Plan(), {}, set()
        self.rows = requirements.listed(job)
        self.by_code = {row.key or f"r{row.pk}": row for row in self.rows}
        self.by_name = {name: row for row in self.rows for name in _names(row)}
        self.suggested = {
            name: key
            for key, s in suggestions.BY_KEY.items()
            for name in _spoken(s.name)
            if key not in self.by_code
        }
        self.words = {
            "level": _every(_labels(Level)),
            "kind": _every(_labels(RequirementKind)),
            "tested_in": _every(_labels(TestedIn)),
        }

    def read(self, lines) -> Plan:
        for number, cells in lines:
            try:
                self._line(number, self._said(cells))
            except _Bad as bad:
                self.plan.bad.append(_("Line %(number)d: %(why)s") % {"number": number, "why": bad})
        for row in self.rows:
            if row.pk not in self.kept:
                self.plan.change.removed.append(row.pk)
                self.plan.removed.append((str(row.label), Level(row.level).label))
        return self.plan

    def _said(self, cells) -> dict:
        return {name: _cell(cells[at]) for name, at in self.columns.items() if at < len(cells)}

    def _line(self, number, said):
        row, key = self._meant(said)
        name = row.pk if row else key or _folded(said.get("text", ""))
        if row:
            self.kept.add(row.pk)  # a line with a mistake in it takes nothing off the list
        if name in self.seen:
            raise _Bad(_("the same as line %(number)d.") % {"number": self.seen[name]})
        self.seen[name] = number
        values = self._values(said)
        self._change(row, values) if row else self._add(key, values)

    def _meant(self, said) -> tuple:
        """(the row of the list it speaks of, or None; the key of a suggestion that is not on it, or "")."""
        code, text = _folded(said.get("code", "")), _folded(said.get("text", ""))
        if row := self.by_code.get(code) or self.by_name.get(text):
            return row, ""
        key = code if code in suggestions.BY_KEY else self.suggested.get(text, "")
        if not key and not text:
            raise _Bad(_("it does not say what you look for."))
        return None, key

    def _values(self, said) -> dict:
        """What the line says, checked, as it would stand in a row."""
        found = {name: self._checked(name, said[name]) for name in said if name != "code"}
        return {name: value for name, value in found.items() if value is not None}

    def _checked(self, name, said):
        if name in {"level", "kind"}:
            return self._word(name, said) if said else None
        if name == "weight":
            return _weight(said) if said else None
        if name == "tested_in":
            parts = (part.strip() for part in re.split(r"[,;،、\n]", said))
            return [self._word(name, part) for part in parts if part]
        if name == "questions":
            return _questions(said)
        return _short(said, Requirement._meta.get_field(name).max_length)

    def _word(self, name, said):
        found = next((code for code, words in self.words[name].items() if _folded(said) in words), None)
        if found is None:
            raise _Bad(_UNKNOWN[name] % {"said": said[:40]})
        return found

    def _add(self, key, values):
        level = values.setdefault("level", suggestions.BY_KEY[key].level if key else Level.NICE.value)
        values.setdefault("weight", suggestions.WEIGHTS[level])
        name = values.get("text") or str(suggestions.BY_KEY[key].name)
        fresh = _ours_left_out(key, values)
        self.plan.change.added.append(fresh | ({"key": key} if key else {}))
        self.plan.added.append((name, Level(level).label))

    def _change(self, row, values):
        values = {
            name: value
            for name, value in _ours_left_out(row.key, values).items()
            if value != getattr(row, name) and not (name == "text" and not value and not row.key)
        }
        if "level" in values and "weight" not in values:
            values["weight"] = suggestions.WEIGHTS[values["level"]]
        if values:
            self.plan.change.rows[row.pk] = values
            self.plan.changed.append((str(row.label), [_difference(row, *pair) for pair in values.items()]))


_UNKNOWN = {
    "level": gettext_lazy("“%(said)s” is no level. Write must have, nice to have or bonus."),
    "kind": gettext_lazy("“%(said)s” is neither a skill nor a quality."),
    "tested_in": gettext_lazy(
        "“%(said)s” is no place where one tests. Write question in the form, CV, phone call, interview, work sample"
        " or reference."
    ),
}


def _weight(said) -> int:
    if said not in {"1", "2", "3", "4", "5"}:
        raise _Bad(_("“%(said)s” is no weight. Write 1, 2, 3, 4 or 5.") % {"said": said[:40]})
    return int(said)


def _questions(said) -> str:
    try:
        return clean_questions(said)
    except ValidationError as error:
        raise _Bad(" ".join(error.messages)) from None


def _short(said, longest) -> str:
    if len(said) > longest:
        raise _Bad(
            ngettext(
                "a text is longer than %(longest)d character.",
                "a text is longer than %(longest)d characters.",
                longest,
            )
            % {"longest": longest}
        )
    return said


def _names(row) -> set:
    own = {_folded(row.text)} if row.text else set()
    return own | (_spoken(row.suggestion.name) if row.suggestion else set())


def _ours_left_out(key, values) -> dict:
    """What says what our suggestion says, in whichever language, stays empty: it goes on being translated."""
    ours = suggestions.BY_KEY.get(key)
    if ours is None:
        own = values.get("tested_in") == [TestedIn.INTERVIEW.value]
        return values | ({"tested_in": []} if own else {})
    texts = {"text": ours.name, "why": ours.why} | {f"anchor_{n}": text for n, text in ours.anchors.items()}
    said = {
        name: "" for name, text in texts.items() if name in values and _folded(values[name]) in _spoken(text)
    }
    if set(values.get("tested_in", ())) == set(ours.tested):
        said["tested_in"] = []
    if _asks_ours(ours, values.get("questions", "")):
        said["questions"] = ""
    return values | said


def _asks_ours(ours, said) -> bool:
    lines = [_folded(line) for line in said.splitlines()]
    every = [_spoken(question) for question in ours.questions]
    return len(lines) == len(every) and all(line in words for line, words in zip(lines, every, strict=True))


def _difference(row, name, value) -> tuple:
    return str(COLUMNS[name]), _shown(name, getattr(row, name)), _shown(name, value)


def _shown(name, value) -> str:
    if name == "level":
        return str(Level(value).label)
    if name == "kind":
        return str(RequirementKind(value).label)
    if name == "tested_in":
        return ", ".join(str(TestedIn(place).label) for place in value)
    return str(value)
