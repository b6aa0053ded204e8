"""A table of applicants as another program wrote it: which column is what, and what one row says of a person.

Imports no Django. Nothing is guessed of a person: a row that cannot be right is Broken, with a code that says why.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from vault import folding, moments

# What a column can be. `first` and `last` together make a name; the last five are kept as words in a note.
FIELDS = (
    "name", "first", "last", "email", "phone", "applied", "stage", "status", "cv", "letter", "source", "note",
    "rating", "tags",
)  # fmt: skip
NOTED = ("stage", "status", "source", "rating", "tags", "note")
# As exports and people call them, in English, Finnish, Swedish, Polish, Arabic and Chinese.
CALLED = {
    "cv": "cv, resume, resume file, cv file, cv file name, resume file name, file name, filename, file, attachment, "
    "attachments, curriculum vitae, ansioluettelo, cv tiedosto, tiedosto, meritforteckning, fil, cv fil, zyciorys, "
    "plik, plik cv, السيرة الذاتية, ملف السيرة الذاتية, الملف, 简历, 简历文件, 文件名, 文件",
    "email": "email, e mail, email address, e mail address, candidate email, applicant email, mail, sahkoposti, "
    "sahkopostiosoite, epost, e post, e postadress, epostadress, mejl, mejladress, adres e mail, adres email, "
    "البريد الإلكتروني, البريد الالكتروني, بريد إلكتروني, الإيميل, 邮箱, 电子邮件, 电子邮箱, 邮件, 邮箱地址",
    "phone": "phone, phone number, telephone, mobile, mobile phone, cell, cell phone, tel, contact number, puhelin, "
    "puhelinnumero, matkapuhelin, telefon, telefonnummer, mobil, mobilnummer, numer telefonu, telefon komorkowy, "
    "الهاتف, رقم الهاتف, الجوال, رقم الجوال, 电话, 手机, 手机号, 联系电话, 电话号码",
    "first": "first name, firstname, given name, forename, etunimi, fornamn, imie, الاسم الأول, الاسم الاول, 名",
    "last": "last name, lastname, surname, family name, sukunimi, efternamn, nazwisko, اسم العائلة, اللقب, 姓",
    "name": "name, full name, fullname, candidate, candidate name, applicant, applicant name, person, nimi, "
    "koko nimi, hakija, hakijan nimi, namn, fullstandigt namn, sokande, kandidat, imie i nazwisko, "
    "kandydat, الاسم, الاسم الكامل, اسم المتقدم, المرشح, 姓名, 名字, 候选人, 应聘者",
    "applied": "applied, applied on, applied at, applied date, date applied, application date, submitted, "
    "submitted at, submission date, created, created at, created on, date added, added, date, received, timestamp, "
    "hakenut, hakupaiva, hakemus saapunut, paivamaara, saapunut, ansokt, ansokningsdatum, datum, inkommen, "
    "data aplikacji, data zgloszenia, data, تاريخ التقديم, التاريخ, تاريخ الطلب, 申请日期, 投递时间, 申请时间, 日期",
    "stage": "stage, current stage, pipeline stage, hiring stage, step, workflow step, phase, vaihe, tila vaihe, "
    "steg, fas, etap, المرحلة, 阶段, 招聘阶段, 当前阶段",
    "status": "status, application status, candidate status, state, disposition, tila, hakemuksen tila, "
    "stan, الحالة, حالة الطلب, 状态, 申请状态",
    "letter": "cover letter, letter, motivation, motivation letter, message, hakemuskirje, saatekirje, hakemus, "
    "personligt brev, foljebrev, list motywacyjny, خطاب التقديم, رسالة التغطية, 求职信, 自荐信",
    "source": "source, candidate source, application source, channel, referrer, lahde, kanava, kalla, zrodlo, "
    "المصدر, 来源, 渠道, 招聘渠道",
    "rating": "rating, score, overall rating, overall score, stars, arvosana, pisteet, betyg, poang, ocena, "
    "التقييم, الدرجة, 评分, 评级, 分数",
    "tags": "tags, tag, labels, label, skills, tunnisteet, tagit, taggar, etiketter, tagi, etykiety, "
    "الوسوم, العلامات, 标签",
    "note": "note, notes, comment, comments, remarks, summary, muistiinpanot, huomautukset, kommentit, kommentti, "
    "anteckningar, anteckning, kommentar, kommentarer, notatki, uwagi, komentarz, ملاحظات, ملاحظة, تعليق, "
    "备注, 评论, 说明",
}  # fmt: skip
# A header that has these words among others is taken too; a plain "name" may be a company's or a recruiter's.
WITHIN = ("email", "cv", "phone", "first", "last", "letter", "rating", "applied", "stage")
SHORT = {"mail", "data", "date", "file", "fil", "tel", "cell", "added", "created", "step", "fas", "etap"}
STAGES = {
    "cv": "new, applied, application, inbox, sourced, lead, review, cv, screening, cv screening, resume review, "
    "to review, uusi, hakemus, ny, ansokan, urval, nowy, nowe, aplikacja, جديد, تقدم, 新, 新申请, 已申请, 简历筛选",
    "phone": "phone, phone screen, phone interview, call, phone call, telephone interview, recruiter screen, "
    "puhelu, puhelinhaastattelu, telefon, telefonintervju, rozmowa telefoniczna, مقابلة هاتفية, 电话面试, 电话",
    "interview": "interview, interviews, onsite, on site, on site interview, face to face, first interview, "
    "second interview, final interview, haastattelu, intervju, rozmowa, rozmowa kwalifikacyjna, مقابلة, المقابلة, "
    "面试, 复试",
    "references": "reference, references, reference check, background check, suosittelijat, referenser, "
    "referencje, المراجع, 背景调查",
    "offer": "offer, offered, offer sent, offer extended, tarjous, erbjudande, oferta, عرض, عرض عمل, 录用, offer阶段",
    "refused": "rejected, declined, not selected, disqualified, archived, refused, unsuccessful, no hire, "
    "not a fit, closed, hylatty, ei valittu, avslag, avslagen, nekad, ej vald, odrzucony, odrzucona, odrzucone, "
    "مرفوض, غير مقبول, 已拒绝, 淘汰, 不合适, 未通过",
}  # fmt: skip
EMAIL = re.compile(
    r"(?:[\w.!#$%&'*+/=?^`{|}~-]+)@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])?", re.UNICODE
)
LONGEST = {"name": 200, "email": 254, "phone": 40, "letter": 20_000}
NOTE_PART = 1_500  # characters of one column in a note


class Broken(Exception):
    """A row that is no person. `code` says why."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Person:
    """What a row says. `applied` as written: naive on the wall of whoever wrote it, or with its offset."""

    name: str
    email: str = ""
    phone: str = ""
    applied: datetime | None = None
    letter: str = ""
    cv: str = ""
    noted: tuple = ()  # (field or "phone", its words)

    def said(self, field: str) -> str:
        return next((text for name, text in self.noted if name == field), "")


# -- which column is what


def _phrases(words: str) -> frozenset:
    return frozenset(filter(None, (folding.sort_key(word) for word in words.split(","))))


_CALLED = {field: _phrases(words) for field, words in CALLED.items()}
_STAGES = {stage: _phrases(words) for stage, words in STAGES.items()}


def guess(header, samples) -> dict[str, int | None]:
    """{field: column or None}: by the header's words, an address also by what stands in the column."""
    names = [folding.sort_key(name) for name in header]
    found = dict.fromkeys(FIELDS)
    for field in _CALLED:
        _take(found, field, names, lambda name, field=field: name in _CALLED[field])
    for field in WITHIN:
        _take(found, field, names, lambda name, field=field: _within(name, field))
    if found["email"] is None:
        _take(found, "email", range(len(names)), lambda column: _mostly_addresses(samples, column))
    if found["name"] is not None and None not in (found["first"], found["last"]):
        found["name"] = None
    return found


def _take(found, field, names, fits):
    """The first column that fits, is nobody else's, and only where none is taken yet."""
    taken = set(found.values())
    if found[field] is None:
        found[field] = next((i for i, name in enumerate(names) if i not in taken and fits(name)), None)


def _within(name, field) -> bool:
    around = f" {name} "
    return any(len(word) > 2 and word not in SHORT and f" {word} " in around for word in _CALLED[field])


def _mostly_addresses(samples, column) -> bool:
    cells = [cell for cell in cells_of(samples, column) if cell]
    return bool(cells) and sum(address(cell) is not None for cell in cells) >= 0.8 * len(cells)


def cells_of(samples, column) -> list[str]:
    return [clean(cells[column]) for cells in samples if column < len(cells)]


def examples(samples, column, most=3) -> list[str]:
    """Different values of a column, as an example of what stands in it."""
    found = dict.fromkeys(cell[:60] for cell in cells_of(samples, column) if cell)
    return list(found)[:most]


# -- dates and stages


def date_orders(cells) -> list[str]:
    """The ways in which all dates of a column can be read; two mean that somebody has to say."""
    return moments.orders_that_fit([clean(cell) for cell in cells])


def stage_of(word: str) -> str:
    """Where this word of another program stands with us: a stage, "refused", or "cv" where nobody knows."""
    folded = folding.sort_key(word)
    return next((stage for stage, words in _STAGES.items() if folded in words), "cv")


# -- one row


def clean(text: str) -> str:
    """A cell on one line, without what is invisible; without the apostrophe that guards a formula."""
    text = " ".join(_plain(text).split())
    return text[1:] if text[:1] == "'" and text[1:2] in set("=+-@") else text


def _plain(text: str) -> str:
    kept = (
        char if unicodedata.category(char)[0] != "C" or char in "\n\t\u200c\u200d" else " " for char in text
    )
    return unicodedata.normalize("NFC", "".join(kept))


def _lines(text: str) -> str:
    """Like `clean`, with its lines."""
    return "\n".join(
        " ".join(line.split()) for line in _plain(text.replace("\r\n", "\n")).split("\n")
    ).strip()


def address(text: str) -> str | None:
    """The address in "Ann <ann@x.example>" or "mailto:ann@x.example"; None where there is not exactly one."""
    found = EMAIL.findall(clean(text).removeprefix("mailto:"))
    return found[0] if len(found) == 1 and len(found[0]) <= LONGEST["email"] else None


def person(cells, columns, order) -> Person:
    """What a row says; `columns` as `guess` gives them, `order` one of moments.ORDERS. Raises Broken."""
    raw = {name: cells[at] for name, at in columns.items() if at is not None and at < len(cells)}
    said = {name: clean(text) for name, text in raw.items()}
    phone = said.get("phone", "")
    noted = [(name, _lines(raw[name])[:NOTE_PART]) for name in NOTED if said.get(name)]
    if phone and not _is_phone(phone):
        noted.append(("phone", phone[:NOTE_PART]))
        phone = ""
    return Person(
        name=_name(said),
        email=_email(said.get("email", "")),
        phone=phone,
        applied=_applied(said.get("applied", ""), order),
        letter=_lines(raw.get("letter", ""))[: LONGEST["letter"]],
        cv=said.get("cv", ""),
        noted=tuple(noted),
    )


def _name(said) -> str:
    name = said.get("name") or " ".join(filter(None, (said.get("first"), said.get("last"))))
    if not any(char.isalnum() for char in name):
        raise Broken("no_name")
    if len(name) > LONGEST["name"]:
        raise Broken("long_name")
    return name


def _email(text) -> str:
    if not text:
        return ""
    if (found := address(text)) is None:
        raise Broken("bad_email")
    return found


def _is_phone(text) -> bool:
    return len(text) <= LONGEST["phone"] and sum(char.isdigit() for char in text) >= 5


def _applied(text, order) -> datetime | None:
    if not text:
        return None
    if (found := moments.moment(text, order)) is None:
        raise Broken("bad_date")
    return found


def has_more(cells, width) -> bool:
    """More cells than columns: a separator stands in a text without quotation marks, the rest is shifted."""
    return any(cell.strip() for cell in cells[width:])
