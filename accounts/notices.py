from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import typed, undoing


def undo(request, text, url):
    """Says what happened, with a button that takes it back (a POST to `url`); without one it only says so."""
    messages.success(request, text, extra_tags=f"undo:{url}" if url else "")


def marked(address, mark) -> str:
    """The address of an Undo, empty when there is nothing to take back."""
    return f"{address}?mark={mark}" if mark else ""


def take_back(request, act, *, back):
    """The answer to an Undo: `act(mark)` takes it back; 409 when something newer stands on it, else why not."""
    try:
        act(typed.text(request.GET, "mark", 200))
    except undoing.Gone as gone:
        return render(request, "409.html", {"sentence": str(gone), "back": back}, status=409)
    except undoing.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Taken back."))
    return redirect(back)
