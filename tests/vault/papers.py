"""Documents for tests, and what can be read out of them again."""

from datetime import UTC, datetime
from io import BytesIO

from pypdf import PdfReader

from vault import papers
from vault.papers import letters
from vault.papers.lines import Setter, Style
from vault.papers.shaping import Fonts

WORDS = {
    "en": "You answer our customers, “flexibly”: 20 hours a week.",
    "fi": "Vastaat asiakkaiden kysymyksiin työpäivinä äänekkäästi.",
    "sv": "Du svarar våra kunder på åtta språk, även efter öppettid.",
    "pl": "Odpowiadasz klientom: żółć, źdźbło, gęślą jaźń, Łódź.",
    "ar": "تجيب على رسائل عملائنا بالبريد الإلكتروني والهاتف.",
    "zh-hans": "您通过电子邮件和电话回答客户的问题，每周20小时（周一至周五）。",
}


def paper(*blocks, language="en", **values):
    given = {
        "title": "Contract",
        "made_at": datetime(2026, 11, 22, 9, tzinfo=UTC),
        "page_of": "{}/{}".format,
    }
    return papers.Paper(language=language, blocks=list(blocks), **given | values)


def made(*blocks, **values) -> PdfReader:
    return PdfReader(BytesIO(papers.make(paper(*blocks, **values))))


def text_of(reader: PdfReader) -> str:
    """All words with single blanks between them."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def lines_of(text: str, width=200.0, *, language="en", size=10.0) -> list[str]:
    setter = Setter(Fonts(set(text), language), rtl=language == "ar")
    return [line.text for line in setter.fill(letters.clean(text), width, Style(size))]
