"""Error pages. A 404 says the same bytes whether the object is another company's or nobody's.

Nothing here asks the database: the person's language is the one the request already speaks, else the browser's.
An htmx request gets one sentence as plain text, which static/js/site.js shows as a toast.
"""

import errno
import secrets
import sqlite3
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

# The longest of allauth's limits counts over five minutes.
RETRY_OFTEN, RETRY_SOON = "300", "30"
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
FULL = {errno.ENOSPC, errno.EDQUOT}
NO_ROOM = ("disk is full", "no space left")  # as SQLite and PostgreSQL say it
HELD_UP = ("locked", "busy", "unable to open", "disk i/o")
# How Django begins its reason when another page than ours sent the form: nothing of it is shown again.
FOREIGN = ("Origin checking failed", "Referer checking failed")
SECRET = ("password", "token", "code", "secret")
SHOWN_TEXTS, LONGEST = 20, 20_000


def bad_request(request, exception=None):
    """What could not be read. More than a request may hold is a page of its own."""
    if isinstance(exception, TOO_BIG):
        return _answer(request, 413, _("That is too big. Nothing was saved."))
    return _answer(request, 400, _("That could not be read. Load the page again and try once more."))


def csrf_failure(request, reason=""):
    """A form of a page that was open too long; what was typed into it stands on the page, to be copied."""
    typed = [] if reason.startswith(FOREIGN) else _typed(request)
    sentence = _("This page was open too long. Load it again and send it once more.")
    return _answer(request, 403, sentence, expired=True, typed=typed)


def _typed(request) -> list[str]:
    """What a person wrote: no secrets, no numbers of rows."""
    names = [name for name in request.POST if not any(word in name.lower() for word in SECRET)]
    texts = [text.strip()[:LONGEST] for name in names for text in request.POST.getlist(name)]
    return [text for text in texts if " " in text or len(text) > 40][:SHOWN_TEXTS]


def forbidden(request, exception=None):
    return _answer(request, 403, _("Your role does not include this."), expired=False, typed=[])


def not_found(request, exception=None):
    return _answer(request, 404, _("There is nothing here any more."))


def too_many_requests(request, exception=None):
    """What allauth calls when somebody asks too often."""
    response = _answer(request, 429, _("That was too often. Wait a few minutes and try again."))
    response["Retry-After"] = RETRY_OFTEN
    return response


def server_error(request):
    """Called while the failure is at hand: what only lasts a moment, or a full disk, is a 503."""
    request.reference = secrets.token_hex(4)  # config.logs writes it on the line of this failure
    why = unavailable(sys.exc_info()[1])
    words = {"reference": request.reference, "why": why}
    with translation.override(_language(request)):
        sentence = _("%(what)s Number %(reference)s.") % {"what": _said(why), "reference": request.reference}
        response = _answer(request, 503 if why else 500, sentence, **words)
    if why:
        response["Retry-After"] = RETRY_SOON
    return response


def unavailable(error) -> str:
    """ "full", "away", or "" when the failure is our own mistake."""
    if isinstance(error, OSError) and error.errno in FULL:
        return "full"
    if not isinstance(error, OperationalError | InterfaceError):
        return ""
    said = str(error).lower()
    if any(words in said for words in NO_ROOM):
        return "full"
    # SQLite calls a missing column "operational" too, and that is a mistake of ours.
    ours = isinstance(error.__cause__, sqlite3.Error) and not any(words in said for words in HELD_UP)
    return "" if ours else "away"


def _said(why) -> str:
    if why == "full":
        return _("There is no room left to save anything.")
    if why == "away":
        return _("The database does not answer at the moment.")
    return _("That was our mistake.")


def _language(request) -> str:
    """The one this request speaks by now; a request that failed before that is asked what its browser prefers."""
    return getattr(request, "LANGUAGE_CODE", "") or translation.get_language_from_request(request)


def _answer(request, status, sentence, **context):
    """The page, without who asks and without the database; for htmx the sentence alone."""
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
    if status >= 500:  # whatever a context processor asks for may be what has failed
        return HttpResponse(render_to_string(f"{status}.html", context), status=status)
    return render(request, f"{status}.html", context, status=status)
