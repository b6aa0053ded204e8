"""Files for tests of any app."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.vault.samples import printed_pdf
from vault import files


def make_upload(name="cv.pdf", data=None) -> SimpleUploadedFile:
    """What a form receives: a small PDF unless `data` says otherwise."""
    return SimpleUploadedFile(name, printed_pdf() if data is None else data)


def make_file(company_id=1, name="cv.pdf", data=None, **kwargs):
    return files.store(make_upload(name, data), company_id=company_id, **kwargs)
