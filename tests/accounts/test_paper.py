"""A document as one of a shop's."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.utils import translation
from pypdf import PdfReader

from accounts import look, paper
from tests.vault.test_papers import picture
from vault import papers

WHEN = datetime(2026, 11, 22, 9, tzinfo=UTC)


def made(company, *blocks, language="en", **values) -> PdfReader:
    data = paper.pdf(
        company,
        title="Contract",
        blocks=[*blocks, papers.Text("x")],
        language=language,
        made_at=WHEN,
        **values,
    )
    return PdfReader(BytesIO(data))


def first(reader) -> str:
    return " ".join(reader.pages[0].extract_text().split())


def test_without_a_shop_it_is_a_plain_document():
    reader = made(None)
    assert first(reader) == "x Contract Page 1 of 1"
    assert reader.metadata.author is None


@pytest.mark.django_db
def test_the_shop_s_name_and_the_day_are_on_top(company):
    assert first(made(company, date="Sunday")).startswith("Lumi Sunday")


@pytest.mark.django_db
@pytest.mark.parametrize(("country", "size"), [("FI", (595, 842)), ("US", (612, 792))])
def test_the_size_is_that_of_its_country(company, country, size):
    company.country = country
    box = made(company).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


@pytest.mark.django_db
def test_logo_and_colour_are_the_shop_s(company, owner):
    look.save(company, accent="#00457c", on_accent="#ffffff", by=owner, logo=picture())
    company.refresh_from_db()
    page = made(company).pages[0]
    assert len(page.images) == 1
    assert b"0.000 0.271 0.486 rg" in page.get_contents().get_data()


@pytest.mark.django_db
def test_a_shop_without_a_colour_has_ours(company):
    assert b"0.722 0.251 0.059 rg" in made(company).pages[0].get_contents().get_data()


@pytest.mark.django_db
def test_a_logo_that_is_gone_from_the_disk_is_no_error(company, owner):
    look.save(company, accent="", on_accent="", by=owner, logo=picture())
    company.refresh_from_db()
    company.logo.path.unlink()
    assert len(made(company).pages[0].images) == 0


@pytest.mark.parametrize("language", ["ar", "zh-hans", "fi"])
def test_the_reader_s_language_is_left_as_it_was(language):
    with translation.override("sv"):
        reader = made(None, language=language)
        assert translation.get_language() == "sv"
    assert reader.trailer["/Root"]["/Lang"].lower() == language.lower()


def test_a_title_may_be_marked_for_translation():
    data = paper.pdf(None, title=translation.gettext_lazy("Contract"), blocks=[], language="en", made_at=WHEN)
    assert PdfReader(BytesIO(data)).metadata.title == "Contract"


def test_too_much_is_refused():
    with pytest.raises(papers.TooLong):
        made(None, papers.Text("x" * papers.LONGEST))
