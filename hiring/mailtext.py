"""What the text of a mail tells: HTML as lines, a phone number, who wrote first. Imports no Django: a child uses it."""

import re
from contextlib import suppress
from html.parser import HTMLParser

from vault.extract import Enough, Text

# -- HTML as text

_UNSEEN = frozenset("script style head title template noscript svg object select textarea iframe".split())
_LINES = frozenset(
    "address article blockquote br div dl dt dd fieldset footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p "
    "pre section table tr ul".split()
)


class _Page(HTMLParser):
    """The words somebody would see, a line for each block. Nothing is run, and nothing is fetched."""

    def __init__(self, text: Text):
        super().__init__(convert_charrefs=True)
        self.text, self.unseen = text, 0

    def handle_starttag(self, tag, attrs):
        if tag == "body":
            self.unseen = 0  # a head that nobody closed
        elif tag in _UNSEEN:
            self.unseen += 1
        elif tag in _LINES:
            self.text.add("\n- " if tag == "li" else "\n")
        elif tag in {"td", "th"}:
            self.text.add(" ")

    def handle_startendtag(self, tag, attrs):
        if tag in _LINES:
            self.text.add("\n")

    def handle_endtag(self, tag):
        if tag in _UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in _LINES - {"br", "li"}:
            self.text.add("\n")

    def handle_data(self, data):
        if not self.unseen:
            self.text.add(re.sub(r"\s+", " ", data))


def of_html(html: str) -> str:
    """At most 200,000 characters."""
    text = Text()
    with suppress(Enough):
        _Page(text).feed(html)
    lines = (line.strip() for line in text.cleaned().split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def clean(text: str) -> str:
    """Without NUL, controls, marks of direction and half characters."""
    found = Text()
    with suppress(Enough):
        found.add(text.replace("\r\n", "\n").replace("\r", "\n"))
    return found.cleaned()


# -- a phone number

_NUMBER = re.compile(r"(?<![\w.@/#-])\(?\+?\d(?:[ ().\u00a0/-]{0,2}\d){6,14}(?![\w@])")
_YEARS = re.compile(r"\D*(?:19|20)\d\d\D{1,3}(?:19|20)\d\d\D*")
_DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{2,4}")
_PHONE_WORD = re.compile(
    r"(?:tel|phone|mobile|mob|cell|call|whatsapp|puh|puhelin|gsm|telefon|mobil|tfn|kom|handy|هاتف|جوال|موبايل|تلفون|"
    r"电话|手机|電話|☎|📞)\W{0,4}(?:\w+\W{0,3})?$",
    re.IGNORECASE,
)


def phone(text: str) -> str:
    """The likeliest phone number: behind a word for it, else one that begins with +, else the last; or nothing."""
    found = [hit for hit in _NUMBER.finditer(text[:50_000]) if not _is_date(hit[0])]
    named = [hit for hit in found if _PHONE_WORD.search(text[max(0, hit.start() - 30) : hit.start()])]
    foreign = [hit for hit in found if hit[0].lstrip("(").startswith("+")]
    best = (named or foreign or found[-1:] or [None])[0]
    return " ".join(best[0].split())[:40] if best else ""


def _is_date(number: str) -> bool:
    return bool(_YEARS.fullmatch(number) or _DAY.match(number))


# -- forwarded mail

_WORDS = {
    "from": "from|lähettäjä|från|od|von|de|من|المرسل|发件人|寄件者",
    "date": "date|sent|lähetetty|päivämäärä|pvm|päiväys|skickat|datum|wysłano|data|gesendet|"
    "تاريخ|التاريخ|أرسلت|发送时间|日期|时间",
    "subject": "subject|aihe|ämne|temat|betreff|الموضوع|主题|主旨",
    "to": "to|vastaanottaja|till|do|an|إلى|收件人",
    "cc": "cc|kopia|kopio|dw|نسخة|抄送",
    "reply": "reply-to|vastausosoite|svar till|odpowiedz do|回复",
}
_LABELS = {label: key for key, labels in _WORDS.items() for label in labels.split("|")}
_LINE = re.compile(r"^[\s>*_]{0,12}([^\W\d_][\w -]{0,24}?)[ *_]{0,4}[:\uff1a][ *_]{0,4}(.{0,500})$")
_PREFIX = re.compile(
    r"^\s*(?:(?:fwd?|vl|vb|pd|wg|tr|转发|轉寄|إعادة توجيه)\s*(?:\[\d+\])?\s*[:\uff1a]\s*)+", re.IGNORECASE
)
_MARK = re.compile(
    r"^[ \t>]{0,20}(?:-{1,40} *)?(?:forwarded message|begin forwarded message|välitetty viesti|"
    r"edelleenlähetetty viesti|"
    r"vidarebefordrat meddelande|vidarebefordrat brev|przekazana wiadomość|wiadomość przekazana|"
    r"weitergeleitete nachricht|"
    r"رسالة مُعاد توجيهها|رسالة معاد توجيهها|转发邮件|轉寄郵件)\b.{0,60}$",
    re.IGNORECASE | re.MULTILINE,
)
ADDRESS = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")


def is_forward(subject: str, text: str) -> bool:
    """Its subject or a line of it says so. Quoted lines alone are an answer."""
    return bool(_PREFIX.match(subject) or _MARK.search(text[:20_000]))


def plain_subject(subject: str) -> str:
    return _PREFIX.sub("", subject).strip()


def head_of(text: str, *, within: int | None = None) -> tuple[dict, str] | None:
    """({"from", "date", "subject" ...}, what follows): the first block of such lines that a mail program wrote.

    `within`: it has to begin in so many lines. None where there is none.
    """
    lines = text.split("\n")[:5_000]
    for at, line in enumerate(lines[:within]):
        if (_label(line) or ("", ""))[0] == "from":
            found, end = _block(lines, at)
            if {"date", "subject"} & set(found):
                return found, _unquoted(lines[end:])
    return None


def _block(lines, at) -> tuple[dict, int]:
    """The labelled lines from here on; a line without one ends them, unless another follows it."""
    found: dict[str, str] = {}
    while at < len(lines):
        label = _label(lines[at])
        if label is None and not (lines[at].strip() and at + 1 < len(lines) and _label(lines[at + 1])):
            break
        if label is not None:
            found.setdefault(*label)
        at += 1
    return found, at


def _label(line: str) -> tuple[str, str] | None:
    hit = _LINE.match(line[:600])
    key = _LABELS.get(hit[1].strip().lower()) if hit else None
    return (key, hit[2].strip(" *_")) if key else None


def _unquoted(lines) -> str:
    """Without the marks of quoting, when every line has one."""
    filled = [line for line in lines if line.strip()]
    if filled and all(line.lstrip().startswith(">") for line in filled):
        lines = [re.sub(r"^\s*>\s?", "", line) for line in lines]
    return "\n".join(lines).strip()


def person(text: str) -> tuple[str, str]:
    """(name, address) of "Ada Lind <ada@mail.example>", "Ada [mailto:ada@mail.example]" or an address alone."""
    hit = ADDRESS.search(text)
    before = text[: hit.start()] if hit else text
    name = re.sub(r"[<\[(]\s*(?:mailto:)?\s*$", "", before.strip(), flags=re.IGNORECASE)
    return in_order(name), hit[0].strip("'.") if hit else ""


def in_order(name: str) -> str:
    """A name without quotes, and "Lind, Ada" the way it is said; an address that stands for a name is none."""
    name = " ".join(re.sub(r"[\"<>\[\]*]", " ", name).split()).strip(" '")
    if "@" in name:
        return ""
    last, comma, first = name.partition(", ")
    return f"{first} {last}" if comma and "," not in first and len(last.split()) < 3 else name
