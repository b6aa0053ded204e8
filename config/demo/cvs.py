"""CVs of invented people, as the PDFs that people send."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from fpdf import FPDF

from config.demo.applicants import Person
from vault import files


def cv(person: Person, company):
    """A stored file holding a one-page CV; None for somebody who sent none."""
    if not person.has_cv:
        return None
    upload = SimpleUploadedFile(f"cv {person.email.split('@')[0]}.pdf", _pdf(person), "application/pdf")
    return files.store(upload, company_id=company.pk)


def _pdf(person: Person) -> bytes:
    page = FPDF()
    page.set_margin(22)
    page.add_page()
    page.set_font("helvetica", "B", 18)
    page.cell(0, 12, _latin(person.name), new_x="LMARGIN", new_y="NEXT")
    page.set_font("helvetica", "", 11)
    for line in _lines(person):
        page.multi_cell(0, 6.5, _latin(line), new_x="LMARGIN", new_y="NEXT")
    out = BytesIO()
    page.output(out)
    return out.getvalue()


def _lines(person: Person) -> list[str]:
    first = 2026 - person.years
    return [
        person.email,
        "",
        "EXPERIENCE",
        f"{first} - today   {person.last_job}",
        "- answered between 30 and 70 messages a day by e-mail and chat",
        "- wrote the pages that new colleagues learn from",
        f"{first - 2} - {first}   Shop assistant, weekends",
        "",
        "TOOLS",
        "A help desk, a shop system, spreadsheets",
        "",
        "LANGUAGES",
        "English, and one more at home",
        "",
        person.letter,
    ]


def _latin(text: str) -> str:
    """The font of a PDF viewer itself knows Latin letters only."""
    return text.encode("latin-1", "replace").decode("latin-1")
