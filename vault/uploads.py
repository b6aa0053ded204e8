"""Choosing a file in a form: the sentence beside the field, and an upload that survives other fields' errors."""

from django import forms
from django.core import signing
from django.core.exceptions import TooManyFilesSent, ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from vault import store
from vault.refusals import Refused
from vault.sniff import DOCUMENTS, EXTENSIONS
from vault.store import DRAFT_LIFE, MAX_MB

# No field takes more; the handler below drops what comes after, so that nobody fills the disk with one request.
LARGEST_MB = 25
MOST_FILES = 10
# More at these pages, for who is signed in: {name of the route: MB}, all files of the request together, and
# {name of the route: files}. The apps write both when they start.
larger_at: dict[str, int] = {}
more_at: dict[str, int] = {}


class LimitedUpload(FileUploadHandler):
    """First of the upload handlers: of a file that is larger than any field takes, the rest is thrown away.

    What is kept is still larger than any field's limit, so the field refuses it with its own sentence. So it is with
    files that are too many at a page where many may come: one over the limit is kept, for the field to see.
    """

    files = seen = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.files += 1
        mb, most = _allowed(self.request)
        if self.files > most and most == MOST_FILES:
            raise TooManyFilesSent(f"More than {MOST_FILES} files.")
        if self.files > most + 1:
            raise SkipFile
        self.seen = self.seen if mb > LARGEST_MB else 0
        self.most = 1_000_000 * mb

    def receive_data_chunk(self, raw_data, start):
        self.seen += len(raw_data)
        return raw_data if self.seen <= self.most + 2 * self.chunk_size else None

    def file_complete(self, file_size):
        return None


def say_where(get_response):
    """Middleware: static/js/upload.js is told where a redirect leads instead of being led there.

    A script that sends a form follows redirects without seeing them; the page it was led to would be drawn twice,
    and its "Saved." would be used up by the first of the two.
    """

    def middleware(request):
        response = get_response(request)
        if "X-Upload" in request.headers and 300 <= response.status_code < 400:
            response.status_code = 204
            response["HX-Redirect"] = response["Location"]
            del response["Location"]
        return response

    return middleware


def _allowed(request) -> tuple[int, int]:
    """(MB, files) that may come to this address from whoever asks."""
    user = getattr(request, "user", None)
    if not larger_at or user is None or not user.is_authenticated:
        return LARGEST_MB, MOST_FILES
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return LARGEST_MB, MOST_FILES
    return larger_at.get(name, LARGEST_MB), more_at.get(name, MOST_FILES)


class FileWidget(forms.Widget):
    """A file input and, when an upload is kept, its token and its name."""

    template_name = "vault/file_input.html"
    needs_multipart_form = True
    input_type = "file"

    def value_from_datadict(self, data, files, name):
        return files.get(name) or data.get(f"{name}-kept")

    def value_omitted_from_data(self, data, files, name):
        return name not in files and f"{name}-kept" not in data

    def use_required_attribute(self, initial):
        return False  # a kept draft is enough, and the server says so in its own words

    def get_context(self, name, value, attrs):
        context = super().get_context(name, None, attrs)
        token = value if isinstance(value, str) else ""
        context["widget"] |= {"token": token, "kept": _kept_name(token, self.purpose)}
        return context

    purpose = ""


def _kept_name(token: str, purpose: str) -> str:
    try:
        return signing.loads(token, salt=store.salt(purpose), max_age=DRAFT_LIFE)["name"] if token else ""
    except signing.BadSignature:
        return ""


class FileField(forms.Field):
    """Gives an uploaded file, a kept draft (a StoredFile) or None: `files.store` takes the first two.

    `purpose` binds kept drafts to what they are for ("cv"); a form may set a narrower one in its __init__.
    """

    widget = FileWidget
    default_error_messages = {"required": _("Please choose a file.")}

    def __init__(self, *, accept=DOCUMENTS, max_mb=MAX_MB, purpose="file", **kwargs):
        if max_mb > LARGEST_MB:
            raise ValueError(f"At most {LARGEST_MB} MB reach a form.")
        self.accept, self.max_mb = accept, max_mb
        super().__init__(**kwargs)
        self.purpose = purpose

    @property
    def purpose(self) -> str:
        return self.widget.purpose

    @purpose.setter
    def purpose(self, value):
        self.widget.purpose = value

    def widget_attrs(self, widget):
        return {"accept": ",".join(ending for kind in sorted(self.accept) for ending in EXTENSIONS[kind])}

    def to_python(self, value):
        try:
            if isinstance(value, str) and value:
                return store.find_draft(value, purpose=self.purpose)
            if value:
                value.vault_found = store.check(value, accept=self.accept, max_mb=self.max_mb)
        except Refused as refused:
            raise ValidationError(str(refused), code=refused.code) from refused
        return value or None

    def has_changed(self, initial, data):
        return bool(data)


def keep_drafts(form, *, company_id) -> None:
    """Called with a form that has errors: its good uploads are kept, and shown so when it is rendered again."""
    form.data, form.files = form.data.copy(), form.files.copy()
    for name, field in form.fields.items():
        upload = form.cleaned_data.get(name) if isinstance(field, FileField) else None
        if hasattr(upload, "chunks"):
            _keep(form, name, field, upload, company_id)
        elif name in form.errors:
            form.data.pop(f"{form.add_prefix(name)}-kept", None)


def _keep(form, name, field, upload, company_id):
    key = form.add_prefix(name)
    token = store.keep_draft(
        upload, purpose=field.purpose, company_id=company_id, accept=field.accept, max_mb=field.max_mb
    )
    form.data[f"{key}-kept"] = token
    del form.files[key]
