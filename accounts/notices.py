from django.contrib import messages


def undo(request, text, url):
    """Says what happened, with a button that takes it back (a POST to `url`)."""
    messages.success(request, text, extra_tags=f"undo:{url}")
