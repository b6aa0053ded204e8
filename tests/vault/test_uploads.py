import gc
from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import RequestFactory, override_settings

from tests.vault.factories import make_upload
from vault import files, uploads
from vault.models import StoredFile


class ApplyForm(forms.Form):
    name = forms.CharField()
    cv = files.FileField(label="CV", purpose="cv", max_mb=1)


def make_form(data=None, upload=None, **kwargs):
    return ApplyForm(data or {}, {"cv": upload} if upload else {}, **kwargs)


def html(form):
    return Template("{% load crispy_forms_tags %}{{ form|crispy }}").render(Context({"form": form}))


def test_a_good_upload_is_given_to_the_view():
    upload = make_upload()
    form = make_form({"name": "Anna"}, upload)
    assert form.is_valid()
    assert form.cleaned_data["cv"] is upload


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Please choose a file."),
        (SimpleUploadedFile("cv.pdf", b"MZ\x00"), "This kind of file is not taken here."),
        (SimpleUploadedFile("cv.txt", b"a" * 1_000_001), "This file is larger than 1 MB."),
        (SimpleUploadedFile("cv.pdf", b""), "This file is empty."),
    ],
    ids=["none", "program", "large", "empty"],
)
def test_a_bad_upload_gets_its_sentence_beside_the_field(upload, sentence):
    form = make_form({"name": "Anna"}, upload)
    [error] = form.errors["cv"]
    assert error.startswith(sentence)
    assert sentence in html(form)


def test_the_browser_offers_only_what_is_taken():
    assert 'accept=".docx,.odt,.pdf,.txt,.text,.md"' in html(ApplyForm())


def test_the_form_says_that_it_sends_files():
    assert ApplyForm().is_multipart()


def test_a_field_may_be_left_empty():
    form = make_form({"name": "Anna"})
    form.fields["cv"].required = False
    assert form.is_valid()
    assert form.cleaned_data["cv"] is None


def test_no_field_takes_more_than_reaches_it():
    with pytest.raises(ValueError, match="At most 25 MB"):
        files.FileField(max_mb=26)


# -- an upload survives an error in another field


def kept_form(**kwargs):
    form = make_form({}, make_upload("Anna's <cv>.pdf"), **kwargs)
    assert not form.is_valid()
    files.keep_drafts(form, company_id=1)
    return form


@pytest.mark.django_db
def test_a_kept_upload_is_named_and_needs_not_be_chosen_again():
    form = kept_form()
    shown = html(form)
    assert "Anna&#x27;s _cv_.pdf is kept. Choose another to replace it." in shown
    again = make_form({"name": "Anna", "cv-kept": form.data["cv-kept"]})
    assert again.is_valid()
    stored = files.store(again.cleaned_data["cv"], company_id=1)
    assert (stored.original_name, stored.draft_until) == ("Anna's _cv_.pdf", None)


@pytest.mark.django_db
def test_a_kept_upload_survives_a_second_error():
    form = make_form({"cv-kept": kept_form().data["cv-kept"]})
    assert not form.is_valid()
    files.keep_drafts(form, company_id=1)
    assert "is kept" in html(form)
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_a_new_upload_replaces_the_kept_one():
    form = make_form({"name": "A", "cv-kept": kept_form().data["cv-kept"]}, upload := make_upload("new.pdf"))
    assert form.is_valid()
    assert form.cleaned_data["cv"] is upload


@pytest.mark.django_db
def test_a_kept_upload_that_is_gone_says_so():
    token = kept_form().data["cv-kept"]
    StoredFile.objects.all().delete()
    form = make_form({"name": "Anna", "cv-kept": token})
    assert form.errors["cv"] == ["This file is no longer kept. Please choose it again."]
    files.keep_drafts(form, company_id=1)
    assert "is kept" not in html(form)


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "\x00"])
def test_an_altered_token_shows_nothing_and_opens_nothing(token):
    form = make_form({"name": "Anna", "cv-kept": token})
    assert form.errors["cv"] == ["This file is no longer kept. Please choose it again."]
    assert "is kept" not in html(form)


@pytest.mark.django_db
def test_a_bad_upload_is_not_kept():
    form = make_form({}, SimpleUploadedFile("cv.pdf", b"MZ\x00"))
    assert not form.is_valid()
    files.keep_drafts(form, company_id=1)
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_form_with_a_prefix_keeps_too():
    form = make_form({}, None, prefix="a")
    form.files = {"a-cv": make_upload()}
    assert not form.is_valid()
    files.keep_drafts(form, company_id=1)
    assert 'name="a-cv-kept"' in html(form)


# -- what a request may bring


def posted(size):
    with override_settings(FILE_UPLOAD_HANDLERS=["vault.uploads.LimitedUpload", *BEHIND]):
        request = RequestFactory().post(
            "/", {"cv": SimpleUploadedFile("cv.txt", b"a" * size), "name": "Anna"}
        )
        return request.POST, request.FILES


BEHIND = [f"django.core.files.uploadhandler.{kind}FileUploadHandler" for kind in ("Memory", "Temporary")]


def test_an_ordinary_upload_arrives_whole():
    fields, received = posted(300_000)
    assert (fields["name"], received["cv"].size) == ("Anna", 300_000)
    assert received["cv"].read() == b"a" * 300_000


def test_of_a_huge_upload_the_rest_is_thrown_away_and_the_form_still_answers():
    fields, received = posted(30_000_000)
    assert fields["name"] == "Anna"
    assert uploads.LARGEST_MB * 1_000_000 < received["cv"].size < 26_000_000
    received["cv"].close()


def test_the_product_limits_uploads(settings):
    assert settings.FILE_UPLOAD_HANDLERS[0] == "vault.uploads.LimitedUpload"
    assert uploads.MOST_FILES == 10 < settings.DATA_UPLOAD_MAX_NUMBER_FILES


def receive_half(body, content_type):
    request = RequestFactory().generic("POST", "/", body, content_type=content_type)
    request._stream = Broken(body[: len(body) // 2])
    with pytest.raises(OSError, match="gone"):
        request.FILES  # noqa: B018


# Django leaves the file of a broken request to the collector, which complains and removes it.
@pytest.mark.filterwarnings("ignore:unclosed file", "ignore:Exception ignored")
def test_an_upload_cut_off_on_the_way_leaves_no_temporary_file(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    whole = RequestFactory().post("/", {"cv": SimpleUploadedFile("cv.txt", b"a" * 6_000_000)})
    receive_half(whole.read(), whole.META["CONTENT_TYPE"])
    gc.collect()
    assert list(tmp_path.iterdir()) == []


class Broken(BytesIO):
    """A connection that breaks after what it brought."""

    def read(self, *args):
        if not (data := super().read(*args)):
            raise OSError("gone")
        return data
