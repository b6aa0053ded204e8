"""An application that came by e-mail, entered by a member after a look at what was found in the mail."""

from django.utils import timezone

from hiring import applying
from hiring.models import Application
from vault import extraction, files

SOURCE = "email"
LETTER_SECONDS = 8


class AlreadyThere(Exception):
    """This mail was entered for this job before, as `application`."""

    def __init__(self, application):
        self.application = application
        super().__init__(f"application {application.pk}")


def key_of(mark: str) -> str:
    """`mark` is the hash of the mail's own number (hiring.mailfile)."""
    return f"mail:{mark}"


def find(job, marks: list[str]) -> dict[str, Application]:
    """{mark: the application such a mail became before}, also one that was deleted and can be put back. One query."""
    keys = {applying.submission(job, key_of(mark)): mark for mark in marks}
    rows = Application.everything.filter(job=job, submission_key__in=keys).select_related("candidate")
    return {keys[row.submission_key]: row for row in rows.order_by("pk")}


def enter(job, *, person: dict, mark: str, received, by, cv=None, receipt=False) -> Application:
    """Enters the applicant as if typed in by hand, with the day the mail came; writes to them only with `receipt`.

    Raises AlreadyThere for a mail that was entered before, pipeline.NotOpen, and files.Refused.
    """
    if there := find(job, [mark]).get(mark):
        raise AlreadyThere(there)
    began = timezone.now()
    fields = {"submission_key": applying.submission(job, key_of(mark)), "submitted_at": received}
    application = applying.enter_by_hand(
        job, person=person | fields, by=by, cv=cv, source=SOURCE, receipt=receipt and bool(person["email"])
    )
    if application.candidate.created_at < began:  # a colleague entered it this very moment
        raise AlreadyThere(application)
    return application


def words_of(draft, *, seconds: int = LETTER_SECONDS) -> str:
    """The text of a file that is to be the letter. Raises vault.extraction.Unreadable."""
    return extraction.read_text(draft.path, draft.kind, seconds=seconds)


def drop(drafts) -> None:
    """Files of a mail that nobody wants to keep go at once, not after their 24 hours."""
    for draft in drafts:
        files.delete(draft)
