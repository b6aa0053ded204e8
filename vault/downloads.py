"""Handing out a private file."""

from io import BytesIO

from django.http import FileResponse, Http404, HttpResponseNotAllowed

from vault.models import StoredFile

_DOWNLOAD = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "no-store, private",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "none",
}

SHOWN = {"pdf", "png", "jpeg"}
_FRAMED = {
    "Content-Security-Policy": "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}


def response(stored: StoredFile, request):
    """The file as something to save, never to show. The caller has checked that this person may have it.

    The type is generic and the page it could become is sandboxed, so that no browser runs it as our page. GET,
    HEAD and Range are answered alike: whole, with the same headers. Raises Http404 when the disk lacks the file.
    """
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    given = hand_out(stored)
    return _without_its_file(given) if request.method == "HEAD" else given


def _without_its_file(given):
    """Nobody reads the body of a HEAD: its file is closed now, not when the garbage is collected."""
    file = given.file_to_stream
    given.streaming_content = ()
    file.close()
    return given


def hand_out(stored: StoredFile):
    """The same for a POST that uses up a link of one use. Raises Http404 when the disk lacks the file."""
    if not stored.path.exists():
        raise Http404
    return FileResponse(
        stored.path.open("rb"),
        as_attachment=True,
        filename=stored.original_name,
        content_type="application/octet-stream",
        headers=_DOWNLOAD,
    )


def shown(stored: StoredFile):
    """A PDF or a picture to be looked at inside a page of ours, by somebody of whom the caller checked it.

    Nothing in it runs, loads or sends (the sandbox is this answer's own, a PDF viewer works inside it), no other site
    frames it, nobody keeps a copy. What can be edited is never shown as it is. Raises Http404 for that, too.
    """
    if stored.kind not in SHOWN or not stored.path.exists():
        raise Http404
    return FileResponse(
        stored.path.open("rb"),
        filename=stored.original_name,
        content_type=stored.content_type,
        headers=_DOWNLOAD | _FRAMED,
    )


def made(data: bytes, *, name: str, kind: str):
    """Something made for this request, as a file to save; `kind` is its media type. Nobody keeps a copy on the way."""
    return FileResponse(
        BytesIO(data), as_attachment=True, filename=name, content_type=kind, headers=_DOWNLOAD
    )
